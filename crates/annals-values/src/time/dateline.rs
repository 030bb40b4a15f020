//! The dateline that opens a report: "KABUL, Afghanistan (Jan. 25, 2013)", "GAO, Mali, March 14 (Agency) -".

use std::ops::Range;

use super::{Anchor, TimeExpr, find_times_in};
use crate::tables::Tables;
use crate::words::Words;

/// The place and date that open a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// From the place to the date or agency. **Units**: bytes of the text.
    pub range: Range<usize>,
    /// The date as told, if any.
    pub date: Option<TimeExpr>,
    /// The place, if any.
    pub place: Option<Range<usize>>,
}

/// How far from its beginning a text is searched, in bytes: titles and stamps may come first.
const REACH_BYTES: usize = 1_200;

/// Finds the dateline of a text, if it has one with a date.
///
/// A dateline is a date near the start of the text that stands right after a place in capitals or capitalised words at the start of a
/// line or sentence, in brackets or between commas, and before a bracket, dash, line end or agency.
pub fn find_dateline(text: &str, tables: &Tables) -> Option<Dateline> {
    let mut reach = text.len().min(REACH_BYTES);
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let head = &text[..reach];
    let words = Words::scan(head, tables);
    find_times_in(&words).into_iter().find_map(|mention| {
        let date = match &mention.expr {
            TimeExpr::Date(date) if date.day.is_some() && date.month.is_some() => mention.expr.clone(),
            _ => return None,
        };
        let before = &head[..mention.range.start];
        let after = &head[mention.range.end..];
        let bracketed = before.trim_end().ends_with('(') && after.trim_start().starts_with(')');
        let place = place_before(before)?;
        let closed = bracketed
            || after.trim_start_matches([' ', ',', '.']).starts_with(['(', '-', '–', '—', ':', '_', '/'])
            || after.starts_with(['\n', '\r']);
        if !closed {
            return None;
        }
        let end = if bracketed { mention.range.end + after.find(')')? + 1 } else { mention.range.end };
        Some(Dateline { range: place.start..end, date: Some(date), place: Some(place) })
    })
}

/// The place that ends a stretch of text: "KABUL, Afghanistan (", "SAN SALVADOR, ", "Damascus, SANA, ".
fn place_before(before: &str) -> Option<Range<usize>> {
    let trimmed = before.trim_end_matches([' ', '(', ',', '-', '–', '—', '\u{a0}']);
    if trimmed.is_empty() || before.len() == trimmed.len() {
        return None;
    }
    // Up to four capitalised words and commas, back from the date.
    let mut start = trimmed.len();
    let mut n_words = 0;
    for word in trimmed.rsplit([' ', '\u{a0}']) {
        let bare = word.trim_matches([',', '(', ')', '.']);
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        let is_line_break = word.contains(['\n', '\r']);
        let last = word.rsplit(['\n', '\r']).next().unwrap_or(word);
        let last_capital = last.chars().next().is_some_and(char::is_uppercase);
        if n_words >= 5 || bare.is_empty() || (!capital && !is_line_break) || (is_line_break && !last_capital) {
            break;
        }
        start = start.checked_sub(last.len())?;
        n_words += 1;
        if is_line_break || start == 0 {
            break;
        }
        start -= trimmed[..start].chars().next_back().map_or(0, char::len_utf8);
    }
    let place = trimmed[start..].trim_start_matches([' ', '\u{a0}']);
    let start = trimmed.len() - place.len();
    // A place in capitals may stand anywhere; one in ordinary writing only at the start of a line.
    let first = place.split([',', ' ']).next().unwrap_or("");
    let is_loud = first.len() > 1 && first.chars().all(|it| !it.is_lowercase());
    let opens_line = before[..start]
        .trim_end_matches([' ', '\u{a0}'])
        .chars()
        .next_back()
        .is_none_or(|it| matches!(it, '\n' | '\r'));
    (!place.is_empty() && (is_loud || opens_line)).then(|| {
        let end = place.find(',').map_or(place.len(), |_| place.len());
        start..start + end
    })
}

/// Tells whether the day in the text's dateline contradicts the publication day, by more than `tolerance_days`.
///
/// The dateline wins; the coder reports it as finding `V007`.
pub fn dateline_conflict(anchor: &Anchor, tolerance_days: i32) -> bool {
    match (anchor.dateline, anchor.published) {
        (Some(dateline), Some(published)) => (dateline - published).get_days().abs() > tolerance_days,
        _ => false,
    }
}
