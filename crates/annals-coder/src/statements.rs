//! Standing facts.

use std::ops::Range;

use annals_reader::{ReadStatement, Reading, Thresholds};
use annals_record::{SourceRef, Stance, Statement, StatementKind, StatementObject};
use annals_text::Document;
use annals_values::{Quantity, Tables, find_values};

use crate::assemble::hundredths;
use crate::dates::Dates;
use crate::outcome_words::OutcomeWords;
use crate::words::alike;

/// The statements of a document, in the reader's order; what is told several times is one of them.
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
    let once = once(&document.text, told.cloned().collect());
    let coded = once.iter().map(|read| {
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
    });
    coded.collect()
}

/// Of statements that say one thing the one that the reader is surest of, with the sources of all.
fn once(text: &str, told: Vec<ReadStatement>) -> Vec<ReadStatement> {
    let mut ranked: Vec<(usize, ReadStatement)> = told.into_iter().enumerate().collect();
    ranked.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    let mut kept: Vec<(usize, ReadStatement)> = Vec::new();
    for (at, statement) in ranked {
        match kept.iter_mut().find(|it| say_one_thing(text, &it.1, &statement)) {
            None => kept.push((at, statement)),
            Some((_, better)) => {
                let new = statement.sources.into_iter().filter(|it| !better.sources.contains(it));
                better.sources.extend(new.collect::<Vec<_>>());
            }
        }
    }
    kept.sort_by_key(|it| it.0);
    kept.into_iter().map(|it| it.1).collect()
}

/// "Holds vast areas" and "holds vast areas in the region"; who holds a place is also present there.
///
/// What is told of its time (a toll, an aim, what is expected) is the same only within one clause.
fn say_one_thing(text: &str, a: &ReadStatement, b: &ReadStatement) -> bool {
    use StatementKind::{Control, Expected, Objective, Pattern, Presence, Toll};
    let of_place = |it: StatementKind| matches!(it, Control | Presence);
    let kinds = a.kind == b.kind || of_place(a.kind) && of_place(b.kind);
    let same = |a: &Range<usize>, b: &Range<usize>| alike(&text[a.clone()], &text[b.clone()]);
    let one_clause = a.range.start < b.range.end && b.range.start < a.range.end;
    let objects = match (&a.object, &b.object) {
        (Some(x), Some(y)) => same(x, y) && (one_clause || !matches!(a.kind, Toll | Objective | Expected | Pattern)),
        _ => one_clause,
    };
    kinds && same(&a.subject, &b.subject) && objects
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
