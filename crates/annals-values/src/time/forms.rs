//! The core forms of a time expression, each a function from a token to an expression and the token after it.

use super::{Amount, CalendarDate, Direction, Lean, PartOfDay, TimeExpr, TimeUnit};
use crate::tables::{PhraseSense, TimeWord};
use crate::words::Words;

/// What was read and the token after it.
pub(super) type Step<T> = Option<(T, usize)>;

/// Reads forms at a token.
#[derive(Clone, Copy)]
pub(super) struct Parser<'w, 't> {
    pub(super) words: &'w Words<'t>,
    /// True where the context makes a time likely (after "in", "since"), so that weak words count.
    pub(super) sure: bool,
    /// How many more expressions may be read inside each other, so that "night of night of …" ends.
    pub(super) depth: u8,
}

impl Parser<'_, '_> {
    /// Reads the expression at `at`, whatever its form; `ahead` after "in", so that "in two days" lies ahead.
    pub(super) fn core(self, at: usize, ahead: bool) -> Step<TimeExpr> {
        let words = self.words;
        let parser = Self { depth: self.depth.checked_sub(1)?, ..self };
        let at = at + usize::from(words.time(at) == Some(TimeWord::The) && !self.opens_phrase(at));
        let (expr, next) = parser
            .ago_form(at)
            .or_else(|| parser.phrase(at))
            .or_else(|| parser.numeric(at))
            .or_else(|| parser.weekday_form(at))
            .or_else(|| parser.month_form(at))
            .or_else(|| parser.day_form(at))
            .or_else(|| parser.edge_form(at))
            .or_else(|| parser.nth_form(at))
            .or_else(|| parser.lean_form(at))
            .or_else(|| parser.amount_form(at, ahead))
            .or_else(|| parser.part_form(at))
            .or_else(|| parser.season_form(at))
            .or_else(|| parser.years_form(at))
            .or_else(|| parser.word_form(at))?;
        let (expr, next) = parser.behind(expr, next);
        Some(parser.tail(expr, next))
    }

    /// "Lundi dernier", "le 12 mars dernier": the word behind places what is before it.
    fn behind(self, expr: TimeExpr, next: usize) -> (TimeExpr, usize) {
        let Some(TimeWord::Behind(lean)) = self.words.time(next) else { return (expr, next) };
        match expr {
            TimeExpr::Weekday { weekday, .. } => (TimeExpr::Weekday { weekday, lean }, next + 1),
            TimeExpr::Date(date) if date.year.is_none() => (TimeExpr::Date(CalendarDate { lean, ..date }), next + 1),
            TimeExpr::Season { season, year: None, .. } => (TimeExpr::Season { season, year: None, lean }, next + 1),
            _ => (expr, next),
        }
    }

    fn opens_phrase(self, at: usize) -> bool {
        self.phrase(at).is_some()
    }

    pub(super) fn phrase(self, at: usize) -> Step<TimeExpr> {
        let (word, next) = self.words.phrase(at, |sense| match sense {
            PhraseSense::Time(it) => Some(it),
            _ => None,
        })?;
        self.single(word, next)
    }

    /// A word or phrase that is a whole expression.
    pub(super) fn single(self, word: TimeWord, next: usize) -> Step<TimeExpr> {
        Some(match word {
            TimeWord::Day(offset) => (days_from_anchor(offset), next),
            TimeWord::Fixed(month, day) => self.days_in(&[day], month, self.year_told(next)),
            TimeWord::Floating(month, week, weekday) => {
                let (year, next) = self.year_told(next);
                let month = TimeExpr::Date(CalendarDate { year, month: Some(month), ..CalendarDate::default() });
                let week = TimeExpr::Nth { nth: week, unit: TimeUnit::Week, of: Some(Box::new(month)) };
                (TimeExpr::Nth { nth: weekday, unit: TimeUnit::Day, of: Some(Box::new(week)) }, next)
            }
            TimeWord::Vague(it) => (TimeExpr::Vague(it), next),
            // "The early hours of Sunday".
            TimeWord::Part(part) => self.part_of(part, next).unwrap_or((TimeExpr::DayPart { part, of: None }, next)),
            // "Easter Sunday, 21 April": the date beside it tells the day.
            TimeWord::Named => match self.weekday_form(next - 1) {
                Some((date @ TimeExpr::Date(_), next)) => (date, next),
                _ => (TimeExpr::Named, next),
            },
            _ => return None,
        })
    }

    /// What may follow any day: a part of it, a weekday beside it, the week or year that it lies in.
    pub(super) fn tail(self, expr: TimeExpr, next: usize) -> (TimeExpr, usize) {
        let words = self.words;
        let is_day = match expr {
            TimeExpr::Weekday { .. }
            | TimeExpr::Date(CalendarDate { day: Some(_), .. })
            | TimeExpr::Nth { unit: TimeUnit::Day, .. } => true,
            TimeExpr::Relative { amount, .. } => amount.unit == TimeUnit::Day,
            _ => false,
        };
        if !is_day {
            return (expr, next);
        }
        // "Friday's", "Friday-night".
        let mut at = next;
        if (words.is_mark(at, '\'') || words.is_mark(at, '’'))
            && words.is_glued(at + 1)
            && words.str(at + 1).eq_ignore_ascii_case("s")
        {
            at += 2;
        }
        let mut part_at = at;
        let comma = words.is_mark(part_at, ',');
        part_at += usize::from(comma);
        if matches!(words.time(part_at), Some(TimeWord::On | TimeWord::In | TimeWord::Earlier | TimeWord::Later)) {
            part_at += 1;
            part_at += usize::from(words.time(part_at) == Some(TimeWord::The));
        } else if comma {
            part_at = usize::MAX;
        }
        let edge = usize::from(matches!(words.time(part_at), Some(TimeWord::Edge(_))));
        let part = match words.time(part_at.saturating_add(edge)) {
            Some(TimeWord::Part(part)) => Some((part, part_at + edge + 1)),
            Some(TimeWord::Overnight) => Some((PartOfDay::Overnight, part_at + edge + 1)),
            _ => None,
        };
        if let Some((part, next)) = part {
            return (TimeExpr::DayPart { part, of: Some(Box::new(expr)) }, next);
        }
        // "Friday last week", "Saturday of next week".
        if let TimeExpr::Weekday { weekday, .. } = expr {
            let of = at + usize::from(words.time(at) == Some(TimeWord::Of));
            if let Some((TimeExpr::Period { unit: TimeUnit::Week, lean }, next)) = self.lean_form(of) {
                let week = TimeExpr::Period { unit: TimeUnit::Week, lean };
                return (
                    TimeExpr::Nth { nth: weekday.cast_signed(), unit: TimeUnit::Day, of: Some(Box::new(week)) },
                    next,
                );
            }
        }
        // "Yesterday, Friday": the weekday repeats what the word tells.
        if matches!(expr, TimeExpr::Relative { .. }) {
            let weekday_at = at + usize::from(words.is_mark(at, ','));
            if matches!(words.time(weekday_at), Some(TimeWord::Weekday(_))) && !self.is_weak(weekday_at) {
                return (expr, weekday_at + 1);
            }
        }
        (expr, at)
    }

    /// A word that could be another one, and has nothing beside it that makes it a time.
    pub(super) fn is_weak(self, at: usize) -> bool {
        let capitals = self.words.tables.rules.capitals;
        let counts = |capital: bool| self.sure && (capital || !capitals);
        self.words.get(at).is_some_and(|it| it.entry.is_some_and(|entry| entry.weak) && !counts(it.capital))
    }

    /// "Saturday", "Saturday, May 3", "Saturday 9", "Sat 14 Jan 1990".
    pub(super) fn weekday_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let Some(TimeWord::Weekday(weekday)) = words.time(at) else { return None };
        let mut next = at + 1;
        next += usize::from(words.is_mark(next, '.') && self.words.list[at].end - self.words.list[at].start <= 5);
        let mut date_at = next;
        date_at += usize::from(words.is_mark(date_at, ','));
        date_at += usize::from(words.is_mark(date_at, '(') || words.is_mark(date_at, '['));
        date_at += usize::from(words.time(date_at) == Some(TimeWord::The));
        let date = Self { sure: true, ..self }.numeric(date_at).or_else(|| self.month_form(date_at));
        let close = |after: usize| after + usize::from(words.is_mark(after, ']') || words.is_mark(after, ')'));
        match date {
            Some((TimeExpr::Date(date), after)) if date.day.is_some() => {
                return Some((TimeExpr::Date(CalendarDate { weekday: Some(weekday), ..date }), close(after)));
            }
            // "Monday, May 9 of last year".
            Some((date @ TimeExpr::Nth { unit: TimeUnit::Day, .. }, after)) => return Some((date, close(after))),
            _ => {}
        }
        // "Saturday 9": a day of the month, unless it counts something.
        if let Some((day, after)) = self.day_number(date_at) {
            let is_count =
                words.digits(date_at).is_some() && words.is_word(after) && !words.is_ordinal_suffix(date_at + 1);
            let has_comma = words.is_mark(next, ',');
            // "Monday, the first day of the month of fasting".
            let names = matches!(words.time(after), Some(TimeWord::Unit(_)));
            if !has_comma && !names && (!is_count || words.time(after).is_some() || self.ends_clause(after)) {
                let date = CalendarDate { day: Some(day), weekday: Some(weekday), ..CalendarDate::default() };
                return Some((TimeExpr::Date(date), after));
            }
        }
        if self.is_weak(at) {
            return None;
        }
        Some((TimeExpr::Weekday { weekday, lean: Lean::Plain }, next))
    }

    pub(super) fn ends_clause(self, at: usize) -> bool {
        self.words.get(at).is_none_or(|it| it.new_line || !self.words.is_word(at))
    }

    /// "March 9, 2014", "March 9-11", "May 3 and 4", "July 2023", "July last year", "July".
    pub(super) fn month_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        if words.time(at) == Some(TimeWord::Unit(TimeUnit::Month)) && words.time(at + 1) == Some(TimeWord::Of) {
            // "The month of March last".
            return (Self { sure: true, ..self })
                .month_form(at + 2)
                .filter(|_| matches!(words.time(at + 2), Some(TimeWord::Month(_))));
        }
        let Some(TimeWord::Month(month)) = words.time(at) else { return None };
        let mut next = at + 1;
        next += usize::from(words.is_mark(next, '.') && words.list[at].end - words.list[at].start <= 4);
        let mut day_at = next;
        while words.is_dash(day_at) && words.is_glued(day_at) {
            day_at += 1;
        }
        day_at += usize::from(words.time(day_at) == Some(TimeWord::The));
        if let Some(((day, year), next)) = self.day_and_year(day_at) {
            return Some((days_of(&[day], month, Some(year), Lean::Plain), next));
        }
        if let Some((day, mut next)) = self.day_number(day_at).filter(|_| !self.is_thousand(day_at)) {
            let mut days = vec![day];
            while let Some((day, after)) = self.another_day(next) {
                days.push(day);
                next = after;
            }
            return Some(self.days_in(&days, month, self.year_told(next)));
        }
        if let Some((year, next)) = self.year_after(next) {
            let date = CalendarDate { year: Some(year), month: Some(month), ..CalendarDate::default() };
            return Some((TimeExpr::Date(date), next));
        }
        if self.is_weak(at) {
            return None;
        }
        let date = CalendarDate { month: Some(month), ..CalendarDate::default() };
        if let Some((year, next)) = self.year_by_lean(next) {
            return Some((nth_of(month, TimeUnit::Month, year), next));
        }
        // "The July past".
        if words.time(next) == Some(TimeWord::Lean(Lean::Last)) && self.ends_clause(next + 1) {
            return Some((TimeExpr::Date(CalendarDate { lean: Lean::Last, ..date }), next + 1));
        }
        Some((TimeExpr::Date(date), next))
    }

    /// Days of a month with the year told behind them, in digits or as "last year".
    pub(super) fn days_in(self, days: &[u8], month: u8, (year, next): (Option<i16>, usize)) -> (TimeExpr, usize) {
        let by_lean = if year.is_none() { self.year_by_lean(next) } else { None };
        let Some((year, next)) = by_lean else { return (days_of(days, month, year, Lean::Plain), next) };
        let month = nth_of(month, TimeUnit::Month, year);
        let day = |day: &u8| nth_of(*day, TimeUnit::Day, month.clone());
        match days {
            [first, .., last] => (TimeExpr::Between { from: Box::new(day(first)), to: Box::new(day(last)) }, next),
            _ => (days.first().map_or(month.clone(), day), next),
        }
    }

    /// "Last year", "of this year" behind a month.
    fn year_by_lean(self, at: usize) -> Step<TimeExpr> {
        let parser = Self { depth: self.depth.checked_sub(1)?, ..self };
        let of = at + usize::from(self.words.time(at) == Some(TimeWord::Of));
        parser.lean_form(of).filter(|it| matches!(it.0, TimeExpr::Period { unit: TimeUnit::Year, .. }))
    }

    /// The year behind a month or a day, and the token after it; the token itself where none is told.
    fn year_told(self, at: usize) -> (Option<i16>, usize) {
        self.year_after(at).map_or((None, at), |(year, next)| (Some(year), next))
    }

    /// Digits that open a larger number or a year, and so are no day of a month.
    fn is_thousand(self, at: usize) -> bool {
        self.words.digits(at).is_some_and(|it| it.len > 2)
    }

    /// "today", "yesterday", "tonight", "overnight", "last night".
    pub(super) fn day_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        match words.time(at)? {
            TimeWord::Day(offset) => Some((days_from_anchor(offset), at + 1)),
            TimeWord::Tonight => {
                Some((TimeExpr::DayPart { part: PartOfDay::Night, of: Some(Box::new(days_from_anchor(0))) }, at + 1))
            }
            TimeWord::Overnight => Some((TimeExpr::DayPart { part: PartOfDay::Overnight, of: None }, at + 1)),
            // "La veille d'une élection" is measured from what is not known here.
            TimeWord::Neighbour(direction) if words.time(at + 1) != Some(TimeWord::Of) => {
                let amount = Amount { count: Some(1), unit: TimeUnit::Day };
                Some((TimeExpr::Relative { amount, direction }, at + 1))
            }
            _ => None,
        }
    }

    /// "at dawn on Sunday", "the night of 8 August", "the morning of the 21st", "night of 12 to 13 May".
    pub(super) fn part_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let Some(TimeWord::Part(part)) = words.time(at) else { return None };
        if let Some(told) = self.part_of(part, at + 1) {
            return Some(told);
        }
        // "In the night", "during the night" run from one day into the next.
        let over = part == PartOfDay::Night
            && at > 1
            && words.time(at - 1) == Some(TimeWord::The)
            && matches!(words.time(at - 2), Some(TimeWord::In | TimeWord::On));
        Some((TimeExpr::DayPart { part: if over { PartOfDay::NightThrough } else { part }, of: None }, at + 1))
    }

    /// The day behind a part of it, with or without "of" and "on".
    fn part_of(self, part: PartOfDay, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let leads = |it: &usize| {
            matches!(words.time(*it), Some(TimeWord::Of | TimeWord::On | TimeWord::In | TimeWord::From | TimeWord::The))
        };
        let of = at + (at..at + 3).take_while(leads).count();
        let comma = usize::from(of == at && words.is_mark(of, ','));
        let (day, next) = (Self { sure: true, ..self }).core(of + comma, false)?;
        let (day, next) = self.second_day(part, day, next);
        let told = TimeExpr::DayPart { part: part_over(part, &day), of: Some(Box::new(day.clone())) };
        (is_day_or_days(&day) && (of > at || !words.new_line_at(of))).then_some((told, next))
    }

    /// "Saturday to Sunday" after "the night of".
    fn second_day(self, part: PartOfDay, day: TimeExpr, next: usize) -> (TimeExpr, usize) {
        let words = self.words;
        let joins = matches!(words.time(next), Some(TimeWord::To | TimeWord::And))
            || words.is_dash(next)
            || words.is_mark(next, '/');
        if part != PartOfDay::Night || !joins {
            return (day, next);
        }
        match (Self { sure: true, ..self }).core(next + 1, false) {
            Some((second, after)) if is_day_or_days(&second) => {
                (TimeExpr::Between { from: Box::new(day), to: Box::new(second) }, after)
            }
            _ => (day, next),
        }
    }

    /// "the summer of 2014", "spring 2013"; "the summer" where one is asked for.
    pub(super) fn season_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let Some(TimeWord::Season(season)) = words.time(at) else { return None };
        let of = at + 1 + usize::from(words.time(at + 1) == Some(TimeWord::Of));
        if let Some((year, next)) = self.year(of) {
            return Some((TimeExpr::Season { season, year: Some(year), lean: Lean::Plain }, next));
        }
        let plain = self.sure
            && (!self.is_weak(at) || words.list.len() == 1 || at > 0 && words.time(at - 1) == Some(TimeWord::The));
        plain.then_some((TimeExpr::Season { season, year: None, lean: Lean::Plain }, at + 1))
    }

    /// "the 1990s", "the '80s", "the nineties"; "2014" after a preposition; "fiscal 1989".
    pub(super) fn years_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let quote = usize::from(words.is_mark(at, '\'') || words.is_mark(at, '’'));
        if let Some(digits) = words.digits(at + quote) {
            let plural = words.is_glued(at + quote + 1) && words.str(at + quote + 1).eq_ignore_ascii_case("s");
            if plural && digits.whole % 10 == 0 {
                let first = match (digits.len, i16::try_from(digits.whole)) {
                    (4, Ok(first)) if (1000..2200).contains(&first) => first,
                    (2, Ok(first)) => self.full_year(first),
                    _ => return None,
                };
                return Some((TimeExpr::Years { first, n_years: 10 }, at + quote + 2));
            }
        }
        if !self.sure {
            return None;
        }
        let (year, next) = self.year(at)?;
        Some((TimeExpr::Date(CalendarDate { year: Some(year), ..CalendarDate::default() }), next))
    }

    /// "recently", "Ramadan", "now".
    fn word_form(self, at: usize) -> Step<TimeExpr> {
        self.single(self.words.time(at)?, at + 1)
    }
}

pub(super) fn with_lean(expr: TimeExpr, lean: Lean, month: u8) -> TimeExpr {
    match expr {
        TimeExpr::Date(date) if date.year.is_none() => {
            TimeExpr::Date(CalendarDate { lean, month: Some(month), ..date })
        }
        _ => expr,
    }
}

fn nth_of(nth: u8, unit: TimeUnit, of: TimeExpr) -> TimeExpr {
    TimeExpr::Nth { nth: nth.cast_signed(), unit, of: Some(Box::new(of)) }
}

pub(super) fn days_from_anchor(offset: i8) -> TimeExpr {
    let direction = if offset > 0 { Direction::Ahead } else { Direction::Ago };
    let amount = Amount { count: Some(u32::from(offset.unsigned_abs())), unit: TimeUnit::Day };
    TimeExpr::Relative { amount, direction }
}

/// One date, or the stretch from the first to the last of several days of one month.
pub(super) fn days_of(days: &[u8], month: u8, year: Option<i16>, lean: Lean) -> TimeExpr {
    let date = |day: Option<&u8>| {
        TimeExpr::Date(CalendarDate { year, month: Some(month), day: day.copied(), lean, ..CalendarDate::default() })
    };
    if days.len() < 2 {
        return date(days.first());
    }
    TimeExpr::Between { from: Box::new(date(days.first())), to: Box::new(date(days.last())) }
}

pub(super) fn is_day_or_days(expr: &TimeExpr) -> bool {
    match expr {
        TimeExpr::Weekday { .. }
        | TimeExpr::Date(CalendarDate { day: Some(_), .. })
        | TimeExpr::Nth { unit: TimeUnit::Day, .. } => true,
        TimeExpr::Relative { amount, .. } => amount.unit == TimeUnit::Day,
        TimeExpr::Period { unit, .. } => *unit == TimeUnit::Day,
        TimeExpr::Between { from, to } => is_day_or_days(from) && is_day_or_days(to),
        TimeExpr::DayPart { of: Some(of), .. } => is_day_or_days(of),
        _ => false,
    }
}

/// A night over two days is both; any other part of a day is that day.
fn part_over(part: PartOfDay, day: &TimeExpr) -> PartOfDay {
    match day {
        TimeExpr::Between { .. } if part == PartOfDay::Night => PartOfDay::Overnight,
        _ => part,
    }
}
