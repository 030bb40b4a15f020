//! Tunes the coder's thresholds on annotated reports, one at a time, to the best `overall`.

use std::collections::BTreeMap;
use std::fmt;

use annals_coder::Coder;
use annals_reader::{Calibration, Reading, Thresholds};
use annals_text::Document;

use super::{Coding, GoldScores, Reliability, score};

/// One threshold: its name, and where it is kept.
type Field = (&'static str, fn(&mut Thresholds) -> &mut f32);

const FIELDS: [Field; 15] = [
    ("event", |it| &mut it.event),
    ("main", |it| &mut it.main),
    ("same", |it| &mut it.same),
    ("agent", |it| &mut it.agent),
    ("target", |it| &mut it.target),
    ("place", |it| &mut it.place),
    ("date", |it| &mut it.date),
    ("lead_date", |it| &mut it.lead_date),
    ("source", |it| &mut it.source),
    ("weapon", |it| &mut it.weapon),
    ("outcome", |it| &mut it.outcome),
    ("more_parties", |it| &mut it.more_parties),
    ("more_places", |it| &mut it.more_places),
    ("more_sources", |it| &mut it.more_sources),
    ("statement", |it| &mut it.statement),
];

/// Tried around each value.
const STEPS: [f32; 8] = [-0.2, -0.15, -0.1, -0.05, 0.05, 0.1, 0.15, 0.2];

/// What a threshold may be; a further filler may be asked for less than the first.
const RANGE: (f32, f32) = (-0.3, 0.95);

/// A change must be worth this much to be taken. **Units**: per cent of `overall`.
const LEAST_GAIN: f64 = 0.05;

/// Thresholds with the `overall` that they reach.
#[derive(Clone, Debug)]
pub struct Tuned {
    /// The thresholds.
    pub thresholds: Thresholds,
    /// **Units**: per cent.
    pub overall: f64,
}

/// Changes one threshold after another for the better, in rounds, until a round changes nothing.
///
/// Each document comes with its reading, which in cross-validation is that of the reader that never saw it.
pub fn tune(coder: &Coder, read: &[(Document, Reading)], gold: &[Coding]) -> Tuned {
    /// Two rounds nearly always suffice.
    const MOST_ROUNDS: usize = 4;
    let scores = |thresholds: &Thresholds| -> GoldScores {
        let coded: BTreeMap<String, Coding> = (read.iter())
            .map(|(document, reading)| Coding::from(&coder.coded(document, reading, thresholds)))
            .map(|it| (it.doc.clone(), it))
            .collect();
        score(gold, &coded)
    };
    let overall = |thresholds: &Thresholds| scores(thresholds).total.overall();
    // Bare scores, for the calibration at the end.
    let (event_share, statement_share) = (Calibration::default(), Calibration::default());
    let start = Thresholds { event_share, statement_share, ..coder.thresholds().clone() };
    let mut best = Tuned { overall: overall(&start), thresholds: start };
    for _ in 0..MOST_ROUNDS {
        let before = best.overall;
        for (_, field) in FIELDS {
            let start = *field(&mut best.thresholds);
            for step in STEPS {
                let mut thresholds = best.thresholds.clone();
                *field(&mut thresholds) = (start + step).clamp(RANGE.0, RANGE.1);
                let reached = overall(&thresholds);
                if reached > best.overall + LEAST_GAIN {
                    best = Tuned { thresholds, overall: reached };
                }
            }
        }
        if best.overall <= before {
            break;
        }
    }
    let reliability = scores(&best.thresholds).reliability;
    #[expect(clippy::cast_possible_truncation, reason = "shares need no more than an f32 holds")]
    let calibration = |pairs: &[(f64, bool)]| {
        Calibration(Reliability::points(pairs).into_iter().map(|(x, y)| (x as f32, y as f32)).collect())
    };
    best.thresholds.event_share = calibration(&reliability.events);
    best.thresholds.statement_share = calibration(&reliability.statements);
    best
}

/// The `[code]` table of a thresholds file.
impl fmt::Display for Tuned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut thresholds = self.thresholds.clone();
        writeln!(f, "# overall {:.2}\n[code]", self.overall)?;
        for (name, field) in FIELDS {
            writeln!(f, "{name} = {:.2}", field(&mut thresholds))?;
        }
        writeln!(f, "pass_on_places = {}", thresholds.pass_on_places)?;
        for (name, Calibration(points)) in
            [("event_share", &thresholds.event_share), ("statement_share", &thresholds.statement_share)]
        {
            let points: Vec<String> = points.iter().map(|(x, y)| format!("[{x:.2}, {y:.2}]")).collect();
            writeln!(f, "{name} = [{}]", points.join(", "))?;
        }
        Ok(())
    }
}
