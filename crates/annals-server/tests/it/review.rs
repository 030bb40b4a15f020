//! What people do: correct, merge, undo, and not overwrite each other.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::bench::{Bench, Person};

async fn edit(bench: &Bench, person: &Person, id: &str, best: u64, seen: u64) -> crate::bench::Answer {
    let figure = json!({
        "what": "killed", "side": "target", "item": null, "low": best, "best": best, "high": best, "rule": "", "trace": [], "claims": []
    });
    let body = json!({ "target": { "incident": id }, "changes": { "figure": figure }, "seen": seen, "reason": "the list of names" });
    bench.post(person, "/api/v1/edits", &body).await
}

async fn killed(bench: &Bench, person: &Person, id: &str) -> Value {
    bench.get(person, &format!("/api/v1/incidents/{id}")).await.json()["incident"]["figures"][0]["best"].clone()
}

#[tokio::test]
async fn a_figure_is_corrected_and_the_correction_undone() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let id = bench.incidents(&person).await[0].clone();
    assert_eq!(killed(&bench, &person, &id).await, 7);
    let done = edit(&bench, &person, &id, 9, 1).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    assert_eq!(killed(&bench, &person, &id).await, 9);
    let history = bench.get(&person, &format!("/api/v1/incidents/{id}/history")).await.json();
    assert_eq!(history["items"][1]["changes"][0], "killed (target): 7 (7 to 7) → 9 (9 to 9)");
    let undone = bench.post(&person, "/api/v1/undo", &json!({})).await;
    assert_eq!(undone.status, StatusCode::OK, "{}", undone.text());
    assert_eq!(killed(&bench, &person, &id).await, 7);
    assert_eq!(bench.post(&person, "/api/v1/undo", &json!({})).await.error(), "422 refused", "nothing is left to undo");
}

#[tokio::test]
async fn the_second_of_two_editors_is_told_and_both_values_are_kept() {
    let bench = Bench::team();
    let (one, other) = (bench.log_in("coder").await, bench.log_in("admin").await);
    let id = bench.incidents(&one).await[0].clone();
    assert_eq!(edit(&bench, &one, &id, 9, 1).await.status, StatusCode::OK);
    let late = edit(&bench, &other, &id, 11, 1).await;
    assert_eq!(late.error(), "409 conflict");
    let details = &late.json()["error"]["details"];
    assert_eq!(
        (&details["theirs"]["best"], &details["yours"]["best"], &details["who"]),
        (&json!(9), &json!(11), &json!("coder"))
    );
    assert_eq!(killed(&bench, &one, &id).await, 9);
    // Having seen it, the second may set another value; the first stays in the log.
    let seen = details["operation"].as_u64().expect("a number");
    assert_eq!(edit(&bench, &other, &id, 11, seen).await.status, StatusCode::OK);
    assert_eq!(killed(&bench, &one, &id).await, 11);
    let log = bench.get(&one, "/api/v1/operations").await.json();
    let who: Vec<&Value> = log["items"].as_array().expect("items").iter().map(|it| &it["who"]).collect();
    assert_eq!(who, ["admin", "coder", "test"]);
}

#[tokio::test]
async fn incidents_are_merged_and_parted_again() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let ids = bench.incidents(&person).await;
    assert_eq!(ids.len(), 2);
    let done = bench.post(&person, "/api/v1/incidents/merge", &json!({ "incidents": ids })).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let left = bench.incidents(&person).await;
    assert_eq!(left.len(), 1);
    let ended = ids.iter().find(|it| !left.contains(it)).expect("one has ended");
    let gone = bench.get(&person, &format!("/api/v1/incidents/{ended}")).await;
    assert_eq!(gone.error(), "410 gone");
    assert_eq!(gone.json()["error"]["details"]["successors"], json!(left));
    bench.post(&person, "/api/v1/undo", &done.json()).await;
    assert_eq!(bench.incidents(&person).await, ids);
}

#[tokio::test]
async fn a_telling_is_corrected_where_it_was_read_wrongly() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let path = format!("/api/v1/reports/sha256:{}", "1".repeat(64));
    let page = bench.get(&person, &path).await.json();
    let anchor = page["events"][0]["anchor"].clone();
    let body = json!({ "target": { "telling": anchor }, "changes": { "type": "air_strike", "scope": "campaign" }, "seen": page["seq"] });
    let done = bench.post(&person, "/api/v1/edits", &body).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let page = bench.get(&person, &path).await.json();
    assert_eq!(
        (&page["coded"]["events"][0]["type"], &page["events"][0]["corrected"]),
        (&json!("air_strike"), &json!(["type", "scope"]))
    );
    // All or nothing: a second field that does not fit takes the first back.
    let wrong = json!({ "target": { "telling": anchor }, "changes": { "type": "shelling", "realis": "perhaps" } });
    assert_eq!(bench.post(&person, "/api/v1/edits", &wrong).await.error(), "422 refused");
    assert_eq!(bench.get(&person, &path).await.json()["coded"]["events"][0]["type"], "air_strike");
}

#[tokio::test]
async fn a_missed_event_is_added() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let path = format!("/api/v1/reports/sha256:{}", "2".repeat(64));
    let add = |text: &str| json!({ "trigger": { "start": 4, "end": 7, "text": text }, "type": "bombing" });
    assert_eq!(bench.post(&person, &format!("{path}/events"), &add("xyz")).await.error(), "422 refused");
    let done = bench.post(&person, &format!("{path}/events"), &add("efg")).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let page = bench.get(&person, &path).await.json();
    assert_eq!(
        (&page["coded"]["events"][1]["id"], &page["coded"]["events"][1]["type"]),
        (&json!("e2"), &json!("bombing"))
    );
    assert_eq!((&page["events"][0]["added"], &page["events"][1]["added"]), (&json!(false), &json!(true)));
    assert_eq!(bench.incidents(&person).await.len(), 3);
}

#[tokio::test]
async fn the_past_can_be_asked() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let id = bench.incidents(&person).await[0].clone();
    edit(&bench, &person, &id, 9, 1).await;
    let then = bench.get(&person, &format!("/api/v1/incidents/{id}?as_of=2024-03-20")).await.json();
    assert_eq!(then["incident"]["figures"][0]["best"], 7);
    let before = bench.get(&person, "/api/v1/incidents?as_of=2024-03-19").await.json();
    assert_eq!(before["items"], json!([]));
}
