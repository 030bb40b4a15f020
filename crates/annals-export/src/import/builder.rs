//! A row as a document: `column: value` lines, and spans into it.

use annals_record::{CodedReport, DocumentText, Event, Finding, RECORD_VERSION, ReportInfo, SourceRef, Span, Stance};
use jiff::civil::Date;

use super::columns::Row;

/// The document of one row, and where each cell stands in it.
pub(crate) struct Builder<'a> {
    text: String,
    /// **Units**: code points.
    n_chars: usize,
    spans: Vec<(&'a str, Span)>,
}

impl<'a> Builder<'a> {
    /// Title, then each cell that holds something on a line of its own.
    pub(crate) fn new(title: &str, row: &Row<'a>) -> Self {
        let mut builder = Self { text: String::new(), n_chars: 0, spans: Vec::new() };
        builder.push(title);
        builder.push("\n");
        for (name, cell) in row.cells().filter(|it| !it.1.is_empty()) {
            builder.push(name);
            builder.push(": ");
            let start = builder.n_chars;
            builder.push(&escaped(cell));
            let text = builder.text.chars().skip(start).collect();
            builder.spans.push((name, Span { start, end: builder.n_chars, text }));
            builder.push("\n");
        }
        builder
    }

    fn push(&mut self, text: &str) {
        self.text += text;
        self.n_chars += text.chars().count();
    }

    /// Where a column's cell stands; `None` when it is empty.
    pub(crate) fn span(&self, column: &str) -> Option<Span> {
        self.spans.iter().find(|it| it.0 == column).map(|it| it.1.clone())
    }

    /// The parts of a cell that are parted by `;`, each where it stands.
    pub(crate) fn parts(&self, column: &str) -> Vec<Span> {
        let Some(cell) = self.span(column) else { return Vec::new() };
        let mut start = cell.start;
        let mut parts = Vec::new();
        for piece in cell.text.split(';') {
            let n_before = piece.chars().take_while(|it| it.is_whitespace()).count();
            let text = piece.trim();
            if !text.is_empty() {
                let start = start + n_before;
                parts.push(Span { start, end: start + text.chars().count(), text: text.to_owned() });
            }
            start += piece.chars().count() + 1;
        }
        parts
    }

    /// The originators that a cell names.
    pub(crate) fn sources(&self, column: &str) -> Vec<SourceRef> {
        self.parts(column).into_iter().map(|span| SourceRef { span, stance: Stance::Reports }).collect()
    }

    /// The coded report of the row.
    pub(crate) fn report(self, about: &About<'_>, event: Event, findings: Vec<Finding>) -> CodedReport {
        let id = format!("{}:{}", about.data_set, about.id);
        let title = self.text.lines().next().unwrap_or_default().to_owned();
        CodedReport {
            record: RECORD_VERSION,
            doc: id.clone(),
            report: ReportInfo {
                id,
                source: None,
                title,
                published: about.published,
                publisher: Some(about.publisher.to_owned()),
                language: Some("en".to_owned()),
                coder: concat!("annals ", env!("CARGO_PKG_VERSION")).to_owned(),
                model: about.data_set.to_owned(),
                packs: Vec::new(),
            },
            document: DocumentText { text: self.text },
            events: vec![event],
            statements: Vec::new(),
            findings,
        }
    }
}

/// What a row's report says of itself.
pub(crate) struct About<'a> {
    /// Names the reader of the data set.
    pub(crate) data_set: &'static str,
    /// The row's own id.
    pub(crate) id: &'a str,
    pub(crate) publisher: &'static str,
    pub(crate) published: Option<Date>,
}

/// One line a cell: its own line breaks are told by `\n`.
fn escaped(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}
