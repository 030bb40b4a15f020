//! Where to look for tellings of the same happening.
//!
//! Two tellings meet at the coarser of their levels: a day and a village with another day and village near by, a month and a
//! country with any day of that month in that country. Each list holds tellings of one level only, so that a telling with day and
//! village asks the long lists of its like only in its own days and cells, and of vague ones only the short lists.

use std::collections::BTreeSet;

use annals_record::{PlacePrecision, Scope};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::Telling;
use crate::parties::Who;
use crate::profile::day_number;
use crate::settings::lists;
use crate::words::Lists;

/// A list of tellings to look in, by the hash of its name; above it the list's first day, so that an index of them grows
/// where the days grow, and not all over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub i64);

/// The lists that a telling stands in and those that it asks.
///
/// The relation is symmetric: where one telling asks a list that the other stands in, so does the other with the one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Lists that it stands in.
    pub under: Vec<Key>,
    /// Lists to look in for tellings of the same happening.
    pub ask: Vec<Key>,
}

/// The lists of a telling; a pure function of it.
pub fn keys(telling: &Telling) -> Keys {
    let (time, place) = (time_level(telling), place_level(telling));
    let (mut under, mut ask) = (BTreeSet::new(), BTreeSet::new());
    let kind = kind(telling);
    for meeting_place in PLACES.into_iter().filter(|it| *it >= place) {
        let (here, around) =
            (place_facets(telling, &kind, meeting_place, false), place_facets(telling, &kind, meeting_place, true));
        for meeting_time in TIMES.into_iter().filter(|it| *it >= time) {
            let list = |t: Time, p: Place, days: u64, area: u64| {
                let levels = [meeting_time as u64, meeting_place as u64, t as u64, p as u64];
                let name = levels.into_iter().chain([days, area]).fold(0, mixed);
                Key((first_day(meeting_time, days) << HASH_BITS | name >> (u64::BITS - HASH_BITS)).cast_signed())
            };
            for days in time_facets(telling, meeting_time, false) {
                under.extend(here.iter().map(|area| list(time, place, days, *area)));
            }
            // Others whose level meets this one's here.
            let times = TIMES.into_iter().filter(|it| time.max(*it) == meeting_time);
            let places = || PLACES.into_iter().filter(|it| place.max(*it) == meeting_place);
            let others: Vec<(Time, Place)> = times.flat_map(|t| places().map(move |p| (t, p))).collect();
            for days in time_facets(telling, meeting_time, true) {
                let areas = || around.iter().copied();
                ask.extend(others.iter().flat_map(|(t, p)| areas().map(move |area| list(*t, *p, days, area))));
            }
        }
    }
    Keys { under: under.into_iter().collect(), ask: ask.into_iter().collect() }
}

/// How finely the time is known.
#[derive(Clone, Copy, PartialEq, PartialOrd, Eq, Ord)]
enum Time {
    Days,
    Months,
    Years,
    Never,
}

/// How finely the place is known.
#[derive(Clone, Copy, PartialEq, PartialOrd, Eq, Ord)]
enum Place {
    Cells,
    Country,
    Nowhere,
}

const TIMES: [Time; 4] = [Time::Days, Time::Months, Time::Years, Time::Never];
const PLACES: [Place; 3] = [Place::Cells, Place::Country, Place::Nowhere];

const KM_A_DEGREE: f64 = 111.2;

/// Of a key; the day takes the rest.
const HASH_BITS: u32 = 39;

/// Added to numbers that may be negative, so that they order as they count.
const SHIFT: u64 = 1 << 23;

/// First and last day, told or implied by publication.
fn stretch(telling: &Telling) -> Option<(Date, Date)> {
    let implied = |published: Date| Some((published.checked_sub(lists().news_days.days()).ok()?, published));
    let told = telling.event.date.as_ref().map(|it| (it.start, it.end));
    told.or_else(|| implied(telling.report.published?))
}

fn time_level(telling: &Telling) -> Time {
    let Some((start, end)) = stretch(telling) else { return Time::Never };
    // A campaign is told with this or that part of its time.
    let is_long = telling.event.scope == Scope::Campaign;
    match day_number(end) - day_number(start) {
        n if n < lists().days_long && !is_long => Time::Days,
        n if n < lists().months_long && !is_long => Time::Months,
        _ => Time::Years,
    }
}

fn place_level(telling: &Telling) -> Place {
    let Some(it) = &telling.event.location else { return Place::Nowhere };
    let fine = !matches!(it.precision, PlacePrecision::Adm1 | PlacePrecision::Country);
    if it.lat.is_some() && it.lon.is_some() && fine && it.radius_km.unwrap_or_default() <= lists().fine_km {
        Place::Cells
    } else if countries(telling).is_empty() {
        Place::Nowhere
    } else {
        Place::Country
    }
}

/// Stretches of days, months or years, each as a number.
fn time_facets(telling: &Telling, level: Time, slack: bool) -> std::ops::RangeInclusive<u64> {
    let Some((start, end)) = stretch(telling) else { return 0..=0 };
    let slack_of = |n: i32| if slack { n } else { 0 };
    let (from, to) = match level {
        Time::Days => {
            let around = slack_of(lists().slack_days);
            let bucket = |it: i32| it.div_euclid(lists().bucket_days);
            (bucket(day_number(start) - around), bucket(day_number(end) + around))
        }
        Time::Months => {
            let month = |it: Date| i32::from(it.year()) * 12 + i32::from(it.month());
            (month(start), month(end))
        }
        Time::Years => {
            let around = slack_of(if telling.event.scope == Scope::Campaign { lists().slack_years } else { 0 });
            (i32::from(start.year()) - around, i32::from(end.year()) + around)
        }
        Time::Never => (0, 0),
    };
    let shifted = |it: i32| SHIFT.saturating_add_signed(i64::from(it));
    shifted(from)..=shifted(to)
}

/// About where a stretch of a level begins. **Units**: days since 1970, shifted.
fn first_day(level: Time, facet: u64) -> u64 {
    let since = |first: u64| facet.cast_signed() - (SHIFT + first).cast_signed();
    let day = match level {
        Time::Days => since(0) * i64::from(lists().bucket_days),
        Time::Months => since(1970 * 12) * 30,
        Time::Years => since(1970) * 365,
        Time::Never => return 0,
    };
    SHIFT.saturating_add_signed(day)
}

/// Areas, each as a number.
fn place_facets(telling: &Telling, kind: &str, level: Place, slack: bool) -> Vec<u64> {
    let event = &telling.event;
    let location = event.location.as_ref();
    match level {
        Place::Cells => {
            let Some((lat, lon)) = location.and_then(|it| it.lat.zip(it.lon)) else { return Vec::new() };
            let slack = if slack { lists().slack_km } else { 0.0 };
            let radius = location.and_then(|it| it.radius_km).unwrap_or_default() + slack;
            let high = radius / KM_A_DEGREE;
            let wide = high / lat.to_radians().cos().max(0.1);
            let cells = |centre: f64, around: f64| cell(centre - around)..=cell(centre + around);
            let number = |a: i32, b: i32| [a.cast_unsigned(), b.cast_unsigned(), event.scope as u32];
            let all = cells(lat, high).flat_map(|a| cells(lon, wide).map(move |b| number(a, b)));
            all.map(|it| it.into_iter().map(u64::from).fold(0, mixed)).collect()
        }
        Place::Country => countries(telling).into_iter().map(|it| named(it, kind)).collect(),
        Place::Nowhere => {
            let parties = event.agents.iter().chain(&event.targets).map(Who::new).filter(|it| !it.nameless);
            let names: BTreeSet<String> =
                parties.flat_map(|it| it.state.into_iter().chain([it.actor.unwrap_or(it.name)])).collect();
            names.into_iter().map(|it| named(&it, kind)).collect()
        }
    }
}

/// Countries of its places.
fn countries(telling: &Telling) -> BTreeSet<&str> {
    let event = &telling.event;
    let of_places = event.places.iter().filter_map(|it| it.place.as_ref()?.iso3.as_deref());
    of_places.chain(event.location.as_ref().and_then(|it| it.iso3.as_deref())).collect()
}

/// The degree that holds a coordinate.
fn cell(degrees: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "degrees are small numbers")]
    let cell = degrees.floor() as i32;
    cell
}

/// Scope and sort of happening; violence is one sort, as outlets name it by its means or by its outcome.
fn kind(telling: &Telling) -> String {
    let family = Lists::get().family(telling.event.event_type);
    let family = if lists().violence.iter().any(|it| it == family) { "violence" } else { family };
    let scope = if telling.event.scope == Scope::Campaign { "campaign" } else { "incident" };
    format!("{scope} {family}")
}

/// The number of a name with its kind.
fn named(name: &str, kind: &str) -> u64 {
    name.bytes().chain([b' ']).chain(kind.bytes()).map(u64::from).fold(0, mixed)
}

/// Mixes one more number in; every bit of it spreads over all others (the finaliser of `SplitMix64`).
fn mixed(hash: u64, value: u64) -> u64 {
    let value = hash.rotate_left(5).wrapping_add(value).wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
