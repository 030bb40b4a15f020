//! `annals eval geo`: how good is the place resolver?

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::ops::Range;

use annals_coder::Coder;
use annals_eval::geo::{GeoSet, namings, score_headlines};
use annals_places::{Gazetteer, Weights};
use annals_text::Document;
use anyhow::{Context as _, anyhow};

use crate::Outcome;
use crate::args::GeoArgs;
use crate::eval::{coder, each_report};
use crate::problem::Problem;
use crate::ui::Ui;

pub(crate) fn run(args: &GeoArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut gazetteer = Gazetteer::embedded();
    if let Some(path) = &args.weights {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let weights = Weights::parse(&text).with_context(|| format!("cannot use {}", path.display()))?;
        gazetteer = gazetteer.with_weights(weights);
    }
    let mut out = std::io::stdout().lock();
    let mut errors = Vec::new();
    let sets = args.sets.as_ref().map(|it| GeoSet::read_all(it)).transpose()?.unwrap_or_default();
    if let (Some(dir), true) = (&args.sets, sets.is_empty()) {
        let error = anyhow!("there is no data set in {}", dir.display());
        return Err(Problem::new(error, "name the folder with lgl.xml, TR-News.xml or GeoVirus.xml"));
    }
    for it in sets.iter().map(|it| it.score_given(&gazetteer)) {
        writeln!(out, "{it}")?;
        errors.extend(it.errors);
    }
    if args.end_to_end {
        let coder = coder(args.reader);
        for set in &sets {
            writeln!(out, "{}", set.score_found(&gazetteer, &find(&coder, set, ui)?))?;
        }
    }
    if let Some(table) = &args.headlines {
        let it = score_headlines(&gazetteer, table, &args.country)?;
        writeln!(out, "{it}")?;
        errors.extend(it.errors);
    }
    for line in errors.iter().filter(|_| args.errors) {
        writeln!(out, "{line}")?;
    }
    Ok(Outcome::Done)
}

/// The place namings that a coder's reader finds in each article of a set; none in an article that was lost.
fn find(coder: &Coder, set: &GeoSet, ui: &Ui) -> Result<Vec<Vec<Range<usize>>>, Problem> {
    let reports = set.reports();
    let docs: Vec<Option<String>> = reports.iter().map(|it| it.doc.clone()).collect();
    let read = |document: &Document| (Some(document.doc.clone()), namings(document, &coder.read(document)));
    let mut found: BTreeMap<_, _> = each_report(read, reports.into_iter().map(Ok), None, ui)?.into_iter().collect();
    Ok(docs.iter().map(|doc| found.remove(doc).unwrap_or_default()).collect())
}
