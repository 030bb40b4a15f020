use std::ops::Range;

use annals_record::{Finding, Span};
use jiff::civil::Date;

/// Text taken from a report. It is never edited; every later thing points into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The id given in the input, else the report id.
    pub doc: String,
    /// `sha256:` and the hash of the report's bytes.
    pub report_id: String,
    /// Path or URL that it came from.
    pub source: Option<String>,
    /// Title, newline, body.
    pub text: String,
    /// **Units**: bytes. The title is `text[..title_end]`.
    pub title_end: usize,
    /// Day of publication, where told.
    pub published: Option<Date>,
    /// Outlet, where told.
    pub publisher: Option<String>,
    /// ISO 639-1 code, where recognised.
    pub language: Option<String>,
    /// In order, without overlap; whitespace between them belongs to none.
    pub sentences: Vec<Sentence>,
    /// What was odd.
    pub findings: Vec<Finding>,
}

/// One sentence, heading, bullet or piece of page furniture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// **Units**: bytes into the document's text; trimmed of whitespace.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SentenceKind,
    /// Counts paragraphs from 0 (the title).
    pub paragraph: usize,
}

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SentenceKind {
    /// The report's title.
    Title,
    /// A heading inside the body.
    Heading,
    /// An item of a list.
    Bullet,
    /// Running text.
    Prose,
    /// "Leave a Comment", "Share this", … : kept in the text, left out of reading.
    Furniture,
}

impl Document {
    /// Turns a byte range of the text into a span with code-point offsets.
    ///
    /// **Range**: `bytes` must lie on character boundaries within the text.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        let start = self.text[..bytes.start].chars().count();
        let text = &self.text[bytes];
        Span { start, end: start + text.chars().count(), text: text.to_owned() }
    }
}
