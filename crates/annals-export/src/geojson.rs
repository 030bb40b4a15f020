//! GeoJSON: a feature an incident, so that a map program opens the file as it is.
//!
//! **Source**: RFC 7946. Coordinates are WGS 84, longitude first.

use std::io::Write;

use annals_incidents::{Incident, Member};
use annals_record::{OutcomeKind, Side, Where};
use serde_json::{Value, json};

use crate::loss::{Loss, Lost, has_point};
use crate::options::Options;
use crate::outlets::outlets;
use crate::people::{Number, of_side, total};
use crate::writer::{ExportError, Out, Writer};

pub(crate) const LACKS: &[Lost] = &[Lost::NoPoint, Lost::Things, Lost::Claims, Lost::Sources];

/// Corners of the polygon that stands for a circle.
const N_CORNERS: u32 = 48;
/// **Units**: kilometres; mean radius of the Earth.
const EARTH_KM: f64 = 6371.0088;

/// The exporter.
pub(crate) struct Geojson<'a> {
    out: Out<'a>,
    areas: bool,
    any: bool,
}

impl<'a> Geojson<'a> {
    pub(crate) fn new(options: Options<'a>, mut out: Out<'a>) -> Result<Self, ExportError> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { out, areas: options.areas, any: false })
    }
}

impl Writer for Geojson<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        self.out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        serde_json::to_writer(&mut self.out, &feature(incident, self.areas))?;
        loss.n_rows += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.flush()?)
    }
}

fn feature(incident: &Incident, areas: bool) -> Value {
    let (place, date) = (incident.location.as_ref(), incident.date.as_ref());
    let names = |members: &[Member]| members.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join("; ");
    let killed = total(incident, OutcomeKind::Killed).unwrap_or_default();
    let number = |what| total(incident, what).and_then(Number::point);
    json!({
        "type": "Feature",
        "id": incident.id,
        "geometry": place.filter(|_| has_point(incident)).and_then(|it| geometry(it, areas)),
        "properties": {
            "incident": incident.id,
            "type": incident.event_type,
            "scope": incident.scope,
            "realis": incident.realis,
            "title": incident.title,
            "agents": if incident.disputed { String::new() } else { names(&incident.agents) },
            "targets": names(&incident.targets),
            "disputed": incident.disputed,
            "place": incident.place,
            "iso3": place.and_then(|it| it.iso3.as_ref()),
            "adm1": place.and_then(|it| it.adm1.as_ref()),
            "adm2": place.and_then(|it| it.adm2.as_ref()),
            "place_precision": place.map(|it| it.precision),
            "radius_km": place.and_then(|it| it.radius_km),
            "date_start": date.map(|it| it.start),
            "date_end": date.map(|it| it.end),
            "date_precision": date.map(|it| it.precision),
            "killed_low": killed.low,
            "killed_best": killed.best,
            "killed_high": killed.high,
            "civilians_killed": of_side(incident, OutcomeKind::Killed, Side::Civilian).and_then(Number::point),
            "injured": number(OutcomeKind::Injured),
            "captured": number(OutcomeKind::Captured),
            "displaced": number(OutcomeKind::Displaced),
            "weapons": incident.weapons.join("; "),
            "publishers": outlets(incident).join("; "),
            "n_tellings": incident.tellings.len(),
            "n_independent": incident.n_independent,
            "review": incident.review,
        },
    })
}

/// The point, or the circle around it that the place is known to lie in.
fn geometry(place: &Where, areas: bool) -> Option<Value> {
    let (lat, lon) = place.lat.zip(place.lon)?;
    let radius_km = place.radius_km.filter(|it| areas && *it > 0.0);
    Some(match radius_km {
        Some(radius_km) => json!({"type": "Polygon", "coordinates": [circle(lat, lon, radius_km)]}),
        None => json!({"type": "Point", "coordinates": [lon, lat]}),
    })
}

/// Corners counter-clockwise, the first again at the end; longitudes may pass 180 where the circle does.
fn circle(lat: f64, lon: f64, radius_km: f64) -> Vec<[f64; 2]> {
    let (lat, angle) = (lat.to_radians(), radius_km / EARTH_KM);
    let corner = |number: u32| {
        let bearing = -std::f64::consts::TAU * f64::from(number % N_CORNERS) / f64::from(N_CORNERS);
        let to_lat = (lat.sin() * angle.cos() + lat.cos() * angle.sin() * bearing.cos()).asin();
        let east = (bearing.sin() * angle.sin() * lat.cos()).atan2(angle.cos() - lat.sin() * to_lat.sin());
        [rounded(lon + east.to_degrees()), rounded(to_lat.to_degrees())]
    };
    (0..=N_CORNERS).map(corner).collect()
}

/// To about a metre. **Units**: degrees.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}
