//! Time counted in units: so long ago, the week or season of it, the nth of a longer one.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::{Bias, Resolver};
use crate::time::calendar::{
    Resolved, around, back_from, civil, forth_from, interval, iso, last_of_month, one_day, quarter, weekend,
    whole_month, whole_year, years,
};
use crate::time::{
    Amount, CalendarSpan, Direction, Grain, Lean, TimeExpr, TimeUnit, Unresolved, UnresolvedReason, When,
};

impl Resolver<'_> {
    /// The time spoken of, where it is fine enough to count from.
    fn spoken_of(self, unit: TimeUnit) -> Result<When, Unresolved> {
        let previous = self.previous()?;
        let days = previous.start.until(previous.end).map_or(i32::MAX, |it| it.get_days());
        if days > unit.counted_from() { Err(UnresolvedReason::NoPrevious.into()) } else { Ok(previous) }
    }

    pub(super) fn relative(self, amount: Amount, direction: Direction) -> Resolved {
        let (base, sign, rule) = match direction {
            Direction::Ago => (self.day()?, -1, "counted back from publication"),
            Direction::Ahead => (self.day()?, 1, "counted ahead from publication"),
            Direction::Earlier => (self.spoken_of(amount.unit)?.start, -1, "counted back from the time spoken of"),
            Direction::Later => (self.spoken_of(amount.unit)?.end, 1, "counted on from the time spoken of"),
        };
        let ahead = direction == Direction::Ahead;
        let Some(count) = amount.count else {
            // "Hours earlier" is still that day; "some years ago" is no time.
            if amount.unit <= TimeUnit::Hour {
                return Ok(one_day(base, "hours from a day are that day"));
            }
            return Err(UnresolvedReason::Vague.into());
        };
        // More steps of any unit leave the calendar, or mean nothing.
        let n = i64::from(count.min(9_998)) * sign;
        let step = |span: Span| base.checked_add(span).map_err(|_| Unresolved::from(UnresolvedReason::Impossible));
        let span = match amount.unit {
            TimeUnit::Minute => one_day(step((n / (24 * 60)).days())?, rule),
            TimeUnit::Hour => one_day(step((n / 24).days())?, rule),
            TimeUnit::Day => one_day(step(n.days())?, rule),
            TimeUnit::Week => CalendarSpan { grain: Grain::One(TimeUnit::Week), ..one_day(step(n.weeks())?, rule) },
            TimeUnit::Fortnight => {
                CalendarSpan { grain: Grain::One(TimeUnit::Week), ..one_day(step((2 * n).weeks())?, rule) }
            }
            TimeUnit::Weekend => weekend(step(n.weeks())?, rule)?,
            TimeUnit::Month => whole_month(step(n.months())?, rule)?,
            TimeUnit::Quarter => quarter(step((3 * n).months())?, rule)?,
            TimeUnit::Half => whole_month(step((6 * n).months())?, rule)?,
            TimeUnit::Year => whole_year(step(n.years())?.year(), rule)?,
            TimeUnit::Decade => whole_year(step((n.saturating_mul(10).clamp(-9_998, 9_998)).years())?.year(), rule)?,
            TimeUnit::Century => {
                let year = step((n.saturating_mul(100).clamp(-9_998, 9_998)).years())?.year();
                years(year - year.rem_euclid(100), 100)?
            }
        };
        Ok(CalendarSpan { ahead, ..span })
    }

    pub(super) fn period(self, unit: TimeUnit, lean: Lean) -> Resolved {
        if lean == Lean::Same {
            let previous = self.previous()?;
            return match unit {
                TimeUnit::Day | TimeUnit::Hour | TimeUnit::Minute => Ok(CalendarSpan {
                    grain: grain_of(previous),
                    ..interval(previous.start, previous.end, "the day spoken of")?
                }),
                _ => around(previous.start, unit, "the period spoken of"),
            };
        }
        let day = self.day()?;
        let n = match lean {
            Lean::Last => -1,
            Lean::Next => 1,
            _ => 0,
        };
        let rule = match n {
            -1 => "the period before that of publication",
            1 => "the period after that of publication",
            _ => "the period of publication",
        };
        let there = match unit {
            TimeUnit::Minute | TimeUnit::Hour => day,
            TimeUnit::Day => day.saturating_add(n.days()),
            TimeUnit::Weekend => {
                // Of the weekends, the last one begun by publication; on a Friday the one ahead.
                let weekday = iso(day.weekday());
                let start = if weekday == 5 { forth_from(day, 1) } else { back_from(day, (weekday + 1) % 7) };
                let n = if n == -1 && weekday < 5 { 0 } else { n };
                start.saturating_add(n.weeks())
            }
            TimeUnit::Week => day.saturating_add(n.weeks()),
            TimeUnit::Fortnight => day.saturating_add((2 * n).weeks()),
            TimeUnit::Month => day.first_of_month().saturating_add(n.months()),
            TimeUnit::Quarter => day.first_of_month().saturating_add((3 * n).months()),
            TimeUnit::Half => day.first_of_month().saturating_add((6 * n).months()),
            TimeUnit::Year => day.first_of_month().saturating_add(n.years()),
            TimeUnit::Decade => day.first_of_month().saturating_add((10 * n).years()),
            TimeUnit::Century => day.first_of_month().saturating_add((100 * n).years()),
        };
        Ok(CalendarSpan { ahead: n > 0 || there > day, ..around(there, unit, rule)? })
    }

    pub(super) fn stretch(self, amount: Amount, ahead: bool) -> Resolved {
        let day = self.day()?;
        let rules = self.rules;
        let n = amount.count.map(|it| i32::try_from(it.min(10_000)).unwrap_or(10_000));
        let span: Span = match amount.unit {
            TimeUnit::Minute => 1.days(),
            // "The past few hours" may have begun the day before.
            TimeUnit::Hour => n.map_or(1, |it| (it + 23) / 24).days(),
            TimeUnit::Day => n.unwrap_or(rules.few_days).days(),
            TimeUnit::Week | TimeUnit::Weekend => n.unwrap_or(rules.few_weeks).weeks(),
            TimeUnit::Fortnight => (2 * n.unwrap_or(1)).weeks(),
            TimeUnit::Month => n.unwrap_or(rules.few_months).months(),
            TimeUnit::Quarter => (3 * n.unwrap_or(rules.few_months)).months(),
            TimeUnit::Half => (6 * n.unwrap_or(1)).months(),
            TimeUnit::Year => n.unwrap_or(rules.few_years).clamp(0, 1_000).years(),
            TimeUnit::Decade | TimeUnit::Century => (10 * n.unwrap_or(rules.few_years)).clamp(0, 1_000).years(),
        };
        if ahead {
            // "The coming days" begin tomorrow.
            let (first, last) = match (n, amount.unit) {
                (None, TimeUnit::Day) => (forth_from(day, 1), day.saturating_add(rules.coming_days.days())),
                _ => (day, day.saturating_add(span)),
            };
            let span = interval(first, last, "from publication on, for the length told")?;
            return Ok(CalendarSpan { ahead: true, ..span });
        }
        interval(day.saturating_sub(span), day, "up to publication, for the length told")
    }

    pub(super) fn nth(self, nth: i8, unit: TimeUnit, of: Option<&TimeExpr>) -> Resolved {
        let whole = match of {
            Some(of) => self.resolve(of)?,
            None => return self.nth_of_year(nth, unit),
        };
        let rule = "counted within the longer period";
        let month_at = |first: Date, n: i8, len: i8| {
            let start = first.first_of_month().saturating_add((i32::from(n - 1) * i32::from(len)).months());
            let end = last_of_month(start.saturating_add((i32::from(len) - 1).months()));
            CalendarSpan { start, end, grain: Grain::Interval, ahead: whole.ahead, rule }
        };
        let n_months =
            (whole.end.year() - whole.start.year()) * 12 + i16::from(whole.end.month() - whole.start.month()) + 1;
        let n_months = i8::try_from(n_months).unwrap_or(i8::MAX);
        let from_end = |len: i8| if nth < 0 { n_months / len } else { nth };
        let span = match unit {
            TimeUnit::Day => {
                // Of a week or a stretch of days: the weekday; of a month: the day.
                if (whole.end - whole.start).get_days() < 7 && (1..=7).contains(&nth) {
                    let day = (0..7)
                        .map(|n| forth_from(whole.start, n))
                        .find(|it| i8::try_from(iso(it.weekday())) == Ok(nth));
                    one_day(day.ok_or(UnresolvedReason::Impossible)?, rule)
                } else if nth < 0 {
                    one_day(whole.end, rule)
                } else {
                    one_day(
                        whole
                            .start
                            .checked_add((i32::from(nth) - 1).days())
                            .map_err(|_| UnresolvedReason::Impossible)?,
                        rule,
                    )
                }
            }
            TimeUnit::Week => {
                let start = if nth < 0 {
                    whole.end.saturating_sub(6.days())
                } else {
                    whole.start.saturating_add((i32::from(nth) - 1).weeks())
                };
                let end = start.saturating_add(6.days());
                CalendarSpan { start, end, grain: Grain::Interval, ahead: whole.ahead, rule }
            }
            TimeUnit::Month => {
                let span = month_at(whole.start, from_end(1), 1);
                CalendarSpan { grain: Grain::One(TimeUnit::Month), ..span }
            }
            TimeUnit::Quarter => CalendarSpan { grain: Grain::One(unit), ..month_at(whole.start, from_end(3), 3) },
            // "The second half of February".
            TimeUnit::Half if n_months == 1 && matches!(nth, -1 | 1 | 2) => {
                let middle = whole.start.first_of_month().saturating_add(14.days());
                let (start, end) =
                    if nth == 1 { (whole.start, middle) } else { (middle.saturating_add(1.days()), whole.end) };
                CalendarSpan { start, end, grain: Grain::Interval, ahead: whole.ahead, rule }
            }
            TimeUnit::Half => CalendarSpan { grain: Grain::One(unit), ..month_at(whole.start, from_end(6), 6) },
            _ => return Err(UnresolvedReason::Vague.into()),
        };
        if span.start < whole.start || span.start > whole.end {
            return Err(UnresolvedReason::Impossible.into());
        }
        Ok(CalendarSpan { end: if unit == TimeUnit::Week { span.end.min(whole.end) } else { span.end }, ..span })
    }

    /// "The third quarter": the last one begun by publication.
    fn nth_of_year(self, nth: i8, unit: TimeUnit) -> Resolved {
        let day = self.day()?;
        let len = match unit {
            TimeUnit::Quarter => 3,
            TimeUnit::Half => 6,
            _ => return Err(UnresolvedReason::Vague.into()),
        };
        if nth < 1 || nth > 12 / len {
            return Err(UnresolvedReason::Impossible.into());
        }
        let first = u8::try_from((nth - 1) * len + 1).map_err(|_| UnresolvedReason::Impossible)?;
        let this = civil(day.year(), first, 1)?;
        let start = if this <= day { this } else { civil(day.year() - 1, first, 1)? };
        let end = last_of_month(start.saturating_add((i32::from(len) - 1).months()));
        Ok(CalendarSpan {
            start,
            end,
            grain: Grain::One(unit),
            ahead: false,
            rule: "part of the year, last begun by publication",
        })
    }

    pub(super) fn season(self, season: u8, year: Option<i16>, lean: Lean) -> Resolved {
        let month = 3 * season.clamp(1, 4);
        let of_year = |year: i16| -> Result<(Date, Date), Unresolved> {
            let start = civil(year, month, 1)?;
            Ok((start, last_of_month(start.saturating_add(2.months()))))
        };
        let (span, rule) = if let Some(year) = year {
            (of_year(year)?, "season and year")
        } else {
            let day = self.day()?;
            let this = of_year(day.year())?;
            let last = of_year(day.year() - 1)?;
            match (lean, self.bias) {
                (Lean::Next, _) => {
                    (if this.0 > day { this } else { of_year(day.year() + 1)? }, "season, next after publication")
                }
                (_, Bias::Future) => {
                    (if this.1 >= day { this } else { of_year(day.year() + 1)? }, "season, next from publication")
                }
                (Lean::This, _) => (this, "season of the year of publication"),
                (Lean::Last, _) => (if this.1 < day { this } else { last }, "season, last before publication"),
                _ => (if this.0 <= day { this } else { last }, "season, last begun by publication"),
            }
        };
        Ok(CalendarSpan { start: span.0, end: span.1, grain: Grain::Season(season), ahead: lean == Lean::Next, rule })
    }
}

fn grain_of(when: When) -> Grain {
    if when.start == when.end { Grain::One(TimeUnit::Day) } else { Grain::Interval }
}
