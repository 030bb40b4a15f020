//! Which coded event is which gold event: the one-to-one pairing of the greatest total likeness.

use super::coding::{Naming, Told};
use super::words::any_same;

/// Pairs coded with gold events, as indices into both.
///
/// The Hungarian method on a square matrix; ties fall the same way at every run, by the order of the events.
pub(crate) fn pair(coded: &[Told], gold: &[Told]) -> Vec<(usize, usize)> {
    let n = coded.len().max(gold.len());
    let mut likeness = vec![vec![0.0; n]; n];
    for (row, c) in likeness.iter_mut().zip(coded) {
        for (cell, g) in row.iter_mut().zip(gold) {
            *cell = like(c, g);
        }
    }
    assign(&likeness).into_iter().filter(|&(i, j)| i < coded.len() && j < gold.len() && likeness[i][j] > 0.0).collect()
}

/// How alike two events are; 0 when they cannot be the same.
fn like(coded: &Told, gold: &Told) -> f64 {
    let name = any_same(&coded.names, &gold.names);
    let shared_parties =
        parties(coded).flat_map(|x| parties(gold).map(move |y| any_same(x, y))).filter(|&it| it).count();
    let place = any_same(&coded.places, &gold.places);
    let same_family = family(coded) == family(gold);
    if !(name || (same_family && (shared_parties > 0 || place))) {
        return 0.0;
    }
    let one = |condition: bool| f64::from(u8::from(condition));
    let mut sum = 1.0 * one(name)
        + 0.6 * one(coded.event_type == gold.event_type)
        + 0.2 * one(same_family)
        + 0.3 * shared_parties.min(2) as f64
        + 0.3 * one(place);
    sum += 0.4 * one(coded.date.is_some() && coded.date == gold.date);
    let shared_figures =
        coded.outcomes.iter().filter(|o| gold.outcomes.iter().any(|x| o.what == x.what && o.low == x.low)).count();
    sum += 0.2 * shared_figures as f64;
    sum
}

fn parties(event: &Told) -> impl Iterator<Item = &Naming> + Clone {
    event.agents.iter().chain(&event.targets)
}

/// Types that a reader may mistake for each other; `None` for a type that the codebook does not know.
fn family(event: &Told) -> Option<&'static str> {
    Some(match event.event_type.as_deref()? {
        "armed_clash" | "territory_taken" | "deployment" | "siege" | "territory_transfer" => "fight",
        "air_strike" | "shelling" | "bombing" | "chemical_attack" => "remote",
        "targeted_violence" | "sexual_violence" | "abduction" | "arrest" => "harm",
        "looting" | "destruction" | "weapons_seizure" => "thing",
        "agreement" | "release" | "group_change" => "deal",
        "protest" | "riot" | "protest_crackdown" => "street",
        "displacement" => "move",
        "other" => "other",
        _ => return None,
    })
}

/// The Hungarian method with potentials: (row, column) pairs of the greatest total, by column.
///
/// Source: the reference scorer's formulation (after E. Lawler), index for index, so that ties fall alike.
fn assign(value: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let n = value.len();
    let (mut row_potential, mut column_potential) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    // `matched[j]` is the row of column j; 0 stands for none, so rows and columns count from 1.
    let (mut matched, mut way) = (vec![0; n + 1], vec![0; n + 1]);
    for row in 1..=n {
        matched[0] = row;
        let mut column = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; n + 1], vec![false; n + 1]);
        loop {
            used[column] = true;
            let (from, mut delta, mut next) = (matched[column], f64::INFINITY, 0);
            for j in 1..=n {
                if used[j] {
                    continue;
                }
                let cost = -value[from - 1][j - 1] - row_potential[from] - column_potential[j];
                if cost < least[j] {
                    least[j] = cost;
                    way[j] = column;
                }
                if least[j] < delta {
                    delta = least[j];
                    next = j;
                }
            }
            for j in 0..=n {
                if used[j] {
                    row_potential[matched[j]] += delta;
                    column_potential[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
            if matched[column] == 0 {
                break;
            }
        }
        while column != 0 {
            let previous = way[column];
            matched[column] = matched[previous];
            column = previous;
        }
    }
    (1..=n).map(|j| (matched[j] - 1, j - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greatest_total_wins_over_greatest_single() {
        assert_eq!(assign(&[vec![3.0, 2.0], vec![2.0, 0.0]]), [(1, 0), (0, 1)]);
    }

    #[test]
    fn nothing_to_pair() {
        assert!(assign(&[]).is_empty());
    }
}
