//! Answers with their reasons.

use std::fmt::Write as _;

use annals_actors::{Ask, Part};
use expect_test::{Expect, expect};

use crate::registry;

#[track_caller]
fn check(name: &str, country: &str, date: &str, company: &[&str], expected: Expect) {
    let registry = registry();
    let company = registry.company(company);
    let country = (!country.is_empty()).then_some(country);
    let date = (!date.is_empty()).then(|| date.parse().unwrap());
    let found = registry.resolve(&Ask { name, country, date, company: &company, part: Part::Unknown, act: None });
    let mut said = String::new();
    for it in found.candidates.iter().take(3) {
        writeln!(said, "{} {:.2}: {}", it.id, it.score, it.why).unwrap();
    }
    if let Some(why) = found.unresolved {
        writeln!(said, "unresolved: {why}").unwrap();
    }
    expected.assert_eq(&said);
}

#[test]
fn sub_groups_come_with_their_actor() {
    let registry = registry();
    // A part, and one that has pledged allegiance.
    let ids = registry.with_sub_groups(&["Islamic State"]);
    assert_eq!(ids, registry.with_sub_groups(&["islamic-state"]));
    assert!(ids.iter().any(|it| it == "iswap"), "{ids:?}");
    assert_eq!(registry.with_sub_groups(&["gunmen of nowhere"]), ["gunmen of nowhere"]);
}

#[test]
fn common_words_go_by_country() {
    check(
        "soldiers",
        "MLI",
        "2024-03-14",
        &[],
        expect![[r#"
        mli-military 0.80: words for military of Mali, in the country of the event
    "#]],
    );
    check(
        "army of Mali",
        "BFA",
        "2024-03-14",
        &[],
        expect![[r#"
        mli-military 1.00: words for military of Mali, by the country's name beside it
    "#]],
    );
    check(
        "gunmen",
        "",
        "",
        &[],
        expect![[r#"
        unresolved: common words, and no country is told
    "#]],
    );
    check(
        "Assad's forces",
        "SYR",
        "2015-03-14",
        &[],
        expect![[r#"
        syr-military 1.00: words for military of Syria, by the country's name beside it
    "#]],
    );
    check(
        "French soldiers",
        "MLI",
        "2014-03-14",
        &[],
        expect![[r#"
        fra-military 1.00: words for military of France, by the country's name beside it
    "#]],
    );
}
