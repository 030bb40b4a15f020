//! From a time expression and an anchor to days. Every rule has a name; nothing is guessed without one.

use annals_record::TimePrecision;
use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::calendar::{
    Resolved, around, back_from, civil, forth_from, interval, iso, last_of_month, one_day, quarter, weekend,
    whole_month, whole_year, years,
};
use super::{
    Amount, Anchor, CalendarDate, CalendarSpan, Direction, Edge, Grain, Lean, PartOfDay, TimeExpr, TimeUnit,
    Unresolved, UnresolvedReason, Vague, When,
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
                let from = self.resolve(from)?;
                interval(from.start, day.max(from.start), "from then until the report's day")
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

    fn date(self, date: CalendarDate) -> Resolved {
        match (date.year, date.month, date.day) {
            (Some(year), Some(month), Some(day)) => self.full_date(year, month, day, date),
            (None, Some(month), Some(day)) => self.month_day(month, day, date),
            (Some(year), Some(month), None) => whole_month(civil(year, month, 1)?, "month and year"),
            (None, Some(month), None) => self.month(month, date.lean),
            (_, None, Some(day)) => self.day_of_month(day, date.weekday),
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
    fn day_of_month(self, day: u8, weekday: Option<u8>) -> Resolved {
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
        // The nearest, so that a plan for the 20th told on the 9th stays ahead.
        let candidates = [1, 0, -1].into_iter().filter_map(month_ago);
        let nearest = candidates.min_by_key(|it| ((*it - near).get_days().abs(), *it > near));
        nearest
            .map(|it| one_day(it, "day of the month, nearest to publication"))
            .ok_or_else(|| UnresolvedReason::Impossible.into())
    }

    fn weekday(self, weekday: u8, lean: Lean) -> Resolved {
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

    /// The time spoken of, where it is fine enough to count from: four days before something "in 2021" is no day.
    fn spoken_of(self, unit: TimeUnit) -> Result<When, Unresolved> {
        let most_days = match unit {
            TimeUnit::Hour | TimeUnit::Day => 7,
            TimeUnit::Week | TimeUnit::Weekend | TimeUnit::Fortnight => 31,
            TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Half => 366,
            _ => i32::MAX,
        };
        let previous = self.previous()?;
        let days = previous.start.until(previous.end).map_or(i32::MAX, |it| it.get_days());
        if days > most_days { Err(UnresolvedReason::NoPrevious.into()) } else { Ok(previous) }
    }

    fn relative(self, amount: Amount, direction: Direction) -> Resolved {
        let (base, sign, rule) = match direction {
            Direction::Ago => (self.day()?, -1, "counted back from publication"),
            Direction::Ahead => (self.day()?, 1, "counted ahead from publication"),
            Direction::Earlier => (self.spoken_of(amount.unit)?.start, -1, "counted back from the time spoken of"),
            Direction::Later => (self.spoken_of(amount.unit)?.end, 1, "counted on from the time spoken of"),
        };
        let ahead = direction == Direction::Ahead;
        let Some(count) = amount.count else {
            // "Hours earlier" is still that day; "some years ago" is no time.
            if amount.unit == TimeUnit::Hour {
                return Ok(one_day(base, "hours from a day are that day"));
            }
            return Err(UnresolvedReason::Vague.into());
        };
        // More steps of any unit leave the calendar, or mean nothing.
        let n = i64::from(count.min(9_998)) * sign;
        let step = |span: Span| base.checked_add(span).map_err(|_| Unresolved::from(UnresolvedReason::Impossible));
        let span = match amount.unit {
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

    fn period(self, unit: TimeUnit, lean: Lean) -> Resolved {
        if lean == Lean::Same {
            let previous = self.previous()?;
            return match unit {
                TimeUnit::Day | TimeUnit::Hour => Ok(CalendarSpan {
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
            TimeUnit::Hour => day,
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

    fn stretch(self, amount: Amount, ahead: bool) -> Resolved {
        let day = self.day()?;
        let rules = self.rules;
        let n = amount.count.map(|it| i32::try_from(it.min(10_000)).unwrap_or(10_000));
        let span: Span = match amount.unit {
            TimeUnit::Hour => n.map_or(0, |it| (it + 23) / 24).days(),
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

    fn nth(self, nth: i8, unit: TimeUnit, of: Option<&TimeExpr>) -> Resolved {
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

    fn season(self, season: u8, year: Option<i16>, lean: Lean) -> Resolved {
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

    fn edge(self, edge: Edge, of: &TimeExpr) -> Resolved {
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

    fn between(self, from: &TimeExpr, to: &TimeExpr) -> Resolved {
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

    fn day_part(self, part: PartOfDay, of: Option<&TimeExpr>) -> Resolved {
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
    matches!(expr, TimeExpr::Weekday { .. } | TimeExpr::Date(_))
}

fn grain_of(when: When) -> Grain {
    if when.start == when.end { Grain::One(TimeUnit::Day) } else { Grain::Interval }
}
