//! Cargo as a child process.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args);
    command
}

/// Tells whether a cargo command is installed.
pub(crate) fn has(name: &str) -> bool {
    cargo(&[name, "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
}

/// Runs cargo; its output goes where ours goes.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let line = args.join(" ");
    let status = cargo(args).status().with_context(|| format!("cannot run cargo {line}"))?;
    ensure!(status.success(), "cargo {line} failed");
    Ok(())
}

/// Runs cargo with some variables set, and gives what it writes to standard output, the same whatever terminal it is run in.
pub(crate) fn output(args: &[&str], variables: &[(&str, &str)]) -> Result<String> {
    let line = args.join(" ");
    let mut command = cargo(args);
    command.stdin(Stdio::null()).env_remove("COLUMNS").envs(variables.iter().copied());
    let output = command.output().with_context(|| format!("cannot run cargo {line}"))?;
    ensure!(output.status.success(), "cargo {line} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).with_context(|| format!("cargo {line} wrote what is not UTF-8"))
}
