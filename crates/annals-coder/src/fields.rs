//! An event's parties, places, weapons and sources.

use std::ops::Range;

use annals_reader::{Role, SpanKind, Thresholds};
use annals_record::{Event, Party, PlaceRef, SourceRef, Span, Stance, Weapon};
use annals_text::Document;

use crate::{
    draft::{Draft, Filler, taken},
    weapon_kinds::kind_of,
    words::{alike, around_and},
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
    fillers.into_iter().flat_map(|it| each_place(&document.text, &it.span.range)).map(place).collect()
}

/// "Towns of Nyala | Zalingei": two names with an "and" between them are two places.
fn each_place(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    const OF_BOTH: [&str; 5] = ["between", "border", "borders", "both", "across"];
    const ONE_NAME: [&str; 7] = [
        "Andaman and Nicobar",
        "Antigua and Barbuda",
        "Bosnia and Herzegovina",
        "Jammu and Kashmir",
        "Sistan and Baluchestan",
        "Sistan and Baluchistan",
        "Trinidad and Tobago",
    ];
    let whole = &text[range.clone()];
    let is_name =
        |word: Option<&str>| word.is_some_and(|it| it.starts_with(char::is_uppercase) || it.starts_with("al-"));
    let parts = around_and(text, range).filter(|(first, second)| {
        is_name(text[first.clone()].split_whitespace().next_back())
            && is_name(text[second.clone()].split_whitespace().next())
            && !whole.split_whitespace().any(|it| OF_BOTH.contains(&it.to_lowercase().as_str()))
            && !ONE_NAME.iter().any(|it| whole.contains(it))
    });
    match parts {
        Some((first, second)) => vec![first, second],
        None => vec![range.clone()],
    }
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
        SpanKind::Source(stance) => {
            let stance = stance_by_verb(&document.text[it.span.range.end..]).unwrap_or(stance);
            Some(SourceRef { span: document.span(it.span.range.clone()), stance })
        }
        _ => None,
    };
    fillers.into_iter().filter_map(told).collect()
}

/// "CODECO, which [denied] it", "the army [blamed] the rebels": what the verb right behind a source says, whatever else does.
fn stance_by_verb(behind: &str) -> Option<Stance> {
    const VERBS: [(&str, Stance); 16] = [
        ("disputed", Stance::Denies),
        ("refuted", Stance::Denies),
        ("denied", Stance::Denies),
        ("denies", Stance::Denies),
        ("deny", Stance::Denies),
        ("denying", Stance::Denies),
        ("rejected", Stance::Denies),
        ("rejects", Stance::Denies),
        ("accused", Stance::Accuses),
        ("accuses", Stance::Accuses),
        ("accuse", Stance::Accuses),
        ("accusing", Stance::Accuses),
        ("blamed", Stance::Accuses),
        ("blames", Stance::Accuses),
        ("blame", Stance::Accuses),
        ("blaming", Stance::Accuses),
    ];
    const PASSED: [&str; 10] = ["which", "who", "has", "have", "had", "also", "on", "immediately", "later", "and"];
    let clause = behind.split(['.', ';', '\n', '"', '“']).next().unwrap_or_default();
    let mut words = clause.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    let verb = words.find(|word| !PASSED.contains(word) && !is_weekday(word))?;
    // "The RSF, accused of the killings, said".
    let is_passive = matches!(words.next(), Some("of" | "by" | "for"));
    VERBS.iter().find(|it| it.0 == verb && !is_passive).map(|it| it.1)
}

fn is_weekday(word: &str) -> bool {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_places_in_one_naming_are_told_apart() {
        let each =
            |text: &'static str| each_place(text, &(0..text.len())).into_iter().map(|it| &text[it]).collect::<Vec<_>>();
        assert_eq!(each("towns of Nyala and Zalingei"), ["towns of Nyala", "Zalingei"]);
        assert_eq!(each("Hassankhel and Janakor areas of FR Peshawar"), ["Hassankhel", "Janakor areas of FR Peshawar"]);
        for one in [
            "Jammu and Kashmir",
            "between Aisi and Khunmulen",
            "villages and towns of Idlib",
            "the market and Main Street",
        ] {
            assert_eq!(each(one), [one]);
        }
    }

    #[test]
    fn the_verb_behind_a_source_says_its_stance() {
        assert_eq!(stance_by_verb(", which denied involvement."), Some(Stance::Denies));
        assert_eq!(stance_by_verb(" on Monday accused CODECO of the killings."), Some(Stance::Accuses));
        assert_eq!(stance_by_verb(", accused of killing villagers, said"), None);
        assert_eq!(stance_by_verb(" said it had been accused."), None);
        assert_eq!(stance_by_verb("."), None);
    }

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
