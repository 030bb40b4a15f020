//! From the paths that the user gave to a stream of reports.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use annals_text::{Origin, Report, read_reports};
use anyhow::anyhow;
use walkdir::{DirEntry, WalkDir};

use crate::problem::Problem;
use crate::ui::Ui;

/// What is taken from a folder: files whose names end so, also packed.
const EXTENSIONS: [&str; 6] = ["txt", "html", "htm", "json", "jsonl", "ndjson"];
const PACKED: [&str; 2] = ["gz", "zst"];

const NO_REPORTS: &str = "reports in a folder end in .txt, .html, .htm, .json, .jsonl or .ndjson, also with .gz or .zst; name other files themselves";
const NOT_THERE: &str =
    "check the path; a pattern such as 'reports/*.txt' must be quoted where the shell does not know it";

const NOT_READABLE: &str = "check that it is there and that you may read it";

/// Where reports are read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    File(PathBuf),
    Stdin,
}

/// What [`find`] made of the user's paths.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// In the order given; the files of a folder or pattern sorted by path.
    pub(crate) found: Vec<Input>,
    /// Paths that do not exist and the like: wrong use.
    pub(crate) wrong: Vec<Problem>,
    /// Folders without reports or that cannot be read, and the like: nothing there to code.
    pub(crate) barren: Vec<Problem>,
}

/// Finds the inputs that paths stand for: files, folders, patterns, and `-` for standard input.
pub(crate) fn find(paths: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs::default();
    for path in paths {
        let text = path.to_string_lossy();
        if text == "-" {
            inputs.found.push(Input::Stdin);
        } else if path.is_dir() {
            inputs.add_folder(path);
        } else if path.exists() || path.is_symlink() {
            inputs.found.push(Input::File(path.clone()));
        } else if text.contains(['*', '?', '[']) {
            inputs.add_pattern(&text);
        } else {
            inputs.wrong.push(Problem::new(anyhow!("{text} does not exist"), NOT_THERE));
        }
    }
    inputs
}

impl Inputs {
    fn add_folder(&mut self, folder: &Path) {
        let n_before = self.found.len() + self.barren.len();
        let is_shown = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry.file_name());
        for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_shown) {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_report_name(entry.path()) => {
                    self.found.push(Input::File(entry.into_path()));
                }
                Ok(_) => {}
                Err(error) => {
                    let place = error.path().unwrap_or(folder).to_owned();
                    // A link that leads back to a folder above it hides nothing.
                    if let Some(error) = error.into_io_error() {
                        self.barren.push(not_readable(error, &place));
                    }
                }
            }
        }
        if self.found.len() + self.barren.len() == n_before {
            self.barren.push(Problem::new(anyhow!("there are no reports in {}", folder.display()), NO_REPORTS));
        }
    }

    fn add_pattern(&mut self, pattern: &str) {
        let paths = match glob::glob(pattern) {
            Ok(paths) => paths,
            Err(error) => {
                let error = anyhow::Error::from(error).context(format!("{pattern} is no pattern"));
                self.wrong.push(Problem::new(error, NOT_THERE));
                return;
            }
        };
        let before = std::mem::take(&mut self.found);
        let n_barren = self.barren.len();
        let mut folder: Option<PathBuf> = None;
        for path in paths {
            match path {
                Ok(path) if path.is_dir() => {
                    let is_in_last = folder.as_ref().is_some_and(|it| path.starts_with(it));
                    if !is_in_last {
                        if !path.file_name().is_some_and(is_hidden) {
                            self.add_folder(&path);
                        }
                        folder = Some(path);
                    }
                }
                Ok(path) => self.found.push(Input::File(path)),
                Err(error) => {
                    let place = error.path().to_owned();
                    self.barren.push(not_readable(error.into(), &place));
                }
            }
        }
        // A pattern with ** matches folders and the files in them.
        self.found.sort();
        self.found.dedup();
        let matched = std::mem::replace(&mut self.found, before);
        if matched.is_empty() && self.barren.len() == n_barren {
            self.barren.push(Problem::new(anyhow!("no file matches {pattern}"), NOT_THERE));
        }
        self.found.extend(matched);
    }

    /// **Units**: bytes; `None` where it cannot be told.
    pub(crate) fn size_bytes(&self) -> Option<u64> {
        self.found
            .iter()
            .map(|it| match it {
                Input::File(path) => path.metadata().ok().map(|it| it.len()),
                Input::Stdin => None,
            })
            .sum()
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn not_readable(error: std::io::Error, place: &Path) -> Problem {
    Problem::new(anyhow::Error::from(error).context(format!("cannot read {}", place.display())), NOT_READABLE)
}

fn is_report_name(path: &Path) -> bool {
    let is_one_of = |path: &Path, list: &[&str]| {
        path.extension().is_some_and(|it| list.iter().any(|known| it.eq_ignore_ascii_case(known)))
    };
    is_one_of(path, &EXTENSIONS)
        || (is_one_of(path, &PACKED) && is_one_of(Path::new(path.file_stem().unwrap_or_default()), &EXTENSIONS))
}

/// Reads the reports of all inputs, one at a time; what cannot be read gives a problem in its place.
pub(crate) fn reports<'i>(inputs: &'i [Input], ui: &'i Ui) -> impl Iterator<Item = Result<Report, Problem>> + 'i {
    inputs.iter().flat_map(|input| -> Box<dyn Iterator<Item = Result<Report, Problem>> + 'i> {
        match open(input) {
            Ok((stream, origin)) => {
                ui.detail(|| format!("reading {}", origin.label));
                Box::new(read_reports(ui.count_progress(stream), &origin).map(|it| it.map_err(Problem::from)))
            }
            Err(problem) => Box::new(std::iter::once(Err(problem))),
        }
    })
}

/// Opens an input; tells where it comes from.
pub(crate) fn open(input: &Input) -> Result<(Box<dyn Read + Send>, Origin), Problem> {
    match input {
        Input::Stdin => Ok((Box::new(std::io::stdin()), Origin::stdin())),
        Input::File(path) => {
            let file = File::open(path).map_err(|error| not_readable(error, path))?;
            Ok((Box::new(file), Origin::path(path)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_reports() {
        for name in ["a.txt", "A.HTML", "a.jsonl.gz", "a.json.zst"] {
            assert!(is_report_name(Path::new(name)), "{name}");
        }
        for name in ["a", "a.pdf", "a.gz", "txt", "a.txt.bak"] {
            assert!(!is_report_name(Path::new(name)), "{name}");
        }
    }
}
