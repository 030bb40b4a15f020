use std::sync::Arc;

use serde::Deserialize;

use crate::Judges;

/// From which scores on a reader's finds are taken; shipped with each reader, tuned for it.
///
/// **Range**: scores from 0 to 1.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// An event's best trigger.
    pub event: f32,
    /// An event's best main naming.
    pub main: f32,
    /// Two groups of triggers are one event: mean of their pairs.
    pub same: f32,
    /// It is planned, failed or denied, whichever is likeliest.
    pub not_actual: f32,
    /// A party is an agent.
    pub agent: f32,
    /// A party is a target.
    pub target: f32,
    /// A place is the event's.
    pub place: f32,
    /// Days are the event's.
    pub date: f32,
    /// Days are those of the report's first event, which seldom has none.
    pub lead_date: f32,
    /// A source tells of it.
    pub source: f32,
    /// A weapon was used in it.
    pub weapon: f32,
    /// A count is its cost.
    pub outcome: f32,
    /// Added for every further party of a side.
    pub more_parties: f32,
    /// Added for every further place or weapon.
    pub more_places: f32,
    /// Added for every further source.
    pub more_sources: f32,
    /// A statement is told.
    pub statement: f32,
    /// An event without a place happened where the event before it did.
    pub pass_on_places: bool,
    /// What speaks for two triggers naming one event.
    #[serde(default)]
    pub ties: TieWeights,
    /// What makes shares of the signs of a choice; the thresholds of fillers are of these shares.
    #[serde(skip)]
    pub judges: Arc<Judges>,
    /// How often an event of a score is right.
    #[serde(default)]
    pub event_share: Calibration,
    /// How often a statement of a score is right.
    #[serde(default)]
    pub statement_share: Calibration,
}

/// What each sign adds to the logarithm of the odds that two triggers name one event. By default the reader's own odds alone count.
///
/// **Source**: `training/annals_training/ties.py`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TieWeights {
    /// A pair about which nothing else is known.
    pub base: f32,
    /// The logarithm of the reader's own odds.
    pub reader: f32,
    /// Their types are the same, as far as the odds of their types overlap.
    pub event_type: f32,
    /// One is an incident and the other a campaign, as far as their odds differ.
    pub scope: f32,
    /// Both have dates, and these share no word.
    pub dates: f32,
    /// Both have places, and these share no word.
    pub places: f32,
    /// Both have weapons, and these share no word.
    pub weapons: f32,
    /// They share a word, but for its ending.
    pub word: f32,
}

impl Default for TieWeights {
    fn default() -> Self {
        TieWeights {
            base: 0.0,
            reader: 1.0,
            event_type: 0.0,
            scope: 0.0,
            dates: 0.0,
            places: 0.0,
            weapons: 0.0,
            word: 0.0,
        }
    }
}

/// From a score to the share of finds with that score that are right: points of a rising line, straight between them.
///
/// Without points a score is taken as it is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Calibration(pub Vec<(f32, f32)>);

impl Calibration {
    /// The share of right finds at a score. **Range**: 0 to 1.
    pub fn share(&self, score: f32) -> f32 {
        let after = self.0.partition_point(|it| it.0 <= score);
        match (after.checked_sub(1).map(|it| self.0[it]), self.0.get(after)) {
            (None, None) => score,
            (None, Some(first)) => first.1,
            (Some(last), None) => last.1,
            (Some((x0, y0)), Some((x1, y1))) => y0 + (y1 - y0) * (score - x0) / (x1 - x0),
        }
    }
}
