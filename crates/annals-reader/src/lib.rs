//! Reading: what a reader saw in one document.
//!
//! In: a [`annals_text::Document`]. Out: a [`Reading`]: typed spans, triggers, links between them, each with a score.
//! Never: world knowledge; what a word stands for is resolved later.
//!
//! Read first: [`Reading`], [`Trigger`], [`Link`].
#![warn(missing_docs)]

mod judges;
mod learned;
mod odds;
mod reading;
mod thresholds;

pub use judges::{Judge, Judges, JudgesError};
pub use learned::{LearnedReader, Package, PackageError, READER_EN};
pub use odds::Odds;
pub use reading::{
    Dated, Link, ReadSpan, ReadStatement, Reading, Role, SameEvent, SpanIdx, SpanKind, Trigger, TriggerIdx,
};
pub use thresholds::{Calibration, Thresholds, TieWeights};

use std::ops::Range;

use annals_text::Document;

/// Reads a document: the lexicon floor and the learned reader both do.
pub trait Reader: Send + Sync {
    /// Name and version, as it stands in a coded report's `model`.
    fn name(&self) -> &str;

    /// From which scores on its finds are taken.
    fn thresholds(&self) -> &Thresholds;

    /// Reads one document. Pure: same document, same reading.
    ///
    /// `times`: where words tell a time (**units**: bytes of the text). The reader says of each how well it fits what happened,
    /// also where it would not have found it by itself.
    fn read(&self, document: &Document, times: &[Range<usize>]) -> Reading;
}
