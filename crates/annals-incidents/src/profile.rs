//! A telling made ready for comparison with others.

use std::collections::{BTreeMap, BTreeSet};

use annals_record::{ActorKind, OutcomeKind, PlacePrecision, Scope, TimePrecision};
use jiff::civil::Date;

use crate::Telling;
use crate::parties::Who;
use crate::settings::{compared, lists};
use crate::words::{Lists, plain, telling_words, weight};

/// What matching looks at, taken from a telling once.
pub(crate) struct Profile<'t> {
    pub(crate) telling: &'t Telling,
    pub(crate) agents: Vec<Who>,
    pub(crate) targets: Vec<Who>,
    /// Name words of single persons: parties, and victims named one by one.
    pub(crate) persons: BTreeSet<String>,
    pub(crate) days: Option<Stretch>,
    /// Day number of publication.
    pub(crate) published: Option<i32>,
    pub(crate) point: Option<Point>,
    /// True where it is told of a country, a province or a wide area.
    pub(crate) is_broad: bool,
    pub(crate) iso3: Option<&'t str>,
    /// Countries of all its places.
    pub(crate) countries: BTreeSet<&'t str>,
    /// First-level unit, folded.
    pub(crate) adm1: Option<String>,
    /// Gazetteer ids and folded namings of its places finer than a first-level unit.
    pub(crate) places: BTreeSet<String>,
    /// Those of its most specific place.
    pub(crate) spot: BTreeSet<String>,
    /// Telling words of its spans, with how much each tells.
    pub(crate) words: BTreeMap<String, f64>,
    /// Those of what was done and what came of it.
    pub(crate) deed: BTreeMap<String, f64>,
    /// Words of its places' namings that few reports use.
    pub(crate) rare_place_words: BTreeSet<String>,
    /// Telling words of the report's title.
    pub(crate) title: BTreeMap<String, f64>,
    /// Stated numbers that are wholes.
    pub(crate) numbers: Vec<Number>,
    pub(crate) outlet: Option<String>,
}

/// A stretch of days, by day number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub(crate) start: i32,
    pub(crate) end: i32,
    /// True where it is known to a few days.
    pub(crate) is_fine: bool,
    /// First and last day as told; `None` where implied.
    pub(crate) told: Option<(i32, i32)>,
}

/// A point with the radius that it may be off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) at: (f64, f64),
    /// **Units**: kilometres.
    pub(crate) radius: f64,
    /// True where it is finer than a first-level unit.
    pub(crate) is_fine: bool,
}

/// One stated number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    pub(crate) what: OutcomeKind,
    pub(crate) value: u64,
}

impl<'t> Profile<'t> {
    pub(crate) fn new(telling: &'t Telling) -> Self {
        let event = &telling.event;
        let location = event.location.as_ref();
        let mut places = BTreeSet::new();
        let mut spot = BTreeSet::new();
        for it in &event.places {
            let coarse =
                it.place.as_ref().is_some_and(|it| matches!(it.kind.as_str(), "country" | "adm1" | "continent"));
            let names = it.place.as_ref().map(|it| it.id.clone()).into_iter().chain([plain(&it.span.text)]);
            let names: Vec<String> = names.filter(|it| !coarse && !it.is_empty()).collect();
            if spot.is_empty() {
                spot.extend(names.iter().cloned());
            }
            places.extend(names);
        }
        let deed =
            std::iter::once(&event.trigger).chain(&event.mentions).chain(event.outcomes.iter().map(|it| &it.span));
        let spans = deed
            .clone()
            .chain(event.weapons.iter().map(|it| &it.span))
            .chain(event.places.iter().map(|it| &it.span))
            .chain(event.agents.iter().chain(&event.targets).map(|it| &it.span));
        Self {
            telling,
            agents: event.agents.iter().map(Who::new).collect(),
            targets: event.targets.iter().map(Who::new).collect(),
            persons: persons(telling),
            days: days(telling),
            published: telling.report.published.map(day_number),
            point: location.and_then(|it| {
                let is_fine = !matches!(it.precision, PlacePrecision::Adm1 | PlacePrecision::Country);
                Some(Point { at: it.lat.zip(it.lon)?, radius: it.radius_km.unwrap_or_default(), is_fine })
            }),
            is_broad: location.is_none_or(|it| {
                matches!(it.precision, PlacePrecision::Country | PlacePrecision::Adm1 | PlacePrecision::Area)
            }),
            iso3: location.and_then(|it| it.iso3.as_deref()),
            countries: (event.places.iter().filter_map(|it| it.place.as_ref()?.iso3.as_deref()))
                .chain(location.and_then(|it| it.iso3.as_deref()))
                .collect(),
            adm1: location.and_then(|it| it.adm1.as_deref()).map(plain),
            places,
            spot,
            words: weighed(spans.map(|it| it.text.as_str())),
            deed: weighed(deed.map(|it| it.text.as_str())),
            rare_place_words: (event.places.iter())
                .flat_map(|it| telling_words(&it.span.text))
                .filter(|it| weight(it) >= 1.0 && !it.starts_with(|it: char| it.is_ascii_digit()))
                .collect(),
            title: weighed([telling.report.title.as_str()].into_iter()),
            numbers: event
                .outcomes
                .iter()
                .filter(|it| !it.part)
                .filter_map(|it| Some(Number { what: it.what, value: it.best.or(it.low).or(it.high)? }))
                .collect(),
            outlet: telling.report.publisher.as_deref().map(plain).filter(|it| !it.is_empty()),
        }
    }

    pub(crate) fn is_campaign(&self) -> bool {
        self.telling.event.scope == Scope::Campaign
    }
}

/// The stretch told.
///
/// A campaign that is told without one, or as going on when it is published, is open: it may have begun earlier or go on later.
fn days(telling: &Telling) -> Option<Stretch> {
    let published = telling.report.published.map(day_number);
    let open =
        |end: i32| telling.event.scope == Scope::Campaign && published.is_none_or(|it| it - end <= lists().news_days);
    let told = telling.event.date.as_ref().map(|it| {
        let (start, end) = (day_number(it.start), day_number(it.end));
        let is_fine = it.precision <= TimePrecision::Days;
        Stretch {
            start,
            end: if open(end) { end + compared().open_days } else { end },
            is_fine,
            told: Some((start, end)),
        }
    });
    let going_on = || {
        let day = published.filter(|_| telling.event.scope == Scope::Campaign)?;
        Some(Stretch {
            start: day - 2 * compared().open_days,
            end: day + compared().open_days,
            is_fine: false,
            told: None,
        })
    };
    told.or_else(going_on)
}

/// The name words of single persons among the parties, and of victims that are named.
fn persons(telling: &Telling) -> BTreeSet<String> {
    let event = &telling.event;
    let parties = event.agents.iter().chain(&event.targets).filter(|it| it.kind == Some(ActorKind::Individual));
    let names = parties.flat_map(|it| [it.name.as_deref().unwrap_or_default(), &it.span.text]);
    let is_name = |text: &str| text.split_whitespace().filter(|it| it.starts_with(char::is_uppercase)).count() >= 2;
    let victims = event.outcomes.iter().filter(|it| it.low == Some(1) && it.high == Some(1) && is_name(&it.span.text));
    let words = names.chain(victims.map(|it| it.span.text.as_str())).flat_map(capitalised);
    words
        .filter(|it| it.len() >= compared().name_letters && weight(it) >= 1.0 && !Lists::get().is_shared_by_many(it))
        .collect()
}

fn capitalised(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().filter(|it| it.starts_with(char::is_uppercase)).flat_map(telling_words)
}

fn weighed<'s>(texts: impl Iterator<Item = &'s str>) -> BTreeMap<String, f64> {
    texts.flat_map(telling_words).map(|it| (it.clone(), weight(&it))).collect()
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}
