//! Which triggers name one event.

use annals_reader::{Reading, Role, Thresholds, TriggerIdx};
use annals_text::Document;
use annals_values::When;

use crate::{dates::Dates, ties::ties};

/// Groups triggers by average linkage: the two groups whose pairs are tied best become one, as long as the mean of their ties is
/// at least the threshold `same`. What is surely told of other days in another sentence never joins. Groups and members stand in
/// text order.
pub(crate) fn clusters(
    document: &Document,
    reading: &Reading,
    dates: &Dates,
    thresholds: &Thresholds,
) -> Vec<Vec<TriggerIdx>> {
    let n = reading.triggers.len();
    let mut ties = ties(document, reading, &thresholds.ties);
    part_other_days(document, reading, dates, &mut ties);
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

/// "Five were killed in Jos on Saturday. Soldiers killed two in Maiduguri on Sunday": no mean of ties outweighs this one.
fn part_other_days(document: &Document, reading: &Reading, dates: &Dates, ties: &mut [Vec<f32>]) {
    /// Of a link to words of time.
    const SURE: f32 = 0.8;
    let trigger = |at: usize| reading.triggers[at].range.start;
    let sentence = |at: usize| document.sentences.partition_point(|it| it.range.end <= trigger(at));
    let mut days: Vec<Vec<When>> = vec![Vec::new(); reading.triggers.len()];
    for link in reading.links.iter().filter(|it| it.role == Role::Date && it.score > SURE) {
        days[link.trigger.0].extend(dates.told_by(&reading.spans[link.span.0].range, trigger(link.trigger.0)));
    }
    let apart = |a: &When, b: &When| a.end < b.start || b.end < a.start;
    for a in 0..days.len() {
        for b in a + 1..days.len() {
            let told = !days[a].is_empty() && !days[b].is_empty();
            if told && sentence(a) != sentence(b) && days[a].iter().all(|x| days[b].iter().all(|y| apart(x, y))) {
                ties[a][b] = f32::NEG_INFINITY;
                ties[b][a] = f32::NEG_INFINITY;
            }
        }
    }
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
