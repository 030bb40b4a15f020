//! `annals code`: reports in, coded reports out.

use std::cell::RefCell;
use std::io::{BufWriter, IsTerminal, Stdout, Write};
use std::mem::ManuallyDrop;
use std::num::NonZero;
use std::path::PathBuf;

use annals_export::{Export, Loss, Unit};
use annals_incidents::Incident;
use annals_record::Severity;
use annals_text::{Document, Options, Report, document};
use anyhow::anyhow;

use crate::Outcome;
use crate::args::{CodeArgs, Format};
use crate::exporting::{self, Asked, Units, incidents_of};
use crate::inputs::{self, Inputs};
use crate::output::Output;
use crate::panics;
use crate::pool;
use crate::problem::Problem;
use crate::ui::Ui;

/// What came of one report.
struct Coded {
    /// For formats that tell reports whole.
    text: String,
    /// For formats of the field: the incidents, and the document's text.
    incidents: Vec<Incident>,
    document: String,
    n_events: usize,
    worst: Option<Severity>,
}

/// Where coded reports go.
enum Target<'a> {
    /// Reports whole, parted by what the output says.
    Text(&'a Output, BufWriter<Stdout>),
    /// Events, each as an incident with one telling.
    Export(Box<Export<'a>>),
}

impl Target<'_> {
    /// Adds one report; `n_before` reports stand there already.
    fn add(&mut self, coded: &Coded, n_before: usize) -> Result<(), Problem> {
        match self {
            Self::Text(output, stdout) => {
                if n_before > 0 {
                    stdout.write_all(output.between().as_bytes())?;
                }
                stdout.write_all(coded.text.as_bytes())?;
            }
            Self::Export(export) => {
                for incident in &coded.incidents {
                    export.add(incident)?;
                }
            }
        }
        Ok(())
    }

    /// Ends the output; tells what a format could not hold.
    fn finish(self, n_reports: usize) -> Result<Option<Loss>, Problem> {
        match self {
            Self::Text(output, mut stdout) => {
                stdout.write_all(output.end(n_reports).as_bytes())?;
                stdout.flush()?;
                Ok(None)
            }
            Self::Export(export) => Ok(Some(export.finish()?)),
        }
    }
}

pub(crate) fn run(args: &CodeArgs, ui: &Ui) -> Result<Outcome, Problem> {
    if args.explain && args.format != Format::Human {
        return Err(Problem::new(anyhow!("--explain has no place in this format"), "leave --format out"));
    }
    let inputs = find_inputs(&args.paths)?;
    for problem in inputs.wrong.iter().chain(&inputs.barren) {
        ui.problem(problem);
    }
    let output = Output::new(args.format);
    let exported = args.format.exported();
    let rule = exported.map(exporting::rule_of).unwrap_or_default();
    let units = if exported.is_some() { Units::with_packs(&args.packs)? } else { Units::default() };
    let point_of = |unit: &Unit<'_>| units.point(unit);
    let outline_of = |unit: &Unit<'_>| units.outline(unit);
    // One report at a time is written.
    let written = RefCell::new(String::new());
    let text_of = |_: &str| Some(written.borrow().clone());
    let mut stdout = BufWriter::new(std::io::stdout());
    let (mut n_reports, mut n_events, mut n_lost, mut worst) = (0_usize, 0, 0, None);

    ui.start_progress(inputs.size_bytes());
    // The process ends with it: to hand its memory back piece by piece would take as long as to load it.
    let coder = ManuallyDrop::new(args.packs.coder()?);
    let mut target = match (&output, exported) {
        (_, Some(format)) => {
            let asked = Asked { points: &point_of, outlines: &outline_of, texts: &text_of };
            let options = exporting::options(&args.export, asked);
            Target::Export(Box::new(Export::new(format, coder.registry(), options, stdout)?))
        }
        (output, None) => {
            let output = output.as_ref().expect("every format is one of the two sorts");
            stdout.write_all(output.begin().as_bytes())?;
            Target::Text(output, stdout)
        }
    };
    let options = Options { published: args.published };
    let code = |document: &Document| {
        let (coded, why) = if args.explain {
            let (coded, why) = coder.explain(document);
            (coded, format!("\nWhy\n\n{why}"))
        } else {
            (coder.code(document), String::new())
        };
        Coded {
            text: output.as_ref().map(|it| it.render(document, &coded) + &why).unwrap_or_default(),
            n_events: coded.events.len(),
            worst: coded.findings.iter().map(|it| it.severity).max(),
            incidents: if exported.is_some() { incidents_of(&coded, rule) } else { Vec::new() },
            document: coded.document.text,
        }
    };
    code_all(code, inputs::reports(&inputs.found, ui), &options, args.jobs, |result| {
        match result {
            Ok(mut coded) => {
                written.replace(std::mem::take(&mut coded.document));
                target.add(&coded, n_reports)?;
                n_reports += 1;
                n_events += coded.n_events;
                worst = worst.max(coded.worst);
                ui.progress_message(|| format!("{n_reports} reports, {n_events} events"));
            }
            Err(problem) => {
                // Errors stand where they belong between the reports of a terminal.
                if let Target::Text(_, stdout) = &mut target {
                    stdout.flush()?;
                }
                ui.problem(&problem);
                n_lost += 1;
            }
        }
        Ok(())
    })?;
    let loss = target.finish(n_reports)?;
    ui.end_progress();

    if n_reports + n_lost > 1 {
        let lost = if n_lost > 0 { format!(", {n_lost} not coded") } else { String::new() };
        ui.summary(&format!("{}, {}{lost}", counted(n_reports, "report"), counted(n_events, "event")));
    }
    if let Some(loss) = loss {
        exporting::tell_loss(&loss, &args.export, ui);
    }
    let is_flagged = worst.is_some_and(|it| it >= Severity::from(args.fail_on));
    Ok(if !inputs.wrong.is_empty() {
        Outcome::Failed
    } else if n_lost > 0 || n_reports == 0 || !inputs.barren.is_empty() || is_flagged {
        Outcome::Incomplete
    } else {
        Outcome::Done
    })
}

fn find_inputs(paths: &[PathBuf]) -> Result<Inputs, Problem> {
    if !paths.is_empty() {
        return Ok(inputs::find(paths));
    }
    if std::io::stdin().is_terminal() {
        return Err(Problem::new(
            anyhow!("there is nothing to code"),
            "name files or folders, or pipe a report in; see annals code --help",
        ));
    }
    Ok(inputs::find(&[PathBuf::from("-")]))
}

fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Codes reports on all cores, in bounded memory, and hands what `code` makes of each document to `sink`, in order.
///
/// What could not be read or coded comes to the sink as a problem, and the run goes on.
/// **Errors**: the sink's first error ends the run.
pub(crate) fn code_all<U: Send>(
    code: impl Fn(&Document) -> U + Sync,
    reports: impl Iterator<Item = Result<Report, Problem>>,
    options: &Options,
    jobs: Option<NonZero<usize>>,
    sink: impl FnMut(Result<U, Problem>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let weight = |it: &Result<Report, Problem>| it.as_ref().map_or(0, Report::size_bytes);
    let work = |report: Result<Report, Problem>| {
        let report = report?;
        panics::coded(&report.place, || code(&document(&report, options)))
    };
    pool::map_in_order(reports, pool::workers(jobs), weight, work, sink)
}
