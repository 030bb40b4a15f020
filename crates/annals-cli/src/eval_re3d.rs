//! `annals eval re3d`: statements against the relations of re3d.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use annals_eval::re3d;
use clap::Args;

use crate::Outcome;
use crate::args::ReaderName;
use crate::eval::code_reports;
use crate::problem::Problem;
use crate::ui::Ui;

/// Score statements on re3d: who belongs to, is in charge of, fights beside or against whom, and who is whom
///
/// A relation is found when the same relation is told of two namings that overlap re3d's own.
#[derive(Debug, Args)]
pub(crate) struct Re3dArgs {
    /// Folder of re3d, with a folder a source
    dir: PathBuf,

    /// Reader to score
    #[arg(long, value_enum, default_value_t)]
    reader: ReaderName,
}

pub(crate) fn run(args: &Re3dArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let articles = re3d::read_articles(&args.dir)?;
    let texts: BTreeMap<_, _> =
        articles.iter().map(|it| (it.report.doc.clone().unwrap_or_default(), it.text.as_str())).collect();
    let reports = articles.iter().map(|it| Ok(it.report.clone()));
    let told = code_reports(reports, args.reader, None, ui, |document, coded| {
        let text = texts.get(&document.doc).copied().unwrap_or_default();
        (document.doc.clone(), re3d::told(coded, text))
    })?;
    let told: BTreeMap<_, _> = told.into_iter().collect();
    let pairs = articles.iter().map(|it| {
        (
            it.pairs.as_slice(),
            it.report.doc.as_ref().and_then(|doc| told.get(doc)).map(Vec::as_slice).unwrap_or_default(),
        )
    });
    write!(std::io::stdout(), "{}", re3d::score(pairs))?;
    Ok(Outcome::Done)
}
