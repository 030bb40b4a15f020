use std::io::Write;

use annals_text::{MAX_REPORT_BYTES, Options, Origin, Report, document};
use expect_test::{Expect, expect};

use crate::{findings, read, read_all};

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "the expected text reads best in place")]
fn check(bytes: &[u8], expected: Expect) {
    expected.assert_eq(&read_all(bytes));
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn plain_text_with_a_title() {
    check(
        b"Raid on Arda\n\nTwo men were killed.\n",
        expect![[r#"
            in "Raid on Arda" + "\n\nTwo men were killed.\n"
        "#]],
    );
}

#[test]
fn plain_text_without_a_title() {
    check(
        b"Two men were killed.\n\nA third fled.",
        expect![[r#"
            in "" + "\nTwo men were killed.\n\nA third fled."
        "#]],
    );
    check(
        b"ARDA, March 14 (Agency) -\nTwo men were killed.",
        expect![[r#"
            in "" + "\nARDA, March 14 (Agency) -\nTwo men were killed."
        "#]],
    );
}

#[test]
fn json_lines() {
    check(
        br#"{"doc": "a", "title": "Raid", "text": "Two  men\u00a0died. "}

{"text": "No title.", "src": {"any": [1]}, "more": null}
{"title": "No text"}
"#,
        expect![[r#"
            in:1 "Raid" + "\nTwo  men\u{a0}died. "
            in:3 "" + "\nNo title."
            in:4 "No text" + "\n"
        "#]],
    );
}

#[test]
fn json_in_one_object_over_many_lines() {
    check(
        b"{\n  \"title\": \"Raid\",\n  \"text\": \"A {brace} and a \\\"quote\\\".\"\n}\n",
        expect![[r#"
            in:1 "Raid" + "\nA {brace} and a \"quote\"."
        "#]],
    );
}

#[test]
fn json_array() {
    check(
        b"[\n {\"text\": \"One.\"},\n {\"text\": 2},\n {\"text\": \"Three.\"}\n]",
        expect![[r#"
            in:2 "" + "\nOne."
            error: in:3: field "text" must be a string, not a number
            in:4 "" + "\nThree."
        "#]],
    );
}

#[test]
fn bad_lines_cost_only_themselves() {
    check(
        b"{\"text\": \"One.\"}\n{\"text\": \"cut\n[]\n{\"title\": [1], \"text\": \"a\"}\n{\"doc\": 7}\n{\"text\": \"Six.\", \"published\": true}\n{\"text\": \"Seven.\"}",
        expect![[r#"
            in:1 "" + "\nOne."
            error: in:2 is not valid JSON: EOF while parsing a string (column 13)
            error: in:3 is not valid JSON: an object is needed, not an array
            error: in:4: field "title" must be a string, not an array
            error: in:5: there is no "text"
            error: in:6: field "published" must be a date such as "2024-03-14", not true or false
            in:7 "" + "\nSeven."
        "#]],
    );
}

#[test]
fn first_line_may_be_bad_too() {
    check(
        b"{\"text\": \"cut\n{\"text\": \"Two.\"}\n",
        expect![[r#"
            error: in:1 is not valid JSON: EOF while parsing a string (column 13)
            in:2 "" + "\nTwo."
        "#]],
    );
}

#[test]
fn json_that_breaks_off() {
    check(
        b"[{\"text\": \"One.\"}, {\"text\": ",
        expect![[r#"
            in:1 "" + "\nOne."
            error: in:1 is not valid JSON: it ends within an object
        "#]],
    );
    for end in ["", ",", "\n"] {
        check(
            format!("[\n{{\"text\": \"One.\"}}{end}").as_bytes(),
            if end == "\n" {
                expect![[r#"
                    in:2 "" + "\nOne."
                    error: in:3 is not valid JSON: it ends within an array
                "#]]
            } else {
                expect![[r#"
                    in:2 "" + "\nOne."
                    error: in:2 is not valid JSON: it ends within an array
                "#]]
            },
        );
    }
}

#[test]
fn what_is_no_object_costs_only_itself() {
    check(
        b"[{\"text\": \"One.\"}, 5,\n \"a, ] \\\" {\", null, {\"text\": \"Two.\"},\n [true], {\"text\": \"Three.\"}, 6]\n",
        expect![[r#"
            in:1 "" + "\nOne."
            error: in:1 is not valid JSON: an object is needed here
            error: in:2 is not valid JSON: an object is needed here
            error: in:2 is not valid JSON: an object is needed here
            in:2 "" + "\nTwo."
            error: in:3 is not valid JSON: an object is needed here
            in:3 "" + "\nThree."
            error: in:3 is not valid JSON: an object is needed here
        "#]],
    );
    check(
        b"{\n\"text\": \"One.\"}\nand so on, and on\n{\"text\": \"Two.\"}\nend",
        expect![[r#"
            in:1 "" + "\nOne."
            error: in:3 is not valid JSON: an object is needed here
            in:4 "" + "\nTwo."
            error: in:5 is not valid JSON: an object is needed here
        "#]],
    );
}

#[test]
fn half_characters_are_replaced_and_told() {
    let document = read(br#"{"text": "Two men died \ud83d\ude22 in Arda \ud83d and \ude22\ud83d, \\ud83d."}"#);
    assert_eq!(document.text, "\nTwo men died \u{1f622} in Arda \u{fffd} and \u{fffd}\u{fffd}, \\ud83d.");
    expect![[r"
        T002 half a character was escaped and was replaced by U+FFFD; fetch the report again if you can
    "]]
    .assert_eq(&findings(&document));
}

#[test]
fn packed() {
    let lines = b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
    let expected = || {
        expect![[r#"
            in:1 "" + "\nOne."
            in:2 "" + "\nTwo."
        "#]]
    };
    check(&gzip(lines), expected());
    check(&zstd(lines), expected());
    check(&gzip(&zstd(lines)), expected());
    // Members and frames one after another.
    check(&[gzip(&lines[..17]), gzip(&lines[17..])].concat(), expected());
    check(&[zstd(&lines[..17]), zstd(&lines[17..])].concat(), expected());
}

#[test]
fn packing_that_breaks_off() {
    let packed = gzip(&b"Two men were killed near Arda. ".repeat(400));
    check(&packed[..packed.len() / 2], expect![["error: cannot read in\n"]]);
}

#[test]
fn no_text_at_all() {
    check(b"", expect![["error: in is empty\n"]]);
    check(b" \n\n\t ", expect![["error: in is empty\n"]]);
    check(b"[]\n", expect![["error: in is empty\n"]]);
    check(b"%PDF-1.7\n", expect![["error: in is a PDF file, not text\n"]]);
    check(b"\x00\x01\x02\x00\x03\x00\x00", expect![["error: in is binary, not text\n"]]);
    check(&gzip(&gzip(&gzip(b"a"))), expect![["error: in is packed over and over, not text\n"]]);
    assert!(Report::from_bytes(b"", &Origin::stdin()).unwrap_err().hint().contains("fetch"));
}

#[test]
fn more_than_one_report_can_be() {
    let huge = vec![b'a'; MAX_REPORT_BYTES + 1];
    check(&huge, expect![["error: in holds a report of more than 16 MB\n"]]);
    let line = |text: &[u8]| [&b"{\"text\": \""[..], text, b"\"}\n"].concat();
    check(
        &[line(b"One."), line(&huge), line(b"Three.")].concat(),
        expect![[r#"
            in:1 "" + "\nOne."
            error: in:2 holds a report of more than 16 MB
            in:3 "" + "\nThree."
        "#]],
    );
    check(
        &[b"[", &line(&huge)[..], b",", &line(b"Two.")[..], b"]"].concat(),
        expect![[r#"
            error: in:1 holds a report of more than 16 MB
            in:2 "" + "\nTwo."
        "#]],
    );
}

#[test]
fn json_in_other_encodings() {
    let text = "{\"text\": \"Ménaka fell.\"}\n{\"text\": \"ميناكا\"}\n";
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let expected = || {
        expect![[r#"
            in:1 "" + "\nMénaka fell."
            in:2 "" + "\nميناكا"
        "#]]
    };
    check(&wide, expected());
    check(format!("\u{feff}{text}").as_bytes(), expected());
}

#[test]
fn told_fields_come_through() {
    let document = read(
        br#"{"doc": 12, "title": "T", "text": "Two men were killed.", "published": "2024-03-14T23:00:00Z", "url": "https://arda.example/1", "publisher": "Arda Daily", "language": "en-GB"}"#,
    );
    assert_eq!(document.doc, "12");
    assert_eq!(document.published.map(|it| it.to_string()).as_deref(), Some("2024-03-14"));
    assert_eq!(document.source.as_deref(), Some("https://arda.example/1"));
    assert_eq!(document.publisher.as_deref(), Some("Arda Daily"));
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(document.title(), "T");
}

#[test]
fn the_day_that_the_user_gives_wins() {
    let report = Report::from_bytes(br#"{"text": "a", "published": "2024-03-14"}"#, &Origin::stdin()).unwrap();
    let options = Options { published: Some("2020-01-02".parse().unwrap()) };
    assert_eq!(document(&report, &options).published, options.published);
}

#[test]
fn odd_days_are_left_out_and_told() {
    let document = read(br#"{"text": "Two men were killed near the river.", "published": "99999-01-01"}"#);
    assert_eq!(document.published, None);
    expect![[r#"
        T003 the publication date "99999-01-01" is no day from 1800 to 2100 and was left out; write it as 2024-03-14
    "#]]
    .assert_eq(&findings(&document));
    let document = read(br#"{"text": "Two men were killed near the river.", "published": "05/03/2024"}"#);
    expect![[r#"
        T003 the publication date "05/03/2024" may begin with the day or with the month and was left out; write it as 2024-03-14
    "#]]
    .assert_eq(&findings(&document));
}

#[test]
fn odd_encodings_are_told() {
    let french = &b"Des hommes arm\xe9s ont attaqu\xe9 le march\xe9 ; l'arm\xe9e est arriv\xe9e."[..];
    for bytes in [french.to_vec(), [b"{\"text\": \"", french, b"\"}"].concat()] {
        let document = read(&bytes);
        assert!(document.text.contains("armés ont attaqué"), "{}", document.text);
        expect![[r"
            T001 the encoding is told nowhere; read as windows-1252
        "]]
        .assert_eq(&findings(&document));
    }
    expect![[r"
        T002 some bytes are not UTF-8 and were replaced by U+FFFD; fetch the report again if you can
    "]]
    .assert_eq(&findings(&read(
        "Ménaka, Gao, Ségou and Téra \u{fffd}".replace('\u{fffd}', "?").as_bytes()[..]
            .iter()
            .map(|it| if *it == b'?' { 0xff } else { *it })
            .collect::<Vec<u8>>()
            .as_slice(),
    )));
}

#[test]
fn the_same_bytes_have_the_same_id() {
    let id = "sha256:";
    let one = read(b"Two men were killed.");
    assert!(one.report_id.starts_with(id) && one.report_id.len() == id.len() + 64);
    assert_eq!(one.doc, one.report_id);
    assert_eq!(one, read(&gzip(b"Two men were killed.")));
}
