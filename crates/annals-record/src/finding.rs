use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// Something odd in a report that a person should know of.
///
/// Codes are listed in docs/FINDINGS.md: `T…` text, `V…` values, `R…` reader, `P…` places, `A…` actors, `C…` coder, `I…` input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Stable code, such as `V003`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// Where in the document; `None` when it concerns the whole report.
    pub span: Option<Span>,
    /// What was found, and what to do about it.
    pub message: String,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// A value may be wrong or is missing.
    Warning,
    /// The report could not be read.
    Error,
}
