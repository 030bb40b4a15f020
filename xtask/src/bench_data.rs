//! Large input for measuring, made of the corpus over and over.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

const CORPUS: &str = "corpus/written/docs";

/// Writes JSON Lines with an id of its own for each report.
pub(crate) fn write(out: &Path, megabytes: u64, max_reports: Option<u64>) -> Result<()> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(CORPUS)
        .with_context(|| format!("cannot read {CORPUS}"))?
        .map(|it| it.map(|it| it.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    ensure!(!paths.is_empty(), "there are no reports in {CORPUS}");
    let mut reports: Vec<Value> = paths
        .iter()
        .map(|path| {
            let json = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            serde_json::from_str(&json).with_context(|| format!("{} is not JSON", path.display()))
        })
        .collect::<Result<_>>()?;

    let file = File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut file = BufWriter::new(file);
    let (mut n_bytes, mut n_reports) = (0, 0);
    while n_bytes < megabytes * 1_000_000 && max_reports.is_none_or(|max| n_reports < max) {
        let at = usize::try_from(n_reports).unwrap_or_default() % reports.len();
        reports[at]["doc"] = Value::from(format!("bench-{n_reports}"));
        let line = serde_json::to_string(&reports[at])? + "\n";
        file.write_all(line.as_bytes())?;
        n_bytes += line.len() as u64;
        n_reports += 1;
    }
    file.flush().with_context(|| format!("cannot write {}", out.display()))
}
