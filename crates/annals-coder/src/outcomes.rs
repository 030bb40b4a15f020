//! What events cost: counts with their bounds, each at the event that it belongs to best.

use annals_reader::{ReadSpan, Role, SpanKind, Thresholds};
use annals_record::Outcome;
use annals_text::Document;
use annals_values::{Count, Tables, count_phrase};

use crate::{draft::Draft, words::telling};

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
        if let Some(outcome) =
            outcome(document, span, tables).filter(|it| !list[at].iter().any(|known| same(known, it)))
        {
            list[at].push(outcome);
        }
    }
    for outcomes in &mut list {
        outcomes.sort_by_key(|it| it.span.start);
    }
    list
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
