use annals_record::{CodedReport, Span};
use proptest::prelude::*;

use crate::{CODER, report};

/// Every span of a coded report.
fn spans(coded: &CodedReport) -> Vec<&Span> {
    let mut list: Vec<&Span> = Vec::new();
    for event in &coded.events {
        list.push(&event.trigger);
        list.extend(&event.mentions);
        list.extend(event.agents.iter().chain(&event.targets).map(|it| &it.span));
        list.extend(event.places.iter().map(|it| &it.span));
        list.extend(event.date.iter().filter_map(|it| it.span.as_ref()));
        list.extend(event.outcomes.iter().map(|it| &it.span));
        list.extend(event.weapons.iter().map(|it| &it.span));
        list.extend(event.sources.iter().map(|it| &it.span));
    }
    for statement in &coded.statements {
        list.extend([&statement.span, &statement.subject.span]);
        list.extend(statement.object.iter().map(|it| &it.span));
    }
    list.extend(coded.findings.iter().filter_map(|it| it.span.as_ref()));
    list
}

#[track_caller]
fn holds(coded: &CodedReport) {
    let text: Vec<char> = coded.document.text.chars().collect();
    for span in spans(coded) {
        assert!(span.start < span.end, "{span:?}");
        assert_eq!(span.text, text[span.start..span.end].iter().collect::<String>());
    }
    for event in &coded.events {
        assert!(event.date.as_ref().is_none_or(|it| it.start <= it.end));
        for outcome in &event.outcomes {
            assert!(outcome.low.zip(outcome.high).is_none_or(|(low, high)| low <= high), "{outcome:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Words of the trade in any order, with odd characters between: every span is a slice, every interval is in order.
    #[test]
    fn spans_are_slices(words in prop::collection::vec(prop_oneof![
        Just("gunmen"), Just("killed"), Just("at least 12"), Just("on Monday"), Just("in"), Just("Koro"), Just("، "), Just("“ISIS“At"),
        Just("attack"), Just("by"), Just("the army"), Just(".\n"), Just("between"), Just("2022 and 2024"), Just("é\u{301}🙂"),
        Just("police said"), Just("controls"), Just("•"), Just("30 to 20"), Just("six of them"), Just("\u{2028}"),
    ], 0..40)) {
        holds(&CODER.code(&report("Army attacks", &words.join(" "), Some("2024-03-14"))));
    }

    /// Any text at all is coded.
    #[test]
    fn nothing_breaks_the_coder(body in "\\PC{0,200}") {
        holds(&CODER.code(&report("", &body, None)));
    }
}
