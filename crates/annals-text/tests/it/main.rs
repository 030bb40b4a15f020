//! Text in, text out: input forms, sentences, pages, offsets.

mod input;
mod pages;
mod properties;
mod sentences;

use annals_text::{Document, Options, Origin, Report, SentenceKind, document, read_reports};

/// The document of one report that must be readable.
#[track_caller]
fn read(bytes: &[u8]) -> Document {
    let report = Report::from_bytes(bytes, &Origin::stdin()).unwrap_or_else(|error| panic!("{error}"));
    document(&report, &Options::default())
}

/// Each report of a stream as one line: its document, or its error.
fn read_all(bytes: &[u8]) -> String {
    let mut lines = String::new();
    for report in read_reports(bytes, &Origin { label: "in".to_owned(), source: None }) {
        match report {
            Ok(report) => {
                let document = document(&report, &Options::default());
                let place = &report.place;
                lines.push_str(&format!(
                    "{place} {:?} + {:?}\n",
                    document.title(),
                    &document.text[document.title_end..]
                ));
            }
            Err(error) => lines.push_str(&format!("error: {error}\n")),
        }
    }
    lines
}

/// One sentence a line, with its paragraph and the first letter of its kind.
fn sentences(document: &Document) -> String {
    let mut lines = String::new();
    for sentence in &document.sentences {
        let kind = match sentence.kind {
            SentenceKind::Title => "title    ",
            SentenceKind::Heading => "heading  ",
            SentenceKind::Bullet => "bullet   ",
            SentenceKind::Prose => "prose    ",
            SentenceKind::Furniture => "furniture",
        };
        let words = document.text[sentence.range.clone()].replace('\n', "⏎");
        lines.push_str(&format!("{} {kind} {words}\n", sentence.paragraph));
    }
    lines
}

/// Codes and messages, one a line.
fn findings(document: &Document) -> String {
    document.findings.iter().map(|it| format!("{} {}\n", it.code, it.message)).collect()
}
