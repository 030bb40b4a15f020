//! Scores coded reports against gold annotations.
//!
//! All figures are over all reports together (micro), and all but `realis` are F1: what is missed and what is made up
//! both count.
//!
//! | measure | counts as right |
//! |---|---|
//! | detect | events paired one to one (greatest total likeness); a pair shares a naming word, or its type family and a party or place |
//! | type | pairs of the same type, against all events |
//! | agents, targets, places, weapons, sources | namings of a pair with half of their content words shared, or one within the other |
//! | date | pairs whose first and last day are both right, against all dated events |
//! | where | pairs whose points lie within 50 km (100 km for adm1 and coarser), against all located events |
//! | killed, injured, captured, seized | outcomes of a pair with the same least number (both unknown counts as same); parts are left out |
//! | side | killed and injured with the right side too |
//! | realis | pairs with the right realis, of all pairs |
//! | statements | same kind, and a subject that counts as the same naming |
//!
//! `overall` is the mean of detect, type, agents, targets, places, date, killed, injured, sources and statements.

mod choices;
mod coding;
mod pairing;
mod reliability;
mod tally;
mod tune;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use annals_incidents::distance_km;
use serde_json::{Map, Value, json};

use crate::EvalError;
use crate::error::{json_files, read_to_string};

pub use choices::choice_lines;
pub use coding::Coding;
use coding::{Counted, Point, Standing, Told};
pub use reliability::Reliability;
pub use tally::{Count, Figures, Measure, Tally};
pub use tune::{Tuned, tune};
use words::{any_same, same};

/// The measures shown for each report.
const PER_REPORT: [Measure; 7] = [
    Measure::Detect,
    Measure::Type,
    Measure::Agents,
    Measure::Targets,
    Measure::Places,
    Measure::Date,
    Measure::Killed,
];

/// What [`score`] found.
#[derive(Clone, Debug)]
pub struct GoldScores {
    /// Over all reports.
    pub total: Tally,
    /// Each report's own, in the order of the gold.
    pub per_report: Vec<(String, Tally)>,
    /// Gold reports without a coding; they count as coded empty.
    pub missing: Vec<String>,
    /// How far confidence can be trusted.
    pub reliability: Reliability,
}

/// Reads gold annotations: a folder with one `ID.json` a report, in the order of their names.
pub fn read_gold(dir: &Path) -> Result<Vec<Coding>, EvalError> {
    json_files(dir)?.iter().map(|path| parse_coding(path, 1, &read_to_string(path)?)).collect()
}

/// Reads codings in either format, by report id: a JSON Lines file, or a folder with one `.json` a report.
///
/// The last of several codings of one report counts.
pub fn read_coded(path: &Path) -> Result<BTreeMap<String, Coding>, EvalError> {
    let codings = if path.is_dir() {
        read_gold(path)?
    } else {
        let text = read_to_string(path)?;
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines.map(|(i, line)| parse_coding(path, i + 1, line)).collect::<Result<_, _>>()?
    };
    Ok(codings.into_iter().map(|it| (it.doc.clone(), it)).collect())
}

fn parse_coding(path: &Path, line: usize, json: &str) -> Result<Coding, EvalError> {
    let expected = "a coded report (a JSON object with a \"doc\" id)";
    let value: Value = serde_json::from_str(json).map_err(|it| EvalError::format(path, line, expected, it))?;
    Coding::from_json(&value).ok_or_else(|| EvalError::format(path, line, expected, None))
}

/// Reads the report ids of one fold (from 0), or of all folds together, from `folds.json`.
///
/// Only real reports stand in folds; reports written for training are never scored.
pub fn read_folds(path: &Path, fold: Option<usize>) -> Result<BTreeSet<String>, EvalError> {
    #[derive(serde::Deserialize)]
    struct Folds {
        folds: Vec<BTreeSet<String>>,
    }
    let expected = "an object with \"folds\", a list of lists of report ids, among them the fold asked for";
    let Folds { folds } = serde_json::from_str(&read_to_string(path)?)
        .map_err(|source| EvalError::format(path, source.line(), expected, source))?;
    match fold {
        None => Ok(folds.into_iter().flatten().collect()),
        Some(k) => folds.into_iter().nth(k).ok_or_else(|| EvalError::format(path, 1, expected, None)),
    }
}

/// Scores codings against gold annotations; reports that are not in the gold are ignored.
pub fn score(gold: &[Coding], coded: &BTreeMap<String, Coding>) -> GoldScores {
    let mut scores = GoldScores {
        total: Tally::default(),
        per_report: Vec::new(),
        missing: Vec::new(),
        reliability: Reliability::default(),
    };
    let empty = Coding::default();
    for gold in gold {
        let coding = coded.get(&gold.doc).unwrap_or_else(|| {
            scores.missing.push(gold.doc.clone());
            &empty
        });
        let tally = score_report(coding, gold, &mut scores.reliability);
        scores.total.add_all(&tally);
        scores.per_report.push((gold.doc.clone(), tally));
    }
    scores
}

/// Pairs the events of two codings of one report, as [`score`] does: indices into both.
pub(crate) fn pair_events(coded: &Coding, gold: &Coding) -> Vec<(usize, usize)> {
    pairing::pair(&coded.events, &gold.events)
}

fn score_report(coded: &Coding, gold: &Coding, reliability: &mut Reliability) -> Tally {
    let (c, g) = (coded.events.as_slice(), gold.events.as_slice());
    let paired = pairing::pair(c, g);
    reliability.add(coded, gold, paired.iter().map(|it| it.0));
    let pairs: Vec<(&Told, &Told)> = paired.into_iter().map(|(i, j)| (&c[i], &g[j])).collect();
    let count = |is_right: &dyn Fn(&Told, &Told) -> bool| pairs.iter().filter(|(x, y)| is_right(x, y)).count();

    let mut tally = Tally::default();
    tally.add(Measure::Detect, pairs.len(), c.len(), g.len());
    tally.add(Measure::Type, count(&|x, y| x.event_type == y.event_type), c.len(), g.len());
    tally.add(Measure::Realis, count(&|x, y| x.realis == y.realis), pairs.len(), pairs.len());
    let dated = |events: &[Told]| events.iter().filter(|it| it.date.is_some()).count();
    tally.add(Measure::Date, count(&|x, y| x.date.is_some() && x.date == y.date), dated(c), dated(g));
    let located = |events: &[Told]| events.iter().filter(|it| it.point.is_some()).count();
    let near = |x: &Told, y: &Told| x.point.as_ref().zip(y.point.as_ref()).is_some_and(|(x, y)| is_near(x, y));
    tally.add(Measure::Where, count(&near), located(c), located(g));

    let mut fillers = Fillers { tally, coded: c, gold: g, pairs: &pairs };
    fillers.add(Measure::Agents, |it| it.agents.iter().collect(), |x, y| any_same(*x, *y));
    fillers.add(Measure::Targets, |it| it.targets.iter().collect(), |x, y| any_same(*x, *y));
    fillers.add(Measure::Places, |it| it.places.iter().collect(), |x, y| same(x, y));
    fillers.add(Measure::Weapons, |it| it.weapons.iter().collect(), |x, y| same(x, y));
    fillers.add(Measure::Sources, |it| it.sources.iter().collect(), |x, y| same(x, y));
    let same_low = |x: &&Counted, y: &&Counted| x.low == y.low;
    fillers.add(Measure::Killed, |it| counted(it, &["killed"]), same_low);
    fillers.add(Measure::Injured, |it| counted(it, &["injured"]), same_low);
    fillers.add(Measure::Captured, |it| counted(it, &["captured"]), same_low);
    fillers.add(Measure::Seized, |it| counted(it, &["seized", "destroyed"]), same_low);
    // Parts are left out already, so that equal outcomes are those equal in kind, number and side.
    fillers.add(Measure::Side, |it| counted(it, &["killed", "injured"]), |x, y| x == y);
    let mut tally = fillers.tally;

    let right = hits(&coded.statements, &gold.statements, is_same_statement);
    tally.add(Measure::Statements, right, coded.statements.len(), gold.statements.len());
    tally
}

fn is_same_statement(x: &Standing, y: &Standing) -> bool {
    x.kind == y.kind && any_same(&x.subject, &y.subject)
}

/// Counts the items that events are filled with, over the pairs of one report.
struct Fillers<'r> {
    tally: Tally,
    coded: &'r [Told],
    gold: &'r [Told],
    pairs: &'r [(&'r Told, &'r Told)],
}

impl<'r> Fillers<'r> {
    fn add<T>(&mut self, measure: Measure, of: impl Fn(&'r Told) -> Vec<T>, eq: impl Fn(&T, &T) -> bool) {
        let right = self.pairs.iter().map(|(x, y)| hits(&of(x), &of(y), &eq)).sum();
        let total = |events: &'r [Told]| events.iter().map(|it| of(it).len()).sum();
        self.tally.add(measure, right, total(self.coded), total(self.gold));
    }
}

/// Counts the coded items that find an equal gold item, each gold item once.
fn hits<T>(coded: &[T], gold: &[T], eq: impl Fn(&T, &T) -> bool) -> usize {
    let mut used = vec![false; gold.len()];
    let mut n = 0;
    for x in coded {
        if let Some(k) = (0..gold.len()).find(|&k| !used[k] && eq(x, &gold[k])) {
            used[k] = true;
            n += 1;
        }
    }
    n
}

/// The outcomes of these kinds that are no part of another.
fn counted<'e>(event: &'e Told, kinds: &[&str]) -> Vec<&'e Counted> {
    let is_kind = |it: &&Counted| it.what.as_deref().is_some_and(|what| kinds.contains(&what)) && !it.part;
    event.outcomes.iter().filter(is_kind).collect()
}

/// Whether a coded point is near enough to the gold's, for how finely the gold knows it.
fn is_near(coded: &Point, gold: &Point) -> bool {
    let limit_km = if matches!(gold.precision.as_deref(), Some("exact" | "near" | "adm2")) { 50.0 } else { 100.0 };
    distance_km((coded.lat, coded.lon), (gold.lat, gold.lon)) <= limit_km
}

impl GoldScores {
    /// The F1 figures, `overall` and the number of missing reports as one JSON object.
    ///
    /// **Units**: per cent, to one decimal.
    pub fn to_json(&self) -> Value {
        let round = |figure: f64| json!(format!("{figure:.1}").parse::<f64>().unwrap_or_default());
        let mut object: Map<String, Value> =
            Measure::ALL.iter().map(|&it| (it.as_str().to_owned(), round(self.total.count(it).figures().f1))).collect();
        object.insert("overall".to_owned(), round(self.total.overall()));
        object.insert("missing".to_owned(), json!(self.missing.len()));
        Value::Object(object)
    }

    /// One line a report with its main F1 figures.
    pub fn per_report_lines(&self) -> impl Iterator<Item = String> + '_ {
        self.per_report.iter().map(|(doc, tally)| {
            let figures = PER_REPORT.map(|it| format!("'{}': '{:.0}'", it.as_str(), tally.count(it).figures().f1));
            format!("{doc} {{{}}}", figures.join(", "))
        })
    }
}

impl fmt::Display for GoldScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.total)?;
        if !self.missing.is_empty() {
            writeln!(f, "reports without a coding: {}", self.missing.len())?;
        }
        writeln!(f, "overall {:.1}", self.total.overall())
    }
}
