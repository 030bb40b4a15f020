//! Requests that nobody should make: all refused, none crash.

use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;

use crate::bench::{Bench, Person, request};

#[tokio::test]
async fn cross_site_posts_are_refused() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let undo = |name: &str, value: &str| {
        let request = request("POST", "/api/v1/undo", &person)
            .header(header::CONTENT_TYPE, "application/json")
            .header(name, value);
        request.body(Body::from("{}")).expect("a request")
    };
    for (name, value) in [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        assert_eq!(bench.call(undo(name, value)).await.error(), "403 cross_site", "{name}: {value}");
    }
    assert_ne!(bench.call(undo("origin", "http://127.0.0.1:7411")).await.status, StatusCode::FORBIDDEN);
    // A form of another page cannot set our header.
    let nobody = Person::default();
    assert_eq!(bench.post(&nobody, "/api/v1/undo", &json!({})).await.error(), "403 csrf");
    let other = Person { csrf: "0".repeat(64), ..Person::default() };
    assert_eq!(bench.post(&other, "/api/v1/undo", &json!({})).await.error(), "403 csrf");
}

#[tokio::test]
async fn a_foreign_name_that_points_here_is_refused() {
    let bench = Bench::alone();
    for host in ["evil.example", "evil.example:7411", "127.0.0.1.evil.example", ""] {
        let request = axum::http::Request::get("/api/v1/session")
            .header(header::HOST, host)
            .body(Body::empty())
            .expect("a request");
        assert_eq!(bench.call(request).await.error(), "403 foreign_host", "{host:?}");
    }
    for host in ["localhost:7411", "127.0.0.1", "[::1]:7411"] {
        let request = axum::http::Request::get("/api/v1/session")
            .header(header::HOST, host)
            .body(Body::empty())
            .expect("a request");
        assert_eq!(bench.call(request).await.status, StatusCode::OK, "{host:?}");
    }
}

#[tokio::test]
async fn bodies_that_are_none_are_told() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let post = |kind: &'static str, body: Vec<u8>| {
        request("POST", "/api/v1/edits", &person)
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .expect("a request")
    };
    assert_eq!(bench.call(post("text/plain", b"{}".to_vec())).await.error(), "415 not_json");
    assert_eq!(bench.call(post("application/json", b"{".to_vec())).await.error(), "400 bad_request");
    assert_eq!(bench.call(post("application/json", vec![0xff, 0xfe])).await.error(), "400 bad_request");
    assert_eq!(bench.call(post("application/json", b"{}".to_vec())).await.error(), "422 bad_request");
    assert_eq!(bench.call(post("application/json", b"[".repeat(100_000))).await.error(), "400 bad_request");
    let large = format!("{{\"x\": \"{}\"}}", "a".repeat(300_000));
    assert_eq!(bench.call(post("application/json", large.into_bytes())).await.error(), "413 too_large");
}

#[tokio::test]
async fn odd_parameters_are_told() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    for query in [
        "from=yesterday",
        "type=party",
        "box=1,2",
        "killed=-1",
        "killed=many",
        "review=maybe",
        "as_of=then",
        "after=zzz",
        "sort=random",
        "limit=x",
    ] {
        let answer = bench.get(&person, &format!("/api/v1/incidents?{query}")).await;
        assert!(answer.status.is_client_error(), "{query}: {}", answer.status);
        assert!(answer.json()["error"]["message"].is_string(), "{query}: {}", answer.text());
    }
    for query in [
        "q=%22unbalanced",
        "q=a%20AND%20OR",
        "q=*",
        "q=%00",
        "q=NEAR(",
        "actor=%27%3B--",
        "iso3=%27",
        "limit=0",
        "limit=99999999",
    ] {
        let answer = bench.get(&person, &format!("/api/v1/incidents?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text());
    }
}

#[tokio::test]
async fn paths_lead_nowhere_else() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    for path in [
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/../../Cargo.toml",
        "/assets/%2e%2e/%2e%2e/Cargo.toml",
        "/api/v1/reports/..%2f..%2fusers.json",
        "/api/v1/incidents/..%2f..%2f",
        "/.annals/users.json",
    ] {
        let answer = bench.get(&person, path).await;
        let text = answer.text();
        assert!(!text.contains("root:") && !text.contains("[package]") && !text.contains("argon2"), "{path}: {text}");
        assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
    }
}

#[tokio::test]
async fn hostile_words_stay_data() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    let id = &bench.incidents(&person).await[0];
    for path in [format!("/api/v1/incidents/{id}"), "/api/v1/incidents".to_owned(), "/api/v1/reports".to_owned()] {
        let answer = bench.get(&person, &path).await;
        assert!(answer.text().contains('<'), "the words are kept as they are");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("plain text").to_owned();
        assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe-eval"), "{policy}");
    }
    let original = bench.get(&person, &format!("/api/v1/reports/sha256:{}/original", "1".repeat(64))).await;
    assert_eq!(original.body, b"as received");
    assert!(original.headers[header::CONTENT_DISPOSITION].to_str().is_ok_and(|it| it.starts_with("attachment")));
}

#[tokio::test]
async fn unknown_things_are_not_found() {
    let bench = Bench::alone();
    let person = bench.anybody().await;
    for path in ["/incidents/ffff", "/incidents/ffff/history", "/reports/x", "/actors/nobody-of-that-name", "/nothing"]
    {
        let answer = bench.get(&person, &format!("/api/v1{path}")).await;
        assert_eq!(answer.error(), "404 not_found", "{path}: {}", answer.text());
    }
    assert_eq!(bench.get(&person, "/assets/nothing.js").await.status, StatusCode::NOT_FOUND);
}
