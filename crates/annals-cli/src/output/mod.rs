//! Coded reports as text for people and programs.

mod card;
pub(crate) mod quote;

use annals_record::CodedReport;
use annals_text::Document;
use terminal_size::{Width, terminal_size_of};

use crate::args::Format;
use card::Page;

/// Width where no terminal tells one. **Units**: columns.
const WIDTH: usize = 100;

/// Lines longer than this are hard to read. **Units**: columns.
const MAX_WIDTH: usize = 120;

/// Turns coded reports into one output, piece by piece.
pub(crate) enum Output {
    Human(Page),
    Json,
    Jsonl,
}

impl Output {
    /// An output for standard output as it is; `None` for the formats of the field, which are written event by event.
    pub(crate) fn new(format: Format) -> Option<Self> {
        Some(match format {
            Format::Human => {
                let width = terminal_size_of(std::io::stdout()).map_or(WIDTH, |(Width(it), _)| usize::from(it));
                let choice = anstream::AutoStream::choice(&std::io::stdout());
                Self::Human(Page { width: width.clamp(40, MAX_WIDTH), colour: choice != anstream::ColorChoice::Never })
            }
            Format::Json => Self::Json,
            Format::Jsonl => Self::Jsonl,
            _ => return None,
        })
    }

    /// What stands before the first report.
    pub(crate) fn begin(&self) -> String {
        match self {
            Self::Json => "[".to_owned(),
            Self::Human(_) | Self::Jsonl => String::new(),
        }
    }

    /// One report.
    pub(crate) fn render(&self, document: &Document, coded: &CodedReport) -> String {
        match self {
            Self::Human(page) => card::report(document, coded, page),
            Self::Json => indent(&serde_json::to_string_pretty(coded).expect(IS_JSON)),
            Self::Jsonl => serde_json::to_string(coded).expect(IS_JSON) + "\n",
        }
    }

    /// What stands between two reports.
    pub(crate) fn between(&self) -> String {
        match self {
            Self::Human(page) => format!("\n{}\n\n", "─".repeat(page.width)),
            Self::Json => ",".to_owned(),
            Self::Jsonl => String::new(),
        }
    }

    /// What stands after the last of so many reports.
    pub(crate) fn end(&self, n_reports: usize) -> &'static str {
        match self {
            Self::Json if n_reports == 0 => "]\n",
            Self::Json => "\n]\n",
            Self::Human(_) | Self::Jsonl => "",
        }
    }
}

const IS_JSON: &str = "a coded report has only string keys and finite numbers";

fn indent(json: &str) -> String {
    json.lines().fold(String::new(), |text, line| text + "\n  " + line)
}
