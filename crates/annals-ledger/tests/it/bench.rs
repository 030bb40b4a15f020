//! A ledger in a folder of its own, with a clock that goes by the minute.

use std::path::Path;

use annals_incidents::{Incident, IncidentId};
use annals_ledger::{Access, Arrival, Ingested, Ledger, Query, Stamp};
use annals_record::CodedReport;
use jiff::{Timestamp, ToSpan};
use tempfile::TempDir;

use crate::told::report;

pub(crate) struct Bench {
    pub(crate) ledger: Ledger,
    now: Timestamp,
    folder: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("the temporary folder can be written");
        let ledger = Ledger::init(folder.path()).expect("it can be made");
        Self { ledger, now: "2024-06-01T12:00:00Z".parse().expect("a time"), folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Opens the file once more.
    pub(crate) fn reopened(&self) -> Ledger {
        Ledger::open(self.path(), Access::Write).expect("it can be opened")
    }

    /// Closes the ledger; its folder stays.
    pub(crate) fn closed(self) -> TempDir {
        self.folder
    }

    /// The next minute.
    pub(crate) fn tick(&mut self) -> Stamp {
        self.now += 1.minute();
        Stamp { who: "ana".to_owned(), at: self.now }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) fn ingest_coded(&mut self, reports: Vec<CodedReport>) -> Ingested {
        let stamp = self.tick();
        self.ledger.ingest(&stamp, arrivals(reports)).expect("it can be written")
    }

    /// Takes in reports in the form of [`report`], parted by empty lines, as one batch.
    pub(crate) fn ingest(&mut self, text: &str) -> Ingested {
        self.ingest_coded(reports(text))
    }

    pub(crate) fn incidents(&self, query: &Query) -> Vec<Incident> {
        self.ledger.incidents(query).expect("it can be read").incidents
    }

    /// The name of the only incident whose title has these words.
    pub(crate) fn find(&self, words: &str) -> IncidentId {
        let found: Vec<_> =
            self.incidents(&Query::default()).into_iter().filter(|it| it.title.contains(words)).collect();
        assert_eq!(found.len(), 1, "{words}: {:?}", found.iter().map(|it| &it.title).collect::<Vec<_>>());
        found[0].id.clone()
    }

    /// One line an incident: day, title, killed by the rule, documents, review.
    pub(crate) fn list(&self, query: &Query) -> String {
        lines(&self.incidents(query))
    }
}

pub(crate) fn reports(text: &str) -> Vec<CodedReport> {
    text.split("\n\n").filter(|it| !it.trim().is_empty()).map(report).collect()
}

pub(crate) fn arrivals(reports: Vec<CodedReport>) -> Vec<Arrival> {
    let arrival = |coded: CodedReport| Arrival { received: Some(coded.document.text.clone().into_bytes()), coded };
    reports.into_iter().map(arrival).collect()
}

pub(crate) fn lines(incidents: &[Incident]) -> String {
    let line = |it: &Incident| {
        let docs: Vec<&str> = it.tellings.iter().map(|it| it.doc.as_str()).collect();
        let killed: Vec<String> = it.figures.iter().filter_map(|it| it.best).map(|it| it.to_string()).collect();
        format!("{} | killed {} | {} | {:?}\n", it.title, killed.join(","), docs.join(" "), it.review)
    };
    incidents.iter().map(line).collect()
}
