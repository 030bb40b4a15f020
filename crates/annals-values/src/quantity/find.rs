//! Finds quantities: bound words, a number, what it counts.

use std::ops::Range;

use super::number::{Number, number_at};
use super::{Counted, Quantity, Unit};
use crate::tables::{Bound, Form, NumberWord, PhraseSense, Tables, Thing, TimeWord, WordRole};
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
    let number = number_at(words, at).filter(|it| !it.implied && !it.vague && words.role(at) != WordRole::Between);
    age(words, at).or(number.map(|it| it.next)).unwrap_or(at + 1)
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
    let (bound, number_at_token, start) = bound_before(words, at);
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

/// Tells whether an article before this noun counts one of something that outcomes count: "a policeman", but not "an attack".
fn counts_one(words: &Words<'_>, counted: &CountedTokens, definite: bool) -> bool {
    let form = counted.thing.form;
    let person = matches!(counted.thing.unit, Unit::Person(_));
    let counts = !matches!(counted.thing.unit, Unit::Happening | Unit::Place | Unit::Money | Unit::Unknown)
        && !counted.thing.unit.is_measure();
    let fits =
        if definite { person && form == Form::Singular } else { counts && matches!(form, Form::Singular | Form::Same) };
    let last = words.get(counted.end - 1).and_then(|it| it.entry).copied().unwrap_or_default();
    fits && !(last.adjective && goes_on(words, counted.end))
}

/// A noun may follow: the next token is a word on the same line that ends no phrase.
fn goes_on(words: &Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(|it| {
        it.kind == Kind::Word && !it.new_line && !it.entry.is_some_and(|it| it.stop || it.time.is_some())
            || words.is_dash(at) && it.glued
    })
}

/// A number between "of the" and the noun.
fn quantity_within(words: &Words<'_>, from: usize, end: usize) -> Option<usize> {
    let is_whole =
        words.role(from) == WordRole::Of && matches!(words.role(from + 1), WordRole::Definite | WordRole::OfPrevious);
    let at = from + 1 + usize::from(is_whole);
    (words.role(from) == WordRole::Of && at < end && number_at(words, at).is_some_and(|it| !it.implied && !it.vague))
        .then_some(at)
}

/// "More than 1, 000 others": a blank behind the thousands mark of a stripped page.
fn spaced_thousands(words: &Words<'_>, bound: Option<Bound>, number: Number) -> Number {
    let first = number.next.checked_sub(1).and_then(|it| words.digits(it)).filter(|it| it.n_digits <= 3 && !it.marked);
    let second =
        words.digits(number.next + 1).filter(|it| it.n_digits == 3 && !it.marked && words.is_mark(number.next, ','));
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

/// "Dozens more", "two others": what follows a number without naming anything.
fn more_words(words: &Words<'_>, at: usize) -> usize {
    usize::from(words.role(at) == WordRole::More && !words.is_glued(at))
}

/// "12 kg bomb", "107 mm rocket": the measure belongs to one thing.
fn measures_one(words: &Words<'_>, after: usize) -> bool {
    words.thing(after).is_some_and(|it| matches!(it.form, Form::Singular | Form::Same) && !it.unit.is_measure())
        && !words.get(after).is_some_and(|it| it.new_line)
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
fn bound_before(words: &Words<'_>, at: usize) -> (Option<Bound>, usize, usize) {
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

/// "AK-47", "T-72", "Resolution 2254", "No. 5", "4x4".
fn is_name_part(words: &Words<'_>, at: usize, number: &Number) -> bool {
    if words.digits(at).is_none() {
        return is_compound(words, number.next) && !number.implied;
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
    // "AK 47", "Mi 24": a short name in capitals that the tables do not know.
    let short_name = at > 0
        && words.is_word(at - 1)
        && words.list[at - 1]
            .entry
            .is_none_or(|it| it.time.is_none() && it.number.is_none() && !it.stop && it.thing.is_none())
        && (2..=4).contains(&words.str(at - 1).len())
        && words.str(at - 1).bytes().all(|it| it.is_ascii_uppercase())
        && words.digits(at).is_some_and(|it| it.n_digits <= 3 && !it.marked)
        && !words.thing(number.next).is_some_and(|it| it.form == Form::Plural);
    // "Nine-story", "two-star", "25-KG".
    if short_name || is_compound(words, number.next) {
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

/// A number glued by a hyphen to a word that is no plural.
fn is_compound(words: &Words<'_>, after: usize) -> bool {
    words.is_dash(after)
        && words.is_glued(after)
        && words.is_glued(after + 1)
        && words.is_word(after + 1)
        && !words.thing(after + 1).is_some_and(|it| it.form == Form::Plural)
}

/// A bare number counts only where it does not read as a year, an age, an hour or a serial number.
fn stands_alone(words: &Words<'_>, at: usize, number: &Number, bound: Option<Bound>, definite: bool) -> bool {
    if number.implied
        || bound == Some(Bound::Untold)
            && number.low.is_none()
            && number.best.is_none()
            && words.role(number.next) == WordRole::None
    {
        return false;
    }
    if at > 0 && (words.role(at - 1) == WordRole::NotCounting || is_age_of(words, at, number)) {
        return false;
    }
    let Some(digits) = words.digits(at) else { return true };
    if digits.thousandths > 0 && number.next == at + 1 {
        return false;
    }
    let is_year =
        digits.n_digits == 4 && !digits.marked && (1900..2100).contains(&digits.whole) && number.next == at + 1;
    // "1015 Crowd gathers.": the hour that opens an entry of a log.
    let opens = words.list[at].new_line || at > 0 && matches!(words.list[at - 1].kind, Kind::Mark('.' | ';'));
    let is_hour = opens
        && at == number.next - 1
        && digits.n_digits == 4
        && !digits.marked
        && digits.whole < 2400
        && digits.whole % 100 < 60
        && words.get(at + 1).is_some_and(|it| it.capital);
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
    !is_year && !is_hour && !leading_zero && !(named && !definite) && digits.n_digits <= 9
}

/// "A boy of 15", "boys of 13 and 15", "a welder, twenty-four,", "Male, 34,".
fn is_age_of(words: &Words<'_>, at: usize, number: &Number) -> bool {
    if !number.best.is_some_and(|it| it < 110) {
        return false;
    }
    let person = |at: usize| words.thing(at).is_some_and(|it| matches!(it.unit, Unit::Person(_)));
    let two_back = at.checked_sub(2);
    // "A ferryman of 60": any noun behind an article.
    let noun = |of: usize| (2..=4).any(|n| of.checked_sub(n).is_some_and(|it| words.role(it) == WordRole::Article));
    let behind_of = words.role(at - 1) == WordRole::Of && two_back.is_some_and(person)
        || words.role(at - 1) == WordRole::Of
            && noun(at - 1)
            && words.thing(at.saturating_sub(2)).is_none()
            && words.number(at.saturating_sub(2)).is_none();
    let second = words.role(at - 1) == WordRole::And && at > 3 && words.role(at - 3) == WordRole::Of && person(at - 4);
    let closes = words.get(number.next).is_none_or(|it| it.new_line || matches!(it.kind, Kind::Mark(',' | ')' | ';')));
    let apposition = words.is_mark(at - 1, ',')
        && closes
        && two_back.is_some_and(|it| {
            person(it) && words.thing(it).is_some_and(|it| it.form == Form::Singular) || words.list[it].capital
        });
    behind_of || second || apposition
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
            // "Six of them", "four of them children", "four of these hostages".
            if let Some((head, end, thing)) =
                head(words, after + 1, false, false).filter(|it| it.0 <= after + 3 && it.2.unit != Unit::Unknown)
            {
                return Some(CountedTokens {
                    start: after + 1,
                    head,
                    end,
                    thing,
                    of_previous: true,
                    of_pronoun: false,
                });
            }
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
        of_previous = definite && !number.vague && words.time(after) == Some(TimeWord::The);
        if !(definite || number.vague || words.number(after).is_some() || words.digits(after).is_some()) {
            return None;
        }
        start = after + usize::from(definite);
        // "Two of the 12 soldiers".
        if let Some(whole) = number_at(words, start).filter(|it| !it.implied) {
            start = whole.next;
            of_previous |= !number.vague;
        }
    } else if number.vague && matches!(words.role(start), WordRole::Definite | WordRole::OfPrevious) {
        // "A number of their vehicles", "some of those wounded".
        start += 1;
    }
    let more = more_words(words, start);
    if more > 0
        && words.thing(start).is_some()
        && head(words, start + 1, false, false).is_none_or(|it| it.2.unit == Unit::Unknown)
    {
        // "About 20 others".
        let thing = words.thing(start)?;
        return Some(CountedTokens { start, head: start, end: start + 1, thing, of_previous, of_pronoun: false });
    }
    start += more;
    let singular = number.best == Some(1) && number.low == Some(1) && words.role(number.next) != WordRole::Of;
    let (head, end, thing) = head(words, start, singular, number.implied)?;
    Some(CountedTokens { start, head, end, thing, of_previous, of_pronoun: false })
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
            Kind::Mark('\'' | '’' | '"' | '“' | '”' | '‘') if found.is_none() => {
                at += 1;
                continue;
            }
            // "Two Frontier Corps (FC) personnel".
            Kind::Mark('(') if found.is_none() => {
                let Some(close) = (at + 2..at + 6).find(|&it| words.is_mark(it, ')')) else { break };
                at = close + 1;
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
        let entry = word.entry.copied().unwrap_or_default();
        if at > start && matches!(entry.number, Some(NumberWord::Cardinal(_))) {
            break;
        }
        let phrase = words.phrase(at, |sense| match sense {
            PhraseSense::Thing(it) => Some(it),
            _ => None,
        });
        if let Some((thing, after)) = phrase.or_else(|| entry.thing.map(|it| (it, at + 1))) {
            if entry.adjectival {
                if at == start && !implied {
                    // "40 dead federal soldiers": the noun behind it counts, if there is one close by.
                    let behind = head(words, after, singular, implied).filter(|it| {
                        it.0 <= after + 2
                            && matches!(it.2.unit, Unit::Person(_) | Unit::Group)
                            && it.2.form != Form::Same
                    });
                    return behind.or(Some((at, after, thing)));
                }
                break;
            }
            if !(entry.stop && (at > start || implied)) {
                if fits(thing.form) {
                    found = Some((at, after, thing));
                } else if found.is_some() {
                    break;
                }
                at = after;
                if found.is_some() && !continues(words, at, thing, &fits) {
                    break;
                }
                continue;
            }
        }
        // "Eight abducted workers": a participle right before the noun.
        let before_noun = entry.participle
            && !implied
            && at == start
            && words.thing(at + 1).is_some_and(|it| fits(it.form))
            && !words.get(at + 1).is_some_and(|it| it.new_line || it.entry.is_some_and(|it| it.stop || it.adjectival));
        if before_noun {
            at += 1;
            continue;
        }
        // "A study examining female …": a clause begins.
        if implied && at > start && words.str(at).ends_with("ing") {
            break;
        }
        let names_day =
            matches!(entry.time, Some(TimeWord::Weekday(_) | TimeWord::Month(_) | TimeWord::Day(_))) && !entry.weak;
        if entry.stop || found.is_some() || names_day {
            break;
        }
        if unknown.is_none() && !singular && is_plural_like(words, at) {
            unknown = Some((at, at + 1, Thing { unit: Unit::Unknown, form: Form::Plural }));
        }
        at += 1;
    }
    found.or(unknown.filter(|_| !implied))
}

/// Tells whether the phrase goes on behind a noun: "women fighters", "police officers", but not "guard shot".
fn continues(words: &Words<'_>, at: usize, last: Thing, fits: &impl Fn(Form) -> bool) -> bool {
    let Some(entry) = words.get(at).filter(|it| !it.new_line).and_then(|it| it.entry) else { return false };
    let Some(next) = entry.thing else { return false };
    !entry.stop
        && !entry.adjectival
        && !matches!(entry.number, Some(NumberWord::Cardinal(_)))
        && fits(next.form)
        && next.unit != Unit::Happening
        && match last.form {
            Form::Singular => true,
            // "Women fighters", "munitions depots".
            _ => next.form == Form::Plural && (next.unit == Unit::Building || is_person(last) && is_person(next)),
        }
}

fn is_person(thing: Thing) -> bool {
    matches!(thing.unit, Unit::Person(_))
}

/// A word that looks like a plural.
fn is_plural_like(words: &Words<'_>, at: usize) -> bool {
    let text = words.str(at);
    text.len() > 3 && text.ends_with(['s', 'S']) && !text.ends_with("ss") && words.role(at) == WordRole::None
}
