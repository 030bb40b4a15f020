//! An event's parties, places, weapons and sources.

use std::collections::BTreeSet;

use annals_reader::{Link, ReadSpan, Role};
use annals_record::{Event, Party, PlaceRef, SourceRef, Weapon};
use annals_text::Document;

use crate::{assemble::Draft, weights::Weights};

/// One side of an event: the namings of the first trigger that tells the side, one entry a party.
pub(crate) fn parties(document: &Document, draft: &Draft, role: Role, weights: &Weights) -> Vec<Party> {
    let mut list: Vec<Party> = Vec::new();
    for span in spans(draft, &draft.first_told(|it| *it == role)) {
        let party = Party { span: document.span(span.range.clone()), name: None, kind: span.party, actor: None };
        if list.len() < weights.most_parties && !list.iter().any(|known| alike(&known.span.text, &party.span.text)) {
            list.push(party);
        }
    }
    list
}

/// The places that any of its triggers tells, the main trigger's first.
pub(crate) fn places(document: &Document, draft: &Draft) -> Vec<PlaceRef> {
    let mut list: Vec<PlaceRef> = Vec::new();
    for span in spans(draft, &draft.links.iter().copied().filter(|it| it.role == Role::Place).collect::<Vec<_>>()) {
        let span = document.span(span.range.clone());
        if !list.iter().any(|known| alike(&known.span.text, &span.text)) {
            list.push(PlaceRef { span, place: None, candidates: Vec::new() });
        }
    }
    list
}

/// An event without a place happened where the event before it did: reports name the place once.
pub(crate) fn passed_on_places(earlier: &[Event]) -> Vec<PlaceRef> {
    earlier.iter().rev().find(|event| !event.places.is_empty()).map(|event| event.places.clone()).unwrap_or_default()
}

/// The weapons that any of its triggers tells.
pub(crate) fn weapons(document: &Document, draft: &Draft) -> Vec<Weapon> {
    let mut list: Vec<Weapon> = Vec::new();
    for span in spans(draft, &draft.links.iter().copied().filter(|it| it.role == Role::Weapon).collect::<Vec<_>>()) {
        let span = document.span(span.range.clone());
        if !list.iter().any(|known| alike(&known.span.text, &span.text)) {
            list.push(Weapon { span, kind: None });
        }
    }
    list
}

/// The tellers that any of its triggers names.
pub(crate) fn sources(document: &Document, draft: &Draft) -> Vec<SourceRef> {
    let mut list: Vec<SourceRef> = Vec::new();
    for link in &draft.links {
        let Role::Source(stance) = link.role else { continue };
        let span = document.span(draft.reading.spans[link.span.0].range.clone());
        if !list.iter().any(|known| known.stance == stance && alike(&known.span.text, &span.text)) {
            list.push(SourceRef { span, stance });
        }
    }
    list
}

fn spans<'r>(draft: &Draft<'r>, links: &[&Link]) -> Vec<&'r ReadSpan> {
    links.iter().map(|link| &draft.reading.spans[link.span.0]).collect()
}

/// Tells whether all words of one naming are in the other.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    a.is_subset(&b) || b.is_subset(&a)
}
