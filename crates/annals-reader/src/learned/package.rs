//! A model folder: weights, vocabulary, labels, thresholds, and the manifest that vouches for them.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path, sync::Arc};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::{Judges, Thresholds};

/// The form of package that this program reads.
const FORM: u32 = 1;

/// The files of a model folder.
#[derive(Clone, Copy, Debug)]
pub struct Package {
    /// `manifest.toml`: name, version, licence, training data, scores, and the hash of every other file.
    pub manifest: &'static str,
    /// `thresholds.toml`.
    pub thresholds: &'static str,
    /// `judges.bin`.
    pub judges: &'static [u8],
    /// `labels.json`: what the outputs mean.
    pub labels: &'static str,
    /// `vocab.txt`: the word pieces in the order of their numbers, one a line.
    pub vocabulary: &'static str,
    /// `reader.onnx`: word scores and projections of one window.
    pub reader: &'static [u8],
    /// `reader.onnx_data`: its weights, used where they lie.
    ///
    /// **Shape**: begins at a multiple of eight in memory.
    pub weights: &'static [u8],
    /// `linker.onnx`: scores of word pairs.
    pub linker: &'static [u8],
}

/// The shipped reader for English.
pub const READER_EN: Package = Package {
    manifest: include_str!("../../../../models/reader-en/manifest.toml"),
    thresholds: include_str!("../../../../models/reader-en/thresholds.toml"),
    judges: include_bytes!("../../../../models/reader-en/judges.bin"),
    labels: include_str!("../../../../models/reader-en/labels.json"),
    vocabulary: include_str!("../../../../models/reader-en/vocab.txt"),
    reader: include_bytes!("../../../../models/reader-en/reader.onnx"),
    weights: rten::include_external_data!("../../../../models/reader-en/reader.onnx_data"),
    linker: include_bytes!("../../../../models/reader-en/linker.onnx"),
};

/// A package that cannot be used.
#[derive(Debug, Error)]
pub enum PackageError {
    /// A file of the package is not readable as what it should be.
    #[error("cannot read {file} of the model")]
    File {
        /// Its name.
        file: &'static str,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A file differs from the one that the manifest was written for.
    #[error("{file} of the model is not the file that its manifest names (sha256 {found})")]
    Changed {
        /// Its name.
        file: String,
        /// The hash found.
        found: String,
    },
    /// The weights and the labels are of different models.
    #[error("the model does not give the {width} scores a word that its labels name")]
    Width {
        /// Scores named.
        width: usize,
    },
    /// The package has a form of another version of this program.
    #[error("the model has form {found}; this program reads form {FORM}")]
    Form {
        /// The form found.
        found: u32,
    },
}

impl PackageError {
    pub(crate) fn file(file: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        PackageError::File { file, source: source.into() }
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Manifest {
    form: u32,
    pub(crate) name: String,
    pub(crate) version: String,
    /// Languages that it was trained for: ISO 639-1 codes.
    pub(crate) languages: Vec<String>,
    /// Languages of which it saw a little.
    pub(crate) little: Vec<String>,
    sha256: BTreeMap<String, String>,
}

/// From which scores on words become spans, triggers and statements.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecodeThresholds {
    /// A word names a happening.
    pub(crate) row: f32,
    /// A word is inside a span.
    pub(crate) inside: f32,
    /// A word begins another span.
    pub(crate) begin: f32,
    /// A count has an outcome.
    pub(crate) what: f32,
    /// A count is part of another.
    pub(crate) part: f32,
    /// A word is the subject of a statement.
    pub(crate) subject: f32,
    /// A word is a statement's object.
    pub(crate) object: f32,
    /// A word is in a statement's clause.
    pub(crate) clause: f32,
    /// Links below this are not kept.
    pub(crate) link: f32,
    /// Links to words of time below this are not kept.
    pub(crate) time_link: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdFile {
    decode: DecodeThresholds,
    code: Thresholds,
}

impl Package {
    /// The manifest, if its form is known.
    pub(crate) fn manifest(&self) -> Result<Manifest, PackageError> {
        let manifest: Manifest = toml::from_str(self.manifest).map_err(|it| PackageError::file("manifest.toml", it))?;
        if manifest.form == FORM { Ok(manifest) } else { Err(PackageError::Form { found: manifest.form }) }
    }

    /// Reads a model folder, and keeps its files until the program ends.
    ///
    /// # Errors
    /// When a file is missing or cannot be read.
    pub fn read(folder: &Path) -> Result<Package, PackageError> {
        let bytes = |file: &'static str| fs::read(folder.join(file)).map_err(|it| PackageError::file(file, it));
        let text = |file: &'static str| {
            let text = String::from_utf8(bytes(file)?).map_err(|it| PackageError::file(file, it))?;
            Ok::<&'static str, PackageError>(text.leak())
        };
        Ok(Package {
            manifest: text("manifest.toml")?,
            thresholds: text("thresholds.toml")?,
            judges: bytes("judges.bin")?.leak(),
            labels: text("labels.json")?,
            vocabulary: text("vocab.txt")?,
            reader: bytes("reader.onnx")?.leak(),
            weights: aligned(&bytes("reader.onnx_data")?),
            linker: bytes("linker.onnx")?.leak(),
        })
    }

    /// Tells whether every file is the one that the manifest names.
    ///
    /// For packages that come from elsewhere; a test does so for the shipped one.
    ///
    /// # Errors
    /// When a file was changed, or the manifest cannot be read.
    pub fn check(&self) -> Result<(), PackageError> {
        let manifest = self.manifest()?;
        let files: [(&str, &[u8]); 5] = [
            ("labels.json", self.labels.as_bytes()),
            ("vocab.txt", self.vocabulary.as_bytes()),
            ("reader.onnx", self.reader),
            ("reader.onnx_data", self.weights),
            ("linker.onnx", self.linker),
        ];
        for (file, bytes) in files {
            let found = hex(&Sha256::digest(bytes));
            if manifest.sha256.get(file) != Some(&found) {
                return Err(PackageError::Changed { file: file.to_owned(), found });
            }
        }
        Ok(())
    }

    pub(crate) fn thresholds(&self) -> Result<(DecodeThresholds, Thresholds), PackageError> {
        let file: ThresholdFile =
            toml::from_str(self.thresholds).map_err(|it| PackageError::file("thresholds.toml", it))?;
        let judges = Judges::parse(self.judges).map_err(|it| PackageError::file("judges.bin", it))?;
        Ok((file.decode, Thresholds { judges: Arc::new(judges), ..file.code }))
    }
}

/// The same bytes from a multiple of eight in memory on, until the program ends.
fn aligned(bytes: &[u8]) -> &'static [u8] {
    const STEP: usize = 8;
    let room: &'static mut [u8] = vec![0; bytes.len() + STEP].leak();
    let start = room.as_ptr().align_offset(STEP);
    let place = &mut room[start..start + bytes.len()];
    place.copy_from_slice(bytes);
    place
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all text");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_shipped_reader_is_the_one_of_its_manifest() {
        READER_EN.check().expect("no file was changed");
    }

    #[test]
    fn a_folder_is_read_as_what_is_shipped() {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/reader-en"));
        let package = Package::read(folder).expect("the folder is whole");
        package.check().expect("it is the shipped one");
        assert_eq!(package.weights.as_ptr().align_offset(8), 0);
        let problem = Package::read(Path::new("/nowhere")).expect_err("there is no such folder");
        assert_eq!(problem.to_string(), "cannot read manifest.toml of the model");
    }
}
