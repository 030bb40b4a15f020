//! What is made of a statement, whoever read it.

use annals_reader::{ReadStatement, Reading};
use annals_record::StatementKind;
use expect_test::{Expect, expect};

use crate::{CODER, report, shown};

/// Codes a report of one statement, which marks its subject and then its object with `[` and `]`.
#[track_caller]
fn check(kind: StatementKind, body: &str, expect: &Expect) {
    let parts: Vec<&str> = body.split(['[', ']']).collect();
    let document = report("", &parts.concat(), Some("2024-03-14"));
    let range = |words: &str| {
        let at = document.text.find(words).unwrap_or_default();
        at..at + words.len()
    };
    let (subject, object) = (range(parts[1]), parts.get(3).map(|it| range(it)));
    let statement =
        ReadStatement { kind, range: range(&parts.concat()), subject, object, sources: Vec::new(), score: 1.0 };
    let reading = Reading { statements: vec![statement], ..Reading::default() };
    expect.assert_eq(&shown(&CODER.coded(&document, &reading, CODER.thresholds())));
}

#[test]
fn a_place_that_is_held_or_contested_is_found() {
    check(
        StatementKind::Control,
        "[Boko Haram] controls the [town of Marte] in Nigeria.",
        &expect![[r#"
            control: Boko Haram > town of Marte (town, geonames:2330719)
        "#]],
    );
    check(
        StatementKind::Contested,
        "[Marte] in Nigeria is fought over.",
        &expect![[r#"
            contested: Marte (town, geonames:2330719) > 
        "#]],
    );
}

#[test]
fn what_the_registry_does_not_hold_is_noted() {
    check(
        StatementKind::Leads,
        "[Moussa Ag Arda] leads [JNIM] in Mali.",
        &expect![[r#"
            leads: Moussa Ag Arda > JNIM
            A001 Moussa Ag Arda is told to lead JNIM; the registry knows Iyad Ag Ghali, Amadou Koufa
        "#]],
    );
    check(
        StatementKind::Leads,
        "[Iyad Ag Ghali] leads [JNIM] in Mali.",
        &expect![[r#"
            leads: Iyad Ag Ghali > JNIM
        "#]],
    );
    check(
        StatementKind::Allegiance,
        "[Ansarul Islam] is loyal to [Wagner Group] in Mali.",
        &expect![[r#"
            allegiance: Ansarul Islam > Wagner Group
            A002 Ansaroul Islam is told to be loyal to Wagner Group, which the registry does not hold
        "#]],
    );
}
