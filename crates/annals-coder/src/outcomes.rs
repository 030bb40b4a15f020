//! What an event cost: counts with their bounds.

use std::ops::Range;

use annals_reader::Role;
use annals_record::{Outcome, OutcomeKind};
use annals_text::Document;
use annals_values::{Count, Tables, count_phrase};

use crate::assemble::Draft;

/// The outcomes that any trigger of the event tells; the same figure told twice is one.
pub(crate) fn outcomes(document: &Document, draft: &Draft, tables: &Tables) -> Vec<Outcome> {
    let mut list: Vec<(Range<usize>, Outcome)> = Vec::new();
    for link in &draft.links {
        let Role::Outcome { what, side, part, item } = link.role else { continue };
        let range = draft.reading.spans[link.span.0].range.clone();
        let Count { low, high, best } = count_phrase(&document.text[range.clone()], tables);
        let span = document.span(range.clone());
        let known = |it: &Outcome| it.what == what && it.low == low && it.item == item;
        if list.iter().any(|(_, it)| known(it) && (people(what) || it.span.text == span.text)) {
            continue;
        }
        list.push((range, Outcome { span, what, low, high, best, side, part, item, source: None }));
    }
    list.sort_by_key(|(range, _)| range.start);
    list.into_iter().map(|(_, outcome)| outcome).collect()
}

fn people(what: OutcomeKind) -> bool {
    !matches!(what, OutcomeKind::Seized | OutcomeKind::Destroyed)
}
