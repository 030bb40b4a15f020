//! What statements add to the registry.

use annals_actors::{PackFile, Registry};
use annals_record::{Actor, Span, Statement, StatementKind, StatementObject};
use expect_test::{Expect, expect};

use crate::registry;

fn named(words: &str) -> StatementObject {
    let actor = registry().get(words).map(|it| Actor {
        id: it.id.clone(),
        name: it.name.clone(),
        score: 1.0,
        why: String::new(),
    });
    let span = Span { start: 0, end: words.chars().count(), text: words.to_owned() };
    StatementObject { span, name: None, actor, place: None }
}

#[track_caller]
fn check(subject: &str, kind: StatementKind, object: &str, expected: Expect) {
    let statement = Statement {
        kind,
        subject: named(subject),
        object: Some(named(object)),
        span: Span { start: 0, end: 1, text: "x".to_owned() },
        date: None,
        sources: Vec::new(),
        confidence: 1.0,
        low: None,
        high: None,
        what: None,
    };
    let date = Some("2024-03-14".parse().unwrap());
    let said = registry().examine(&statement, date, "report of 14 March 2024").map_or("nothing new".to_owned(), |it| {
        // Whatever is proposed can be loaded as it stands.
        let pack = PackFile { name: "proposed.toml".to_owned(), text: it.toml.clone() };
        Registry::with_overlays(&[pack]).expect("a proposal fits the registry");
        format!("{} {}\n{}", it.finding.code, it.finding.message, it.toml)
    });
    expected.assert_eq(&said);
}

#[test]
fn a_leader_who_is_known_or_not() {
    check("Iyad Ag Ghali", StatementKind::Leads, "jnim", expect![["nothing new"]]);
    check(
        "Moussa Ag Arda",
        StatementKind::Leads,
        "jnim",
        expect![[r#"
        A001 Moussa Ag Arda is told to lead JNIM; the registry knows Iyad Ag Ghali, Amadou Koufa
        [[amend]]
        id = "jnim"
        leaders = [{ name = "Moussa Ag Arda", from = "2024-03-14", source = "report of 14 March 2024", uncertain = true }]
    "#]],
    );
}

#[test]
fn ties_that_are_known_or_not() {
    check("katiba-macina", StatementKind::Member, "jnim", expect![["nothing new"]]);
    check(
        "jnim",
        StatementKind::Alliance,
        "wagner",
        expect![[r#"
        A002 JNIM is told to be allied with Wagner Group, which the registry does not hold
        [[amend]]
        id = "jnim"
        links = [{ to = "wagner", as = "allied", from = "2024-03-14", source = "report of 14 March 2024", uncertain = true }]
    "#]],
    );
    check("jnim", StatementKind::Rivalry, "mli-military", expect![["nothing new"]]);
}
