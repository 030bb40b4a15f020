//! `annals ingest`: reports in, incidents kept.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use annals_coder::Coder;
use annals_ledger::{Access, Arrival, Ingested, Ledger};
use annals_record::{CodedReport, RECORD_VERSION};
use annals_text::{Content, Options, Report, document};
use anyhow::Context as _;

use super::args::IngestArgs;
use super::stamp;
use crate::Outcome;
use crate::inputs::{self, Input};
use crate::ledger_query::open;
use crate::panics;
use crate::pool;
use crate::problem::Problem;
use crate::ui::Ui;

/// How often a watched folder is looked at.
const PAUSE: Duration = Duration::from_secs(2);

/// What a run has done so far.
#[derive(Default)]
struct Done {
    total: Ingested,
    n_passed: usize,
    n_lost: usize,
}

/// The ledger being filled, and the batch that waits.
struct Filling<'a> {
    ledger: Ledger,
    args: &'a IngestArgs,
    ui: &'a Ui,
    batch: Vec<Arrival>,
    done: Done,
}

pub(super) fn run(args: &IngestArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let ledger = open(&args.doing.ledger, Access::Write)?;
    let reader = open(&args.doing.ledger, Access::Read)?;
    let mut filling = Filling { ledger, args, ui, batch: Vec::new(), done: Done::default() };
    let coder = if args.coded { None } else { Some(args.packs.coder()?) };
    let mut seen: BTreeSet<(PathBuf, Option<SystemTime>)> = BTreeSet::new();
    let (mut is_wrong, mut is_barren) = (false, false);
    loop {
        let found = inputs::find(&args.paths);
        if seen.is_empty() {
            for problem in found.wrong.iter().chain(&found.barren) {
                ui.problem(problem);
            }
            // What is watched may come later.
            is_wrong = !args.watch && !found.wrong.is_empty();
            is_barren = !args.watch && !found.barren.is_empty();
        }
        let new: Vec<Input> = found.found.into_iter().filter(|it| is_new(it, &mut seen)).collect();
        match &coder {
            Some(coder) => filling.code(coder, &reader, &new)?,
            None => filling.read(&new)?,
        }
        filling.write()?;
        if !args.watch {
            break;
        }
        std::thread::sleep(PAUSE);
    }
    if args.recode {
        let n = filling.ledger.lost_decisions()?.len();
        if n > 0 {
            ui.summary(&format!("{n} decisions have lost a telling: annals log --lost"));
        }
    }
    let done = filling.done;
    ui.summary(&summary(&done));
    let n_seen = done.total.n_new + done.total.n_recoded + done.total.n_known + done.total.n_withdrawn + done.n_passed;
    Ok(if is_wrong {
        Outcome::Failed
    } else if is_barren || done.n_lost > 0 || n_seen == 0 {
        Outcome::Incomplete
    } else {
        Outcome::Done
    })
}

/// Whether a file has not been read in this state; standard input is read once.
fn is_new(input: &Input, seen: &mut BTreeSet<(PathBuf, Option<SystemTime>)>) -> bool {
    seen.insert(match input {
        Input::File(path) => (path.clone(), path.metadata().and_then(|it| it.modified()).ok()),
        Input::Stdin => (PathBuf::from("-"), None),
    })
}

impl Filling<'_> {
    /// Codes reports that are not there yet.
    fn code(&mut self, coder: &Coder, reader: &Ledger, inputs: &[Input]) -> Result<(), Problem> {
        let (args, ui) = (self.args, self.ui);
        let options = Options { published: args.published };
        ui.start_progress(inputs::Inputs { found: inputs.to_vec(), ..inputs::Inputs::default() }.size_bytes());
        // Known reports are passed over before the costly part.
        let reports = inputs::reports(inputs, ui).map(|report| {
            let report = report?;
            let is_known = !args.recode && reader.knows(&report.id)?;
            Ok((!is_known).then_some(report))
        });
        let weight = |it: &Result<Option<Report>, Problem>| {
            it.as_ref().ok().and_then(Option::as_ref).map_or(0, Report::size_bytes)
        };
        let work = |report: Result<Option<Report>, Problem>| -> Result<Option<Arrival>, Problem> {
            let Some(report) = report? else { return Ok(None) };
            let coded = panics::coded(&report.place, || coder.code(&document(&report, &options)))?;
            Ok(Some(Arrival { coded, received: received(report) }))
        };
        pool::map_in_order(reports, pool::workers(args.jobs), weight, work, |result| self.take(result))?;
        ui.end_progress();
        Ok(())
    }

    /// Reads reports that were coded before.
    fn read(&mut self, inputs: &[Input]) -> Result<(), Problem> {
        for input in inputs {
            let (stream, place) = match inputs::open(input) {
                Ok((stream, origin)) => (stream, origin.label),
                Err(problem) => {
                    self.take(Err(problem))?;
                    continue;
                }
            };
            for (idx, line) in BufReader::new(stream).split(b'\n').enumerate() {
                let is_over = line.is_err();
                let coded = match line.with_context(|| format!("cannot read {place}")) {
                    Ok(line) if line.trim_ascii().is_empty() => continue,
                    Ok(line) => coded_report(&line).with_context(|| format!("{place}:{}", idx + 1)),
                    Err(error) => Err(error),
                };
                self.take(coded.map(|coded| Some(Arrival { coded, received: None })).map_err(Problem::from))?;
                if is_over {
                    break;
                }
            }
        }
        Ok(())
    }

    fn take(&mut self, result: Result<Option<Arrival>, Problem>) -> Result<(), Problem> {
        match result {
            Ok(Some(arrival)) => self.batch.push(arrival),
            Ok(None) => self.done.n_passed += 1,
            Err(problem) => {
                self.ui.problem(&problem);
                self.done.n_lost += 1;
            }
        }
        if self.batch.len() >= self.args.batch.get() { self.write() } else { Ok(()) }
    }

    /// Writes the batch; when it returns, the batch is on the disk.
    fn write(&mut self) -> Result<(), Problem> {
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() {
            return Ok(());
        }
        let done = self.ledger.ingest(&stamp(self.args.doing.by.as_deref()), batch)?;
        let total = &mut self.done.total;
        total.n_new += done.n_new;
        total.n_recoded += done.n_recoded;
        total.n_known += done.n_known;
        total.n_withdrawn += done.n_withdrawn;
        total.n_events += done.n_events;
        let n = total.n_new + total.n_recoded;
        self.ui.progress_message(|| format!("{n} reports kept"));
        if self.args.watch {
            self.ui.summary(&format!("{} reports, {} events kept", done.n_new + done.n_recoded, done.n_events));
        }
        Ok(())
    }
}

fn coded_report(line: &[u8]) -> Result<CodedReport, anyhow::Error> {
    let coded: CodedReport = serde_json::from_slice(line).context("this is no coded report")?;
    anyhow::ensure!(
        coded.record <= RECORD_VERSION,
        "the coded report has form {}, which is newer than this program",
        coded.record
    );
    Ok(coded)
}

/// The bytes that a report's id is the hash of.
fn received(report: Report) -> Option<Vec<u8>> {
    match report.content {
        Content::Plain(bytes) | Content::Html(bytes) => Some(bytes),
        Content::Fields(fields) => Some(fields.received).filter(|it| !it.is_empty()),
    }
}

fn summary(done: &Done) -> String {
    let total = &done.total;
    let mut parts = vec![format!("{} reports kept, {} events", total.n_new + total.n_recoded, total.n_events)];
    for (n, what) in [
        (total.n_recoded, "of them coded anew"),
        (total.n_known + done.n_passed, "there already"),
        (total.n_withdrawn, "withdrawn before and not taken"),
        (done.n_lost, "not coded"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    parts.join("; ")
}
