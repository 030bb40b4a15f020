//! Runs `annals` in a folder of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::Expect;
use serde_json::Value;
use tempfile::TempDir;

/// A report in which even the plainest reader finds something.
pub(crate) const TEXT: &str =
    "Rebels attack town\n\nRebels attacked the town of Arda on Monday, killing 12 soldiers.\n";

/// A folder with files to run `annals` on.
pub(crate) struct Folder(TempDir);

/// What a run gave.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("the temporary folder can be written"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, and the folders that it is in.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder")).expect("it can be made");
        std::fs::write(path, content).expect("it can be written");
        self
    }

    pub(crate) fn run(&self, args: &str) -> Ran {
        self.run_with_stdin(args, b"")
    }

    /// Runs `annals` with arguments parted by spaces.
    pub(crate) fn run_with_stdin(&self, args: &str, stdin: &[u8]) -> Ran {
        let mut child = annals(self.0.path())
            .args(args.split_whitespace())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary was built");
        // It may end without reading all.
        let _ = child.stdin.take().expect("it is piped").write_all(stdin);
        let output = child.wait_with_output().expect("it ends");
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("annals writes UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("annals writes UTF-8"),
        }
    }
}

pub(crate) fn annals(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("RUST_BACKTRACE");
    // Packs of whoever runs the tests stay out.
    command.env("XDG_DATA_HOME", folder.join("data"));
    command
}

impl Ran {
    /// The coded reports of `--format jsonl`.
    pub(crate) fn reports(&self) -> Vec<Value> {
        self.stdout.lines().map(|it| serde_json::from_str(it).expect("each line is a coded report")).collect()
    }

    /// The ids of the coded reports, in order.
    pub(crate) fn docs(&self) -> Vec<String> {
        self.reports().iter().map(|it| it["doc"].as_str().expect("it has an id").to_owned()).collect()
    }

    /// Checks the exit code and what was said on standard error.
    #[track_caller]
    pub(crate) fn said(&self, code: i32, expect: &Expect) {
        expect.assert_eq(&self.stderr);
        assert_eq!(self.code, Some(code), "the exit code; standard output: {}", self.stdout);
    }
}
