use std::io::Read;
use std::process::Stdio;

use expect_test::expect;

use crate::run::{Folder, TEXT, annals};

fn line(doc: &str) -> String {
    format!(
        "{{\"doc\": \"{doc}\", \"title\": \"Raid\", \"text\": \"Rebels attacked Arda on Monday, killing 12 soldiers.\"}}\n"
    )
}

#[test]
fn a_file_becomes_cards() {
    let ran = Folder::new().with("raid.txt", TEXT).run("code raid.txt --published 2024-03-14");
    assert!(ran.stdout.starts_with("Rebels attack town\n2024-03-14 · raid.txt"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\ne1  "), "{}", ran.stdout);
    ran.said(0, &expect![""]);
}

#[test]
fn colour_is_used_only_where_asked_for() {
    let folder = Folder::new().with("raid.txt", TEXT);
    let run = |variable: &str| {
        let output = annals(&folder.path("")).args(["code", "raid.txt"]).env(variable, "1").output().expect("it runs");
        String::from_utf8(output.stdout).expect("annals writes UTF-8")
    };
    assert!(run("CLICOLOR_FORCE").contains("\u{1b}[4m"), "evidence is underlined");
    let plain = run("NO_COLOR");
    assert!(!plain.contains('\u{1b}') && plain.contains("^^^"), "{plain}");
}

#[test]
fn folders_patterns_and_standard_input_are_read_in_order() {
    let folder = Folder::new()
        .with("in/b.jsonl", line("b1") + "\n" + &line("b2"))
        .with("in/a/deep.json", line("a"))
        .with("in/notes.md", "not a report")
        .with("in/.hidden.json", line("hidden"))
        .with("more-2.json", line("m2"))
        .with("more-1.json", line("m1"));
    let ran = folder.run_with_stdin("code --format jsonl more-*.json - in", line("stdin").as_bytes());
    assert_eq!(ran.docs(), ["m1", "m2", "stdin", "a", "b1", "b2"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.stderr.starts_with("6 reports, "), "{}", ran.stderr);
}

#[test]
fn without_a_path_standard_input_is_read() {
    let ran = Folder::new().run_with_stdin("code -f jsonl", TEXT.as_bytes());
    assert_eq!(ran.reports()[0]["report"]["source"], serde_json::Value::Null);
    ran.said(0, &expect![""]);
}

#[test]
fn the_same_bytes_whatever_the_number_of_jobs() {
    let lines: String = (0..200).map(|i| line(&format!("d{i}"))).collect();
    let folder = Folder::new().with("many.jsonl", lines);
    for format in ["human", "json", "jsonl", "csv"] {
        let one = folder.run(&format!("code many.jsonl --jobs 1 --format {format}"));
        let many = folder.run(&format!("code many.jsonl --jobs 5 --format {format}"));
        assert_eq!(one.stdout, many.stdout, "{format}");
        assert_eq!(one.stderr, many.stderr, "{format}");
    }
}

#[test]
fn json_is_one_array_of_what_jsonl_writes() {
    let folder = Folder::new().with("two.jsonl", line("a") + &line("b"));
    let array = folder.run("code two.jsonl --format json").stdout;
    let array: Vec<serde_json::Value> = serde_json::from_str(&array).expect("it is an array");
    assert_eq!(array, folder.run("code two.jsonl --format jsonl").reports());
    let none = Folder::new().with("bad.json", "{}").run("code bad.json --format json").stdout;
    assert_eq!(none, "[]\n");
}

#[test]
fn csv_has_one_row_an_event() {
    let folder = Folder::new().with("two.jsonl", line("a") + &line("b"));
    let n_events: usize = folder
        .run("code two.jsonl --format jsonl")
        .reports()
        .iter()
        .map(|it| it["events"].as_array().map_or(0, Vec::len))
        .sum();
    let csv = folder.run("code two.jsonl --format csv").stdout;
    assert!(csv.starts_with("doc,source,title,published,event,type,"), "{csv}");
    assert_eq!(csv.lines().count(), n_events + 1, "{csv}");
}

#[test]
fn every_span_is_a_slice_of_the_text() {
    fn check(value: &serde_json::Value, text: &[char]) {
        if let (Some(start), Some(end), Some(words)) =
            (value["start"].as_u64(), value["end"].as_u64(), value["text"].as_str())
        {
            let [start, end] = [start, end].map(|it| usize::try_from(it).expect("it is within the text"));
            assert_eq!(text[start..end].iter().collect::<String>(), words);
        }
        let inner: Vec<_> = value
            .as_object()
            .into_iter()
            .flat_map(|it| it.values())
            .chain(value.as_array().into_iter().flatten())
            .collect();
        for it in inner {
            check(it, text);
        }
    }
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/written/docs");
    let reports = Folder::new().run(&format!("code -f jsonl {corpus}")).reports();
    assert_eq!(reports.len(), 12);
    for report in reports {
        let text: Vec<char> = report["document"]["text"].as_str().expect("it has one").chars().collect();
        check(&report, &text);
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let lines: String = (0..500).map(|i| line(&format!("d{i}"))).collect();
    let folder = Folder::new().with("many.jsonl", lines);
    let mut child = annals(&folder.path(""))
        .args(["code", "many.jsonl", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary was built");
    let mut stdout = child.stdout.take().expect("it is piped");
    stdout.read_exact(&mut [0; 10]).expect("something is written");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()), (Some(0), String::new()));
}

#[test]
fn wrong_use_is_told() {
    let ran = Folder::new().run("code --published yesterday");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("--published <DATE>"), "{}", ran.stderr);
}

#[test]
fn the_schema_is_json() {
    let ran = Folder::new().run("schema");
    let schema: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(schema["title"], "CodedReport");
    ran.said(0, &expect![""]);
}
