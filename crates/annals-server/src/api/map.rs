//! What the map draws.

use std::collections::BTreeMap;

use annals_ledger::{ControlState, Holding, Ledger, Point, Query, StatementQuery, called};
use annals_record::{EventType, PlacePrecision, StatementKind};
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::All;
use super::filters::{Filters, as_of};
use crate::error::ApiResult;
use crate::extract::Params;
use crate::state::App;

/// Incidents as columns: the value at index i of each is the i-th incident's.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct MapPoints {
    ids: Vec<String>,
    /// Names that `type` counts into.
    types: Vec<EventType>,
    #[serde(rename = "type")]
    event_type: Vec<u8>,
    /// Names that `precision` counts into; the last stands for unknown.
    precisions: Vec<Option<PlacePrecision>>,
    precision: Vec<u8>,
    /// Degrees north; `null` for incidents without a point.
    lat: Vec<Option<f64>>,
    lon: Vec<Option<f64>>,
    /// Kilometres around the point.
    radius: Vec<Option<f64>>,
    /// First day, since 1970.
    day: Vec<Option<i64>>,
    /// Best number of people killed.
    killed: Vec<Option<u64>>,
    iso3: Vec<Option<String>>,
    adm1: Vec<Option<String>>,
}

pub(crate) async fn points(State(app): State<App>, Params(filters): Params<Filters>) -> ApiResult<Json<MapPoints>> {
    let points = app.read(move |app, ledger| Ok(columns(ledger.points(&filters.query(app.registry())?)?)));
    points.await.map(Json)
}

fn columns(points: Vec<Point>) -> MapPoints {
    let precisions: Vec<Option<PlacePrecision>> = PlacePrecision::ALL.iter().copied().map(Some).chain([None]).collect();
    let index = |n: Option<usize>| u8::try_from(n.unwrap_or_default()).unwrap_or_default();
    let mut map = MapPoints { types: EventType::ALL.to_vec(), ..MapPoints::default() };
    for it in points {
        map.event_type.push(index(EventType::ALL.iter().position(|code| *code == it.event_type)));
        map.precision.push(index(precisions.iter().position(|code| *code == it.precision)));
        map.ids.push(it.id.0);
        map.lat.push(it.lat.map(rounded));
        map.lon.push(it.lon.map(rounded));
        map.radius.push(it.radius_km.map(f64::round));
        map.day.push(it.day);
        map.killed.push(it.killed);
        map.iso3.push(it.iso3);
        map.adm1.push(it.adm1);
    }
    map.precisions = precisions;
    map
}

/// To some ten metres: no place of a report is known better.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}

/// When.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ControlParams {
    /// The day that is asked about; today when absent.
    on: Option<Date>,
    /// As it was known at the end of this day (UTC), or at this time.
    as_of: Option<String>,
}

/// Who is said to hold one place.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ControlItem {
    /// What is said, by whom.
    holding: Holding,
    /// **Units**: degrees; both `null` where the place is unresolved.
    lat: Option<f64>,
    lon: Option<f64>,
    /// Kilometres around the point.
    radius_km: f64,
    /// Outline of a unit: rings of longitude and latitude; `null` where none is known.
    outline: Option<Vec<Vec<(f64, f64)>>>,
    /// What the strongest assertion is worth: 1 said today, towards 0 said long ago.
    worth: f64,
}

/// A place in no unit is drawn as a circle of a town.
const TOWN_KM: f64 = 8.0;

pub(crate) async fn control(
    State(app): State<App>,
    Params(asked): Params<ControlParams>,
) -> ApiResult<Json<All<ControlItem>>> {
    let items = app.read(move |app, ledger| {
        let time = asked.as_of.as_deref().map(as_of).transpose()?;
        let on = asked.on.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date());
        let places = places(ledger, time)?;
        let holdings = ledger.control_of_actor(&[], on, time)?;
        let items = holdings.into_iter().filter(|it| it.state != ControlState::Unclear).map(|holding| {
            let at = places.get(&holding.place.to_lowercase());
            ControlItem {
                lat: at.and_then(|it| it.lat),
                lon: at.and_then(|it| it.lon),
                radius_km: at.and_then(|it| it.radius_km).unwrap_or(TOWN_KM),
                outline: at.and_then(|it| it.id.as_deref()).and_then(|id| app.gazetteer().outline(id)),
                worth: holding.holders.iter().map(|it| it.worth).fold(0.3, f64::max),
                holding,
            }
        });
        Ok(items.collect())
    });
    items.await.map(|items| Json(All { items }))
}

struct At {
    id: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    radius_km: Option<f64>,
}

/// Where the places of assertions lie, by name in small letters.
fn places(ledger: &Ledger, as_of: Option<Timestamp>) -> ApiResult<BTreeMap<String, At>> {
    let mut places = BTreeMap::new();
    let types = vec![EventType::TerritoryTaken, EventType::TerritoryTransfer];
    let mut query = Query { types, as_of, limit: 1000, ..Query::default() };
    loop {
        let page = ledger.incidents(&query)?;
        for incident in page.incidents {
            let (Some(name), Some(at)) = (incident.place, incident.location) else { continue };
            places.insert(name.to_lowercase(), At { id: None, lat: at.lat, lon: at.lon, radius_km: at.radius_km });
        }
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    let kinds = vec![StatementKind::Control, StatementKind::Contested, StatementKind::Lost];
    for stated in ledger.statements(&StatementQuery { kinds, as_of, ..StatementQuery::default() })? {
        let object = stated.statement.object.as_ref().unwrap_or(&stated.statement.subject);
        let Some(place) = &object.place else { continue };
        let at = At { id: Some(place.id.clone()), lat: place.lat, lon: place.lon, radius_km: None };
        places.insert(called(object).to_lowercase(), at);
    }
    Ok(places)
}
