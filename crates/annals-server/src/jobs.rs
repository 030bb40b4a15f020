//! Coding of reports that were brought in: one job after the other, told as they go on.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use annals_ledger::{Access, Arrival, Ledger};
use annals_text::{Content, Options, Origin, Report, document, read_reports};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::{Semaphore, broadcast};

use crate::error::ApiResult;
use crate::state::{App, lock};

/// Finished jobs that are still listed.
const MAX_LISTED: usize = 20;
/// Reports that become one operation.
const BATCH: usize = 25;
/// Problems that one job tells; more are counted only.
const MAX_PROBLEMS: usize = 100;

/// Reports on their way into the ledger.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Job {
    pub(crate) id: u64,
    /// For people: the names of the files.
    pub(crate) name: String,
    pub(crate) state: JobState,
    /// Who brought them in.
    pub(crate) who: String,
    pub(crate) started: Timestamp,
    /// Reports coded so far.
    pub(crate) n_done: usize,
    /// Reports in all; `null` until all files are opened.
    pub(crate) n_total: Option<usize>,
    /// Events found so far.
    pub(crate) n_events: usize,
    /// Reports that were in the ledger before.
    pub(crate) n_known: usize,
    /// What could not be read or coded.
    pub(crate) problems: Vec<Problem>,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobState {
    /// Others are before it.
    Queued,
    /// It runs.
    Running,
    /// All is in the ledger.
    Done,
    /// It broke off; what was acknowledged before is in the ledger.
    Failed,
}

/// One report that could not be taken in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// File, and line where it holds many.
    pub(crate) place: String,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

/// One file as it was brought in.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The jobs that run, wait or have ended lately.
pub(crate) struct Jobs {
    list: Mutex<VecDeque<Job>>,
    next: AtomicU64,
    changes: broadcast::Sender<Job>,
    /// Coding takes all of a core; one job at a time keeps the pages quick.
    turn: Arc<Semaphore>,
}

impl Default for Jobs {
    fn default() -> Self {
        Self {
            list: Mutex::default(),
            next: AtomicU64::new(1),
            changes: broadcast::channel(64).0,
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Jobs {
    /// Latest first.
    pub(crate) fn list(&self) -> Vec<Job> {
        lock(&self.list).iter().cloned().collect()
    }

    pub(crate) fn watch(&self) -> broadcast::Receiver<Job> {
        self.changes.subscribe()
    }

    /// Reports that wait or run; a bound on what may be brought in at once.
    pub(crate) fn n_open(&self) -> usize {
        lock(&self.list).iter().filter(|it| matches!(it.state, JobState::Queued | JobState::Running)).count()
    }

    fn change(&self, id: u64, change: impl FnOnce(&mut Job)) {
        let mut list = lock(&self.list);
        let Some(job) = list.iter_mut().find(|it| it.id == id) else { return };
        change(job);
        // Nobody may be watching.
        let _ = self.changes.send(job.clone());
    }
}

/// Queues a job and gives it as it stands.
pub(crate) fn start(app: &App, who: String, inputs: Vec<Input>) -> Job {
    let jobs = &app.jobs;
    let name = match &inputs[..] {
        [one] => one.name.clone(),
        [one, rest @ ..] => format!("{} and {} more", one.name, rest.len()),
        [] => String::new(),
    };
    let job = Job {
        id: jobs.next.fetch_add(1, Ordering::Relaxed),
        name,
        state: JobState::Queued,
        who: who.clone(),
        started: Timestamp::now(),
        n_done: 0,
        n_total: None,
        n_events: 0,
        n_known: 0,
        problems: Vec::new(),
    };
    {
        let mut list = lock(&jobs.list);
        list.push_front(job.clone());
        list.truncate(MAX_LISTED);
    }
    let _ = jobs.changes.send(job.clone());
    let (app, id) = (app.clone(), job.id);
    tokio::spawn(async move {
        let turn = Arc::clone(&app.jobs.turn).acquire_owned().await;
        let worker = app.clone();
        let ended = tokio::task::spawn_blocking(move || run(&worker, id, &who, inputs)).await;
        drop(turn);
        let state = if matches!(ended, Ok(Ok(()))) { JobState::Done } else { JobState::Failed };
        app.jobs.change(id, |job| job.state = state);
    });
    job
}

fn run(app: &App, id: u64, who: &str, inputs: Vec<Input>) -> ApiResult<()> {
    app.jobs.change(id, |job| job.state = JobState::Running);
    let mut reports = Vec::new();
    for input in inputs {
        let origin = Origin { label: input.name.clone(), source: Some(input.name) };
        for report in read_reports(&input.bytes[..], &origin) {
            match report {
                Ok(report) => reports.push(report),
                Err(error) => problem(app, id, error.place(), error.to_string(), Some(error.hint())),
            }
        }
    }
    app.jobs.change(id, |job| job.n_total = Some(reports.len()));
    let reader = Ledger::open(&app.folder, Access::Read)?;
    let mut batch = Vec::new();
    for report in reports {
        // Known reports are passed over before the costly part.
        if reader.knows(&report.id)? {
            app.jobs.change(id, |job| (job.n_done, job.n_known) = (job.n_done + 1, job.n_known + 1));
            continue;
        }
        let place = report.place.clone();
        match catch_unwind(AssertUnwindSafe(|| code(app, report))) {
            Ok(arrival) => batch.push(arrival),
            Err(_) => {
                problem(app, id, &place, "this report could not be coded: a fault of annals".to_owned(), None);
            }
        }
        app.jobs.change(id, |job| job.n_done += 1);
        if batch.len() >= BATCH {
            keep(app, id, who, std::mem::take(&mut batch))?;
        }
    }
    keep(app, id, who, batch)
}

fn code(app: &App, report: Report) -> Arrival {
    let coded = app.coder().code(&document(&report, &Options::default()));
    let received = match report.content {
        Content::Plain(bytes) | Content::Html(bytes) => Some(bytes),
        Content::Fields(fields) => Some(fields.received).filter(|it| !it.is_empty()),
    };
    Arrival { coded, received }
}

fn keep(app: &App, id: u64, who: &str, batch: Vec<Arrival>) -> ApiResult<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let done = app.write_now(who.to_owned(), |ledger, stamp| Ok(ledger.ingest(stamp, batch)?));
    if let Err(error) = &done {
        problem(app, id, "the ledger", error.to_string(), None);
    }
    let done = done?;
    app.jobs.change(id, |job| {
        job.n_events += done.n_events;
        job.n_known += done.n_known;
        if done.n_withdrawn > 0 && job.problems.len() < MAX_PROBLEMS {
            let message = format!("{} withdrawn before and not taken again", done.n_withdrawn);
            job.problems.push(Problem { place: "reports".to_owned(), message, hint: None });
        }
    });
    Ok(())
}

fn problem(app: &App, id: u64, place: &str, message: String, hint: Option<&str>) {
    app.jobs.change(id, |job| {
        if job.problems.len() < MAX_PROBLEMS {
            job.problems.push(Problem { place: place.to_owned(), message, hint: hint.map(str::to_owned) });
        }
    });
}
