//! `annals eval incidents`: are tellings of one happening found and put together?

use std::io::Write;
use std::path::PathBuf;

use annals_eval::gold::{read_folds, read_gold};
use annals_eval::incidents::{self, LinkScores};
use annals_incidents::Matcher;
use anyhow::Context as _;
use clap::Args;

use crate::Outcome;
use crate::problem::Problem;

/// Score which events of different reports are put together as one happening
///
/// GOLD is the folder with gold/, docs/, folds.json and incidents.json. Its events are made tellings (parties and place namings
/// resolved by Annals, place and day as annotated) and put together by weights fitted without the happenings that are scored.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct IncidentsArgs {
    /// Folder of the gold; with --ecb of ECB+ (topics1-35.tar.gz and sentences.csv)
    gold: PathBuf,

    /// Score the features of a pair of tellings on ECB+, fitted to other topics than those that are scored
    #[arg(long, conflicts_with_all = ["coded", "shipped", "fit", "features", "common_words", "errors"])]
    ecb: bool,

    /// Score with the shipped weights the events of these coded reports (JSON Lines of `annals code GOLD/docs`)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fit", "features", "common_words"])]
    coded: Option<PathBuf>,

    /// Score with the shipped weights, which have seen all of the gold
    #[arg(long, conflicts_with_all = ["fit", "features", "common_words"])]
    shipped: bool,

    /// Print weights fitted to all of the gold, in the form of data/incidents/weights.toml
    #[arg(long, conflicts_with_all = ["features", "common_words"])]
    fit: bool,

    /// Print each pair that is looked at with its features, a JSON object a line
    #[arg(long, conflicts_with = "common_words")]
    features: bool,

    /// Print the words that many reports use, in the form of data/incidents/common-words.toml
    #[arg(long)]
    common_words: bool,

    /// Show each pair that is not right
    #[arg(long)]
    errors: bool,
}

pub(crate) fn run(args: &IncidentsArgs) -> Result<Outcome, Problem> {
    const FOLDS: usize = 5;
    let mut out = std::io::stdout().lock();
    if args.ecb {
        write!(out, "{}", incidents::score_ecb(&args.gold, &Matcher::embedded())?)?;
        return Ok(Outcome::Done);
    }
    let docs = args.gold.join("docs");
    if args.common_words {
        let texts = incidents::read_texts(&docs)?;
        write!(out, "{}", incidents::common_words(texts.iter().map(String::as_str)))?;
        return Ok(Outcome::Done);
    }
    let wanted = read_folds(&args.gold.join("folds.json"), None)?;
    let tellings = incidents::read_tellings(&args.gold.join("gold"), &docs, &wanted)?;
    let truth = incidents::read_truth(&args.gold.join("incidents.json"))?;
    let matcher = Matcher::embedded();
    let errors = if args.fit {
        write!(out, "{}", incidents::fit_all(&tellings, &truth, &matcher))?;
        Vec::new()
    } else if args.features {
        for line in incidents::feature_lines(&matcher, &tellings, &truth) {
            writeln!(out, "{line}")?;
        }
        Vec::new()
    } else if let Some(coded) = &args.coded {
        let mut gold = read_gold(&args.gold.join("gold"))?;
        gold.retain(|it| wanted.contains(&it.doc));
        let (coded, carried, n_lost) =
            incidents::read_coded_tellings(coded, &gold, &tellings, &truth).context("cannot score coded reports")?;
        let mut scores: LinkScores = incidents::score(&matcher, &coded, &carried);
        scores.pairs.missed += n_lost as f64;
        write!(out, "{scores}")?;
        writeln!(out, "missed pairs of which an event was not coded {n_lost}")?;
        scores.errors
    } else if args.shipped {
        let scores = incidents::score(&matcher, &tellings, &truth);
        write!(out, "{scores}")?;
        scores.errors
    } else {
        let folds = truth.folds(&tellings, FOLDS);
        let scores = incidents::cross_validate(&tellings, &folds, &truth, &matcher);
        write!(out, "{scores}")?;
        scores.errors
    };
    for line in errors.iter().filter(|_| args.errors) {
        writeln!(out, "{line}")?;
    }
    Ok(Outcome::Done)
}
