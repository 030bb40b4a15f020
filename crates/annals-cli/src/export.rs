//! `annals export`: a ledger's incidents in a format of the field, with a manifest beside the file.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use annals_actors::Registry;
use annals_export::{Export, Format, Loss, Manifest, Unit, WrittenFile};
use annals_incidents::{Incident, ReviewState, Rule, account};
use annals_ledger::{Access, Ledger};
use anyhow::{Context as _, anyhow};
use clap::Args;
use sha2::{Digest, Sha256};

use crate::Outcome;
use crate::args_export::ExportOptions;
use crate::exporting::{self, Asked, Units};
use crate::ledger_query::{self, QueryArgs, ledger_problem};
use crate::problem::Problem;
use crate::ui::Ui;

/// Write a ledger's incidents in a format of the field
///
/// Formats: acled, ucdp, plover, polecat, geojson, csv, jsonl, hxl, parquet, geoparquet, claims; docs/formats has a page on each.
/// A manifest is written beside the file. The same ledger, filters and options give the same bytes.
///
/// Exit code: 0 done; 1 done, but there was nothing to write; 2 wrong use or failure.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// Format
    #[arg(short, long)]
    format: Format,

    /// File to write; without it, standard output and no manifest
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Rule for figures: ucdp, acled-conservative or median [default: the ledger's; for ACLED its own]
    #[arg(long, value_name = "RULE", value_parser = ledger_query::rule)]
    rule: Option<Rule>,

    #[command(flatten)]
    query: QueryArgs,

    #[command(flatten)]
    options: ExportOptions,
}

pub(crate) fn run(args: &ExportArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let ledger = args.query.open(Access::Read)?;
    let registry = args.query.packs.registry()?;
    let ledgers = ledger.rule().map_err(ledger_problem)?;
    let own = if args.format == Format::Acled { exporting::rule_of(args.format) } else { ledgers };
    let rule = args.rule.unwrap_or(own);
    let mut manifest = Manifest {
        program: concat!("annals ", env!("CARGO_PKG_VERSION")).to_owned(),
        format: args.format.to_string(),
        ledger_position: ledger.head().map_err(ledger_problem)?,
        as_of: args.query.as_of.map(|it| it.to_string()),
        filters: args.query.filters(),
        rule: rule.to_string(),
        options: told_options(&args.options),
        victim_names: args.options.with_victim_names.clone(),
        ..Manifest::default()
    };
    let loss = match &args.output {
        None if args.format.is_binary() && std::io::stdout().is_terminal() => {
            return Err(Problem::new(anyhow!("{} is no text", args.format), "name a file with -o FILE"));
        }
        None => {
            let stdout = BufWriter::new(std::io::stdout());
            write(args, &ledger, &registry, rule, (args.format, stdout), None::<BufWriter<File>>, &mut manifest)?
        }
        Some(path) => {
            let claims = (args.format == Format::Parquet || args.format == Format::Geoparquet)
                .then(|| path.with_extension("claims.parquet"));
            let beside = claims.as_deref().map(create).transpose()?;
            let loss = write(args, &ledger, &registry, rule, (args.format, create(path)?), beside, &mut manifest)?;
            for file in std::iter::once(path).chain(&claims) {
                manifest.files.push(written(file)?);
            }
            manifest.loss = loss.clone();
            let mut text = serde_json::to_string_pretty(&manifest).map_err(Problem::from)?;
            text.push('\n');
            let beside = manifest_path(path);
            std::fs::write(&beside, text).with_context(|| format!("cannot write {}", beside.display()))?;
            loss
        }
    };
    exporting::tell_loss(&loss, &args.options, ui);
    ui.summary(&format!("{} incidents, {} rows", loss.n_incidents, loss.n_rows));
    Ok(if loss.n_rows == 0 { Outcome::Incomplete } else { Outcome::Done })
}

/// Writes all incidents asked for, and their claims beside them where asked.
fn write(
    args: &ExportArgs,
    ledger: &Ledger,
    registry: &Registry,
    rule: Rule,
    (format, out): (Format, impl Write + Send),
    claims: Option<impl Write + Send>,
    manifest: &mut Manifest,
) -> Result<Loss, Problem> {
    let units = Units::with_packs(&args.query.packs)?;
    let point_of = |unit: &Unit<'_>| units.point(unit);
    let outline_of = |unit: &Unit<'_>| units.outline(unit);
    let text_of = |id: &str| ledger.report(id).ok().flatten().map(|it| it.coded.document.text);
    let asked = Asked { points: &point_of, outlines: &outline_of, texts: &text_of };
    let options = exporting::options(&args.options, asked);
    let mut export = Export::new(format, registry, options, out)?;
    let mut claims = claims.map(|it| Export::new(Format::Claims, registry, options, it)).transpose()?;
    args.query.each(ledger, |mut incident| {
        by_rule(&mut incident, rule);
        manifest.take(&incident);
        export.add(&incident)?;
        if let Some(claims) = &mut claims {
            claims.add(&incident)?;
        }
        Ok(())
    })?;
    if let Some(claims) = claims {
        claims.finish()?;
    }
    Ok(export.finish()?)
}

/// Makes the figures anew by another rule than they were made by, unless a person corrected them.
fn by_rule(incident: &mut Incident, rule: Rule) {
    let same = incident.figures.iter().all(|it| it.rule == rule.as_str());
    if !same && incident.review != ReviewState::Corrected {
        incident.figures = account(&incident.id, &incident.tellings, rule, incident.review).figures;
    }
}

fn create(path: &Path) -> Result<BufWriter<File>, Problem> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(BufWriter::new(file))
}

fn manifest_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".manifest.json");
    path.with_file_name(name)
}

fn written(path: &Path) -> Result<WrittenFile, Problem> {
    let told = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(told)?;
    let (mut hash, mut size_bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let n = file.read(&mut buffer).with_context(told)?;
        if n == 0 {
            break;
        }
        hash.update(&buffer[..n]);
        size_bytes += n as u64;
    }
    let hash = hash.finalize().iter().fold("sha256:".to_owned(), |text, byte| text + &format!("{byte:02x}"));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(WrittenFile { name, size_bytes, hash })
}

fn told_options(options: &ExportOptions) -> std::collections::BTreeMap<String, String> {
    let switches = [
        ("bom", options.bom),
        ("numeric-codes", options.numeric_codes),
        ("deathless", options.deathless),
        ("areas", options.areas),
    ];
    let coarsen = options.coarsen.map(|it| ("coarsen".to_owned(), format!("{it:?}").to_lowercase()));
    let switches = switches.into_iter().filter(|it| it.1).map(|it| (it.0.to_owned(), "true".to_owned()));
    switches.chain(coarsen).collect()
}
