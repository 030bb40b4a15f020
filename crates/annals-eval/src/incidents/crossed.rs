//! Weights fitted to labelled pairs, and scored on reports that the fit has not seen.

use std::collections::BTreeMap;
use std::fmt;

use annals_incidents::{Constraints, Matcher, Pair, Telling, TellingId};
use annals_record::Scope;

use super::fit::fit;
use super::{PairCounts, Truth, candidates, groups, is_opposite};

/// What [`cross_validate`] found.
#[derive(Clone, Debug, Default)]
pub struct CrossedScores {
    /// Over all folds: each pair of tellings by the weights that have seen neither report (a pair across two folds counts half
    /// by each fold's weights, which have seen the other report).
    pub pairs: PairCounts,
    /// Pairs of single happenings among them, and pairs of campaigns; a pair of both counts for the scope of its first.
    pub by_scope: [PairCounts; 2],
    /// The same, each fold's reports clustered by themselves.
    pub within: PairCounts,
    /// Each fold's own.
    pub folds: Vec<PairCounts>,
    /// Pairs put together across opposite sides.
    pub n_opposite: usize,
    /// One line a pair that is not right, for reading.
    pub errors: Vec<String>,
}

impl fmt::Display for CrossedScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "cross-validated: {}", self.pairs)?;
        writeln!(f, "  single happenings: {}", self.by_scope[0])?;
        writeln!(f, "  campaigns: {}", self.by_scope[1])?;
        writeln!(f, "  each fold alone: {}", self.within)?;
        for (number, it) in self.folds.iter().enumerate() {
            writeln!(f, "  fold {number}: {it}")?;
        }
        writeln!(f, "  across opposite sides {}", self.n_opposite)
    }
}

/// A labelled pair that is not barred.
struct Sample {
    folds: [usize; 2],
    features: Vec<f64>,
    scope: Scope,
    is_one: bool,
}

/// Fits on all folds but one, scores on that one, for each.
#[expect(clippy::missing_panics_doc, reason = "the weights are written in the parser's own shape")]
pub fn cross_validate(tellings: &[Telling], folds: &[usize], truth: &Truth, matcher: &Matcher) -> CrossedScores {
    let (samples, names) = samples(tellings, folds, truth, matcher);
    let n_folds = folds.iter().max().map_or(0, |it| it + 1);
    let mut scores = CrossedScores::default();
    for fold in 0..n_folds {
        let seen: Vec<&Sample> = samples.iter().filter(|it| !it.folds.contains(&fold)).collect();
        let seen_tellings: Vec<&Telling> =
            tellings.iter().zip(folds).filter(|it| *it.1 != fold).map(|it| it.0).collect();
        let text = fit_text(&seen, &names, &seen_tellings, truth, matcher);
        let fitted = Matcher::parse(&text).expect("the text is made in the parser's own shape");
        score_fold(&fitted, tellings, folds, fold, truth, &mut scores);
    }
    scores
}

/// Fits on everything: the text of a weights file.
pub fn fit_all(tellings: &[Telling], truth: &Truth, matcher: &Matcher) -> String {
    let (samples, names) = samples(tellings, &vec![0; tellings.len()], truth, matcher);
    let all: Vec<&Telling> = tellings.iter().collect();
    let samples: Vec<&Sample> = samples.iter().collect();
    fit_text(&samples, &names, &all, truth, matcher)
}

/// Moves of the bias that are tried.
const STEPS: std::ops::RangeInclusive<i32> = -4..=12;
const STEP: f64 = 0.25;

fn fit_text(
    samples: &[&Sample],
    names: &[&'static str],
    seen: &[&Telling],
    truth: &Truth,
    matcher: &Matcher,
) -> String {
    let [incident, campaign] = [Scope::Incident, Scope::Campaign].map(|scope| {
        let own: Vec<&Sample> = samples.iter().copied().filter(|it| it.scope == scope).collect();
        let tellings: Vec<&Telling> = seen.iter().copied().filter(|it| it.event.scope == scope).collect();
        let mut weights = regress(&own, names);
        let fitted = weights.pop().unwrap_or_default();
        // The regression asks how likely a pair is; what is wanted are clusters: the bias is moved to where those are best.
        let shifted =
            |step: i32| weights.iter().copied().chain([fitted + f64::from(step) * STEP]).collect::<Vec<f64>>();
        let mut best = (0.0, 0);
        for step in STEPS {
            let model = shifted(step);
            let text = toml(&model, &model, names, matcher);
            let fitted = Matcher::parse(&text).expect("the text is made in the parser's own shape");
            let f1 = count(&fitted, &tellings, truth).f1();
            if f1 > best.0 {
                best = (f1, step);
            }
        }
        shifted(best.1)
    });
    toml(&incident, &campaign, names, matcher)
}

fn samples(
    tellings: &[Telling],
    folds: &[usize],
    truth: &Truth,
    matcher: &Matcher,
) -> (Vec<Sample>, Vec<&'static str>) {
    let mut samples = Vec::new();
    let mut names = Vec::new();
    for (a, b) in candidates(tellings) {
        let Pair { features, barred, .. } = matcher.pair(&tellings[a], &tellings[b]);
        if barred.is_some() {
            continue;
        }
        if names.is_empty() {
            names = features.iter().map(|it| it.0).collect();
        }
        let is_one = truth.is_one(&tellings[a].id, &tellings[b].id);
        let features = features.into_iter().map(|it| it.1).collect();
        let scope = tellings[a].event.scope;
        samples.push(Sample { folds: [folds[a], folds[b]], features, scope, is_one });
    }
    (samples, names)
}

/// Weights, the bias last.
fn regress(samples: &[&Sample], names: &[&str]) -> Vec<f64> {
    const RIDGE: f64 = 0.5;
    let rows: Vec<&[f64]> = samples.iter().map(|it| it.features.as_slice()).collect();
    let labels: Vec<bool> = samples.iter().map(|it| it.is_one).collect();
    fit(&rows, &labels, names, RIDGE)
}

fn count(matcher: &Matcher, tellings: &[&Telling], truth: &Truth) -> PairCounts {
    let by_id: BTreeMap<&TellingId, usize> = tellings.iter().enumerate().map(|(idx, it)| (&it.id, idx)).collect();
    let group_of = groups(&matcher.cluster(tellings, &Constraints::none()), &by_id);
    let mut counts = PairCounts::default();
    for a in 0..tellings.len() {
        for b in a + 1..tellings.len() {
            if tellings[a].report.id != tellings[b].report.id {
                let is_one = truth.is_one(&tellings[a].id, &tellings[b].id);
                counts.add(group_of[a] == group_of[b], is_one, 1.0);
            }
        }
    }
    counts
}

fn score_fold(
    fitted: &Matcher,
    tellings: &[Telling],
    folds: &[usize],
    fold: usize,
    truth: &Truth,
    scores: &mut CrossedScores,
) {
    let all: Vec<&Telling> = tellings.iter().collect();
    let by_id: BTreeMap<&TellingId, usize> = tellings.iter().enumerate().map(|(idx, it)| (&it.id, idx)).collect();
    let group_of = groups(&fitted.cluster(&all, &Constraints::none()), &by_id);
    let mut own = PairCounts::default();
    for a in 0..tellings.len() {
        for b in a + 1..tellings.len() {
            let n_in = usize::from(folds[a] == fold) + usize::from(folds[b] == fold);
            if n_in == 0 || tellings[a].report.id == tellings[b].report.id {
                continue;
            }
            let (together, is_one) = (group_of[a] == group_of[b], truth.is_one(&tellings[a].id, &tellings[b].id));
            own.add(together, is_one, n_in as f64 / 2.0);
            let scope = usize::from(tellings[a].event.scope == Scope::Campaign);
            scores.by_scope[scope].add(together, is_one, n_in as f64 / 2.0);
            scores.n_opposite += usize::from(together && is_opposite(&tellings[a], &tellings[b]));
            if together != is_one {
                scores.errors.push(super::error_line(fitted, &tellings[a], &tellings[b], truth, true));
            }
        }
    }
    let alone: Vec<&Telling> = (0..tellings.len()).filter(|it| folds[*it] == fold).map(|it| &tellings[it]).collect();
    let within = count(fitted, &alone, truth);
    for (sum, it) in [(&mut scores.pairs, own), (&mut scores.within, within)] {
        sum.right += it.right;
        sum.wrong += it.wrong;
        sum.missed += it.missed;
    }
    scores.folds.push(own);
}

/// The text of a weights file.
fn toml(incident: &[f64], campaign: &[f64], names: &[&'static str], matcher: &Matcher) -> String {
    let mut text = String::new();
    for (section, weights) in [("incident", incident), ("campaign", campaign)] {
        text += &format!("[{section}]\n");
        for (name, weight) in names.iter().copied().chain(["bias"]).zip(weights) {
            text += &format!("{name} = {weight:.3}\n");
        }
        text += "\n";
    }
    let days = matcher.bar_days();
    text += &format!("[thresholds]\nmerge = 0.5\npropose = 0.25\n\n[bars]\ndays = {days}\n");
    text
}
