//! Parts of another time, and what lies between two.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Bias, Resolver};
use crate::tables::Rules;
use crate::time::calendar::{Resolved, civil, forth_from, interval, last_of_month, one_day};
use crate::time::{
    Amount, Anchor, CalendarDate, CalendarSpan, Edge, Grain, PartOfDay, TimeExpr, TimeUnit, Unresolved,
    UnresolvedReason,
};

impl Resolver<'_> {
    pub(super) fn edge(self, edge: Edge, of: &TimeExpr) -> Resolved {
        let whole = self.resolve(of)?;
        let rules = self.rules;
        match edge {
            Edge::Before | Edge::After => {
                let day = self.anchor.day().filter(|it| (whole.start..=whole.end).contains(it));
                // "Later that month", told of the past, is the rest of it up to now.
                let (start, end) = match (edge, day) {
                    (Edge::Before, Some(day)) => (whole.start, day),
                    _ => (whole.start, whole.end),
                };
                return Ok(CalendarSpan { start, end, rule: "within the period, up to publication", ..whole });
            }
            Edge::Early | Edge::Mid | Edge::Late => {}
        }
        let pick = |early: [i8; 2], mid: [i8; 2], late: [i8; 2]| match edge {
            Edge::Early => early,
            Edge::Mid => mid,
            _ => late,
        };
        let (start, end) = match whole.grain {
            Grain::One(TimeUnit::Month) => {
                let [first, last] = pick(rules.early_month, rules.mid_month, rules.late_month);
                let day = |n: i8| whole.start.saturating_add((i32::from(n) - 1).days()).min(whole.end);
                (day(first), day(last))
            }
            Grain::One(TimeUnit::Year) => {
                let [first, last] = pick(rules.early_year, rules.mid_year, rules.late_year);
                let month = |n: i8| whole.start.saturating_add((i32::from(n) - 1).months());
                (month(first), last_of_month(month(last)))
            }
            _ => {
                // Thirds of whatever it is.
                let third = (whole.end - whole.start).get_days() / 3;
                match edge {
                    Edge::Early => (whole.start, whole.start.saturating_add(third.days())),
                    Edge::Late => (whole.end.saturating_sub(third.days()), whole.end),
                    _ => (whole.start.saturating_add(third.days()), whole.end.saturating_sub(third.days())),
                }
            }
        };
        Ok(CalendarSpan { start, end, rule: "an edge of the period", ..whole })
    }

    /// The first day of what has gone on since: of the middle of a month its middle day.
    pub(super) fn since(self, from: &TimeExpr) -> Result<Date, Unresolved> {
        let span = self.resolve(from)?;
        let is_middle = matches!(from, TimeExpr::Edge { edge: Edge::Mid, .. });
        let is_of_month = (span.end - span.start).get_days() < 31;
        Ok(if is_middle && is_of_month {
            civil(span.start.year(), span.start.month().unsigned_abs(), 15)?
        } else {
            span.start
        })
    }

    pub(super) fn between(self, from: &TimeExpr, to: &TimeExpr) -> Resolved {
        let last = self.resolve(to)?;
        // What "from" leaves out is taken from "to": its month and year, its year, the weekday before it.
        let filled = match (from, to) {
            (TimeExpr::Date(from), TimeExpr::Date(to)) => {
                let month = from.month.or(to.month.filter(|_| from.day.is_some()));
                TimeExpr::Date(CalendarDate { month, ..*from })
            }
            _ => from.clone(),
        };
        let has_year = matches!(filled, TimeExpr::Date(CalendarDate { year: Some(_), .. }));
        let anchor = Anchor { published: Some(last.end), dateline: None, previous: self.anchor.previous };
        let rules = Rules { days_ahead: 0, months_ahead: 0, ..self.rules.clone() };
        let back = Resolver {
            anchor: if is_told_of(&filled) { &anchor } else { self.anchor },
            rules: &rules,
            bias: Bias::Past,
        };
        let first = if has_year { self.resolve(&filled)? } else { back.resolve(&filled)? };
        if first.start > last.end {
            return Err(UnresolvedReason::Impossible.into());
        }
        let span = interval(first.start, last.end, "from the first to the last")?;
        Ok(CalendarSpan { ahead: last.ahead, ..span })
    }

    pub(super) fn day_part(self, part: PartOfDay, of: Option<&TimeExpr>) -> Resolved {
        let (base, told) = match of {
            Some(of) => (self.resolve(of)?, true),
            None => match self.anchor.previous.filter(|it| it.start == it.end && part != PartOfDay::Overnight) {
                Some(previous) => (one_day(previous.start, "part of the day spoken of"), false),
                None => (one_day(self.day()?, "part of the day of publication"), false),
            },
        };
        match part {
            PartOfDay::NightThrough => match self.anchor.previous {
                Some(it) if it.start == it.end => {
                    interval(it.start, forth_from(it.start, 1), "the night from the day spoken of")
                }
                _ => interval(base.start.saturating_sub(1.day()), base.start, "the night to publication"),
            },
            PartOfDay::Overnight if !told || base.start == base.end && is_anchor_day(of) => {
                interval(base.start.saturating_sub(1.day()), base.start, "the night to publication")
            }
            PartOfDay::Overnight if base.start == base.end => {
                interval(base.start, base.start.saturating_add(1.day()), "the night from that day")
            }
            _ => Ok(base),
        }
    }
}

/// "Overnight today" is the night that ended today.
fn is_anchor_day(of: Option<&TimeExpr>) -> bool {
    matches!(of, Some(TimeExpr::Relative { amount: Amount { count: Some(0), .. }, .. }))
}

/// Expressions that a later end can anchor: weekdays and dates without a year.
fn is_told_of(expr: &TimeExpr) -> bool {
    match expr {
        TimeExpr::Weekday { .. } | TimeExpr::Date(_) => true,
        TimeExpr::DayPart { of: Some(of), .. } => is_told_of(of),
        _ => false,
    }
}
