//! Who tells which number, where a report gives rival ones: "seven were killed, the army said; the group claimed 20".

use std::collections::BTreeSet;

use annals_record::{Event, Outcome, Span};
use annals_text::Document;

/// Names the source of each number of a kind and side that the event's sources tell differently.
///
/// A number's source is the one told in its sentence, the nearest of several. Numbers that one source tells stand side by
/// side ("12 soldiers and 3 militiamen") and are left to the report.
pub(crate) fn attribute(document: &Document, event: &mut Event) {
    let tellers: Vec<Option<Span>> = event.outcomes.iter().map(|it| teller(document, event, it).cloned()).collect();
    let is_rival = |one: &Outcome| {
        let like = |it: &Outcome| (it.what, it.side, it.item) == (one.what, one.side, one.item) && !it.part;
        let told = || event.outcomes.iter().zip(&tellers).filter(|it| like(it.0));
        let numbers: BTreeSet<_> = told().map(|it| (it.0.low, it.0.high)).collect();
        let sources: BTreeSet<_> = told().filter_map(|it| it.1.as_ref()).collect();
        numbers.len() > 1 && sources.len() > 1
    };
    let rivals: Vec<bool> = event.outcomes.iter().map(is_rival).collect();
    for ((outcome, teller), is_rival) in event.outcomes.iter_mut().zip(tellers).zip(rivals) {
        outcome.source = teller.filter(|_| is_rival);
    }
}

/// The nearest source in the sentence of a number.
fn teller<'e>(document: &Document, event: &'e Event, outcome: &Outcome) -> Option<&'e Span> {
    let at = sentence(document, &outcome.span);
    let sources = event.sources.iter().map(|it| &it.span).filter(|it| sentence(document, it) == at);
    sources.min_by_key(|it| gap(it, &outcome.span))
}

/// The sentence that a span begins in.
fn sentence(document: &Document, span: &Span) -> Option<usize> {
    let at = document.bytes(span.start, span.end)?.start;
    Some(document.sentences.partition_point(|it| it.range.end <= at))
}

/// Characters between two spans; 0 where they touch.
fn gap(a: &Span, b: &Span) -> usize {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

#[cfg(test)]
mod tests {
    use annals_record::{EventType, OutcomeKind, Side, SourceRef, Stance};

    use super::*;

    /// Who tells each number in `[` and `]`, of the sources in `<` and `>`.
    fn tellers(marked: &str) -> Vec<String> {
        let text = marked.replace(['[', ']', '<', '>'], "");
        let origin = annals_text::Origin::stdin();
        let report = annals_text::Report::from_bytes(text.as_bytes(), &origin).expect("plain text is a report");
        let document = annals_text::document(&report, &annals_text::Options::default());
        let marks = |open: char, close: char| {
            let parts = marked.split(open).skip(1).filter_map(move |it| it.split_once(close));
            parts.map(|it| it.0.to_owned()).collect::<Vec<_>>()
        };
        let span = |words: &str| {
            let start = document.text.find(words).expect("the words stand in the text");
            document.span(start..start + words.len())
        };
        let mut event = Event::bare(EventType::ArmedClash, span(&marks('[', ']')[0]));
        event.sources =
            marks('<', '>').iter().map(|it| SourceRef { span: span(it), stance: Stance::Reports }).collect();
        let killed = |words: &String| {
            let low = words.split(' ').next().and_then(|it| it.parse().ok());
            let (what, side) = (OutcomeKind::Killed, Side::Target);
            Outcome { span: span(words), what, low, high: low, best: low, side, part: false, item: None, source: None }
        };
        event.outcomes = marks('[', ']').iter().map(killed).collect();
        attribute(&document, &mut event);
        event.outcomes.into_iter().map(|it| it.source.map_or("-".to_owned(), |it| it.text)).collect()
    }

    #[test]
    fn rival_numbers_have_their_tellers() {
        let rivals = "Fighters hit the base. <The army> said [7 soldiers] died. <The group> claimed that it killed [20 of them].";
        assert_eq!(tellers(rivals), ["The army", "The group"]);
    }

    #[test]
    fn numbers_that_one_source_tells_are_the_reports() {
        assert_eq!(tellers("<The army> said that [12 soldiers] and [3 militiamen] died."), ["-", "-"]);
        assert_eq!(tellers("[12 soldiers] died, <the army> said. <The mayor> said that [12 men] died."), ["-", "-"]);
    }
}
