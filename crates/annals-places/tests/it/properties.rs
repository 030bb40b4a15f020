//! Whatever comes in, one resolution a mention comes out, the same each time, and nothing breaks.

use annals_places::{Mention, ReportContext, fold};
use proptest::prelude::*;

use crate::resolve::WORLD;

/// Texts with the words that the parser looks for, and with anything else.
fn odd_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "15",
        "km",
        "north",
        "of",
        "between",
        "and",
        "Gao",
        "-",
        "road",
        "border",
        "with",
        "Niger",
        "near",
        "the",
        ",",
        "province",
        "L'",
        "d'",
        "'s",
        "(",
        "é",
        "القامشلي",
        "🙂",
        "\u{0}",
        "\u{301}",
        "İ",
        "ﬁ",
    ]);
    prop_oneof![prop::collection::vec(words, 0..8).prop_map(|it| it.join(" ")), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_gives_one_resolution_a_mention(name in odd_text(), before in odd_text(), after in odd_text()) {
        let mention = Mention { name: &name, before: &before, after: &after, event: None };
        let context = ReportContext { text: &before, countries: &["MLI", "??"], ..ReportContext::default() };
        let found = WORLD.resolve_document(&[mention, mention], &context);
        prop_assert_eq!(found.len(), 2);
        prop_assert_eq!(&found[0], &found[1]);
        for it in &found {
            if it.place.as_ref().is_some_and(|it| it.kind == "country" || it.kind == "continent") && it.precision.is_some_and(|it| it.as_str() == "country") {
                prop_assert_eq!(it.lat, None);
            }
            prop_assert!(it.lat.is_none_or(|it| (-90.0..=90.0).contains(&it)));
            prop_assert!(it.lon.is_none_or(|it| (-180.0..=180.0).contains(&it)));
        }
    }

    #[test]
    fn folding_twice_changes_nothing(name in any::<String>()) {
        let once = fold::normalise(&name);
        prop_assert_eq!(fold::normalise(&once), once);
    }
}

#[test]
fn a_name_of_ten_thousand_characters_is_no_trouble() {
    let name = "Gao ".repeat(2500);
    let found = WORLD.resolve(Mention { name: &name, ..Mention::default() }, &ReportContext::default());
    assert!(!found.is_resolved());
}

#[test]
fn one_mention_leaves_the_others_alone() {
    let odd = "\u{0}".repeat(300);
    let context = ReportContext { countries: &["MLI"], ..ReportContext::default() };
    let mentions = [Mention { name: "Ansongo", ..Mention::default() }, Mention { name: &odd, ..Mention::default() }];
    let found = WORLD.resolve_document(&mentions, &context);
    assert!(found[0].is_resolved() && !found[1].is_resolved());
}
