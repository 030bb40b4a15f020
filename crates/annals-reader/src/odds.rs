use std::marker::PhantomData;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// The odds of every value of a code list, in the list's order.
///
/// **Range**: each from 0 to 1; together about 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Odds<T> {
    odds: Vec<f32>,
    #[serde(skip)]
    code: PhantomData<T>,
}

impl<T: VariantArray + PartialEq + Copy> Odds<T> {
    /// Odds by value; values that are not given have none.
    pub fn new(given: impl IntoIterator<Item = (T, f32)>) -> Self {
        let mut odds = vec![0.0; T::VARIANTS.len()];
        for (code, value) in given {
            odds[index(code)] = value;
        }
        Odds { odds, code: PhantomData }
    }

    /// One value, with a certainty; the rest is shared by all others.
    pub fn mostly(code: T, certainty: f32) -> Self {
        let others = (1.0 - certainty) / (T::VARIANTS.len() - 1).max(1) as f32;
        Self::new(T::VARIANTS.iter().map(|&it| (it, if it == code { certainty } else { others })))
    }

    /// The odds of one value.
    pub fn of(&self, code: T) -> f32 {
        self.odds[index(code)]
    }

    /// The value that several odds agree on best: greatest weighted mean of logarithms; the earlier of equals.
    pub fn vote<'o>(ballots: impl IntoIterator<Item = (&'o Odds<T>, f32)>) -> T
    where
        T: 'o,
    {
        /// Keeps one voter's zero from silencing all others.
        const LEAST: f32 = 1e-9;
        let mut sums = vec![0.0; T::VARIANTS.len()];
        for (ballot, weight) in ballots {
            for (sum, odds) in sums.iter_mut().zip(&ballot.odds) {
                *sum += weight * (odds + LEAST).ln();
            }
        }
        let best = (1..sums.len()).fold(0, |best, next| if sums[next] > sums[best] { next } else { best });
        T::VARIANTS[best]
    }
}

fn index<T: VariantArray + PartialEq + Copy>(code: T) -> usize {
    T::VARIANTS.iter().position(|it| *it == code).expect("a value of a code list is in its list")
}

#[cfg(test)]
mod tests {
    use annals_record::Realis;

    use super::*;

    #[test]
    fn a_sure_voter_outweighs_an_unsure_one() {
        let sure = Odds::mostly(Realis::Planned, 0.95);
        let unsure = Odds::mostly(Realis::Actual, 0.4);
        assert_eq!(Odds::vote([(&sure, 1.0), (&unsure, 1.0)]), Realis::Planned);
        assert_eq!(Odds::vote([(&sure, 0.05), (&unsure, 1.0)]), Realis::Actual);
    }
}
