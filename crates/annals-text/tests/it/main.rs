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
    let reports = read_reports(bytes, &Origin { label: "in".to_owned(), source: None });
    lines(reports.map(|report| match report {
        Ok(report) => {
            let document = document(&report, &Options::default());
            format!("{} {:?} + {:?}", report.place, document.title(), &document.text[document.title_end..])
        }
        Err(error) => format!("error: {error}"),
    }))
}

/// One sentence a line, with its paragraph and kind.
fn sentences(document: &Document) -> String {
    lines(document.sentences.iter().map(|sentence| {
        let kind = match sentence.kind {
            SentenceKind::Title => "title    ",
            SentenceKind::Heading => "heading  ",
            SentenceKind::Bullet => "bullet   ",
            SentenceKind::Prose => "prose    ",
            SentenceKind::Furniture => "furniture",
        };
        format!("{} {kind} {}", sentence.paragraph, document.text[sentence.range.clone()].replace('\n', "⏎"))
    }))
}

/// Codes and messages, one a line.
fn findings(document: &Document) -> String {
    lines(document.findings.iter().map(|it| format!("{} {}", it.code, it.message)))
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.flat_map(|it| [it, "\n".to_owned()]).collect()
}
