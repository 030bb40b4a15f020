//! A telling made ready for comparison with others.

use std::collections::BTreeSet;

use annals_record::{OutcomeKind, TimePrecision};
use jiff::civil::Date;

use crate::Telling;
use crate::parties::Who;
use crate::words::{plain, telling_words};

/// What matching looks at, taken from a telling once.
pub(crate) struct Profile<'t> {
    pub(crate) telling: &'t Telling,
    pub(crate) agents: Vec<Who>,
    pub(crate) targets: Vec<Who>,
    pub(crate) days: Option<Stretch>,
    pub(crate) point: Option<Point>,
    pub(crate) iso3: Option<&'t str>,
    /// First-level unit, folded.
    pub(crate) adm1: Option<String>,
    /// Gazetteer ids and folded namings of its places finer than a first-level unit.
    pub(crate) places: BTreeSet<String>,
    /// Telling words of its spans, without those of its places and parties.
    pub(crate) words: BTreeSet<String>,
    /// Stated numbers that are wholes.
    pub(crate) numbers: Vec<Number>,
    pub(crate) outlet: Option<String>,
}

/// A stretch of days, by day number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub(crate) start: i32,
    pub(crate) end: i32,
    pub(crate) precision: TimePrecision,
}

/// A point with the radius that it may be off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) at: (f64, f64),
    /// **Units**: kilometres.
    pub(crate) radius: f64,
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
        let coarse = |kind: &str| matches!(kind, "country" | "adm1" | "continent");
        let places = event
            .places
            .iter()
            .filter(|it| !it.place.as_ref().is_some_and(|it| coarse(&it.kind)))
            .flat_map(|it| it.place.as_ref().map(|it| it.id.clone()).into_iter().chain([plain(&it.span.text)]))
            .filter(|it| !it.is_empty())
            .collect();
        let spans = std::iter::once(&event.trigger)
            .chain(&event.mentions)
            .chain(event.outcomes.iter().map(|it| &it.span))
            .chain(event.weapons.iter().map(|it| &it.span));
        Self {
            telling,
            agents: event.agents.iter().map(Who::new).collect(),
            targets: event.targets.iter().map(Who::new).collect(),
            days: event.date.as_ref().map(|it| Stretch {
                start: day_number(it.start),
                end: day_number(it.end),
                precision: it.precision,
            }),
            point: location.and_then(|it| {
                let at = it.lat.zip(it.lon)?;
                Some(Point { at, radius: it.radius_km.unwrap_or_default() })
            }),
            iso3: location.and_then(|it| it.iso3.as_deref()),
            adm1: location.and_then(|it| it.adm1.as_deref()).map(plain),
            places,
            words: spans.flat_map(|it| telling_words(&it.text)).collect(),
            numbers: event
                .outcomes
                .iter()
                .filter(|it| !it.part)
                .filter_map(|it| Some(Number { what: it.what, value: it.best.or(it.low).or(it.high)? }))
                .collect(),
            outlet: telling.report.publisher.as_deref().map(plain).filter(|it| !it.is_empty()),
        }
    }
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}
