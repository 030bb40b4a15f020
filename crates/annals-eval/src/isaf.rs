//! Scores coded reports against an expert's coding of ISAF press releases.
//!
//! The expert coded one row a release; Annals codes events. Each value is derived from all events of the release:
//!
//! - `start_date`: first day of the lead event: the first (by trigger) that is told as having happened and has a date.
//!   Where that date is implied by the release's own (its day or the day before), it is the release's day.
//! - `min_killed`, `min_captured`: the least numbers of all killed (captured) outcomes of events told as having
//!   happened, parts left out, added up. The expert counts insurgents, so that civilians are left out, and so is the
//!   side of an event that consists of state or foreign forces.
//!
//! An outcome without a least number is given the expert's number for its words ([`VAGUE`]). This holds for this set
//! alone; the coded report keeps "not told".
//!
//! Publication dates are unknown here: the release's own date line must serve.

use std::fmt;
use std::path::Path;

use annals_record::{ActorKind, CodedReport, Event, Outcome, OutcomeKind, Realis, Side};
use annals_text::{Content, Fields, Report};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::EvalError;
use crate::error::read_to_string;

/// The expert's numbers for vague words, looked for in this order.
///
/// **Source**: the set's own coding rules; "multiple" and [`VAGUE_PLURAL`] as its development part shows them.
pub const VAGUE: [(&str, u64); 8] = [
    ("large number", 5),
    ("numerous", 4),
    ("handful", 4),
    ("couple", 2),
    ("several", 3),
    ("few", 3),
    ("some", 3),
    ("multiple", 3),
];

/// The expert's number for a plural without any number word.
pub const VAGUE_PLURAL: u64 = 3;

/// What is read from a release, by the expert or from coded events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// When the operation began; `None` when unknown.
    pub start_date: Option<Date>,
    /// Least number of insurgents killed.
    pub min_killed: u64,
    /// Least number of insurgents captured.
    pub min_captured: u64,
}

/// One press release with the expert's row.
#[derive(Clone, Debug)]
pub struct Release {
    /// The release, to be coded.
    pub report: Report,
    /// The expert's coding of it.
    pub row: Row,
}

/// How many rows agree with the expert's.
#[derive(Clone, Debug, Default)]
pub struct IsafScores {
    /// Releases.
    pub n_releases: usize,
    /// Same start date.
    pub start_date: usize,
    /// Same least number killed.
    pub min_killed: usize,
    /// Same least number captured.
    pub min_captured: usize,
}

/// Reads a file of releases: JSON Lines with one conversation (task, release, row) a line.
pub fn read_releases(path: &Path) -> Result<Vec<Release>, EvalError> {
    let text = read_to_string(path)?;
    text.lines().enumerate().map(|(i, line)| release(path, i + 1, line)).collect()
}

fn release(path: &Path, line: usize, json: &str) -> Result<Release, EvalError> {
    let fail = |source: Option<serde_json::Error>| EvalError::format(path, line, "a release with its row", source);
    let value: Value = serde_json::from_str(json).map_err(|it| fail(Some(it)))?;
    let turn = |i: usize| value["conversations"][i]["value"].as_str().ok_or_else(|| fail(None));
    let text = turn(1)?.strip_prefix("PRESS RELEASE TEXT: ").unwrap_or(turn(1)?);
    let row = serde_json::from_str(turn(2)?).map_err(|it| fail(Some(it)))?;
    let report = Report {
        id: format!("isaf:{line}"),
        place: format!("{}:{line}", path.display()),
        source: None,
        doc: Some(format!("isaf-{line}")),
        content: Content::Fields(Fields { text: text.to_owned(), ..Fields::default() }),
    };
    Ok(Release { report, row })
}

/// Derives the expert's values from a coded release, as this module's text tells.
pub fn derive(coded: &CodedReport) -> Row {
    let told = || coded.events.iter().filter(|it| it.realis == Realis::Actual);
    let sum = |what| told().flat_map(|event| outcomes(event, what)).map(least).sum();
    Row {
        start_date: told().find_map(|it| it.date.as_ref()).map(|it| if it.span.is_some() { it.start } else { it.end }),
        min_killed: sum(OutcomeKind::Killed),
        min_captured: sum(OutcomeKind::Captured),
    }
}

/// The outcomes of a kind that the expert counts.
fn outcomes(event: &Event, what: OutcomeKind) -> impl Iterator<Item = &Outcome> {
    event.outcomes.iter().filter(move |it| {
        let sufferers = match it.side {
            Side::Civilian => return false,
            Side::Agent => event.agents.as_slice(),
            Side::Target => event.targets.as_slice(),
            Side::Unknown => &[],
        };
        let is_force = |kind| matches!(kind, ActorKind::StateForce | ActorKind::ForeignForce);
        let are_forces = !sufferers.is_empty() && sufferers.iter().all(|party| party.kind.is_some_and(is_force));
        it.what == what && !it.part && !are_forces
    })
}

fn least(outcome: &Outcome) -> u64 {
    let words = outcome.span.text.to_lowercase();
    let vague = || VAGUE.iter().find(|(word, _)| words.contains(word)).map_or(VAGUE_PLURAL, |(_, n)| *n);
    outcome.low.unwrap_or_else(vague)
}

/// Compares derived rows with the expert's.
pub fn score<'r>(rows: impl IntoIterator<Item = (&'r Row, &'r Row)>) -> IsafScores {
    let mut scores = IsafScores::default();
    for (derived, expert) in rows {
        scores.n_releases += 1;
        scores.start_date += usize::from(derived.start_date == expert.start_date);
        scores.min_killed += usize::from(derived.min_killed == expert.min_killed);
        scores.min_captured += usize::from(derived.min_captured == expert.min_captured);
    }
    scores
}

impl IsafScores {
    fn shares(&self) -> [(&'static str, f64); 3] {
        let share = |n: usize| n as f64 / self.n_releases.max(1) as f64;
        [
            ("start_date", share(self.start_date)),
            ("min_killed", share(self.min_killed)),
            ("min_captured", share(self.min_captured)),
        ]
    }

    /// The shares as one JSON object.
    pub fn to_json(&self) -> Value {
        let mut object: serde_json::Map<String, Value> =
            self.shares().into_iter().map(|(name, share)| (name.to_owned(), json!(share))).collect();
        object.insert("releases".to_owned(), json!(self.n_releases));
        Value::Object(object)
    }
}

impl fmt::Display for IsafScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, share) in self.shares() {
            writeln!(f, "{name:12} {share:.3}")?;
        }
        writeln!(f, "releases {}", self.n_releases)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.start_date.map_or("unknown".to_owned(), |it| it.to_string());
        write!(f, "{date}, {} killed, {} captured", self.min_killed, self.min_captured)
    }
}
