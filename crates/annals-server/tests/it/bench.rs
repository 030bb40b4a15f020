//! A ledger with two invented reports, people with roles, and requests as a browser makes them.

use std::net::{Ipv4Addr, SocketAddr};

use annals_ledger::{Access, Arrival, Ledger, Stamp};
use annals_record::CodedReport;
use annals_server::{Config, Role, Users, service};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use jiff::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt;

pub(crate) const PASSWORD: &str = "four plain words";

/// Everything that a test needs; the folder goes with it.
pub(crate) struct Bench {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) app: Router,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Status and code of the error, such as `403 role`.
    pub(crate) fn error(&self) -> String {
        format!("{} {}", self.status.as_u16(), self.json()["error"]["code"].as_str().unwrap_or("-"))
    }
}

/// Somebody who is logged in.
#[derive(Clone, Default)]
pub(crate) struct Person {
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

impl Bench {
    /// Without users: whoever is at the machine.
    pub(crate) fn alone() -> Self {
        Self::new(&[])
    }

    /// With one person of each role, named after it.
    pub(crate) fn team() -> Self {
        Self::new(&[Role::Reader, Role::Coder, Role::Admin])
    }

    fn new(roles: &[Role]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut ledger = Ledger::init(folder.path()).expect("a ledger can be made");
        let stamp = Stamp { who: "test".to_owned(), at: "2024-03-20T10:00:00Z".parse().expect("a time") };
        let arrivals = [first(), second()].map(|coded| Arrival { coded, received: Some(b"as received".to_vec()) });
        ledger.ingest(&stamp, arrivals.to_vec()).expect("two reports can be taken in");
        let mut users = Users::read(folder.path()).expect("there are none yet");
        for role in roles {
            users.add(&role.to_string(), *role, PASSWORD, Timestamp::UNIX_EPOCH).expect("the name is free");
        }
        if !roles.is_empty() {
            users.write().expect("the file can be written");
        }
        let app = service(&config(folder.path())).expect("the service starts");
        Self { folder, app }
    }

    pub(crate) async fn call(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.expect("the service always answers");
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.into_body().collect().await.expect("the body ends").to_bytes().to_vec();
        Answer { status, headers, body }
    }

    pub(crate) async fn get(&self, person: &Person, path: &str) -> Answer {
        self.call(request("GET", path, person).body(Body::empty()).expect("a request")).await
    }

    pub(crate) async fn post(&self, person: &Person, path: &str, body: &Value) -> Answer {
        let request = request("POST", path, person).header(header::CONTENT_TYPE, "application/json");
        self.call(request.body(Body::from(body.to_string())).expect("a request")).await
    }

    /// Somebody who has opened the page and not logged in.
    pub(crate) async fn anybody(&self) -> Person {
        let session = self.get(&Person::default(), "/api/v1/session").await.json();
        Person { cookie: String::new(), csrf: session["csrf"].as_str().unwrap_or_default().to_owned() }
    }

    pub(crate) async fn log_in(&self, name: &str) -> Person {
        let anybody = self.anybody().await;
        let answer = self.post(&anybody, "/api/v1/session", &json!({ "name": name, "password": PASSWORD })).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let cookie = answer.headers[header::SET_COOKIE].to_str().expect("plain text");
        let csrf = answer.json()["csrf"].as_str().expect("a token").to_owned();
        Person { cookie: cookie.split(';').next().unwrap_or_default().to_owned(), csrf }
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open(self.folder.path(), Access::Write).expect("the ledger is there")
    }

    /// The ids of the incidents, oldest first.
    pub(crate) async fn incidents(&self, person: &Person) -> Vec<String> {
        let page = self.get(person, "/api/v1/incidents?sort=oldest").await.json();
        let items = page["items"].as_array().cloned().unwrap_or_default();
        items.iter().map(|it| it["id"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

pub(crate) fn config(folder: &std::path::Path) -> Config {
    Config {
        ledger: folder.to_owned(),
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        packs: annals_coder::OwnPacks::default(),
    }
}

pub(crate) fn request(method: &str, path: &str, person: &Person) -> axum::http::request::Builder {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:7411");
    if !person.cookie.is_empty() {
        request = request.header(header::COOKIE, &person.cookie);
    }
    if !person.csrf.is_empty() {
        request = request.header("x-annals-csrf", &person.csrf);
    }
    request
}

/// A report whose every free text is hostile.
fn first() -> CodedReport {
    coded(
        "1",
        "<script>window.ran = 1</script>Raid on Belu",
        "2024-03-12",
        &json!([{
            "id": "e1", "type": "armed_clash", "scope": "incident", "realis": "actual", "confidence": 0.9,
            "trigger": span(0, 4), "mentions": [],
            "agents": [{ "span": span(4, 9), "name": "<img src=x onerror='window.ran = 1'>", "kind": "armed_group", "actor": null }],
            "targets": [{ "span": span(9, 13), "name": "Army", "kind": "state_force", "actor": null }],
            "places": [{ "span": span(13, 17), "place": null, "candidates": [] }],
            "where": { "iso3": "MLI", "adm1": "Gao", "adm2": null, "lat": 16.2, "lon": 0.1, "precision": "exact", "radius_km": 5.0, "from": null },
            "date": { "span": null, "start": "2024-03-11", "end": "2024-03-11", "precision": "day", "rule": "test" },
            "outcomes": [{ "span": span(17, 20), "what": "killed", "low": 7, "high": 7, "best": 7, "side": "target", "part": false, "item": null, "source": null }],
            "weapons": [], "sources": []
        }]),
    )
}

fn second() -> CodedReport {
    coded(
        "2",
        "Shelling in the north",
        "2024-04-02",
        &json!([{
            "id": "e1", "type": "shelling", "scope": "incident", "realis": "actual", "confidence": 0.9,
            "trigger": span(0, 4), "mentions": [], "agents": [], "targets": [],
            "places": [], "where": null,
            "date": { "span": null, "start": "2024-04-01", "end": "2024-04-01", "precision": "day", "rule": "test" },
            "outcomes": [], "weapons": [], "sources": []
        }]),
    )
}

const TEXT: &str = "abcdefghijklmnopqrstuvwxyz";

fn span(start: usize, end: usize) -> Value {
    json!({ "start": start, "end": end, "text": &TEXT[start..end] })
}

fn coded(name: &str, title: &str, published: &str, events: &Value) -> CodedReport {
    let report = json!({
        "record": 1, "doc": format!("doc{name}"),
        "report": {
            "id": format!("sha256:{}", name.repeat(64)), "source": "javascript:alert(1)", "title": title, "published": published,
            "publisher": "<b>Outlet</b>", "language": "en", "coder": "test 1", "model": "test 1", "packs": []
        },
        "document": { "text": TEXT }, "events": events, "statements": [], "findings": []
    });
    serde_json::from_value(report).expect("the report has the record's form")
}
