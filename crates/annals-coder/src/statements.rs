//! Standing facts.

use annals_reader::Reading;
use annals_record::{SourceRef, Stance, Statement, StatementObject};
use annals_text::Document;

use crate::weights::Weights;

/// The statements of a document, in text order.
pub(crate) fn statements(document: &Document, reading: &Reading, weights: &Weights) -> Vec<Statement> {
    let party = |range: &std::ops::Range<usize>| StatementObject {
        span: document.span(range.clone()),
        name: None,
        actor: None,
        place: None,
    };
    let told = reading.statements.iter().filter(|it| it.score >= weights.statement);
    told.map(|read| Statement {
        kind: read.kind,
        subject: party(&read.subject),
        object: read.object.as_ref().map(party),
        span: document.span(read.range.clone()),
        date: None,
        sources: read
            .sources
            .iter()
            .map(|it| SourceRef { span: document.span(reading.spans[it.0].range.clone()), stance: Stance::Reports })
            .collect(),
        confidence: (f64::from(read.score) * 100.0).round() / 100.0,
        low: None,
        high: None,
        what: read.what,
    })
    .collect()
}
