//! Which triggers name one event.

use annals_reader::{Reading, TriggerIdx};

/// Groups triggers that are tied by a score of at least `threshold`; groups and members in text order.
pub(crate) fn clusters(reading: &Reading, threshold: f32) -> Vec<Vec<TriggerIdx>> {
    let mut parent: Vec<usize> = (0..reading.triggers.len()).collect();
    for same in reading.same.iter().filter(|same| same.score >= threshold) {
        let (a, b) = (root(&mut parent, same.first.0), root(&mut parent, same.second.0));
        parent[a.max(b)] = a.min(b);
    }
    let mut groups: Vec<Vec<TriggerIdx>> = vec![Vec::new(); parent.len()];
    for at in 0..reading.triggers.len() {
        let root = root(&mut parent, at);
        groups[root].push(TriggerIdx(at));
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}
