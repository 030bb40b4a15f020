//! Every route by every role, as the OpenAPI document lists them.

use std::time::Instant;

use axum::body::Body;
use axum::http::{StatusCode, header};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::bench::{Bench, Person, config, request};

/// Method, path with ids filled in, and least role of each operation.
fn routes() -> Vec<(String, String, String)> {
    let document: Value = serde_json::from_str(&annals_server::openapi()).expect("the document is JSON");
    let paths = document["paths"].as_object().expect("paths");
    let mut routes = Vec::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().expect("methods") {
            let role = operation["x-role"].as_str().unwrap_or_else(|| panic!("{method} {path} tells no role"));
            routes.push((method.to_uppercase(), path.replace("{id}", "0123456789abcdef"), role.to_owned()));
        }
    }
    assert!(routes.len() > 25, "{routes:?}");
    routes
}

async fn status(bench: &Bench, person: &Person, method: &str, path: &str) -> StatusCode {
    // The stream of jobs does not end: its head tells enough.
    let mut request = request(method, path, person);
    if method == "POST" {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let request = request.body(Body::from("{}")).expect("a request");
    tower::ServiceExt::oneshot(bench.app.clone(), request).await.expect("the service always answers").status()
}

#[tokio::test]
async fn who_is_not_logged_in_gets_nothing() {
    let bench = Bench::team();
    let anybody = bench.anybody().await;
    for (method, path, role) in routes() {
        if role != "anyone" {
            assert_eq!(status(&bench, &anybody, &method, &path).await, StatusCode::UNAUTHORIZED, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_reader_changes_nothing() {
    let bench = Bench::team();
    let reader = bench.log_in("reader").await;
    for (method, path, role) in routes() {
        let got = status(&bench, &reader, &method, &path).await;
        match role.as_str() {
            "anyone" => {}
            "reader" => assert_ne!(got, StatusCode::FORBIDDEN, "{method} {path}"),
            _ => assert_eq!(got, StatusCode::FORBIDDEN, "{method} {path}"),
        }
    }
    assert_eq!(bench.ledger().head().expect("the log is there"), 1, "nothing was done");
}

#[tokio::test]
async fn a_person_who_was_removed_is_out_at_once() {
    let bench = Bench::team();
    let coder = bench.log_in("coder").await;
    assert_eq!(bench.get(&coder, "/api/v1/incidents").await.status, StatusCode::OK);
    let mut users = annals_server::Users::read(bench.folder.path()).expect("there are users");
    users.remove("coder").expect("there is a coder");
    users.write().expect("the file can be written");
    assert_eq!(bench.get(&coder, "/api/v1/incidents").await.error(), "401 log_in");
}

#[tokio::test]
async fn a_session_ends_with_log_out() {
    let bench = Bench::team();
    let coder = bench.log_in("coder").await;
    let answer = bench.call(request("DELETE", "/api/v1/session", &coder).body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.get(&coder, "/api/v1/incidents").await.error(), "401 log_in");
}

#[tokio::test]
async fn forged_cookies_are_nobody() {
    let bench = Bench::team();
    for cookie in
        ["annals_session=", "annals_session=0000", "annals_session=../../users.json", "annals_session=\u{1}x; a=b", "x"]
    {
        let Ok(request) =
            request("GET", "/api/v1/incidents", &Person::default()).header(header::COOKIE, cookie).body(Body::empty())
        else {
            continue;
        };
        assert_eq!(bench.call(request).await.error(), "401 log_in", "{cookie:?}");
    }
}

#[tokio::test]
async fn guessing_is_slow() {
    let bench = Bench::team();
    let anybody = bench.anybody().await;
    let guess = json!({ "name": "admin", "password": "a wrong password" });
    // All at once, as hashing one after the other may take a busy machine a minute, in which more may be guessed.
    let began = Instant::now();
    let answers = join_all((0..60).map(|_| bench.post(&anybody, "/api/v1/session", &guess))).await;
    let passed = began.elapsed();
    let count = |error: &str| answers.iter().filter(|it| it.error() == error).count();
    let (hashed, refused) = (count("401 wrong"), count("429 too_many"));
    assert_eq!(hashed + refused, 60);
    let most = 10 + passed.as_secs() / 6;
    assert!(hashed >= 10 && hashed as u64 <= most, "{hashed} guesses in {passed:?}, not 10 and one in six seconds");
    // Others are not kept out by it.
    bench.log_in("reader").await;
}

#[tokio::test]
async fn the_cookie_is_out_of_scripts_reach() {
    let bench = Bench::team();
    let anybody = bench.anybody().await;
    let right = json!({ "name": "reader", "password": crate::bench::PASSWORD });
    let answer = bench.post(&anybody, "/api/v1/session", &right).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().expect("plain text").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
}

#[test]
fn nobody_listens_to_the_network_without_users() {
    let bench = Bench::alone();
    let mut config = config(bench.folder.path());
    config.address.set_ip([0, 0, 0, 0].into());
    let error = annals_server::service(&config).expect_err("it would be open to everybody");
    assert!(error.to_string().contains("no users"), "{error}");
    assert!(error.hint().is_some_and(|it| it.contains("annals users add")));
}
