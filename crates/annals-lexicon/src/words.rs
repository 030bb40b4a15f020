//! A sentence cut into words.

use std::ops::Range;

/// One word or one mark of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Bytes in the document.
    pub(crate) range: Range<usize>,
    /// Lower-cased, without a possessive ending.
    pub(crate) lower: String,
    /// First letter is a capital.
    pub(crate) capital: bool,
    /// A mark, not a word.
    pub(crate) mark: bool,
    /// Ended in 's or ’s.
    pub(crate) possessive: bool,
}

/// Cuts `text[range]` into words; hyphens, apostrophes and points inside a word ("al-Nusra", "U.S.") belong to it.
pub(crate) fn words(text: &str, range: Range<usize>) -> Vec<Word> {
    let mut found = Vec::new();
    let slice = &text[range.clone()];
    let mut chars = slice.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mark = !c.is_alphanumeric();
        if !mark {
            while let Some(&(next, n)) = chars.peek() {
                let after = slice[next + n.len_utf8()..].chars().next();
                let inside = n.is_alphanumeric()
                    || (matches!(n, '-' | '\'' | '’' | '.' | ',') && joins(slice, at, next, n, after));
                if !inside {
                    break;
                }
                end = next + n.len_utf8();
                chars.next();
            }
        }
        found.push(word(slice, at..end, range.start, mark));
    }
    found
}

/// Tells whether a mark inside letters or digits belongs to the word.
fn joins(slice: &str, start: usize, at: usize, mark: char, after: Option<char>) -> bool {
    let before = slice[start..at].chars().next_back();
    match mark {
        ',' => before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()),
        '.' => {
            let single = slice[start..at].chars().count() == 1 || slice[start..at].contains('.');
            (single && before.is_some_and(char::is_alphabetic))
                || (before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()))
        }
        _ => after.is_some_and(char::is_alphanumeric),
    }
}

fn word(slice: &str, local: Range<usize>, offset: usize, mark: bool) -> Word {
    let text = &slice[local.clone()];
    let lower = text.to_lowercase().replace('’', "'");
    let (lower, possessive) = match lower.strip_suffix("'s") {
        Some(stem) if !stem.is_empty() => (stem.to_owned(), true),
        _ => (lower, false),
    };
    Word {
        range: offset + local.start..offset + local.end,
        capital: text.chars().next().is_some_and(char::is_uppercase),
        lower,
        mark,
        possessive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expect: &str) {
        let found: Vec<_> = words(input, 0..input.len()).into_iter().map(|w| w.lower).collect();
        assert_eq!(found.join("|"), expect);
    }

    #[test]
    fn keeps_names_figures_and_acronyms_whole() {
        check("al-Nusra’s men hit the U.S. base.", "al-nusra|men|hit|the|u.s.|base|.");
        check("1,200 fled; 3.5 km away, 20 stayed.", "1,200|fled|;|3.5|km|away|,|20|stayed|.");
    }
}
