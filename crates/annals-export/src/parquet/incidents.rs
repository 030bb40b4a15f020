//! The wide table: one row an incident, with or without its point as GeoParquet's geometry.

use annals_incidents::{Incident, Member};
use annals_record::{OutcomeKind, Side};

use super::column::{Cell, Kind, ParquetRows, cell};
use crate::loss::{Loss, has_point};
use crate::outlets::{originators, outlets};
use crate::people::{Number, of_side, review, total};
use crate::writer::{ExportError, Out, Writer};

const COLUMNS: [(&str, Kind); 54] = [
    ("incident", Kind::Text),
    ("type", Kind::Text),
    ("scope", Kind::Text),
    ("realis", Kind::Text),
    ("title", Kind::Text),
    ("date_start", Kind::Day),
    ("date_end", Kind::Day),
    ("date_precision", Kind::Text),
    ("agents", Kind::Texts),
    ("agent_ids", Kind::Texts),
    ("agent_kinds", Kind::Texts),
    ("targets", Kind::Texts),
    ("target_ids", Kind::Texts),
    ("target_kinds", Kind::Texts),
    ("disputed", Kind::Bool),
    ("place", Kind::Text),
    ("iso3", Kind::Text),
    ("adm1", Kind::Text),
    ("adm2", Kind::Text),
    ("iso_3166_2", Kind::Text),
    ("lat", Kind::Double),
    ("lon", Kind::Double),
    ("place_precision", Kind::Text),
    ("radius_km", Kind::Double),
    ("killed_low", Kind::Long),
    ("killed_best", Kind::Long),
    ("killed_high", Kind::Long),
    ("killed_agents", Kind::Long),
    ("killed_targets", Kind::Long),
    ("killed_civilians", Kind::Long),
    ("injured_low", Kind::Long),
    ("injured_best", Kind::Long),
    ("injured_high", Kind::Long),
    ("captured_low", Kind::Long),
    ("captured_best", Kind::Long),
    ("captured_high", Kind::Long),
    ("missing_best", Kind::Long),
    ("displaced_low", Kind::Long),
    ("displaced_best", Kind::Long),
    ("displaced_high", Kind::Long),
    ("released_best", Kind::Long),
    ("surrendered_best", Kind::Long),
    ("seized", Kind::Texts),
    ("destroyed", Kind::Texts),
    ("rule", Kind::Text),
    ("weapons", Kind::Texts),
    ("publishers", Kind::Texts),
    ("sources", Kind::Texts),
    ("tellings", Kind::Texts),
    ("n_tellings", Kind::Long),
    ("n_independent", Kind::Long),
    ("review", Kind::Text),
    ("first_learned", Kind::Time),
    ("last_changed", Kind::Time),
];

/// The exporter.
pub(crate) struct Incidents<'a> {
    rows: ParquetRows<'a>,
    geometry: bool,
}

impl<'a> Incidents<'a> {
    /// With `geometry` the file is GeoParquet.
    pub(crate) fn new(out: Out<'a>, geometry: bool) -> Result<Self, ExportError> {
        let mut columns = COLUMNS.to_vec();
        let mut metadata = Vec::new();
        if geometry {
            columns.push(("geometry", Kind::Bytes));
            let geo = serde_json::json!({
                "version": "1.1.0",
                "primary_column": "geometry",
                "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
            });
            metadata.push(("geo", geo.to_string()));
        }
        Ok(Self { rows: ParquetRows::new(out, "incidents", &columns, &metadata)?, geometry })
    }
}

impl Writer for Incidents<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        let mut cells = row(incident);
        if self.geometry {
            let point = incident.location.as_ref().filter(|_| has_point(incident));
            cells.push(cell(point.and_then(|it| it.lon.zip(it.lat)), |(lon, lat)| Cell::Bytes(point_wkb(lon, lat))));
        }
        self.rows.row(cells, loss)
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        self.rows.finish()
    }
}

fn row(incident: &Incident) -> Vec<Cell> {
    let (place, date) = (incident.location.as_ref(), incident.date.as_ref());
    let number = |what| total(incident, what).unwrap_or_default();
    let long = |value: Option<u64>| cell(value, Cell::Long);
    let killed_of = |side| long(of_side(incident, OutcomeKind::Killed, side).and_then(Number::point));
    let (killed, injured) = (number(OutcomeKind::Killed), number(OutcomeKind::Injured));
    let (captured, displaced) = (number(OutcomeKind::Captured), number(OutcomeKind::Displaced));
    let best = |what| long(number(what).best);
    let code = Cell::Code;
    let text = |it: Option<&String>| cell(it.cloned(), Cell::Text);
    vec![
        Cell::Text(incident.id.0.clone()),
        code(incident.event_type.as_str()),
        code(incident.scope.as_str()),
        code(incident.realis.as_str()),
        Cell::Text(incident.title.clone()),
        cell(date.map(|it| it.start), Cell::Day),
        cell(date.map(|it| it.end), Cell::Day),
        cell(date.map(|it| it.precision), |it| code(it.as_str())),
        of_members(&incident.agents, |it| it.name.clone()),
        of_members(&incident.agents, |it| it.actor.clone().unwrap_or_default()),
        of_members(&incident.agents, |it| it.kind.map_or("", annals_record::ActorKind::as_str).to_owned()),
        of_members(&incident.targets, |it| it.name.clone()),
        of_members(&incident.targets, |it| it.actor.clone().unwrap_or_default()),
        of_members(&incident.targets, |it| it.kind.map_or("", annals_record::ActorKind::as_str).to_owned()),
        Cell::Bool(incident.disputed),
        text(incident.place.as_ref()),
        text(place.and_then(|it| it.iso3.as_ref())),
        text(place.and_then(|it| it.adm1.as_ref())),
        text(place.and_then(|it| it.adm2.as_ref())),
        text(place.and_then(|it| it.iso_3166_2.as_ref())),
        cell(place.and_then(|it| it.lat), Cell::Double),
        cell(place.and_then(|it| it.lon), Cell::Double),
        cell(place.map(|it| it.precision), |it| code(it.as_str())),
        cell(place.and_then(|it| it.radius_km), Cell::Double),
        long(killed.low),
        long(killed.best),
        long(killed.high),
        killed_of(Side::Agent),
        killed_of(Side::Target),
        killed_of(Side::Civilian),
        long(injured.low),
        long(injured.best),
        long(injured.high),
        long(captured.low),
        long(captured.best),
        long(captured.high),
        best(OutcomeKind::Missing),
        long(displaced.low),
        long(displaced.best),
        long(displaced.high),
        best(OutcomeKind::Released),
        best(OutcomeKind::Surrendered),
        things(incident, OutcomeKind::Seized),
        things(incident, OutcomeKind::Destroyed),
        cell(incident.figures.first().map(|it| it.rule.clone()), Cell::Text),
        Cell::Texts(incident.weapons.clone()),
        Cell::Texts(outlets(incident)),
        Cell::Texts(originators(incident)),
        Cell::Texts(incident.tellings.iter().map(|it| it.id.0.clone()).collect()),
        Cell::Long(incident.tellings.len() as u64),
        Cell::Long(incident.n_independent.into()),
        code(review(incident.review)),
        Cell::Time(incident.first_learned),
        Cell::Time(incident.last_changed),
    ]
}

fn of_members(members: &[Member], text: impl Fn(&Member) -> String) -> Cell {
    Cell::Texts(members.iter().map(text).collect())
}

/// "8 vehicle", "weapons": number, where told, and class.
fn things(incident: &Incident, what: OutcomeKind) -> Cell {
    let figures = incident.figures.iter().filter(|it| it.what == what);
    let thing = |figure: &annals_incidents::Figure| {
        let item = figure.item.map_or("other", annals_record::Item::as_str);
        Number::from(figure).point().map_or_else(|| item.to_owned(), |n| format!("{n} {item}"))
    };
    Cell::Texts(figures.map(thing).collect())
}

/// A point as well-known binary: little-endian, type 1.
fn point_wkb(lon: f64, lat: f64) -> Vec<u8> {
    let mut bytes = vec![1, 1, 0, 0, 0];
    bytes.extend(lon.to_le_bytes());
    bytes.extend(lat.to_le_bytes());
    bytes
}
