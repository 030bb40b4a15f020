//! What is left out of an export before any format sees it: private victims' names, and places finer than asked for.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use annals_incidents::Incident;
use annals_record::{ActorKind, Event, OutcomeKind, PlacePrecision, Where};
use serde::Deserialize;
use serde_json::Value;

use crate::options::{Coarseness, Options, Unit};

/// What stands where a name stood.
pub(crate) const WITHHELD: &str = "(name withheld)";
const PLACE_WITHHELD: &str = "(place withheld)";

/// The incident as it may be told under these options.
pub(crate) fn guarded<'i>(incident: &'i Incident, options: &Options<'_>) -> Cow<'i, Incident> {
    let mut guarded = Cow::Borrowed(incident);
    if !options.victim_names {
        let names = victims(incident);
        if !names.is_empty() {
            guarded = Cow::Owned(without(incident, &names, WITHHELD, false));
        }
    }
    if let Some(coarseness) = options.coarsen {
        guarded = Cow::Owned(coarse(&guarded, coarseness, options));
    }
    guarded
}

/// The namings of victims who are private persons: nobody whom the registry knows, longest first.
fn victims(incident: &Incident) -> Vec<String> {
    let is_private = |kind: Option<ActorKind>, known: bool| kind == Some(ActorKind::Individual) && !known;
    let of_people = |what: OutcomeKind| !matches!(what, OutcomeKind::Seized | OutcomeKind::Destroyed);
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut take = |words| {
        if is_named(words) {
            names.insert(words);
        }
    };
    for member in incident.targets.iter().filter(|it| is_private(it.kind, it.actor.is_some())) {
        take(&member.name);
    }
    for event in incident.tellings.iter().map(|it| &it.event) {
        for party in event.targets.iter().filter(|it| is_private(it.kind, it.actor.is_some())) {
            take(&party.span.text);
            party.name.as_deref().into_iter().for_each(&mut take);
        }
        event.outcomes.iter().filter(|it| of_people(it.what)).for_each(|it| take(&it.span.text));
    }
    let figures = incident.figures.iter().filter(|it| of_people(it.what));
    figures.flat_map(|it| &it.claims).for_each(|it| take(&it.words));
    // Words of a group or force name no person: "the Civilian Joint Task Force".
    let parties = incident.tellings.iter().flat_map(|it| it.event.agents.iter().chain(&it.event.targets));
    for group in parties.filter(|it| !is_private(it.kind, it.actor.is_some())) {
        names.remove(group.span.text.as_str());
    }
    longest_first(names.into_iter().map(str::to_owned).collect())
}

fn longest_first(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_key(|it| std::cmp::Reverse(it.len()));
    names
}

#[derive(Deserialize)]
struct Words {
    openers: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

/// Tells whether words hold a name: a word in capitals, and no number by it that would make it a count.
fn is_named(words: &str) -> bool {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/export/privacy.toml")).expect("a test reads the words")
    });
    // Most words are in small letters, and then name nobody.
    if words.chars().all(|it| it.is_lowercase() || !it.is_alphabetic()) {
        return false;
    }
    let lists = &*WORDS;
    let each = || words.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let counted =
        each().any(|it| lists.numbers.contains(&it.to_lowercase()) || it.chars().all(|char| char.is_ascii_digit()));
    // "two brothers, Ali and Omar" is both.
    if counted && !words.contains(',') {
        return false;
    }
    let is_common = |it: &str| lists.openers.contains(it) || lists.numbers.contains(it);
    // Scripts without capitals tell no names from words: better withheld than told.
    let has_no_case = |it: &str| it.chars().any(|it| it.is_alphabetic() && !it.is_lowercase() && !it.is_uppercase());
    each().any(|it| (it.starts_with(char::is_uppercase) || has_no_case(it)) && !is_common(&it.to_lowercase()))
}

/// The incident with all of these words replaced, wherever they stand but in ids and, unless `places`, in place names.
fn without(incident: &Incident, words: &[String], instead: &str, places: bool) -> Incident {
    let mut needles: Vec<String> = words.to_vec();
    if !places {
        // A later naming is often the last name alone, and a page's address spells the name with hyphens.
        for name in words {
            let parts: Vec<&str> = name.split_whitespace().filter(|it| it.starts_with(char::is_uppercase)).collect();
            if let [.., last] = parts[..]
                && parts.len() > 1
                && last.chars().count() > 3
            {
                needles.push(last.to_owned());
            }
            if parts.len() > 1 {
                needles.push(parts.join("-").to_lowercase());
            }
        }
    }
    let needles = longest_first(needles);
    let mut value = serde_json::to_value(incident).expect("an incident has only string keys and finite numbers");
    replace(&mut value, &needles, instead, places);
    serde_json::from_value(value).expect("only texts were changed, and none that is a code")
}

fn replace(value: &mut Value, needles: &[String], instead: &str, places: bool) {
    match value {
        Value::String(text) => {
            for needle in needles {
                replace_words(text, needle, instead);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|it| replace(it, needles, instead, places)),
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                let keeps = match key.as_str() {
                    "id" | "actor" | "telling" | "named_by" | "rule" | "coder" | "model" | "packs" | "copy_of" => true,
                    "where" | "places" => !places,
                    _ => is_code(key),
                };
                if !keeps {
                    replace(field, needles, instead, places);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Fields whose texts are codes or days.
fn is_code(key: &str) -> bool {
    matches!(
        key,
        "type"
            | "scope"
            | "realis"
            | "kind"
            | "precision"
            | "what"
            | "side"
            | "item"
            | "stance"
            | "review"
            | "iso3"
            | "adm1"
            | "adm2"
            | "start"
            | "end"
            | "published"
            | "publisher"
            | "learned"
            | "first_learned"
            | "last_changed"
            | "language"
    )
}

/// Replaces whole words only: "Ali" is no part of "Alimata".
fn replace_words(text: &mut String, needle: &str, instead: &str) {
    let mut from = 0;
    while let Some(at) = text[from..].find(needle).map(|it| from + it) {
        let end = at + needle.len();
        let joins = |it: Option<char>| it.is_some_and(char::is_alphanumeric);
        if joins(text[..at].chars().next_back()) || joins(text[end..].chars().next()) {
            from = end;
            continue;
        }
        text.replace_range(at..end, instead);
        from = at + instead.len();
    }
}

/// The incident with no place finer than asked for: names, points and words of places.
fn coarse(incident: &Incident, coarseness: Coarseness, options: &Options<'_>) -> Incident {
    let mut names = BTreeSet::new();
    names.extend(incident.place.clone());
    for event in incident.tellings.iter().map(|it| &it.event) {
        names.extend(event.location.iter().filter_map(|it| it.from.as_ref()).map(|it| it.text.clone()));
        names.extend(event.places.iter().map(|it| it.span.text.clone()));
        names.extend(event.places.iter().filter_map(|it| it.place.as_ref()).map(|it| it.name.clone()));
    }
    let kept = incident.location.as_ref().map_or_else(BTreeSet::new, |it| units(it, coarseness));
    let finer: Vec<String> = names.into_iter().filter(|it| !it.is_empty() && !kept.contains(it.as_str())).collect();
    let mut coarse = without(incident, &longest_first(finer), PLACE_WITHHELD, true);
    coarse.location = incident.location.as_ref().map(|it| coarse_place(it, coarseness, options));
    coarse.place = coarse.location.as_ref().and_then(|it| it.adm2.clone().or_else(|| it.adm1.clone()));
    for event in coarse.tellings.iter_mut().map(|it| &mut it.event) {
        coarsen_event(event, coarseness, options);
    }
    coarse
}

fn coarsen_event(event: &mut Event, coarseness: Coarseness, options: &Options<'_>) {
    event.places.clear();
    event.location = event.location.take().map(|it| coarse_place(&it, coarseness, options));
}

/// Names of the units that may still be told.
fn units(place: &Where, coarseness: Coarseness) -> BTreeSet<&str> {
    let adm2 = place.adm2.as_deref().filter(|_| coarseness == Coarseness::Adm2);
    place.adm1.as_deref().into_iter().chain(adm2).collect()
}

fn coarse_place(place: &Where, coarseness: Coarseness, options: &Options<'_>) -> Where {
    let mut coarse = Where { lat: None, lon: None, radius_km: None, from: None, ..place.clone() };
    if coarseness == Coarseness::Adm1 {
        coarse.adm2 = None;
    }
    coarse.precision = match (&coarse.adm1, &coarse.adm2) {
        (Some(_), Some(_)) => PlacePrecision::Adm2,
        (Some(_), None) => PlacePrecision::Adm1,
        (None, _) => PlacePrecision::Country,
    };
    if coarse.precision != PlacePrecision::Country {
        let point = Unit::of(&coarse).zip(options.point_of).and_then(|(unit, point_of)| point_of(&unit));
        (coarse.lat, coarse.lon) = point.unzip();
    }
    coarse
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_counts() {
        for named in ["Adam Bello", "trader Adam Bello", "two brothers, Ali and Omar", "آدم"] {
            assert!(is_named(named), "{named}");
        }
        for common in ["12 Malian soldiers", "At least two people", "a farmer", "Several", "Three Malian soldiers"] {
            assert!(!is_named(common), "{common}");
        }
    }

    #[test]
    fn only_whole_words_are_replaced() {
        let mut text = "Ali and Alimata; Ali".to_owned();
        replace_words(&mut text, "Ali", "X");
        assert_eq!(text, "X and Alimata; X");
    }
}
