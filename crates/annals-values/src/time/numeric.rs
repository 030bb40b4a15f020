//! Dates in digits: "2014-03-09", "12/3/2015", "9 March 2014", "the ninth of March", "141530ZMAR24".

use super::forms::{Parser, Step};
use super::{CalendarDate, Lean, PartOfDay, TimeExpr};
use crate::tables::{NumberWord, TimeWord};

impl Parser<'_, '_> {
    /// Reads a date or a time of day that opens with a number.
    pub(super) fn numeric(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        if words.digits(at).is_none() {
            return self.day_month(at);
        }
        // A number glued to a word or dash before it is part of a name: "AK-47", "T-72".
        if at > 0
            && words.is_glued(at)
            && (words.is_word(at - 1) || words.is_dash(at - 1) && words.is_word(at.wrapping_sub(2)))
        {
            return None;
        }
        self.year_first(at)
            .or_else(|| self.slashed(at))
            .or_else(|| self.group(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.clock(at))
            .or_else(|| self.year_month_day_run(at))
    }

    /// "2014-03-09", "2014/3/9", "2014-03".
    fn year_first(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let year = words.digits(at).filter(|it| matches!(it.len, 4 | 5) && !it.marked)?;
        let is_mark =
            |at: usize| words.is_glued(at) && (words.is_dash(at) || words.is_mark(at, '/') || words.is_mark(at, '.'));
        if !is_mark(at + 1) || !words.is_glued(at + 2) {
            return None;
        }
        // "99999-05-02" is a date that cannot be, not a number.
        let year = i16::try_from(year.whole).unwrap_or(i16::MAX);
        let month = words.digits(at + 2).filter(|it| it.len <= 2)?;
        let month = u8::try_from(month.whole).ok().filter(|it| (1..=12).contains(it))?;
        let day = words.digits(at + 4).filter(|it| it.len <= 2 && is_mark(at + 3) && words.is_glued(at + 4));
        let date = CalendarDate { year: Some(year), month: Some(month), ..CalendarDate::default() };
        match day {
            Some(day) => {
                let day = u8::try_from(day.whole).ok()?;
                let mut next = at + 5;
                // "2014-03-09T06:10".
                if words.is_glued(next) && words.str(next).eq_ignore_ascii_case("t") {
                    next = self.clock(next + 1).map_or(next, |it| it.1);
                }
                Some((TimeExpr::Date(CalendarDate { day: Some(day), ..date }), next))
            }
            // "2011-07-S-068" is a serial number, "2013-14" two years.
            None if is_mark(at + 3) && words.is_glued(at + 4) => None,
            None => (self.sure && words.digits(at + 2).is_some_and(|it| it.len == 2))
                .then_some((TimeExpr::Date(date), at + 3)),
        }
    }

    /// "12/3/2015", "18.10.2021", "14-11-21"; "14/11" after a preposition.
    fn slashed(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let first = small(words.digits(at)?.whole).filter(|it| (1..=31).contains(it))?;
        let is_mark = |at: usize| {
            words.is_glued(at)
                && words.is_glued(at + 1)
                && (words.is_mark(at, '/') || words.is_mark(at, '.') || words.is_dash(at))
        };
        let digits = words.digits(at).filter(|it| it.len <= 2 && !it.marked)?;
        if digits.len > 2 || !is_mark(at + 1) {
            return None;
        }
        let second = words.digits(at + 2).filter(|it| it.len <= 2 && !it.marked)?;
        let second = small(second.whole).filter(|it| (1..=31).contains(it))?;
        let third = words.digits(at + 4).filter(|_| is_mark(at + 3) && words.str(at + 3) == words.str(at + 1));
        let (year, next) = match third {
            Some(it) if it.len == 4 => (Some(i16::try_from(it.whole).ok()?), at + 5),
            Some(it) if it.len == 2 => (Some(self.full_year(i16::try_from(it.whole).ok()?)), at + 5),
            // "14/11 0935": a situation report's own stamp.
            // But "the night of 7/8 March".
            None if words.is_mark(at + 1, '/') && self.month_after(at + 3).is_some() => return None,
            None if words.is_mark(at + 1, '/') && (self.sure || self.clock(at + 3).is_some()) => (None, at + 3),
            _ => return None,
        };
        let month_first = words.tables.rules.month_first;
        let (day, month) = match (first > 12, second > 12) {
            (true, true) => return None,
            (false, true) => (second, first),
            (false, false) if month_first => (second, first),
            _ => (first, second),
        };
        let swappable = first <= 12 && second <= 12 && first != second && !words.is_mark(at + 1, '.');
        let date = CalendarDate { year, month: Some(month), day: Some(day), swappable, ..CalendarDate::default() };
        let next = self.clock(next).map_or(next, |it| it.1);
        Some((TimeExpr::Date(date), next))
    }

    /// A date-time group, "141530ZMAR24" or "141530Z MAR 24".
    fn group(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let digits = words.digits(at).filter(|it| it.len == 6 && !it.marked)?;
        if !words.is_glued(at + 1) {
            return None;
        }
        let zone = words.str(at + 1);
        let (month, mut next) = match words.time(at + 2) {
            Some(TimeWord::Month(month)) if zone.len() == 1 => (month, at + 3),
            // "ZMAR24" is one word.
            _ => {
                let (name, year) = zone.get(1..4).zip(zone.get(4..))?;
                let Some(TimeWord::Month(month)) = words.tables.entry(name)?.time else { return None };
                if let Ok(year) = year.parse::<i16>() {
                    let year = if year < 100 { self.full_year(year) } else { year };
                    return group_date(digits.whole, month, Some(year)).map(|it| (it, at + 2));
                }
                (month, at + 2)
            }
        };
        let mut year = None;
        if let Some(it) = words.digits(next).filter(|it| matches!(it.len, 2 | 4) && !it.marked) {
            let value = i16::try_from(it.whole).ok()?;
            year = Some(if it.len == 2 { self.full_year(value) } else { value });
            next += 1;
        }
        group_date(digits.whole, month, year).map(|it| (it, next))
    }

    /// "9 March 2014", "the ninth of March", "12 and 13 May", "3-5 May", "26 to 27 October", "14 JAN 90"; "the 9th".
    fn day_month(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let (day, mut next) = self.day_number(at)?;
        let is_ordinal = words.digits(at).is_none() || next > at + 1;
        let mut days = vec![day];
        let day_end = next;
        while let Some((day, after)) = self.another_day(next) {
            days.push(day);
            next = after;
        }
        if let Some((month, after)) = self.month_after(next) {
            return Some(self.days_in(&days, month, self.year_behind(after)));
        }
        // "On the thirtieth of last month".
        if is_ordinal && words.time(day_end) == Some(TimeWord::Of) {
            let lean_at = day_end + 1 + usize::from(words.time(day_end + 1) == Some(TimeWord::The));
            let lean = match (words.time(lean_at), words.time(lean_at + 1)) {
                (Some(TimeWord::Lean(lean)), Some(TimeWord::Unit(super::TimeUnit::Month))) => Some((lean, lean_at + 2)),
                (Some(TimeWord::Unit(super::TimeUnit::Month)), _) => Some((Lean::This, lean_at + 1)),
                _ => None,
            };
            if let Some((lean, after)) = lean {
                let of = TimeExpr::Period { unit: super::TimeUnit::Month, lean };
                let nth = day.cast_signed();
                return Some((TimeExpr::Nth { nth, unit: super::TimeUnit::Day, of: Some(Box::new(of)) }, after));
            }
        }
        // "The 9th", "on the tenth" with nothing counted after it, as in "the first 24 hours".
        let has_article = at > 0 && words.time(at - 1) == Some(TimeWord::The);
        let counts = words.digits(day_end).is_some() && matches!(words.time(day_end + 1), Some(TimeWord::Unit(_)))
            || words.is_word(day_end)
                && words.time(day_end).is_none()
                && !words.get(day_end).is_some_and(|it| it.entry.is_some_and(|e| e.stop));
        let names = matches!(
            words.time(day_end),
            Some(TimeWord::Unit(_) | TimeWord::Part(_) | TimeWord::Weekday(_) | TimeWord::Of)
        );
        if self.sure && is_ordinal && has_article && !counts && !names {
            let date = |day| TimeExpr::Date(CalendarDate { day: Some(day), ..CalendarDate::default() });
            if days.len() > 1 {
                let to = days.last().copied().unwrap_or(day);
                return Some((TimeExpr::Between { from: Box::new(date(day)), to: Box::new(date(to)) }, next));
            }
            return Some((date(day), day_end));
        }
        None
    }

    /// A month after a day: "of March", "March", "-Mar-".
    fn month_after(self, at: usize) -> Step<u8> {
        let words = self.words;
        let mut month_at = at;
        month_at += usize::from(words.is_dash(month_at) && words.is_glued(month_at));
        month_at += usize::from(words.time(month_at) == Some(TimeWord::Of));
        month_at += usize::from(words.time(month_at) == Some(TimeWord::The));
        if words.str(month_at).eq_ignore_ascii_case("month") && words.time(month_at + 1) == Some(TimeWord::Of) {
            month_at += 2;
        }
        let Some(TimeWord::Month(month)) = words.time(month_at) else { return None };
        // "12 may be dead", "9 march on the town".
        let word = words.get(month_at)?;
        if word.entry.is_some_and(|it| it.weak) && words.tables.rules.capitals && !word.capital {
            return None;
        }
        let short = word.end - word.start <= 4;
        let next = month_at + 1;
        Some((
            month,
            next + usize::from(short && words.is_mark(next, '.') && words.is_glued(next) && !words.ends_text(next)),
        ))
    }

    /// A day of a month: "9", "9th", "ninth", "twenty-first".
    pub(super) fn day_number(self, at: usize) -> Step<u8> {
        let words = self.words;
        if let Some(digits) = words.digits(at) {
            if digits.len > 2 || digits.marked {
                return None;
            }
            let day = small(digits.whole).filter(|it| (1..=31).contains(it))?;
            return Some((day, at + 1 + usize::from(words.is_ordinal_suffix(at + 1))));
        }
        let (day, next) = self.ordinal(at)?;
        (1..=31).contains(&day).then_some((day, next))
    }

    /// An ordinal word or number: "third", "3rd", "twenty-first".
    pub(super) fn ordinal(self, at: usize) -> Step<u8> {
        let words = self.words;
        if let Some(digits) = words.digits(at) {
            return words.is_ordinal_suffix(at + 1).then_some((small(digits.whole)?, at + 2));
        }
        match words.number(at)? {
            NumberWord::Ordinal(nth) => Some((nth, at + 1)),
            NumberWord::Cardinal(tens @ 20..=90) => {
                let unit_at = at + 1 + usize::from(words.is_dash(at + 1));
                match words.number(unit_at)? {
                    NumberWord::Ordinal(nth) if nth < 10 => Some((small(tens)? + nth, unit_at + 1)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// A second day of the same month: "and 13", "to 5", "-5", "/22", ", 13".
    pub(super) fn another_day(self, at: usize) -> Step<u8> {
        let words = self.words;
        let joins = matches!(words.time(at), Some(TimeWord::And | TimeWord::To | TimeWord::Until))
            || words.is_dash(at)
            || words.is_mark(at, '/')
            || words.is_mark(at, ',');
        if !joins {
            return None;
        }
        let mut day_at = at + 1;
        day_at += usize::from(words.is_mark(at, ',') && words.time(day_at) == Some(TimeWord::And));
        day_at += usize::from(words.time(day_at) == Some(TimeWord::The));
        let (day, next) = self.day_number(day_at)?;
        // "May 3 and 4", but not "May 3 and 4 soldiers", "May 3, 12 people" or "3 and 5:30 May".
        let month_follows = self.month_after(next).is_some() || self.another_day(next).is_some();
        let is_ordinal = next > day_at + 1;
        let counts = words.is_word(next)
            && words.time(next).is_none_or(|it| !matches!(it, TimeWord::Of))
            && !is_ordinal
            && !words.get(next).is_some_and(|it| it.entry.is_some_and(|e| e.stop));
        let clock = words.is_clock_mark(next);
        let is_span = words.is_dash(at) && words.is_glued(at) && words.is_glued(day_at);
        // "June 4 and 5, gunmen", but not "May 3 and 12, 000 people".
        let closes =
            !words.is_mark(next, ',') || !words.is_mark(at, ',') && words.digits(next + 1).is_none_or(|it| it.len != 3);
        (month_follows
            || is_span
            || !counts && !clock && !words.is_mark(at, ',') && closes
            || !counts && !clock && words.is_dash(at))
        .then_some((day, next))
    }

    /// "19980807", as news wires stamp their days.
    fn year_month_day_run(self, at: usize) -> Step<TimeExpr> {
        let digits = self.words.digits(at).filter(|it| it.len == 8 && !it.marked && self.sure)?;
        let date = CalendarDate {
            year: i16::try_from(digits.whole / 10_000).ok().filter(|it| (1900..2200).contains(it)),
            month: small(digits.whole / 100 % 100).filter(|it| (1..=12).contains(it)),
            day: small(digits.whole % 100).filter(|it| (1..=31).contains(it)),
            ..CalendarDate::default()
        };
        (date.year.is_some() && date.month.is_some() && date.day.is_some()).then_some((TimeExpr::Date(date), at + 1))
    }
}

fn group_date(digits: u64, month: u8, year: Option<i16>) -> Option<TimeExpr> {
    let day = small(digits / 10_000).filter(|it| (1..=31).contains(it))?;
    let (hour, minute) = (small(digits / 100 % 100)?, small(digits % 100)?);
    if hour > 23 || minute > 59 {
        return None;
    }
    let date = CalendarDate { year, month: Some(month), day: Some(day), ..CalendarDate::default() };
    Some(TimeExpr::DayPart { part: PartOfDay::Clock(hour, minute), of: Some(Box::new(TimeExpr::Date(date))) })
}

pub(super) fn small(n: u64) -> Option<u8> {
    u8::try_from(n).ok()
}
