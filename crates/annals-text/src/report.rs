use std::path::Path;

use annals_record::Finding;
use sha2::{Digest, Sha256};

/// Where bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// For messages: a path, or "standard input".
    pub label: String,
    /// What the coded report names as its source: a path or URL; `None` for standard input.
    pub source: Option<String>,
}

impl Origin {
    /// A file.
    pub fn path(path: &Path) -> Origin {
        let label = path.display().to_string();
        Origin { source: Some(label.clone()), label }
    }

    /// Standard input.
    pub fn stdin() -> Origin {
        Origin { label: "standard input".to_owned(), source: None }
    }
}

/// One report as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// `sha256:` and the hash of the report's bytes: the unpacked file, the JSON line or the element of a JSON array.
    pub id: String,
    /// For messages: file, and line where a file holds many (`events.jsonl:12`).
    pub place: String,
    /// Path or URL that it came from.
    pub source: Option<String>,
    /// The id given in the input.
    pub doc: Option<String>,
    /// What it says.
    pub content: Content,
}

/// What a report says, by the form it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text in an encoding yet to be found.
    Plain(Vec<u8>),
    /// A web page in an encoding yet to be found.
    Html(Vec<u8>),
    /// A JSON object.
    Fields(Fields),
}

/// What a JSON report tells. Fields of other names are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// Headline; empty when there is none.
    pub title: String,
    /// Body, kept to the character.
    pub text: String,
    /// When it was published, as written.
    pub published: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Language, as written.
    pub language: Option<String>,
    /// The JSON object's bytes as received, which the report's id is the hash of.
    pub received: Vec<u8>,
    /// What was odd about the bytes.
    pub findings: Vec<Finding>,
}

impl Report {
    /// A report in plain text, a web page or JSON that is in memory, told apart by content.
    ///
    /// The bytes are one report: of a JSON array or JSON Lines only the first is taken.
    pub fn from_bytes(bytes: &[u8], origin: &Origin) -> Result<Report, crate::InputError> {
        crate::read_reports(bytes, origin)
            .next()
            .unwrap_or_else(|| Err(crate::InputError::Empty { place: origin.label.clone() }))
    }

    /// How much memory the report's words take.
    ///
    /// **Units**: bytes.
    pub fn size_bytes(&self) -> usize {
        match &self.content {
            Content::Plain(bytes) | Content::Html(bytes) => bytes.len(),
            Content::Fields(fields) => fields.title.len() + fields.text.len() + fields.received.len(),
        }
    }
}

/// `sha256:` and the hash in hexadecimal.
pub(crate) fn report_id(bytes: &[u8]) -> String {
    let mut id = String::from("sha256:");
    for byte in Sha256::digest(bytes) {
        for nibble in [byte >> 4, byte & 15] {
            id.push(char::from_digit(u32::from(nibble), 16).expect("a nibble is below 16"));
        }
    }
    id
}
