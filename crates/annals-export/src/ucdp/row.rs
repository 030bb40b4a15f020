//! An incident to UCDP's row.

use annals_incidents::{Days, Incident, ReviewState};
use annals_record::{PlacePrecision, Scope, TimePrecision, Where};
use jiff::civil::Date;

use super::Tables;
use super::deaths::deaths;
use super::dyad::dyad;
use super::original::original;
use crate::countries::{Country, country};
use crate::loss::{Loss, Lost};
use crate::names::Names;
use crate::outlets::{Article, articles, originators, unique};
use crate::table::text;
use crate::writer::Context;

/// UCDP GED's columns, in the order of its newest vintage.
pub const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// The row of one incident.
///
/// # Errors
/// Why UCDP has no row of it.
pub(crate) fn row(
    incident: &Incident,
    context: &Context<'_>,
    loss: &mut Loss,
) -> Result<[String; COLUMNS.len()], Lost> {
    let original = original(incident, &context.options);
    let place = incident.location.as_ref();
    let iso3 = place.and_then(|it| it.iso3.as_deref());
    let date = days(incident, loss)?;
    let names = Names { registry: context.registry, iso3, date: Some(date.start) };
    let dyad = dyad(incident, names)?;
    let dead = deaths(incident, &dyad);
    if dead.high == 0 && !context.options.deathless && original.is_empty() {
        return Err(Lost::NoDeath);
    }
    let country = iso3.and_then(country);
    let known = dyad.known();
    if original.is_empty() && known.is_none() {
        loss.count(Lost::Numbers);
    }
    let articles = articles(incident);
    let point = place.and_then(|it| it.lat.zip(it.lon));
    let number = id(incident);
    let mut row = [
        number.to_string(),
        format!("{}-{}-{}-{}", iso3.unwrap_or("XXX"), date.start.year(), dyad.violence, number),
        date.start.year().to_string(),
        String::new(),
        if dyad.is_clear() { "Clear".to_owned() } else { "Check dyad".to_owned() },
        dyad.violence.to_string(),
        text(known.map(|it| it.dset.conflict)),
        text(known.map(|it| it.conflict)),
        dyad.conflict_name(country.map(Country::ucdp_name)),
        text(known.map(|it| it.dset.dyad)),
        text(known.map(|it| it.dyad)),
        dyad.name(),
        text(dyad.a.old_id),
        text(dyad.a.id),
        dyad.a.name.clone(),
        text(dyad.b.old_id),
        text(dyad.b.id),
        dyad.b.name.clone(),
        articles.len().to_string(),
        articles.iter().map(article).collect::<Vec<_>>().join(";"),
        articles.iter().map(|it| it.outlet.clone()).collect::<Vec<_>>().join(";"),
        articles.iter().map(|it| text(it.published)).collect::<Vec<_>>().join(";"),
        articles.iter().map(|it| it.headline.clone()).collect::<Vec<_>>().join(";"),
        originators(incident).join("; "),
        text(place.map(where_prec)),
        incident.place.clone().unwrap_or_default(),
        described(incident),
        text(place.and_then(|it| it.adm1.as_ref())),
        text(place.and_then(|it| it.adm2.as_ref())),
        text(point.map(|it| it.0)),
        text(point.map(|it| it.1)),
        text(point.map(|(lat, lon)| format!("POINT ({lon} {lat})"))),
        text(point.and_then(|(lat, lon)| priogrid_gid(lat, lon))),
        text(country.map(Country::ucdp_name)),
        text(country.and_then(|it| it.gw)),
        text(country.and_then(|it| it.ucdp_region.as_ref())),
        if incident.scope == Scope::Campaign { "2".to_owned() } else { "1".to_owned() },
        date_prec(&date).to_string(),
        date.start.to_string(),
        date.end.to_string(),
        dead.side_a.to_string(),
        dead.side_b.to_string(),
        dead.civilians.to_string(),
        dead.unknown.to_string(),
        dead.best.to_string(),
        dead.high.to_string(),
        dead.low.to_string(),
        text(dyad.a.gw),
        text(dyad.b.gw),
    ];
    // Bounds that do not hold their best number are UCDP's own: they come back as they came where nothing else is told.
    let alone = incident.tellings.len() == 1 && incident.review != ReviewState::Corrected;
    let tables = Tables::get();
    let verbatim = tables.verbatim.iter().filter(|_| alone);
    for name in tables.carried.iter().chain(verbatim) {
        let at = COLUMNS.iter().position(|it| it == name);
        if let (Some(at), Some(value)) = (at, original.get(name)) {
            row[at].clone_from(value);
        }
    }
    Ok(row)
}

/// The days told, else the day of the earliest report.
fn days(incident: &Incident, loss: &mut Loss) -> Result<Days, Lost> {
    if let Some(date) = &incident.date {
        return Ok(date.clone());
    }
    let day: Option<Date> = incident.tellings.iter().filter_map(|it| it.report.published).min();
    let day = day.ok_or(Lost::NoDay)?;
    loss.count(Lost::DayOfPublication);
    Ok(Days { start: day, end: day, precision: TimePrecision::Week })
}

/// 1 one day, 2 two to six days, 3 a week, 4 up to a month, 5 more.
fn date_prec(date: &Days) -> u8 {
    match date.precision {
        TimePrecision::Day => 1,
        TimePrecision::Days => 2,
        TimePrecision::Week => 3,
        TimePrecision::Month => 4,
        TimePrecision::Season | TimePrecision::Year => 5,
    }
}

/// 1 exact, 2 near, 3 second-level unit, 4 first-level unit, 5 area, 6 country, 7 waters and air of no country.
fn where_prec(place: &Where) -> u8 {
    match place.precision {
        _ if place.iso3.is_none() => 7,
        PlacePrecision::Exact => 1,
        PlacePrecision::Near => 2,
        PlacePrecision::Adm2 => 3,
        PlacePrecision::Adm1 => 4,
        PlacePrecision::Area => 5,
        PlacePrecision::Country => 6,
    }
}

/// The cell of the half-degree grid of PRIO, counted from the south-west.
///
/// **Source**: PRIO-GRID codebook; `None` off the globe.
pub(crate) fn priogrid_gid(lat: f64, lon: f64) -> Option<u32> {
    if !(-90.0..90.0).contains(&lat) || !(-180.0..180.0).contains(&lon) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both are within 0 to 720")]
    let cell = |degrees: f64| (degrees * 2.0).floor() as u32;
    Some(cell(lat + 90.0) * 720 + cell(lon + 180.0) + 1)
}

/// `"Outlet,2024-03-09,Headline"`.
fn article(article: &Article) -> String {
    format!("\"{},{},{}\"", article.outlet, text(article.published), article.headline)
}

/// The reports' own words for the place.
fn described(incident: &Incident) -> String {
    let words = incident.tellings.iter().flat_map(|it| &it.event.places).map(|it| it.span.text.clone());
    unique(words).join("; ")
}

/// A number that stays the same as long as the incident has its name.
fn id(incident: &Incident) -> u64 {
    const DIGITS: u64 = 1_000_000_000_000_000;
    crate::names::stable_number(&incident.id.0) % DIGITS
}
