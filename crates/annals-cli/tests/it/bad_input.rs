//! Whatever is wrong with a report: a clear message that names it, and nothing else is lost.

use std::os::unix::fs::PermissionsExt;

use expect_test::expect;

use crate::run::{Folder, Ran, TEXT};

/// Runs on the folder, which has a good report `z.txt` that must be coded whatever else is there.
#[track_caller]
fn run(folder: Folder) -> Ran {
    let ran = folder.with("z.txt", TEXT).run("code . --quiet --format jsonl");
    let sources: Vec<_> = ran.reports().iter().map(|it| it["report"]["source"].clone()).collect();
    assert!(sources.iter().any(|it| it.as_str().is_some_and(|it| it.ends_with("z.txt"))), "{sources:?} {}", ran.stderr);
    ran
}

#[test]
fn empty_file() {
    run(Folder::new().with("a.txt", "")).said(
        1,
        &expect![[r#"
            error: ./a.txt is empty
            hint: nothing to read: leave it out, or fetch the report again
        "#]],
    );
}

#[test]
fn white_space_only() {
    run(Folder::new().with("a.txt", " \n\t\n")).said(
        1,
        &expect![[r#"
            error: ./a.txt is empty
            hint: nothing to read: leave it out, or fetch the report again
        "#]],
    );
}

#[test]
fn binary_file() {
    run(Folder::new().with("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01")).said(
        1,
        &expect![[r#"
            error: ./a.txt is a picture, not text
            hint: turn it into plain text, HTML or JSON first
        "#]],
    );
}

#[test]
fn broken_utf8_is_coded_with_a_finding() {
    let ran = run(
        Folder::new().with("a.txt", b"Rebels attacked Arda. \xf0\x9f\x92 \xe2\x82 Caf\xc3\xa9 na\xc3\xafve \xff\n")
    );
    assert_eq!(ran.reports().len(), 2);
    assert!(!ran.reports()[0]["findings"].as_array().expect("it has findings").is_empty());
    assert_eq!(ran.code, Some(0));
}

#[test]
fn a_hundred_megabytes_in_one_line() {
    run(Folder::new().with("a.txt", "Rebels attacked. ".repeat(6_000_000))).said(
        1,
        &expect![[r#"
            error: ./a.txt holds a report of more than 16 MB
            hint: split it: one report a file, or one JSON object a line
        "#]],
    );
}

#[test]
fn a_long_line_among_json_lines() {
    let long = format!("{{\"text\": \"{}\"}}\n", "Rebels attacked. ".repeat(2_000_000));
    let good = "{\"doc\": \"after\", \"text\": \"Rebels attacked Arda.\"}\n";
    let ran = run(Folder::new().with("a.jsonl", long + good));
    assert!(ran.docs().contains(&"after".to_owned()));
    ran.said(
        1,
        &expect![[r#"
            error: ./a.jsonl:1 holds a report of more than 16 MB
            hint: split it: one report a file, or one JSON object a line
        "#]],
    );
}

#[test]
fn html_bombs() {
    let nested = format!("<html><body>{}<p>Rebels attacked Arda.</p></body></html>", "<div>".repeat(200_000));
    let wide = format!("<html><body><p title=\"{}\">Rebels attacked Arda.</p></body></html>", "x".repeat(5_000_000));
    let ran = run(Folder::new().with("nested.html", nested).with("wide.html", wide));
    assert!(ran.code.is_some_and(|it| it < 2), "{:?} {}", ran.code, ran.stderr);
}

#[test]
fn json_of_wrong_types_and_missing_fields() {
    let lines = [
        r#"{"doc": "good", "text": "Rebels attacked Arda."}"#,
        r#"{"text": 5}"#,
        r#"{"text": "x", "published": {"year": 2024}}"#,
        r#"{"title": ["a"], "text": "x"}"#,
        r#"{"doc": "no text"}"#,
        r#"["text", "x"]"#,
        r"5",
        r#"{"text": "cut"#,
        r#"{"doc": "good too", "text": "Rebels attacked Arda."}"#,
    ];
    let ran = run(Folder::new().with("a.jsonl", lines.join("\n")));
    assert_eq!(ran.docs()[..2], ["good", "good too"]);
    ran.said(
        1,
        &expect![[r#"
            error: ./a.jsonl:2: field "text" must be a string, not a number
            hint: an object needs "text" and may have "doc", "title", "published", "url", "publisher" and "language"
            error: ./a.jsonl:3: field "published" must be a date such as "2024-03-14", not an object
            error: ./a.jsonl:4: field "title" must be a string, not an array
            error: ./a.jsonl:5: there is no "text"
            error: ./a.jsonl:6 is not valid JSON: an object is needed, not an array
            hint: write one JSON object a line, or one array of objects
            error: ./a.jsonl:7 is not valid JSON: an object is needed, not a number
            error: ./a.jsonl:8 is not valid JSON: EOF while parsing a string (column 13)
        "#]],
    );
}

#[test]
fn a_date_out_of_range_is_a_finding() {
    let ran =
        run(Folder::new().with("a.json", r#"{"text": "Rebels attacked Arda on Monday.", "published": "99999-01-01"}"#));
    let report = &ran.reports()[0];
    assert_eq!(report["report"]["published"], serde_json::Value::Null);
    assert!(report["findings"].to_string().contains("99999-01-01"), "{}", report["findings"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

#[test]
fn a_folder_without_reports() {
    let folder = Folder::new().with("sub/notes.md", "x").with("z.txt", TEXT);
    assert_eq!(folder.run("code sub z.txt").code, Some(1), "the user asked for more than was there");
    folder.run("code sub").said(
        1,
        &expect![[r#"
            error: there are no reports in sub
            hint: reports in a folder end in .txt, .html, .htm, .json, .jsonl or .ndjson, also with .gz or .zst; name other files themselves
        "#]],
    );
}

#[test]
fn a_pattern_that_matches_nothing() {
    Folder::new().run("code *.txt").said(
        1,
        &expect![[r#"
            error: no file matches *.txt
            hint: check the path; a pattern such as 'reports/*.txt' must be quoted where the shell does not know it
        "#]],
    );
}

#[test]
fn a_pattern_matches_folders_too() {
    let folder = Folder::new()
        .with("in/a/deep/x.txt", TEXT)
        .with("in/a/deep/y.log", TEXT)
        .with("in/b.txt", TEXT)
        .with("in/.git/z.txt", TEXT)
        .with("in/empty/notes.md", "x");
    let sources = |ran: &Ran| -> Vec<String> {
        ran.reports().iter().map(|it| it["report"]["source"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let ran = folder.run("code in/* --quiet --format jsonl");
    assert_eq!(sources(&ran), ["in/a/deep/x.txt", "in/b.txt"]);
    ran.said(
        1,
        &expect![[r#"
            error: there are no reports in in/empty
            hint: reports in a folder end in .txt, .html, .htm, .json, .jsonl or .ndjson, also with .gz or .zst; name other files themselves
        "#]],
    );
    let every = folder.run("code in/a/** in/a/**/* --quiet --format jsonl");
    assert_eq!(sources(&every), ["in/a/deep/x.txt", "in/a/deep/x.txt", "in/a/deep/y.log"], "{}", every.stderr);
}

#[test]
fn what_a_pattern_cannot_look_into_is_told() {
    let folder = Folder::new().with("in/a/x.txt", TEXT).with("in/b/y.txt", TEXT);
    let closed = folder.path("in/b");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("the folder is ours");
    let is_closed = std::fs::read_dir(&closed).is_err();
    let ran = folder.run("code in/*/*.txt --format jsonl");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).expect("the folder is ours");
    // Whoever runs this test may read everything.
    assert_eq!(ran.stderr.contains("cannot read in/b"), is_closed, "{}", ran.stderr);
    assert_eq!(ran.code, Some(i32::from(is_closed)));
}

#[test]
fn nothing_but_an_empty_array() {
    Folder::new().with("a.json", "[]").run("code a.json").said(
        1,
        &expect![[r#"
            error: a.json is empty
            hint: nothing to read: leave it out, or fetch the report again
        "#]],
    );
}

#[test]
fn a_path_that_does_not_exist() {
    let folder = Folder::new().with("z.txt", TEXT);
    let ran = folder.run("code gone.txt z.txt --format jsonl");
    assert_eq!(ran.reports().len(), 1, "the other report is coded all the same");
    ran.said(
        2,
        &expect![[r#"
            error: gone.txt does not exist
            hint: check the path; a pattern such as 'reports/*.txt' must be quoted where the shell does not know it
        "#]],
    );
}

#[test]
fn no_permission() {
    let folder = Folder::new().with("a.txt", TEXT);
    let path = folder.path("a.txt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("the file is ours");
    if std::fs::File::open(&path).is_ok() {
        // Whoever runs this test may read everything.
        assert_eq!(run(folder).reports().len(), 2);
        return;
    }
    run(folder).said(
        1,
        &expect![[r"
        error: cannot read ./a.txt
        caused by: Permission denied (os error 13)
        hint: check that it is there and that you may read it
    "]],
    );
}

#[test]
fn a_file_that_cannot_be_opened() {
    let folder = Folder::new();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("a.txt")).expect("it can be made");
    let ran = folder.with("z.txt", TEXT).run("code a.txt z.txt --quiet --format jsonl");
    assert_eq!(ran.reports().len(), 1);
    ran.said(
        1,
        &expect![[r#"
            error: cannot read a.txt
            caused by: No such device or address (os error 6)
            hint: check that it is there and that you may read it
        "#]],
    );
}

#[test]
fn packed_data_that_is_cut_off() {
    run(Folder::new().with("a.txt.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcbH")).said(
        1,
        &expect![[r#"
            error: cannot read ./a.txt.gz
            caused by: incomplete deflate stream
            hint: check that the file can be read and, if packed, that it is whole
        "#]],
    );
}

#[test]
fn a_link_into_itself_is_passed_over() {
    let folder = Folder::new().with("in/z.txt", TEXT);
    std::os::unix::fs::symlink(".", folder.path("in/loop")).expect("it can be made");
    let ran = folder.run("code in --format jsonl");
    assert_eq!(ran.reports().len(), 1);
    ran.said(0, &expect![""]);
}
