//! Document to coded report: runs a reader, resolves values, assembles events.
//!
//! In: a [`Document`]. Out: a [`CodedReport`]. Never: other reports, IO, clocks.
//!
//! Read first: [`Coder`], `assemble`.
#![warn(missing_docs)]

mod actors;
mod assemble;
mod attribution;
mod choices;
mod clusters;
mod country;
mod counts;
mod dates;
mod days;
mod draft;
mod explain;
mod fields;
mod outcome_words;
mod outcomes;
mod packs;
mod places;
mod realis;
mod sides;
mod statements;
mod ties;
mod times;
mod weapon_kinds;
mod words;

use std::sync::LazyLock;
use std::thread;

use annals_actors::Registry;
use annals_places::Gazetteer;
use annals_reader::{LearnedReader, READER_EN, Reader, Reading, Thresholds};
use annals_record::{CodedReport, DocumentText, RECORD_VERSION, ReportInfo};
use annals_text::Document;
use annals_values::{Tables, find_times};

pub use choices::Choice;
pub use packs::{OwnPackError, OwnPacks};

use crate::choices::Watch;
use crate::country::Countries;
use crate::dates::Dates;

/// Codes documents. Cheap to share between threads; holds no state of any document.
pub struct Coder {
    reader: Box<dyn Reader>,
    english: Tables,
    /// Read when a report first needs them.
    french: LazyLock<Tables>,
    registry: Registry,
    countries: Countries,
    gazetteer: Gazetteer,
    /// What the record says of the registry and the gazetteer.
    packs: Vec<String>,
}

impl Coder {
    /// A coder with the embedded reader and tables.
    ///
    /// # Panics
    /// When the program was built with a broken model; a test loads it.
    pub fn new() -> Self {
        Self::with_packs(&OwnPacks::default()).expect("a test loads what is shipped")
    }

    /// A coder with the embedded reader and a user's own packs over the embedded tables.
    ///
    /// # Panics
    /// As [`Coder::new`].
    pub fn with_packs(packs: &OwnPacks) -> Result<Self, OwnPackError> {
        // Each takes tens of milliseconds to load. The registry is made of the most parts, which cost least on the main thread.
        let (reader, registry, (gazetteer, tables)) = thread::scope(|scope| {
            let reader = scope.spawn(|| LearnedReader::new(&READER_EN).expect("a test loads the shipped reader"));
            let others = scope.spawn(|| (packs.gazetteer(), Tables::english()));
            let registry = packs.registry();
            let reader = reader.join().expect("a test loads the shipped reader");
            (reader, registry, others.join().expect("a test loads the shipped gazetteer"))
        });
        let mut coder = Self::of(Box::new(reader), registry?, gazetteer?, tables);
        coder.packs.extend(packs.names());
        Ok(coder)
    }

    /// A coder that codes what another reader reads.
    ///
    /// # Panics
    /// When the program was built with a broken registry; a test loads it.
    pub fn with_reader(reader: Box<dyn Reader>) -> Self {
        Self::of(reader, registry(), Gazetteer::embedded(), Tables::english())
    }

    fn of(reader: Box<dyn Reader>, registry: Registry, gazetteer: Gazetteer, english: Tables) -> Self {
        let packs = ["actors", "places"].map(|it| format!("{it} {}", env!("CARGO_PKG_VERSION"))).to_vec();
        let countries = Countries::new(&registry);
        Coder { reader, english, french: LazyLock::new(Tables::french), countries, registry, gazetteer, packs }
    }

    /// Codes one document. Pure: same document, same report.
    pub fn code(&self, document: &Document) -> CodedReport {
        self.coded(document, &self.read(document), self.reader.thresholds())
    }

    /// Reads one document, for coding it under several thresholds.
    pub fn read(&self, document: &Document) -> Reading {
        let times = find_times(&document.text, self.tables(document));
        self.reader.read(document, &times.into_iter().map(|it| it.range).collect::<Vec<_>>())
    }

    /// The registry that parties are linked to.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The thresholds that [`Coder::code`] goes by.
    pub fn thresholds(&self) -> &Thresholds {
        self.reader.thresholds()
    }

    /// Codes one document, and says in plain text which scores and rules made its events.
    pub fn explain(&self, document: &Document) -> (CodedReport, String) {
        let reading = self.read(document);
        let (coded, choices) = self.choices(document, &reading, self.reader.thresholds());
        let dates = Dates::new(document, self.tables(document));
        let text = explain::explain(document, &reading, &dates, self.reader.thresholds(), &coded, &choices);
        (coded, text)
    }

    /// The words for times and numbers of a document's language; English where there are none.
    fn tables(&self, document: &Document) -> &Tables {
        match document.language.as_deref() {
            Some("fr") => &self.french,
            _ => &self.english,
        }
    }

    /// Codes what was read of a document, going by other thresholds than the reader's own.
    pub fn coded(&self, document: &Document, reading: &Reading, thresholds: &Thresholds) -> CodedReport {
        self.watched(document, reading, thresholds, &mut |_| ())
    }

    /// Codes what was read of a document, and tells all that was judged on the way.
    pub fn choices(
        &self,
        document: &Document,
        reading: &Reading,
        thresholds: &Thresholds,
    ) -> (CodedReport, Vec<Choice>) {
        let mut choices = Vec::new();
        let coded = self.watched(document, reading, thresholds, &mut |it| choices.push(it));
        (coded, choices)
    }

    fn watched(&self, document: &Document, reading: &Reading, thresholds: &Thresholds, watch: Watch) -> CodedReport {
        let mut findings = document.findings.clone();
        findings.extend(reading.findings.iter().cloned());
        let tables = self.tables(document);
        let mut dates = Dates::new(document, tables);
        let mut events = assemble::events(document, reading, tables, &mut dates, thresholds, &mut findings, watch);
        let statements = statements::statements(document, reading, tables, &dates, thresholds);
        for event in &mut events {
            outcomes::leave_tolls(event, &statements);
        }
        let mut report = CodedReport {
            record: RECORD_VERSION,
            doc: document.doc.clone(),
            report: ReportInfo {
                id: document.report_id.clone(),
                source: document.source.clone(),
                title: document.text[..document.title_end].to_owned(),
                published: document.published,
                publisher: document.publisher.clone(),
                language: document.language.clone(),
                coder: concat!("annals ", env!("CARGO_PKG_VERSION")).to_owned(),
                model: self.reader.name().to_owned(),
                packs: self.packs.clone(),
            },
            document: DocumentText { text: document.text.clone() },
            events,
            statements,
            findings,
        };
        let home = self.countries.of(&document.text);
        places::resolve(document, &self.gazetteer, home, &mut report);
        actors::resolve(document, &self.registry, home, &mut report);
        for event in &mut report.events {
            sides::take_sides(event, tables);
            attribution::attribute(document, event);
        }
        let examined = report.statements.iter().map(|it| self.registry.examine(it, document.published, &document.doc));
        report.findings.extend(examined.flatten().map(|it| it.finding));
        report
    }
}

fn registry() -> Registry {
    Registry::embedded().expect("a test loads the shipped registry")
}

impl Default for Coder {
    fn default() -> Self {
        Self::new()
    }
}
