//! The README's picture: cards as `annals code` writes them to a terminal.

use anstyle_svg::{Term, WIN10_CONSOLE};
use anyhow::{Context, Result, ensure};

use crate::cargo;

const PICTURE: &str = "docs/images/cards.svg";
const SAMPLES: &str = "samples/briefs.jsonl";
/// Reports on the picture: the first ones of the samples.
const N_REPORTS: usize = 2;

/// Draws the cards anew, by the reader that is built in.
pub(crate) fn draw() -> Result<()> {
    let cards = cargo::output(
        &["run", "--quiet", "--package", "annals-cli", "--", "--quiet", "code", SAMPLES],
        &[("CLICOLOR_FORCE", "1")],
    )?;
    // A rule of this length stands after each report.
    let reports: Vec<&str> = cards.split("\n────────").take(N_REPORTS).collect();
    ensure!(reports.len() == N_REPORTS, "{SAMPLES} gave {} reports; the picture shows {N_REPORTS}", reports.len());
    let text: String =
        reports.iter().map(|it| it.trim_start_matches('─').trim_matches('\n').to_owned() + "\n\n").collect();
    let picture = Term::new().palette(WIN10_CONSOLE).render_svg(text.trim_end());
    std::fs::write(PICTURE, picture).with_context(|| format!("cannot write {PICTURE}"))
}
