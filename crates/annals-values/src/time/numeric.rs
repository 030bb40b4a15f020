//! Dates and times of day in digits: "2014-03-09", "12/3/2015", "9 March 2014", "the ninth of March", "06:10", "141530ZMAR24".

use super::forms::{Parser, Step};
use super::{CalendarDate, Lean, PartOfDay, TimeExpr};
use crate::tables::{NumberWord, TimeWord};
use crate::words::Kind;

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
        // "The 9th", "on the tenth" with nothing counted after it.
        let has_article = at > 0 && words.time(at - 1) == Some(TimeWord::The);
        let counts = words.is_word(day_end)
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
        if word.entry.is_some_and(|it| it.weak) && !word.capital {
            return None;
        }
        let short = word.end - word.start <= 4;
        let next = month_at + 1;
        Some((
            month,
            next + usize::from(short && words.is_mark(next, '.') && words.is_glued(next) && !words.ends_text(next)),
        ))
    }

    /// The year behind "9 March": "2014", ", 2014", "-2014", "'90", "90" where nothing is counted.
    fn year_behind(self, at: usize) -> (Option<i16>, usize) {
        let words = self.words;
        if let Some((year, next)) = self.year_after(at) {
            return (Some(year), next);
        }
        let year_at = at
            + usize::from(words.is_mark(at, '\'') || words.is_mark(at, '’') || words.is_dash(at) && words.is_glued(at));
        let two = words.digits(year_at).filter(|it| it.len == 2 && !it.marked);
        match two {
            Some(it)
                if !words.is_word(year_at + 1)
                    && words.digits(year_at + 1).is_none()
                    && !words.is_clock_mark(year_at + 1) =>
            {
                (Some(self.full_year(i16::try_from(it.whole).unwrap_or(0))), year_at + 1)
            }
            _ => (None, at),
        }
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
        (month_follows
            || is_span
            || !counts && !clock && !words.is_mark(at, ',') && !words.is_mark(next, ',')
            || !counts && !clock && words.is_dash(at))
        .then_some((day, next))
    }

    /// A year in full after a month, a day or a season: "2014", ", 2014", "of 2014", "(2014)", "this year".
    pub(super) fn year_after(self, at: usize) -> Step<i16> {
        let words = self.words;
        let mut year_at = at;
        while words.is_mark(year_at, ',')
            || words.time(year_at) == Some(TimeWord::Of)
            || words.is_dash(year_at) && words.is_glued(year_at)
        {
            year_at += 1;
            if year_at > at + 2 {
                return None;
            }
        }
        if let Some(absurd) = self.absurd_year(year_at) {
            return Some(absurd);
        }
        let plain = || self.year_before_thing(year_at).filter(|_| year_at == at);
        let (year, next) = self.year(year_at).or_else(plain)?;
        let is_count = words.thing(next).is_some() && words.is_mark(at, ',');
        (!is_count).then_some((year, next))
    }

    /// "23 Oct 2017 Syrian activists said": right behind a day and month a year is likelier than a count, unless it is round.
    fn year_before_thing(self, at: usize) -> Step<i16> {
        let digits = self.words.digits(at).filter(|it| it.len == 4 && !it.marked && it.whole % 100 != 0)?;
        let year = i16::try_from(digits.whole).ok().filter(|it| (1900..2100).contains(it))?;
        (!self.words.is_glued(at + 1)).then_some((year, at + 1))
    }

    /// "Oct 042017": day and year of a stripped page, run together.
    pub(super) fn day_and_year(self, at: usize) -> Step<(u8, i16)> {
        let digits = self.words.digits(at).filter(|it| it.len == 6 && !it.marked)?;
        let day = small(digits.whole / 10_000).filter(|it| (1..=31).contains(it))?;
        let year = i16::try_from(digits.whole % 10_000).ok().filter(|it| (1900..2100).contains(it))?;
        Some(((day, year), at + 1))
    }

    /// "2 May 99999": digits where a year stands that no year has; kept, so that the date is told to be impossible.
    fn absurd_year(self, at: usize) -> Step<i16> {
        let words = self.words;
        let digits = words.digits(at).filter(|it| matches!(it.len, 5..=9) && !it.marked && it.whole >= 10_000)?;
        let closes = words
            .get(at + 1)
            .is_none_or(|it| it.new_line || matches!(it.kind, Kind::Mark('.' | ',' | ';' | ')' | ':')));
        (closes && digits.whole > 9_999).then_some((i16::MAX, at + 1))
    }

    /// A year in digits or words: "2014", "nineteen ninety-six", "two thousand".
    pub(super) fn year(self, at: usize) -> Step<i16> {
        let words = self.words;
        if let Some(digits) = words.digits(at) {
            let year = i16::try_from(digits.whole).ok().filter(|_| digits.len == 4 && !digits.marked)?;
            let is_part = words.is_clock_mark(at + 1)
                || words.is_glued(at + 1)
                    && (words.is_dash(at + 1) && words.is_word(at + 2) && words.is_glued(at + 2)
                        || words.is_word(at + 1));
            return ((1700..2200).contains(&year) && !is_part && words.thing(at + 1).is_none())
                .then_some((year, at + 1));
        }
        let cardinal = |at: usize| match words.number(at) {
            Some(NumberWord::Cardinal(it)) => i16::try_from(it).ok(),
            _ => None,
        };
        let below_hundred = |at: usize| {
            let tens = cardinal(at)?;
            let unit_at = at + 1 + usize::from(words.is_dash(at + 1));
            match cardinal(unit_at) {
                Some(unit @ 1..=9) if tens >= 20 => Some((tens + unit, unit_at + 1)),
                _ => Some((tens, at + 1)),
            }
        };
        let century = cardinal(at)?;
        if matches!(century, 18..=20) {
            let (rest, next) = below_hundred(at + 1).filter(|it| it.0 >= 10)?;
            return Some((century * 100 + rest, next));
        }
        if century == 2 && words.number(at + 1) == Some(NumberWord::Scale(1000)) && self.sure {
            let rest_at = at + 2 + usize::from(words.time(at + 2) == Some(TimeWord::And));
            let (rest, next) = below_hundred(rest_at).unwrap_or((0, at + 2));
            return Some((2000 + rest, next));
        }
        None
    }

    /// A two-digit year in full.
    pub(super) fn full_year(self, year: i16) -> i16 {
        year + if year > self.words.tables.rules.two_digit_pivot { 1900 } else { 2000 }
    }

    /// A time of day: "06:10", "0620 hrs", "9 p.m.", "9am", "at 03:40 today"; with the day named after it.
    pub(super) fn clock(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let digits = words.digits(at).filter(|it| it.len <= 4)?;
        let (mut hour, minute, mut next, mut sure) = if digits.len <= 2
            && !digits.marked
            && words.is_clock_mark(at + 1)
            && words.is_glued(at + 2)
            && words.digits(at + 2).is_some_and(|it| it.len == 2)
        {
            (small(digits.whole)?, small(words.digits(at + 2)?.whole)?, at + 3, true)
        } else if digits.marked && digits.len <= 2 {
            // "9.30pm": a point for the colon.
            (small(digits.whole)?, u8::try_from(digits.thousandths / 10).ok()?, at + 1, false)
        } else if digits.len == 4 && !digits.marked {
            (small(digits.whole / 100)?, small(digits.whole % 100)?, at + 1, false)
        } else {
            (small(digits.whole)?, 0, at + 1, false)
        };
        // "06:10:22".
        if words.is_clock_mark(next) && words.is_glued(next + 1) && words.digits(next + 1).is_some() {
            next += 2;
        }
        let half = match self.half_day(next) {
            Some((half, after)) => {
                next = after;
                sure = true;
                Some(half)
            }
            None => None,
        };
        while words.time(next) == Some(TimeWord::Clock)
            && (sure || digits.len == 4 || !matches!(words.str(next), "hours" | "hr" | "hrs"))
        {
            next += 1;
            sure = true;
        }
        match half {
            Some(TimeWord::Pm) if hour < 12 => hour += 12,
            Some(TimeWord::Am) if hour == 12 => hour = 0,
            _ => {}
        }
        // "14/11 0935".
        let four = digits.len == 4 && at > 1 && words.is_mark(at - 2, '/');
        if !(sure || four) || hour > 24 || minute > 59 {
            return None;
        }
        let part = PartOfDay::Clock(hour.min(23), minute);
        let day_at = next + usize::from(matches!(words.time(next), Some(TimeWord::On | TimeWord::In)));
        let day_at = day_at + usize::from(words.is_mark(day_at, ','));
        if words.new_line_at(day_at) {
            return Some((TimeExpr::DayPart { part, of: None }, next));
        }
        match (Self { sure: true, ..self }).core(day_at, false) {
            Some((day, after)) if is_day(&day) => Some((TimeExpr::DayPart { part, of: Some(Box::new(day)) }, after)),
            _ => Some((TimeExpr::DayPart { part, of: None }, next)),
        }
    }

    /// "am", "p.m."
    fn half_day(self, at: usize) -> Step<TimeWord> {
        let words = self.words;
        if let Some(it @ (TimeWord::Am | TimeWord::Pm)) = words.time(at) {
            return Some((it, at + 1));
        }
        words
            .phrase(at, |sense| match sense {
                crate::tables::PhraseSense::Time(it @ (TimeWord::Am | TimeWord::Pm)) => Some(it),
                _ => None,
            })
            .map(|(it, next)| {
                (it, next + usize::from(words.is_mark(next, '.') && words.is_glued(next) && !words.ends_text(next)))
            })
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

fn is_day(expr: &TimeExpr) -> bool {
    match expr {
        TimeExpr::Weekday { .. }
        | TimeExpr::Date(CalendarDate { day: Some(_), .. })
        | TimeExpr::Nth { unit: super::TimeUnit::Day, .. } => true,
        TimeExpr::Relative { amount, .. } => amount.unit == super::TimeUnit::Day,
        TimeExpr::Period { unit, .. } => *unit == super::TimeUnit::Day,
        // "Six on Tuesday evening", "two this morning".
        TimeExpr::DayPart { of: Some(of), .. } => is_day(of),
        _ => false,
    }
}

fn small(n: u64) -> Option<u8> {
    u8::try_from(n).ok()
}
