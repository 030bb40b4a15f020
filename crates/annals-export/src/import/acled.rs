//! ACLED's rows as coded reports. What each column becomes: docs/formats/acled.md.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use annals_actors::Part;
use annals_record::{
    ActorKind, CodedReport, DateRef, Event, EventType, Outcome, OutcomeKind, Party, Place, PlacePrecision, PlaceRef,
    Realis, Scope, Side, Span, TimePrecision, Where,
};
use jiff::ToSpan;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::ImportError;
use super::actors::{Actors, Named};
use super::builder::{About, Builder};
use super::columns::{Known, Row};
use crate::countries::iso3_of;

/// How the reports of imported rows name their reader.
pub(crate) const DATA_SET: &str = "acled";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    columns: Vec<Known>,
    types: BTreeMap<String, EventType>,
    unidentified: Unidentified,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unidentified {
    begins: Vec<String>,
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/import/acled.toml")).expect("a test reads the table")
    });
    &TABLE
}

pub(crate) fn columns() -> &'static [Known] {
    &table().columns
}

/// The report that a row stands for.
pub(crate) fn report(row: &Row<'_>, actors: &Actors<'_>) -> Result<CodedReport, ImportError> {
    let id = row.text("event_id_cnty").trim();
    if id.is_empty() {
        return Err(row.wrong("event_id_cnty", "empty"));
    }
    let sub_event = row.text("sub_event_type").trim();
    let event_type = *table()
        .types
        .iter()
        .find(|it| it.0.eq_ignore_ascii_case(sub_event))
        .ok_or_else(|| row.wrong("sub_event_type", "no sub-type of ACLED"))?
        .1;
    let builder = Builder::new(&format!("ACLED event {id}"), row);
    let iso3 = iso3_of(row.text("country").trim(), None, row.text("iso").trim().parse().ok());
    let date = date(row, &builder)?;
    let (location, places) = place(row, &builder, iso3)?;
    let side = |columns: [&'static str; 3], part| side(row, &builder, actors, columns, (iso3, &date, part));
    let event = Event {
        id: "e1".to_owned(),
        event_type,
        scope: Scope::Incident,
        realis: Realis::Actual,
        confidence: 1.0,
        trigger: builder.span("sub_event_type").ok_or_else(|| row.wrong("sub_event_type", "empty"))?,
        mentions: Vec::new(),
        agents: side(["actor1", "assoc_actor_1", "inter1"], Part::Agent),
        targets: side(["actor2", "assoc_actor_2", "inter2"], Part::Target),
        places,
        location,
        outcomes: fatalities(row, &builder)?,
        weapons: Vec::new(),
        sources: builder.sources("source"),
        date: Some(date),
    };
    // The day of the last upload stands for the day of publication.
    let uploaded = row.text("timestamp").trim().parse().ok().and_then(|it| jiff::Timestamp::from_second(it).ok());
    let published = uploaded.map(|it| it.to_zoned(TimeZone::UTC).date());
    let about = About { data_set: DATA_SET, id, publisher: "ACLED", published };
    Ok(builder.report(&about, event, Vec::new()))
}

/// The side's actor, and the associated ones beside it.
fn side(
    row: &Row<'_>,
    builder: &Builder<'_>,
    actors: &Actors<'_>,
    [actor, associates, inter]: [&'static str; 3],
    (iso3, date, part): (Option<&str>, &DateRef, Part),
) -> Vec<Party> {
    let kind = kind(row.text(inter).trim());
    let party = |span: Span| {
        let name = span.text.clone();
        let unidentified = table().unidentified.begins.iter().any(|it| name.starts_with(it.as_str()));
        let kind = if unidentified { Some(ActorKind::Unidentified) } else { kind };
        let named = Named { name: &name, ucdp_id: None, iso3, date: Some(date.start), part, kind };
        actors.party(span, named)
    };
    builder.span(actor).into_iter().chain(builder.parts(associates)).map(party).collect()
}

/// The kind that ACLED's actor type tells, by number or name.
fn kind(inter: &str) -> Option<ActorKind> {
    Some(match inter.to_lowercase().as_str() {
        "1" | "state forces" => ActorKind::StateForce,
        "2" | "rebel group" | "rebel groups" => ActorKind::ArmedGroup,
        "3" | "4" | "political militia" | "political militias" | "identity militia" | "identity militias" => {
            ActorKind::Militia
        }
        "5" | "6" | "7" | "rioters" | "protesters" | "civilians" => ActorKind::Civilians,
        "8" | "external/other forces" | "other forces" => ActorKind::ForeignForce,
        _ => return None,
    })
}

fn date(row: &Row<'_>, builder: &Builder<'_>) -> Result<DateRef, ImportError> {
    let day = row.day("event_date")?;
    let around = |n: i32| (day.checked_sub(n.days()).unwrap_or(day), day.checked_add(n.days()).unwrap_or(day));
    let (precision, (start, end)) = match row.text("time_precision").trim() {
        "" | "1" => (TimePrecision::Day, (day, day)),
        "2" => (TimePrecision::Week, around(3)),
        "3" => (TimePrecision::Month, (day.first_of_month(), day.last_of_month())),
        _ => return Err(row.wrong("time_precision", "none of 1 to 3")),
    };
    let rule = "the data set's day and precision".to_owned();
    Ok(DateRef { span: builder.span("event_date"), start, end, precision, rule })
}

fn place(
    row: &Row<'_>,
    builder: &Builder<'_>,
    iso3: Option<&str>,
) -> Result<(Option<Where>, Vec<PlaceRef>), ImportError> {
    let told = |column: &str| Some(row.text(column).trim().to_owned()).filter(|it| !it.is_empty());
    let precision = match row.text("geo_precision").trim() {
        "" | "1" => PlacePrecision::Exact,
        "2" => PlacePrecision::Near,
        "3" => PlacePrecision::Adm1,
        _ => return Err(row.wrong("geo_precision", "none of 1 to 3")),
    };
    let (lat, lon) = (row.degrees("latitude", 90.0)?, row.degrees("longitude", 180.0)?);
    let named = builder.span("location");
    let location = Where {
        iso3: iso3.map(str::to_owned),
        adm1: told("admin1"),
        adm2: told("admin2"),
        iso_3166_2: None,
        lat,
        lon,
        precision,
        radius_km: None,
        from: named.clone(),
    };
    let place = |span: &Span| Place {
        id: format!("{DATA_SET}:{}", row.text("event_id_cnty").trim()),
        name: span.text.clone(),
        kind: "town".to_owned(),
        iso3: iso3.map(str::to_owned),
        adm1: told("admin1"),
        adm2: told("admin2"),
        lat,
        lon,
        score: 1.0,
    };
    let places = named.map(|span| PlaceRef { place: Some(place(&span)), span, candidates: Vec::new() });
    Ok((Some(location), places.into_iter().collect()))
}

/// Fatalities of all sides; 0 is none or unknown to ACLED, so that nothing is told of it here.
fn fatalities(row: &Row<'_>, builder: &Builder<'_>) -> Result<Vec<Outcome>, ImportError> {
    let dead = row.count("fatalities")?;
    let Some(span) = builder.span("fatalities").filter(|_| dead > 0) else { return Ok(Vec::new()) };
    Ok(vec![Outcome {
        span,
        what: OutcomeKind::Killed,
        low: Some(dead),
        high: Some(dead),
        best: Some(dead),
        side: Side::Unknown,
        part: false,
        item: None,
        source: None,
    }])
}
