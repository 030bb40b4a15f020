//! The commands on a ledger.

mod args;
mod asking;
mod changing;
mod ingest;
mod listing;
mod page;
mod review;
mod table;
mod values;

use std::path::Path;

use annals_ledger::{Access, Ledger, LedgerError, Stamp};
use jiff::Timestamp;

pub(crate) use args::LedgerCommand;

use crate::Outcome;
use crate::ledger_query::{ledger_problem, open};
use crate::problem::Problem;
use crate::ui::Ui;

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        ledger_problem(error)
    }
}

pub(crate) fn run(command: &LedgerCommand, ui: &Ui) -> Result<Outcome, Problem> {
    match command {
        LedgerCommand::Init(args) => init(&args.folder, ui),
        LedgerCommand::Ingest(args) => ingest::run(args, ui),
        LedgerCommand::Incidents(args) => listing::incidents(args),
        LedgerCommand::Show(args) => page::show(args),
        LedgerCommand::Matches(args) => listing::matches(args),
        LedgerCommand::Merge(args) => changing::merge(args, ui),
        LedgerCommand::Split(args) => changing::split(args, ui),
        LedgerCommand::Undo(args) => changing::undo(args, ui),
        LedgerCommand::Edit(args) => changing::edit(args, ui),
        LedgerCommand::Add(args) => changing::add(args, ui),
        LedgerCommand::Review(args) => review::run(args, ui),
        LedgerCommand::Diff(args) => asking::diff(args),
        LedgerCommand::Timeline(args) => asking::timeline(args),
        LedgerCommand::Control(args) => asking::control(args),
        LedgerCommand::Stats(args) => asking::stats(args),
        LedgerCommand::Log(args) => listing::log(args),
        LedgerCommand::Withdraw(args) => changing::withdraw(args, ui),
        LedgerCommand::Rule(args) => changing::rule(args, ui),
        LedgerCommand::Rebuild(args) => changing::rebuild(args, ui),
    }
}

fn init(folder: &Path, ui: &Ui) -> Result<Outcome, Problem> {
    let ledger = Ledger::init(folder)?;
    ui.summary(&format!("made {}", ledger.path().display()));
    Ok(Outcome::Done)
}

/// Who does it, and now.
fn stamp(by: Option<&str>) -> Stamp {
    let user = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
    let who = by.map(str::to_owned).or_else(user).unwrap_or_else(|| "somebody".to_owned());
    Stamp { who, at: Timestamp::now() }
}

/// The ledger to write to.
fn writable(folder: &Path) -> Result<Ledger, Problem> {
    open(folder, Access::Write)
}
