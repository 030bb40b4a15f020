//! A pair's comparison in words.

use crate::features::{beyond_km, gap_days, sides};
use crate::parties::Likeness;
use crate::profile::Profile;

/// What speaks for and against, such as "same village, same day, both say 'barracks', 30 and 33 killed".
pub(crate) fn why(one: &Profile<'_>, other: &Profile<'_>) -> String {
    let mut parts = Vec::new();
    parts.extend(place(one, other));
    parts.extend(time(one, other));
    parts.extend(parties(one, other));
    parts.extend(words(one, other));
    parts.extend(numbers(one, other));
    if parts.is_empty() { "too little is told to compare".to_owned() } else { parts.join(", ") }
}

fn place(one: &Profile<'_>, other: &Profile<'_>) -> Option<String> {
    if one.places.intersection(&other.places).next().is_some() {
        return Some("same place".to_owned());
    }
    match beyond_km(one, other) {
        Some(km) if km < 1.0 => Some("places that may be the same".to_owned()),
        Some(km) => Some(format!("{km:.0} km apart")),
        None if one.iso3.is_some() && one.iso3 == other.iso3 => Some("same country".to_owned()),
        None => None,
    }
}

fn time(one: &Profile<'_>, other: &Profile<'_>) -> Option<String> {
    let (a, b) = (one.days?.told?, other.days?.told?);
    Some(match gap_days(one, other)? {
        0 if a.0 == a.1 && a == b => "same day".to_owned(),
        0 => "days that may be the same".to_owned(),
        1 => "a day apart".to_owned(),
        gap => format!("{gap} days apart"),
    })
}

fn parties(one: &Profile<'_>, other: &Profile<'_>) -> Option<String> {
    let (agents, targets) = sides(one, other);
    Some(match (agents >= Likeness::Akin, targets >= Likeness::Akin) {
        (true, true) => "same sides".to_owned(),
        (true, false) => "same attacker".to_owned(),
        (false, true) => "same target".to_owned(),
        (false, false) if agents.max(targets) == Likeness::Other => "other sides".to_owned(),
        (false, false) => return None,
    })
}

fn words(one: &Profile<'_>, other: &Profile<'_>) -> Option<String> {
    let shared = one
        .words
        .iter()
        .filter(|it| other.words.contains_key(it.0) && !it.0.starts_with(|it: char| it.is_ascii_digit()));
    let (word, _) = shared.max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?;
    Some(format!("both say '{word}'"))
}

fn numbers(one: &Profile<'_>, other: &Profile<'_>) -> Option<String> {
    let mut pairs: Vec<_> = one
        .numbers
        .iter()
        .flat_map(|a| other.numbers.iter().filter(move |b| a.what == b.what).map(move |b| (a.what, a.value, b.value)))
        .collect();
    pairs.sort_by_key(|(what, a, b)| (*what, a.abs_diff(*b)));
    let (what, a, b) = *pairs.first()?;
    Some(if a == b { format!("both {a} {what}") } else { format!("{a} and {b} {what}") })
}
