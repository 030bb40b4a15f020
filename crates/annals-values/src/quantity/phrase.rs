//! The count that a whole noun phrase tells: "at least 12 civilians", "a policeman", "rebels", "Amadou".

use super::find::quantities_in;
use super::{Count, Quantity};
use crate::tables::{Form, Tables};
use crate::time::find_times_in;
use crate::words::{Kind, Words};

/// The count that a quoted phrase tells, as the codebook counts it.
///
/// A stated number gives its bounds; a plural without a number tells none; anything else is one: a named person, "suicide bomber".
pub fn count_phrase(text: &str, tables: &Tables) -> Count {
    let words = Words::scan(text, tables);
    let times = find_times_in(&words);
    let quantities = quantities_in(&words, &times);
    let best = quantities.iter().max_by_key(|it| (rank(it), std::cmp::Reverse(it.range.start)));
    match best {
        Some(it) if rank(it) > 0 => Count { low: it.low, high: it.high, best: it.best },
        _ if is_plural(&words) => Count::default(),
        _ => Count { low: Some(1), high: Some(1), best: Some(1) },
    }
}

/// A told number beats an article, and what counts beats what measures.
fn rank(quantity: &Quantity) -> u8 {
    let measures = quantity.counted.as_ref().is_some_and(|it| it.unit.is_measure());
    match (measures, quantity.implied, quantity.part_of_previous) {
        (true, ..) => 0,
        (_, true, _) => 1,
        (_, _, true) => 2,
        _ => 3,
    }
}

/// Tells whether the head of the phrase is a plural or a mass word.
fn is_plural(words: &Words<'_>) -> bool {
    let mut head = None;
    for (at, word) in words.list.iter().enumerate() {
        let stops = word.entry.is_some_and(|it| it.stop) && word.entry.is_some_and(|it| it.thing.is_none());
        match word.kind {
            Kind::Word if stops && head.is_some() => break,
            Kind::Word if !stops => head = Some(at),
            Kind::Mark('(' | ',' | ';') if head.is_some() => break,
            _ => {}
        }
    }
    let Some(at) = head else { return false };
    match words.thing(at).map(|it| it.form) {
        Some(Form::Plural | Form::Mass) => true,
        Some(Form::Singular | Form::Same) => false,
        None => {
            let text = words.str(at);
            let loud = text.len() > 1 && text.chars().all(|it| !it.is_lowercase());
            text.len() > 3
                && text.ends_with(['s', 'S'])
                && !text.ends_with("ss")
                && (!words.list[at].capital || loud && at == 0)
        }
    }
}
