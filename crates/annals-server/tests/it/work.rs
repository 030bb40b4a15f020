//! From a report as it is brought in to the map, the counts and a file.

use std::time::Duration;

use axum::http::{StatusCode, header};
use serde_json::json;

use crate::bench::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_brought_in_and_coded() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let report = json!({
        "title": "Two killed in Gao", "published": "2024-05-02", "publisher": "Radio Belu",
        "text": "GAO, 2 May - Gunmen attacked an army post in Gao on Wednesday, killing two soldiers, the army said."
    });
    let body = json!({ "items": [{ "name": "brief.json", "content": report.to_string() }, { "name": "empty.txt", "content": "" }] });
    let started = bench.post(&person, "/api/v1/reports", &body).await;
    assert_eq!(started.status, StatusCode::ACCEPTED, "{}", started.text());
    let job = loop {
        let job = bench.get(&person, "/api/v1/jobs").await.json()["items"][0].clone();
        if job["state"] == "done" || job["state"] == "failed" {
            break job;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!((&job["state"], &job["n_done"], &job["n_total"]), (&json!("done"), &json!(1), &json!(1)), "{job}");
    assert_eq!(job["problems"][0]["place"], "empty.txt", "{job}");
    let reports = bench.get(&person, "/api/v1/reports").await.json();
    assert_eq!(
        (&reports["items"][0]["title"], &reports["items"][0]["publisher"]),
        (&json!("Two killed in Gao"), &json!("Radio Belu"))
    );
    let found = bench.get(&person, "/api/v1/incidents?q=gao&from=2024-05-01").await.json();
    assert!(found["total"].as_u64().is_some_and(|it| it >= 1), "{found}");
}

#[tokio::test]
async fn map_and_counts_agree_with_the_table() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let map = bench.get(&person, "/api/v1/map").await.json();
    assert_eq!(map["ids"].as_array().map(Vec::len), Some(2));
    let clash = map["lat"]
        .as_array()
        .and_then(|it| it.iter().position(|it| *it == json!(16.2)))
        .expect("the clash has a point");
    assert_eq!(
        (&map["radius"][clash], &map["killed"][clash], &map["iso3"][clash]),
        (&json!(5.0), &json!(7), &json!("MLI"))
    );
    let stats = bench.get(&person, "/api/v1/stats?by=type").await.json();
    assert_eq!(stats["months"], json!(["2024-03", "2024-04"]));
    assert_eq!((&stats["all"]["n"], &stats["all"]["killed"]), (&json!([1, 1]), &json!([7, 0])));
    let stats = bench.get(&person, "/api/v1/stats?by=adm1&type=armed_clash").await.json();
    assert_eq!(stats["series"][0]["key"], "MLI/Gao");
    let csv = bench.get(&person, "/api/v1/stats?by=type&format=csv").await;
    assert!(csv.text().starts_with("key,name,month,incidents,killed_best\n"), "{}", csv.text());
}

#[tokio::test]
async fn an_export_is_a_file() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let session = bench.get(&person, "/api/v1/session").await.json();
    for format in session["export_formats"].as_array().expect("formats") {
        let name = format["name"].as_str().expect("a name");
        let file = bench.get(&person, &format!("/api/v1/export?format={name}&type=armed_clash")).await;
        assert_eq!(file.status, StatusCode::OK, "{name}");
        assert!(
            file.headers[header::CONTENT_DISPOSITION].to_str().is_ok_and(|it| it.contains(&format!("annals-{name}.")))
        );
        assert!(!file.body.is_empty(), "{name}");
    }
    assert_eq!(bench.get(&person, "/api/v1/export?format=docx").await.error(), "400 bad_request");
    assert_eq!(bench.get(&person, "/api/v1/export?format=csv&type=party").await.error(), "400 bad_request");
}

#[tokio::test]
async fn places_and_actors_are_found() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let places = bench.get(&person, "/api/v1/places?q=Ansongo&country=MLI").await.json();
    assert_eq!(places["items"][0]["place"]["iso3"], "MLI", "{places}");
    assert_eq!(places["items"][0]["iso_3166_2"], "ML-7", "{places}");
    let actors = bench.get(&person, "/api/v1/actors?q=jnim").await.json();
    let id = actors["items"][0]["id"].as_str().expect("the registry knows it").to_owned();
    let actor = bench.get(&person, &format!("/api/v1/actors/{id}")).await.json();
    assert!(actor["aliases"].as_array().is_some_and(|it| !it.is_empty()), "{actor}");
    let codebook = bench.get(&person, "/api/v1/codebook").await.json();
    assert_eq!(codebook["items"][0]["name"], "EventType");
}

#[tokio::test]
async fn pages_come_with_the_program() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    for path in ["/", "/incidents", "/reports/sha256:1", "/map"] {
        let page = bench.get(&person, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text().contains("<div id=\"app\">"), "{path}");
    }
    let script = bench.get(&person, "/assets/index.js").await;
    assert_eq!(script.headers[header::CONTENT_TYPE], "text/javascript");
    assert!(script.headers.contains_key(header::ETAG));
    let world = bench.get(&person, "/basemap/world.json").await;
    assert_eq!(world.status, StatusCode::OK);
}
