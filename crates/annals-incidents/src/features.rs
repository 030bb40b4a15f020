//! The named features of a pair of tellings.

use std::collections::BTreeMap;

use crate::geo::distance_km;
use crate::parties::{Likeness, likeness};
use crate::profile::Profile;
use crate::settings::compared;
use crate::words::{Lists, Nearness};

/// Names of all features, in the order of [`Features`].
pub(crate) const NAMES: [&str; 45] = [
    "same_day",
    "next_day",
    "days_apart",
    "days_vague",
    "undated",
    "told_before",
    "told_soon",
    "published_apart",
    "same_spot",
    "shared_place",
    "near",
    "far",
    "same_unit",
    "other_country",
    "place_unknown",
    "same_type",
    "near_type",
    "same_agent",
    "other_agent",
    "same_target",
    "other_target",
    "same_sides",
    "same_person",
    "same_figure",
    "near_figure",
    "other_figure",
    "words",
    "titles",
    "same_outlet",
    "there_and_then",
    "there_undated",
    "same_realis",
    "other_spot",
    "swapped",
    "starts_apart",
    "rare_type",
    "vague_words",
    "both_broad",
    "one_broad",
    "lengths_apart",
    "other_person",
    "days_shared",
    "deed_words",
    "rare_place_words",
    "told_apart",
];

/// What a feature may say of two tellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// That they are one happening.
    For,
    /// That they are not.
    Against,
    /// Either, as the data has it.
    Either,
}

/// Likenesses, which never speak against one happening, whatever else they come with.
const FOR: [&str; 23] = [
    "same_day",
    "days_vague",
    "told_soon",
    "same_spot",
    "shared_place",
    "near",
    "same_unit",
    "same_type",
    "near_type",
    "same_agent",
    "same_target",
    "same_sides",
    "same_person",
    "same_figure",
    "near_figure",
    "words",
    "titles",
    "there_and_then",
    "there_undated",
    "same_realis",
    "days_shared",
    "deed_words",
    "rare_place_words",
];
/// Differences, which never speak for one.
const AGAINST: [&str; 11] = [
    "days_apart",
    "told_before",
    "published_apart",
    "far",
    "other_country",
    "other_agent",
    "other_target",
    "other_figure",
    "starts_apart",
    "lengths_apart",
    "other_person",
];

/// What the feature of this name may say.
pub fn speaks(feature: &str) -> Speaks {
    if FOR.contains(&feature) {
        Speaks::For
    } else if AGAINST.contains(&feature) {
        Speaks::Against
    } else {
        Speaks::Either
    }
}

/// One value for each of [`NAMES`].
pub(crate) type Features = [f64; NAMES.len()];

/// Measures two tellings against each other; the order of the two does not matter.
pub(crate) fn measure(one: &Profile<'_>, other: &Profile<'_>) -> Features {
    let [same_day, next_day, days_apart, days_vague] = time(one, other);
    let [undated, told_before, told_soon, published_apart] = publication(one, other);
    let [same_spot, shared_place, near, far, same_unit, other_country, place_unknown] = place(one, other);
    let nearness = Lists::get().nearness(one.telling.event.event_type, other.telling.event.event_type);
    let (agents, targets) = sides(one, other);
    let [same_figure, near_figure, other_figure] = figures(one, other);
    [
        same_day,
        next_day,
        days_apart,
        days_vague,
        undated,
        told_before,
        told_soon,
        published_apart,
        same_spot,
        shared_place,
        near,
        far,
        same_unit,
        other_country,
        place_unknown,
        flag(nearness == Nearness::Same),
        flag(matches!(nearness, Nearness::Family | Nearness::Near)),
        like(agents),
        flag(agents == Likeness::Other),
        like(targets),
        flag(targets == Likeness::Other),
        like(agents) * like(targets),
        flag(one.persons.intersection(&other.persons).next().is_some()),
        same_figure,
        near_figure,
        other_figure,
        alike(&one.words, &other.words),
        alike(&one.title, &other.title),
        flag(one.outlet.is_some() && one.outlet == other.outlet),
        (same_day + next_day / 2.0) * same_spot.max(near),
        undated * same_spot.max(near),
        flag(one.telling.event.realis == other.telling.event.realis),
        flag(!one.spot.is_empty() && !other.spot.is_empty() && same_spot + shared_place == 0.0),
        flag(is_swapped(one, other)),
        starts_apart(one, other),
        flag(nearness == Nearness::Same && !Lists::get().is_frequent(one.telling.event.event_type)),
        (undated + days_vague) * alike(&one.words, &other.words),
        flag(one.is_broad && other.is_broad && other_country == 0.0),
        flag(one.is_broad != other.is_broad),
        lengths_apart(one, other),
        flag(!one.persons.is_empty() && !other.persons.is_empty() && one.persons.is_disjoint(&other.persons)),
        days_shared(one, other),
        alike(&one.deed, &other.deed),
        rare_place_words(one, other),
        told_apart(one, other),
    ]
}

fn flag(it: bool) -> f64 {
    f64::from(u8::from(it))
}

fn like(it: Likeness) -> f64 {
    match it {
        Likeness::Same => 1.0,
        Likeness::Akin => 0.5,
        Likeness::Open | Likeness::Other => 0.0,
    }
}

/// Days between the two stretches; 0 where they share a day.
pub(crate) fn gap_days(one: &Profile<'_>, other: &Profile<'_>) -> Option<i32> {
    let (a, b) = (one.days?, other.days?);
    Some((b.start - a.end).max(a.start - b.end).max(0))
}

fn time(one: &Profile<'_>, other: &Profile<'_>) -> [f64; 4] {
    let (Some(gap), Some(a), Some(b)) = (gap_days(one, other), one.days, other.days) else { return [0.0; 4] };
    let fine = a.is_fine && b.is_fine;
    let told = a.told.is_some() && b.told.is_some();
    [flag(gap == 0 && fine), flag(gap == 1 && fine), f64::from(gap).ln_1p(), flag(gap == 0 && !fine && told)]
}

/// What the days of publication tell where a day is not told.
fn publication(one: &Profile<'_>, other: &Profile<'_>) -> [f64; 4] {
    if one.days.is_some() && other.days.is_some() {
        return [0.0; 4];
    }
    let apart = one.published.zip(other.published).map_or(0.0, |(a, b)| f64::from((a - b).abs()).ln_1p());
    let after = |undated: &Profile<'_>, dated: &Profile<'_>| Some(undated.published? - dated.days?.start);
    let after = if one.days.is_none() { after(one, other) } else { after(other, one) };
    [
        1.0,
        flag(after.is_some_and(|it| it < 0)),
        flag(after.is_some_and(|it| (0..=compared().soon_days).contains(&it))),
        apart,
    ]
}

/// Kilometres between the two places beyond both radii.
pub(crate) fn beyond_km(one: &Profile<'_>, other: &Profile<'_>) -> Option<f64> {
    let (a, b) = (one.point?, other.point?);
    Some((distance_km(a.at, b.at) - a.radius - b.radius).max(0.0))
}

fn place(one: &Profile<'_>, other: &Profile<'_>) -> [f64; 7] {
    let spot = one.spot.intersection(&other.spot).next().is_some();
    let shared = one.places.intersection(&other.places).next().is_some();
    let unit = one.iso3.is_some() && one.iso3 == other.iso3 && one.adm1.is_some() && one.adm1 == other.adm1;
    let fine = one.point.is_some_and(|it| it.is_fine) && other.point.is_some_and(|it| it.is_fine);
    let km = beyond_km(one, other);
    let near = fine && km.is_some_and(|it| it < compared().near_km);
    [
        flag(spot),
        flag(shared),
        flag(near),
        km.map_or(0.0, |km| (km / 10.0).ln_1p()),
        flag(unit),
        flag(!one.countries.is_empty() && !other.countries.is_empty() && one.countries.is_disjoint(&other.countries)),
        flag(km.is_none() && !shared),
    ]
}

/// How like the agents and the targets are, or in mutual acts, where that fits better, each other's.
pub(crate) fn sides(one: &Profile<'_>, other: &Profile<'_>) -> (Likeness, Likeness) {
    if is_swapped(one, other) { crossed(one, other) } else { straight(one, other) }
}

fn straight(one: &Profile<'_>, other: &Profile<'_>) -> (Likeness, Likeness) {
    (likeness(&one.agents, &other.agents), likeness(&one.targets, &other.targets))
}

fn crossed(one: &Profile<'_>, other: &Profile<'_>) -> (Likeness, Likeness) {
    (likeness(&one.agents, &other.targets), likeness(&one.targets, &other.agents))
}

/// The same two sides of a mutual act, named the other way round.
fn is_swapped(one: &Profile<'_>, other: &Profile<'_>) -> bool {
    let lists = Lists::get();
    let mutual = [one, other].iter().all(|it| lists.is_mutual(it.telling.event.event_type));
    let worth = |it: (Likeness, Likeness)| (it.0.min(it.1), it.0.max(it.1));
    mutual && worth(crossed(one, other)) > worth(straight(one, other))
}

/// The share of the shorter stretch that the other one covers.
fn days_shared(one: &Profile<'_>, other: &Profile<'_>) -> f64 {
    let told = |it: &Profile<'_>| it.days?.told;
    let Some((a, b)) = told(one).zip(told(other)) else { return 0.0 };
    let shared = (a.1.min(b.1) - a.0.max(b.0) + 1).max(0);
    let shorter = (a.1 - a.0).min(b.1 - b.0) + 1;
    f64::from(shared) / f64::from(shorter.max(1))
}

/// Words that only few reports use and that both name their places by.
fn rare_place_words(one: &Profile<'_>, other: &Profile<'_>) -> f64 {
    let n = one.rare_place_words.intersection(&other.rare_place_words).count();
    n.min(compared().rare_words) as f64
}

/// How far apart the two were published, whether their days are told or not.
fn told_apart(one: &Profile<'_>, other: &Profile<'_>) -> f64 {
    one.published.zip(other.published).map_or(0.0, |(a, b)| f64::from((a - b).abs()).ln_1p())
}

/// How many times longer one stretch is than the other.
fn lengths_apart(one: &Profile<'_>, other: &Profile<'_>) -> f64 {
    let length = |it: &Profile<'_>| it.days?.told.map(|(start, end)| f64::from(end - start + 1).ln());
    length(one).zip(length(other)).map_or(0.0, |(a, b)| (a - b).abs())
}

fn starts_apart(one: &Profile<'_>, other: &Profile<'_>) -> f64 {
    let start = |it: &Profile<'_>| it.days?.told.map(|it| it.0);
    start(one).zip(start(other)).map_or(0.0, |(a, b)| f64::from((a - b).abs()).ln_1p())
}

/// The two nearest numbers of one sort: the same (a great number tells more than a small one), near, or other.
fn figures(one: &Profile<'_>, other: &Profile<'_>) -> [f64; 3] {
    let pairs = one.numbers.iter().flat_map(|a| {
        other.numbers.iter().filter(|b| a.what == b.what).map(|b| (a.value.min(b.value), a.value.max(b.value)))
    });
    let ratio = |(low, high): (u64, u64)| if high == 0 { 1.0 } else { low as f64 / high as f64 };
    let nearest = pairs.max_by(|x, y| ratio(*x).total_cmp(&ratio(*y)).then(x.1.cmp(&y.1)));
    let Some((low, high)) = nearest else { return [0.0; 3] };
    let size = ((high as f64).ln_1p() / compared().telling_number.ln_1p()).min(1.0);
    match ratio((low, high)) {
        _ if low == high => [size, 0.0, 0.0],
        ratio if ratio >= compared().near_ratio => [0.0, size, 0.0],
        ratio => [0.0, 0.0, 1.0 - ratio],
    }
}

/// The weight of the shared words by the weight of all words of the lighter telling.
fn alike(one: &BTreeMap<String, f64>, other: &BTreeMap<String, f64>) -> f64 {
    let square = |it: &f64| it * it;
    let shared: f64 = one.iter().filter(|it| other.contains_key(it.0)).map(|it| square(it.1)).sum();
    let norm = |it: &BTreeMap<String, f64>| it.values().map(square).sum::<f64>().sqrt();
    let norms = norm(one) * norm(other);
    if norms == 0.0 { 0.0 } else { shared / norms }
}
