//! PLOVER's own JSON, one event a line.

use std::io::Write;

use annals_incidents::Incident;
use annals_record::{OutcomeKind, PlacePrecision};
use serde_json::{Map, Value, json};

use super::coding::plover_code;
use super::parties::{Party, sides};
use crate::countries::country;
use crate::loss::{Loss, Lost};
use crate::outlets::articles;
use crate::people::{Number, total};
use crate::writer::{Context, ExportError, Out, Writer};

/// The exporter.
pub(crate) struct Plover<'a> {
    context: Context<'a>,
    out: Out<'a>,
}

impl<'a> Plover<'a> {
    pub(crate) fn new(context: Context<'a>, out: Out<'a>) -> Self {
        Self { context, out }
    }
}

impl Writer for Plover<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        let Some(object) = object(incident, &self.context, loss) else { return Ok(()) };
        serde_json::to_writer(&mut self.out, &object)?;
        self.out.write_all(b"\n")?;
        loss.n_rows += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

fn object(incident: &Incident, context: &Context<'_>, loss: &mut Loss) -> Option<Value> {
    let Some(code) = plover_code(incident, &context.options) else {
        loss.count(Lost::NoType);
        return None;
    };
    let articles = articles(incident);
    let published = articles.iter().filter_map(|it| it.published).min();
    let Some(day) = incident.date.as_ref().map(|it| it.start).or(published) else {
        loss.count(Lost::NoDay);
        return None;
    };
    if incident.date.is_none() {
        loss.count(Lost::DayOfPublication);
    }
    let iso3 = incident.location.as_ref().and_then(|it| it.iso3.as_deref());
    let (actors, recipients) = sides(incident, context, iso3);
    let telling = incident.tellings.first();
    let number = |what| total(incident, what).and_then(Number::point);
    let mut size = Map::new();
    for (name, what) in
        [("dead", OutcomeKind::Killed), ("injured", OutcomeKind::Injured), ("arrested", OutcomeKind::Captured)]
    {
        if let Some(number) = number(what) {
            size.insert(name.to_owned(), number.into());
        }
    }
    let modes: Vec<&str> = code.mode.into_iter().chain(code.auxiliary).collect();
    Some(json!({
        "id": incident.id,
        "has_event": true,
        "date": day,
        "enddate": incident.date.as_ref().map(|it| it.end),
        "actor": actors.iter().map(entity).collect::<Vec<_>>(),
        "recipient": recipients.iter().map(entity).collect::<Vec<_>>(),
        "event": [code.event],
        "event_loc": incident.location.as_ref().map(|it| vec![location(incident, it)]),
        "event_text": telling.map(|it| it.event.trigger.text.clone()),
        "quad_code": code.quad,
        "event_scale": code.score,
        "mode": modes,
        "context": code.contexts,
        "text": incident.title,
        "size": size,
        "cite_info": articles.iter().map(|it| json!({
            "publication": it.outlet,
            "title": it.headline,
            "citation": it.published,
        })).collect::<Vec<_>>(),
        "coder": telling.map(|it| it.report.coder.clone()),
    }))
}

fn entity(party: &Party) -> Value {
    json!({
        "code": party.country,
        "sector": party.sector,
        "entity_text": party.name,
        "identifier_id": party.wikidata,
    })
}

fn location(incident: &Incident, place: &annals_record::Where) -> Value {
    let id = incident
        .tellings
        .iter()
        .flat_map(|it| &it.event.places)
        .filter_map(|it| it.place.as_ref())
        .find(|it| Some(&it.name) == incident.place.as_ref())
        .and_then(|it| it.id.strip_prefix("geonames:"));
    json!({
        "extracted_place": place.from.as_ref().map(|it| it.text.clone()),
        "resolved_place": incident.place,
        "geonameid": id,
        "lat": place.lat,
        "lon": place.lon,
        "city": incident.place.as_ref().filter(|_| is_in_a_city(place)),
        "district": place.adm2,
        "province": place.adm1,
        "country": place.iso3.as_deref().and_then(country).map(|it| it.name.clone()),
        "country_code": place.iso3,
        "resolution": resolution(place.precision),
    })
}

/// Tells whether the place is a town or a spot by one, not a unit or an area that holds many.
pub(super) fn is_in_a_city(place: &annals_record::Where) -> bool {
    matches!(place.precision, PlacePrecision::Exact | PlacePrecision::Near)
}

/// 5 part of a city, 4 city, 3 district, 2 province, 1 country.
fn resolution(precision: PlacePrecision) -> u8 {
    match precision {
        PlacePrecision::Exact | PlacePrecision::Near => 4,
        PlacePrecision::Adm2 | PlacePrecision::Area => 3,
        PlacePrecision::Adm1 => 2,
        PlacePrecision::Country => 1,
    }
}
