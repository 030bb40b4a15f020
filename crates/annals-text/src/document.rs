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
    /// Made from `text` once.
    pub(crate) chars: CharIndex,
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
    /// The title; empty when there is none.
    pub fn title(&self) -> &str {
        &self.text[..self.title_end]
    }

    /// Turns a byte range of the text into a span with code-point offsets.
    ///
    /// **Range**: `bytes` must lie on character boundaries within the text.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        let start = self.chars.chars_before(&self.text, bytes.start);
        let text = &self.text[bytes];
        Span { start, end: start + text.chars().count(), text: text.to_owned() }
    }

    /// Turns code-point offsets, such as those of a [`Span`], into a byte range of the text.
    ///
    /// **Range and missing**: `None` when they do not lie in order within the text.
    pub fn bytes(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let bytes = self.chars.byte_at(&self.text, start)?..self.chars.byte_at(&self.text, end)?;
        (bytes.start <= bytes.end).then_some(bytes)
    }
}

/// **Units**: bytes. A step costs four bytes of memory and at most this much counting.
const STEP_BYTES: usize = 256;

/// How many characters come before each 256th byte; empty when characters are bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CharIndex {
    /// At step `n`, the characters that begin before byte `n * STEP_BYTES`.
    before: Vec<usize>,
}

impl CharIndex {
    pub(crate) fn new(text: &str) -> CharIndex {
        if text.is_ascii() {
            return CharIndex::default();
        }
        let mut n_chars = 0;
        let mut before = Vec::with_capacity(text.len() / STEP_BYTES + 1);
        for chunk in text.as_bytes().chunks(STEP_BYTES) {
            before.push(n_chars);
            n_chars += count_starts(chunk);
        }
        CharIndex { before }
    }

    fn chars_before(&self, text: &str, byte: usize) -> usize {
        let Some(last) = self.before.len().checked_sub(1) else { return byte };
        let step = (byte / STEP_BYTES).min(last);
        self.before[step] + count_starts(&text.as_bytes()[step * STEP_BYTES..byte])
    }

    fn byte_at(&self, text: &str, char: usize) -> Option<usize> {
        if self.before.is_empty() {
            return (char <= text.len()).then_some(char);
        }
        let step = self.before.partition_point(|it| *it <= char) - 1;
        let mut n_chars = self.before[step];
        let bytes = text.as_bytes().iter().enumerate().skip(step * STEP_BYTES);
        for (at, _) in bytes.filter(|(_, byte)| is_start(**byte)) {
            if n_chars == char {
                return Some(at);
            }
            n_chars += 1;
        }
        (n_chars == char).then_some(text.len())
    }
}

fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|it| is_start(**it)).count()
}

/// Tells the first byte of a character from those that go on.
fn is_start(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}
