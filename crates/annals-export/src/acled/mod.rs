//! ACLED's 31 columns. Mapping and rules: docs/formats/acled.md.
//!
//! **Source**: ACLED codebook and API guide; column names and order as in its files since March 2023.

mod coding;
mod days;
mod facts;
mod notes;
mod row;
mod sub_event;

pub(crate) use coding::code;
pub(crate) use facts::Facts;
pub use sub_event::interactions;

use annals_actors::Registry;
use annals_incidents::Incident;
use annals_record::Realis;

use crate::loss::{Loss, Lost};
use crate::options::Options;
use crate::table::Rows;
use crate::writer::{Context, ExportError, Out, Writer};

pub(crate) const LACKS: &[Lost] = &[
    Lost::NotActual,
    Lost::NoPoint,
    Lost::VagueDay,
    Lost::Radius,
    Lost::Injured,
    Lost::OtherPeople,
    Lost::Things,
    Lost::DeathsBySide,
    Lost::UnknownIsZero,
    Lost::UntoldNumber,
    Lost::Bounds,
    Lost::Claims,
    Lost::DisputedAgents,
    Lost::UnresolvedParties,
    Lost::Campaign,
    Lost::Weapons,
    Lost::Review,
];

/// The exporter.
pub(crate) struct Acled<'a> {
    context: Context<'a>,
    rows: Rows<'a>,
}

impl<'a> Acled<'a> {
    pub(crate) fn new(context: Context<'a>, out: Out<'a>) -> Result<Self, ExportError> {
        Ok(Self { context, rows: Rows::new(out, &row::COLUMNS, b',', context.options)? })
    }
}

impl Writer for Acled<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        // ACLED tells what happened; of what was foiled it knows disrupted weapons only.
        if matches!(incident.realis, Realis::Planned | Realis::Denied) {
            return Ok(());
        }
        for row in row::rows(incident, &self.context, loss) {
            self.rows.row(row, loss)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        self.rows.finish()
    }
}

/// What ACLED's row says of an incident's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcledCode {
    /// One of six types.
    pub event_type: &'static str,
    /// One of 25 sub-types.
    pub sub_event_type: &'static str,
    /// Two digits, the smaller first.
    pub interaction: u8,
}

/// Codes an incident as its row would.
pub fn acled_code(incident: &Incident, registry: &Registry, options: &Options<'_>) -> AcledCode {
    let iso3 = incident.location.as_ref().and_then(|it| it.iso3.as_deref());
    let names = crate::names::Names { registry, iso3, date: None };
    let coding = row::coding(incident, &row::Sides::new(incident, names), options);
    let sub_event = sub_event::Tables::get().row(coding.sub_event);
    AcledCode { event_type: &sub_event.event_type, sub_event_type: &sub_event.name, interaction: coding.interaction() }
}
