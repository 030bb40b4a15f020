//! An event's parties, places, weapons and sources.

use std::ops::Range;

use annals_reader::{Role, SpanKind, Thresholds};
use annals_record::{Event, Party, PlaceRef, SourceRef, Span, Weapon};
use annals_text::Document;

use crate::{
    draft::{Draft, Filler, taken},
    weapon_kinds::kind_of,
    words::alike,
};

/// One side of an event, best first, of those that may stand there; a naming that stands on the other side already is left out.
pub(crate) fn parties(
    document: &Document,
    judged: &[Filler],
    role: Role,
    thresholds: &Thresholds,
    other_side: &[Party],
) -> Vec<Party> {
    let threshold = if role == Role::Agent { thresholds.agent } else { thresholds.target };
    let mut list: Vec<Party> = Vec::new();
    for filler in taken(document, judged.to_vec(), threshold, thresholds.more_parties) {
        let SpanKind::Party(kind) = filler.span.kind else { continue };
        let span = document.span(filler.span.range.clone());
        if !other_side.iter().any(|known| alike(&known.span.text, &span.text)) {
            let second = second_force(&document.text, &filler.span.range).map(|it| document.span(it));
            let party = |span| Party { span, name: None, kind, actor: None };
            list.push(party(span));
            list.extend(second.map(party));
        }
    }
    list
}

/// "Afghan and [coalition forces]": two forces with one noun between them, of which the whole stands for the first.
fn second_force(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    const FORCES: [&str; 14] = [
        "aircraft",
        "army",
        "fighters",
        "force",
        "forces",
        "helicopters",
        "jets",
        "military",
        "planes",
        "police",
        "soldiers",
        "troops",
        "units",
        "warplanes",
    ];
    let (first, second) = text[range.clone()].split_once(" and ")?;
    let first = first.strip_prefix("the ").or_else(|| first.strip_prefix("The ")).unwrap_or(first);
    let is_force = |word: &str| FORCES.iter().any(|it| word.eq_ignore_ascii_case(it));
    let (of, noun) = second.rsplit_once(' ')?;
    let stands = !first.contains(' ') && !is_force(first) && is_force(noun) && !of.contains(" and ");
    stands.then(|| range.end - second.len()..range.end)
}

/// The event's places, best first, of those that may be.
pub(crate) fn places(document: &Document, judged: &[Filler], thresholds: &Thresholds) -> Vec<PlaceRef> {
    let fillers = taken(document, judged.to_vec(), thresholds.place, thresholds.more_places);
    let place = |range| PlaceRef { span: document.span(range), place: None, candidates: Vec::new() };
    fillers.into_iter().map(|it| place(it.span.range.clone())).collect()
}

/// An event without a place happened where the event before it did: reports name the place once.
pub(crate) fn passed_on_places(earlier: &[Event]) -> Vec<PlaceRef> {
    earlier.iter().rev().find(|event| !event.places.is_empty()).map(|event| event.places.clone()).unwrap_or_default()
}

/// The weapons used, in text order.
pub(crate) fn weapons(document: &Document, draft: &Draft, thresholds: &Thresholds) -> Vec<Weapon> {
    let mut fillers = taken(document, draft.scores(Role::Weapon), thresholds.weapon, thresholds.more_places);
    fillers.sort_by_key(|it| it.idx);
    let weapon = |span: Span| Weapon { kind: kind_of(&span.text), span };
    fillers.into_iter().map(|it| weapon(document.span(it.span.range.clone()))).collect()
}

/// Who tells of it, best first, of those that may.
pub(crate) fn sources(document: &Document, judged: &[Filler], thresholds: &Thresholds) -> Vec<SourceRef> {
    let fillers = taken(document, judged.to_vec(), thresholds.source, thresholds.more_sources);
    let told = |it: Filler| match it.span.kind {
        SpanKind::Source(stance) => Some(SourceRef { span: document.span(it.span.range.clone()), stance }),
        _ => None,
    };
    fillers.into_iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_forces_with_one_noun_are_two_parties() {
        let second = |text: &'static str| second_force(text, &(0..text.len())).map(|it| &text[it]);
        assert_eq!(second("Afghan and coalition security forces"), Some("coalition security forces"));
        assert_eq!(second("the Russian and Syrian warplanes"), Some("Syrian warplanes"));
        assert_eq!(second("army and police"), None);
        assert_eq!(second("troops and tribal fighters"), None);
        assert_eq!(second("units of the army and the armed forces"), None);
        assert_eq!(second("Assad regime and his allies"), None);
    }
}
