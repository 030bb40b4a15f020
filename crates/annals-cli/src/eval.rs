//! `annals eval`: how good is what Annals says?

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::num::NonZero;

use annals_coder::Coder;
use annals_eval::actors;
use annals_eval::gold::{self, Coding};
use annals_eval::isaf::{self, Row};
use annals_lexicon::LexiconReader;
use annals_reader::{LearnedReader, Package};
use annals_record::CodedReport;
use annals_text::{Document, Options, Report};
use anyhow::{Context as _, anyhow};
use serde_json::{Value, json};

use crate::Outcome;
use crate::args::{EvalActorsArgs, EvalCommand, GoldArgs, HtmlArgs, IsafArgs, ReaderName, TimeArgs};
use crate::code::code_all;
use crate::inputs;
use crate::problem::Problem;
use crate::ui::Ui;

pub(crate) fn run(command: &EvalCommand, ui: &Ui) -> Result<Outcome, Problem> {
    match command {
        EvalCommand::Actors(args) => eval_actors(args),
        EvalCommand::Case21(args) => crate::eval_formats::case21(args, ui),
        EvalCommand::Plover(args) => crate::eval_formats::plover(args, ui),
        EvalCommand::Ucdp(args) => crate::eval_formats::ucdp(args),
        EvalCommand::Geo(args) => crate::eval_geo::run(args, ui),
        EvalCommand::Gold(args) => eval_gold(args, ui),
        EvalCommand::Html(args) => eval_html(args),
        EvalCommand::Incidents(args) => crate::eval_incidents::run(args),
        EvalCommand::Isaf(args) => eval_isaf(args, ui),
        EvalCommand::Re3d(args) => crate::eval_re3d::run(args, ui),
        EvalCommand::Time(args) => eval_time(args),
    }
}

fn eval_actors(args: &EvalActorsArgs) -> Result<Outcome, Problem> {
    let registry = annals_actors::Registry::embedded()?;
    let scores = match (&args.headlines, &args.gold, &args.docs) {
        (Some(table), ..) => actors::score_headlines(&registry, table, &args.country)?,
        (None, Some(gold), Some(docs)) => {
            let folds = args.folds.as_ref().map(|it| gold::read_folds(it, None)).transpose()?;
            actors::score_gold(&registry, gold, docs, folds.as_ref())?
        }
        _ => return Err(Problem::new(anyhow!("nothing to score"), "name GOLD and DOCS, or --headlines FILE")),
    };
    if args.per_party {
        for line in &scores.errors {
            writeln!(std::io::stdout(), "{line}")?;
        }
    }
    print(None, &scores)
}

fn eval_gold(args: &GoldArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut gold = gold::read_gold(&args.gold)?;
    if let Some(folds) = &args.folds {
        let in_fold = gold::read_folds(folds, args.fold)?;
        gold.retain(|it| in_fold.contains(&it.doc));
    }
    if gold.is_empty() {
        return Err(Problem::new(
            anyhow!("there are no annotations in {} to score against", args.gold.display()),
            "name the folder with one ID.json a report, and folds that list some of them",
        ));
    }
    if args.tune {
        return tune_gold(args, &gold, ui);
    }
    if args.choices {
        return print_choices(args, gold, ui);
    }
    let coded = match &args.coded {
        Some(path) => gold::read_coded(path)?,
        None => code_gold(args, &gold, ui)?,
    };
    let scores = gold::score(&gold, &coded);
    if args.per_doc {
        for line in scores.per_report_lines() {
            writeln!(std::io::stdout(), "{line}")?;
        }
    }
    if args.reliability {
        return print(None, &scores.reliability);
    }
    print(args.json.then(|| scores.to_json()), &scores)
}

/// Prints the thresholds with which the annotated reports are coded best.
fn tune_gold(args: &GoldArgs, gold: &[Coding], ui: &Ui) -> Result<Outcome, Problem> {
    let documents: Vec<Document> = gold_reports(args, gold, ui)?
        .into_iter()
        .map(|it| it.map(|report| annals_text::document(&report, &Options::default())))
        .collect::<Result<_, _>>()?;
    let coder = gold_coder(args)?;
    let read = |document: Document| {
        let reading = coder.read(&document);
        (document, reading)
    };
    let read: Vec<_> = documents.into_iter().map(read).collect();
    let tuned = gold::tune(&coder, &read, gold);
    print(None, &tuned)
}

/// Prints what was chosen among for each annotated report.
fn print_choices(args: &GoldArgs, gold: Vec<Coding>, ui: &Ui) -> Result<Outcome, Problem> {
    let reports = gold_reports(args, &gold, ui)?;
    let gold: BTreeMap<String, Coding> = gold.into_iter().map(|it| (it.doc.clone(), it)).collect();
    let coder = gold_coder(args)?;
    let work = |document: &Document| {
        let (coded, choices) = coder.choices(document, &coder.read(document), coder.thresholds());
        gold.get(&coded.doc).map(|it| gold::choice_lines(it, &coded, &choices)).unwrap_or_default()
    };
    let mut stdout = std::io::stdout().lock();
    for lines in each_report(work, reports.into_iter(), args.jobs, ui)? {
        stdout.write_all(lines.as_bytes())?;
    }
    Ok(Outcome::Done)
}

fn code_gold(args: &GoldArgs, gold: &[Coding], ui: &Ui) -> Result<BTreeMap<String, Coding>, Problem> {
    let reports = gold_reports(args, gold, ui)?;
    let coder = gold_coder(args)?;
    let codings = each_report(|it| Coding::from(&coder.code(it)), reports.into_iter(), args.jobs, ui)?;
    Ok(codings.into_iter().map(|it| (it.doc.clone(), it)).collect())
}

/// A coder that reads with the model of a folder, if one is named.
fn gold_coder(args: &GoldArgs) -> Result<Coder, Problem> {
    let Some(folder) = &args.model else { return Ok(coder(args.reader)) };
    let reader = Package::read(folder).and_then(|it| LearnedReader::new(&it));
    let reader = reader.with_context(|| format!("cannot use the model in {}", folder.display()))?;
    Ok(Coder::with_reader(Box::new(reader)))
}

/// The reports that the gold annotates.
fn gold_reports(args: &GoldArgs, gold: &[Coding], ui: &Ui) -> Result<Vec<Result<Report, Problem>>, Problem> {
    let wanted: BTreeSet<&str> = gold.iter().map(|it| it.doc.as_str()).collect();
    let inputs = inputs::find(std::slice::from_ref(&args.docs));
    if let Some(problem) = inputs.wrong.into_iter().chain(inputs.barren).next() {
        return Err(problem);
    }
    let is_wanted = |it: &Report| it.doc.as_ref().is_some_and(|doc| wanted.contains(doc.as_str()));
    Ok(inputs::reports(&inputs.found, ui).filter(|it| it.as_ref().map_or(true, is_wanted)).collect())
}

fn eval_html(args: &HtmlArgs) -> Result<Outcome, Problem> {
    let mut scores = annals_eval::html::score_html(&args.dir)?;
    if args.per_doc {
        scores.pages.sort_by(|a, b| (a.precision + a.recall).total_cmp(&(b.precision + b.recall)));
        for page in &scores.pages {
            writeln!(std::io::stdout(), "{:.3} {:.3} {}", page.precision, page.recall, page.page)?;
        }
    }
    let rows = [("precision", scores.precision), ("recall", scores.recall), ("f1", scores.f1)];
    print_shares(args.json, &rows.map(|(name, share)| (name, share, format!("of {} pages", scores.pages.len()))))
}

fn eval_isaf(args: &IsafArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let releases = isaf::read_releases(&args.file)?;
    let reports = releases.iter().map(|it| Ok(it.report.clone()));
    let rows = code_reports(reports, args.reader, args.jobs, ui, |document, coded| {
        (document.doc.clone(), isaf::derive(coded))
    })?;
    let rows: BTreeMap<String, Row> = rows.into_iter().collect();
    let unread = Row { start_date: None, min_killed: 0, min_captured: 0 };
    let pairs = releases.iter().map(|it| {
        let doc = it.report.doc.as_deref().unwrap_or_default();
        (doc, rows.get(doc).unwrap_or(&unread), &it.row)
    });
    if args.per_doc {
        for (doc, derived, expert) in pairs.clone().filter(|(_, derived, expert)| derived != expert) {
            writeln!(std::io::stdout(), "{doc} {derived} expert: {expert}")?;
        }
    }
    let scores = isaf::score(pairs.map(|(_, derived, expert)| (derived, expert)));
    print(args.json.then(|| scores.to_json()), &scores)
}

fn eval_time(args: &TimeArgs) -> Result<Outcome, Problem> {
    let scores = annals_eval::time::score_time(&args.path)?;
    if args.per_doc {
        for case in scores.cases.iter().filter(|it| it.ours.as_deref() != Some(it.gold.as_str())) {
            let ours = case.ours.as_deref().unwrap_or("unresolved");
            writeln!(std::io::stdout(), "{}: “{}” {ours} gold: {}", case.document, case.words, case.gold)?;
        }
    }
    let rows = [
        ("full dates", scores.full_dates),
        ("months and years", scores.months_and_years),
        ("both", scores.dated()),
        ("others", scores.others),
    ];
    print_shares(
        args.json,
        &rows.map(|(name, it)| (name, it.share(), format!("{} of {} expressions", it.n_right, it.n_total))),
    )
}

/// A coder that reads with the reader of that name.
pub(crate) fn coder(reader: ReaderName) -> Coder {
    match reader {
        ReaderName::Learned => Coder::new(),
        ReaderName::Lexicon => Coder::with_reader(Box::new(LexiconReader::new())),
    }
}

/// Codes all reports and keeps what is made of each; tells of those that were lost.
pub(crate) fn code_reports<U: Send>(
    reports: impl Iterator<Item = Result<Report, Problem>>,
    reader: ReaderName,
    jobs: Option<NonZero<usize>>,
    ui: &Ui,
    render: impl Fn(&Document, &CodedReport) -> U + Sync,
) -> Result<Vec<U>, Problem> {
    let coder = coder(reader);
    each_report(|document| render(document, &coder.code(document)), reports, jobs, ui)
}

/// Keeps what is made of each report's document; tells of those that were lost.
pub(crate) fn each_report<U: Send>(
    work: impl Fn(&Document) -> U + Sync,
    reports: impl Iterator<Item = Result<Report, Problem>>,
    jobs: Option<NonZero<usize>>,
    ui: &Ui,
) -> Result<Vec<U>, Problem> {
    let mut kept = Vec::new();
    code_all(work, reports, &Options::default(), jobs, |result| {
        match result {
            Ok(it) => kept.push(it),
            Err(problem) => ui.problem(&problem),
        }
        Ok(())
    })?;
    Ok(kept)
}

/// Prints named shares (0 to 1), each with what it is a share of.
fn print_shares(json: bool, rows: &[(&str, f64, String)]) -> Result<Outcome, Problem> {
    let object = || rows.iter().map(|(name, share, _)| (name.replace(' ', "_"), json!(share))).collect();
    let lines: Vec<String> = rows.iter().map(|(name, share, of)| format!("{name:17} {share:.3}  {of}\n")).collect();
    print(json.then(|| Value::Object(object())), &lines.concat())
}

fn print(json: Option<Value>, table: &impl std::fmt::Display) -> Result<Outcome, Problem> {
    match json {
        Some(json) => writeln!(std::io::stdout(), "{json}")?,
        None => write!(std::io::stdout(), "{table}")?,
    }
    Ok(Outcome::Done)
}
