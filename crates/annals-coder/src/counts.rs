//! What the words of an outcome count: how many, of what.

use std::ops::Range;

use annals_reader::{ReadSpan, SpanKind};
use annals_record::{Item, Outcome, OutcomeKind};
use annals_text::Document;
use annals_values::{Count, Tables, Unit, count_phrase, find_quantities, unit_of};

use crate::{outcome_words::OutcomeWords, outcomes::people};

/// The outcome that a span tells; `None` where its words count nothing.
pub(crate) fn outcome(document: &Document, span: &ReadSpan, tables: &Tables) -> Option<Outcome> {
    let SpanKind::Outcome { what, side, part, item } = span.kind else { return None };
    let text = &document.text[span.range.clone()];
    if OutcomeWords::english().counts_nothing(
        &document.text[..span.range.start],
        text,
        &document.text[span.range.end..],
    ) {
        return None;
    }
    let Count { low, high, best } = count(document, &span.range, tables)?;
    let unit = unit_of(text, tables);
    let counted = unit.and_then(item_of);
    let (what, item) = match (what, counted, unit) {
        // A toll counts people alone: "a shepherd and 40 head of sheep".
        (OutcomeKind::Killed | OutcomeKind::Injured, Some(Item::Livestock), _) => (OutcomeKind::Destroyed, counted),
        (OutcomeKind::Captured, Some(_), _) => (OutcomeKind::Seized, counted),
        (OutcomeKind::Captured, _, Some(Unit::Explosive)) => (OutcomeKind::Seized, item),
        // "Capturing 11 technicals and six soldiers".
        (OutcomeKind::Seized, _, Some(Unit::Person(_))) => (OutcomeKind::Captured, None),
        (OutcomeKind::Destroyed, _, Some(Unit::Person(_))) => (OutcomeKind::Killed, None),
        _ if people(what) => (what, item),
        _ => (what, counted.or(item)),
    };
    Some(Outcome { span: document.span(span.range.clone()), what, low, high, best, side, part, item, source: None })
}

/// How many the words of a span count, by what stands around them: "[50] people" behind "in excess of" are 50 and more, and the
/// "[24]" of "Ali, 24, was killed" is nobody.
fn count(document: &Document, range: &Range<usize>, tables: &Tables) -> Option<Count> {
    let text = &document.text[range.clone()];
    let count = count_phrase(text, tables);
    let alone = find_quantities(text, tables);
    let [number] = alone.as_slice() else { return Some(count) };
    if number.implied || (number.low, number.high) != (count.low, count.high) {
        return Some(count);
    }
    let sentence = sentence(document, range);
    let told = find_quantities(&document.text[sentence.clone()], tables);
    let at = range.start - sentence.start + number.number.start;
    match told.iter().find(|it| it.number.contains(&at)) {
        Some(it) if (it.low, it.high) != (None, None) => Some(Count { low: it.low, high: it.high, best: it.best }),
        None if number.counted.is_none() && is_age(&document.text[sentence.start..sentence.start + at]) => {
            (number.range.len() < text.len()).then_some(ONE)
        }
        _ => Some(count),
    }
}

/// "Ali, [24]", "Ali ([24])", "aged [78]".
fn is_age(before: &str) -> bool {
    [",", "(", "aged"].iter().any(|it| before.trim_end().ends_with(it))
}

const ONE: Count = Count { low: Some(1), high: Some(1), best: Some(1) };

/// The sentence that a span stands in.
fn sentence(document: &Document, range: &Range<usize>) -> Range<usize> {
    let holds = |it: &Range<usize>| it.start <= range.start && range.end <= it.end;
    document.sentences.iter().map(|it| it.range.clone()).find(holds).unwrap_or_else(|| range.clone())
}

/// The class of things that a unit is: "8 motorcycles" are vehicles, whatever stands around them.
fn item_of(unit: Unit) -> Option<Item> {
    Some(match unit {
        Unit::Vehicle | Unit::Motorcycle => Item::Vehicle,
        Unit::Armour => Item::Armour,
        Unit::Aircraft => Item::Aircraft,
        Unit::Weapon => Item::Weapons,
        Unit::Ammunition => Item::Ammunition,
        Unit::Building => Item::Building,
        Unit::Livestock => Item::Livestock,
        Unit::Supplies => Item::Supplies,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use annals_record::Side;

    use super::*;

    /// What is coded of the words in brackets, read as one kind of outcome.
    fn coded(what: OutcomeKind, marked: &str) -> String {
        let text = marked.replace(['[', ']'], "");
        let origin = annals_text::Origin::stdin();
        let report = annals_text::Report::from_bytes(text.as_bytes(), &origin).expect("plain text is a report");
        let document = annals_text::document(&report, &annals_text::Options::default());
        let (before, phrase) =
            marked.split_once('[').and_then(|it| Some((it.0, it.1.split_once(']')?.0))).expect("a phrase in brackets");
        let start = document.text.find(&format!("{before}{phrase}")).expect("it stands in the text") + before.len();
        let kind = SpanKind::Outcome { what, side: Side::Unknown, part: false, item: None };
        let span = ReadSpan { range: start..start + phrase.len(), kind, score: 1.0 };
        let bound = |it: Option<u64>| it.map_or("?".to_owned(), |it| it.to_string());
        outcome(&document, &span, &Tables::english()).map_or("nothing".to_owned(), |it| {
            let item = it.item.map_or(String::new(), |it| format!(" {}", it.as_str()));
            format!("{} {}..{}{item}", it.what.as_str(), bound(it.low), bound(it.high))
        })
    }

    #[test]
    fn a_known_noun_says_what_is_counted() {
        use OutcomeKind::{Captured, Destroyed, Killed, Seized};
        assert_eq!(coded(Seized, "They took [8 motorcycles]."), "seized 8..8 vehicle");
        assert_eq!(coded(Seized, "They took [documents]."), "seized ?..? supplies");
        assert_eq!(coded(Seized, "They took [1,200 kg of opium]."), "seized 1200..1200 supplies");
        assert_eq!(coded(Seized, "They took [two walnuts]."), "seized 2..2");
        assert_eq!(coded(Seized, "Capturing 11 technicals and [six soldiers]."), "captured 6..6");
        assert_eq!(coded(Captured, "Capturing [11 technicals] and six soldiers."), "seized 11..11 vehicle");
        assert_eq!(coded(Captured, "They arrested a [Taliban weapons dealer]."), "captured 1..1");
        assert_eq!(coded(Killed, "The raid killed [a shepherd] and 40 head of sheep."), "killed 1..1");
        assert_eq!(coded(Killed, "The raid killed a shepherd and [40 head of sheep]."), "destroyed 40..40 livestock");
        assert_eq!(coded(Destroyed, "They blew up [part] of the oil pipeline."), "nothing");
        assert_eq!(coded(Destroyed, "They blew up part of [the oil pipeline]."), "destroyed 1..1 building");
    }

    #[test]
    fn what_stands_around_a_number_says_what_it_is() {
        use OutcomeKind::{Injured, Killed};
        assert_eq!(coded(Killed, "The dead are Mukesh, [32], and Raju, 28."), "nothing");
        assert_eq!(coded(Killed, "The dead are [Mukesh, 32], and Raju, 28."), "killed 1..1");
        assert_eq!(coded(Killed, "In excess of [50 people] died."), "killed 50..?");
        assert_eq!(coded(Killed, "[Five] soldiers or more died."), "killed 5..?");
        assert_eq!(coded(Killed, "[A total] of 12 people died."), "nothing");
        assert_eq!(coded(Killed, "Shot dead were [two women], aged 78 and 81."), "killed 2..2");
        assert_eq!(coded(Injured, "One was [seriously] injured."), "nothing");
        assert_eq!(coded(Injured, "[One] was seriously injured."), "injured 1..1");
        assert_eq!(coded(Injured, "[No one] was hurt."), "nothing");
        assert_eq!(coded(Killed, "Neither [the driver] nor the guard died."), "nothing");
        assert_eq!(coded(Killed, "[None of the passengers] died."), "nothing");
    }
}
