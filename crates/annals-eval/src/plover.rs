//! Scores PLOVER roots of the sentences of PLOVER's gold records.
//!
//! The records bear the labels of PLOVER's first version; they are read as version 2 has them. The predicted root is that of
//! the surest event that is coded in the sentence, through the exporter's own mapping. Annals codes happenings of conflict,
//! not statements, so that most verbal roots can never be right.

use std::path::Path;

use annals_text::Report;
use serde_json::Value;

use crate::EvalError;
use crate::case21::report;
use crate::error::read_to_string;

/// Roots of the first version by those of the second.
///
/// **Source**: PLOVER coding manual, version 2.0.
const RENAMED: [(&str, &str); 4] =
    [("DEMAND", "REQUEST"), ("FIGHT", "ASSAULT"), ("DISAPPROVE", "ACCUSE"), ("INVESTIGATE", "ACCUSE")];

/// Quad class of each root.
///
/// **Source**: PLOVER coding manual, version 2.0, table of events (SANCTION as its section has it).
const QUADS: [(&str, u8); 16] = [
    ("AGREE", 1),
    ("CONSULT", 1),
    ("SUPPORT", 1),
    ("CONCEDE", 1),
    ("COOPERATE", 2),
    ("AID", 2),
    ("RETREAT", 2),
    ("REQUEST", 3),
    ("ACCUSE", 3),
    ("REJECT", 3),
    ("THREATEN", 3),
    ("PROTEST", 4),
    ("SANCTION", 4),
    ("MOBILIZE", 4),
    ("COERCE", 4),
    ("ASSAULT", 4),
];

/// Roots that Annals' types map to.
pub const REACHED: [&str; 7] = ["AGREE", "ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "THREATEN"];

/// One gold record.
#[derive(Clone, Debug)]
pub struct Record {
    /// The sentence, to be coded.
    pub report: Report,
    /// Its root.
    pub root: String,
}

/// The quad class of a root.
pub fn quad(root: &str) -> Option<u8> {
    QUADS.iter().find(|it| it.0 == root).map(|it| it.1)
}

/// Reads PLOVER's file of gold records; its entries of documentation are left out.
///
/// # Errors
/// When it cannot be read or is no array of records.
pub fn read_records(path: &Path) -> Result<Vec<Record>, EvalError> {
    let text = read_to_string(path)?;
    let fail = |source: Option<serde_json::Error>| EvalError::format(path, 1, "an array of records", source);
    let all: Vec<Value> = serde_json::from_str(&text).map_err(|it| fail(Some(it)))?;
    let mut records = Vec::new();
    for value in all {
        let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let (root, text) = (field("event"), field("text"));
        if root == "DOCUMENT" || text.is_empty() {
            continue;
        }
        let root = RENAMED.iter().find(|it| it.0 == root).map_or(root.clone(), |it| it.1.to_owned());
        records.push(Record { report: report("plover", &field("id"), &text), root });
    }
    if records.is_empty() { Err(fail(None)) } else { Ok(records) }
}
