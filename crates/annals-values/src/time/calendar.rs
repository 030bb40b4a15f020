//! Days, weeks, months and longer periods of the calendar as spans.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{CalendarSpan, Grain, TimeUnit, Unresolved, UnresolvedReason};

pub(super) type Resolved = Result<CalendarSpan, Unresolved>;

pub(super) fn civil(year: i16, month: u8, day: u8) -> Result<Date, Unresolved> {
    if !(1000..2200).contains(&year) {
        return Err(UnresolvedReason::Impossible.into());
    }
    let (month, day) = (i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0));
    Date::new(year, month, day).map_err(|_| UnresolvedReason::Impossible.into())
}

pub(super) fn last_of_month(day: Date) -> Date {
    day.last_of_month()
}

pub(super) fn one_day(day: Date, rule: &'static str) -> CalendarSpan {
    CalendarSpan { start: day, end: day, grain: Grain::One(TimeUnit::Day), ahead: false, rule }
}

pub(super) fn interval(start: Date, end: Date, rule: &'static str) -> Resolved {
    if start > end {
        return Err(UnresolvedReason::Impossible.into());
    }
    Ok(CalendarSpan { start, end, grain: Grain::Interval, ahead: false, rule })
}

pub(super) fn whole_month(day: Date, rule: &'static str) -> Resolved {
    let span = interval(day.first_of_month(), last_of_month(day), rule)?;
    Ok(CalendarSpan { grain: Grain::One(TimeUnit::Month), ..span })
}

pub(super) fn whole_year(year: i16, rule: &'static str) -> Resolved {
    let span = interval(civil(year, 1, 1)?, civil(year, 12, 31)?, rule)?;
    Ok(CalendarSpan { grain: Grain::One(TimeUnit::Year), ..span })
}

pub(super) fn quarter(day: Date, rule: &'static str) -> Resolved {
    let first = (day.month() - 1) / 3 * 3 + 1;
    let start = civil(day.year(), first.unsigned_abs(), 1)?;
    let span = interval(start, last_of_month(start.saturating_add(2.months())), rule)?;
    Ok(CalendarSpan { grain: Grain::One(TimeUnit::Quarter), ..span })
}

pub(super) fn weekend(day: Date, rule: &'static str) -> Resolved {
    let saturday = back_from(day, (iso(day.weekday()) + 1) % 7);
    let span = interval(saturday, forth_from(saturday, 1), rule)?;
    Ok(CalendarSpan { grain: Grain::One(TimeUnit::Weekend), ..span })
}

/// The period of a length that holds a day.
pub(super) fn around(day: Date, unit: TimeUnit, rule: &'static str) -> Resolved {
    match unit {
        TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day => Ok(one_day(day, rule)),
        TimeUnit::Weekend => weekend(day, rule),
        TimeUnit::Week => {
            let monday = back_from(day, iso(day.weekday()) - 1);
            Ok(CalendarSpan { grain: Grain::One(unit), ..interval(monday, forth_from(monday, 6), rule)? })
        }
        TimeUnit::Fortnight => interval(day.saturating_sub(13.days()), day, rule),
        TimeUnit::Month => whole_month(day, rule),
        TimeUnit::Quarter => quarter(day, rule),
        TimeUnit::Half => {
            let start = civil(day.year(), if day.month() < 7 { 1 } else { 7 }, 1)?;
            Ok(CalendarSpan {
                grain: Grain::One(unit),
                ..interval(start, last_of_month(start.saturating_add(5.months())), rule)?
            })
        }
        TimeUnit::Year => whole_year(day.year(), rule),
        TimeUnit::Decade | TimeUnit::Century => {
            let n_years = if unit == TimeUnit::Century { 100 } else { 10 };
            let first = day.year() - day.year().rem_euclid(n_years);
            let span = interval(civil(first, 1, 1)?, civil(first + n_years - 1, 12, 31)?, rule)?;
            Ok(CalendarSpan { grain: Grain::One(unit), ..span })
        }
    }
}

/// 1 (Monday) to 7 (Sunday).
pub(super) fn iso(weekday: Weekday) -> u8 {
    weekday.to_monday_one_offset().unsigned_abs()
}

pub(super) fn back_from(day: Date, n_days: u8) -> Date {
    day.saturating_sub(i32::from(n_days).days())
}

pub(super) fn forth_from(day: Date, n_days: u8) -> Date {
    day.saturating_add(i32::from(n_days).days())
}

/// A decade or century by its first year.
pub(super) fn years(first: i16, n_years: i16) -> Resolved {
    let span = interval(civil(first, 1, 1)?, civil(first.saturating_add(n_years - 1), 12, 31)?, "decade or century")?;
    let unit = if n_years == 100 { TimeUnit::Century } else { TimeUnit::Decade };
    Ok(CalendarSpan { grain: Grain::One(unit), ..span })
}
