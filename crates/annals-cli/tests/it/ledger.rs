//! A ledger from the command line: made, filled, asked, judged, taken back.

use expect_test::expect;
use serde_json::Value;

use crate::run::{Folder, Ran, TEXT};

/// A folder with a ledger that holds one report.
fn filled() -> Folder {
    let folder = Folder::new().with("reports/a.txt", TEXT);
    assert_eq!(folder.run("init").code, Some(0));
    let ran = folder.run("ingest reports --published 2024-03-14 --by ana");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    folder
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", ran.stdout, ran.stderr))
}

/// The name of the first incident.
fn id(folder: &Folder) -> String {
    json(&folder.run("incidents --format json"))[0]["id"].as_str().expect("there is one").to_owned()
}

#[test]
fn without_a_ledger_the_way_is_shown() {
    let ran = Folder::new().run("incidents");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("is not in a ledger") && ran.stderr.contains("annals init"), "{}", ran.stderr);
}

#[test]
fn a_report_is_kept_once() {
    let folder = filled();
    let again = folder.run("ingest reports --published 2024-03-14");
    expect!["0 reports kept, 0 events; 1 there already\n"].assert_eq(&again.stderr);
    assert_eq!(folder.run("init").code, Some(2), "there is one already");
    let log = folder.run("log --format csv").stdout;
    assert_eq!(log.lines().count(), 2, "{log}");
    assert!(log.contains(",ana,coding,true,"), "{log}");
}

#[test]
fn incidents_in_every_form() {
    let folder = filled();
    let id = id(&folder);
    let table = folder.run("incidents --text town");
    assert!(table.stdout.contains(&id[..8]), "{}", table.stdout);
    let csv = folder.run("incidents --format csv --sort killed").stdout;
    assert!(csv.starts_with("id,type,") && csv.contains(&id), "{csv}");
    assert_eq!(folder.run("incidents --from 2031-01-01").code, Some(1), "nothing matches");
    assert_eq!(folder.run("incidents --as-of 2020-01-01").code, Some(1), "nothing was known then");
    let page = folder.run(&format!("show {}", &id[..6]));
    assert_eq!(page.code, Some(0), "{}", page.stderr);
    assert!(page.stdout.contains("Reports") && page.stdout.contains("attacked the town of Arda"), "{}", page.stdout);
    assert_eq!(json(&folder.run(&format!("show {id} --format json")))["id"], id);
    assert_eq!(folder.run("show zzz").code, Some(2));
    assert_eq!(folder.run("stats --by type").code, Some(0));
    assert_eq!(json(&folder.run("diff --since 2020-01-01 --format json"))[0]["fate"]["fate"], "new");
}

#[test]
fn what_people_say_is_kept_and_taken_back() {
    let folder = filled();
    let id = id(&folder);
    let field = |name: &str| json(&folder.run(&format!("show {id} --format json")))[name].clone();
    assert_eq!(folder.run(&format!("edit {id} date 2024-03-11 --reason named")).code, Some(0));
    assert_eq!((field("date")["start"].clone(), field("review")), ("2024-03-11".into(), "corrected".into()));
    assert_eq!(folder.run(&format!("edit {id} killed:target 13")).code, Some(0));
    assert_eq!(folder.run(&format!("edit {id} date tomorrow")).code, Some(2));
    assert_eq!(folder.run(&format!("edit {id} nonsense 1")).code, Some(2));
    assert_eq!(folder.run("undo 3").code, Some(0));
    assert_eq!(folder.run("undo 3").code, Some(2), "it is undone already");
    assert_eq!(folder.run("undo 2").code, Some(0));
    assert_eq!(field("review"), "unreviewed");
    assert_eq!(folder.run(&format!("review {id} --reject")).code, Some(2), "a rejection needs a reason");
    assert_eq!(folder.run(&format!("review {id} --reject --reason rumour")).code, Some(0));
    assert_eq!(folder.run("incidents --rejected").code, Some(0));
}

#[test]
fn a_missed_event_is_added_and_outlives_a_new_coding() {
    let folder = filled();
    let report =
        json(&folder.run(&format!("show {} --format json", id(&folder))))["tellings"][0]["report"]["id"].clone();
    let report = report.as_str().expect("an id");
    let n = || json(&folder.run("incidents --format json")).as_array().expect("a list").len();
    let before = n();
    let add = format!("add {report} the --type looting --reason missed");
    assert_eq!(folder.run(&add).code, Some(0));
    assert_eq!(folder.run(&add).code, Some(2), "it is there");
    assert_eq!(folder.run(&format!("add {report} nowhere --type looting")).code, Some(2));
    assert_eq!(n(), before + 1);
    assert_eq!(folder.run("undo 2").code, Some(0));
    assert_eq!(n(), before);
}

#[test]
fn a_review_walks_through_all() {
    let folder = filled();
    let n = json(&folder.run("incidents --format json")).as_array().expect("a list").len();
    let answers = "e title Raid on Arda\nx\na seen\n".to_owned() + &"n\n".repeat(n);
    let ran = folder.run_with_stdin("review --by ana", answers.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let log = folder.run("log --format csv").stdout;
    assert!(log.contains("edit") && log.contains("accept") && log.contains("seen"), "{log}");
}

#[test]
fn withdrawing_and_rebuilding() {
    let folder = filled();
    assert_eq!(folder.run("rebuild").code, Some(0));
    assert_eq!(folder.run("rebuild --check").code, Some(0));
    let shown = json(&folder.run(&format!("show {} --format json", id(&folder))));
    let report = shown["tellings"][0]["report"]["id"].as_str().expect("it has one");
    assert_eq!(folder.run(&format!("withdraw {report} --yes")).code, Some(2), "a reason is needed");
    assert_eq!(folder.run(&format!("withdraw {report} --reason safety")).code, Some(2), "it must be sure");
    assert_eq!(folder.run(&format!("withdraw {report} --reason safety --yes")).code, Some(0));
    assert_eq!(folder.run("incidents").code, Some(1));
    assert!(folder.run("ingest reports").stderr.contains("there already"), "it is not taken in again");
}

#[test]
fn a_path_that_does_not_exist_is_wrong_use_as_in_code() {
    let folder = Folder::new().with("a.txt", TEXT).with("none/notes.md", "x");
    folder.run("init");
    let ran = folder.run("ingest gone.txt a.txt");
    assert!(ran.stderr.contains("gone.txt does not exist") && ran.stderr.contains("1 reports kept"), "{}", ran.stderr);
    assert_eq!((ran.code, folder.run("code gone.txt a.txt").code), (Some(2), Some(2)));
    assert_eq!((folder.run("ingest none a.txt").code, folder.run("code none a.txt").code), (Some(1), Some(1)));
}

#[test]
fn coded_reports_are_taken_as_they_are() {
    let folder = Folder::new().with("a.txt", TEXT);
    let coded = folder.run("code a.txt --format jsonl").stdout;
    let folder = folder.with("coded.jsonl", coded + "not a report\n");
    folder.run("init");
    let ran = folder.run("ingest --coded coded.jsonl");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("coded.jsonl:2") && ran.stderr.contains("1 not coded"), "{}", ran.stderr);
    let coded = |place: &str| {
        let report = format!("{{\"text\": \"Rebels attacked {place}.\"}}");
        folder.run_with_stdin("code --format jsonl", report.as_bytes()).stdout
    };
    let (good, bad) = (coded("Arda"), [b"\xff\n".to_vec(), coded("Gao").into_bytes()].concat());
    let folder = folder.with("good.jsonl", good).with("bad.jsonl", bad);
    let ran = folder.run("ingest --coded good.jsonl bad.jsonl");
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("bad.jsonl:1") && ran.stderr.contains("2 reports kept"), "{}", ran.stderr);
    assert_eq!(folder.run("rule").stdout, "ucdp\n");
    assert_eq!(folder.run("rule median").code, Some(0));
    assert_eq!(folder.run("rule").stdout, "median\n");
}
