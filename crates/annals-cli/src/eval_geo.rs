//! `annals eval geo`: how good is the place resolver?

use std::fs;
use std::io::Write;

use annals_eval::geo::{score_geo, score_headlines};
use annals_places::{Gazetteer, Weights};
use anyhow::{Context as _, anyhow};

use crate::Outcome;
use crate::args::GeoArgs;
use crate::problem::Problem;

pub(crate) fn run(args: &GeoArgs) -> Result<Outcome, Problem> {
    let mut gazetteer = Gazetteer::embedded();
    if let Some(path) = &args.weights {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let weights = Weights::parse(&text).with_context(|| format!("cannot use {}", path.display()))?;
        gazetteer = gazetteer.with_weights(weights);
    }
    let mut out = std::io::stdout().lock();
    let mut errors = Vec::new();
    let sets = args.sets.as_ref().map(|it| score_geo(&gazetteer, it)).transpose()?.unwrap_or_default();
    if let (Some(dir), true) = (&args.sets, sets.is_empty()) {
        let error = anyhow!("there is no data set in {}", dir.display());
        return Err(Problem::new(error, "name the folder with lgl.xml, TR-News.xml or GeoVirus.xml"));
    }
    for it in sets {
        writeln!(out, "{it}")?;
        errors.extend(it.errors);
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
