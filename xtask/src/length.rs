//! A file answers one question; one that is very long answers more.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// A file longer than this is to be split; its tests are not counted. **Units**: lines.
const MAX_LINES: usize = 800;

pub(crate) fn check() -> Result<()> {
    let mut faults = Vec::new();
    for file in rust_files(Path::new("crates"))?.into_iter().chain(rust_files(Path::new("xtask"))?) {
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let n_lines = text.lines().take_while(|it| !it.starts_with("#[cfg(test)]")).count();
        if n_lines > MAX_LINES {
            faults.push(format!("{} has {n_lines} lines; split it below {MAX_LINES}", file.display()));
        }
    }
    ensure!(faults.is_empty(), "file lengths:\n  {}", faults.join("\n  "));
    Ok(())
}

/// The Rust files below a folder that are no tests, sorted.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("tests") {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
