//! Properties: whatever the text, nothing panics, and ranges and bounds are in order.

use annals_values::{Anchor, count_phrase, find_dateline, find_quantities, find_times, find_values, resolve_time};
use proptest::prelude::*;

use crate::TABLES;

/// Text of words that mean something here, of digits and marks, and of anything else.
fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "two",
        "of",
        "them",
        "dozens",
        "hundred",
        "thousand",
        "000",
        "300",
        "odd",
        "none",
        "thirds",
        "year",
        "and",
        "a",
        "half",
        "the",
        "last",
        "next",
        "week",
        "Friday",
        "May",
        "march",
        "night",
        "early",
        "end",
        "since",
        "until",
        "between",
        "to",
        "at",
        "least",
        "12",
        "1,200",
        "31",
        "2014",
        "99999",
        "18.10.2021",
        "12/3/2015",
        "06:10",
        "-",
        ",",
        "'",
        "’",
        "(",
        ")",
        "soldiers",
        "people",
        "killed",
        "ago",
        "earlier",
        "later",
        "after",
        "before",
        "this",
        "that",
        "same",
        "yesterday",
        "first",
        "quarter",
        "million",
        "é",
        "مارس",
        "\n",
        "\u{a0}",
        "\u{2028}",
        "kg",
        "%",
    ]);
    prop_oneof![
        prop::collection::vec(words, 0..24).prop_map(|it| it.join(" ")),
        prop::collection::vec(
            prop::sample::select(vec!["1", "2", ",", ".", "/", ":", "-", "th", "May", "of", " "]),
            0..24
        )
        .prop_map(|it| it.concat()),
        ".{0,60}",
    ]
}

/// What fuzzing found once stays found.
#[test]
fn fuzz_inputs_pass() {
    for folder in ["seeds/times", "seeds/quantities", "regressions/times", "regressions/quantities"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(folder);
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let bytes = std::fs::read(entry.expect("a listed file").path()).expect("a readable file");
            let text = String::from_utf8_lossy(&bytes);
            let anchor = Anchor::published(jiff::civil::date(2024, 3, 14));
            for mention in find_times(&text, &TABLES) {
                if let Ok(when) = resolve_time(&mention.expr, &anchor, &TABLES) {
                    assert!(when.start <= when.end);
                }
            }
            find_quantities(&text, &TABLES);
            count_phrase(&text, &TABLES);
            find_dateline(&text, &TABLES);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn times_are_in_order_and_on_boundaries(text in text(), day in 0_i32..60_000) {
        let tables = &*TABLES;
        let published = jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(day));
        let mut anchor = Anchor::published(published);
        let mut end = 0;
        for mention in find_times(&text, tables) {
            prop_assert!(end <= mention.range.start && mention.range.start < mention.range.end);
            prop_assert!(text.get(mention.range.clone()).is_some());
            end = mention.range.end;
            if let Ok(when) = resolve_time(&mention.expr, &anchor, tables) {
                prop_assert!(when.start <= when.end);
                prop_assert!((1000..2200).contains(&when.start.year()) && when.end.year() < 2200);
                anchor.previous = Some(when);
            }
        }
    }

    #[test]
    fn quantities_are_in_order_and_bounded(text in text()) {
        let tables = &*TABLES;
        let mut start = 0;
        for quantity in find_quantities(&text, tables) {
            prop_assert!(start <= quantity.range.start && quantity.range.start < quantity.range.end);
            prop_assert!(text.get(quantity.range.clone()).is_some() && text.get(quantity.number).is_some());
            if let Some(counted) = quantity.counted {
                prop_assert!(text.get(counted.range).is_some() && text.get(counted.head).is_some());
            }
            if let (Some(low), Some(high)) = (quantity.low, quantity.high) {
                prop_assert!(low <= high);
            }
            start = quantity.range.start;
        }
        count_phrase(&text, tables);
        find_dateline(&text, tables);
    }

    #[test]
    fn one_pass_is_two_passes(text in text()) {
        let tables = &*TABLES;
        let (times, quantities) = find_values(&text, tables);
        prop_assert_eq!(times, find_times(&text, tables));
        prop_assert_eq!(quantities, find_quantities(&text, tables));
    }
}
