//! The word lists and thresholds of `data/text/`, read once.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Deserializer};

/// How lines are read; see `data/text/layout.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layout {
    pub(crate) title_max_chars: usize,
    pub(crate) heading_max_chars: usize,
    pub(crate) heading_max_words: usize,
    pub(crate) wrap_max_chars: usize,
    pub(crate) wrap_min_chars: usize,
    pub(crate) sentence_max_bytes: usize,
    pub(crate) unpunctuated_min_bytes: usize,
    pub(crate) unpunctuated_piece_min_bytes: usize,
    pub(crate) bullets: FxHashSet<char>,
    pub(crate) inline_bullets: FxHashSet<char>,
}

/// Page furniture; see `data/text/furniture.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Furniture {
    pub(crate) max_bytes: usize,
    pub(crate) sentence_max_bytes: usize,
    pub(crate) whole: FxHashSet<String>,
    #[serde(deserialize_with = "automaton")]
    pub(crate) starts: AhoCorasick,
    #[serde(deserialize_with = "automaton")]
    pub(crate) contains: AhoCorasick,
    pub(crate) opens: FxHashSet<String>,
    pub(crate) link_max_chars: usize,
}

/// How a word with a full stop behind it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    BeforeName,
    BeforeNumber,
    Month,
    MayEnd,
}

/// Words that decide where sentences end; see `data/text/en.toml`.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "function words are a term of their own")]
pub(crate) struct Words {
    pub(crate) abbreviations: FxHashMap<String, Abbreviation>,
    pub(crate) openers: FxHashSet<String>,
    pub(crate) subjects: FxHashSet<String>,
    pub(crate) function_words: Vec<String>,
    pub(crate) function_words_share: f64,
    pub(crate) function_words_min: usize,
    pub(crate) report_words: Vec<String>,
    pub(crate) short_words: usize,
    pub(crate) short_words_min: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordLists {
    before_name: Vec<String>,
    before_number: Vec<String>,
    months: Vec<String>,
    may_end: Vec<String>,
    openers: Vec<String>,
    subjects: Vec<String>,
    function_words: Vec<String>,
    function_words_share: f64,
    function_words_min: usize,
    report_words: Vec<String>,
    short_words: usize,
    short_words_min: usize,
}

pub(crate) static LAYOUT: LazyLock<Layout> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/text/layout.toml")).expect("a test reads the shipped table")
});

pub(crate) static FURNITURE: LazyLock<Furniture> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/text/furniture.toml")).expect("a test reads the shipped table")
});

pub(crate) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lists: WordLists =
        toml::from_str(include_str!("../../../data/text/en.toml")).expect("a test reads the shipped table");
    words(lists)
});

/// Finds any of many patterns in one pass.
fn automaton<'de, D: Deserializer<'de>>(deserializer: D) -> Result<AhoCorasick, D::Error> {
    let patterns = Vec::<String>::deserialize(deserializer)?;
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).start_kind(aho_corasick::StartKind::Both);
    builder.build(patterns).map_err(serde::de::Error::custom)
}

fn words(lists: WordLists) -> Words {
    let with_capitals = |list: Vec<String>| list.into_iter().flat_map(|it| [it.to_uppercase(), it]);
    let mut abbreviations = FxHashMap::default();
    for (list, kind) in [
        (lists.may_end, Abbreviation::MayEnd),
        (lists.months, Abbreviation::Month),
        (lists.before_number, Abbreviation::BeforeNumber),
        (lists.before_name, Abbreviation::BeforeName),
    ] {
        abbreviations.extend(with_capitals(list).map(|it| (it, kind)));
    }
    let set = |list: Vec<String>| with_capitals(list).collect();
    Words {
        abbreviations,
        openers: set(lists.openers),
        subjects: set(lists.subjects),
        function_words: lists.function_words,
        function_words_share: lists.function_words_share,
        function_words_min: lists.function_words_min,
        report_words: lists.report_words,
        short_words: lists.short_words,
        short_words_min: lists.short_words_min,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_tables_are_read() {
        assert!(!WORDS.openers.is_empty());
        assert!(!LAYOUT.bullets.is_empty());
        for words in FURNITURE.whole.iter().chain(&FURNITURE.opens) {
            assert_eq!(*words, words.to_lowercase(), "whole lines are compared in small letters");
            assert!(words.len() <= 64, "longer ones are not looked up: {words}");
        }
    }
}
