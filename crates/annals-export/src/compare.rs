//! An incident by our own reports beside what another data set's rows say of it.

use annals_incidents::{Days, Incident, Rule, Telling, account, distance_km};
use annals_record::OutcomeKind;
use serde::Serialize;
use strum::{Display, IntoStaticStr};

use crate::import::DataSet;
use crate::people::{Number, total};

/// Who has an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Display, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Found {
    /// Our reports and the data set, with the same figures, day and place.
    Agree,
    /// Both, and they differ.
    Differ,
    /// Our reports only.
    OnlyHere,
    /// The data set only.
    OnlyThere,
}

/// One incident, compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// The incident's name.
    pub incident: String,
    /// One line of what happened.
    pub title: String,
    /// Who has it.
    pub found: Found,
    /// The data set's rows of it.
    pub rows: Vec<String>,
    /// Deaths by our reports; `None` when they tell none, or do not have it.
    pub here: Option<Deaths>,
    /// Deaths by the data set.
    pub there: Option<Deaths>,
    /// **Units**: days from our first day to theirs.
    pub days_apart: Option<i32>,
    /// **Units**: kilometres from our point to theirs.
    pub km_apart: Option<f64>,
}

/// A number of dead with its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Deaths {
    /// Least number.
    pub low: Option<u64>,
    /// Best number.
    pub best: Option<u64>,
    /// Greatest number.
    pub high: Option<u64>,
}

impl From<Number> for Deaths {
    fn from(number: Number) -> Self {
        Self { low: number.low, best: number.best, high: number.high }
    }
}

/// Farther apart than this, places differ. **Units**: kilometres.
const SAME_PLACE_KM: f64 = 25.0;

/// Compares an incident with a data set, by whose rows are among its tellings.
///
/// `None` when neither our reports nor the data set have it: it rests on another data set alone.
pub fn compare(incident: &Incident, data_set: DataSet, rule: Rule) -> Option<Compared> {
    let is_row = |it: &Telling| it.report.model.starts_with(data_set.model());
    let is_other =
        |it: &Telling| [DataSet::Acled, DataSet::Ucdp].iter().any(|set| it.report.model.starts_with(set.model()));
    let (rows, rest): (Vec<Telling>, Vec<Telling>) = incident.tellings.iter().cloned().partition(is_row);
    let ours: Vec<Telling> = rest.into_iter().filter(|it| !is_other(it)).collect();
    let of =
        |tellings: &[Telling]| (!tellings.is_empty()).then(|| account(&incident.id, tellings, rule, incident.review));
    let (here, there) = (of(&ours), of(&rows));
    let deaths = |it: &Option<Incident>| it.as_ref().and_then(|it| total(it, OutcomeKind::Killed)).map(Deaths::from);
    let days = |it: &Option<Incident>| it.as_ref().and_then(|it| it.date.clone());
    let (days_here, days_there) = (days(&here), days(&there));
    let mut compared = Compared {
        incident: incident.id.0.clone(),
        title: incident.title.clone(),
        found: match (&here, &there) {
            (Some(_), Some(_)) => Found::Agree,
            (Some(_), None) => Found::OnlyHere,
            (None, Some(_)) => Found::OnlyThere,
            (None, None) => return None,
        },
        rows: rows.iter().map(|it| it.doc.clone()).collect(),
        here: deaths(&here),
        there: deaths(&there),
        days_apart: days_here.as_ref().zip(days_there.as_ref()).map(|(a, b)| (b.start - a.start).get_days()),
        km_apart: point(here.as_ref()).zip(point(there.as_ref())).map(|(a, b)| km_apart(a, b)),
    };
    let days_differ = days_here.zip(days_there).is_some_and(|(a, b)| !overlap(&a, &b));
    let places_differ = compared.km_apart.is_some_and(|it| it > SAME_PLACE_KM);
    if compared.found == Found::Agree && (compared.here != compared.there || days_differ || places_differ) {
        compared.found = Found::Differ;
    }
    Some(compared)
}

fn overlap(a: &Days, b: &Days) -> bool {
    a.start <= b.end && b.start <= a.end
}

fn point(incident: Option<&Incident>) -> Option<(f64, f64)> {
    let place = incident?.location.as_ref()?;
    place.lat.zip(place.lon)
}

/// Great-circle distance. **Units**: degrees in, kilometres out, to a tenth.
fn km_apart(a: (f64, f64), b: (f64, f64)) -> f64 {
    (distance_km(a, b) * 10.0).round() / 10.0
}
