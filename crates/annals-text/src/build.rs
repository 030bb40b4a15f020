//! A report to its document.

use jiff::civil::Date;

use crate::document::CharIndex;
use crate::encoding::{Decoded, Doubt, decode};
use crate::report::{Content, Fields};
use crate::{Document, Report, findings, html, language, published, sentences};

/// What the user says of all reports of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Day of publication; it wins over what reports say.
    pub published: Option<Date>,
}

/// What a report tells of itself, whatever its form.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) published: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) findings: Vec<annals_record::Finding>,
}

/// Takes the document from a report.
///
/// The text of plain and JSON reports is kept to the character. It never fails: what is odd becomes a finding.
pub fn document(report: &Report, options: &Options) -> Document {
    let parts = match &report.content {
        Content::Plain(bytes) => plain(bytes),
        Content::Html(bytes) => html::page(bytes, report.source.as_deref()),
        Content::Fields(fields) => told(fields),
    };
    let Parts { title, body, published: told_published, publisher, language: told_language, mut findings } = parts;
    let title_end = title.len();
    let text = title + "\n" + &body;
    if body.trim().is_empty() {
        findings.push(findings::no_body());
    }
    let published = options.published.or_else(|| {
        let Some(told) = told_published.filter(|it| !it.trim().is_empty()) else {
            let day = own_names(report).find_map(published::in_name);
            findings.extend(day.map(findings::published_in_name));
            return day;
        };
        published::day(&told).map_err(|unread| findings.push(findings::published_unreadable(&told, unread))).ok()
    });
    let seen = language::identify(&text);
    let told = told_language.as_deref().and_then(language::from_told);
    if let (Some(told), Some(seen)) = (&told, seen)
        && told != seen
    {
        findings.push(findings::language_differs(told, seen));
    }
    Document {
        doc: report.doc.clone().unwrap_or_else(|| report.id.clone()),
        report_id: report.id.clone(),
        source: report.source.clone(),
        title_end,
        published,
        publisher,
        language: seen.map(str::to_owned).or(told),
        sentences: sentences::split(&text, title_end),
        findings,
        chars: CharIndex::new(&text),
        text,
    }
}

/// The names that are this report's alone: its address, its id, its file; folders and files of many reports are not.
fn own_names(report: &Report) -> impl Iterator<Item = &str> {
    let source = report.source.as_deref();
    let address = source.filter(|it| it.contains("://"));
    let is_file = !matches!(report.content, Content::Fields(_));
    let file = source.filter(|_| is_file).and_then(|it| it.rsplit(['/', '\\']).next());
    address.into_iter().chain(report.doc.as_deref()).chain(file)
}

fn told(fields: &Fields) -> Parts {
    Parts {
        title: fields.title.clone(),
        body: fields.text.clone(),
        published: fields.published.clone(),
        publisher: fields.publisher.clone(),
        language: fields.language.clone(),
        findings: fields.findings.clone(),
    }
}

fn plain(bytes: &[u8]) -> Parts {
    let Decoded { text, doubt } = decode(bytes, None);
    let (title, body) = split_title(&text);
    Parts { title: title.to_owned(), body: body.to_owned(), findings: doubts(doubt.as_ref()), ..Parts::default() }
}

pub(crate) fn doubts(doubt: Option<&Doubt>) -> Vec<annals_record::Finding> {
    match doubt {
        None => Vec::new(),
        Some(Doubt::Guessed(name)) => vec![findings::encoding_guessed(name)],
        Some(Doubt::Broken(name)) => vec![findings::encoding_broken(name)],
    }
}

/// The first line is the title when it is short, does not end as a sentence does, and a blank line follows.
fn split_title(text: &str) -> (&str, &str) {
    let start = text.len() - text.trim_start().len();
    let Some((line, rest)) = text[start..].split_once('\n') else { return ("", text) };
    let blank = rest.split_once('\n').is_some_and(|(next, _)| next.trim().is_empty());
    let title = line.trim_end();
    if blank && sentences::is_title(title) && !rest.trim().is_empty() { (title, rest) } else { ("", text) }
}
