//! One label a text, given and predicted: accuracy, macro and weighted F1.

use std::collections::BTreeMap;

/// Given and predicted labels; `None` where nothing was coded.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// A pair a text.
    pub pairs: Vec<(String, Option<String>)>,
}

/// How well one label is found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LabelScore {
    /// Texts that bear it.
    pub n_given: usize,
    /// Texts that it was predicted for.
    pub n_predicted: usize,
    /// Both.
    pub n_right: usize,
}

impl LabelScore {
    /// **Range**: 0 to 1; 0 when nothing is right.
    pub fn f1(self) -> f64 {
        if self.n_right == 0 {
            return 0.0;
        }
        2.0 * self.n_right as f64 / (self.n_given + self.n_predicted) as f64
    }
}

impl Labels {
    /// Each label that is given somewhere.
    pub fn by_label(&self) -> BTreeMap<&str, LabelScore> {
        let mut scores: BTreeMap<&str, LabelScore> = BTreeMap::new();
        for (given, predicted) in &self.pairs {
            let score = scores.entry(given).or_default();
            score.n_given += 1;
            score.n_right += usize::from(predicted.as_ref() == Some(given));
        }
        for predicted in self.pairs.iter().filter_map(|it| it.1.as_deref()) {
            if let Some(score) = scores.get_mut(predicted) {
                score.n_predicted += 1;
            }
        }
        scores
    }

    /// The mean of all given labels' F1.
    pub fn macro_f1(&self) -> f64 {
        let scores = self.by_label();
        scores.values().map(|it| it.f1()).sum::<f64>() / scores.len().max(1) as f64
    }

    /// The mean of all given labels' F1, each weighing as much as it is given.
    pub fn weighted_f1(&self) -> f64 {
        let scores = self.by_label();
        scores.values().map(|it| it.f1() * it.n_given as f64).sum::<f64>() / self.pairs.len().max(1) as f64
    }

    /// The share of texts whose label is right.
    pub fn accuracy(&self) -> f64 {
        let right = self.pairs.iter().filter(|it| it.1.as_ref() == Some(&it.0)).count();
        right as f64 / self.pairs.len().max(1) as f64
    }

    /// Only texts whose given label is one of these.
    #[must_use]
    pub fn of(&self, keep: impl Fn(&str) -> bool) -> Self {
        Self { pairs: self.pairs.iter().filter(|it| keep(&it.0)).cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_by_hand() {
        let pair = |a: &str, b: Option<&str>| (a.to_owned(), b.map(str::to_owned));
        let labels = Labels { pairs: vec![pair("a", Some("a")), pair("a", None), pair("b", Some("a"))] };
        assert!((labels.accuracy() - 1.0 / 3.0).abs() < 1e-9);
        // a: one of two found, one of two predictions right; b: none.
        assert!((labels.macro_f1() - 0.25).abs() < 1e-9);
        assert!((labels.weighted_f1() - 1.0 / 3.0).abs() < 1e-9);
    }
}
