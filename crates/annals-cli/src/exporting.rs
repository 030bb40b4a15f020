//! What all exports share: incidents of coded reports, points of admin units, the options as the exporters take them.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use annals_export::{ExportError, Format, Loss, Options, OutlineOf, PointOf, TextOf, Unit};
use annals_incidents::{Incident, IncidentId, ReviewState, Rule, Telling, TellingId, account};
use annals_places::{Gazetteer, Mention, ReportContext};
use annals_record::{CodedReport, Place};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::args_export::ExportOptions;
use crate::packs::{self, PacksArgs};
use crate::problem::Problem;
use crate::ui::Ui;

/// The rule for figures that a format's own rules ask for.
pub(crate) fn rule_of(format: Format) -> Rule {
    match format {
        Format::Acled => Rule::AcledConservative,
        _ => Rule::default(),
    }
}

/// Each event of a report as an incident with one telling, named after it.
///
/// It is held to be known since its day of publication, so that the same report gives the same bytes.
pub(crate) fn incidents_of(coded: &CodedReport, rule: Rule) -> Vec<Incident> {
    let published = coded.report.published.and_then(|it| it.to_zoned(TimeZone::UTC).ok());
    let learned = published.map_or(Timestamp::UNIX_EPOCH, |it| it.timestamp());
    let incident = |event: &annals_record::Event| {
        let id = TellingId::new(&coded.report.id, &event.id);
        let name = IncidentId(id.0.clone());
        let telling = Telling {
            id,
            doc: coded.doc.clone(),
            report: coded.report.clone(),
            event: event.clone(),
            learned,
            copy_of: None,
        };
        account(&name, &[telling], rule, ReviewState::Unreviewed)
    };
    coded.events.iter().map(incident).collect()
}

/// The gazetteer as the exporters ask it: for points and outlines of admin units. Loaded when first asked.
#[derive(Default)]
pub(crate) struct Units {
    gazetteer: OnceCell<Gazetteer>,
    known: RefCell<HashMap<String, Option<Rc<Place>>>>,
}

impl Units {
    /// With the user's own places, which are read at once, so that a wrong pack is told.
    pub(crate) fn with_packs(own: &PacksArgs) -> Result<Self, Problem> {
        let own = own.places()?;
        let gazetteer =
            if own.is_empty() { OnceCell::new() } else { OnceCell::from(own.gazetteer().map_err(packs::problem)?) };
        Ok(Self { gazetteer, ..Self::default() })
    }

    /// Degrees north and east.
    pub(crate) fn point(&self, unit: &Unit<'_>) -> Option<(f64, f64)> {
        let place = self.find(unit)?;
        place.lat.zip(place.lon)
    }

    /// Rings of longitude and latitude in degrees.
    pub(crate) fn outline(&self, unit: &Unit<'_>) -> Option<Vec<Vec<(f64, f64)>>> {
        let place = self.find(unit)?;
        self.gazetteer().outline(&place.id)
    }

    fn gazetteer(&self) -> &Gazetteer {
        self.gazetteer.get_or_init(Gazetteer::embedded)
    }

    fn find(&self, unit: &Unit<'_>) -> Option<Rc<Place>> {
        let key = format!("{}/{}/{}", unit.iso3, unit.adm1.unwrap_or_default(), unit.adm2.unwrap_or_default());
        if let Some(place) = self.known.borrow().get(&key) {
            return place.clone();
        }
        let place = self.look_up(unit).map(Rc::new);
        self.known.borrow_mut().insert(key, place.clone());
        place
    }

    fn look_up(&self, unit: &Unit<'_>) -> Option<Place> {
        let name = unit.adm2.or(unit.adm1)?;
        let countries = [unit.iso3];
        let context = ReportContext { text: name, countries: &countries, ..ReportContext::default() };
        let found = self.gazetteer().resolve(Mention::in_text(name, 0, name.len())?, &context);
        let kind = if unit.adm2.is_some() { "adm2" } else { "adm1" };
        found.candidates.into_iter().find(|it| {
            it.kind == kind
                && it.iso3.as_deref() == Some(unit.iso3)
                && it.adm1.as_deref() == unit.adm1
                && (unit.adm2.is_none() || it.adm2.as_deref() == unit.adm2)
        })
    }
}

/// What the exporters may ask while they write.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) points: PointOf<'a>,
    pub(crate) outlines: OutlineOf<'a>,
    pub(crate) texts: TextOf<'a>,
}

/// The options as the exporters take them.
pub(crate) fn options<'a>(args: &ExportOptions, asked: Asked<'a>) -> Options<'a> {
    Options {
        victim_names: args.with_victim_names.is_some(),
        coarsen: args.coarsen.map(Into::into),
        point_of: Some(asked.points),
        outline_of: Some(asked.outlines),
        text_of: Some(asked.texts),
        byte_order_mark: args.bom,
        numeric_codes: args.numeric_codes,
        deathless: args.deathless,
        areas: args.areas,
    }
}

/// Tells what was lost where asked to, and logs why victims are named.
pub(crate) fn tell_loss(loss: &Loss, args: &ExportOptions, ui: &Ui) {
    if let Some(reason) = &args.with_victim_names {
        ui.summary(&format!("victims who are private persons are named; reason: {reason}"));
    }
    if args.report {
        ui.summary(loss.to_string().trim_end());
    }
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        Self { error: error.into(), hint: None }
    }
}
