//! Finds quantities: bound words, a number, what it counts.

use std::ops::Range;

use super::doubt::{age, is_name_part, stands_alone};
use super::noun::{counted, counts_one, measures_one, more_words};
use super::number::{Number, number_at};
use super::{Counted, Quantity, Unit};
use crate::tables::{Bound, PhraseSense, Tables, WordRole};
use crate::time::{TimeMention, find_times_in};
use crate::words::{Kind, Words};

/// Finds the quantities of a text, in order and without overlap. Numbers inside dates and times of day are left out.
pub fn find_quantities(text: &str, tables: &Tables) -> Vec<Quantity> {
    let words = Words::scan(text, tables);
    let times = find_times_in(&words);
    quantities_in(&words, &times)
}

/// Finds times and quantities in one pass over the text.
pub fn find_values(text: &str, tables: &Tables) -> (Vec<TimeMention>, Vec<Quantity>) {
    let words = Words::scan(text, tables);
    let times = find_times_in(&words);
    let quantities = quantities_in(&words, &times);
    (times, quantities)
}

pub(super) fn quantities_in(words: &Words<'_>, times: &[TimeMention]) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut times = times.iter().peekable();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        while times.next_if(|it| it.range.end <= word.start).is_some() {}
        // "A day of clashes" is a time, "in two villages" is none: only what lies inside a time is left out.
        if times.peek().is_some_and(|it| it.range.start <= word.start) || !may_start(words, at) {
            at += 1;
            continue;
        }
        match quantity(words, at) {
            Some((quantity, next)) => {
                found.push(quantity);
                at = next;
            }
            None => at = skip(words, at),
        }
    }
    found
}

/// A cheap test that turns nearly all words away.
fn may_start(words: &Words<'_>, at: usize) -> bool {
    let word = &words.list[at];
    match word.kind {
        Kind::Number(_) => true,
        Kind::Mark(_) => false,
        Kind::Word => word.entry.is_some_and(|it| {
            it.number.is_some()
                || matches!(
                    it.role,
                    WordRole::Article | WordRole::Definite | WordRole::Between | WordRole::Half | WordRole::Another
                )
                || !words.tables.phrases(it).is_empty()
        }),
    }
}

/// The next token to try after a failure: past a number that is part of a name or age.
fn skip(words: &Words<'_>, at: usize) -> usize {
    let number = number_at(words, at).filter(|it| !it.implied && !it.vague && words.role(at) != WordRole::Between);
    age(words, at).or(number.map(|it| it.next)).unwrap_or(at + 1)
}

fn quantity(words: &Words<'_>, at: usize) -> Option<(Quantity, usize)> {
    let (bound, number_at_token, start) = bound_before(words, at);
    // "Handed over 12 prisoners".
    let is_verbs = at > 0 && words.str(at).eq_ignore_ascii_case("over") && hands(words.str(at - 1));
    let (bound, start) = if is_verbs { (None, number_at_token) } else { (bound, start) };
    let mut number_start = number_at_token;
    let another = words.role(number_start) == WordRole::Another;
    number_start += usize::from(another);
    let definite = words.role(number_start) == WordRole::Definite;
    let mut start = start;
    if definite && number_at(words, number_start + 1).is_some_and(|it| !it.implied) {
        // "The 22 civilians", "his two bodyguards": quoted without the article.
        number_start += 1;
        start = if start == number_at_token { number_start } else { start };
    }
    let number = match number_at(words, number_start) {
        Some(number) => number,
        None if bound == Some(Bound::Untold) => untold(number_start),
        None if another || definite => one(number_start, definite),
        None => return None,
    };
    let number = spaced_thousands(words, bound, number);
    if is_name_part(words, number_start, &number) || !number.implied && age(words, number_start).is_some() {
        return None;
    }
    // "Over a house": only numbers have bounds.
    let (bound, start) = match bound {
        // "A group of 12 soldiers" tells the number.
        Some(Bound::Untold) if !definite && !number.implied && !number.vague => (None, start),
        Some(Bound::Untold) => (bound, start),
        _ if number.implied => (None, start.max(number_at_token)),
        _ => (bound, start),
    };
    let told_twice = Number { next: after_repeat(words, number.next), ..number };
    let (after_bound, after) = match bound_after(words, told_twice.next) {
        Some((bound, next)) => (Some(bound), next),
        None => (bound, told_twice.next),
    };
    let number = Number { next: after, ..number };
    let counted = counted(words, &number);
    if counted.is_none() && !stands_alone(words, number_start, &number, after_bound, definite) {
        return None;
    }
    if number.implied && !counted.as_ref().is_some_and(|it| counts_one(words, it, definite)) {
        return None;
    }
    if counted.as_ref().is_some_and(|it| it.thing.unit.is_measure() && measures_one(words, it.end)) {
        return None;
    }
    let mut end =
        counted.as_ref().map_or(number.next + more_words(words, number.next), |it| it.end).max(number_start + 1);
    let late_bound = bound_after(words, end).filter(|_| after_bound.is_none());
    let bound = late_bound.map_or(after_bound, |it| Some(it.0));
    end = late_bound.map_or(end, |it| it.1);
    let money = start > 0 && matches!(words.list[start - 1].kind, Kind::Mark('$' | '€' | '£'));
    let percent = words.is_mark(end, '%');
    end += usize::from(percent);
    let (low, high, best) = bounded(&number, bound);
    let quantity = Quantity {
        range: bytes(words, start..end),
        number: bytes(words, number_start.min(number.next.saturating_sub(1))..number.next),
        part_of_previous: counted.as_ref().is_some_and(|it| it.of_previous) || is_included(words, start),
        counted: match counted {
            _ if money || percent => {
                let unit = if money { Unit::Money } else { Unit::Percentage };
                let mark = bytes(words, if money { start - 1..start } else { end - 1..end });
                Some(Counted { range: mark.clone(), head: mark, unit })
            }
            Some(it) if !it.of_pronoun => Some(Counted {
                range: bytes(words, it.start..it.end),
                head: bytes(words, it.head..it.end),
                unit: it.thing.unit,
            }),
            _ => None,
        },
        low,
        high,
        best,
        implied: number.implied,
    };
    // "Two of the 130 people": the whole is a quantity of its own.
    let next = quantity_within(words, number.next, end).unwrap_or(end);
    Some((quantity, next))
}

/// Verbs that "over" belongs to.
fn hands(word: &str) -> bool {
    const VERBS: [&str; 14] = [
        "hand", "handed", "handing", "hands", "turn", "turned", "turning", "take", "taken", "took", "gave", "give",
        "given", "giving",
    ];
    VERBS.iter().any(|it| word.eq_ignore_ascii_case(it))
}

/// A number between "of the" and the noun.
fn quantity_within(words: &Words<'_>, from: usize, end: usize) -> Option<usize> {
    let is_whole =
        words.role(from) == WordRole::Of && matches!(words.role(from + 1), WordRole::Definite | WordRole::OfPrevious);
    let at = from + 1 + usize::from(is_whole);
    (words.role(from) == WordRole::Of && at < end && number_at(words, at).is_some_and(|it| !it.implied && !it.vague))
        .then_some(at)
}

/// "More than 1, 000 others": a blank behind the thousands mark of a stripped page, where a bound word makes it one number.
fn spaced_thousands(words: &Words<'_>, bound: Option<Bound>, number: Number) -> Number {
    let first = number.next.checked_sub(1).and_then(|it| words.digits(it)).filter(|it| it.len <= 3 && !it.marked);
    let second =
        words.digits(number.next + 1).filter(|it| it.len == 3 && !it.marked && words.is_mark(number.next, ','));
    match (first, second) {
        (Some(first), Some(second))
            if bound.is_some() && words.is_glued(number.next) && !words.is_glued(number.next + 1) =>
        {
            let value = Some(first.whole * 1000 + second.whole);
            Number { low: value, high: value, best: value, next: number.next + 2, ..number }
        }
        _ => number,
    }
}

/// "Two (2) pistols": the figure repeats the word.
fn after_repeat(words: &Words<'_>, at: usize) -> usize {
    let repeats = words.is_mark(at, '(') && words.digits(at + 1).is_some() && words.is_mark(at + 2, ')');
    if repeats { at + 3 } else { at }
}

fn bytes(words: &Words<'_>, tokens: Range<usize>) -> Range<usize> {
    let last = tokens.end.clamp(tokens.start + 1, words.list.len()) - 1;
    words.list[tokens.start.min(last)].start..words.list[last].end
}

fn untold(next: usize) -> Number {
    Number { low: None, high: None, best: None, next, implied: false, vague: true }
}

fn one(at: usize, definite: bool) -> Number {
    Number { low: Some(1), high: Some(1), best: Some(1), next: at + usize::from(definite), implied: true, vague: false }
}

/// The bound words at a token: the bound, the token after them, and where the phrase starts.
pub(super) fn bound_before(words: &Words<'_>, at: usize) -> (Option<Bound>, usize, usize) {
    let mut bound = None;
    let mut next = at;
    let mut start = at;
    // "At least some 20", "nearly all the 30": the stricter of two bounds counts.
    for _ in 0..3 {
        let Some((it, after)) = words.phrase(next, |sense| match sense {
            PhraseSense::Before(it) => Some(it),
            _ => None,
        }) else {
            break;
        };
        bound = match (bound, it) {
            (kept, Bound::Nothing) => kept,
            (Some(kept), Bound::About) => Some(kept),
            _ => Some(it),
        };
        next = after;
        start = if bound.is_none() { next } else { start };
    }
    (bound, next, start)
}

fn bound_after(words: &Words<'_>, at: usize) -> Option<(Bound, usize)> {
    if words.is_mark(at, '+') && words.is_glued(at) {
        return Some((Bound::AtLeast, at + 1));
    }
    words.phrase(at, |sense| match sense {
        PhraseSense::After(it) => Some(it),
        _ => None,
    })
}

type Bounds = (Option<u64>, Option<u64>, Option<u64>);

/// The codebook's bounds: "at least 12" is 12 and no upper one, "up to 30" the other way round, "about 20" is 20.
fn bounded(number: &Number, bound: Option<Bound>) -> Bounds {
    let (low, high, best) = (number.low, number.high, number.best);
    match bound {
        None | Some(Bound::About | Bound::Nothing) => (low, high, best),
        Some(Bound::AtLeast | Bound::MoreThan) => (low, None, best),
        Some(Bound::AtMost | Bound::LessThan) => (None, high.or(low), best),
        Some(Bound::Untold) => (None, None, None),
    }
}

/// "Including six children", "among them two women".
fn is_included(words: &Words<'_>, at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).map_or(WordRole::None, |it| words.role(it));
    back(1) == WordRole::Including || back(1) == WordRole::OfPrevious && back(2) == WordRole::Including
}
