//! The named features of a pair of tellings.

use annals_record::TimePrecision;

use crate::geo::distance_km;
use crate::parties::{Likeness, likeness};
use crate::profile::Profile;
use crate::words::{Lists, Nearness};

/// Names of all features, in the order of [`Features`].
pub(crate) const NAMES: [&str; 18] = [
    "same_day",
    "days_apart",
    "time_unknown",
    "same_place",
    "far",
    "same_unit",
    "place_unknown",
    "same_type",
    "near_type",
    "same_agent",
    "other_agent",
    "same_target",
    "other_target",
    "same_figure",
    "near_figure",
    "other_figure",
    "words",
    "same_outlet",
];

/// One value for each of [`NAMES`].
pub(crate) type Features = [f64; NAMES.len()];

/// Measures two tellings against each other; the order of the two does not matter.
pub(crate) fn measure(one: &Profile<'_>, other: &Profile<'_>) -> Features {
    let [same_day, days_apart, time_unknown] = time(one, other);
    let [same_place, far, same_unit, place_unknown] = place(one, other);
    let nearness = Lists::get().nearness(one.telling.event.event_type, other.telling.event.event_type);
    let (agents, targets) = sides(one, other);
    let [same_figure, near_figure, other_figure] = figures(one, other);
    let flag = |it: bool| f64::from(u8::from(it));
    let like = |it: Likeness| match it {
        Likeness::Same => 1.0,
        Likeness::Akin => 0.5,
        Likeness::Open | Likeness::Other => 0.0,
    };
    [
        same_day,
        days_apart,
        time_unknown,
        same_place,
        far,
        same_unit,
        place_unknown,
        flag(nearness == Nearness::Same),
        flag(matches!(nearness, Nearness::Family | Nearness::Near)),
        like(agents),
        flag(agents == Likeness::Other),
        like(targets),
        flag(targets == Likeness::Other),
        same_figure,
        near_figure,
        other_figure,
        words(one, other),
        flag(one.outlet.is_some() && one.outlet == other.outlet),
    ]
}

/// Days between the two stretches; 0 where they share a day.
pub(crate) fn gap_days(one: &Profile<'_>, other: &Profile<'_>) -> Option<i32> {
    let (a, b) = (one.days?, other.days?);
    Some((b.start - a.end).max(a.start - b.end).max(0))
}

fn time(one: &Profile<'_>, other: &Profile<'_>) -> [f64; 3] {
    let (Some(gap), Some(a), Some(b)) = (gap_days(one, other), one.days, other.days) else { return [0.0, 0.0, 1.0] };
    let exact = a.precision <= TimePrecision::Days && b.precision <= TimePrecision::Days;
    [f64::from(u8::from(gap == 0 && exact)), f64::from(gap).ln_1p(), 0.0]
}

/// Kilometres between the two places beyond both radii.
pub(crate) fn beyond_km(one: &Profile<'_>, other: &Profile<'_>) -> Option<f64> {
    let (a, b) = (one.point?, other.point?);
    Some((distance_km(a.at, b.at) - a.radius - b.radius).max(0.0))
}

fn place(one: &Profile<'_>, other: &Profile<'_>) -> [f64; 4] {
    let shared = one.places.intersection(&other.places).next().is_some();
    let unit = one.iso3.is_some() && one.iso3 == other.iso3 && one.adm1.is_some() && one.adm1 == other.adm1;
    let flag = |it: bool| f64::from(u8::from(it));
    match beyond_km(one, other) {
        Some(km) => [flag(shared), (km / 10.0).ln_1p(), flag(unit), 0.0],
        None => [flag(shared), 0.0, flag(unit), flag(!shared)],
    }
}

/// How like the agents and the targets are, where the other way round fits better also swapped.
pub(crate) fn sides(one: &Profile<'_>, other: &Profile<'_>) -> (Likeness, Likeness) {
    let straight = (likeness(&one.agents, &other.agents), likeness(&one.targets, &other.targets));
    let lists = Lists::get();
    let mutual = lists.is_mutual(one.telling.event.event_type) && lists.is_mutual(other.telling.event.event_type);
    let swapped = (likeness(&one.agents, &other.targets), likeness(&one.targets, &other.agents));
    let worth = |it: (Likeness, Likeness)| (it.0.min(it.1), it.0.max(it.1));
    if mutual && worth(swapped) > worth(straight) { swapped } else { straight }
}

fn figures(one: &Profile<'_>, other: &Profile<'_>) -> [f64; 3] {
    let pairs =
        one.numbers.iter().flat_map(|a| other.numbers.iter().filter(|b| a.what == b.what).map(|b| (a.value, b.value)));
    let mut nearest: Option<f64> = None;
    for (a, b) in pairs {
        let ratio = if a == b { 1.0 } else { a.min(b) as f64 / a.max(b) as f64 };
        nearest = Some(nearest.map_or(ratio, |it| it.max(ratio)));
    }
    match nearest {
        Some(ratio) if ratio >= 1.0 => [1.0, 0.0, 0.0],
        Some(ratio) if ratio >= 0.6 => [0.0, 1.0, 0.0],
        Some(_) => [0.0, 0.0, 1.0],
        None => [0.0; 3],
    }
}

/// Shared words by all words of the shorter telling.
fn words(one: &Profile<'_>, other: &Profile<'_>) -> f64 {
    let shared = one.words.intersection(&other.words).count();
    let all = one.words.len().min(other.words.len());
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}
