//! `annals import`: another data set's table into a ledger, each row as a report of its own.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use annals_export::import::{DataSet, ImportError, read_table};
use annals_ledger::{Access, Arrival, Ingested, Ledger, Query, Stamp};
use annals_record::CodedReport;
use anyhow::Context as _;
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::Outcome;
use crate::ledger_query::{ledger_problem, open};
use crate::packs::PacksArgs;
use crate::problem::Problem;
use crate::ui::Ui;

/// Rows that are taken in at once.
const BATCH: usize = 500;

/// Take another data set's table into the ledger
///
/// Each row stands as a report of its own. Taking in the same table again changes nothing; a newer vintage revises the rows
/// that it changed. Rows of the same days and countries that it no longer has are told, and stay until they are withdrawn.
///
/// Exit code: 0 done; 1 done, but some rows could not be read; 2 wrong use or failure.
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Data set: acled or ucdp
    data_set: DataSet,

    /// Its table, as CSV
    file: PathBuf,

    /// Folder in a ledger
    #[arg(long, value_name = "DIR", default_value = ".")]
    ledger: PathBuf,

    #[command(flatten)]
    packs: PacksArgs,
}

pub(crate) fn run(args: &ImportArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut ledger = open(&args.ledger, Access::Write)?;
    let registry = args.packs.registry()?;
    let file = File::open(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let (header, rows) = read_table(args.data_set, &registry, BufReader::new(file)).map_err(problem)?;
    if !header.unknown.is_empty() {
        ui.summary(&format!("columns that are not known, and read over: {}", header.unknown.join(", ")));
    }
    ui.detail(|| format!("columns that are not there: {}", header.missing.join(", ")));
    let name = args.file.file_name().unwrap_or_default().to_string_lossy();
    let format = format!("{} {name}", args.data_set.model());
    let (mut total, mut n_rows, mut n_wrong) = (Ingested::default(), 0_usize, 0_usize);
    let mut batch = Vec::with_capacity(BATCH);
    let mut told = Told::default();
    for row in rows {
        n_rows += 1;
        match row {
            Ok(coded) => {
                told.note(&coded);
                batch.push(Arrival { coded, received: None });
            }
            Err(error) => {
                ui.problem(&problem(error));
                n_wrong += 1;
            }
        }
        if batch.len() == BATCH {
            take_in(&mut ledger, std::mem::take(&mut batch), &format, &mut total)?;
        }
    }
    take_in(&mut ledger, batch, &format, &mut total)?;
    let Ingested { n_new, n_recoded, n_known, n_withdrawn, .. } = total;
    ui.summary(&format!(
        "{n_rows} rows: {n_new} new, {n_recoded} revised, {n_known} as they were, {n_withdrawn} withdrawn before, {n_wrong} not read"
    ));
    if n_wrong == 0 {
        tell_absent(&told.absent(&ledger, args.data_set.model())?, ui);
    }
    Ok(if n_wrong > 0 || n_rows == 0 { Outcome::Incomplete } else { Outcome::Done })
}

fn take_in(ledger: &mut Ledger, batch: Vec<Arrival>, format: &str, total: &mut Ingested) -> Result<(), Problem> {
    if batch.is_empty() {
        return Ok(());
    }
    let stamp = Stamp { who: "annals import".to_owned(), at: Timestamp::now() };
    let done = ledger.import(&stamp, batch, format).map_err(ledger_problem)?;
    total.n_new += done.n_new;
    total.n_recoded += done.n_recoded;
    total.n_known += done.n_known;
    total.n_withdrawn += done.n_withdrawn;
    Ok(())
}

/// What a table tells of.
#[derive(Default)]
struct Told {
    reports: BTreeSet<String>,
    countries: BTreeSet<String>,
    /// First and last.
    days: Option<(Date, Date)>,
}

impl Told {
    fn note(&mut self, row: &CodedReport) {
        self.reports.insert(row.report.id.clone());
        for event in &row.events {
            self.countries.extend(event.location.as_ref().and_then(|it| it.iso3.clone()));
            if let Some(date) = &event.date {
                let (first, last) = self.days.unwrap_or((date.start, date.end));
                self.days = Some((first.min(date.start), last.max(date.end)));
            }
        }
    }

    /// Rows of the data set that the ledger has of the table's days and countries, and the table has not.
    fn absent(&self, ledger: &Ledger, model: &str) -> Result<BTreeSet<String>, Problem> {
        let mut absent = BTreeSet::new();
        let Some((from, to)) = self.days else { return Ok(absent) };
        for iso3 in &self.countries {
            let mut query =
                Query { from: Some(from), to: Some(to), iso3: Some(iso3.clone()), limit: 500, ..Query::default() };
            loop {
                let page = ledger.incidents(&query).map_err(ledger_problem)?;
                let reports = page.incidents.iter().flat_map(|it| &it.tellings).map(|it| &it.report);
                let rows = reports.filter(|it| it.model == model && !self.reports.contains(&it.id));
                absent.extend(rows.map(|it| it.id.clone()));
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
        }
        Ok(absent)
    }
}

/// Reports that are named when many are absent.
const NAMED: usize = 5;

fn tell_absent(absent: &BTreeSet<String>, ui: &Ui) {
    if absent.is_empty() {
        return;
    }
    let named: Vec<&str> = absent.iter().take(NAMED).map(String::as_str).collect();
    let more = if absent.len() > NAMED { ", …" } else { "" };
    ui.summary(&format!(
        "the ledger has {} more rows of these days and countries, which the table has not: {}{more}; they stay (annals withdraw ROW --reason … takes one out)",
        absent.len(),
        named.join(", ")
    ));
}

fn problem(error: ImportError) -> Problem {
    let hint = match &error {
        ImportError::Missing(_) => "data/import in the program's source lists the names that each column may have",
        ImportError::Csv { .. } => "the table must be CSV in UTF-8 with a header",
        ImportError::Cell { .. } => "the other rows are taken in; mend this one and import the table again",
    };
    Problem::new(error, hint)
}
