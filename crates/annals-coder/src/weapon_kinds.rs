//! What a weapon's naming names: the lexicon's plain words for weapons.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Each word of the list, in small letters, with its weapon's plain word ("ak-47s": "rifle"); the longest come first.
static KINDS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let lists: BTreeMap<String, Vec<String>> = toml::from_str(include_str!("../../../data/lexicon/en/weapons.toml"))
        .expect("a test loads the list of weapons");
    let pairs = |(kind, words): (String, Vec<String>)| {
        let kind = kind.replace('_', " ");
        words.into_iter().map(move |word| (word.to_lowercase(), kind.clone()))
    };
    let mut kinds: Vec<(String, String)> = lists.into_iter().flat_map(pairs).collect();
    kinds.sort_by_key(|it| std::cmp::Reverse(it.0.chars().count()));
    kinds
});

/// The plain word for a naming, by the longest of the list's words that stands in it; `None` where none does.
pub(crate) fn kind_of(naming: &str) -> Option<String> {
    let naming = naming.to_lowercase();
    KINDS.iter().find(|it| has_words(&naming, &it.0)).map(|it| it.1.clone())
}

/// Tells whether whole words stand in a text.
fn has_words(text: &str, words: &str) -> bool {
    let is_end = |it: Option<char>| it.is_none_or(|it| !it.is_alphanumeric());
    text.match_indices(words)
        .any(|(at, _)| is_end(text[..at].chars().next_back()) && is_end(text[at + words.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::kind_of;

    #[test]
    fn the_longest_word_of_the_list_names_the_weapon() {
        let kind = |naming| kind_of(naming).unwrap_or_default();
        assert_eq!(kind("two AK-47 rifles"), "rifle");
        assert_eq!(kind("a rocket-propelled grenade"), "rocket");
        assert_eq!(kind("hand grenades"), "grenade");
        assert_eq!(kind("an explosive belt"), "explosive belt");
        assert_eq!(kind("a truck bomb"), "car bomb");
        assert_eq!(kind("mineral water"), "");
    }
}
