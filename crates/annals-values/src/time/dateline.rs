//! The dateline that opens a report: "KABUL, Afghanistan (Jan. 25, 2013)", "GAO, Mali, March 14 (Agency) -".

use std::ops::Range;

use super::{Anchor, CalendarDate, TimeExpr, find_times_in};
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

/// Most words of a place and agency before the date.
const WORDS: usize = 6;

/// Finds the dateline of a text, if it has one with a date.
///
/// A dateline is a date near the start of the text that stands right after a place in capitals or capitalised words at the start of a
/// line, in brackets or between commas, and before a bracket, dash, line end or agency. A date in brackets wins over others. A missing
/// year is taken from a serial number of the same month beside it, if there is one.
pub fn find_dateline(text: &str, tables: &Tables) -> Option<Dateline> {
    let mut reach = text.len().min(REACH_BYTES);
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let head = &text[..reach];
    let words = Words::scan(head, tables);
    let mut open = None;
    for mention in find_times_in(&words) {
        let TimeExpr::Date(mut date @ CalendarDate { day: Some(_), month: Some(_), .. }) = mention.expr else {
            continue;
        };
        let (before, after) = (&head[..mention.range.start], &head[mention.range.end..]);
        date.year = date.year.or_else(|| year_beside(&words, &date));
        let Some(place) = place_before(before) else {
            // "June 19: operations in the east": a headline that opens with its day.
            if open.is_none() && after.starts_with(':') && opens_line(before) {
                open = Some(Dateline { range: mention.range, date: Some(TimeExpr::Date(date)), place: None });
            }
            continue;
        };
        let line = |end: usize| Dateline {
            range: place.start..end,
            date: Some(TimeExpr::Date(date)),
            place: Some(place.clone()),
        };
        if let (true, Some(close)) = (before.trim_end().ends_with('('), after.find(')').filter(|it| *it < 3)) {
            return Some(line(mention.range.end + close + 1));
        }
        let closed = after
            .trim_start_matches([' ', ',', '.', '\u{a0}'])
            .starts_with(['(', '-', '–', '—', ':', '_', '/', '\n', '\r', '\u{2028}']);
        if open.is_none() && closed {
            open = Some(line(mention.range.end));
        }
    }
    open
}

fn opens_line(before: &str) -> bool {
    before
        .trim_end_matches([' ', '\u{a0}'])
        .chars()
        .next_back()
        .is_none_or(|it| matches!(it, '\n' | '\r' | '\u{2028}' | ':'))
}

/// The year of a date without one, from a serial number ("2011-07-S-068") or a full date of the same month beside it.
fn year_beside(words: &Words<'_>, date: &CalendarDate) -> Option<i16> {
    let month = date.month?;
    (0..words.list.len()).find_map(|at| {
        let year = words.digits(at).filter(|it| it.len == 4 && !it.marked)?;
        let year = i16::try_from(year.whole).ok().filter(|it| (1900..2200).contains(it))?;
        let serial = words
            .digits(at + 2)
            .filter(|_| words.is_dash(at + 1) && words.is_glued(at + 1) && words.is_glued(at + 2))?;
        // A serial number may be a day older than the release: the month before or after will do.
        let gap = i16::from(month) - i16::try_from(serial.whole).ok()?;
        match gap {
            -1..=1 => Some(year),
            11 => Some(year - 1),
            -11 => Some(year + 1),
            _ => None,
        }
    })
}

/// The place that ends a stretch of text: "KABUL, Afghanistan (", "SAN SALVADOR, ", "Damascus, SANA, ".
fn place_before(before: &str) -> Option<Range<usize>> {
    const BLANKS: [char; 2] = [' ', '\u{a0}'];
    let trimmed = before.trim_end_matches([' ', '(', ',', '-', '–', '—', '\u{a0}']);
    if trimmed.is_empty() || before.len() == trimmed.len() {
        return None;
    }
    // Back to the start of the line, a colon or a gap of several blanks, which stripped pages leave for a line break.
    let mut floor = trimmed
        .rfind(['\n', '\r', '\u{2028}', ':', '\t'])
        .map_or(0, |it| it + trimmed[it..].chars().next().map_or(1, char::len_utf8));
    if let Some(gap) = trimmed[floor..].rfind("  ") {
        floor += gap + 2;
    }
    let line = trimmed[floor..].trim_start_matches(BLANKS);
    let floor = trimmed.len() - line.len();
    // Back over capitalised words.
    let mut start = trimmed.len();
    let mut at = trimmed.len();
    for (n_words, word) in line.rsplit(BLANKS).enumerate() {
        at -= word.len();
        let bare = word.trim_matches([',', '(', ')', '.', '-', '–', '—']);
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        if n_words == WORDS || !(capital || bare.is_empty()) {
            break;
        }
        start = at;
        let Some(blank) = trimmed[floor..at].chars().next_back() else { break };
        at -= blank.len_utf8();
    }
    let place = &trimmed[start..];
    // A place in capitals may stand anywhere; one in ordinary writing only at the start of a line.
    let first = place.split([',', ' ']).next().unwrap_or("");
    let is_loud = first.len() > 2 && first.chars().all(|it| !it.is_lowercase());
    (!place.trim().is_empty() && (is_loud || start == floor)).then_some(start..trimmed.len())
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
