//! The project's own commands: `cargo xtask test`, `lint`, `generate`, `web`, `e2e`, `measure`, `cards`, `bench-data`.
#![warn(missing_docs)]

mod bench_data;
mod cards;
mod cargo;
mod generate;
mod layers;
mod length;
mod web;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

/// The project's own commands
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run all tests
    Test,
    /// Check format, lints, layers and file lengths
    Lint,
    /// Write the files that are made from code
    Generate {
        /// Change nothing; fail when a file is not as it would be written
        #[arg(long)]
        check: bool,
    },
    /// Make the workbench's pages anew, with Node
    Web {
        /// Change nothing; fail when the kept pages are not as they would be built
        #[arg(long)]
        check: bool,
    },
    /// Drive the built binary in a real browser, with Node and Chromium
    E2e {
        /// Make the guide's screenshots anew
        #[arg(long)]
        images: bool,
    },
    /// Measure the workbench on a ledger, in a real browser, with Node and Chromium
    Measure {
        /// Folder of the ledger
        ledger: PathBuf,
    },
    /// Draw the README's picture of `annals code` anew
    Cards,
    /// Write a large JSON Lines file of reports, for measuring
    BenchData {
        /// The file
        out: PathBuf,
        /// Its size at least. Units: 10⁶ bytes
        #[arg(long, default_value_t = 1000)]
        megabytes: u64,
        /// At most so many reports
        #[arg(long)]
        reports: Option<u64>,
    },
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let started_in = std::env::current_dir().context("cannot tell the folder")?;
    std::env::set_current_dir(root()).context("cannot go to the project's root")?;
    match cli.command {
        Command::Test => test(),
        Command::Lint => lint(),
        Command::Generate { check } => generate::run(check),
        Command::Web { check } => web::run(check),
        Command::E2e { images } => web::e2e(images),
        Command::Measure { ledger } => web::measure(&started_in.join(ledger)),
        Command::Cards => cards::draw(),
        Command::BenchData { out, megabytes, reports } => bench_data::write(&out, megabytes, reports),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the project's root")
}

fn test() -> Result<()> {
    if cargo::has("nextest") {
        // nextest knows no doc tests; they come first so that its summary closes the run.
        cargo::run(&["test", "--workspace", "--doc"])?;
        cargo::run(&["nextest", "run", "--workspace"])
    } else {
        cargo::run(&["test", "--workspace"])
    }
}

fn lint() -> Result<()> {
    cargo::run(&["fmt", "--all", "--check"])?;
    layers::check()?;
    length::check()?;
    cargo::run(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
}
