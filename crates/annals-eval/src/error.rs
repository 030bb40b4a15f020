use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a data set or a file of codings could not be read.
#[derive(Debug, Error)]
pub enum EvalError {
    /// The file system said no.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: std::io::Error,
    },
    /// The file is not what the scorer expects.
    #[error("{}:{line} is not {expected}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What should stand there, with its article.
        expected: &'static str,
        /// What the JSON reader said.
        #[source]
        source: Option<serde_json::Error>,
    },
}

impl EvalError {
    pub(crate) fn format(
        path: &Path,
        line: usize,
        expected: &'static str,
        source: impl Into<Option<serde_json::Error>>,
    ) -> Self {
        Self::Format { path: path.to_owned(), line, expected, source: source.into() }
    }
}

/// Reads a whole file as UTF-8 text.
pub(crate) fn read_to_string(path: &Path) -> Result<String, EvalError> {
    std::fs::read_to_string(path).map_err(|source| EvalError::Read { path: path.to_owned(), source })
}

/// Lists the paths of a folder's `.json` files, sorted by name.
pub(crate) fn json_files(dir: &Path) -> Result<Vec<PathBuf>, EvalError> {
    let fail = |source| EvalError::Read { path: dir.to_owned(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
