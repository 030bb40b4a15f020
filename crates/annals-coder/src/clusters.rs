//! Which triggers name one event.

use annals_reader::{Reading, Thresholds, TriggerIdx};
use annals_text::Document;

use crate::ties::ties;

/// Groups triggers by average linkage: the two groups whose pairs are tied best become one, as long as the mean of their ties is
/// at least the threshold `same`. Groups and members stand in text order.
pub(crate) fn clusters(document: &Document, reading: &Reading, thresholds: &Thresholds) -> Vec<Vec<TriggerIdx>> {
    let n = reading.triggers.len();
    let mut ties = ties(document, reading, &thresholds.ties);
    let mut groups: Vec<Vec<TriggerIdx>> = (0..n).map(|it| vec![TriggerIdx(it)]).collect();
    let mut alive: Vec<usize> = (0..n).collect();
    while let Some((a, b)) = best_pair(&ties, &alive, thresholds.same) {
        let (size_a, size_b) = (groups[a].len() as f32, groups[b].len() as f32);
        for &other in &alive {
            let mean = (ties[a][other] * size_a + ties[b][other] * size_b) / (size_a + size_b);
            ties[a][other] = mean;
            ties[other][a] = mean;
        }
        let moved = std::mem::take(&mut groups[b]);
        groups[a].extend(moved);
        alive.retain(|it| *it != b);
    }
    groups.retain(|group| !group.is_empty());
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_by_key(|group| group[0]);
    groups
}

/// The best tied pair of groups, the earlier of equals.
fn best_pair(ties: &[Vec<f32>], alive: &[usize], threshold: f32) -> Option<(usize, usize)> {
    let mut best = None;
    let mut best_tie = threshold;
    for (at, &a) in alive.iter().enumerate() {
        for &b in &alive[at + 1..] {
            if ties[a][b] > best_tie || best.is_none() && ties[a][b] >= threshold {
                best_tie = ties[a][b];
                best = Some((a, b));
            }
        }
    }
    best
}
