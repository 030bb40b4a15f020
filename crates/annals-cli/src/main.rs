//! The binary `annals`.
//!
//! In: reports, as files or on standard input. Out: data on standard output; messages on standard error.
//! Exit code: 0 done; 1 done, but not all could be coded, or findings reach `--fail-on`, or nothing was to be done;
//! 2 wrong use or failure. A closed pipe is no failure.
#![warn(missing_docs)]
#![cfg_attr(test, expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them so"))]

mod actors;
mod args;
mod args_export;
mod code;
mod compare;
mod eval;
mod eval_formats;
mod eval_geo;
mod eval_incidents;
mod eval_re3d;
mod export;
mod exporting;
mod import;
mod inputs;
mod ledger;
mod ledger_query;
mod output;
mod packs;
mod panics;
mod places;
mod pool;
mod problem;
mod serve;
mod ui;
mod users;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};
use crate::problem::Problem;
use crate::ui::Ui;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Done, but there is something to look at.
    Incomplete,
    Failed,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let ui = Ui::new(cli.quiet, cli.verbose);
    let result = match &cli.command {
        Command::Code(args) => code::run(args, &ui),
        Command::Schema => print_schema(),
        Command::Actors(args) => actors::run(args, &ui),
        Command::Places(args) => places::run(args, &ui),
        Command::Export(args) => export::run(args, &ui),
        Command::Import(args) => import::run(args, &ui),
        Command::Compare(args) => compare::run(args, &ui),
        Command::Ledger(command) => ledger::run(command, &ui),
        Command::Serve(args) => serve::run(args, &ui),
        Command::Users(args) => users::run(args, &ui),
        Command::Eval(args) => eval::run(&args.command, &ui),
    };
    let outcome = result.unwrap_or_else(|problem| {
        if is_broken_pipe(&problem) {
            return Outcome::Done;
        }
        ui.problem(&problem);
        Outcome::Failed
    });
    ExitCode::from(match outcome {
        Outcome::Done => 0,
        Outcome::Incomplete => 1,
        Outcome::Failed => 2,
    })
}

/// Whoever reads our output has seen enough. Trouble with input never comes this way, so the pipe is ours.
fn is_broken_pipe(problem: &Problem) -> bool {
    problem
        .error
        .chain()
        .filter_map(|it| it.downcast_ref::<std::io::Error>())
        .any(|it| it.kind() == ErrorKind::BrokenPipe)
}

fn print_schema() -> Result<Outcome, Problem> {
    let schema = serde_json::to_string_pretty(&annals_record::json_schema()).map_err(Problem::from)?;
    writeln!(std::io::stdout(), "{schema}").map_err(Problem::from)?;
    Ok(Outcome::Done)
}
