//! Whether confidence can be taken at its word: of what is coded at 0.8, four in five should be right.

use std::fmt;

use super::{Coding, is_same_statement};

/// Width of a row. **Units**: hundredths.
const STEP: usize = 10;

/// What was coded with its confidence, and whether the gold tells it.
#[derive(Clone, Debug, Default)]
pub struct Reliability {
    /// Confidence and truth of each event.
    pub events: Vec<(f64, bool)>,
    /// The same of each statement.
    pub statements: Vec<(f64, bool)>,
}

impl Reliability {
    /// Adds one report; `paired` are the coded events that the gold tells.
    pub(crate) fn add(&mut self, coded: &Coding, gold: &Coding, paired: impl Iterator<Item = usize>) {
        let mut told = vec![false; coded.events.len()];
        for at in paired {
            told[at] = true;
        }
        let events = coded.events.iter().zip(told);
        self.events.extend(events.filter_map(|(it, told)| Some((it.confidence?, told))));
        let mut used = vec![false; gold.statements.len()];
        for statement in &coded.statements {
            let known = |&at: &usize| !used[at] && is_same_statement(statement, &gold.statements[at]);
            let hit = (0..gold.statements.len()).find(known);
            if let Some(at) = hit {
                used[at] = true;
            }
            self.statements.extend(statement.confidence.map(|it| (it, hit.is_some())));
        }
    }

    /// Points for a calibration: groups of like confidence, merged until shares rise with it.
    pub fn points(pairs: &[(f64, bool)]) -> Vec<(f64, f64)> {
        /// A point stands for at least so many finds.
        const LEAST: usize = 25;
        let mut sorted = pairs.to_vec();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Sum of confidence, right ones, all.
        let mut groups: Vec<(f64, f64, f64)> = Vec::new();
        for chunk in sorted.chunks(LEAST) {
            let right = chunk.iter().filter(|it| it.1).count() as f64;
            groups.push((chunk.iter().map(|it| it.0).sum(), right, chunk.len() as f64));
            while let [.., (x0, y0, n0), (x1, y1, n1)] = groups[..]
                && y0 / n0 >= y1 / n1
            {
                groups.pop();
                groups.pop();
                groups.push((x0 + x1, y0 + y1, n0 + n1));
            }
        }
        groups.into_iter().map(|(x, y, n)| (x / n, y / n)).collect()
    }
}

/// One row a tenth of confidence.
impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, pairs) in [("events", &self.events), ("statements", &self.statements)] {
            writeln!(f, "{name:<12} coded  right")?;
            for from in (0..100).step_by(STEP) {
                let range = from as f64 / 100.0..(from + STEP) as f64 / 100.0;
                let is_in = |it: f64| range.contains(&it) || (from + STEP == 100 && it >= range.end);
                let row: Vec<bool> = pairs.iter().filter(|it| is_in(it.0)).map(|it| it.1).collect();
                if !row.is_empty() {
                    let share = row.iter().filter(|it| **it).count() as f64 / row.len() as f64;
                    writeln!(f, "{:.1} to {:.1}   {:>5}  {share:>5.2}", range.start, range.end, row.len())?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_rise() {
        let pairs: Vec<(f64, bool)> =
            (0..100).map(|it| (f64::from(it) / 100.0, it % 4 == 0 || !(5..=60).contains(&it))).collect();
        let points = Reliability::points(&pairs);
        assert!(points.windows(2).all(|it| it[0].0 < it[1].0 && it[0].1 < it[1].1), "{points:?}");
    }
}
