//! Finds quantities: bound words, a number, what it counts.

use std::ops::Range;

use super::number::{Number, number_at};
use super::{Counted, Quantity, Unit};
use crate::tables::{Bound, Form, PhraseSense, Tables, Thing, TimeWord, WordRole};
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
                || words.tables.phrases(it).first().is_some()
        }),
    }
}

/// The next token to try after a failure: past a number that is part of a name or age.
fn skip(words: &Words<'_>, at: usize) -> usize {
    age(words, at).unwrap_or(at + 1)
}

/// "22-year-old": the token after it.
fn age(words: &Words<'_>, at: usize) -> Option<usize> {
    let number = words.digits(at).is_some() || words.number(at).is_some();
    let unit_at = at + 1 + usize::from(words.is_dash(at + 1));
    let is_unit = words.thing(unit_at).is_some_and(|it| it.unit == Unit::Duration);
    let old_at = unit_at + 1 + usize::from(words.is_dash(unit_at + 1));
    (number && is_unit && words.role(old_at) == WordRole::Old).then_some(old_at + 1)
}

fn quantity(words: &Words<'_>, at: usize) -> Option<(Quantity, usize)> {
    let (bound, mut number_start) = bound_before(words, at);
    let another = words.role(number_start) == WordRole::Another;
    number_start += usize::from(another);
    let definite = words.role(number_start) == WordRole::Definite;
    if definite && number_at(words, number_start + 1).is_some_and(|it| !it.implied) {
        // "The 22 civilians", "all the 30 soldiers".
        number_start += 1;
    }
    let number = match number_at(words, number_start) {
        Some(number) => number,
        None if bound == Some(Bound::Untold) => untold(number_start),
        None if another || words.role(number_start) == WordRole::Definite => one(number_start, definite),
        None => return None,
    };
    if is_name_part(words, number_start, &number) || age(words, number_start).is_some() && !number.implied {
        return None;
    }
    let (bound, after) =
        bound_after(words, number.next).map_or((bound, number.next), |(bound, next)| (Some(bound), next));
    let number = Number { next: after, ..number };
    let counted = counted(words, &number);
    if (number.implied || bound == Some(Bound::Untold)) && counted.is_none() {
        return None;
    }
    if number.implied && definite && !counted.as_ref().is_some_and(|it| matches!(it.thing.unit, Unit::Person(_))) {
        return None;
    }
    let money = at > 0 && matches!(words.list[at - 1].kind, Kind::Mark('$' | '€' | '£'));
    let percent = words.is_mark(number.next, '%');
    if counted.is_none() && !money && !percent && !may_stand_alone(words, number_start, &number) {
        return None;
    }
    let (low, high, best) = bounded(&number, bound);
    let number_range = bytes(
        words,
        if number.implied && !definite {
            number_start..number.next.max(number_start + 1)
        } else {
            number_start.min(number.next.saturating_sub(1))..number.next
        },
    );
    let end = counted.as_ref().map_or(number.next, |it| it.end).max(number_start + 1) + usize::from(percent);
    let part_of_previous = counted.as_ref().is_some_and(|it| it.of_previous) || is_included(words, at);
    let unit_of_mark = if money {
        Some(Unit::Money)
    } else if percent {
        Some(Unit::Percentage)
    } else {
        None
    };
    let counted = match (counted, unit_of_mark) {
        (Some(it), None) if !it.of_pronoun => Some(Counted {
            range: bytes(words, it.start..it.end),
            head: bytes(words, it.head..it.end),
            unit: it.thing.unit,
        }),
        (_, Some(unit)) => {
            let mark = bytes(words, end - 1..end);
            Some(Counted { range: mark.clone(), head: mark, unit })
        }
        _ => None,
    };
    let quantity = Quantity {
        range: bytes(words, at..end),
        number: number_range,
        counted,
        low,
        high,
        best,
        part_of_previous,
        implied: number.implied,
    };
    Some((quantity, end))
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

fn bound_before(words: &Words<'_>, at: usize) -> (Option<Bound>, usize) {
    let mut bound = None;
    let mut next = at;
    // "At least some 20", "nearly all the 30": the stricter of two bounds counts.
    for _ in 0..3 {
        let Some((it, after)) = words.phrase(next, |sense| match sense {
            PhraseSense::Before(it) => Some(it),
            _ => None,
        }) else {
            break;
        };
        bound = match bound {
            Some(kept) if it == Bound::About => Some(kept),
            _ => Some(it),
        };
        next = after;
    }
    (bound, next)
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
        None | Some(Bound::About) => (low, high, best),
        Some(Bound::AtLeast | Bound::MoreThan) => (low, None, best),
        Some(Bound::AtMost | Bound::LessThan) => (None, high.or(low), best),
        Some(Bound::Untold) => (None, None, None),
    }
}

/// "AK-47", "T-72", "Resolution 2254", "No. 5", "4x4".
fn is_name_part(words: &Words<'_>, at: usize, number: &Number) -> bool {
    if words.digits(at).is_none() {
        return false;
    }
    if at > 0
        && words.is_glued(at)
        && (words.is_word(at - 1)
            || !matches!(
                words.list[at - 1].kind,
                Kind::Mark(
                    '(' | '['
                        | '"'
                        | '“'
                        | '‘'
                        | '\''
                        | '$'
                        | '€'
                        | '£'
                        | '~'
                        | '—'
                        | '–'
                        | ':'
                        | '*'
                        | '•'
                        | '-'
                        | '/'
                )
            ))
    {
        return true;
    }
    if at > 1 && words.is_glued(at) && words.is_glued(at - 1) && (words.is_dash(at - 1) || words.is_mark(at - 1, '/')) {
        return true;
    }
    let glued_word = words.is_glued(number.next) && words.is_word(number.next);
    let measure = words.thing(number.next).is_some_and(|it| it.unit.is_measure());
    let dashed = words.is_dash(number.next) && words.is_glued(number.next) && words.digits(number.next + 1).is_some();
    glued_word && !measure || dashed || words.is_clock_mark(number.next) && words.digits(number.next + 1).is_some()
}

/// A bare number counts only where it does not read as a year, a measure or a serial number.
fn may_stand_alone(words: &Words<'_>, at: usize, number: &Number) -> bool {
    let Some(digits) = words.digits(at) else { return !number.implied };
    if digits.thousandths > 0 && number.next == at + 1 {
        return false;
    }
    let is_year =
        digits.n_digits == 4 && !digits.marked && (1900..2100).contains(&digits.whole) && number.next == at + 1;
    let leading_zero = digits.n_digits > 1
        && digits.whole.checked_ilog10().map_or(1, |it| it + 1) < u32::from(digits.n_digits)
        && !digits.marked;
    // "Route 5", "Division 30": a capitalised word before it that opens no sentence.
    let named = at > 1
        && words.list[at - 1].capital
        && !words.list[at].new_line
        && !words.list[at - 1].new_line
        && !matches!(words.list[at - 2].kind, Kind::Mark('.' | '!' | '?' | ':' | '"' | '“' | '”' | '•' | '*' | '-'))
        && words.str(at - 1).chars().any(char::is_lowercase);
    !is_year && !leading_zero && !named && digits.n_digits <= 9
}

/// "Including six children", "among them two women".
fn is_included(words: &Words<'_>, at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).map_or(WordRole::None, |it| words.role(it));
    back(1) == WordRole::Including || back(1) == WordRole::OfPrevious && back(2) == WordRole::Including
}

/// The tokens of what is counted.
struct CountedTokens {
    start: usize,
    head: usize,
    end: usize,
    thing: Thing,
    of_previous: bool,
    /// "Six of them": nothing is named.
    of_pronoun: bool,
}

/// Longest run of modifiers between a number and the noun that it counts.
const MODIFIERS: usize = 6;

fn counted(words: &Words<'_>, number: &Number) -> Option<CountedTokens> {
    let mut start = number.next;
    let mut of_previous = false;
    if words.role(start) == WordRole::Of {
        let after = start + 1;
        if words.role(after) == WordRole::OfPrevious {
            let thing = Thing { unit: Unit::Unknown, form: Form::Plural };
            return Some(CountedTokens {
                start: after,
                head: after,
                end: after + 1,
                thing,
                of_previous: true,
                of_pronoun: true,
            });
        }
        let definite = words.role(after) == WordRole::Definite;
        of_previous = definite && !number.vague && is_the(words, after);
        if !(definite || number.vague || words.number(after).is_some()) {
            return None;
        }
        start = after + usize::from(definite);
        // "Two of the 12 soldiers".
        if let Some(whole) = number_at(words, start).filter(|it| !it.implied) {
            start = whole.next;
        }
    }
    let singular = number.best == Some(1) && number.low == Some(1) && start == number.next;
    let (head, end, thing) = head(words, start, singular, number.implied)?;
    Some(CountedTokens { start, head, end, thing, of_previous, of_pronoun: false })
}

fn is_the(words: &Words<'_>, at: usize) -> bool {
    words.time(at) == Some(TimeWord::The)
}

/// The noun that ends the phrase which starts at `start`: its first token, the token after it, and its class.
fn head(words: &Words<'_>, start: usize, singular: bool, implied: bool) -> Option<(usize, usize, Thing)> {
    let fits = |form: Form| match form {
        Form::Singular => singular,
        Form::Plural => !singular,
        Form::Same | Form::Mass => true,
    };
    let mut found: Option<(usize, usize, Thing)> = None;
    let mut unknown: Option<(usize, usize, Thing)> = None;
    let mut at = start;
    while at < start + MODIFIERS + 2 {
        let Some(word) = words.get(at) else { break };
        if word.new_line && at > start {
            break;
        }
        match word.kind {
            // Inside compounds and names: "al-Shabaab", "pick-up", "AK-47".
            Kind::Mark('-' | '‐' | '‑') if word.glued || at == start => {
                at += 1;
                continue;
            }
            Kind::Mark('\'' | '’' | '"' | '“' | '”') if found.is_none() => {
                at += 1;
                continue;
            }
            Kind::Mark(_) => break,
            Kind::Number(_) if word.glued || words.is_glued(at + 1) => {
                at = age(words, at).unwrap_or(at + 1);
                continue;
            }
            Kind::Number(_) => {
                // "One AK 47 rifle": a figure inside a name.
                if found.is_none() && at > start && words.list[at - 1].capital {
                    at += 1;
                    continue;
                }
                break;
            }
            Kind::Word => {}
        }
        let phrase = words.phrase(at, |sense| match sense {
            PhraseSense::Thing(it) => Some(it),
            _ => None,
        });
        let thing = phrase.or_else(|| words.thing(at).map(|it| (it, at + 1)));
        let stops = word.entry.is_some_and(|it| it.stop);
        if let Some((thing, after)) = thing {
            // A noun that is also a stop ("dead", "wounded") is one only right after the number.
            if !(stops && (at > start || implied)) {
                if fits(thing.form) {
                    found = Some((at, after, thing));
                    unknown = None;
                } else if found.is_some() {
                    break;
                }
                at = after;
                // A plural ends the phrase, unless another noun follows at once ("women fighters").
                let more = words.thing(at).is_some_and(|it| fits(it.form))
                    && !words.get(at).is_some_and(|it| it.new_line || it.entry.is_some_and(|e| e.stop));
                if found.is_some() && !more && (!singular || !words.thing(at).is_some_and(|it| fits(it.form))) {
                    break;
                }
                continue;
            }
        }
        if stops
            || found.is_some()
            || matches!(words.time(at), Some(TimeWord::Weekday(_) | TimeWord::Month(_) | TimeWord::Day(_)))
                && !word.entry.is_some_and(|it| it.weak)
        {
            break;
        }
        if unknown.is_none() && !singular && is_plural_like(words, at) {
            unknown = Some((at, at + 1, Thing { unit: Unit::Unknown, form: Form::Plural }));
        }
        at += 1;
    }
    found.or(unknown.filter(|_| !implied))
}

/// A lower-case word that looks like a plural.
fn is_plural_like(words: &Words<'_>, at: usize) -> bool {
    let text = words.str(at);
    text.len() > 3 && text.ends_with(['s', 'S']) && !text.ends_with("ss") && words.role(at) == WordRole::None
}
