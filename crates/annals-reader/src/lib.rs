//! Reading: what a reader saw in one document.
//!
//! In: a [`annals_text::Document`]. Out: a [`Reading`]: typed spans, triggers, links between them, each with a score.
//! Never: world knowledge; what a word stands for is resolved later.
//!
//! Read first: [`Reading`], [`Trigger`], [`Link`].
#![warn(missing_docs)]

mod reading;

pub use reading::{Link, ReadSpan, ReadStatement, Reading, Role, SameEvent, SpanIdx, SpanKind, Trigger, TriggerIdx};

use annals_text::Document;

/// Reads a document: the lexicon floor and the learned reader both do.
pub trait Reader: Send + Sync {
    /// Name and version, as it stands in a coded report's `model`.
    fn name(&self) -> &str;

    /// Reads one document. Pure: same document, same reading.
    fn read(&self, document: &Document) -> Reading;
}
