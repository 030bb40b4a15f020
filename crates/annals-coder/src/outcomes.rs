//! What events cost: counts with their bounds, each at the event that it belongs to best.

use annals_reader::{ReadSpan, Role, SpanKind, Thresholds};
use annals_record::{Outcome, OutcomeKind, Span};
use annals_text::Document;
use annals_values::{Count, Tables, count_phrase};

use crate::{draft::Draft, outcome_words::OutcomeWords, words::telling};

/// The outcomes of every draft, in text order; the same figure told twice of one event is one outcome.
pub(crate) fn outcomes(
    document: &Document,
    drafts: &[Draft],
    tables: &Tables,
    thresholds: &Thresholds,
) -> Vec<Vec<Outcome>> {
    let mut homes: Vec<Option<(f32, usize, &ReadSpan)>> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        for filler in draft.scores(Role::Outcome).into_iter().filter(|it| it.score >= thresholds.outcome) {
            if homes.len() <= filler.idx.0 {
                homes.resize(filler.idx.0 + 1, None);
            }
            let home = &mut homes[filler.idx.0];
            if home.is_none_or(|(score, ..)| filler.score > score) {
                *home = Some((filler.score, at, filler.span));
            }
        }
    }
    let mut list: Vec<Vec<Outcome>> = drafts.iter().map(|_| Vec::new()).collect();
    for (_, at, span) in homes.into_iter().flatten() {
        list[at].extend(outcome(document, span, tables));
    }
    list.into_iter().map(|outcomes| told_once(document, outcomes, tables)).collect()
}

/// The outcomes of one event in text order, without repetitions, sums, and counts of people who are only looked for.
fn told_once(document: &Document, mut outcomes: Vec<Outcome>, tables: &Tables) -> Vec<Outcome> {
    let words = OutcomeWords::english();
    outcomes.sort_by_key(|it| it.span.start);
    let mut list: Vec<Outcome> = Vec::new();
    for mut outcome in outcomes {
        outcome.part |= words.is_part(&outcome);
        if people(outcome.what) && words.sought_before(document, &outcome) {
            continue;
        }
        match list.last_mut() {
            Some(last) if last.low.is_none() && last.what == outcome.what && touches(document, last, &outcome) => {
                // "Taliban | leader": the reader parted one phrase.
                let text = format!("{} {}", last.span.text, outcome.span.text);
                let Count { low, high, best } = count_phrase(&text, tables);
                let span = Span { start: last.span.start, end: outcome.span.end, text };
                *last = Outcome { span, low, high, best, ..outcome };
            }
            _ => list.push(outcome),
        }
    }
    let all = list.clone();
    let superseded = |it: &Outcome| {
        let others = || all.iter().filter(|other| other.span != it.span && other.what == it.what && !other.part);
        let vague = it.best.is_none() && others().any(|other| other.best.is_some() && other.best >= it.low);
        people(it.what) && !it.part && (vague || words.sums(it) && others().next().is_some())
    };
    list.retain(|it| !superseded(it));
    let mut once: Vec<Outcome> = Vec::new();
    for outcome in list {
        if !once.iter().any(|known| same(known, &outcome)) {
            once.push(outcome);
        }
    }
    for what in [OutcomeKind::Killed, OutcomeKind::Injured, OutcomeKind::Captured] {
        part_total(what, &mut once, words);
    }
    once
}

/// "Two militants were detained" beside "a commander" and "another militant": where one count is the sum of all others, they are its parts.
fn part_total(what: OutcomeKind, outcomes: &mut [Outcome], words: &OutcomeWords) {
    let counts = |it: &Outcome| it.what == what && !it.part;
    let sum: u64 = outcomes.iter().filter(|it| counts(it)).filter_map(|it| it.low).fold(0, u64::saturating_add);
    let n_counts = outcomes.iter().filter(|it| counts(it)).count();
    let is_total = |it: &Outcome| counts(it) && !words.is_further(it) && it.low.is_some_and(|low| sum - low == low);
    if n_counts < 3 {
        return;
    }
    let Some(total) = outcomes.iter().position(is_total) else { return };
    for (at, outcome) in outcomes.iter_mut().enumerate() {
        if at != total && outcome.what == what {
            outcome.part = true;
        }
    }
}

fn people(what: OutcomeKind) -> bool {
    !matches!(what, OutcomeKind::Seized | OutcomeKind::Destroyed)
}

/// Only a blank stands between two outcomes.
fn touches(document: &Document, first: &Outcome, second: &Outcome) -> bool {
    document.bytes(first.span.end, second.span.start).is_some_and(|gap| &document.text[gap] == " ")
}

fn outcome(document: &Document, span: &ReadSpan, tables: &Tables) -> Option<Outcome> {
    let SpanKind::Outcome { what, side, part, item } = span.kind else { return None };
    let Count { low, high, best } = count_phrase(&document.text[span.range.clone()], tables);
    Some(Outcome { span: document.span(span.range.clone()), what, low, high, best, side, part, item, source: None })
}

/// The same figure: equal, and more than one or told in shared words.
fn same(a: &Outcome, b: &Outcome) -> bool {
    let figure = a.what == b.what && a.low == b.low && a.part == b.part && a.item == b.item;
    figure && (a.low.is_some_and(|it| it > 1) || !telling(&a.span.text).is_disjoint(&telling(&b.span.text)))
}
