//! The workbench as a process of its own: killed, and asked by slow clients.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::{Value, json};

use crate::run::{Folder, TEXT, annals};

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Folder) -> Self {
        let mut child = annals(&folder.path(""))
            .args(["serve", ".", "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary was built");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("it tells its address");
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { child, address }
    }

    fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

/// Asks once; `None` when the server went away before it had answered.
fn ask(address: &str, method: &str, path: &str, csrf: &str, body: &Value) -> Option<Value> {
    let mut stream = TcpStream::connect(address).ok()?;
    let body = if method == "GET" { String::new() } else { body.to_string() };
    let head = format!(
        "{method} /api/v1{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nx-annals-csrf: {csrf}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    serde_json::from_str(body).ok()
}

fn filled() -> Folder {
    let folder = Folder::new().with("reports/a.txt", TEXT);
    assert_eq!(folder.run("init").code, Some(0));
    assert_eq!(folder.run("ingest reports --published 2024-03-14").code, Some(0));
    folder
}

/// `ANNALS_KILLS` makes the run longer.
#[test]
fn a_killed_workbench_loses_no_acknowledged_edit() {
    let folder = filled();
    let n_kills: u64 = std::env::var("ANNALS_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(3);
    let mut acknowledged: Vec<(u64, String)> = Vec::new();
    for round in 0..n_kills {
        let server = Server::start(&folder);
        let address = server.address.clone();
        let (tell, told) = channel();
        let editor = std::thread::spawn(move || {
            let get = |path: &str| ask(&address, "GET", path, "", &Value::Null).expect("it lives");
            let csrf = get("/session")["csrf"].as_str().expect("a token").to_owned();
            let incident = get("/incidents")["items"][0]["id"].clone();
            let mut kept = Vec::new();
            for n in 0.. {
                let title = format!("Title {round}.{n}");
                let edit = json!({"target": {"incident": incident}, "changes": {"title": title}});
                let Some(done) = ask(&address, "POST", "/edits", &csrf, &edit) else { break };
                kept.push((done["operations"][0].as_u64().expect("a number"), title));
                // Who listens has heard enough after some edits.
                let _ = tell.send(());
            }
            kept
        });
        for _ in 0..=round % 5 {
            told.recv().expect("it is edited");
        }
        // Kills strike at other points of an edit each time.
        std::thread::sleep(Duration::from_millis(round * 7919 % 40));
        server.kill();
        acknowledged.extend(editor.join().expect("it ends with the server"));
    }
    assert!(!acknowledged.is_empty());
    assert_eq!(folder.run("rebuild --check").code, Some(0));
    let log: Value = serde_json::from_str(&folder.run("log -n 1000000 --format json").stdout).expect("JSON");
    let kept = |seq: u64| log.as_array().and_then(|it| it.iter().find(|it| it["seq"] == seq));
    for (seq, title) in acknowledged {
        assert_eq!(kept(seq).map(|it| it["value"].clone()), Some(json!(title)), "operation {seq}");
    }
}

#[test]
fn slow_clients_stop_nobody() {
    let folder = filled();
    let server = Server::start(&folder);
    let drip = |text: &str| {
        let mut stream = TcpStream::connect(&server.address).expect("it listens");
        stream.write_all(text.as_bytes()).expect("it reads");
        stream
    };
    let head =
        "POST /api/v1/edits HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 200\r\n";
    let slow: Vec<TcpStream> =
        (0..200).map(|it| drip(["GET /api", head, &format!("{head}\r\n{{\"tar")][it % 3])).collect();
    for _ in 0..20 {
        assert!(ask(&server.address, "GET", "/incidents", "", &Value::Null).is_some());
    }
    drop(slow);
    server.kill();
}
