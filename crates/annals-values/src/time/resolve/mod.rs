//! From a time expression and an anchor to days. Every rule has a name; nothing is guessed without one.

mod counted;
mod dates;
mod parts;

use annals_record::TimePrecision;
use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::{Resolved, interval, iso, one_day, whole_month, years};
use super::{
    Anchor, CalendarDate, CalendarSpan, Direction, Grain, TimeExpr, TimeUnit, Unresolved, UnresolvedReason, Vague, When,
};
use crate::tables::{Rules, Tables};

/// Resolves a time expression to whole days; what lies after the report's day is cut off, unless the words point ahead.
///
/// # Errors
/// [`Unresolved`] says why there are no days: never a stand-in.
pub fn resolve_time(expr: &TimeExpr, anchor: &Anchor, tables: &Tables) -> Result<When, Unresolved> {
    let span = resolve_calendar(expr, anchor, tables)?;
    let mut end = span.end;
    if let Some(day) = anchor.day()
        && !span.ahead
        && span.start <= day
        && end > day
    {
        end = day;
    }
    if let (TimeExpr::Relative { amount, direction: Direction::Ago }, Some(day)) = (expr, anchor.day()) {
        // "A year ago" is about now a year ago, although it names the year.
        if amount.unit == TimeUnit::Year && amount.count == Some(1) {
            let month = whole_month(day.saturating_sub(1.year()), "the month a year before publication")?;
            return Ok(When { start: month.start, end: month.end, precision: TimePrecision::Month, rule: month.rule });
        }
    }
    Ok(When { start: span.start, end, precision: precision(&span), rule: span.rule })
}

/// Resolves a time expression to the whole calendar period that it names, also beyond the report's day.
///
/// # Errors
/// As [`resolve_time`].
pub fn resolve_calendar(expr: &TimeExpr, anchor: &Anchor, tables: &Tables) -> Resolved {
    let resolver = Resolver { anchor, rules: &tables.rules, bias: Bias::Past };
    let span = resolver.resolve(expr)?;
    if span.start.year() < 1000 || span.end.year() >= 2200 || span.start > span.end {
        return Err(UnresolvedReason::Impossible.into());
    }
    Ok(span)
}

/// Tells whether the weekday told beside a date is not that of the day it resolved to: "Monday, May 5, 2024" was a Sunday.
pub fn weekday_conflict(expr: &TimeExpr, when: &When) -> bool {
    match expr {
        TimeExpr::Date(CalendarDate { weekday: Some(weekday), .. }) => {
            when.start == when.end && iso(when.start.weekday()) != *weekday
        }
        TimeExpr::DayPart { of: Some(of), .. } => weekday_conflict(of, when),
        _ => false,
    }
}

fn precision(span: &CalendarSpan) -> TimePrecision {
    let n_days = (span.end - span.start).get_days() + 1;
    // "Three weeks ago" counts in weeks, although it comes to one day.
    if span.grain == Grain::One(TimeUnit::Week) {
        return TimePrecision::Week;
    }
    match (span.grain, n_days) {
        (_, ..=1) => TimePrecision::Day,
        (_, 2..=6) => TimePrecision::Days,
        (_, 7..=10) => TimePrecision::Week,
        (_, 11..=31) => TimePrecision::Month,
        (Grain::Season(_), _) | (_, 32..=200) => TimePrecision::Season,
        _ => TimePrecision::Year,
    }
}

/// Which way an open choice falls.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bias {
    /// The latest that is not after the anchor, give or take.
    Past,
    /// The first that is not before the anchor ("until Sunday").
    Future,
}

#[derive(Clone, Copy)]
struct Resolver<'a> {
    anchor: &'a Anchor,
    rules: &'a Rules,
    bias: Bias,
}

impl Resolver<'_> {
    fn resolve(self, expr: &TimeExpr) -> Resolved {
        match expr {
            TimeExpr::Date(date) => self.date(*date),
            TimeExpr::Weekday { weekday, lean } => self.weekday(*weekday, *lean),
            TimeExpr::Relative { amount, direction } => self.relative(*amount, *direction),
            TimeExpr::Measured { amount, direction, from } => {
                let from = self.resolve(from)?;
                let precision = TimePrecision::Day;
                let previous = Some(When { start: from.start, end: from.end, precision, rule: from.rule });
                let anchor = Anchor { previous, ..*self.anchor };
                Resolver { anchor: &anchor, ..self }.relative(*amount, *direction)
            }
            TimeExpr::Period { unit, lean } => self.period(*unit, *lean),
            TimeExpr::Stretch { amount, ahead } => self.stretch(*amount, *ahead),
            TimeExpr::Nth { nth, unit, of } => self.nth(*nth, *unit, of.as_deref()),
            TimeExpr::Season { season, year, lean } => self.season(*season, *year, *lean),
            TimeExpr::Years { first, n_years } => years(*first, *n_years),
            TimeExpr::Edge { edge, of } => self.edge(*edge, of),
            TimeExpr::Between { from, to } => self.between(from, to),
            TimeExpr::Since(from) => {
                let day = self.day()?;
                let from = self.since(from)?;
                interval(from, day.max(from), "from then until the report's day")
            }
            TimeExpr::Until(to) => {
                let day = self.day()?;
                // "By Sunday" lies ahead, unless no such day could.
                let to = Self { bias: Bias::Future, ..self }.resolve(to)?;
                let span = interval(day.min(to.end), to.end, "from the report's day until then")?;
                Ok(CalendarSpan { ahead: true, ..span })
            }
            TimeExpr::DayPart { part, of } => self.day_part(*part, of.as_deref()),
            TimeExpr::Named => Err(UnresolvedReason::NamedPeriod.into()),
            TimeExpr::Vague(Vague::Present) => Ok(one_day(self.day()?, "now is the report's day")),
            TimeExpr::Vague(Vague::Past | Vague::Future) => Err(UnresolvedReason::Vague.into()),
        }
    }

    /// The day that the report speaks on.
    fn day(self) -> Result<Date, Unresolved> {
        self.anchor.day().ok_or_else(|| UnresolvedReason::NoAnchor.into())
    }

    fn previous(self) -> Result<When, Unresolved> {
        self.anchor.previous.ok_or_else(|| UnresolvedReason::NoPrevious.into())
    }

    /// The day that missing parts of a date are taken from.
    fn near(self) -> Result<Date, Unresolved> {
        self.anchor.day().or(self.anchor.previous.map(|it| it.end)).ok_or_else(|| UnresolvedReason::NoAnchor.into())
    }
}
