use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of a document, with its words.
///
/// **Units**: Unicode code points into the document text (title, newline, body), as Python and most JSON readers count.
/// **Range**: `start` inclusive, `end` exclusive, `start < end`; `text` is exactly that slice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words themselves.
    pub text: String,
}

impl Span {
    /// Tells whether the two stretches share a code point.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Tells whether `other` lies wholly within this span.
    pub fn contains(&self, other: &Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}
