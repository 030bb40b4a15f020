//! Tells page furniture from the report. Patterns: `data/text/furniture.toml`.

use crate::tables::FURNITURE;

/// No entry of the list is longer; keeps most sentences from being turned into small letters.
const LONGEST_WHOLE_BYTES: usize = 64;

/// A whole line that is furniture.
pub(crate) fn is_line(line: &str) -> bool {
    if line.len() > FURNITURE.max_bytes {
        return false;
    }
    is_whole(line) || begins(line) || FURNITURE.contains.is_match(line)
}

/// A sentence within a paragraph that is furniture.
pub(super) fn is_sentence(sentence: &str) -> bool {
    sentence.len() <= FURNITURE.sentence_max_bytes && (is_whole(sentence) || begins(sentence))
}

/// A line that opens a list of links.
pub(super) fn opens_links(line: &str) -> bool {
    let words = bare(line);
    words.len() <= LONGEST_WHOLE_BYTES && FURNITURE.opens.contains(&words.to_lowercase())
}

/// A line that may be a link to another report: short, and no sentence.
pub(super) fn is_link(line: &str) -> bool {
    !line.ends_with(['.', '!', '"', '”'])
        && line.chars().take(FURNITURE.link_max_chars + 1).count() <= FURNITURE.link_max_chars
}

/// Words known as furniture, or no words at all.
fn is_whole(text: &str) -> bool {
    let words = bare(text);
    words.is_empty() || (words.len() <= LONGEST_WHOLE_BYTES && FURNITURE.whole.contains(&words.to_lowercase()))
}

fn begins(text: &str) -> bool {
    let words = text.trim_start_matches(|it: char| !it.is_alphanumeric() && !"©(@".contains(it));
    FURNITURE.starts.is_match(aho_corasick::Input::new(words).anchored(aho_corasick::Anchored::Yes))
}

/// The words without marks and white space around them.
fn bare(line: &str) -> &str {
    line.trim_matches(|it: char| !it.is_alphanumeric())
}
