//! Times of day: "06:10", "0620 hrs", "9 p.m.", with the day named after them.

use super::forms::{Parser, Step, is_day_or_days};
use super::numeric::small;
use super::{PartOfDay, TimeExpr};
use crate::tables::{PhraseSense, TimeWord};

impl Parser<'_, '_> {
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
            Some((day, after)) if is_day_or_days(&day) => {
                Some((TimeExpr::DayPart { part, of: Some(Box::new(day)) }, after))
            }
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
                PhraseSense::Time(it @ (TimeWord::Am | TimeWord::Pm)) => Some(it),
                _ => None,
            })
            .map(|(it, next)| {
                (it, next + usize::from(words.is_mark(next, '.') && words.is_glued(next) && !words.ends_text(next)))
            })
    }
}
