//! Datelines: where they end, what they tell, and whether they contradict the publication day.

use annals_values::{Anchor, dateline_conflict, find_dateline, resolve_time};
use expect_test::{Expect, expect};

use crate::TABLES;

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads as `check(text, expect![..])`")]
fn check(text: &str, expect: Expect) {
    let tables = &*TABLES;
    let anchor = Anchor::published("2024-03-16".parse().expect("a date"));
    let out = find_dateline(text, tables).map_or("none".to_owned(), |line| {
        let place = line.place.map_or("-", |it| &text[it]);
        let date = line.date.map(|it| resolve_time(&it, &anchor, tables).map(|it| it.start.to_string()));
        format!("{:?}, place {place}, {date:?}", &text[line.range])
    });
    expect.assert_eq(&out);
}

#[test]
fn agency_dateline() {
    check(
        "GAO, Mali, March 14 (Agency) - Gunmen burnt a truck.",
        expect![[r#""GAO, Mali, March 14", place GAO, Mali, Some(Ok("2024-03-14"))"#]],
    );
    check(
        "Raid in the north\nTessit, 14 March – Gunmen burnt a truck.",
        expect![[r#""Tessit, 14 March", place Tessit, Some(Ok("2024-03-14"))"#]],
    );
    check(
        "SAN MIGUEL, 14 JAN 90 (AGENCY) -- [TEXT] TWO GUARDS DIED.",
        expect![[r#""SAN MIGUEL, 14 JAN 90", place SAN MIGUEL, Some(Ok("1990-01-14"))"#]],
    );
}

#[test]
fn military_dateline() {
    check(
        "For Immediate Release   KABUL, Afghanistan (Jan. 25, 2013) A patrol found arms.",
        expect![[r#""KABUL, Afghanistan (Jan. 25, 2013)", place KABUL, Afghanistan, Some(Ok("2013-01-25"))"#]],
    );
    check(
        "2011-07-S-068\nKABUL, Afghanistan (July 12) A patrol found arms.",
        expect![[r#""KABUL, Afghanistan (July 12)", place KABUL, Afghanistan, Some(Ok("2011-07-12"))"#]],
    );
    check(
        "June 19: Raids in the east\nCommand 2010-06-CA-071 A patrol found arms.",
        expect![[r#""June 19", place -, Some(Ok("2010-06-19"))"#]],
    );
}

#[test]
fn slashed_dateline() {
    check(
        "Arda, AGENCY, 12/3/2024 - A shell fell.",
        expect![[r#""Arda, AGENCY, 12/3/2024", place Arda, AGENCY, Some(Ok("2024-03-12"))"#]],
    );
}

#[test]
fn a_date_in_a_sentence_is_none() {
    check("Gunmen burnt a truck near Tessit on 14 March, residents said.", expect!["none"]);
}

#[test]
fn conflict_beyond_the_tolerance() {
    let anchor = |dateline: &str| Anchor {
        published: "2024-03-16".parse().ok(),
        dateline: dateline.parse().ok(),
        previous: None,
    };
    assert!(!dateline_conflict(&anchor("2024-03-14"), 3));
    assert!(dateline_conflict(&anchor("2024-02-14"), 3));
    assert!(!dateline_conflict(&Anchor::default(), 3));
}
