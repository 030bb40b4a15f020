//! How one row a release is derived from events.

use annals_eval::isaf::{Row, derive};
use annals_record::CodedReport;
use expect_test::{Expect, expect};
use serde_json::{Value, json};

/// A coded release with these events, each given by what is special about it.
fn release(events: &[Value]) -> CodedReport {
    let span = |text: &str| json!({"start": 0, "end": text.chars().count(), "text": text});
    let events: Vec<Value> = events
        .iter()
        .map(|it| {
            let party = |kind: &Value| match kind {
                Value::Null => json!([]),
                kind => json!([{"span": span("them"), "name": null, "kind": kind, "actor": null}]),
            };
            let outcomes: Vec<Value> = it["outcomes"].as_array().expect("given").iter().map(|o| {
                let part = o["part"].as_bool().unwrap_or(false);
                json!({"span": span(o["words"].as_str().expect("given")), "what": o["what"], "low": o["low"], "high": null,
                    "best": null, "side": o["side"], "part": part, "item": null, "source": null})
            }).collect();
            let date = match &it["date"] {
                Value::Null => Value::Null,
                day => json!({"span": null, "start": day, "end": day, "precision": "day", "rule": "told"}),
            };
            json!({"id": "e1", "type": "armed_clash", "scope": "incident", "realis": it["realis"].as_str().unwrap_or("actual"),
                "confidence": 0.5, "trigger": span("killed"), "mentions": [], "agents": party(&it["agents"]),
                "targets": party(&it["targets"]), "places": [], "where": null, "date": date, "outcomes": outcomes,
                "weapons": [], "sources": []})
        })
        .collect();
    let report = json!({"record": 1, "doc": "release", "report": {"id": "sha256:0", "source": null, "title": "",
        "published": null, "publisher": null, "language": "en", "coder": "annals", "model": "none", "packs": []},
        "document": {"text": ""}, "events": events, "statements": [], "findings": []});
    serde_json::from_value(report).expect("it is a coded report")
}

#[track_caller]
fn check(events: &[Value], expect: &Expect) {
    let Row { start_date, min_killed, min_captured } = derive(&release(events));
    let start_date = start_date.map_or("unknown".to_owned(), |it| it.to_string());
    expect.assert_eq(&format!("{start_date}, {min_killed} killed, {min_captured} captured"));
}

#[test]
fn least_numbers_of_all_events_are_added_up() {
    check(
        &[
            json!({"outcomes": [{"what": "killed", "words": "two men", "low": 2, "side": "target"}]}),
            json!({"date": "2011-05-02", "outcomes": [
                {"what": "killed", "words": "three others", "low": 3, "side": "target"},
                {"what": "killed", "words": "a leader", "low": 1, "side": "target", "part": true},
                {"what": "captured", "words": "a driver", "low": 1, "side": "unknown"}]}),
        ],
        &expect!["2011-05-02, 5 killed, 1 captured"],
    );
}

#[test]
fn civilians_and_forces_are_not_insurgents() {
    check(
        &[json!({"agents": "armed_group", "targets": "foreign_force", "outcomes": [
            {"what": "killed", "words": "four soldiers", "low": 4, "side": "target"},
            {"what": "killed", "words": "one attacker", "low": 1, "side": "agent"},
            {"what": "killed", "words": "six villagers", "low": 6, "side": "civilian"}]})],
        &expect!["unknown, 1 killed, 0 captured"],
    );
}

#[test]
fn vague_words_have_the_experts_numbers() {
    check(
        &[json!({"outcomes": [
            {"what": "captured", "words": "numerous suspects", "low": null, "side": "target"},
            {"what": "captured", "words": "Insurgents", "low": null, "side": "target"}]})],
        &expect!["unknown, 0 killed, 7 captured"],
    );
}

#[test]
fn what_did_not_happen_does_not_count() {
    check(
        &[json!({"realis": "planned", "date": "2011-05-01", "outcomes": [
            {"what": "killed", "words": "ten people", "low": 10, "side": "target"}]})],
        &expect!["unknown, 0 killed, 0 captured"],
    );
}
