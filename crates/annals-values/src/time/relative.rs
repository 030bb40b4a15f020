//! Forms that tell a time by another: edges, parts, "last" and "next", "ago" and "later".

use super::forms::{Parser, Step, days_from_anchor, is_day_or_days, with_lean};
use super::{Amount, CalendarDate, Direction, Edge, Lean, PartOfDay, TimeExpr, TimeUnit, Vague};
use crate::quantity::below_hundred;
use crate::tables::{NumberWord, PhraseSense, TimeWord, WordRole};

impl Parser<'_, '_> {
    /// "early 2015", "late on Monday", "mid-January", "the end of March", "earlier this month".
    pub(super) fn edge_form(self, at: usize) -> Step<TimeExpr> {
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
        // "Earlier in the day".
        if has_link && self.closes(at) && words.time(of) == Some(TimeWord::Unit(TimeUnit::Day)) && !self.is_plural(of) {
            return Some((TimeExpr::Period { unit: TimeUnit::Day, lean: Lean::Plain }, of + 1));
        }
        let sure = Self { sure: true, ..self };
        let (inner, next) = sure.core(of, false)?;
        let wanted = match &inner {
            TimeExpr::Date(date) => {
                date.day.is_none() || matches!(edge, Edge::Early | Edge::Late | Edge::Before | Edge::After)
            }
            TimeExpr::Weekday { .. } | TimeExpr::DayPart { .. } => edge != Edge::Mid,
            TimeExpr::Period { unit, .. } => *unit > TimeUnit::Hour,
            TimeExpr::Season { .. } | TimeExpr::Nth { .. } | TimeExpr::Years { .. } => true,
            TimeExpr::Relative { amount, .. } => amount.unit == TimeUnit::Day && amount.count.is_some_and(|it| it <= 1),
            _ => false,
        };
        let leads = matches!(words.time(at), Some(TimeWord::Earlier | TimeWord::Later)) && !self.closes(at);
        if !wanted || (leads && !has_link) {
            return None;
        }
        // Early and late on a day are that day.
        match inner {
            TimeExpr::Weekday { .. }
            | TimeExpr::DayPart { .. }
            | TimeExpr::Relative { .. }
            | TimeExpr::Date(CalendarDate { day: Some(_), .. })
            | TimeExpr::Period { unit: TimeUnit::Day, .. } => Some((inner, next)),
            _ => Some((TimeExpr::Edge { edge, of: Box::new(inner) }, next)),
        }
    }

    /// "the second week of September", "the third quarter of 2014", "third-quarter", "the third night".
    pub(super) fn nth_form(self, at: usize) -> Step<TimeExpr> {
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
        let some_last = nth == -1 && self.is_plural(next - 1);
        let of = of.filter(|(expr, _)| {
            matches!(
                expr,
                TimeExpr::Date(CalendarDate { day: None, .. }) | TimeExpr::Period { .. } | TimeExpr::Season { .. }
            )
        });
        match of {
            // "The last days of May".
            Some((of, next)) if some_last => Some((TimeExpr::Edge { edge: Edge::Late, of: Box::new(of) }, next)),
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
    pub(super) fn lean_form(self, at: usize) -> Step<TimeExpr> {
        let words = self.words;
        let lean = match words.time(at)? {
            TimeWord::Lean(lean) => lean,
            TimeWord::Recent => {
                let (amount, next) = self.amount(at + 1)?;
                return Some((TimeExpr::Stretch { amount, ahead: false }, next));
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
            TimeWord::Unit(unit) if let Some(TimeWord::Behind(lean)) = words.time(at + 1) => {
                return Some((TimeExpr::Period { unit, lean }, at + 2));
            }
            TimeWord::Part(part) if let Some(TimeWord::Behind(lean)) = words.time(at + 1) => {
                return part_behind(at + 1, part, lean);
            }
            TimeWord::Unit(TimeUnit::Weekend) => {
                return Some((TimeExpr::Period { unit: TimeUnit::Weekend, lean: Lean::Plain }, at + 1));
            }
            // "The week", "the quarter" alone tell a period only where one is asked for.
            TimeWord::Unit(unit)
                if self.sure
                    && unit > TimeUnit::Hour
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
            Some(TimeWord::Unit(unit)) => self.unit_behind(next, unit, lean),
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
            Some(TimeWord::Part(part)) => part_behind(next, part, lean),
            _ if matches!(lean, Lean::Last | Lean::Next) => {
                // "The last three days", "the next few days", "the first 24 hours" has its own form.
                let (amount, next) = self.counted(next)?;
                Some((TimeExpr::Stretch { amount, ahead: lean == Lean::Next }, next))
            }
            _ => None,
        }
    }

    /// A unit behind "last", "this", "next" or "that".
    fn unit_behind(self, next: usize, unit: TimeUnit, lean: Lean) -> Step<TimeExpr> {
        let words = self.words;
        let plural = self.is_plural(next);
        if plural && matches!(lean, Lean::Last | Lean::Next) {
            let amount = Amount { count: None, unit };
            return Some((TimeExpr::Stretch { amount, ahead: lean == Lean::Next }, next + 1));
        }
        if plural {
            return None;
        }
        // "The past week" is the seven days up to now, "last week" the calendar's.
        if lean == Lean::Last && words.is_rolling(next - 1) && unit != TimeUnit::Day && unit != TimeUnit::Weekend {
            return Some((TimeExpr::Stretch { amount: Amount { count: Some(1), unit }, ahead: false }, next + 1));
        }
        // "Last year's third quarter".
        if (words.is_mark(next + 1, '\'') || words.is_mark(next + 1, '’'))
            && words.is_glued(next + 1)
            && let Some((TimeExpr::Nth { nth, unit: part, of: None }, after)) = self.nth_form(next + 3)
        {
            let of = TimeExpr::Period { unit, lean };
            return Some((TimeExpr::Nth { nth, unit: part, of: Some(Box::new(of)) }, after));
        }
        let is_next_day = lean == Lean::Next && unit == TimeUnit::Day;
        if is_next_day {
            let amount = Amount { count: Some(1), unit };
            return Some((TimeExpr::Relative { amount, direction: Direction::Later }, next + 1));
        }
        Some((TimeExpr::Period { unit, lean }, next + 1))
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
        let amount = Amount { count, unit: self.unit(unit_at)? };
        Some((TimeExpr::Relative { amount, direction }, unit_at + 1))
    }

    /// A unit with an s that its singular has not.
    pub(super) fn is_plural(self, at: usize) -> bool {
        let singular = self.words.str(at).strip_suffix(['s', 'S']);
        singular.and_then(|it| self.words.tables.entry(it)).is_some_and(|it| it.time.is_some())
    }

    /// "Il y a trois jours", where "ago" stands before the amount.
    pub(super) fn ago_form(self, at: usize) -> Step<TimeExpr> {
        let ((), amount_at) =
            self.words.phrase(at, |sense| matches!(sense, PhraseSense::Time(TimeWord::Ago)).then_some(()))?;
        let (amount, next) = self.counted(amount_at)?;
        Some((TimeExpr::Relative { amount, direction: Direction::Ago }, next))
    }

    /// "two weeks ago", "a day later", "three days earlier", "hours earlier", "in two days"; "the day before".
    pub(super) fn amount_form(self, at: usize, ahead: bool) -> Step<TimeExpr> {
        let words = self.words;
        // "Les trois derniers mois".
        if let Some((count, recent)) = self.amount_number(at)
            && words.time(recent) == Some(TimeWord::Recent)
            && let Some(unit) = self.unit(recent + 1)
        {
            return Some((TimeExpr::Stretch { amount: Amount { count, unit }, ahead: false }, recent + 2));
        }
        let counted = self.counted(at);
        let is_counted = counted.is_some();
        let (amount, after) = match counted {
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
            None => {
                // "The day before" is one day, "days before" some.
                let Some(TimeWord::Unit(unit)) = words.time(at) else { return None };
                let plural = self.is_plural(at);
                (Amount { count: if plural { None } else { Some(1) }, unit }, at + 1)
            }
        };
        // "A year-ago".
        let direction_at = after + usize::from(words.is_dash(after));
        let extra = usize::from(
            words.str(direction_at).eq_ignore_ascii_case("or") || words.str(direction_at).eq_ignore_ascii_case("more"),
        );
        let direction_at =
            direction_at + if extra == 1 && words.str(direction_at).eq_ignore_ascii_case("or") { 2 } else { extra };
        // "Deux jours plus tard".
        if let Some((direction, next)) = words.phrase(direction_at, |sense| match sense {
            PhraseSense::Time(TimeWord::Earlier) => Some(Direction::Earlier),
            PhraseSense::Time(TimeWord::Later) => Some(Direction::Later),
            _ => None,
        }) {
            return Some((TimeExpr::Relative { amount, direction }, next));
        }
        match words.time(direction_at) {
            Some(TimeWord::Ago) => Some((TimeExpr::Relative { amount, direction: Direction::Ago }, direction_at + 1)),
            Some(TimeWord::Earlier) => Some(self.measured(amount, Direction::Earlier, direction_at + 1)),
            Some(TimeWord::Later) => Some(self.measured(amount, Direction::Later, direction_at + 1)),
            Some(TimeWord::Edge(Edge::Late)) if words.str(direction_at).eq_ignore_ascii_case("late") && extra == 1 => {
                Some((TimeExpr::Relative { amount, direction: Direction::Later }, direction_at + 1))
            }
            // "Two days on, …".
            Some(TimeWord::On)
                if amount.count.is_some()
                    && words.str(direction_at).len() == 2
                    && words.str(direction_at).eq_ignore_ascii_case("on")
                    && self.ends_clause(direction_at + 1) =>
            {
                Some((TimeExpr::Relative { amount, direction: Direction::Later }, direction_at + 1))
            }
            // "In the day" counts nothing.
            _ if ahead && is_counted && amount.count.is_some() => {
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
    fn measured(self, amount: Amount, direction: Direction, next: usize) -> (TimeExpr, usize) {
        let words = self.words;
        let plain = (TimeExpr::Relative { amount, direction }, next);
        // "Earlier" and "later" close; "before" and "after" may open what they measure from.
        if self.closes(next - 1) || words.new_line_at(next) {
            return plain;
        }
        match (Self { sure: true, ..self }).core(next, false) {
            Some((from, after)) if is_day_or_days(&from) => {
                (TimeExpr::Measured { amount, direction, from: Box::new(from) }, after)
            }
            // "A day after rebels shelled the town": measured from what the clause tells, which is not known here.
            _ if words.is_word(next) && !words.get(next).is_some_and(|it| it.entry.is_some_and(|it| it.stop)) => {
                let from = Box::new(TimeExpr::Vague(Vague::Past));
                (TimeExpr::Measured { amount, direction, from }, next)
            }
            _ => plain,
        }
    }

    /// "Earlier" and "later" compare; "before" and "after" lead what they compare with.
    pub(super) fn closes(self, at: usize) -> bool {
        ["earlier", "later"].iter().any(|it| self.words.str(at).eq_ignore_ascii_case(it))
    }

    /// "two weeks", "several months", "years".
    pub(super) fn amount(self, at: usize) -> Step<Amount> {
        self.counted(at).or_else(|| Some((Amount { count: None, unit: self.unit(at)? }, at + 1)))
    }

    /// "two weeks", "several months", "half a year", "a year and a half", "two and a half years".
    pub(super) fn counted(self, at: usize) -> Step<Amount> {
        let words = self.words;
        if words.role(at) == WordRole::Half && words.role(at + 1) == WordRole::Article {
            return Some((halves(1, self.unit(at + 2)?), at + 3));
        }
        let (count, next) = self.amount_number(at)?;
        let half_before = self.and_a_half(next);
        let unit_at = half_before.unwrap_or(next);
        let unit = self.unit(unit_at)?;
        let half_behind = self.and_a_half(unit_at + 1).filter(|_| half_before.is_none());
        let amount = match count {
            Some(count) if half_before.or(half_behind).is_some() => {
                halves(count.saturating_mul(2).saturating_add(1), unit)
            }
            // "A weeks-long offensive".
            Some(1) if words.role(at) == WordRole::Article && self.is_plural(unit_at) => Amount { count: None, unit },
            _ => Amount { count, unit },
        };
        Some((amount, half_behind.unwrap_or(unit_at + 1)))
    }

    /// "and a half", "-and-a-half": the token after it, unless it goes on as "half a dozen".
    fn and_a_half(self, at: usize) -> Option<usize> {
        let words = self.words;
        let mut next = at;
        for role in [WordRole::And, WordRole::Article, WordRole::Half] {
            next += usize::from(words.is_dash(next));
            if words.role(next) != role {
                return None;
            }
            next += 1;
        }
        words.number(next).is_none().then_some(next)
    }

    /// A unit of time, or a part of a day that counts days.
    pub(super) fn unit(self, at: usize) -> Option<TimeUnit> {
        match self.words.time(at)? {
            // "A half hour" is no half of a year.
            TimeWord::Unit(TimeUnit::Half) if matches!(self.words.time(at + 1), Some(TimeWord::Unit(_))) => None,
            TimeWord::Unit(unit) => Some(unit),
            TimeWord::Part(PartOfDay::Night) => Some(TimeUnit::Day),
            // "hours" is also a clock word.
            TimeWord::Clock if self.words.str(at).eq_ignore_ascii_case("hours") => Some(TimeUnit::Hour),
            _ => None,
        }
    }

    /// "two", "24", "a", "a few", "several", "twenty-four", "a couple of"; the inner `None` for untold numbers.
    fn amount_number(self, at: usize) -> Step<Option<u32>> {
        let words = self.words;
        if let Some(digits) = words.digits(at) {
            let next = at + 1 + usize::from(words.is_dash(at + 1));
            return (!digits.marked && digits.len <= 4).then(|| (u32::try_from(digits.whole).ok(), next));
        }
        if words.role(at) == WordRole::Article {
            return match words.number(at + 1) {
                Some(NumberWord::Vague { .. } | NumberWord::Scale(_)) => self.amount_number(at + 1),
                _ => Some((Some(1), at + 1)),
            };
        }
        match words.number(at)? {
            NumberWord::Cardinal(_) => {
                let (value, next) = below_hundred(words, at)?;
                Some((Some(u32::try_from(value).ok()?), next + usize::from(words.is_dash(next))))
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
}

/// A number of half units, counted in a smaller unit where there is one that tells them.
fn halves(n_halves: u32, unit: TimeUnit) -> Amount {
    let (per_unit, unit) = match unit {
        TimeUnit::Century => (100, TimeUnit::Year),
        TimeUnit::Decade => (10, TimeUnit::Year),
        TimeUnit::Year => (12, TimeUnit::Month),
        TimeUnit::Half => (6, TimeUnit::Month),
        TimeUnit::Quarter => (13, TimeUnit::Week),
        TimeUnit::Month => (4, TimeUnit::Week),
        TimeUnit::Fortnight => (2, TimeUnit::Week),
        TimeUnit::Week => (7, TimeUnit::Day),
        TimeUnit::Weekend | TimeUnit::Day | TimeUnit::Hour | TimeUnit::Minute => (1, unit),
    };
    Amount { count: Some(n_halves.saturating_mul(per_unit) / 2), unit }
}

/// A part of a day behind "last", "this", "next" or "that".
fn part_behind(next: usize, part: PartOfDay, lean: Lean) -> Step<TimeExpr> {
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
