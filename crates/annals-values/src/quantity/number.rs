//! Number words and digits to numbers: "1,200", "30 000", "twenty-two", "one hundred and five", "tens of thousands", "half a dozen".

use super::doubt::follows_short_name;
use super::noun::is_counting;
use crate::tables::{NumberWord, PhraseSense, WordRole};
use crate::words::Words;

/// A number as told, before any bound words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) low: Option<u64>,
    pub(super) high: Option<u64>,
    pub(super) best: Option<u64>,
    /// The token after it.
    pub(super) next: usize,
    /// True for an article that stands for one.
    pub(super) implied: bool,
    /// True for "dozens", "several", "many", which take "of".
    pub(super) vague: bool,
}

impl Number {
    fn exact(value: u64, next: usize) -> Self {
        Self { low: Some(value), high: Some(value), best: Some(value), next, implied: false, vague: false }
    }

    fn least(low: Option<u64>, high: Option<u64>, next: usize) -> Self {
        Self { low, high, best: low.filter(|_| low == high), next, implied: false, vague: true }
    }
}

/// Reads a number or a range of two at a token; "20-odd" is 20.
pub(super) fn number_at(words: &Words<'_>, at: usize) -> Option<Number> {
    let number = one_or_two(words, at)?;
    let odd = words.is_dash(number.next)
        && words.is_glued(number.next)
        && words.is_glued(number.next + 1)
        && words.role(number.next + 1) == WordRole::Odd;
    Some(Number { next: number.next + if odd { 2 } else { 0 }, ..number })
}

fn one_or_two(words: &Words<'_>, at: usize) -> Option<Number> {
    if words.role(at) == WordRole::Between {
        let from = single(words, at + 1)?;
        let and = words.role(from.next) == WordRole::And || words.is_dash(from.next);
        let to = single(words, from.next + 1).filter(|_| and)?;
        return range(words, from, to);
    }
    let from = single(words, at)?;
    // "Three to five", "three-to-five".
    let dash = usize::from(words.is_dash(from.next) && words.is_dash(from.next + 2));
    let is_to = words.role(from.next + dash) == WordRole::To;
    let is_dash = words.is_dash(from.next)
        && words.digits(from.next + 1).is_some()
        && words.is_glued(from.next) == words.is_glued(from.next + 1)
        && !words.is_dash(from.next + 2);
    if (is_to || is_dash)
        && !from.vague
        && let Some(both) = single(words, from.next + 1 + 2 * dash).and_then(|to| range(words, from, to))
    {
        return Some(both);
    }
    Some(from)
}

/// "20 to 30", "three or four"; "2 to 3 million", where the scale belongs to both.
fn range(words: &Words<'_>, from: Number, to: Number) -> Option<Number> {
    let (told, high) = (from.best?, to.best?);
    let scales = (from.next..to.next).rev().map_while(|it| scale_at(words, it));
    let scale = scales.fold(1_u64, u64::saturating_mul);
    let is_bare = told < scale && scale_at(words, from.next - 1).is_none();
    let low = told.checked_mul(scale).filter(|it| is_bare && *it < high).unwrap_or(told);
    (low < high).then_some(Number { low: Some(low), high: Some(high), best: None, ..to })
}

fn single(words: &Words<'_>, at: usize) -> Option<Number> {
    let word = words.get(at)?;
    if let Some(quarters) = quarters(words, at) {
        return Some(quarters);
    }
    if let Some(digits) = words.digits(at) {
        if words.is_ordinal_suffix(at + 1) {
            return None;
        }
        if let Some((scale, next)) = scales(words, at + 1) {
            let rest = u64::from(digits.thousandths).checked_mul(scale)? / 1000;
            return Some(Number::exact(digits.whole.checked_mul(scale)?.checked_add(rest)?, next));
        }
        if let Some(it) = spaced(words, at) {
            return Some(it);
        }
        // "1.5" counts nothing by itself, and is kept as a whole number for measures only.
        return Some(Number::exact(digits.whole, at + 1));
    }
    if word.entry?.role == WordRole::Half {
        return half(words, at);
    }
    if word.entry?.role == WordRole::Article {
        return article(words, at);
    }
    match words.number(at)? {
        NumberWord::Cardinal(_) => cardinal(words, at),
        NumberWord::Vague { low, high, scale, times } => Some(vague(words, at, (low, high), scale, times)),
        // "About hundred families", "another dozen soldiers": the article is left out.
        NumberWord::Scale(scale) if scale == 12 || scale >= 100 => {
            scaled(words, 1, at).filter(|it| words.thing(it.next).is_some())
        }
        NumberWord::Scale(_) | NumberWord::Ordinal(_) => None,
    }
}

/// "30 000 people", "1 200 000 people": blanks for thousands marks, where what they make counts something.
fn spaced(words: &Words<'_>, at: usize) -> Option<Number> {
    let opens =
        words.digits(at).filter(|it| !it.marked && it.len <= 3 && it.whole >= 10_u64.pow(u32::from(it.len) - 1))?;
    // "AK-47 300 rounds", "AK 47 300 rounds": a name and a number.
    let in_name = words.is_glued(at)
        && at > 0
        && (words.is_word(at - 1) || words.is_dash(at - 1) && words.is_word(at.wrapping_sub(2)))
        || follows_short_name(words, at);
    let group = |at: usize| {
        let digits = words.digits(at).filter(|it| !it.marked && it.len == 3)?;
        let is_unit = words.is_glued(at + 1) && words.is_word(at + 1);
        (!words.is_glued(at) && !words.new_line_at(at) && !is_unit).then_some(digits.whole)
    };
    let (mut value, mut next) = (opens.whole, at + 1);
    while let Some(rest) = group(next) {
        value = value.checked_mul(1000)?.checked_add(rest)?;
        next += 1;
    }
    // "20 000 to 30 000 people": the noun follows the second.
    let is_first = (words.role(next) == WordRole::To || words.is_dash(next)) && group(next + 2).is_some();
    let joins = next > at + 1 && !in_name && (is_first || is_counting(words, next));
    joins.then(|| Number::exact(value, next))
}

/// "A quarter of a million", "three quarters of a million".
fn quarters(words: &Words<'_>, at: usize) -> Option<Number> {
    let (n, next) = match words.role(at) {
        WordRole::Article => (1, at + 1),
        _ => below_hundred(words, at)?,
    };
    let is_quarter = ["quarter", "quarters"].iter().any(|it| words.str(next).eq_ignore_ascii_case(it));
    let of_a = words.role(next + 1) == WordRole::Of && words.role(next + 2) == WordRole::Article;
    let scale = scale_at(words, next + 3).filter(|_| is_quarter && of_a)?;
    Some(Number::exact(n * scale / 4, next + 4))
}

/// "Half a dozen", "half a million", "half-dozen".
fn half(words: &Words<'_>, at: usize) -> Option<Number> {
    let joins = words.role(at + 1) == WordRole::Article || words.is_dash(at + 1);
    let scale_at_token = at + 1 + usize::from(joins);
    let scale = scale_at(words, scale_at_token)?;
    Some(Number::exact(scale / 2, scale_at_token + 1))
}

/// "A dozen", "a hundred and twenty", "a couple", "a few hundred"; "a policeman" is one.
fn article(words: &Words<'_>, at: usize) -> Option<Number> {
    if words.role(at + 1) == WordRole::Half
        && let Some(half) = half(words, at + 1)
    {
        return Some(half);
    }
    match words.number(at + 1) {
        Some(NumberWord::Scale(_)) => scaled(words, 1, at + 1),
        Some(NumberWord::Vague { low, high, scale, times }) => Some(vague(words, at + 1, (low, high), scale, times)),
        Some(NumberWord::Cardinal(_)) => None,
        Some(NumberWord::Ordinal(_)) | None => Some(Number { implied: true, ..Number::exact(1, at + 1) }),
    }
}

fn vague(
    words: &Words<'_>,
    at: usize,
    (low, high): (Option<u64>, Option<u64>),
    scale: Option<u64>,
    times: Option<u64>,
) -> Number {
    let of = at + 1 + usize::from(words.role(at + 1) == WordRole::Of);
    // "Several hundred", "a few hundred thousand", "a couple of dozen".
    if let (Some(times), Some((unit, next))) = (times, scales(words, of)) {
        let low = times.saturating_mul(unit);
        return Number::least(Some(low), high.map(|_| low), next);
    }
    // "Several hundreds".
    if let (Some(times), Some(NumberWord::Vague { scale: Some(unit), .. })) = (times, words.number(of)) {
        return Number::least(Some(times.saturating_mul(unit)), None, of + 1);
    }
    // "Tens of thousands".
    if let (Some(scale), Some(NumberWord::Vague { scale: Some(unit), .. })) = (scale, words.number(of))
        && of > at + 1
    {
        return Number::least(low.map(|it| it / scale * scale.saturating_mul(unit)), None, of + 1);
    }
    Number::least(low, high, at + 1)
}

/// "Twenty-two", "one hundred and five", "three thousand two hundred", "one and a half dozen".
fn cardinal(words: &Words<'_>, at: usize) -> Option<Number> {
    let (value, next) = below_hundred(words, at)?;
    // "One and a half dozen", "two and a half thousand".
    if words.role(next) == WordRole::And
        && words.role(next + 1) == WordRole::Article
        && words.role(next + 2) == WordRole::Half
        && let Some(scale) = scale_at(words, next + 3)
    {
        return Some(Number::exact(value.checked_mul(scale)?.checked_add(scale / 2)?, next + 4));
    }
    scaled(words, value, next)
}

/// A number with the scale words behind it, and what stands behind each of them.
fn scaled(words: &Words<'_>, mut value: u64, mut next: usize) -> Option<Number> {
    let mut sum = 0_u64;
    while let Some(scale) = scale_at(words, next) {
        value = value.checked_mul(scale)?;
        next += 1;
        if let Some((rest, after)) = below_greater(words, next, scale) {
            value = value.checked_add(rest)?;
            next = after;
        } else if let Some((rest, after)) = below(words, next, scale) {
            sum = sum.checked_add(value)?;
            value = rest;
            next = after;
        }
    }
    Some(Number::exact(sum.checked_add(value)?, next))
}

/// The rest of the hundreds that a greater scale word multiplies: "and fifty" in "two hundred and fifty thousand".
fn below_greater(words: &Words<'_>, at: usize, scale: u64) -> Option<(u64, usize)> {
    let (rest, next) = below_hundred(words, at + usize::from(words.role(at) == WordRole::And))?;
    (scale == 100 && scale_at(words, next).is_some_and(|it| it > scale)).then_some((rest, next))
}

/// The rest of a number after a scale word: "and five" after "one hundred", "two hundred" after "three thousand".
fn below(words: &Words<'_>, at: usize, scale: u64) -> Option<(u64, usize)> {
    if scale < 100 {
        return None;
    }
    let number_at = at + usize::from(words.role(at) == WordRole::And);
    let (value, next) = below_hundred(words, number_at)?;
    match scale_at(words, next) {
        Some(inner) if inner < scale && inner >= 100 => {
            let value = value.checked_mul(inner)?;
            let rest = below(words, next + 1, inner);
            Some(rest.map_or((value, next + 1), |(rest, after)| (value + rest, after)))
        }
        Some(_) => None,
        None => Some((value, next)),
    }
}

/// A number word below a hundred, "twenty-two" or "forty", and the token after it.
pub(crate) fn below_hundred(words: &Words<'_>, at: usize) -> Option<(u64, usize)> {
    // "Quatre-vingt-dix": no sum of tens and units.
    let whole = words.phrase(at, |sense| match sense {
        PhraseSense::Cardinal(it) => Some(it),
        _ => None,
    });
    if whole.is_some() {
        return whole;
    }
    let Some(NumberWord::Cardinal(tens)) = words.number(at) else { return None };
    if tens >= 20 {
        let unit_at = at + 1 + usize::from(words.is_dash(at + 1));
        if let Some(NumberWord::Cardinal(unit @ 1..=9)) = words.number(unit_at) {
            return Some((tens + unit, unit_at + 1));
        }
    }
    Some((tens, at + 1))
}

fn scale_at(words: &Words<'_>, at: usize) -> Option<u64> {
    match words.number(at)? {
        NumberWord::Scale(scale) => Some(scale),
        _ => None,
    }
}

/// Scale words in a row: "hundred thousand".
fn scales(words: &Words<'_>, at: usize) -> Option<(u64, usize)> {
    let mut scale = scale_at(words, at)?;
    let mut next = at + 1;
    while let Some(it) = scale_at(words, next) {
        scale = scale.saturating_mul(it);
        next += 1;
    }
    Some((scale, next))
}
