//! Finds time expressions: leading words, one core, ranges of two.

use super::forms::{Parser, Step, is_day_or_days};
use super::lasting::{duration, running};
use super::{CalendarDate, Edge, Lean, TimeExpr, TimeMention, TimeUnit};
use crate::tables::{PhraseSense, Tables, TimeWord, WordRole};
use crate::words::{Kind, Words};

/// How many expressions may stand inside each other: "late on the night of Friday last week" has four.
pub(super) const DEPTH: u8 = 5;

/// Longest clause that may stand between "since" and its time, in tokens.
const CLAUSE: usize = 10;

/// Finds the time expressions of a text, in order and without overlap.
pub fn find_times(text: &str, tables: &Tables) -> Vec<TimeMention> {
    find_times_in(&Words::scan(text, tables))
}

/// Reads a text that is known to be one time expression, such as a quote that an annotator marked as a date.
///
/// Words that are too weak to be found in running text ("1990", "May", "the quarter") count here.
pub fn parse_time(text: &str, tables: &Tables) -> Option<TimeExpr> {
    let words = Words::scan(text, tables);
    let parser = Parser { words: &words, sure: true, depth: DEPTH };
    let mut best: Option<(TimeExpr, usize)> = None;
    let mut at = 0;
    while at < words.list.len() {
        if let Some((expr, next)) = mention(parser, at) {
            if best.as_ref().is_none_or(|(kept, n)| next - at > *n || is_weaker(kept, &expr)) {
                best = Some((expr, next - at));
            }
            at = next;
        } else {
            at += 1;
        }
    }
    best.map(|it| it.0)
}

/// Tells whether the first of two expressions says less of days than the second.
fn is_weaker(kept: &TimeExpr, other: &TimeExpr) -> bool {
    let rank = |it: &TimeExpr| match it {
        TimeExpr::Vague(_) | TimeExpr::Named => 0,
        TimeExpr::DayPart { of: None, .. } => 1,
        _ => 2,
    };
    rank(kept) < rank(other)
}

pub(crate) fn find_times_in(words: &Words<'_>) -> Vec<TimeMention> {
    let mut found = Vec::new();
    let parser = Parser { words, sure: false, depth: DEPTH };
    let mut at = 0;
    while at < words.list.len() {
        if !may_start(words, at) {
            at += 1;
            continue;
        }
        match mention(parser, at) {
            Some((expr, next)) => {
                let expr = if is_ahead(words, at) { turned_ahead(expr) } else { expr };
                found.push(TimeMention { range: words.list[at].start..words.list[next - 1].end, expr });
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// "Will vote on Sunday": a word that points ahead stands close before, in the same clause.
fn is_ahead(words: &Words<'_>, at: usize) -> bool {
    let from = at.saturating_sub(words.tables.rules.ahead_tokens);
    (from..at).rev().take_while(|&it| words.is_word(it)).any(|it| words.time(it) == Some(TimeWord::Ahead))
}

fn turned_ahead(expr: TimeExpr) -> TimeExpr {
    match expr {
        TimeExpr::Weekday { weekday, lean: Lean::Plain } => TimeExpr::Weekday { weekday, lean: Lean::Next },
        TimeExpr::Date(date) if date.year.is_none() && date.month.is_some() && date.lean == Lean::Plain => {
            TimeExpr::Date(CalendarDate { lean: Lean::Next, ..date })
        }
        TimeExpr::DayPart { part, of: Some(of) } => TimeExpr::DayPart { part, of: Some(Box::new(turned_ahead(*of))) },
        _ => expr,
    }
}

/// A cheap test that turns nearly all words away.
fn may_start(words: &Words<'_>, at: usize) -> bool {
    let word = &words.list[at];
    match word.kind {
        Kind::Number(_) => true,
        Kind::Mark(mark) => mark == '\'' || mark == '’',
        Kind::Word => word.entry.is_some_and(|it| {
            it.number.is_some()
                || it.role == WordRole::Article
                || it.time.is_some_and(|time| {
                    !matches!(
                        time,
                        TimeWord::And
                            | TimeWord::To
                            | TimeWord::Of
                            | TimeWord::Ahead
                            | TimeWord::Begin
                            | TimeWord::Running
                            | TimeWord::Then
                    )
                })
                || !words.tables.phrases(it).is_empty()
        }),
    }
}

fn mention(parser: Parser<'_, '_>, at: usize) -> Step<TimeExpr> {
    let words = parser.words;
    let no_later = words.phrase(at, |sense| matches!(sense, PhraseSense::Time(TimeWord::Until)).then_some(()));
    if let Some(((), next)) = no_later {
        let (expr, next) = led(parser, next)?;
        return Some((until(expr), next));
    }
    match words.time(at) {
        Some(TimeWord::Since) if words.time(at + 1) == Some(TimeWord::Then) => {
            let then = TimeExpr::Period { unit: TimeUnit::Day, lean: Lean::Same };
            Some((TimeExpr::Since(Box::new(then)), at + 2))
        }
        Some(TimeWord::Since) => {
            let since = |(expr, next)| (TimeExpr::Since(Box::new(expr)), next);
            // "Depuis deux semaines" lasted until now.
            let lasted = || duration(parser, at + 1);
            led(parser, at + 1).map(since).or_else(lasted).or_else(|| after_clause(parser, at + 1).map(since))
        }
        // "Called a strike for Friday", "planned for 12 May": what is meant for a day lies ahead of it.
        Some(TimeWord::For)
            if let Some(lasted) = duration(parser, at + 1).or_else(|| running(parser, at + 1, true)) =>
        {
            Some(lasted)
        }
        Some(TimeWord::For) => match led(parser, at + 1)? {
            // "Blamed for Tuesday's attack" looks back.
            (_, next) if words.is_glued(next - 1) => None,
            (TimeExpr::Weekday { weekday, lean: Lean::Plain }, next) => {
                Some((TimeExpr::Weekday { weekday, lean: Lean::Next }, next))
            }
            (TimeExpr::Date(date), next) if date.day.is_some() => Some((TimeExpr::Date(date), next)),
            _ => None,
        },
        Some(TimeWord::Until) => {
            let (expr, next) = led(parser, at + 1)?;
            Some((until(expr), next))
        }
        Some(TimeWord::Between) => {
            let (from, next) = led(parser, at + 1)?;
            if matches!(from, TimeExpr::Between { .. }) {
                return Some((from, next));
            }
            // "Between March 2015, when …, and March 2016": a clause may stand between.
            let and = if words.is_mark(next, ',') {
                (next..(next + 20).min(words.list.len())).find(|&it| words.time(it) == Some(TimeWord::And))?
            } else {
                next
            };
            if words.time(and) != Some(TimeWord::And) && !words.is_dash(and) {
                return None;
            }
            let (to, next) = led(parser, and + 1)?;
            Some((between(from, to), next))
        }
        Some(TimeWord::From) => {
            let (from, next) = led(parser, at + 1)?;
            if matches!(from, TimeExpr::Between { .. }) {
                return Some((from, next));
            }
            // "From Friday, March 8, to Sunday, March 10".
            let to_at = next + usize::from(words.is_mark(next, ',') && words.time(next + 1).is_some_and(is_to));
            if (words.time(to_at).is_some_and(is_to) || words.is_dash(to_at))
                && let Some((to, next)) = led(parser, to_at + 1)
            {
                return Some((between(from, to), next));
            }
            match from {
                // "From dawn", "from the next day": no more than the day is told.
                TimeExpr::DayPart { of: None, .. } => Some((from, next)),
                _ => Some((TimeExpr::Since(Box::new(from)), next)),
            }
        }
        // "Before dawn", "after midnight", "before the end of March"; "after Monday" tells no day.
        Some(TimeWord::Earlier | TimeWord::Later) if !parser.closes(at) => {
            let is_before = words.time(at) == Some(TimeWord::Earlier);
            let (expr, next) = led(parser, at + 1)?;
            match expr {
                TimeExpr::DayPart { .. } => Some((expr, next)),
                TimeExpr::Edge { edge: Edge::Late, .. } | TimeExpr::Date(_) | TimeExpr::Weekday { .. } if is_before => {
                    Some((TimeExpr::Until(Box::new(expr)), next))
                }
                _ => None,
            }
        }
        _ => running(parser, at, false).or_else(|| prepared(parser, at)),
    }
}

fn until(expr: TimeExpr) -> TimeExpr {
    match expr {
        // "By evening" happened on that evening.
        TimeExpr::DayPart { .. } | TimeExpr::Vague(_) => expr,
        _ => TimeExpr::Until(Box::new(expr)),
    }
}

/// "Since the assault began on Sunday": a time within the clause that "since" opens.
fn after_clause(parser: Parser<'_, '_>, from: usize) -> Step<TimeExpr> {
    let words = parser.words;
    let mut begins = false;
    for at in from..from + CLAUSE {
        if !words.is_word(at) || words.new_line_at(at) {
            return None;
        }
        begins |= words.time(at) == Some(TimeWord::Begin);
        if let Some((expr, next)) = prepared(parser, at).filter(|_| begins) {
            let is_told = matches!(expr, TimeExpr::Date(_) | TimeExpr::Weekday { .. } | TimeExpr::Period { .. });
            return is_told.then_some((expr, next));
        }
    }
    None
}

/// A core after "since", "by", …, where weak words count.
fn led(parser: Parser<'_, '_>, at: usize) -> Step<TimeExpr> {
    let sure = Parser { sure: true, ..parser };
    if parser.words.new_line_at(at) {
        return None;
    }
    prepared(sure, at)
}

/// A core with the prepositions before it, and a second one joined to it.
fn prepared(parser: Parser<'_, '_>, at: usize) -> Step<TimeExpr> {
    let words = parser.words;
    let mut core_at = at;
    let mut prepositions = false;
    while core_at < at + 4 {
        match words.time(core_at) {
            Some(TimeWord::In | TimeWord::On) => prepositions = true,
            // "About 1900" is no year, "since about 8pm" is a time.
            Some(TimeWord::About) => {}
            _ => break,
        }
        core_at += 1;
    }
    let ahead = words.time(at) == Some(TimeWord::In);
    let parser = Parser { sure: parser.sure || prepositions, ..parser };
    let (first, next) = parser.core(core_at, ahead)?;
    Some(joined(parser, first, next))
}

/// Joins "Saturday and Sunday", "May 3 to May 5", "2013-2015", "Tuesday night and Wednesday".
fn joined(parser: Parser<'_, '_>, first: TimeExpr, next: usize) -> (TimeExpr, usize) {
    let words = parser.words;
    let is_and = words.time(next) == Some(TimeWord::And) || words.is_mark(next, '/') || words.is_mark(next, ',');
    let is_range = words.time(next).is_some_and(is_to) || words.is_dash(next);
    if !(is_and || is_range) {
        return (first, next);
    }
    let mut second_at = next + 1;
    while matches!(words.time(second_at), Some(TimeWord::On | TimeWord::In | TimeWord::And)) {
        second_at += 1;
    }
    // Only alike things are one time: "Saturday and May" are two.
    let Some((second, after)) = parser.core(second_at, false) else { return (first, next) };
    let alike = match (&first, &second) {
        (TimeExpr::Weekday { .. }, TimeExpr::Weekday { .. }) => true,
        (TimeExpr::Date(a), TimeExpr::Date(b)) => {
            a.day.is_some() == b.day.is_some() && (a.day.is_some() || a.month.is_some() == b.month.is_some())
        }
        (TimeExpr::Between { to, .. }, TimeExpr::Weekday { .. }) => matches!(**to, TimeExpr::Weekday { .. }),
        // With an "on" between them they are times of two things.
        (TimeExpr::DayPart { of: Some(_), .. }, _) | (_, TimeExpr::DayPart { of: Some(_), .. }) => {
            second_at == next + 1 && !words.is_mark(next, ',') && is_day_or_days(&first) && is_day_or_days(&second)
        }
        _ => false,
    };
    if !alike {
        return (first, next);
    }
    // A comma alone joins nothing unless the list goes on to an "and".
    if words.is_mark(next, ',') && words.time(next + 1) != Some(TimeWord::And) {
        let (all, end) = joined(parser, second.clone(), after);
        return match all {
            TimeExpr::Between { to, .. } if end > after => (between(first, *to), end),
            _ => (first, next),
        };
    }
    match first {
        TimeExpr::Between { from, .. } => joined(parser, between(*from, second), after),
        _ => joined(parser, between(first, second), after),
    }
}

fn between(from: TimeExpr, to: TimeExpr) -> TimeExpr {
    TimeExpr::Between { from: Box::new(from), to: Box::new(to) }
}

fn is_to(word: TimeWord) -> bool {
    matches!(word, TimeWord::To | TimeWord::Until)
}
