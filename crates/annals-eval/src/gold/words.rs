//! When two namings are the same: by their content words.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

/// The content words of a naming, lower-cased.
pub(crate) type Words = BTreeSet<String>;

/// Words that name nothing.
const STOP: [&str; 25] = [
    "the", "a", "an", "of", "in", "on", "at", "to", "by", "and", "or", "for", "from", "with", "its", "their", "his",
    "her", "near", "s", "that", "this", "these", "those", "",
];

// What Python's `\w` takes: letters, numbers and the underscore, but no combining marks.
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("the pattern is well formed"));

pub(crate) fn words(text: &str) -> Words {
    WORD.find_iter(&text.to_lowercase())
        .map(|it| it.as_str())
        .filter(|it| !STOP.contains(it))
        .map(str::to_owned)
        .collect()
}

/// Half of all words shared, or one naming within the other.
pub(crate) fn same(a: &Words, b: &Words) -> bool {
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let shared = a.intersection(b).count();
    let union = a.len() + b.len() - shared;
    2 * shared >= union || shared == a.len().min(b.len())
}

/// Whether any naming of one side is the same as any of the other's.
pub(crate) fn any_same(a: &[Words], b: &[Words]) -> bool {
    a.iter().any(|x| b.iter().any(|y| same(x, y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        assert_eq!(same(&words(a), &words(b)), expected, "{a:?} and {b:?}");
    }

    #[test]
    fn same_words_same_naming() {
        check("the Syrian army", "Syrian Army", true);
        check("army", "Syrian army", true);
        check("rebel fighters in Arda", "fighters from Arda", true);
        check("rebels", "army", false);
        check("the", "the", false);
        check("", "army", false);
    }

    #[test]
    fn marks_split_words_and_numbers_join_them() {
        assert_eq!(words("m² عَرب A_1"), ["m²", "ع", "رب", "a_1"].map(str::to_owned).into());
    }
}
