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
    let told = told.map(|it| {
        let range = in_one_sentence(document, &it.range);
        let sources = it.sources.iter().filter(|it| stands_beside(document, it, &range)).cloned().collect();
        ReadStatement { range, sources, ..it.clone() }
    });
    let told = told.filter(|it| !is_denied(&document.text[it.range.clone()], it.kind));
    let once = once(&document.text, told.collect());
    let coded = once.iter().map(|read| {
        let mut statement = Statement {
            kind: read.kind,
            subject: object(&read.subject),
            object: read.object.as_ref().filter(|it| may_be_object(document, read, it)).map(object),
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

/// A clause ends with its sentence: what of it lies in the sentence that holds most of it.
fn in_one_sentence(document: &Document, clause: &Range<usize>) -> Range<usize> {
    let shared = |it: &Range<usize>| it.start.max(clause.start)..it.end.min(clause.end);
    let parts = document.sentences.iter().map(|it| shared(&it.range)).filter(|it| it.start < it.end);
    let longest = parts.rev().max_by_key(Range::len).unwrap_or_else(|| clause.clone());
    let text = &document.text[longest.clone()];
    longest.start..longest.start + text.trim_end().len()
}

/// Whether a source stands in the sentence of a clause: what is told elsewhere is often told by somebody else.
fn stands_beside(document: &Document, source: &Range<usize>, clause: &Range<usize>) -> bool {
    let sentence = |at: usize| document.sentences.partition_point(|it| it.range.end <= at);
    sentence(source.start) == sentence(clause.start)
}

/// "The army does not control Kidal" tells of no control.
fn is_denied(clause: &str, kind: StatementKind) -> bool {
    use StatementKind::{Alliance, Control, Leads, Member, Presence};
    const DENIALS: [&str; 6] = [" not ", "n't ", "n’t ", " never ", " no longer ", " has no "];
    matches!(kind, Alliance | Control | Leads | Member | Presence) && DENIALS.iter().any(|it| clause.contains(it))
}

/// No part of the subject ("[Hayat Tahrir al-[Sham]] leads"), and not told in a later sentence than the clause.
fn may_be_object(document: &Document, read: &ReadStatement, object: &Range<usize>) -> bool {
    let apart = object.end <= read.subject.start || read.subject.end <= object.start;
    let sentence = document.sentences.iter().find(|it| read.range.end <= it.range.end);
    apart && sentence.is_none_or(|it| object.start < it.range.end)
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

/// What a toll counts, and how many: the number that stands nearest to the gravest word of its clause ("killed" before "displaced") or,
/// where the clause has none, of its sentence's words before it.
fn count(document: &Document, read: &ReadStatement, tables: &Tables, statement: &mut Statement) {
    /// **Units**: bytes before the clause.
    const REACH: usize = 80;
    let words = OutcomeWords::english();
    let from = document.text.floor_char_boundary(read.range.start.saturating_sub(REACH));
    let before = &document.text[from..read.range.start];
    let sentence = before.rfind(['.', '\n']).map_or(from, |at| from + at + 1);
    for text in [&document.text[read.range.clone()], &document.text[sentence..read.range.end]] {
        let (_, quantities) = find_values(text, tables);
        let is_told = |it: &&Quantity| !it.implied && (it.low.is_some() || it.high.is_some());
        let told: Vec<&Quantity> = quantities.iter().filter(is_told).collect();
        let size = |it: &Quantity| it.best.or(it.low).or(it.high);
        let Some(largest) = told.iter().copied().max_by_key(|it| size(it)) else { continue };
        let counted =
            told.iter().filter(|it| !it.part_of_previous).filter_map(|it| Some((words.counted(text, &it.range)?, it)));
        let nearest = counted.min_by_key(|(counted, it)| (counted.rank, counted.away, std::cmp::Reverse(size(it))));
        let number = nearest.as_ref().map_or(largest, |(_, it)| it);
        (statement.low, statement.high) = (number.low, number.high);
        statement.what = nearest.map(|(counted, _)| counted.what);
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        let origin = annals_text::Origin::stdin();
        let report = annals_text::Report::from_bytes(text.as_bytes(), &origin).expect("plain text is a report");
        annals_text::document(&report, &annals_text::Options::default())
    }

    /// What a toll of these words counts.
    fn toll(text: &str) -> String {
        let document = document(text);
        let range = 0..document.text.len();
        let read = ReadStatement {
            kind: StatementKind::Toll,
            range: range.clone(),
            subject: 0..3,
            object: None,
            sources: Vec::new(),
            score: 1.0,
        };
        let span = document.span(range);
        let subject = StatementObject { span: span.clone(), name: None, actor: None, place: None };
        let mut statement = Statement {
            kind: StatementKind::Toll,
            subject,
            object: None,
            span,
            date: None,
            sources: Vec::new(),
            confidence: 1.0,
            low: None,
            high: None,
            what: None,
        };
        count(&document, &read, &Tables::english(), &mut statement);
        format!("{} {:?}", statement.what.map_or("nothing", |it| it.as_str()), statement.low)
    }

    #[test]
    fn a_clause_ends_with_its_sentence_and_so_do_its_sources() {
        let document =
            document("The army left Gossi. JNIM holds most of Gourma, said Nasr. Residents fear it, the UN said.");
        let at = |words: &str| document.text.find(words).map(|it| it..it + words.len()).expect("it stands in the text");
        let clause = in_one_sentence(&document, &at("Gossi. JNIM holds most of Gourma"));
        assert_eq!(&document.text[clause.clone()], "JNIM holds most of Gourma");
        assert!(stands_beside(&document, &at("Nasr"), &clause));
        assert!(!stands_beside(&document, &at("the UN"), &clause));
    }

    #[test]
    fn what_is_denied_is_no_fact() {
        assert!(is_denied("The army does not control Kidal", StatementKind::Control));
        assert!(is_denied("Al-Shabaab has no presence in Puntland", StatementKind::Presence));
        assert!(!is_denied("The group vowed not to leave", StatementKind::Objective));
        assert!(!is_denied("The army controls Kidal", StatementKind::Control));
    }

    #[test]
    fn a_toll_is_the_number_told_with_its_word() {
        assert_eq!(toll("The war has left more than 1,500 dead and 1.3 million displaced."), "killed Some(1500)");
        assert_eq!(toll("The war killed 45,000 people and wounded more than 110,000."), "killed Some(45000)");
        assert_eq!(toll("It has displaced 2.6 million people and killed at least 6,000."), "killed Some(6000)");
        assert_eq!(toll("Of the 6 million people in the region, 40,000 have been killed."), "killed Some(40000)");
        assert_eq!(toll("The floods and the war have uprooted 300,000 people."), "displaced Some(300000)");
        assert_eq!(toll("The strikes have killed 300 people, including 120 children."), "killed Some(300)");
    }
}
