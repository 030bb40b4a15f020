//! Counts of right, coded and gold items, and the figures made of them.

use std::fmt;

use serde::Serialize;

/// Declares what is measured, in the order of the table.
macro_rules! measures {
    ($($(#[$meta:meta])* $name:ident $text:literal),+ $(,)?) => {
        /// One line of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Measure { $($(#[$meta])* $name),+ }

        impl Measure {
            /// All measures, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The name as it stands in tables and JSON.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

measures! {
    /// Events found.
    Detect "detect",
    /// Pairs of the same type.
    Type "type",
    /// Who did it.
    Agents "agents",
    /// To whom.
    Targets "targets",
    /// Place namings.
    Places "places",
    /// Pairs with the same first and last day.
    Date "date",
    /// Killed, with the same least number.
    Killed "killed",
    /// Injured, with the same least number.
    Injured "injured",
    /// Who is named as telling it.
    Sources "sources",
    /// Standing facts.
    Statements "statements",
    /// Pairs whose points lie near each other.
    Where "where",
    /// Captured, with the same least number.
    Captured "captured",
    /// Seized or destroyed, with the same least number.
    Seized "seized",
    /// Killed and injured with the same side too.
    Side "side",
    /// Weapon namings.
    Weapons "weapons",
    /// Pairs with the same realis, of all pairs.
    Realis "realis",
}

/// How many of the measures, from the first, make up `overall`.
const N_OVERALL: usize = 10;

/// Items that are right, coded and gold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Found in both.
    pub right: usize,
    /// In the coding.
    pub coded: usize,
    /// In the gold.
    pub gold: usize,
}

/// **Units**: per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Share of the coded items that are right.
    pub precision: f64,
    /// Share of the gold items that are found.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
}

impl Count {
    /// The count as figures; 0 where there is nothing to count.
    pub fn figures(self) -> Figures {
        let share = |of: usize| if of == 0 { 0.0 } else { self.right as f64 / of as f64 };
        let (precision, recall) = (share(self.coded), share(self.gold));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 200.0 * precision * recall / sum } else { 0.0 };
        Figures { precision: 100.0 * precision, recall: 100.0 * recall, f1 }
    }
}

/// The counts of all measures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally([Count; Measure::ALL.len()]);

impl Tally {
    /// The count of one measure.
    pub fn count(&self, measure: Measure) -> Count {
        self.0[measure as usize]
    }

    /// The mean F1 of the first ten measures.
    pub fn overall(&self) -> f64 {
        self.0[..N_OVERALL].iter().map(|it| it.figures().f1).sum::<f64>() / N_OVERALL as f64
    }

    pub(crate) fn add(&mut self, measure: Measure, right: usize, coded: usize, gold: usize) {
        let count = &mut self.0[measure as usize];
        count.right += right;
        count.coded += coded;
        count.gold += gold;
    }

    pub(crate) fn add_all(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(&other.0) {
            count.right += more.right;
            count.coded += more.coded;
            count.gold += more.gold;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:12} {:>6} {:>6} {:>6} {:>6}", "", "prec", "rec", "F1", "gold")?;
        for &measure in Measure::ALL {
            let count = self.count(measure);
            let Figures { precision, recall, f1 } = count.figures();
            writeln!(f, "{:12} {precision:6.1} {recall:6.1} {f1:6.1} {:6}", measure.as_str(), count.gold)?;
        }
        Ok(())
    }
}
