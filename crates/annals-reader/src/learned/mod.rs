//! The learned reader: a small transformer that tags words and links them.
//!
//! In: a document. Out: a [`Reading`]. The weights and what they mean are a [`Package`]; training/ makes it.

#[cfg(test)]
mod agreement;
mod decode;
mod labels;
mod languages;
mod network;
mod package;
mod pieces;
mod scores;
mod statements;
mod wordpiece;

use std::ops::Range;

use annals_text::Document;

pub use package::{Package, PackageError, READER_EN};

use crate::{Reader, Reading, Thresholds};
use labels::Labels;
use languages::Languages;
use network::Network;
use package::DecodeThresholds;
use pieces::Cutter;

/// Reads with a trained model.
pub struct LearnedReader {
    name: String,
    languages: Languages,
    cutter: Cutter,
    network: Network,
    labels: Labels,
    decode: DecodeThresholds,
    thresholds: Thresholds,
}

impl LearnedReader {
    /// Loads a package.
    ///
    /// # Errors
    /// When a file cannot be read, or is of a form that this program does not know. Whether the files are those of the manifest,
    /// [`Package::check`] tells.
    pub fn new(package: &Package) -> Result<Self, PackageError> {
        let manifest = package.manifest()?;
        let labels = Labels::parse(package.labels).map_err(|it| PackageError::file("labels.json", it))?;
        let (decode, thresholds) = package.thresholds()?;
        let cutter = Cutter::new(package.vocabulary)
            .ok_or_else(|| PackageError::file("vocab.txt", "it lacks one of BERT's special pieces"))?;
        let network = Network::new(package)?;
        if network.width() != Some(labels.width) {
            return Err(PackageError::Width { width: labels.width });
        }
        Ok(LearnedReader {
            name: format!("{} {}", manifest.name, manifest.version),
            languages: Languages { trained: manifest.languages, little: manifest.little },
            cutter,
            network,
            labels,
            decode,
            thresholds,
        })
    }
}

impl Reader for LearnedReader {
    fn name(&self) -> &str {
        &self.name
    }

    fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    fn read(&self, document: &Document, times: &[Range<usize>]) -> Reading {
        let (reads, finding) = self.languages.judge(document.language.as_deref());
        if !reads {
            return Reading { findings: finding.into_iter().collect(), ..Reading::default() };
        }
        let mut reading = match scores::scores(&self.cutter, &self.network, document) {
            Ok(scores) => decode::reading(document, times, &scores, &self.network, &self.labels, &self.decode),
            Err(error) => Reading { findings: vec![network::finding(&error)], ..Reading::default() },
        };
        reading.findings.extend(finding);
        reading.findings.extend(scores::cut_short(document));
        reading
    }
}
