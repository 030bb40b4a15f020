//! Numbers that count nothing: ages, names, years, hours, serial numbers.

use super::Unit;
use super::find::bound_before;
use super::number::Number;
use crate::tables::{Bound, Form, WordRole};
use crate::words::{Kind, Words};

/// "22-year-old": the token after it.
pub(super) fn age(words: &Words<'_>, at: usize) -> Option<usize> {
    let number = words.digits(at).is_some() || words.number(at).is_some();
    let unit_at = at + 1 + usize::from(words.is_dash(at + 1));
    let is_unit = words.thing(unit_at).is_some_and(|it| it.unit == Unit::Duration);
    let old_at = unit_at + 1 + usize::from(words.is_dash(unit_at + 1));
    (number && is_unit && words.role(old_at) == WordRole::Old).then_some(old_at + 1)
}

/// "AK-47", "T-72", "Resolution 2254", "No. 5", "4x4".
pub(super) fn is_name_part(words: &Words<'_>, at: usize, number: &Number) -> bool {
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
    // "AK 47", "Mi 24".
    let short_name = follows_short_name(words, at)
        && words.digits(at).is_some_and(|it| it.len <= 3 && !it.marked)
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

/// A short name in capitals that the tables do not know stands before the token.
pub(super) fn follows_short_name(words: &Words<'_>, at: usize) -> bool {
    at > 0
        && words.is_word(at - 1)
        && words.list[at - 1]
            .entry
            .is_none_or(|it| it.time.is_none() && it.number.is_none() && !it.stop && it.thing.is_none())
        && (2..=4).contains(&words.str(at - 1).len())
        && words.str(at - 1).bytes().all(|it| it.is_ascii_uppercase())
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
pub(super) fn stands_alone(
    words: &Words<'_>,
    at: usize,
    number: &Number,
    bound: Option<Bound>,
    definite: bool,
) -> bool {
    if number.implied
        || bound == Some(Bound::Untold)
            && number.low.is_none()
            && number.best.is_none()
            && words.role(number.next) == WordRole::None
    {
        return false;
    }
    if is_age(words, at, number) {
        return false;
    }
    let Some(digits) = words.digits(at) else { return true };
    if digits.thousandths > 0 && number.next == at + 1 {
        return false;
    }
    let is_year = digits.len == 4 && !digits.marked && (1900..2100).contains(&digits.whole) && number.next == at + 1;
    // "1015 Crowd gathers.": the hour that opens an entry of a log.
    let opens = words.list[at].new_line || at > 0 && matches!(words.list[at - 1].kind, Kind::Mark('.' | ';'));
    let is_hour = opens
        && at == number.next - 1
        && digits.len == 4
        && !digits.marked
        && digits.whole < 2400
        && digits.whole % 100 < 60
        && words.get(at + 1).is_some_and(|it| it.capital);
    let leading_zero = digits.len > 1
        && digits.whole.checked_ilog10().map_or(1, |it| it + 1) < u32::from(digits.len)
        && !digits.marked;
    // "Route 5", "Division 30": a capitalised word before it that opens no sentence.
    let named = at > 1
        && words.list[at - 1].capital
        && !words.list[at].new_line
        && !words.list[at - 1].new_line
        && !matches!(words.list[at - 2].kind, Kind::Mark('.' | '!' | '?' | ':' | '"' | '“' | '”' | '•' | '*' | '-'))
        && words.str(at - 1).chars().any(char::is_lowercase);
    !is_year && !is_hour && !leading_zero && (!named || definite) && digits.len <= 9
}

/// An age, an hour, a number of something; also one of several: "aged 4, 6 and 9".
fn is_age(words: &Words<'_>, at: usize, number: &Number) -> bool {
    if at == 0 {
        return false;
    }
    let joins = at > 1 && (words.is_mark(at - 1, ',') || words.role(at - 1) == WordRole::And);
    let before = || words.digits(at - 2).map(|_| Number { next: at - 1, ..*number });
    words.role(at - 1) == WordRole::NotCounting
        || is_age_of(words, at, number)
        || joins && before().is_some_and(|it| is_age(words, at - 2, &it))
}

/// "A boy of 15", "a man of about 80", "boys of 13 and 15", "a welder, twenty-four,", "Male, 34,".
fn is_age_of(words: &Words<'_>, number_at: usize, number: &Number) -> bool {
    if number.best.is_none_or(|it| it >= 110) {
        return false;
    }
    let bounded = number_at > 1 && bound_before(words, number_at - 1).1 == number_at;
    let at = number_at - usize::from(bounded);
    let person = |at: usize| words.thing(at).is_some_and(|it| matches!(it.unit, Unit::Person(_)));
    let two_back = at.checked_sub(2);
    // "A ferryman of 60": any noun behind an article, but "a mob of about 60".
    let noun = |of: usize| (2..=4).any(|n| of.checked_sub(n).is_some_and(|it| words.role(it) == WordRole::Article));
    let behind_of = words.role(at - 1) == WordRole::Of && two_back.is_some_and(person)
        || words.role(at - 1) == WordRole::Of
            && !bounded
            && noun(at - 1)
            && words.thing(at.saturating_sub(2)).is_none()
            && words.number(at.saturating_sub(2)).is_none();
    let second = words.role(at - 1) == WordRole::And && at > 3 && words.role(at - 3) == WordRole::Of && person(at - 4);
    // "Two boys, 12 and 14,".
    let pair = words.role(number.next) == WordRole::And && words.digits(number.next + 1).is_some();
    let closes = pair
        || words.get(number.next).is_none_or(|it| it.new_line || matches!(it.kind, Kind::Mark(',' | ')' | ';' | '.')));
    let apposition = words.is_mark(at - 1, ',')
        && closes
        && two_back.is_some_and(|it| {
            person(it) && (pair || words.thing(it).is_some_and(|it| it.form == Form::Singular))
                || words.list[it].capital
        });
    behind_of || second || apposition
}
