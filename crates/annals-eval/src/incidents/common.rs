//! Words that many reports use.

use std::collections::{BTreeMap, BTreeSet};

/// The text of data/incidents/common-words.toml: words that many of these texts use, with how much each tells.
///
/// A word of `n` of `all` texts weighs `ln(all / n) / ln(all)`; words that weigh more than a half are left out.
pub fn common_words<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut n_texts = 0_usize;
    for text in texts {
        n_texts += 1;
        for word in annals_incidents::telling_words(text).collect::<BTreeSet<_>>() {
            *counts.entry(word).or_default() += 1;
        }
    }
    let all = n_texts.max(2) as f64;
    let mut out = "[weights]\n".to_owned();
    for (word, n) in counts {
        let weight = (all / n as f64).ln() / all.ln();
        if weight <= 0.5 {
            out += &format!("{word} = {weight:.2}\n");
        }
    }
    out
}
