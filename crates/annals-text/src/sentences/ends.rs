//! Where a sentence ends. Words that decide: `data/text/en.toml`.

use crate::tables::{Abbreviation, LAYOUT, WORDS};

/// No abbreviation is longer. **Units**: bytes.
const LONGEST_WORD_BYTES: usize = 64;

/// Finds the end of the sentence that begins at byte `from`: its marks, or a bullet within the line.
///
/// It looks no further than the longest sentence, so that text without full stops costs no more than other text.
pub(super) fn sentence_end(text: &str, from: usize) -> usize {
    let limit = text.floor_char_boundary(from + LAYOUT.sentence_max_bytes);
    let mut at = from;
    while let Some(found) = text.as_bytes().get(at..limit).and_then(|it| it.iter().position(|it| may_begin_mark(*it))) {
        let mark = at + found;
        let Some(char) = text[mark..].chars().next() else { break };
        at = mark + char.len_utf8();
        if is_mark(char) {
            let run_end = skip(text, mark, is_mark);
            at = run_end;
            if let Some(end) = end_after(text, from, mark, run_end) {
                return end;
            }
        } else if mark > from && is_inline_bullet(text, mark, char) && !text[from..mark].trim().is_empty() {
            return mark;
        }
    }
    if limit < text.len() { cut(text, from, limit) } else { text.len() }
}

/// The last white space before the limit; the limit itself where there is none.
pub(super) fn cut(text: &str, from: usize, limit: usize) -> usize {
    text[from..limit].rfind(char::is_whitespace).filter(|it| *it > 0).map_or(limit, |it| from + it)
}

/// Where a text that lost its punctuation can be parted: before opening words, by their capital.
///
/// Gives the ends of all pieces but the last. **Units**: bytes into the sentence.
pub(super) fn restarts(sentence: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    if sentence.len() < LAYOUT.unpunctuated_min_bytes || sentence.contains([',', ';', ':', '–', '—', '"', '“']) {
        return ends;
    }
    let piece = LAYOUT.unpunctuated_piece_min_bytes;
    for (space, _) in sentence.match_indices(' ') {
        let rest = &sentence[space + 1..];
        let word = next_word(rest);
        let last = ends.last().copied().unwrap_or_default();
        let Some(after) = rest.strip_prefix(word) else { continue };
        let small = after.trim_start().starts_with(|it: char| it.is_lowercase() || it.is_ascii_digit());
        let long_enough = space >= last + piece && rest.len() >= piece;
        if long_enough && small && is_capitalised(word) && next_is_opener_or_subject(rest) {
            ends.push(space);
        }
    }
    ends
}

/// "The", not "THE" or "I".
fn is_capitalised(word: &str) -> bool {
    word.chars().nth(1).is_some_and(char::is_lowercase)
}

/// First bytes of the marks, and of the bullets.
fn may_begin_mark(byte: u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | 0xd8 | 0xdb | 0xe0 | 0xe2 | 0xe3 | 0xef)
}

fn is_mark(char: char) -> bool {
    matches!(char, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '。' | '！' | '？')
}

fn is_inline_bullet(text: &str, at: usize, char: char) -> bool {
    let space_after = || text[at + char.len_utf8()..].starts_with(char::is_whitespace);
    LAYOUT.inline_bullets.contains(&char) && text[..at].ends_with(char::is_whitespace) && space_after()
}

/// What stands around a run of marks.
struct Place<'t> {
    /// The sentence so far, up to the marks.
    before: &'t str,
    /// From behind the marks and what closes with them.
    rest: &'t str,
    /// White space follows.
    spaced: bool,
    /// The next character that is not white space.
    next: char,
}

/// Where the sentence ends if it ends with these marks: behind the quotes and brackets that close with them.
fn end_after(text: &str, from: usize, mark: usize, run_end: usize) -> Option<usize> {
    let end = closed(text, from, run_end);
    let end = end + spaced_quote(&text[from..end], &text[end..]);
    let rest = &text[end..];
    let Some(next) = rest.trim_start().chars().next() else { return Some(end) };
    let place = Place { before: &text[from..mark], rest, spaced: rest.starts_with(char::is_whitespace), next };
    let marks = &text[mark..run_end];
    let ends = match marks {
        "." => after_stop(&place),
        _ if marks.chars().all(|it| matches!(it, '.' | '…')) => next_is_opener(rest),
        _ => after_strong(&place),
    };
    ends.then_some(end)
}

/// Passes over closing quotes, brackets and notes such as "[2]".
fn closed(text: &str, from: usize, run_end: usize) -> usize {
    let mut end = run_end;
    loop {
        let rest = &text[end..];
        let Some(char) = rest.chars().next() else { return end };
        let after = rest[char.len_utf8()..].chars().next();
        let closes = match char {
            '”' | '’' | '»' | '›' | ')' | ']' | '}' => true,
            // Straight quotes close before white space or other closing marks, and before words when one is open.
            '"' | '\'' => !after.is_some_and(char::is_alphanumeric) || text[from..end].matches(char).count() % 2 == 1,
            _ => false,
        };
        if closes {
            end += char.len_utf8();
        } else if let Some(note) = note(rest) {
            end += note;
        } else {
            return end;
        }
    }
}

/// Length of a closing quote that stands apart, as in texts that were cut into words: `waste . " The`. **Units**: bytes.
fn spaced_quote(sentence: &str, rest: &str) -> usize {
    let after = rest.strip_prefix(" \"");
    let apart = after.is_some_and(|it| it.is_empty() || it.starts_with(char::is_whitespace));
    if apart && sentence.matches('"').count() % 2 == 1 { 2 } else { 0 }
}

/// Length of a note reference. **Units**: bytes.
fn note(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let n_digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    (n_digits > 0 && inner[n_digits..].starts_with(']')).then_some(n_digits + 2)
}

/// After "!", "?" and the marks of other scripts.
fn after_strong(place: &Place<'_>) -> bool {
    if place.spaced {
        return begins_sentence(place.next);
    }
    // A query within an address.
    let address = last_word(place.before).contains('/');
    let opens = place.next.is_uppercase() || (place.next.is_alphabetic() && !place.next.is_lowercase());
    opens && !address
}

/// After one full stop.
fn after_stop(place: &Place<'_>) -> bool {
    if place.spaced { after_spaced_stop(place) } else { after_glued_stop(place) }
}

fn after_spaced_stop(place: &Place<'_>) -> bool {
    if !begins_sentence(place.next) || is_numbering(place.before) {
        return false;
    }
    let word = last_word(place.before);
    let before_digit = place.next.is_ascii_digit();
    match WORDS.abbreviations.get(word) {
        Some(Abbreviation::BeforeName) => false,
        Some(_) => !before_digit && next_is_opener_or_subject(place.rest),
        None if is_initials(word) => next_is_opener(place.rest),
        None => true,
    }
}

/// Pages that were stripped of their tags lose the space: "the siege.The", "was killed.Al-Nusra".
fn after_glued_stop(place: &Place<'_>) -> bool {
    if place.rest.starts_with("--") {
        return true;
    }
    let next = place.rest.trim_start_matches(is_opening);
    if !next.starts_with(char::is_uppercase) {
        return false;
    }
    let word = last_word(place.before);
    if word.chars().count() < 2 || word.contains(['.', '/', '@', ':']) || word.starts_with("www") {
        return false;
    }
    let plain = word.chars().all(|it| it.is_lowercase() || matches!(it, '-' | '\'' | '’'));
    let capitalised = next.chars().nth(1).is_some_and(char::is_lowercase);
    (plain && capitalised) || next_is_opener_or_subject(next)
}

/// A character that a sentence can begin with.
fn begins_sentence(next: char) -> bool {
    !next.is_lowercase() && !matches!(next, ',' | ';' | ':' | ')' | ']' | '}' | '.' | '!' | '?' | '%' | '/' | '”' | '»')
}

/// "3." and "IV." at the beginning count what follows.
fn is_numbering(before: &str) -> bool {
    let word = before.trim_start();
    word.len() <= 3 && !word.is_empty() && word.bytes().all(|it| it.is_ascii_digit() || b"IVX".contains(&it))
}

/// "J", "U.S", "Ph.D": letters between full stops.
fn is_initials(word: &str) -> bool {
    let mut parts = word.split('.');
    let one = |it: &str| it.chars().count() == 1 && it.chars().all(char::is_alphabetic);
    match word.chars().count() {
        0 => false,
        1 => word.chars().all(char::is_uppercase),
        _ => word.contains('.') && parts.all(one),
    }
}

/// The word that the full stop stands behind, without opening marks; of a long one, its end.
fn last_word(before: &str) -> &str {
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_WORD_BYTES))..];
    let start = before.rfind(|it: char| it.is_whitespace() || matches!(it, '—' | '–')).map_or(0, |it| it);
    before[start..].trim_start_matches(|it: char| it.is_whitespace() || is_opening(it) || matches!(it, '—' | '–'))
}

fn is_opening(char: char) -> bool {
    matches!(char, '"' | '\'' | '“' | '‘' | '«' | '‹' | '(' | '[' | '{')
}

/// Tells whether the next word seldom stands with a capital inside a sentence.
fn next_is_opener(rest: &str) -> bool {
    WORDS.openers.contains(next_word(rest))
}

fn next_is_opener_or_subject(rest: &str) -> bool {
    let word = next_word(rest);
    WORDS.openers.contains(word) || WORDS.subjects.contains(word)
}

fn next_word(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|it: char| it.is_whitespace() || is_opening(it));
    let end = rest.find(|it: char| !it.is_alphabetic()).unwrap_or(rest.len());
    // "C. I. A.": the next initial, not the pronoun.
    if end == 1 && rest[end..].starts_with('.') {
        return "";
    }
    &rest[..end]
}

fn skip(text: &str, from: usize, while_true: impl Fn(char) -> bool) -> usize {
    text[from..].find(|it| !while_true(it)).map_or(text.len(), |it| from + it)
}
