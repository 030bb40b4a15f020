//! The named rules that make low, best and high of several claims.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// A rule for figures; its name stands in every figure that it made.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    Display,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Rule {
    /// Best is the number that most independent sources give; of equals, the one told last, then the lower. Low and high are the extremes.
    #[default]
    Ucdp,
    /// Best is the least number told, with ACLED's own readings of vague words. Low and high are the extremes.
    AcledConservative,
    /// Best is the middle number of the independent sources, the lower of two. Low and high are the extremes.
    Median,
}

impl Rule {
    /// Every rule.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// The rule's name: `ucdp`, `acled-conservative`, `median`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What one independent source says of one figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Said {
    pub(crate) published: Option<Date>,
    pub(crate) who: String,
    pub(crate) low: Option<u64>,
    pub(crate) best: Option<u64>,
    pub(crate) high: Option<u64>,
    /// The words, for rules that read them in their own way.
    pub(crate) words: String,
}

impl Said {
    /// The number that stands for it; `None` for "up to N" and for numbers that are not told.
    pub(crate) fn point(&self) -> Option<u64> {
        self.best.or(self.low)
    }

    fn in_words(&self) -> String {
        let number = match (self.low, self.best, self.high) {
            (_, Some(best), Some(high)) if best == high => best.to_string(),
            (Some(low), _, None) => format!("at least {low}"),
            (None, _, Some(high)) => format!("up to {high}"),
            (Some(low), _, Some(high)) => format!("{low} to {high}"),
            (None, Some(best), None) => best.to_string(),
            (None, None, None) => "no number".to_owned(),
        };
        format!("{number} ({})", self.who)
    }
}

/// The outcome of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Weighed {
    pub(crate) low: Option<u64>,
    pub(crate) best: Option<u64>,
    pub(crate) high: Option<u64>,
    pub(crate) trace: Vec<String>,
}

/// Weighs what independent sources say by a rule; `said` comes sorted.
pub(crate) fn weigh(said: &[Said], rule: Rule) -> Weighed {
    let counted: Vec<Said> =
        said.iter().map(|it| if rule == Rule::AcledConservative { as_acled(it) } else { it.clone() }).collect();
    let list = counted.iter().map(Said::in_words).collect::<Vec<_>>().join(", ");
    let sources = if counted.len() == 1 { "independent source says" } else { "independent sources say" };
    let mut trace = vec![format!("{} {sources}: {list}", counted.len())];
    let mut points: Vec<u64> = counted.iter().filter_map(Said::point).collect();
    points.sort_unstable();
    let (Some(least), Some(most)) = (points.first().copied(), points.last().copied()) else {
        let high = counted.iter().filter_map(|it| it.high).max();
        trace.push(match high {
            Some(high) => format!("only an upper bound is told: {high}"),
            None => "no number is told, which is not zero".to_owned(),
        });
        return Weighed { high, trace, ..Weighed::default() };
    };
    let (best, why) = match rule {
        Rule::Ucdp => most_told(&counted),
        Rule::AcledConservative => (least, "the least number told".to_owned()),
        Rule::Median => (points[(points.len() - 1) / 2], format!("the middle of {} numbers", points.len())),
    };
    trace.push(format!("best {best}: {why}"));
    let low = counted.iter().filter_map(|it| it.low.or(it.best)).min().unwrap_or(least);
    let top = counted.iter().filter_map(|it| it.high.or(it.point())).max().unwrap_or(most).max(most);
    let open = counted.iter().any(|it| it.high.is_none() && it.point() == Some(top));
    let high = if open { None } else { Some(top) };
    trace.push(match high {
        Some(high) => format!("low {low}, high {high}: the least and the greatest told"),
        None => format!("low {low}, no high: the greatest number told, {top}, is itself a least one"),
    });
    Weighed { low: Some(low), best: Some(best), high, trace }
}

fn most_told(said: &[Said]) -> (u64, String) {
    let mut votes: BTreeMap<u64, (usize, Option<Date>)> = BTreeMap::new();
    for it in said {
        if let Some(point) = it.point() {
            let vote = votes.entry(point).or_default();
            *vote = (vote.0 + 1, vote.1.max(it.published));
        }
    }
    let n_most = votes.values().map(|it| it.0).max().unwrap_or_default();
    let tied = votes.values().filter(|it| it.0 == n_most).count();
    let best = votes.iter().max_by_key(|(point, vote)| (**vote, std::cmp::Reverse(**point))).map_or(0, |it| *it.0);
    let why = match (n_most, tied) {
        (_, 1) if votes.len() == 1 => "all numbers told agree".to_owned(),
        (n, 1) => format!("told by most ({n})"),
        _ => "as many tell another number; this one was told last, or is the lower of one day".to_owned(),
    };
    (best, why)
}

/// The numbers that ACLED reads for vague words ("dozens" is 12).
fn as_acled(said: &Said) -> Said {
    let words = said.words.to_lowercase();
    let vague = tables()
        .acled_conservative
        .words
        .iter()
        .find(|(word, _)| words.split(|it: char| !it.is_alphanumeric()).any(|it| it == word.as_str()));
    match vague {
        // "Two dozens" and "12, dozens of them …" have a number of their own beside the word.
        Some((_, number)) if !words.contains(|it: char| it.is_ascii_digit()) => {
            Said { low: Some(*number), best: Some(*number), high: None, ..said.clone() }
        }
        _ => said.clone(),
    }
}

/// The numbers of data/incidents/rules.toml.
#[derive(Deserialize)]
pub(crate) struct Tables {
    acled_conservative: Vague,
    pub(crate) told_twice: ToldTwice,
}

#[derive(Deserialize)]
struct Vague {
    words: BTreeMap<String, u64>,
}

#[derive(Deserialize)]
pub(crate) struct ToldTwice {
    pub(crate) from: u64,
}

pub(crate) fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/incidents/rules.toml")).expect("a test loads the numbers")
    });
    &TABLES
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_numbers_load() {
        super::tables();
    }
}
