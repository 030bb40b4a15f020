//! The count that a whole noun phrase tells: "at least 12 civilians", "a policeman", "rebels", "Amadou".

use super::find::{bound_before, quantities_in};
use super::noun::counted;
use super::number::number_at;
use super::{Count, Quantity, Unit};
use crate::tables::{Form, Opening, PhraseSense, Tables, WordRole};
use crate::time::find_times_in;
use crate::words::{Kind, Words};

/// The count that a quoted phrase tells, as the codebook counts it.
///
/// A stated number gives its bounds; a plural without a number, a share and nobody tell none; anything else is one: a named person, "suicide bomber".
pub fn count_phrase(text: &str, tables: &Tables) -> Count {
    let words = Words::scan(text, tables);
    if tells_no_count(&words) {
        return Count::default();
    }
    let times = find_times_in(&words);
    let quantities = quantities_in(&words, &times);
    if let Some(sum) = sum(text, &quantities, tables) {
        return sum;
    }
    // "Two of the four surveyors": the part is what is quoted.
    if let [part, whole, ..] = quantities.as_slice()
        && whole.range.end <= part.range.end
        && part.range.start == 0
    {
        return Count { low: part.low, high: part.high, best: part.best };
    }
    let best = quantities.iter().max_by_key(|it| (rank(it), std::cmp::Reverse(it.range.start)));
    match best {
        Some(it) if rank(it) > 0 => Count { low: it.low, high: it.high, best: it.best },
        _ if is_plural(&words) => Count::default(),
        _ => Count { low: Some(1), high: Some(1), best: Some(1) },
    }
}

/// A share of a whole, or nobody: "half of the villagers", "two thirds of them", "one in five residents", "none".
fn tells_no_count(words: &Words<'_>) -> bool {
    let opening = |at: usize, wanted: Opening| {
        let it = words.phrase(at, |sense| matches!(sense, PhraseSense::Opening(it) if it == wanted).then_some(()));
        it.map(|((), next)| next)
    };
    let (_, at, _) = bound_before(words, 0);
    // "Almost all".
    if at > 0 && at == words.list.len() {
        return true;
    }
    if let Some(next) = opening(at, Opening::Nobody) {
        // "No. 5 company".
        return words.digits(next).is_none() && !words.is_mark(next, '.');
    }
    // "A quarter of a million".
    if number_at(words, at).is_some_and(|it| !it.implied && words.number(it.next - 1).is_some() && it.next > at + 3) {
        return false;
    }
    let at = at + usize::from(words.role(at) == WordRole::Article);
    let number = number_at(words, at);
    let share_at = number.map_or(at, |it| it.next + usize::from(words.is_dash(it.next)));
    if let Some(next) = opening(share_at, Opening::Share) {
        return matches!(words.role(next), WordRole::Of | WordRole::Definite);
    }
    let (Some(part), Some(whole_at)) = (number, opening(share_at, Opening::OutOf)) else { return false };
    number_at(words, whole_at).is_some_and(|whole| {
        part.best < whole.best && counted(words, &whole).is_some_and(|it| it.thing.unit.is_people())
    })
}

/// The sum of people told in a row: "a child and two women" are three.
fn sum(text: &str, quantities: &[Quantity], tables: &Tables) -> Option<Count> {
    let [first, rest @ ..] = quantities else { return None };
    let is_people = |it: &Quantity| it.counted.as_ref().is_some_and(|it| it.unit.is_people());
    let mut total = first.best.filter(|_| is_people(first) && first.range.start == 0)?;
    let mut end = first.range.end;
    for next in rest {
        let between = text.get(end..next.range.start)?.trim().trim_start_matches(',').trim();
        // Joined by a comma or "and": "a mother, her two sons and a nurse".
        let joins = between
            .split_whitespace()
            .all(|it| matches!(tables.entry(it).map(|it| it.role), Some(WordRole::And | WordRole::Definite)));
        if !is_people(next) || !joins || next.part_of_previous {
            return None;
        }
        total = total.checked_add(next.best?)?;
        end = next.range.end;
    }
    (!rest.is_empty()).then_some(Count { low: Some(total), high: Some(total), best: Some(total) })
}

/// A told number beats an article, and what counts beats what measures.
fn rank(quantity: &Quantity) -> u8 {
    let measures = quantity.counted.as_ref().is_some_and(|it| it.unit.is_measure());
    let weighs = quantity.counted.as_ref().is_some_and(|it| matches!(it.unit, Unit::Weight | Unit::Distance));
    match (measures, quantity.implied, quantity.part_of_previous) {
        // "38 tonnes of food" has no better number; hours and ages count nothing.
        (true, ..) => u8::from(weighs),
        (_, true, _) => 2,
        (_, _, true) => 3,
        _ => 4,
    }
}

/// The class of what a quoted phrase names or counts, where the tables know its noun: "8 motorcycles", "aid trucks", "200 kg of opium".
pub fn unit_of(text: &str, tables: &Tables) -> Option<Unit> {
    let words = Words::scan(text, tables);
    let counted = quantities_in(&words, &find_times_in(&words)).into_iter().find_map(|it| it.counted);
    match counted {
        Some(it) if it.unit.is_measure() => unit_of(text[it.range.end..].trim_start().strip_prefix("of ")?, tables),
        Some(it) if it.unit != Unit::Unknown => Some(it.unit),
        _ => Some(words.thing(head(&words)?)?.unit),
    }
}

/// Tells whether the head of the phrase is a plural or a mass word.
fn is_plural(words: &Words<'_>) -> bool {
    if words.role(0) == WordRole::Collective {
        return true;
    }
    let Some(at) = head(words) else { return false };
    match words.thing(at).map(|it| it.form) {
        Some(Form::Plural | Form::Mass) => true,
        Some(Form::Singular | Form::Same) => false,
        None => {
            let text = words.str(at);
            let loud = text.len() > 1 && text.chars().all(|it| !it.is_lowercase());
            let plural = text.len() > 3 && text.ends_with(['s', 'S']) && !text.ends_with("ss");
            plural && (!words.list[at].capital || loud && at == 0)
        }
    }
}

/// The noun that the phrase is about.
fn head(words: &Words<'_>) -> Option<usize> {
    let mut head = None;
    for (at, word) in words.list.iter().enumerate() {
        let entry = word.entry.copied().unwrap_or_default();
        match word.kind {
            Kind::Word if entry.stop && entry.thing.is_none() && head.is_some() => break,
            Kind::Word if entry.stop && entry.thing.is_none() => {}
            Kind::Word => {
                // "Fighters guarding the convoy": a known plural is the head, unless the noun goes on ("weapons depot").
                let known_plural = head
                    .is_some_and(|it| words.thing(it).is_some_and(|it| matches!(it.form, Form::Plural | Form::Mass)));
                // "Taliban senior leader".
                let last = words.list.len() - 1;
                let one_follows = words.thing(last).is_some_and(|it| it.form == Form::Singular)
                    && (at..last).all(|it| words.is_word(it) && !words.list[it].entry.is_some_and(|it| it.stop));
                if known_plural && entry.thing.is_none() && !one_follows {
                    break;
                }
                head = Some(at);
            }
            Kind::Mark('(' | ',' | ';') if head.is_some() => break,
            Kind::Mark(_) | Kind::Number(_) => {}
        }
    }
    head
}
