//! The coder's thresholds, from data/coder/weights.toml.

use serde::Deserialize;

/// What the coder accepts from a reading; scores from 0 to 1.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weights {
    /// Two triggers are one event from this score on.
    pub(crate) same_event: f32,
    /// A span belongs to an event from this score on.
    pub(crate) link: f32,
    /// A statement is told from this score on.
    pub(crate) statement: f32,
    /// Parties kept on one side of an event, at most.
    pub(crate) most_parties: usize,
}

impl Weights {
    /// The shipped weights.
    pub(crate) fn embedded() -> Self {
        toml::from_str(include_str!("../../../data/coder/weights.toml")).expect("a test loads the shipped weights")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_weights_load() {
        super::Weights::embedded();
    }
}
