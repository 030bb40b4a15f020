//! UCDP GED's rows as coded reports. What each column becomes: docs/formats/ucdp.md.

use std::sync::LazyLock;

use annals_actors::Part;
use annals_record::{
    ActorKind, CodedReport, DateRef, Event, EventType, Finding, Outcome, OutcomeKind, Place, PlacePrecision, PlaceRef,
    Realis, Scope, Severity, Side, Span, TimePrecision, Where,
};
use serde::Deserialize;

use super::ImportError;
use super::actors::{Actors, Named};
use super::builder::{About, Builder};
use super::columns::{Known, Row, day};
use crate::countries::iso3_of;
use crate::ucdp::DATA_SET;

#[derive(Deserialize)]
struct Table {
    columns: Vec<Known>,
}

pub(crate) fn columns() -> &'static [Known] {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/import/ucdp.toml")).expect("a test reads the table")
    });
    &TABLE.columns
}

/// The report that a row stands for.
pub(crate) fn report(row: &Row<'_>, actors: &Actors<'_>) -> Result<CodedReport, ImportError> {
    let id = row.text("id").trim();
    if id.is_empty() {
        return Err(row.wrong("id", "empty"));
    }
    let violence = match row.text("type_of_violence").trim() {
        "1" => Violence::State,
        "2" => Violence::NonState,
        "3" => Violence::OneSided,
        _ => return Err(row.wrong("type_of_violence", "none of 1, 2, 3")),
    };
    let builder = Builder::new(&format!("UCDP GED event {id}"), row);
    let numeric = |column: &str| row.text(column).trim().parse().ok();
    let iso3 = iso3_of(row.text("country").trim(), numeric("country_id"), None);
    let date = date(row, &builder)?;
    let (location, places) = place(row, &builder, iso3)?;
    let side = |column: &'static str, id: &'static str, part: Part| {
        let name = row.text(column).trim();
        let named = Named {
            name,
            ucdp_id: row.text(id).trim().parse().ok().filter(|_| violence != Violence::OneSided || column == "side_a"),
            iso3,
            date: Some(date.start),
            part,
            kind: Some(kind(name)),
        };
        builder.span(column).map(|span| actors.party(span, named)).into_iter().collect::<Vec<_>>()
    };
    let mut findings = Vec::new();
    let outcomes = outcomes(row, &builder, violence, &mut findings)?;
    let event = Event {
        id: "e1".to_owned(),
        event_type: match violence {
            Violence::State | Violence::NonState => EventType::ArmedClash,
            Violence::OneSided => EventType::TargetedViolence,
        },
        scope: if row.text("event_clarity").trim() == "2" { Scope::Campaign } else { Scope::Incident },
        realis: Realis::Actual,
        confidence: 1.0,
        trigger: required(&builder, row, "type_of_violence")?,
        mentions: Vec::new(),
        agents: side("side_a", "side_a_new_id", Part::Agent),
        targets: side("side_b", "side_b_new_id", Part::Target),
        places,
        location,
        date: Some(date),
        outcomes,
        weapons: Vec::new(),
        sources: builder.sources("source_original"),
    };
    let published = row.text("source_date").split(';').filter_map(day).max();
    let about = About { data_set: DATA_SET, id, publisher: "UCDP GED", published };
    Ok(builder.report(&about, event, findings))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Violence {
    State,
    NonState,
    OneSided,
}

fn required(builder: &Builder<'_>, row: &Row<'_>, column: &'static str) -> Result<Span, ImportError> {
    builder.span(column).ok_or_else(|| row.wrong(column, "empty"))
}

fn kind(name: &str) -> ActorKind {
    match name {
        "Civilians" => ActorKind::Civilians,
        _ if name.starts_with("Government of ") => ActorKind::Government,
        _ => ActorKind::ArmedGroup,
    }
}

fn date(row: &Row<'_>, builder: &Builder<'_>) -> Result<DateRef, ImportError> {
    let (start, end) = (row.day("date_start")?, row.day("date_end")?);
    if end < start {
        return Err(row.wrong("date_end", "before date_start"));
    }
    let precision = match row.text("date_prec").trim() {
        "1" => TimePrecision::Day,
        "2" => TimePrecision::Days,
        "3" => TimePrecision::Week,
        "4" => TimePrecision::Month,
        "5" if (end - start).get_days() < 200 => TimePrecision::Season,
        "5" => TimePrecision::Year,
        _ => return Err(row.wrong("date_prec", "none of 1 to 5")),
    };
    Ok(DateRef { span: builder.span("date_start"), start, end, precision, rule: "as the data set has it".to_owned() })
}

fn place(
    row: &Row<'_>,
    builder: &Builder<'_>,
    iso3: Option<&str>,
) -> Result<(Option<Where>, Vec<PlaceRef>), ImportError> {
    let (precision, kind) = match row.text("where_prec").trim() {
        "1" => (PlacePrecision::Exact, "town"),
        "2" => (PlacePrecision::Near, "town"),
        "3" => (PlacePrecision::Adm2, "adm2"),
        "4" => (PlacePrecision::Adm1, "adm1"),
        "5" => (PlacePrecision::Area, "area"),
        "6" => (PlacePrecision::Country, "country"),
        "7" => (PlacePrecision::Area, "water"),
        _ => return Err(row.wrong("where_prec", "none of 1 to 7")),
    };
    let told = |column: &str| Some(row.text(column).trim().to_owned()).filter(|it| !it.is_empty());
    let in_country = iso3.filter(|_| kind != "water").map(str::to_owned);
    let (lat, lon) = (row.degrees("latitude", 90.0)?, row.degrees("longitude", 180.0)?);
    let named = builder.span("where_coordinates");
    let location = Where {
        iso3: in_country.clone(),
        adm1: told("adm_1"),
        adm2: told("adm_2"),
        iso_3166_2: None,
        lat,
        lon,
        precision,
        radius_km: None,
        from: named.clone(),
    };
    let place = |span: &Span| Place {
        id: format!("{DATA_SET}:{}", row.text("id").trim()),
        name: span.text.clone(),
        kind: kind.to_owned(),
        iso3: in_country.clone(),
        adm1: told("adm_1"),
        adm2: told("adm_2"),
        lat,
        lon,
        score: 1.0,
    };
    let best = named.map(|span| PlaceRef { place: Some(place(&span)), span, candidates: Vec::new() });
    let described = builder.span("where_description");
    let described = described.map(|span| PlaceRef { span, place: None, candidates: Vec::new() });
    Ok((Some(location), best.into_iter().chain(described).collect()))
}

/// Deaths by side; where several sides lost people, the whole with its bounds, and the sides as its parts.
///
/// Zero is told as zero: UCDP knows no untold number.
fn outcomes(
    row: &Row<'_>,
    builder: &Builder<'_>,
    violence: Violence,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Outcome>, ImportError> {
    let (best, mut low, mut high) = (row.count("best")?, row.count("low")?, row.count("high")?);
    if low > best || high < best {
        findings.push(Finding {
            code: "I001".to_owned(),
            severity: Severity::Note,
            span: builder.span("best"),
            message: format!("the bounds {low} and {high} do not hold the best number {best}; they are widened"),
        });
        (low, high) = (low.min(best), high.max(best));
    }
    let sides = [
        ("deaths_a", Side::Agent),
        ("deaths_b", Side::Target),
        ("deaths_civilians", Side::Civilian),
        ("deaths_unknown", Side::Unknown),
    ];
    let mut lost = Vec::new();
    for (column, side) in sides {
        let dead = row.count(column)?;
        if dead > 0 {
            lost.push((column, side, dead));
        }
    }
    let outcome = |column: &str, side, (low, best, high), part| {
        let span = builder.span(column)?;
        Some(Outcome {
            span,
            what: OutcomeKind::Killed,
            low: Some(low),
            high: Some(high),
            best: Some(best),
            side,
            part,
            item: None,
            source: None,
        })
    };
    let whole = |side| outcome("best", side, (low, best, high), false);
    let all: Vec<Option<Outcome>> = match lost[..] {
        [] if violence == Violence::OneSided => vec![whole(Side::Civilian)],
        [] => vec![whole(Side::Unknown)],
        [(column, side, dead)] if dead == best => vec![outcome(column, side, (low, best, high), false)],
        _ => {
            let parts = lost.iter().filter(|it| it.1 != Side::Unknown);
            let parts = parts.map(|(column, side, dead)| outcome(column, *side, (*dead, *dead, *dead), true));
            std::iter::once(whole(Side::Unknown)).chain(parts).collect()
        }
    };
    Ok(all.into_iter().flatten().collect())
}
