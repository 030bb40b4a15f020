//! The workbench's pages: built with Node, kept as built, so that nobody else needs Node.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

const BUILT: &str = "web/dist";
const TYPES: &str = "web/src/lib/api/schema.d.ts";

/// Makes the API's types and the pages anew, or only checks that both are as kept; checks types, tests offsets.
pub(crate) fn run(check: bool) -> Result<()> {
    npm(&["ci", "--no-audit", "--no-fund"])?;
    let (types, built) = (std::fs::read(TYPES).unwrap_or_default(), files(Path::new(BUILT))?);
    npm(&["run", "types"])?;
    npm(&["run", "check"])?;
    npm(&["test"])?;
    npm(&["run", "build"])?;
    if check {
        ensure!(types == std::fs::read(TYPES)?, "{TYPES} is not fresh: run `cargo xtask web`");
        let fresh = files(Path::new(BUILT))?;
        let stale: Vec<String> = fresh
            .iter()
            .filter(|(path, bytes)| built.get(*path) != Some(bytes))
            .map(|it| it.0)
            .chain(built.keys().filter(|it| !fresh.contains_key(*it)))
            .map(|it| it.display().to_string())
            .collect();
        ensure!(stale.is_empty(), "{BUILT} is not fresh, run `cargo xtask web`: {}", stale.join(", "));
    }
    Ok(())
}

/// Drives the built binary in Chromium; with `images` the screenshots of the guide are made anew.
pub(crate) fn e2e(images: bool) -> Result<()> {
    crate::cargo::run(&["build", "--package", "annals-cli"])?;
    let arguments: &[&str] = if images { &["run", "e2e", "--", "--images"] } else { &["run", "e2e"] };
    npm(arguments)
}

/// Measures the release build's workbench on a ledger, in Chromium; see docs/PERFORMANCE.md.
pub(crate) fn measure(ledger: &Path) -> Result<()> {
    crate::cargo::run(&["build", "--release", "--package", "annals-cli"])?;
    let ledger = ledger.to_str().context("the path of the ledger is not UTF-8")?;
    npm(&["run", "measure", "--", ledger])
}

fn npm(arguments: &[&str]) -> Result<()> {
    let status = Command::new("npm").args(arguments).current_dir("web").status();
    let status = status.with_context(|| format!("cannot run npm {}; is Node 20 there?", arguments.join(" ")))?;
    ensure!(status.success(), "npm {} failed", arguments.join(" "));
    Ok(())
}

fn files(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(found) };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            found.insert(path, bytes);
        }
    }
    Ok(found)
}
