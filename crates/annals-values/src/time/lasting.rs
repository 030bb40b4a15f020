//! How long something went on: "for two weeks", "for the third day in a row", "two-week-old".

use super::find::DEPTH;
use super::forms::{Parser, Step};
use super::{Amount, TimeExpr, TimeUnit};
use crate::tables::{PhraseSense, Tables, TimeWord, WordRole};
use crate::words::Words;

/// The length that a text tells which is known to tell when something went on: "more than eight months", "two-week-old", "week-long".
///
/// `None` where no length is told, or one that is over within a day.
pub fn parse_length(text: &str, tables: &Tables) -> Option<Amount> {
    let words = Words::scan(text, tables);
    let parser = Parser { words: &words, sure: true, depth: DEPTH };
    let counted = (0..words.list.len()).find_map(|at| parser.counted(at));
    let (amount, _) = counted.or_else(|| {
        // "Week-long" is one week long, "days of fighting" some days.
        let (unit, at) = (0..words.list.len()).find_map(|at| Some((parser.unit(at)?, at)))?;
        let count = match parser.is_plural(at) {
            true => None,
            false if words.is_dash(at + 1) => Some(1),
            false => return None,
        };
        Some((Amount { count, unit }, at + 1))
    })?;
    let is_day_long =
        amount.unit > TimeUnit::Hour || amount.unit == TimeUnit::Hour && amount.count.is_some_and(|it| it >= 24);
    is_day_long.then_some(amount)
}

/// "For more than two weeks", "for several months": what lasted until now began that long ago.
pub(super) fn duration(parser: Parser<'_, '_>, at: usize) -> Step<TimeExpr> {
    let words = parser.words;
    let bound = words.phrase(at, |sense| matches!(sense, PhraseSense::Before(_)).then_some(()));
    let mut at = bound.map_or(at, |((), next)| next);
    while matches!(words.time(at), Some(TimeWord::About | TimeWord::On)) {
        at += 1;
    }
    let (amount, next) = parser.amount(at)?;
    let goes_on = matches!(words.time(next), Some(TimeWord::Ago | TimeWord::Earlier | TimeWord::Later));
    (amount.unit > TimeUnit::Hour && !goes_on).then_some((TimeExpr::Stretch { amount, ahead: false }, next))
}

/// "For a second night", "the third straight day", "for the fifth week in a row": it has gone on since the first of them.
///
/// `led` by "for", no other word need say that they run on.
pub(super) fn running(parser: Parser<'_, '_>, at: usize, led: bool) -> Step<TimeExpr> {
    let words = parser.words;
    let article = words.time(at) == Some(TimeWord::The) || words.role(at) == WordRole::Article;
    let (nth, next) = parser.ordinal(at + usize::from(article))?;
    let before = usize::from(words.time(next) == Some(TimeWord::Running));
    let unit = parser.unit(next + before)?;
    let unit_end = next + before + 1;
    let behind = words
        .phrase(unit_end, |sense| matches!(sense, PhraseSense::Time(TimeWord::Running)).then_some(()))
        .map(|((), next)| next)
        .or_else(|| (words.time(unit_end) == Some(TimeWord::Running)).then_some(unit_end + 1));
    // "For the second day of the talks" counts another thing's days.
    let counts = before == 1 || behind.is_some() || led && words.time(unit_end) != Some(TimeWord::Of);
    let amount = Amount { count: Some(u32::from(nth.checked_sub(1)?)), unit };
    (counts && nth > 1 && unit > TimeUnit::Hour)
        .then_some((TimeExpr::Stretch { amount, ahead: false }, behind.unwrap_or(unit_end)))
}
