//! `annals eval case21`, `plover` and `ucdp`: the mappings to the field's formats, measured.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::PathBuf;

use annals_actors::Registry;
use annals_eval::labels::Labels;
use annals_eval::{case21, plover};
use annals_export::import::{DataSet, read_table};
use annals_export::{Export, Format, Options, acled_code, imported_columns, plover_code};
use annals_incidents::{Incident, Rule};
use annals_record::{CodedReport, Realis};
use anyhow::{Context as _, anyhow};
use clap::Args;

use crate::Outcome;
use crate::args::ReaderName;
use crate::eval::code_reports;
use crate::exporting::incidents_of;
use crate::problem::Problem;
use crate::ui::Ui;

/// Score ACLED sub-types on the snippets of CASE 2021, task 2
///
/// The predicted sub-type is that of the surest event of a snippet, as `--format acled` codes it.
#[derive(Debug, Args)]
pub(crate) struct Case21Args {
    /// Snippets: id, text and label, parted by tabs
    file: PathBuf,

    /// Reader to score
    #[arg(long, value_enum, default_value_t)]
    reader: ReaderName,
}

/// Score PLOVER roots and quad classes on PLOVER's gold records
///
/// The predicted root is that of the surest event of a sentence, as `--format plover` codes it.
#[derive(Debug, Args)]
pub(crate) struct PloverArgs {
    /// PLOVER's file of gold records
    file: PathBuf,

    /// Reader to score
    #[arg(long, value_enum, default_value_t)]
    reader: ReaderName,
}

/// Check that UCDP's table comes back as it was: imported, made incidents, exported
///
/// Tells, column by column, how many rows agree: by the record alone, and with what the record has no field for handed on.
///
/// Exit code: 0 all agree; 1 some do not.
#[derive(Debug, Args)]
pub(crate) struct UcdpArgs {
    /// UCDP's event table
    file: PathBuf,

    /// Show each cell that differs
    #[arg(long)]
    errors: bool,
}

pub(crate) fn case21(args: &Case21Args, ui: &Ui) -> Result<Outcome, Problem> {
    let snippets = case21::read_snippets(&args.file)?;
    let registry = Registry::embedded()?;
    let reports = snippets.iter().map(|it| Ok(it.report.clone()));
    let coded = code_reports(reports, args.reader, None, ui, |document, coded| {
        let text_of = |_: &str| Some(coded.document.text.clone());
        let options = Options { text_of: Some(&text_of), ..Options::default() };
        let code = surest(coded).map(|it| acled_code(&it, &registry, &options));
        (document.doc.clone(), code.and_then(|it| case21::label_of(it.sub_event_type)))
    })?;
    let coded: BTreeMap<String, Option<&str>> = coded.into_iter().collect();
    let predicted =
        |doc: &Option<String>| doc.as_ref().and_then(|it| coded.get(it).copied().flatten()).map(str::to_owned);
    let pairs = snippets.iter().map(|it| (it.label.clone(), predicted(&it.report.doc))).collect();
    let all = Labels { pairs };
    let acled = all.of(case21::is_acled);
    by_label(&acled)?;
    let mut out = std::io::stdout();
    writeln!(
        out,
        "ACLED's 25 sub-types, {} snippets: weighted F1 {:.3}, macro F1 {:.3}, accuracy {:.3}",
        acled.pairs.len(),
        acled.weighted_f1(),
        acled.macro_f1(),
        acled.accuracy()
    )?;
    writeln!(
        out,
        "all labels, {} snippets: weighted F1 {:.3}, macro F1 {:.3}, accuracy {:.3}",
        all.pairs.len(),
        all.weighted_f1(),
        all.macro_f1(),
        all.accuracy()
    )?;
    let others = all.of(|it| !case21::is_acled(it));
    let quiet = others.pairs.iter().filter(|it| it.1.is_none()).count();
    writeln!(out, "other labels: {quiet} of {} snippets rightly without an event", others.pairs.len())?;
    Ok(Outcome::Done)
}

pub(crate) fn plover(args: &PloverArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let records = plover::read_records(&args.file)?;
    let reports = records.iter().map(|it| Ok(it.report.clone()));
    let coded = code_reports(reports, args.reader, None, ui, |document, coded| {
        (document.doc.clone(), surest(coded).and_then(|it| plover_code(&it, &Options::default())).map(|it| it.event))
    })?;
    let coded: BTreeMap<String, Option<&str>> = coded.into_iter().collect();
    let root = |doc: &Option<String>| doc.as_ref().and_then(|it| coded.get(it).copied().flatten()).map(str::to_owned);
    let all = Labels { pairs: records.iter().map(|it| (it.root.clone(), root(&it.report.doc))).collect() };
    let reached = all.of(|it| plover::REACHED.contains(&it));
    let quads = |labels: &Labels| {
        let class = |it: &str| plover::quad(it).map(|it| it.to_string());
        let pairs = labels.pairs.iter();
        Labels { pairs: pairs.map(|it| (class(&it.0).unwrap_or_default(), it.1.as_deref().and_then(class))).collect() }
    };
    by_label(&all)?;
    let mut out = std::io::stdout();
    for (name, labels) in [("all roots", &all), ("roots that Annals' types reach", &reached)] {
        writeln!(
            out,
            "{name}, {} sentences: macro F1 {:.3}, accuracy {:.3}, quad accuracy {:.3}",
            labels.pairs.len(),
            labels.macro_f1(),
            labels.accuracy(),
            quads(labels).accuracy()
        )?;
    }
    let told = Labels { pairs: all.pairs.iter().filter(|it| it.1.is_some()).cloned().collect() };
    writeln!(
        out,
        "where an event is coded, {} sentences: accuracy {:.3}, quad accuracy {:.3}",
        told.pairs.len(),
        told.accuracy(),
        quads(&told).accuracy()
    )?;
    Ok(Outcome::Done)
}

/// The surest event of a report as an incident; one that happened stands before one that did not.
fn surest(coded: &CodedReport) -> Option<Incident> {
    let incidents = incidents_of(coded, Rule::default());
    let confidence = |it: &Incident| it.tellings.first().map_or(0.0, |it| it.event.confidence);
    incidents.into_iter().max_by(|a, b| {
        let key = |it: &Incident| it.realis == Realis::Actual;
        key(a).cmp(&key(b)).then(confidence(a).total_cmp(&confidence(b)))
    })
}

fn by_label(labels: &Labels) -> Result<(), Problem> {
    let mut out = std::io::stdout();
    for (label, score) in labels.by_label() {
        writeln!(
            out,
            "{:>6.3} F1  {label}: {} given, {} predicted, {} right",
            score.f1(),
            score.n_given,
            score.n_predicted,
            score.n_right
        )?;
    }
    Ok(())
}

pub(crate) fn ucdp(args: &UcdpArgs) -> Result<Outcome, Problem> {
    let registry = Registry::embedded()?;
    let file = File::open(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    let (_, rows) = read_table(DataSet::Ucdp, &registry, BufReader::new(file)).map_err(|it| anyhow!(it))?;
    let reports: Vec<CodedReport> = rows.collect::<Result<_, _>>().map_err(|it| anyhow!(it))?;
    let texts: BTreeMap<&str, &str> =
        reports.iter().map(|it| (it.report.id.as_str(), it.document.text.as_str())).collect();
    let text_of = |id: &str| texts.get(id).map(|it| (*it).to_owned());
    let incidents: Vec<Incident> = reports.iter().flat_map(|it| incidents_of(it, Rule::Ucdp)).collect();
    let mut out = std::io::stdout();
    writeln!(out, "{} rows imported", reports.len())?;
    let alone = Options { deathless: true, victim_names: true, ..Options::default() };
    let mut all_agree = true;
    for (name, options) in [
        ("by the record alone", alone),
        ("with the row's own columns handed on", Options { text_of: Some(&text_of), ..alone }),
    ] {
        let table = table(&incidents, &registry, options)?;
        let (compared, agree) = compare(&reports, &table, args.errors)?;
        let n_columns = compared.len();
        let full = compared.values().filter(|it| it.0 == it.1).count();
        writeln!(
            out,
            "{name}: {} rows exported, {full} of {n_columns} shared columns agree in every row",
            table.len()
        )?;
        for (column, (right, total)) in compared.iter().filter(|it| it.1.0 != it.1.1) {
            writeln!(out, "{right:>8} of {total} {column}")?;
        }
        writeln!(
            out,
            "{:>8} of {} rows keep the invariants",
            table.iter().filter(|it| keeps_invariants(it)).count(),
            table.len()
        )?;
        all_agree = agree;
    }
    Ok(if all_agree { Outcome::Done } else { Outcome::Incomplete })
}

type Row = BTreeMap<String, String>;

/// By column, in how many rows it agrees, of how many.
type Agreement = BTreeMap<String, (usize, usize)>;

fn table(incidents: &[Incident], registry: &Registry, options: Options<'_>) -> Result<Vec<Row>, Problem> {
    let mut bytes = Vec::new();
    let mut export = Export::new(Format::Ucdp, registry, options, &mut bytes)?;
    for incident in incidents {
        export.add(incident)?;
    }
    export.finish()?;
    let rows = csv::Reader::from_reader(bytes.as_slice()).into_deserialize::<Row>().collect::<Result<Vec<_>, _>>();
    Ok(rows.map_err(|it| anyhow!(it))?)
}

/// For each shared column, in how many rows it agrees, of how many; and whether all do.
fn compare(reports: &[CodedReport], table: &[Row], errors: bool) -> Result<(Agreement, bool), Problem> {
    let mut counts = Agreement::new();
    for (report, row) in reports.iter().zip(table) {
        for (column, cell) in imported_columns(&report.document.text) {
            let Some(ours) = row.get(&column) else { continue };
            let count = counts.entry(column.clone()).or_default();
            count.1 += 1;
            if plain(&column, &cell) == plain(&column, ours) {
                count.0 += 1;
            } else if errors {
                writeln!(std::io::stdout(), "{} {column}: {cell:?} came back as {ours:?}", report.doc)?;
            }
        }
    }
    let agree = reports.len() == table.len() && counts.values().all(|it| it.0 == it.1);
    Ok((counts, agree))
}

/// A cell without what only its form makes: days as they are written, zeros at the end of degrees.
fn plain(column: &str, cell: &str) -> String {
    let cell = cell.trim();
    if column.starts_with("date_") {
        return annals_export::import::day(cell).map_or_else(|| cell.to_owned(), |it| it.to_string());
    }
    cell.parse::<f64>().map_or_else(|_| cell.to_owned(), |it| it.to_string())
}

fn keeps_invariants(row: &Row) -> bool {
    let number = |column: &str| row.get(column).and_then(|it| it.parse::<u64>().ok()).unwrap_or_default();
    let four = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"].map(number);
    let civilians =
        number("type_of_violence") != 3 || four[..2] == [0, 0] && row.get("side_b").is_some_and(|it| it == "Civilians");
    four.iter().sum::<u64>() == number("best")
        && number("low") <= number("best")
        && number("best") <= number("high")
        && civilians
}
