//! GeoJSON: a feature an incident, so that a map program opens the file as it is.
//!
//! **Source**: RFC 7946. Coordinates are WGS 84, longitude first.

mod area;

use std::io::Write;

use annals_incidents::{Incident, Member};
use annals_record::{OutcomeKind, Side};
use serde_json::{Value, json};

use self::area::drawn;
use crate::loss::{Loss, Lost, has_point};
use crate::options::Options;
use crate::outlets::outlets;
use crate::people::{Number, of_side, total};
use crate::writer::{ExportError, Out, Writer};

pub(crate) const LACKS: &[Lost] = &[Lost::NoPoint, Lost::Things, Lost::Claims, Lost::Sources];

/// The exporter.
pub(crate) struct Geojson<'a> {
    out: Out<'a>,
    options: Options<'a>,
    any: bool,
}

impl<'a> Geojson<'a> {
    pub(crate) fn new(options: Options<'a>, mut out: Out<'a>) -> Result<Self, ExportError> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { out, options, any: false })
    }
}

impl Writer for Geojson<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        self.out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        serde_json::to_writer(&mut self.out, &feature(incident, &self.options))?;
        loss.n_rows += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.flush()?)
    }
}

fn feature(incident: &Incident, options: &Options<'_>) -> Value {
    let (place, date) = (incident.location.as_ref(), incident.date.as_ref());
    let names = |members: &[Member]| members.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join("; ");
    let killed = total(incident, OutcomeKind::Killed).unwrap_or_default();
    let number = |what| total(incident, what).and_then(Number::point);
    let drawn = place.filter(|_| has_point(incident)).and_then(|it| drawn(it, options));
    let mut feature = json!({
        "type": "Feature",
        "id": incident.id,
        "geometry": drawn.as_ref().map(|it| &it.geometry),
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
            "iso_3166_2": place.and_then(|it| it.iso_3166_2.as_ref()),
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
    });
    if options.areas {
        feature["properties"]["geometry_is"] = drawn.map(|it| it.what).into();
    }
    feature
}
