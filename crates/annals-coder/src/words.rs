//! When two namings are of one thing.

use std::collections::BTreeSet;
use std::ops::Range;

/// Small words that tell nothing about what a naming names.
const SMALL: [&str; 37] = [
    "a", "an", "the", "of", "in", "on", "at", "to", "by", "and", "or", "for", "from", "with", "was", "were", "is",
    "are", "be", "been", "being", "has", "have", "had", "that", "this", "their", "his", "its", "her", "it", "they",
    "out", "up", "off", "into", "over",
];

/// The telling words of a naming, lower-cased.
pub(crate) fn telling(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .filter(|it| !SMALL.contains(&it.as_str()))
        .collect()
}

/// What stands before and behind the only "and" of a naming. **Units**: bytes.
pub(crate) fn around_and(text: &str, naming: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let (first, second) = text[naming.clone()].split_once(" and ").filter(|it| !it.1.contains(" and "))?;
    Some((naming.start..naming.start + first.len(), naming.end - second.len()..naming.end))
}

/// Tells whether all words of one naming are in the other.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (telling(a), telling(b));
    a.is_subset(&b) || b.is_subset(&a)
}
