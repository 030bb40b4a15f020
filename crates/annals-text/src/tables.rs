//! The word lists and thresholds of `data/text/`, read once.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

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
    pub(crate) bullets: HashSet<char>,
    pub(crate) inline_bullets: HashSet<char>,
}

/// Page furniture; see `data/text/furniture.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Furniture {
    pub(crate) max_bytes: usize,
    pub(crate) sentence_max_bytes: usize,
    pub(crate) whole: HashSet<String>,
    pub(crate) starts: Vec<String>,
    pub(crate) contains: Vec<String>,
    pub(crate) opens: HashSet<String>,
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
pub(crate) struct Words {
    pub(crate) abbreviations: HashMap<String, Abbreviation>,
    pub(crate) openers: HashSet<String>,
    pub(crate) subjects: HashSet<String>,
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

fn words(lists: WordLists) -> Words {
    let with_capitals = |list: Vec<String>| list.into_iter().flat_map(|it| [it.to_uppercase(), it]);
    let mut abbreviations = HashMap::new();
    for (list, kind) in [
        (lists.may_end, Abbreviation::MayEnd),
        (lists.months, Abbreviation::Month),
        (lists.before_number, Abbreviation::BeforeNumber),
        (lists.before_name, Abbreviation::BeforeName),
    ] {
        abbreviations.extend(with_capitals(list).map(|it| (it, kind)));
    }
    let set = |list: Vec<String>| with_capitals(list).collect();
    Words { abbreviations, openers: set(lists.openers), subjects: set(lists.subjects) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_tables_are_read() {
        assert!(!WORDS.openers.is_empty());
        assert!(!LAYOUT.bullets.is_empty());
        for pattern in FURNITURE.starts.iter().chain(&FURNITURE.contains).chain(&FURNITURE.whole) {
            assert_eq!(*pattern, pattern.to_lowercase(), "patterns are in small letters");
        }
    }
}
