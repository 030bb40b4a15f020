//! Number words and digits to numbers: "1,200", "twenty-two", "one hundred and five", "tens of thousands", "half a dozen".

use crate::tables::{NumberWord, WordRole};
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

/// Reads a number or a range of two at a token.
pub(super) fn number_at(words: &Words<'_>, at: usize) -> Option<Number> {
    if words.role(at) == WordRole::Between {
        let from = single(words, at + 1)?;
        let and = words.role(from.next) == WordRole::And || words.is_dash(from.next);
        let to = single(words, from.next + 1).filter(|_| and)?;
        return range(from, to);
    }
    let from = single(words, at)?;
    let is_to = words.role(from.next) == WordRole::To;
    let is_dash = words.is_dash(from.next)
        && words.digits(from.next + 1).is_some()
        && words.is_glued(from.next) == words.is_glued(from.next + 1)
        && !words.is_dash(from.next + 2);
    if (is_to || is_dash)
        && !from.vague
        && let Some(both) = single(words, from.next + 1).and_then(|to| range(from, to))
    {
        return Some(both);
    }
    Some(from)
}

/// "20 to 30", "three or four", "2 to 3 million".
fn range(from: Number, to: Number) -> Option<Number> {
    let (low, high) = (from.best?, to.best?);
    (low < high).then_some(Number { low: Some(low), high: Some(high), best: None, ..to })
}

fn single(words: &Words<'_>, at: usize) -> Option<Number> {
    let word = words.get(at)?;
    if let Some(digits) = words.digits(at) {
        if words.is_ordinal_suffix(at + 1) {
            return None;
        }
        if let Some(scale) = scale_at(words, at + 1) {
            let value = digits.whole.checked_mul(scale)?.checked_add(u64::from(digits.thousandths) * scale / 1000)?;
            return Some(Number::exact(value, at + 2));
        }
        // "1.5" counts nothing by itself, and is kept as a whole number for measures only.
        return Some(Number::exact(digits.whole, at + 1));
    }
    if word.entry?.role == WordRole::Half {
        // "Half a dozen", "half a million".
        let scale_at_token = at + 1 + usize::from(words.role(at + 1) == WordRole::Article);
        let scale = scale_at(words, scale_at_token)?;
        return Some(Number::exact(scale / 2, scale_at_token + 1));
    }
    if word.entry?.role == WordRole::Article {
        return article(words, at);
    }
    match words.number(at)? {
        NumberWord::Cardinal(_) => cardinal(words, at),
        NumberWord::Vague { low, high, scale, times } => Some(vague(words, at, (low, high), scale, times)),
        // "About hundred families": the article is left out.
        NumberWord::Scale(scale) if scale >= 100 && words.thing(at + 1).is_some() => Some(Number::exact(scale, at + 1)),
        NumberWord::Scale(_) | NumberWord::Ordinal(_) => None,
    }
}

/// "A dozen", "a hundred and twenty", "a couple", "a few hundred"; "a policeman" is one.
fn article(words: &Words<'_>, at: usize) -> Option<Number> {
    match words.number(at + 1) {
        Some(NumberWord::Scale(scale)) => {
            let rest = below(words, at + 2, scale);
            let (value, next) = rest.map_or((scale, at + 2), |(rest, next)| (scale + rest, next));
            Some(Number::exact(value, next))
        }
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
    // "Several hundred", "a couple of dozen".
    if let (Some(times), Some(unit)) = (times, scale_at(words, of)) {
        let low = times.saturating_mul(unit);
        return Number::least(Some(low), high.map(|_| low), of + 1);
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
    let (mut value, mut next) = below_hundred(words, at)?;
    // "One and a half dozen", "two and a half thousand".
    if words.role(next) == WordRole::And
        && words.role(next + 1) == WordRole::Article
        && words.role(next + 2) == WordRole::Half
        && let Some(scale) = scale_at(words, next + 3)
    {
        return Some(Number::exact(value.checked_mul(scale)?.checked_add(scale / 2)?, next + 4));
    }
    let mut sum = 0_u64;
    while let Some(scale) = scale_at(words, next) {
        value = value.checked_mul(scale)?;
        next += 1;
        if let Some((rest, after)) = below(words, next, scale) {
            sum = sum.checked_add(value)?;
            value = rest;
            next = after;
        }
    }
    Some(Number::exact(sum.checked_add(value)?, next))
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

fn below_hundred(words: &Words<'_>, at: usize) -> Option<(u64, usize)> {
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
