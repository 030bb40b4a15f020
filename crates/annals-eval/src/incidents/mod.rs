//! How well tellings of one happening are found and put together.
//!
//! In: tellings, and lists of those that are one happening. Out: pairwise figures, and weights fitted to them.
//! A pair of tellings counts as right where both lists and clusters hold it together; pairs of one report never count.

mod coded;
mod common;
mod crossed;
mod ecb;
mod fit;
mod gold;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use annals_incidents::{Constraints, Key, Matcher, Pair, Partition, Telling, TellingId, keys};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::EvalError;
use crate::error::read_to_string;
pub use coded::read_coded_tellings;
pub use common::common_words;
pub use crossed::{CrossedScores, cross_validate, fit_all};
pub use ecb::{EcbScores, score_ecb};
pub use gold::{read_tellings, read_texts};

/// Which tellings are one happening, by the gold: incident numbers by telling.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    of: BTreeMap<TellingId, usize>,
    labels: Vec<String>,
}

impl Truth {
    /// Tells whether the gold has both in one incident.
    pub fn is_one(&self, one: &TellingId, other: &TellingId) -> bool {
        self.of.get(one).is_some_and(|it| self.of.get(other) == Some(it))
    }

    /// Pairs of tellings of one incident.
    pub fn n_pairs(&self) -> usize {
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for number in self.of.values() {
            *sizes.entry(*number).or_default() += 1;
        }
        sizes.values().map(|it| it * (it - 1) / 2).sum()
    }

    /// Puts each telling into one of `n` folds: all tellings of one incident into the same one, others by their report.
    ///
    /// Incidents of one report may fall into different folds; what is held out are happenings.
    pub fn folds(&self, tellings: &[Telling], n: usize) -> Vec<usize> {
        let docs: BTreeSet<&str> = tellings.iter().map(|it| it.doc.as_str()).collect();
        let docs: BTreeMap<&str, usize> = docs.into_iter().enumerate().map(|(idx, it)| (it, idx)).collect();
        let fold = |it: &Telling| self.of.get(&it.id).or_else(|| docs.get(it.doc.as_str())).map_or(0, |it| it % n);
        tellings.iter().map(fold).collect()
    }

    /// The label of the incident that the gold puts a telling in.
    pub fn label(&self, id: &TellingId) -> &str {
        self.of.get(id).map_or("-", |it| self.labels[*it].as_str())
    }
}

/// Reads the gold's `incidents.json`.
///
/// **Errors**: a file that cannot be read or has another shape.
pub fn read_truth(path: &Path) -> Result<Truth, EvalError> {
    #[derive(Deserialize)]
    struct File {
        incidents: Vec<Listed>,
    }
    #[derive(Deserialize)]
    struct Listed {
        label: String,
        events: Vec<String>,
    }
    let file: File = serde_json::from_str(&read_to_string(path)?)
        .map_err(|it| EvalError::format(path, it.line(), "an object with \"incidents\"", it))?;
    let mut truth = Truth::default();
    for (number, incident) in file.incidents.into_iter().enumerate() {
        truth.labels.push(incident.label);
        for event in incident.events {
            let (doc, event) = event.rsplit_once(':').unwrap_or((&event, ""));
            truth.of.insert(TellingId::new(doc, event), number);
        }
    }
    Ok(truth)
}

/// Pairs of tellings (by index) that share a key: what matching looks at, as the ledger finds it.
pub fn candidates(tellings: &[Telling]) -> Vec<(usize, usize)> {
    let mut under: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    let all: Vec<_> = tellings.iter().map(keys).collect();
    for (idx, keys) in all.iter().enumerate() {
        for key in &keys.under {
            under.entry(*key).or_default().push(idx);
        }
    }
    let mut pairs = BTreeSet::new();
    for (idx, keys) in all.iter().enumerate() {
        for key in &keys.ask {
            pairs.extend(
                under.get(key).into_iter().flatten().filter(|it| **it != idx).map(|it| (idx.min(*it), idx.max(*it))),
            );
        }
    }
    pairs.into_iter().collect()
}

/// Counts of pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairCounts {
    /// Together in both.
    pub right: f64,
    /// Together, but not in the gold.
    pub wrong: f64,
    /// Together in the gold only.
    pub missed: f64,
}

impl PairCounts {
    /// Share of the pairs put together that are right.
    pub fn precision(&self) -> f64 {
        self.right / (self.right + self.wrong).max(1.0)
    }

    /// Share of the gold's pairs that are put together.
    pub fn recall(&self) -> f64 {
        self.right / (self.right + self.missed).max(1.0)
    }

    /// Harmonic mean of both.
    pub fn f1(&self) -> f64 {
        2.0 * self.right / (2.0 * self.right + self.wrong + self.missed).max(1.0)
    }

    pub(crate) fn add(&mut self, together: bool, one: bool, weight: f64) {
        match (together, one) {
            (true, true) => self.right += weight,
            (true, false) => self.wrong += weight,
            (false, true) => self.missed += weight,
            (false, false) => {}
        }
    }
}

impl fmt::Display for PairCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { right, wrong, missed } = self;
        let (precision, recall, f1) = (self.precision(), self.recall(), self.f1());
        write!(
            f,
            "F1 {f1:.3}  precision {precision:.3}  recall {recall:.3}  right {right}, wrong {wrong}, missed {missed}"
        )
    }
}

/// What [`score`] found.
#[derive(Clone, Debug, Default)]
pub struct LinkScores {
    /// Tellings scored.
    pub n_tellings: usize,
    /// Over all pairs of tellings.
    pub pairs: PairCounts,
    /// Pairs put together although each has as attacker whom the other has as attacked.
    pub n_opposite: usize,
    /// Pairs of the gold that share a key, of all.
    pub met: (usize, usize),
    /// Uncertain pairs proposed to a person, and those among them that the gold has as one.
    pub proposed: (usize, usize),
    /// One line a pair that is not right, for reading.
    pub errors: Vec<String>,
}

impl fmt::Display for LinkScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} events: {}", self.n_tellings, self.pairs)?;
        writeln!(f, "across opposite sides {}", self.n_opposite)?;
        writeln!(f, "pairs that share a key {} of {}", self.met.0, self.met.1)?;
        writeln!(f, "proposed to a person {}, right {}", self.proposed.0, self.proposed.1)
    }
}

/// Clusters tellings and scores the pairs against the gold.
pub fn score(matcher: &Matcher, tellings: &[Telling], truth: &Truth) -> LinkScores {
    let by_id: BTreeMap<&TellingId, usize> = tellings.iter().enumerate().map(|(idx, it)| (&it.id, idx)).collect();
    let partition = matcher.cluster(&tellings.iter().collect::<Vec<_>>(), &Constraints::none());
    let met: BTreeSet<(usize, usize)> = candidates(tellings).into_iter().collect();
    let mut scores = LinkScores { n_tellings: tellings.len(), ..LinkScores::default() };
    let group_of = groups(&partition, &by_id);
    for a in 0..tellings.len() {
        for b in a + 1..tellings.len() {
            let (one, other) = (&tellings[a], &tellings[b]);
            if one.report.id == other.report.id {
                continue;
            }
            let (together, is_one) = (group_of[a] == group_of[b], truth.is_one(&one.id, &other.id));
            scores.pairs.add(together, is_one, 1.0);
            if is_one {
                scores.met.0 += usize::from(met.contains(&(a, b)));
                scores.met.1 += 1;
            }
            scores.n_opposite += usize::from(together && is_opposite(one, other));
            if together != is_one {
                scores.errors.push(error_line(matcher, one, other, truth, met.contains(&(a, b))));
            }
        }
    }
    scores.proposed.0 = partition.proposals.len();
    scores.proposed.1 = partition.proposals.iter().filter(|it| truth.is_one(&it.one, &it.other)).count();
    scores
}

/// The number of the group of each telling.
fn groups(partition: &Partition, by_id: &BTreeMap<&TellingId, usize>) -> Vec<usize> {
    let mut of = vec![usize::MAX; by_id.len()];
    for (number, group) in partition.groups.iter().enumerate() {
        for id in group {
            if let Some(idx) = by_id.get(id) {
                of[*idx] = number;
            }
        }
    }
    of
}

fn error_line(matcher: &Matcher, one: &Telling, other: &Telling, truth: &Truth, met: bool) -> String {
    let pair = matcher.pair(one, other);
    let what = if truth.is_one(&one.id, &other.id) { "missed" } else { "wrong" };
    let met = if met { "" } else { ", no shared key" };
    let barred = pair.barred.map_or(String::new(), |it| format!(", barred: {it}"));
    format!(
        "{what}\t{:.3}\t{}\t{}\t{}\t{}\t{}{met}{barred}",
        pair.score,
        one.id,
        other.id,
        truth.label(&one.id),
        truth.label(&other.id),
        pair.why
    )
}

/// A deed whose doer is, by name, the sufferer of the other deed, with no side alike; fights have no such sides.
fn is_opposite(one: &Telling, other: &Telling) -> bool {
    use annals_record::{EventType, Party};
    let mutual =
        |it: &Telling| matches!(it.event.event_type, EventType::ArmedClash | EventType::Siege | EventType::Agreement);
    let names = |side: &[Party]| -> BTreeSet<String> {
        let id = |it: &Party| it.actor.as_ref().map(|it| it.id.clone()).or_else(|| it.name.clone());
        side.iter().filter_map(id).collect()
    };
    let share = |a: &[Party], b: &[Party]| !names(a).is_disjoint(&names(b));
    let (a, b) = (&one.event, &other.event);
    let crossed = share(&a.agents, &b.targets) || share(&a.targets, &b.agents);
    let straight = share(&a.agents, &b.agents) || share(&a.targets, &b.targets);
    !mutual(one) && !mutual(other) && crossed && !straight
}

/// One JSON line a candidate pair: ids, gold label, score, features, words, bar.
pub fn feature_lines<'t>(
    matcher: &'t Matcher,
    tellings: &'t [Telling],
    truth: &'t Truth,
) -> impl Iterator<Item = Value> + 't {
    candidates(tellings).into_iter().map(|(a, b)| {
        let (one, other) = (&tellings[a], &tellings[b]);
        let Pair { score, features, why, barred } = matcher.pair(one, other);
        let features: serde_json::Map<String, Value> =
            features.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        json!({
            "one": one.id, "other": other.id, "same": truth.is_one(&one.id, &other.id),
            "score": score, "features": features, "why": why, "barred": barred,
        })
    })
}
