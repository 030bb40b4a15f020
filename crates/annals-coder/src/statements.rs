//! Standing facts.

use std::ops::Range;

use annals_reader::{Reading, Thresholds};
use annals_record::{SourceRef, Stance, Statement, StatementObject};
use annals_text::Document;

/// The statements of a document, in the reader's order.
pub(crate) fn statements(document: &Document, reading: &Reading, thresholds: &Thresholds) -> Vec<Statement> {
    let object = |range: &Range<usize>| StatementObject {
        span: document.span(range.clone()),
        name: None,
        actor: None,
        place: None,
    };
    let source = |range: &Range<usize>| SourceRef { span: document.span(range.clone()), stance: Stance::Reports };
    let told = reading.statements.iter().filter(|it| it.score >= thresholds.statement);
    told.map(|read| Statement {
        kind: read.kind,
        subject: object(&read.subject),
        object: read.object.as_ref().map(object),
        span: document.span(read.range.clone()),
        date: None,
        sources: read.sources.iter().map(source).collect(),
        confidence: (f64::from(read.score) * 100.0).round() / 100.0,
        low: None,
        high: None,
        what: None,
    })
    .collect()
}
