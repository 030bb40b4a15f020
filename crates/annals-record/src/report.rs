use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Event, Finding, Statement};

/// Version of the JSON form; a reader refuses a greater one.
pub const RECORD_VERSION: u32 = 1;

/// All that Annals says of one report. One JSON line of `annals code --format jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CodedReport {
    /// Version of this form: 1.
    pub record: u32,
    /// The id given in the input, else the report id.
    pub doc: String,
    /// What is known of the report.
    pub report: ReportInfo,
    /// The text that all spans point into.
    pub document: DocumentText,
    /// What happened.
    pub events: Vec<Event>,
    /// Standing facts.
    pub statements: Vec<Statement>,
    /// What a person should know of.
    pub findings: Vec<Finding>,
}

/// What is known of a report and of how it was coded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportInfo {
    /// `sha256:` and the hash of the bytes as received.
    pub id: String,
    /// Path or URL that it came from; `None` for standard input.
    pub source: Option<String>,
    /// Headline; empty when there is none.
    pub title: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// Outlet.
    pub publisher: Option<String>,
    /// ISO 639-1 code of the text's language.
    pub language: Option<String>,
    /// Program and version.
    pub coder: String,
    /// Reader and version.
    pub model: String,
    /// Data packs used, with versions.
    pub packs: Vec<String>,
}

/// The text that all spans of a coded report point into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentText {
    /// Title, newline, body.
    pub text: String,
}

/// The JSON Schema of [`CodedReport`].
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(CodedReport)
}
