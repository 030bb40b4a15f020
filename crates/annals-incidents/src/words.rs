//! Words made comparable, and the word lists of data/incidents.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use annals_record::EventType;
use deunicode::deunicode;
use serde::Deserialize;

/// How near two types are, as outlets use them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    Apart,
    Near,
    Family,
    Same,
}

/// The lists of data/incidents/words.toml.
#[derive(Deserialize)]
pub(crate) struct Lists {
    families: BTreeMap<String, Vec<EventType>>,
    near: BTreeMap<String, Vec<String>>,
    mutual: Types,
    frequent: Types,
    stop: Listed,
    shared_by_many: Listed,
    states: BTreeMap<String, String>,
    nameless_sources: Listed,
}

#[derive(Deserialize)]
struct Types {
    types: Vec<EventType>,
}

#[derive(Deserialize)]
struct Listed {
    words: HashSet<String>,
}

impl Lists {
    pub(crate) fn get() -> &'static Self {
        static LISTS: LazyLock<Lists> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/incidents/words.toml")).expect("a test loads the word lists")
        });
        &LISTS
    }

    /// The family of a type.
    pub(crate) fn family(&self, event_type: EventType) -> &str {
        let found = self.families.iter().find(|(_, types)| types.contains(&event_type));
        found.map_or("other", |(name, _)| name.as_str())
    }

    pub(crate) fn nearness(&self, one: EventType, other: EventType) -> Nearness {
        let (family, other_family) = (self.family(one), self.family(other));
        let near = |a: &str, b: &str| self.near.get(a).is_some_and(|it| it.iter().any(|it| it == b));
        if one == other {
            Nearness::Same
        } else if family == other_family {
            Nearness::Family
        } else if near(family, other_family) || near(other_family, family) {
            Nearness::Near
        } else {
            Nearness::Apart
        }
    }

    /// Tells whether the sides of this type may be named the other way round.
    pub(crate) fn is_mutual(&self, event_type: EventType) -> bool {
        self.mutual.types.contains(&event_type)
    }

    /// Tells whether this type happens so often that type and country say little.
    pub(crate) fn is_frequent(&self, event_type: EventType) -> bool {
        self.frequent.types.contains(&event_type)
    }

    /// The code of the state that a word stands for in the names of its forces abroad.
    pub(crate) fn foreign_state(&self, word: &str) -> Option<&str> {
        self.states.get(word).map(String::as_str)
    }

    /// Tells whether a word of a party's name names nobody: army, front, rebels.
    pub(crate) fn is_shared_by_many(&self, word: &str) -> bool {
        self.shared_by_many.words.contains(word)
    }

    /// Tells whether a source's naming names nobody: "local sources", "a military official", "witnesses".
    pub(crate) fn is_nameless(&self, naming: &str) -> bool {
        let last = naming.split_whitespace().last().unwrap_or_default();
        let plain: String = last.chars().filter(|it| it.is_alphanumeric()).collect();
        !naming.contains(char::is_uppercase) || self.nameless_sources.words.contains(&plain)
    }
}

/// How much a word tells of which happening is meant, by how many reports use it; from data/incidents/common-words.toml.
///
/// **Range**: 0 (a word of every report) to 1 (not in the list).
pub(crate) fn weight(word: &str) -> f64 {
    #[derive(Deserialize)]
    struct Common {
        weights: HashMap<String, f64>,
    }
    static COMMON: LazyLock<Common> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/incidents/common-words.toml")).expect("a test loads the word list")
    });
    COMMON.weights.get(word).copied().unwrap_or(1.0)
}

/// The telling words of a text: folded to plain ASCII in lower case, without words that tell nothing, plural endings off.
pub fn telling_words(text: &str) -> impl Iterator<Item = String> {
    let folded = if text.is_ascii() { text.to_ascii_lowercase() } else { deunicode(text).to_lowercase() };
    let words: Vec<String> = folded
        .split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|it| it.len() > 1 && !Lists::get().stop.words.contains(*it))
        .map(stem)
        .collect();
    words.into_iter()
}

/// A name as one string of its telling words.
pub(crate) fn plain(text: &str) -> String {
    telling_words(text).collect::<Vec<_>>().join(" ")
}

fn stem(word: &str) -> String {
    let cut = if word.len() > 4 && !word.ends_with("ss") { word.strip_suffix('s') } else { None };
    cut.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_name_every_type_once() {
        let lists = Lists::get();
        for event_type in EventType::ALL {
            let n = lists.families.values().filter(|it| it.contains(event_type)).count();
            assert_eq!(n, 1, "{event_type}");
        }
    }

    #[test]
    fn the_common_words_load() {
        assert!(weight("attack") < 0.5);
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(plain("The Barracks at Ménaka"), "barrack menaka");
    }

    #[test]
    fn nameless_sources_are_told_from_named_ones() {
        for nameless in ["local sources", "a Kurdish official", "witnesses"] {
            assert!(Lists::get().is_nameless(nameless), "{nameless}");
        }
        for named in ["Syrian Observatory for Human Rights", "SANA", "Radio Arda"] {
            assert!(!Lists::get().is_nameless(named), "{named}");
        }
    }
}
