//! Finding places.

use annals_places::{Mention, ReportContext};
use annals_record::Place;
use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::All;
use crate::error::ApiResult;
use crate::extract::Params;
use crate::state::{App, blocking};

/// What is looked for.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct PlaceParams {
    /// A name, as a report would write it: "Ménaka", "Gao region", "near Ansongo".
    q: String,
    /// Code of a country where it is likely to lie, three letters.
    country: Option<String>,
}

/// A place that may be meant.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PlaceHit {
    place: Place,
    /// ISO 3166-2 code of the first-level unit that it is or lies in; `null` where not known.
    iso_3166_2: Option<String>,
    /// Kilometres around its point; `null` where not told.
    radius_km: Option<f64>,
}

pub(crate) async fn search(
    State(app): State<App>,
    Params(asked): Params<PlaceParams>,
) -> ApiResult<Json<All<PlaceHit>>> {
    let items = blocking(move || {
        let name: String = asked.q.chars().take(200).collect();
        let countries: Vec<&str> = asked.country.as_deref().into_iter().collect();
        let context = ReportContext { countries: &countries, ..ReportContext::default() };
        let found = app.gazetteer().resolve(Mention { name: &name, ..Mention::default() }, &context);
        let chosen = found.place.as_ref().map(|it| it.id.clone());
        let hit = |place: Place| {
            let radius_km = found.radius_km.filter(|_| chosen.as_deref() == Some(place.id.as_str()));
            let iso_3166_2 = app.gazetteer().iso_3166_2(&place.id).map(str::to_owned);
            PlaceHit { place, iso_3166_2, radius_km }
        };
        Ok(found.candidates.into_iter().take(12).map(hit).collect())
    });
    items.await.map(|items| Json(All { items }))
}
