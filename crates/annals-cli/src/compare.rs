//! `annals compare`: our reports beside another data set's rows, incident by incident.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use annals_export::import::DataSet;
use annals_export::{Compared, Deaths, Found, compare};
use annals_ledger::Access;
use clap::{Args, ValueEnum};

use crate::Outcome;
use crate::ledger_query::{QueryArgs, ledger_problem};
use crate::problem::Problem;
use crate::ui::Ui;

/// Compare what reports tell with an imported data set: in both, only here, only there, differing
///
/// Import its table first: annals import ucdp FILE.csv.
#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// Data set: acled or ucdp
    #[arg(long)]
    with: DataSet,

    /// Form of the output
    #[arg(short, long, value_enum, default_value_t = CompareFormat::Human)]
    format: CompareFormat,

    #[command(flatten)]
    query: QueryArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CompareFormat {
    /// A line an incident
    Human,
    /// One JSON object a line
    Jsonl,
    /// A row an incident
    Csv,
}

pub(crate) fn run(args: &CompareArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let ledger = args.query.open(Access::Read)?;
    let rule = ledger.rule().map_err(ledger_problem)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut counts: BTreeMap<Found, usize> = BTreeMap::new();
    let mut table = csv::WriterBuilder::new().from_writer(Vec::new());
    if args.format == CompareFormat::Csv {
        table.write_record(COLUMNS).map_err(anyhow::Error::from)?;
    }
    args.query.each(&ledger, |incident| {
        let Some(compared) = compare(&incident, args.with, rule) else { return Ok(()) };
        *counts.entry(compared.found).or_default() += 1;
        match args.format {
            CompareFormat::Human => writeln!(out, "{}", line(&compared))?,
            CompareFormat::Jsonl => {
                serde_json::to_writer(&mut out, &compared)?;
                writeln!(out)?;
            }
            CompareFormat::Csv => table.write_record(row(&compared)).map_err(anyhow::Error::from)?,
        }
        Ok(())
    })?;
    let table = table.into_inner().map_err(|it| anyhow::Error::from(it.into_error()))?;
    out.write_all(&table)?;
    out.flush()?;
    let told: Vec<String> = counts.iter().map(|(found, n)| format!("{n} {}", words(*found))).collect();
    ui.summary(&if told.is_empty() { "no incidents".to_owned() } else { told.join(", ") });
    Ok(if counts.is_empty() { Outcome::Incomplete } else { Outcome::Done })
}

fn words(found: Found) -> &'static str {
    match found {
        Found::Agree => "in both, the same",
        Found::Differ => "in both, differing",
        Found::OnlyHere => "only here",
        Found::OnlyThere => "only there",
    }
}

fn line(compared: &Compared) -> String {
    let mut line = format!("{:<18}  {}", words(compared.found), compared.title);
    if compared.found == Found::Differ || compared.found == Found::Agree {
        line += &format!("; killed {} here, {} there", told(compared.here), told(compared.there));
        if let Some(days) = compared.days_apart.filter(|it| *it != 0) {
            line += &format!("; {} days apart", days.abs());
        }
        if let Some(km) = compared.km_apart.filter(|it| *it > 0.0) {
            line += &format!("; {km} km apart");
        }
    }
    format!("{line}  [{}]", compared.incident)
}

fn told(deaths: Option<Deaths>) -> String {
    let Some(Deaths { low, best, high }) = deaths else { return "not told".to_owned() };
    let number = |it: Option<u64>| it.map_or_else(|| "?".to_owned(), |it| it.to_string());
    if low == high { number(best.or(low)) } else { format!("{} ({} to {})", number(best), number(low), number(high)) }
}

const COLUMNS: [&str; 12] = [
    "incident",
    "found",
    "title",
    "rows",
    "killed_low_here",
    "killed_best_here",
    "killed_high_here",
    "killed_low_there",
    "killed_best_there",
    "killed_high_there",
    "days_apart",
    "km_apart",
];

fn row(compared: &Compared) -> [String; COLUMNS.len()] {
    let number = |it: Option<u64>| it.map(|it| it.to_string()).unwrap_or_default();
    let deaths = |it: Option<Deaths>| {
        let (low, best, high) = it.map_or((None, None, None), |it| (it.low, it.best, it.high));
        [low, best, high].map(number)
    };
    let [low_here, best_here, high_here] = deaths(compared.here);
    let [low_there, best_there, high_there] = deaths(compared.there);
    [
        compared.incident.clone(),
        compared.found.to_string(),
        compared.title.clone(),
        compared.rows.join("; "),
        low_here,
        best_here,
        high_here,
        low_there,
        best_there,
        high_there,
        compared.days_apart.map(|it| it.to_string()).unwrap_or_default(),
        compared.km_apart.map(|it| it.to_string()).unwrap_or_default(),
    ]
}
