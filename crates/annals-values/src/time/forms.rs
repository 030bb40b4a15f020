//! The core forms of a time expression, each a function from a token to an expression and the token after it.

use super::{Amount, CalendarDate, Direction, Edge, Lean, PartOfDay, TimeExpr, TimeUnit, Vague};
use crate::tables::{NumberWord, PhraseSense, TimeWord, WordRole};
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
            .phrase(at)
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
        Some(parser.tail(expr, next))
    }

    fn opens_phrase(self, at: usize) -> bool {
        self.phrase(at).is_some()
    }

    fn phrase(self, at: usize) -> Step<TimeExpr> {
        let (word, next) = self.words.phrase(at, |sense| match sense {
            PhraseSense::Time(it) => Some(it),
            _ => None,
        })?;
        self.single(word, next)
    }

    /// A word or phrase that is a whole expression.
    fn single(self, word: TimeWord, next: usize) -> Step<TimeExpr> {
        Some(match word {
            TimeWord::Day(offset) => (days_from_anchor(offset), next),
            TimeWord::Fixed(month, day) => {
                let (year, next) = self.year_after(next).map_or((None, next), |(year, next)| (Some(year), next));
                (
                    TimeExpr::Date(CalendarDate {
                        year,
                        month: Some(month),
                        day: Some(day),
                        ..CalendarDate::default()
                    }),
                    next,
                )
            }
            TimeWord::Floating(month, week, weekday) => {
                let (year, next) = self.year_after(next).map_or((None, next), |(year, next)| (Some(year), next));
                let month = TimeExpr::Date(CalendarDate { year, month: Some(month), ..CalendarDate::default() });
                let week = TimeExpr::Nth { nth: week, unit: TimeUnit::Week, of: Some(Box::new(month)) };
                (TimeExpr::Nth { nth: weekday, unit: TimeUnit::Day, of: Some(Box::new(week)) }, next)
            }
            TimeWord::Vague(it) => (TimeExpr::Vague(it), next),
            TimeWord::Part(part) => (TimeExpr::DayPart { part, of: None }, next),
            TimeWord::Named => (TimeExpr::Named, next),
            _ => return None,
        })
    }

    /// What may follow any day: a part of it, a weekday beside it, the week or year that it lies in.
    fn tail(self, expr: TimeExpr, next: usize) -> (TimeExpr, usize) {
        let words = self.words;
        let is_day = matches!(expr, TimeExpr::Weekday { .. } | TimeExpr::Date(CalendarDate { day: Some(_), .. }))
            || matches!(expr, TimeExpr::Relative { amount, .. } if amount.unit == TimeUnit::Day);
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
        self.words.get(at).is_some_and(|it| it.entry.is_some_and(|entry| entry.weak) && !(self.sure && it.capital))
    }

    /// "Saturday", "Saturday, May 3", "Saturday 9", "Sat 14 Jan 1990".
    fn weekday_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let Some(TimeWord::Weekday(weekday)) = words.time(at) else { return None };
        let mut next = at + 1;
        next += usize::from(words.is_mark(next, '.') && self.words.list[at].end - self.words.list[at].start <= 5);
        let mut date_at = next;
        date_at += usize::from(words.is_mark(date_at, ','));
        date_at += usize::from(words.is_mark(date_at, '(') || words.is_mark(date_at, '['));
        date_at += usize::from(words.time(date_at) == Some(TimeWord::The));
        let date = Self { sure: true, ..self }.numeric(date_at).or_else(|| self.month_form(date_at));
        if let Some((TimeExpr::Date(mut date), after)) = date {
            if date.day.is_some() {
                date.weekday = Some(weekday);
                let close = usize::from(words.is_mark(after, ']') || words.is_mark(after, ')'));
                return Some((TimeExpr::Date(date), after + close));
            }
        }
        // "Saturday 9": a day of the month, unless it counts something.
        if let Some((day, after)) = self.day_number(date_at) {
            let is_count =
                words.digits(date_at).is_some() && words.is_word(after) && !words.is_ordinal_suffix(date_at + 1);
            let has_comma = words.is_mark(next, ',');
            if !has_comma && (!is_count || words.time(after).is_some() || self.ends_clause(after)) {
                let date = CalendarDate { day: Some(day), weekday: Some(weekday), ..CalendarDate::default() };
                return Some((TimeExpr::Date(date), after));
            }
        }
        if self.is_weak(at) {
            return None;
        }
        Some((TimeExpr::Weekday { weekday, lean: Lean::Plain }, next))
    }

    fn ends_clause(self, at: usize) -> bool {
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
        if let Some((day, mut next)) = self.day_number(day_at).filter(|_| !self.is_thousand(day_at)) {
            let mut days = vec![day];
            while let Some((day, after)) = self.another_day(next) {
                days.push(day);
                next = after;
            }
            let (year, next) = self.year_after(next).map_or((None, next), |(year, next)| (Some(year), next));
            return Some((days_of(&days, month, year, Lean::Plain), next));
        }
        if let Some((year, next)) = self.year_after(next) {
            let date = CalendarDate { year: Some(year), month: Some(month), ..CalendarDate::default() };
            return Some((TimeExpr::Date(date), next));
        }
        if self.is_weak(at) {
            return None;
        }
        let date = CalendarDate { month: Some(month), ..CalendarDate::default() };
        // "July last year", "June of this year", "the July past".
        let of = next + usize::from(words.time(next) == Some(TimeWord::Of));
        if let Some((TimeExpr::Period { unit: TimeUnit::Year, lean }, next)) = self.lean_form(of) {
            let year = TimeExpr::Period { unit: TimeUnit::Year, lean };
            return Some((
                TimeExpr::Nth { nth: month.cast_signed(), unit: TimeUnit::Month, of: Some(Box::new(year)) },
                next,
            ));
        }
        if words.time(next) == Some(TimeWord::Lean(Lean::Last)) && self.ends_clause(next + 1) {
            return Some((TimeExpr::Date(CalendarDate { lean: Lean::Last, ..date }), next + 1));
        }
        Some((TimeExpr::Date(date), next))
    }

    /// Digits that open a larger number or a year, and so are no day of a month.
    fn is_thousand(self, at: usize) -> bool {
        self.words.digits(at).is_some_and(|it| it.n_digits > 2)
    }

    /// "today", "yesterday", "tonight", "overnight", "last night".
    fn day_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        match words.time(at)? {
            TimeWord::Day(offset) => Some((days_from_anchor(offset), at + 1)),
            TimeWord::Tonight => {
                Some((TimeExpr::DayPart { part: PartOfDay::Night, of: Some(Box::new(days_from_anchor(0))) }, at + 1))
            }
            TimeWord::Overnight => Some((TimeExpr::DayPart { part: PartOfDay::Overnight, of: None }, at + 1)),
            _ => None,
        }
    }

    /// "early 2015", "late on Monday", "mid-January", "the end of March", "earlier this month".
    fn edge_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let edge = match words.time(at)? {
            TimeWord::Edge(edge) => edge,
            TimeWord::Earlier => Edge::Before,
            TimeWord::Later => Edge::After,
            _ => return None,
        };
        let mut of = at + 1;
        of += usize::from(words.is_dash(of));
        while matches!(words.time(of), Some(TimeWord::Of | TimeWord::On | TimeWord::In | TimeWord::The)) && of < at + 4
        {
            of += 1;
        }
        let has_link = of > at + 1;
        let sure = Self { sure: true, ..self };
        let (inner, next) = sure.core(of, false)?;
        let wanted = match &inner {
            TimeExpr::Date(date) => {
                date.day.is_none() || matches!(edge, Edge::Early | Edge::Late | Edge::Before | Edge::After)
            }
            TimeExpr::Weekday { .. } | TimeExpr::DayPart { .. } => edge != Edge::Mid,
            TimeExpr::Period { unit, .. } => *unit != TimeUnit::Hour,
            TimeExpr::Season { .. } | TimeExpr::Nth { .. } | TimeExpr::Years { .. } => true,
            TimeExpr::Relative { amount, .. } => amount.unit == TimeUnit::Day && amount.count.is_some_and(|it| it <= 1),
            _ => false,
        };
        if !wanted
            || (matches!(words.time(at), Some(TimeWord::Earlier | TimeWord::Later))
                && words.str(at).len() < 6
                && !has_link)
        {
            return None;
        }
        // Early and late on a day are that day.
        match inner {
            TimeExpr::Weekday { .. } | TimeExpr::DayPart { .. } | TimeExpr::Relative { .. } => Some((inner, next)),
            TimeExpr::Date(CalendarDate { day: Some(_), .. }) => Some((inner, next)),
            TimeExpr::Period { unit: TimeUnit::Day, .. } => Some((inner, next)),
            _ => Some((TimeExpr::Edge { edge, of: Box::new(inner) }, next)),
        }
    }

    /// "the second week of September", "the third quarter of 2014", "third-quarter", "the third night".
    fn nth_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let (nth, next) = match words.time(at) {
            Some(TimeWord::Lean(Lean::Last)) => (-1, at + 1),
            _ => self.ordinal(at).map(|(nth, next)| (nth.cast_signed(), next))?,
        };
        let unit_at = next + usize::from(words.is_dash(next));
        let (unit, next) = match words.time(unit_at)? {
            TimeWord::Unit(unit) => (unit, unit_at + 1),
            TimeWord::Weekday(weekday) if words.time(unit_at + 1) == Some(TimeWord::Of) => {
                // "The second Wednesday of May".
                let (TimeExpr::Date(CalendarDate { year, month: Some(month), day: None, .. }), next) =
                    Self { sure: true, ..self }.month_form(unit_at + 2)?
                else {
                    return None;
                };
                let date = CalendarDate { year, month: Some(month), ..CalendarDate::default() };
                let of = TimeExpr::Nth { nth, unit: TimeUnit::Week, of: Some(Box::new(TimeExpr::Date(date))) };
                return Some((
                    TimeExpr::Nth { nth: weekday.cast_signed(), unit: TimeUnit::Day, of: Some(Box::new(of)) },
                    next,
                ));
            }
            _ => return None,
        };
        if matches!(unit, TimeUnit::Century) {
            let first = (i16::from(nth) - 1) * 100;
            return (nth > 0 && nth < 22).then_some((TimeExpr::Years { first, n_years: 100 }, next));
        }
        let of_at = next + usize::from(matches!(words.time(next), Some(TimeWord::Of | TimeWord::In)));
        let of = Self { sure: true, ..self }
            .core(of_at, false)
            .filter(|_| of_at > next || matches!(words.time(of_at), Some(TimeWord::Lean(_))));
        let of = of.filter(|(expr, _)| {
            matches!(
                expr,
                TimeExpr::Date(CalendarDate { day: None, .. }) | TimeExpr::Period { .. } | TimeExpr::Season { .. }
            )
        });
        match of {
            Some((of, next)) => Some((TimeExpr::Nth { nth, unit, of: Some(Box::new(of)) }, next)),
            None if nth > 0 && matches!(unit, TimeUnit::Quarter | TimeUnit::Half) => {
                if unit == TimeUnit::Half && !self.sure {
                    return None;
                }
                let (year, next) = self.year_after(next).map_or((None, next), |(year, next)| (Some(year), next));
                let of = year
                    .map(|year| Box::new(TimeExpr::Date(CalendarDate { year: Some(year), ..CalendarDate::default() })));
                Some((TimeExpr::Nth { nth, unit, of }, next))
            }
            None => None,
        }
    }

    /// "last week", "this morning", "next Monday", "the past 24 hours", "recent weeks", "that day", "the following month".
    fn lean_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let lean = match words.time(at)? {
            TimeWord::Lean(lean) => lean,
            TimeWord::Recent => {
                let TimeWord::Unit(unit) = words.time(at + 1)? else { return None };
                let amount = Amount { count: None, unit };
                return Some((TimeExpr::Stretch { amount, ahead: false }, at + 2));
            }
            TimeWord::Following => return self.next_to(at, Direction::Later),
            TimeWord::Previous => return self.next_to(at, Direction::Earlier),
            // "The fiscal year", "fiscal 1989".
            TimeWord::Filler if self.sure => {
                return match words.time(at + 1) {
                    Some(TimeWord::Unit(unit)) if unit >= TimeUnit::Quarter => {
                        Some((TimeExpr::Period { unit, lean: Lean::Plain }, at + 2))
                    }
                    _ => self.years_form(at + 1),
                };
            }
            TimeWord::Unit(TimeUnit::Weekend) => {
                return Some((TimeExpr::Period { unit: TimeUnit::Weekend, lean: Lean::Plain }, at + 1));
            }
            // "The week", "the quarter" alone tell a period only where one is asked for.
            TimeWord::Unit(unit)
                if self.sure
                    && unit != TimeUnit::Hour
                    && self.ends_clause(at + 1)
                    && words.get(at).is_some_and(|_| {
                        at > 0 && words.time(at - 1) == Some(TimeWord::The) || words.list.len() == 1
                    }) =>
            {
                return Some((TimeExpr::Period { unit, lean: Lean::Plain }, at + 1));
            }
            _ => return None,
        };
        // "This past April", "this coming Sunday", "that same day".
        let (lean, mut next) = match words.time(at + 1) {
            Some(TimeWord::Lean(second)) if lean == Lean::This || lean == Lean::Same => (second, at + 2),
            _ => (lean, at + 1),
        };
        if lean == Lean::Same && words.time(next) == Some(TimeWord::The) {
            next += 1;
        }
        next += usize::from(words.time(next) == Some(TimeWord::Filler));
        match words.time(next) {
            Some(TimeWord::Unit(unit)) => {
                let plural = words.str(next).ends_with(['s', 'S']);
                if plural && matches!(lean, Lean::Last | Lean::Next) {
                    let amount = Amount { count: None, unit };
                    return Some((TimeExpr::Stretch { amount, ahead: lean == Lean::Next }, next + 1));
                }
                if plural {
                    return None;
                }
                // "The past week" is the seven days up to now, "last week" the calendar's.
                if lean == Lean::Last
                    && words.is_rolling(next - 1)
                    && unit != TimeUnit::Day
                    && unit != TimeUnit::Weekend
                {
                    return Some((
                        TimeExpr::Stretch { amount: Amount { count: Some(1), unit }, ahead: false },
                        next + 1,
                    ));
                }
                // "Last year's third quarter".
                if (words.is_mark(next + 1, '\'') || words.is_mark(next + 1, '’')) && words.is_glued(next + 1) {
                    if let Some((TimeExpr::Nth { nth, unit: part, of: None }, after)) = self.nth_form(next + 3) {
                        let of = TimeExpr::Period { unit, lean };
                        return Some((TimeExpr::Nth { nth, unit: part, of: Some(Box::new(of)) }, after));
                    }
                }
                let is_next_day = lean == Lean::Next && unit == TimeUnit::Day;
                if is_next_day {
                    let amount = Amount { count: Some(1), unit };
                    return Some((TimeExpr::Relative { amount, direction: Direction::Later }, next + 1));
                }
                Some((TimeExpr::Period { unit, lean }, next + 1))
            }
            Some(TimeWord::Weekday(weekday)) => {
                // "Last Friday [6 October]", "this Wednesday 4 May".
                if let Some((TimeExpr::Date(date), after)) = self.weekday_form(next) {
                    return Some((TimeExpr::Date(CalendarDate { lean: Lean::Plain, ..date }), after));
                }
                Some((TimeExpr::Weekday { weekday, lean }, next + 1))
            }
            Some(TimeWord::Month(month)) => {
                let sure = Self { sure: true, ..self };
                let (expr, after) = sure.month_form(next)?;
                Some((with_lean(expr, lean, month), after))
            }
            Some(TimeWord::Season(season)) => {
                let (year, after) =
                    self.year_after(next + 1).map_or((None, next + 1), |(year, next)| (Some(year), next));
                Some((TimeExpr::Season { season, year, lean }, after))
            }
            Some(TimeWord::Part(part)) => {
                let day = match (lean, part) {
                    (Lean::Last, PartOfDay::Night | PartOfDay::Evening) => days_from_anchor(-1),
                    (Lean::Last, _) => return None,
                    (Lean::This, _) => days_from_anchor(0),
                    (Lean::Next, _) => {
                        let amount = Amount { count: Some(1), unit: TimeUnit::Day };
                        TimeExpr::Relative { amount, direction: Direction::Later }
                    }
                    (Lean::Same | Lean::Plain, _) => TimeExpr::Period { unit: TimeUnit::Day, lean: Lean::Same },
                };
                Some((TimeExpr::DayPart { part, of: Some(Box::new(day)) }, next + 1))
            }
            _ if matches!(lean, Lean::Last | Lean::Next) => {
                // "The last three days", "the next few days", "the first 24 hours" has its own form.
                let (count, unit_at) = self.amount_number(next)?;
                let TimeWord::Unit(unit) = self.unit(unit_at)? else { return None };
                Some((TimeExpr::Stretch { amount: Amount { count, unit }, ahead: lean == Lean::Next }, unit_at + 1))
            }
            _ => None,
        }
    }

    /// "The following day", "the previous month", "the following 48 hours".
    fn next_to(self, at: usize, direction: Direction) -> Step<TimeExpr> {
        let words = self.words;
        if let Some(TimeWord::Weekday(weekday)) = words.time(at + 1) {
            let lean = if direction == Direction::Later { Lean::Next } else { Lean::Last };
            return Some((TimeExpr::Weekday { weekday, lean }, at + 2));
        }
        if let Some(TimeWord::Part(part)) = words.time(at + 1) {
            let amount = Amount { count: Some(1), unit: TimeUnit::Day };
            return Some((
                TimeExpr::DayPart { part, of: Some(Box::new(TimeExpr::Relative { amount, direction })) },
                at + 2,
            ));
        }
        let (count, unit_at) = self.amount_number(at + 1).unwrap_or((Some(1), at + 1));
        let TimeWord::Unit(unit) = self.unit(unit_at)? else { return None };
        Some((TimeExpr::Relative { amount: Amount { count, unit }, direction }, unit_at + 1))
    }

    /// "two weeks ago", "a day later", "three days earlier", "hours earlier", "in two days"; "the day before".
    fn amount_form(self, at: usize, ahead: bool) -> Step<TimeExpr> {
        let words = self.words;
        let (count, unit_at) = match self.amount_number(at) {
            Some(it) => it,
            None if matches!(words.time(at), Some(TimeWord::Part(_)))
                && matches!(words.time(at + 1), Some(TimeWord::Earlier | TimeWord::Later)) =>
            {
                // "The night before", "the morning after".
                let amount = Amount { count: Some(1), unit: TimeUnit::Day };
                let back = words.time(at + 1) == Some(TimeWord::Earlier);
                let direction = if back { Direction::Earlier } else { Direction::Later };
                return self.ends_clause(at + 2).then_some((TimeExpr::Relative { amount, direction }, at + 2));
            }
            None if matches!(words.time(at), Some(TimeWord::Unit(_))) => {
                // "The day before" is one day, "days before" some.
                let plural = words.str(at).ends_with(['s', 'S']);
                (if plural { None } else { Some(1) }, at)
            }
            None => return None,
        };
        // "two days and nights", "a year-ago".
        let unit = match self.unit(unit_at)? {
            TimeWord::Unit(unit) => unit,
            TimeWord::Part(PartOfDay::Night) => TimeUnit::Day,
            _ => return None,
        };
        let after = unit_at + 1;
        let direction_at = after + usize::from(words.is_dash(after));
        let extra = usize::from(
            words.str(direction_at).eq_ignore_ascii_case("or") || words.str(direction_at).eq_ignore_ascii_case("more"),
        );
        let direction_at =
            direction_at + if extra == 1 && words.str(direction_at).eq_ignore_ascii_case("or") { 2 } else { extra };
        let amount = Amount { count, unit };
        match words.time(direction_at) {
            Some(TimeWord::Ago) => Some((TimeExpr::Relative { amount, direction: Direction::Ago }, direction_at + 1)),
            Some(TimeWord::Earlier) => self.from_day(amount, Direction::Earlier, direction_at + 1),
            Some(TimeWord::Later) => self.from_day(amount, Direction::Later, direction_at + 1),
            Some(TimeWord::Edge(Edge::Late)) if words.str(direction_at).eq_ignore_ascii_case("late") && extra == 1 => {
                Some((TimeExpr::Relative { amount, direction: Direction::Later }, direction_at + 1))
            }
            // "Two days on, …".
            Some(TimeWord::On)
                if count.is_some()
                    && words.str(direction_at).len() == 2
                    && words.str(direction_at).eq_ignore_ascii_case("on")
                    && self.ends_clause(direction_at + 1) =>
            {
                Some((TimeExpr::Relative { amount, direction: Direction::Later }, direction_at + 1))
            }
            _ if ahead && count.is_some() => {
                // "In two days", "within hours"; "in two days' time".
                let possessive = usize::from(words.is_mark(after, '\'') || words.is_mark(after, '’'));
                let time = usize::from(words.str(after + possessive).eq_ignore_ascii_case("time"));
                let next = after + if time == 1 { possessive + 1 } else { 0 };
                if time == 1 {
                    return Some((TimeExpr::Relative { amount, direction: Direction::Ahead }, next));
                }
                self.sure.then_some((TimeExpr::Stretch { amount, ahead: false }, next))
            }
            _ => None,
        }
    }

    /// "two days after Friday", "the day before yesterday": measured from a day that the words give, else from the time before.
    fn from_day(self, amount: Amount, direction: Direction, next: usize) -> Step<TimeExpr> {
        let words = self.words;
        let plain = (TimeExpr::Relative { amount, direction }, next);
        // "Earlier" and "later" close; "before" and "after" may open what they measure from.
        let said = words.str(next - 1);
        if said.eq_ignore_ascii_case("earlier") || said.eq_ignore_ascii_case("later") || words.new_line_at(next) {
            return Some(plain);
        }
        match (Self { sure: true, ..self }).core(next, false) {
            Some((from, after)) if is_day_or_days(&from) => {
                Some((TimeExpr::Measured { amount, direction, from: Box::new(from) }, after))
            }
            // "A day after rebels shelled the town": measured from what the clause tells, which is not known here.
            _ if words.is_word(next) && !words.get(next).is_some_and(|it| it.entry.is_some_and(|it| it.stop)) => {
                Some((TimeExpr::Vague(Vague::Past), next))
            }
            _ => Some(plain),
        }
    }

    /// A unit of time, or a part of a day that counts days.
    fn unit(self, at: usize) -> Option<TimeWord> {
        match self.words.time(at)? {
            it @ (TimeWord::Unit(_) | TimeWord::Part(PartOfDay::Night)) => Some(match it {
                TimeWord::Part(_) => TimeWord::Unit(TimeUnit::Day),
                _ => it,
            }),
            // "hours" is also a clock word.
            TimeWord::Clock if self.words.str(at).eq_ignore_ascii_case("hours") => Some(TimeWord::Unit(TimeUnit::Hour)),
            _ => None,
        }
    }

    /// "two", "24", "a", "a few", "several", "twenty-four", "a couple of"; the inner `None` for untold numbers.
    fn amount_number(self, at: usize) -> Step<Option<u32>> {
        let words = self.words;
        if let Some(digits) = words.digits(at) {
            let next = at + 1 + usize::from(words.is_dash(at + 1));
            return (!digits.marked && digits.n_digits <= 4).then(|| (u32::try_from(digits.whole).ok(), next));
        }
        if words.role(at) == WordRole::Article {
            return match words.number(at + 1) {
                Some(NumberWord::Vague { .. } | NumberWord::Scale(_)) => self.amount_number(at + 1),
                _ => Some((Some(1), at + 1)),
            };
        }
        match words.number(at)? {
            NumberWord::Cardinal(tens) => {
                let mut value = u32::try_from(tens).ok()?;
                let mut next = at + 1;
                let unit_at = next + usize::from(words.is_dash(next));
                if let Some(NumberWord::Cardinal(unit)) = words.number(unit_at) {
                    if (20..100).contains(&value) && unit < 10 {
                        value += u32::try_from(unit).ok()?;
                        next = unit_at + 1;
                    }
                }
                next += usize::from(words.is_dash(next));
                Some((Some(value), next))
            }
            NumberWord::Vague { low, high, .. } => {
                let next = at + 1 + usize::from(words.role(at + 1) == WordRole::Of);
                let count = low.filter(|_| low == high).and_then(|it| u32::try_from(it).ok());
                Some((count, next))
            }
            NumberWord::Scale(scale) => Some((u32::try_from(scale).ok(), at + 1)),
            NumberWord::Ordinal(_) => None,
        }
    }

    /// "at dawn on Sunday", "the night of 8 August", "the morning of the 21st", "night of 12 to 13 May".
    fn part_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let Some(TimeWord::Part(part)) = words.time(at) else { return None };
        let mut of = at + 1;
        while matches!(
            words.time(of),
            Some(TimeWord::Of | TimeWord::On | TimeWord::In | TimeWord::From | TimeWord::The)
        ) && of < at + 4
        {
            of += 1;
        }
        let comma = usize::from(of == at + 1 && words.is_mark(of, ','));
        if let Some((day, next)) = (Self { sure: true, ..self }).core(of + comma, false) {
            let (day, next) = self.second_day(part, day, next);
            if is_day_or_days(&day) && (of > at + 1 || !words.new_line_at(of)) {
                return Some((TimeExpr::DayPart { part: part_over(part, &day), of: Some(Box::new(day)) }, next));
            }
        }
        // "In the night", "during the night" run from one day into the next.
        let over = part == PartOfDay::Night
            && at > 1
            && words.time(at - 1) == Some(TimeWord::The)
            && matches!(words.time(at - 2), Some(TimeWord::In | TimeWord::On));
        Some((TimeExpr::DayPart { part: if over { PartOfDay::NightThrough } else { part }, of: None }, at + 1))
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
    fn season_form(self, at: usize) -> Step<TimeExpr> {
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
    fn years_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let quote = usize::from(words.is_mark(at, '\'') || words.is_mark(at, '’'));
        if let Some(digits) = words.digits(at + quote) {
            let plural = words.is_glued(at + quote + 1) && words.str(at + quote + 1).eq_ignore_ascii_case("s");
            if plural && digits.whole % 10 == 0 {
                let first = match (digits.n_digits, i16::try_from(digits.whole)) {
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

fn with_lean(expr: TimeExpr, lean: Lean, month: u8) -> TimeExpr {
    match expr {
        TimeExpr::Date(date) if date.year.is_none() => {
            TimeExpr::Date(CalendarDate { lean, month: Some(month), ..date })
        }
        _ => expr,
    }
}

fn days_from_anchor(offset: i8) -> TimeExpr {
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

fn is_day_or_days(expr: &TimeExpr) -> bool {
    match expr {
        TimeExpr::Weekday { .. } | TimeExpr::Date(CalendarDate { day: Some(_), .. }) => true,
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
