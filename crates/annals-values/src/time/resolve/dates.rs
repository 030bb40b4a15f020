//! Calendar dates with parts left out, and weekdays: the day that is nearest, by rule.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Bias, Resolver};
use crate::time::calendar::{
    Resolved, back_from, civil, forth_from, iso, last_of_month, one_day, whole_month, whole_year,
};
use crate::time::{CalendarDate, CalendarSpan, Lean, UnresolvedReason};

impl Resolver<'_> {
    pub(super) fn date(self, date: CalendarDate) -> Resolved {
        match (date.year, date.month, date.day) {
            (Some(year), Some(month), Some(day)) => self.full_date(year, month, day, date),
            (None, Some(month), Some(day)) => self.month_day(month, day, date),
            (Some(year), Some(month), None) => whole_month(civil(year, month, 1)?, "month and year"),
            (None, Some(month), None) => self.month(month, date.lean),
            (_, None, Some(day)) => self.day_of_month(day, date.weekday, date.lean),
            (Some(year), None, None) => whole_year(year, "year"),
            (None, None, None) => Err(UnresolvedReason::Vague.into()),
        }
    }

    fn full_date(self, year: i16, month: u8, day: u8, date: CalendarDate) -> Resolved {
        let as_told = civil(year, month, day);
        if !date.swappable {
            return Ok(one_day(as_told?, "full date"));
        }
        let swapped = civil(year, day, month);
        let (Ok(told), Ok(swapped)) = (as_told, swapped) else {
            return Ok(one_day(as_told.or(swapped)?, "full date"));
        };
        let Some(anchor) = self.anchor.day() else { return Err(UnresolvedReason::Ambiguous.into()) };
        let distance = |it: Date| (it - anchor).get_days().abs();
        // Nearness decides only where one reading is near and the other is not.
        match (distance(told) <= 31, distance(swapped) <= 31) {
            (true, false) => Ok(one_day(told, "day and month in the order nearest to publication")),
            (false, true) => Ok(one_day(swapped, "day and month in the order nearest to publication")),
            (true, true) | (false, false) if told > anchor && swapped <= anchor => {
                Ok(one_day(swapped, "day and month in the order not after publication"))
            }
            (true, true) | (false, false) if swapped > anchor && told <= anchor => {
                Ok(one_day(told, "day and month in the order not after publication"))
            }
            _ => Err(UnresolvedReason::Ambiguous.into()),
        }
    }

    fn month_day(self, month: u8, day: u8, date: CalendarDate) -> Resolved {
        let near = self.near()?;
        let candidate = |year: i16| civil(year, month, day).ok();
        let candidates: Vec<Date> = (near.year() - 4..=near.year() + 1).filter_map(candidate).collect();
        if candidates.is_empty() {
            return Err(UnresolvedReason::Impossible.into());
        }
        // A weekday beside the date tells the year, where it fits one that is near.
        if let Some(weekday) = date.weekday {
            let fits = candidates.iter().rev().find(|it| {
                iso(it.weekday()) == weekday && (**it - near).get_days() <= 200 && (near - **it).get_days() <= 400
            });
            if let Some(day) = fits {
                return Ok(one_day(*day, "weekday, day and month"));
            }
        }
        if date.swappable {
            // "12/3" without a year: both ways within the year behind the report.
            let swapped = (near.year() - 1..=near.year()).filter_map(|year| civil(year, day, month).ok());
            let near_one = |it: &Date| *it <= near && (near - *it).get_days() <= 31;
            let swapped = swapped.into_iter().find(near_one);
            let told = candidates.iter().copied().find(near_one);
            return match (told, swapped) {
                (Some(day), None) | (None, Some(day)) => {
                    Ok(one_day(day, "day and month in the order nearest to publication"))
                }
                _ => Err(UnresolvedReason::Ambiguous.into()),
            };
        }
        let (limit, rule) = match (date.lean, self.bias) {
            (Lean::Last, _) => (near.saturating_sub(1.day()), "month and day, last before publication"),
            (Lean::Next, _) | (_, Bias::Future) => {
                let next = candidates.iter().copied().find(|it| *it >= near);
                let day = next.or(candidates.last().copied()).ok_or(UnresolvedReason::Impossible)?;
                return Ok(CalendarSpan { ahead: true, ..one_day(day, "month and day, next from publication") });
            }
            _ => (near.saturating_add(self.rules.days_ahead.days()), "month and day, last near or before publication"),
        };
        let day = candidates.iter().rev().copied().find(|it| *it <= limit).ok_or(UnresolvedReason::Impossible)?;
        Ok(one_day(day, rule))
    }

    fn month(self, month: u8, lean: Lean) -> Resolved {
        let near = self.near()?;
        let first = |year: i16| civil(year, month, 1);
        match (lean, self.bias) {
            (Lean::Last, _) => {
                let this = first(near.year())?;
                let last = if last_of_month(this) < near.first_of_month() { this } else { first(near.year() - 1)? };
                whole_month(last, "month, last before publication")
            }
            (Lean::Next, _) | (_, Bias::Future) => {
                let this = first(near.year())?;
                let next = if last_of_month(this) >= near { this } else { first(near.year() + 1)? };
                Ok(CalendarSpan { ahead: true, ..whole_month(next, "month, next from publication")? })
            }
            (Lean::This, _) => whole_month(first(near.year())?, "month of the year of publication"),
            (Lean::Same | Lean::Plain, Bias::Past) => {
                let limit = near.saturating_add(self.rules.months_ahead.months());
                let this = first(limit.year())?;
                let month = if this <= limit { this } else { first(limit.year() - 1)? };
                whole_month(month, "month, last begun by publication")
            }
        }
    }

    /// "The 9th", "Saturday 9".
    fn day_of_month(self, day: u8, weekday: Option<u8>, lean: Lean) -> Resolved {
        let near = self.near()?;
        let month_ago = |n: i32| {
            let first = near.first_of_month().saturating_sub(n.months());
            civil(first.year(), first.month().unsigned_abs(), day).ok()
        };
        if let Some(weekday) = weekday {
            let fits = [0, 1, -1, 2].into_iter().filter_map(month_ago).find(|it| iso(it.weekday()) == weekday);
            return fits
                .map(|it| one_day(it, "weekday and day of the month"))
                .ok_or_else(|| UnresolvedReason::Impossible.into());
        }
        if let Some(previous) = self.anchor.previous.filter(|it| {
            it.start.first_of_month() == it.end.first_of_month()
                && (near - it.end).get_days() <= self.rules.days_spoken_of
        }) && let Ok(day) = civil(previous.start.year(), previous.start.month().unsigned_abs(), day)
        {
            return Ok(one_day(day, "day of the month spoken of"));
        }
        if lean == Lean::Last {
            let last = [0, 1, 2].into_iter().filter_map(month_ago).find(|it| *it < near);
            return last
                .map(|it| one_day(it, "day of the month, last before publication"))
                .ok_or_else(|| UnresolvedReason::Impossible.into());
        }
        // The nearest, so that a plan for the 20th told on the 9th stays ahead.
        let candidates = [1, 0, -1].into_iter().filter_map(month_ago);
        let nearest = candidates.min_by_key(|it| ((*it - near).get_days().abs(), *it > near));
        nearest
            .map(|it| one_day(it, "day of the month, nearest to publication"))
            .ok_or_else(|| UnresolvedReason::Impossible.into())
    }

    pub(super) fn weekday(self, weekday: u8, lean: Lean) -> Resolved {
        if lean == Lean::Same
            && let Ok(previous) = self.previous()
        {
            let back = (iso(previous.end.weekday()) + 7 - weekday) % 7;
            let day = if back <= 3 { back_from(previous.end, back) } else { forth_from(previous.end, 7 - back) };
            return Ok(one_day(day, "weekday nearest to the time spoken of"));
        }
        let day = self.near()?;
        let back = (iso(day.weekday()) + 7 - weekday) % 7;
        Ok(match (lean, self.bias) {
            (Lean::Last, _) => {
                one_day(back_from(day, if back == 0 { 7 } else { back }), "weekday, last before publication")
            }
            (Lean::Next, _) => {
                CalendarSpan { ahead: true, ..one_day(forth_from(day, 7 - back), "weekday, next after publication") }
            }
            (_, Bias::Future) => CalendarSpan {
                ahead: true,
                ..one_day(forth_from(day, (7 - back) % 7), "weekday, next from publication")
            },
            _ => one_day(back_from(day, back), "weekday, last on or before publication"),
        })
    }
}
