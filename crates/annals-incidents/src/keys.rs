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
use crate::words::Lists;

/// A list of tellings to look in, by the hash of its name.
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
    let names = names(telling);
    let hashed = |names: BTreeSet<String>| names.iter().map(|it| hash(it)).collect();
    Keys { under: hashed(names.under), ask: hashed(names.ask) }
}

struct Names {
    under: BTreeSet<String>,
    ask: BTreeSet<String>,
}

/// How finely the time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    Days,
    Months,
    Years,
    Never,
}

/// How finely the place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Cells,
    Country,
    Nowhere,
}

const TIMES: [Time; 4] = [Time::Days, Time::Months, Time::Years, Time::Never];
const PLACES: [Place; 3] = [Place::Cells, Place::Country, Place::Nowhere];

/// Longest stretch that is looked up by its days; by its months.
const DAYS_LONG: i32 = 10;
const MONTHS_LONG: i32 = 92;
/// Days of a bucket, and how far apart two tellings of one happening may be.
const BUCKET_DAYS: i32 = 4;
const SLACK_DAYS: i32 = 3;
/// How many years apart campaigns may be told.
const SLACK_YEARS: i32 = 2;
/// What is told without a day is looked for in so many days before publication.
pub(crate) const NEWS_DAYS: i32 = 62;
/// **Units**: kilometres; places known less finely are looked up by their country.
const FINE_KM: f64 = 60.0;
const SLACK_KM: f64 = 20.0;
const KM_A_DEGREE: f64 = 111.2;

fn names(telling: &Telling) -> Names {
    let (time, place) = (time_level(telling), place_level(telling));
    let mut names = Names { under: BTreeSet::new(), ask: BTreeSet::new() };
    for meeting_time in TIMES.into_iter().filter(|it| *it >= time) {
        for meeting_place in PLACES.into_iter().filter(|it| *it >= place) {
            let stem = |t: Time, p: Place| format!("{meeting_time:?} {meeting_place:?} {t:?} {p:?}");
            let lists = |slack: bool| {
                let times = time_facets(telling, meeting_time, slack);
                let places = place_facets(telling, meeting_place, slack);
                let both = times.iter().flat_map(|t| places.iter().map(move |p| format!("{t} {p}")));
                both.collect::<Vec<_>>()
            };
            names.under.extend(lists(false).iter().map(|it| format!("{} {it}", stem(time, place))));
            // Others whose level meets this one's here.
            for t in TIMES.into_iter().filter(|it| time.max(*it) == meeting_time) {
                for p in PLACES.into_iter().filter(|it| place.max(*it) == meeting_place) {
                    names.ask.extend(lists(true).iter().map(|it| format!("{} {it}", stem(t, p))));
                }
            }
        }
    }
    names
}

/// First and last day, told or implied by publication.
fn stretch(telling: &Telling) -> Option<(Date, Date)> {
    let implied = |published: Date| Some((published.checked_sub(NEWS_DAYS.days()).ok()?, published));
    let told = telling.event.date.as_ref().map(|it| (it.start, it.end));
    told.or_else(|| implied(telling.report.published?))
}

fn time_level(telling: &Telling) -> Time {
    let Some((start, end)) = stretch(telling) else { return Time::Never };
    // A campaign is told with this or that part of its time.
    let is_long = telling.event.scope == Scope::Campaign;
    match day_number(end) - day_number(start) {
        ..DAYS_LONG if !is_long => Time::Days,
        ..MONTHS_LONG if !is_long => Time::Months,
        _ => Time::Years,
    }
}

fn place_level(telling: &Telling) -> Place {
    let Some(it) = &telling.event.location else { return Place::Nowhere };
    let fine = !matches!(it.precision, PlacePrecision::Adm1 | PlacePrecision::Country);
    if it.lat.is_some() && it.lon.is_some() && fine && it.radius_km.unwrap_or_default() <= FINE_KM {
        Place::Cells
    } else if countries(telling).is_empty() {
        Place::Nowhere
    } else {
        Place::Country
    }
}

fn time_facets(telling: &Telling, level: Time, slack: bool) -> Vec<String> {
    let Some((start, end)) = stretch(telling) else { return vec!["never".to_owned()] };
    let slack_of = |n: i32| if slack { n } else { 0 };
    match level {
        Time::Days => {
            let around = slack_of(SLACK_DAYS);
            buckets(day_number(start) - around, day_number(end) + around, BUCKET_DAYS, "d")
        }
        Time::Months => {
            let month = |it: Date| i32::from(it.year()) * 12 + i32::from(it.month());
            buckets(month(start), month(end), 1, "m")
        }
        Time::Years => {
            let around = slack_of(if telling.event.scope == Scope::Campaign { SLACK_YEARS } else { 0 });
            buckets(i32::from(start.year()) - around, i32::from(end.year()) + around, 1, "y")
        }
        Time::Never => vec!["never".to_owned()],
    }
}

fn buckets(from: i32, to: i32, width: i32, tag: &str) -> Vec<String> {
    (from.div_euclid(width)..=to.div_euclid(width)).map(|it| format!("{tag}{it}")).collect()
}

fn place_facets(telling: &Telling, level: Place, slack: bool) -> Vec<String> {
    let event = &telling.event;
    let kind = kind(telling);
    let location = event.location.as_ref();
    match level {
        Place::Cells => {
            let Some((lat, lon)) = location.and_then(|it| it.lat.zip(it.lon)) else { return Vec::new() };
            let radius = location.and_then(|it| it.radius_km).unwrap_or_default() + if slack { SLACK_KM } else { 0.0 };
            let high = radius / KM_A_DEGREE;
            let wide = high / lat.to_radians().cos().max(0.1);
            let cells = |centre: f64, around: f64| cell(centre - around)..=cell(centre + around);
            let all =
                cells(lat, high).flat_map(|a| cells(lon, wide).map(move |b| format!("{a},{b} {:?}", event.scope)));
            all.collect()
        }
        Place::Country => countries(telling).into_iter().map(|it| format!("{it} {kind}")).collect(),
        Place::Nowhere => {
            let parties = event.agents.iter().chain(&event.targets).map(Who::new).filter(|it| !it.nameless);
            let names: BTreeSet<String> =
                parties.flat_map(|it| it.state.into_iter().chain([it.actor.unwrap_or(it.name)])).collect();
            names.into_iter().map(|it| format!("{it} {kind}")).collect()
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
    let family = match Lists::get().family(telling.event.event_type) {
        "fire" | "ground" | "harm" | "things" => "violence",
        other => other,
    };
    let scope = if telling.event.scope == Scope::Campaign { "campaign" } else { "incident" };
    format!("{scope} {family}")
}

/// FNV-1a.
fn hash(name: &str) -> Key {
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    Key(hash.cast_signed())
}
