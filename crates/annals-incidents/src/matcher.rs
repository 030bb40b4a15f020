//! Scores pairs of tellings.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use crate::Telling;
use crate::bars::barred;
use crate::features::{Features, NAMES, measure};
use crate::profile::Profile;
use crate::why::why;

/// Says how likely two tellings are one happening, and which of many are.
///
/// Made once and shared: it holds the weights of data/incidents/weights.toml, or a caller's own.
#[derive(Clone, Debug)]
pub struct Matcher {
    incident: Model,
    campaign: Model,
    pub(crate) merge: f64,
    pub(crate) propose: f64,
    bar_days: i32,
}

/// A logistic regression.
#[derive(Clone, Debug)]
struct Model {
    bias: f64,
    weights: Features,
}

/// How two tellings compare.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// How likely they are one happening.
    ///
    /// **Range**: 0 to 1; says nothing where `barred` does.
    pub score: f64,
    /// What the score was made of: name and value of each feature, in a fixed order.
    pub features: Vec<(&'static str, f64)>,
    /// What speaks for and against it, in words.
    pub why: String,
    /// Why they can never be one happening, unless a person says so; `None` where they can.
    pub barred: Option<String>,
}

/// A weights file that cannot be used.
#[derive(Debug, Error)]
pub enum WeightsError {
    /// It is no TOML of the expected shape.
    #[error("the weights of the pair score cannot be read")]
    Format(#[from] toml::de::Error),
    /// A feature has no weight, or a weight no feature.
    #[error("the weights name `{0}`, which is no feature, or lack a weight for it")]
    Feature(String),
    /// A threshold is out of place.
    #[error("the thresholds must be 0 < propose <= merge < 1")]
    Thresholds,
}

#[derive(Deserialize)]
struct File {
    incident: BTreeMap<String, f64>,
    campaign: BTreeMap<String, f64>,
    thresholds: Thresholds,
    bars: Bars,
}

#[derive(Deserialize)]
struct Thresholds {
    merge: f64,
    propose: f64,
}

#[derive(Deserialize)]
struct Bars {
    days: i32,
}

impl Matcher {
    /// The matcher with the weights that are shipped.
    #[expect(clippy::missing_panics_doc, reason = "a test loads the weights")]
    pub fn embedded() -> Self {
        Self::parse(include_str!("../../../data/incidents/weights.toml")).expect("a test loads the weights")
    }

    /// Reads weights in the shape of data/incidents/weights.toml.
    ///
    /// **Errors**: no such shape, a feature without a weight or a weight without a feature, thresholds in the wrong order.
    pub fn parse(text: &str) -> Result<Self, WeightsError> {
        let file: File = toml::from_str(text)?;
        let (incident, campaign) = (Model::new(file.incident)?, Model::new(file.campaign)?);
        let Thresholds { merge, propose } = file.thresholds;
        if !(0.0 < propose && propose <= merge && merge < 1.0) {
            return Err(WeightsError::Thresholds);
        }
        Ok(Self { incident, campaign, merge, propose, bar_days: file.bars.days })
    }

    /// Compares two tellings; their order does not matter.
    pub fn pair(&self, one: &Telling, other: &Telling) -> Pair {
        let (one, other) = if one.id <= other.id { (one, other) } else { (other, one) };
        let (one, other) = (Profile::new(one), Profile::new(other));
        let features = measure(&one, &other);
        Pair {
            score: self.score(&one, &features),
            features: NAMES.into_iter().zip(features).collect(),
            why: why(&one, &other),
            barred: barred(&one, &other, self.bar_days),
        }
    }

    /// Days that spans of days may lie apart.
    pub fn bar_days(&self) -> i32 {
        self.bar_days
    }

    /// Tells of each of `others` whether it and `telling` are tied into one component, within which [`Matcher::cluster`] decides.
    pub fn links<'t>(&self, telling: &Telling, others: impl IntoIterator<Item = &'t Telling>) -> Vec<bool> {
        let own = Profile::new(telling);
        let linked = |other: &Telling| {
            let other = Profile::new(other);
            let (one, other) = if own.telling.id <= other.telling.id { (&own, &other) } else { (&other, &own) };
            self.free_score(one, other).is_some_and(|it| it >= self.propose)
        };
        others.into_iter().map(linked).collect()
    }

    /// The score of two tellings; `None` where they are barred from being one.
    pub(crate) fn free_score(&self, one: &Profile<'_>, other: &Profile<'_>) -> Option<f64> {
        barred(one, other, self.bar_days).is_none().then(|| self.score(one, &measure(one, other)))
    }

    fn score(&self, one: &Profile<'_>, features: &Features) -> f64 {
        let model = if one.is_campaign() { &self.campaign } else { &self.incident };
        let sum: f64 = model.weights.iter().zip(features).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-model.bias - sum).exp())
    }
}

impl Model {
    fn new(mut named: BTreeMap<String, f64>) -> Result<Self, WeightsError> {
        let mut take = |name: &str| named.remove(name).ok_or_else(|| WeightsError::Feature(name.to_owned()));
        let bias = take("bias")?;
        let mut weights = [0.0; NAMES.len()];
        for (name, weight) in NAMES.iter().zip(&mut weights) {
            *weight = take(name)?;
        }
        match named.into_keys().next() {
            Some(name) => Err(WeightsError::Feature(name)),
            None => Ok(Self { bias, weights }),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_weights_load() {
        super::Matcher::embedded();
    }
}
