use annals_text::{Document, Options, Origin, Report, document, read_reports};
use proptest::prelude::*;

use crate::read;

/// Everything that later stages rely on.
fn check_offsets(document: &Document) {
    let text = &document.text;
    assert_eq!(text.as_bytes()[document.title_end], b'\n');
    let mut end = 0;
    for sentence in &document.sentences {
        let range = sentence.range.clone();
        assert!(range.start >= end && range.start < range.end, "in order, without overlap, not empty");
        // Whitespace between them belongs to none: no words are lost.
        assert_eq!(text[end..range.start].trim(), "");
        let slice = &text[range.clone()];
        assert_eq!(slice, slice.trim());
        let span = document.span(range.clone());
        assert_eq!(span.text, slice);
        assert_eq!(span.start, text[..range.start].chars().count());
        assert_eq!(span.end - span.start, slice.chars().count());
        assert_eq!(document.bytes(span.start, span.end), Some(range.clone()));
        end = range.end;
    }
    assert_eq!(text[end..].trim(), "");
}

/// Pieces that sentence splitting looks at, so that chance meets them.
fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,12}",
        "\\PC{0,6}",
        prop::sample::select(vec![
            ". ",
            ".",
            "\n",
            "\r\n",
            "\n\n",
            "• ",
            " • ",
            "- ",
            "1. ",
            "“",
            "”",
            "\"",
            " \" ",
            "U.S. ",
            "Lt. ",
            "No. 5 ",
            "...",
            "…",
            "؟ ",
            "\u{2028}",
            "\u{feff}",
            "Leave a Comment",
            "Read also:",
            "The ",
            "the siege.The",
            "[2]",
            ")",
            "?",
            "!",
            "é",
            "𝒳",
            "\u{a0}",
            "\t",
            "。",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn json_text_is_kept_to_the_character(title in words(), body in words()) {
        prop_assume!(!(title.trim().is_empty() && body.trim().is_empty()));
        let json = serde_json::json!({ "title": title, "text": body }).to_string();
        let document = read(json.as_bytes());
        prop_assert_eq!(&document.text, &format!("{title}\n{body}"));
        prop_assert_eq!(document.title(), title);
        check_offsets(&document);
    }

    #[test]
    fn plain_text_is_kept(text in words()) {
        let origin = Origin::stdin();
        if let Ok(report) = Report::from_bytes(text.as_bytes(), &origin) {
            check_offsets(&document(&report, &Options::default()));
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let reports: Vec<_> = read_reports(&bytes[..], &Origin::stdin()).collect();
        prop_assert!(!reports.is_empty(), "a stream without a report says so");
        for report in reports.into_iter().flatten() {
            check_offsets(&document(&report, &Options::default()));
        }
    }

    #[test]
    fn any_json_is_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "{\"text\": \"Two men died.\"}", "{}", "{", "}", "[", "]", ",", "\"", "\\", "\\ud83d", "5", "null", "\n", " ", "é",
    ]), 0..20)) {
        for start in ["[]", "[{", "{\"", "{\n\""] {
            let bytes = format!("{start}{}", pieces.concat());
            let reports: Vec<_> = read_reports(bytes.as_bytes(), &Origin::stdin()).collect();
            prop_assert!(!reports.is_empty(), "a stream without a report says so");
        }
    }

    #[test]
    fn any_tags_are_read(tags in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<div>", "</div>", "<b>", "</i>", "<table>", "<td>", "<li>", "<ul>", "a. ", "Two men died. ", "<h1>", "<title>", "<svg>", "</svg>",
        "<script>", "</script>", "<!--", "-->", "<br>", "&amp;", "<a href=x>", "</a>", "<html>", "<body>", "<article>", "</article>", "<meta name=date content=x>",
    ]), 0..60)) {
        check_offsets(&read(format!("<html>{}x", tags.concat()).as_bytes()));
    }
}

#[test]
fn spans_count_code_points_far_into_a_text() {
    let body = "é𝒳a ".repeat(10_000);
    let json = serde_json::json!({ "text": body }).to_string();
    check_offsets(&read(json.as_bytes()));
}

/// Inputs that once broke something, and the seeds of the fuzzer.
#[test]
fn fuzzed_inputs_are_read() {
    let fuzz = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    for folder in ["seeds/document", "regressions/document"] {
        let Ok(files) = std::fs::read_dir(fuzz.join(folder)) else { continue };
        for file in files {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            for report in read_reports(&bytes[..], &Origin::stdin()).flatten() {
                check_offsets(&document(&report, &Options::default()));
            }
        }
    }
}
