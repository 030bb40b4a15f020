//! HXL: a short table whose second row tells programs what each column is.
//!
//! **Source**: Humanitarian Exchange Language 1.1, hashtag dictionary.

use annals_incidents::{Incident, Member};
use annals_record::{OutcomeKind, Side};

use crate::loss::{Loss, Lost};
use crate::options::Options;
use crate::outlets::outlets;
use crate::people::{Number, of_side, total};
use crate::table::{Rows, text};
use crate::writer::{ExportError, Out, Writer};

pub(crate) const LACKS: &[Lost] = &[
    Lost::Things,
    Lost::DeathsBySide,
    Lost::Bounds,
    Lost::Claims,
    Lost::Weapons,
    Lost::Sources,
    Lost::Radius,
    Lost::Review,
];

/// Each column's name, and its hashtag.
const COLUMNS: [(&str, &str); 25] = [
    ("Incident", "#event+id"),
    ("Type", "#event+type"),
    ("Scope", "#event+scope"),
    ("Told as", "#status"),
    ("First day", "#date+start"),
    ("Last day", "#date+end"),
    ("Day known by", "#date+precision"),
    ("Agents", "#group+name+agent"),
    ("Targets", "#group+name+target"),
    ("Country", "#country+code+v_iso3"),
    ("Admin 1", "#adm1+name"),
    ("ISO 3166-2", "#adm1+code+v_iso31662"),
    ("Admin 2", "#adm2+name"),
    ("Place", "#loc+name"),
    ("Latitude", "#geo+lat"),
    ("Longitude", "#geo+lon"),
    ("Place known by", "#geo+precision"),
    ("Killed", "#affected+killed"),
    ("Civilians killed", "#affected+killed+civilian"),
    ("Injured", "#affected+injured"),
    ("Missing", "#affected+missing"),
    ("Displaced", "#affected+displaced"),
    ("Captured", "#affected+captured"),
    ("Summary", "#description"),
    ("Published by", "#meta+source"),
];

/// The exporter.
pub(crate) struct Hxl<'a>(Rows<'a>);

impl<'a> Hxl<'a> {
    pub(crate) fn new(options: Options<'a>, out: Out<'a>) -> Result<Self, ExportError> {
        let mut rows = Rows::new(out, &COLUMNS.map(|it| it.0), b',', options)?;
        rows.row(COLUMNS.map(|it| it.1.to_owned()), &mut Loss::default())?;
        Ok(Self(rows))
    }
}

impl Writer for Hxl<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        self.0.row(row(incident), loss)
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        self.0.finish()
    }
}

fn row(incident: &Incident) -> [String; COLUMNS.len()] {
    let (place, date) = (incident.location.as_ref(), incident.date.as_ref());
    let number = |what| text(total(incident, what).and_then(Number::point));
    let names = |members: &[Member]| members.iter().map(|it| it.name.clone()).collect::<Vec<_>>().join("; ");
    [
        incident.id.0.clone(),
        incident.event_type.to_string(),
        incident.scope.to_string(),
        incident.realis.to_string(),
        text(date.map(|it| it.start)),
        text(date.map(|it| it.end)),
        text(date.map(|it| it.precision)),
        if incident.disputed { String::new() } else { names(&incident.agents) },
        names(&incident.targets),
        text(place.and_then(|it| it.iso3.clone())),
        text(place.and_then(|it| it.adm1.clone())),
        text(place.and_then(|it| it.iso_3166_2.clone())),
        text(place.and_then(|it| it.adm2.clone())),
        incident.place.clone().unwrap_or_default(),
        text(place.and_then(|it| it.lat)),
        text(place.and_then(|it| it.lon)),
        text(place.map(|it| it.precision)),
        number(OutcomeKind::Killed),
        text(of_side(incident, OutcomeKind::Killed, Side::Civilian).and_then(Number::point)),
        number(OutcomeKind::Injured),
        number(OutcomeKind::Missing),
        number(OutcomeKind::Displaced),
        number(OutcomeKind::Captured),
        incident.title.clone(),
        outlets(incident).join("; "),
    ]
}
