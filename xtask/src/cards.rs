//! The README's picture: cards as `annals code` writes them to a terminal.

use anstyle_svg::{Term, WIN10_CONSOLE};
use anyhow::{Context, Result, ensure};

use crate::cargo;

const PICTURE: &str = "docs/images/cards.svg";
const SAMPLES: &str = "samples/briefs.jsonl";
/// Red, green, yellow, blue, magenta, cyan and white as the picture has them: the console's own are too dark on its black.
const COLORS: [(u8, u8, u8); 7] = [
    (0xff, 0x7b, 0x72),
    (0x7e, 0xe7, 0x87),
    (0xe3, 0xb3, 0x41),
    (0x79, 0xa8, 0xff),
    (0xd2, 0xa8, 0xff),
    (0x56, 0xd4, 0xdd),
    (0xe6, 0xed, 0xf3),
];
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
    let mut palette = WIN10_CONSOLE;
    for (color, rgb) in palette.0.iter_mut().skip(1).zip(COLORS) {
        (color.0, color.1, color.2) = rgb;
    }
    let picture = Term::new().palette(palette).render_svg(text.trim_end());
    std::fs::write(PICTURE, picture).with_context(|| format!("cannot write {PICTURE}"))
}
