//! Years in digits and words, and what only looks like one.

use super::forms::{Parser, Step};
use super::numeric::small;
use crate::tables::{NumberWord, TimeWord};
use crate::words::Kind;

impl Parser<'_, '_> {
    /// The year behind "9 March": "2014", ", 2014", "-2014", "'90", "90" where nothing is counted.
    pub(super) fn year_behind(self, at: usize) -> (Option<i16>, usize) {
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
    pub(super) fn absurd_year(self, at: usize) -> Step<i16> {
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
            let is_part = words.is_clock_mark(at + 1) && words.is_glued(at + 2) && words.digits(at + 2).is_some()
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
}
