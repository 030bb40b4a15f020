//! Standing facts.

use std::ops::Range;

use annals_reader::{ReadStatement, Reading, Thresholds};
use annals_record::{SourceRef, Stance, Statement, StatementKind, StatementObject};
use annals_text::Document;
use annals_values::{Quantity, Tables, find_values};

use crate::assemble::hundredths;
use crate::dates::Dates;
use crate::outcome_words::OutcomeWords;

/// The statements of a document, in the reader's order.
pub(crate) fn statements(
    document: &Document,
    reading: &Reading,
    tables: &Tables,
    dates: &Dates,
    thresholds: &Thresholds,
) -> Vec<Statement> {
    let object = |range: &Range<usize>| StatementObject {
        span: document.span(range.clone()),
        name: None,
        actor: None,
        place: None,
    };
    let source = |range: &Range<usize>| SourceRef { span: document.span(range.clone()), stance: Stance::Reports };
    let told = reading.statements.iter().filter(|it| it.score >= thresholds.statement);
    told.map(|read| {
        let mut statement = Statement {
            kind: read.kind,
            subject: object(&read.subject),
            object: read.object.as_ref().map(object),
            span: document.span(read.range.clone()),
            date: dates.within(&read.range),
            sources: read.sources.iter().map(source).collect(),
            confidence: hundredths(thresholds.statement_share.share(read.score)),
            low: None,
            high: None,
            what: None,
        };
        if read.kind == StatementKind::Toll {
            count(document, read, tables, &mut statement);
        }
        statement
    })
    .collect()
}

/// What a toll counts, and how many: the largest number of its clause or, where that has none, of its sentence's words before it.
fn count(document: &Document, read: &ReadStatement, tables: &Tables, statement: &mut Statement) {
    /// **Units**: bytes before the clause.
    const REACH: usize = 80;
    let words = OutcomeWords::english();
    let from = document.text.floor_char_boundary(read.range.start.saturating_sub(REACH));
    let before = &document.text[from..read.range.start];
    let sentence = before.rfind(['.', '\n']).map_or(from, |at| from + at + 1);
    for text in [&document.text[read.range.clone()], &document.text[sentence..read.range.end]] {
        let (_, quantities) = find_values(text, tables);
        let told = quantities.iter().filter(|it| !it.implied && (it.low.is_some() || it.high.is_some()));
        let size = |it: &&Quantity| it.best.or(it.low).or(it.high);
        if let Some(largest) = told.max_by_key(size) {
            (statement.low, statement.high) = (largest.low, largest.high);
            statement.what = words.counted(text);
            return;
        }
    }
}
