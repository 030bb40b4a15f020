//! Which tellings are one happening.
//!
//! Tellings and the pairs of them that share a key and [`Matcher::links`] (score at or over `propose`, not barred), or that a
//! person's `together` ties, make a graph. Its components are independent of each other: two groups are joined only where the mean of all scores between them
//! reaches `merge`, which is not below `propose`, and between two components every score is below `propose` or barred.
//! So clustering one component alone gives what clustering everything gives, and the order of adding does not matter: the
//! outcome is a function of the set of tellings and of people's decisions.

use std::collections::{BTreeMap, BTreeSet};

use crate::profile::Profile;
use crate::{Key, Keys, Matcher, Telling, TellingId, keys};

/// What people have decided of pairs of tellings; it beats scores and bars.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// Pairs that are one happening, and so is all that hangs together by them.
    pub together: BTreeSet<(TellingId, TellingId)>,
    /// Pairs that are not one happening; it beats `together`.
    pub apart: BTreeSet<(TellingId, TellingId)>,
}

/// The outcome of clustering.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Partition {
    /// One happening each: ids in order, groups in the order of their first ids. Every telling is in one group.
    pub groups: Vec<Vec<TellingId>>,
    /// Pairs of groups that may be one happening: for a person to decide. Most likely first.
    pub proposals: Vec<Proposal>,
}

/// Two groups that may be one happening, by their most alike tellings.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// A telling of the one group, the lesser id.
    pub one: TellingId,
    /// A telling of the other group.
    pub other: TellingId,
    /// The pair's score.
    pub score: f64,
}

impl Constraints {
    /// No decisions.
    pub fn none() -> Self {
        Self::default()
    }

    /// Says that two tellings are one happening.
    pub fn join(&mut self, one: &TellingId, other: &TellingId) {
        self.together.insert(ordered(one, other));
    }

    /// Says that two tellings are not one happening.
    pub fn part(&mut self, one: &TellingId, other: &TellingId) {
        self.apart.insert(ordered(one, other));
    }
}

fn ordered(one: &TellingId, other: &TellingId) -> (TellingId, TellingId) {
    if one <= other { (one.clone(), other.clone()) } else { (other.clone(), one.clone()) }
}

/// The relation of two tellings or groups: sum of the scores between them, or barred.
#[derive(Clone, Copy, Debug)]
struct Tie {
    /// Sum of the scores of all pairs between the two.
    sum: f64,
    barred: bool,
}

impl Matcher {
    /// Groups tellings into happenings.
    ///
    /// Deterministic, and independent of the order of `tellings`; of equal ids the first counts. Cost grows with the square
    /// of their number: call it on the component of a telling (see the module's text), not on a whole ledger.
    pub fn cluster(&self, tellings: &[&Telling], decided: &Constraints) -> Partition {
        if let [alone] = tellings {
            return Partition { groups: vec![vec![alone.id.clone()]], proposals: Vec::new() };
        }
        let by_id: BTreeMap<&TellingId, &Telling> = tellings.iter().rev().map(|it| (&it.id, *it)).collect();
        let profiles: Vec<Profile<'_>> = by_id.values().map(|it| Profile::new(it)).collect();
        let decisions = Decisions::new(by_id.keys().copied(), decided);
        let mut partition = Partition::default();
        for members in self.components(&profiles, &decisions) {
            let scores = self.scores(&members, &profiles);
            self.cluster_component(&members, &scores, &decisions, &profiles, &mut partition);
        }
        partition.groups.sort();
        partition
            .proposals
            .sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| (&a.one, &a.other).cmp(&(&b.one, &b.other))));
        partition
    }

    fn components(&self, profiles: &[Profile<'_>], decisions: &Decisions) -> Vec<Vec<usize>> {
        let mut sets = Sets::new(profiles.len());
        for (a, b) in meetings(profiles) {
            if sets.root(a) != sets.root(b)
                && self.free_score(&profiles[a], &profiles[b]).is_some_and(|it| it >= self.propose)
            {
                sets.join(a, b);
            }
        }
        for (a, b) in &decisions.together {
            sets.join(*a, *b);
        }
        sets.groups()
    }

    fn scores(&self, members: &[usize], profiles: &[Profile<'_>]) -> Scores {
        let mut scores = Scores::new(members);
        for (idx, a) in members.iter().enumerate() {
            for b in &members[..idx] {
                scores.set(*a, *b, self.free_score(&profiles[*a], &profiles[*b]));
            }
        }
        scores
    }

    /// Joins the two groups of the highest mean score until none reaches `merge`; `members` is ascending.
    fn cluster_component(
        &self,
        members: &[usize],
        scores: &Scores,
        decisions: &Decisions,
        profiles: &[Profile<'_>],
        partition: &mut Partition,
    ) {
        let mut groups = decisions.start(members);
        let mut ties: Vec<Vec<Tie>> =
            groups.iter().map(|a| groups.iter().map(|b| tie(a, b, scores, decisions)).collect()).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for a in 0..groups.len() {
                for b in a + 1..groups.len() {
                    let mean = ties[a][b].sum / (groups[a].len() * groups[b].len()) as f64;
                    if !ties[a][b].barred && mean >= self.merge && best.is_none_or(|it| mean > it.0) {
                        best = Some((mean, a, b));
                    }
                }
            }
            let Some((_, a, b)) = best else { break };
            let moved = groups.remove(b);
            groups[a].extend(moved);
            groups[a].sort_unstable();
            let row = ties.remove(b);
            for line in &mut ties {
                let tie = line.remove(b);
                line[a] = Tie { sum: line[a].sum + tie.sum, barred: line[a].barred || tie.barred };
            }
            for (c, tie) in row.into_iter().enumerate().filter(|it| it.0 != b) {
                let c = if c > b { c - 1 } else { c };
                let own = &mut ties[a][c];
                *own = Tie { sum: own.sum + tie.sum, barred: own.barred || tie.barred };
            }
        }
        for (idx, a) in groups.iter().enumerate() {
            for b in &groups[idx + 1..] {
                partition.proposals.extend(self.proposal(a, b, scores, decisions, profiles));
            }
        }
        let named = |group: &Vec<usize>| group.iter().map(|it| profiles[*it].telling.id.clone()).collect();
        partition.groups.extend(groups.iter().map(named));
    }

    /// The most alike pair of two groups, unless a person has parted it or it is too unlike.
    fn proposal(
        &self,
        one: &[usize],
        other: &[usize],
        scores: &Scores,
        decisions: &Decisions,
        profiles: &[Profile<'_>],
    ) -> Option<Proposal> {
        let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (*a.min(b), *a.max(b))));
        if pairs.clone().any(|(a, b)| decisions.parts(a, b)) {
            return None;
        }
        let scored = pairs.filter_map(|(a, b)| Some((scores.get(a, b)?, a, b)));
        let best = scored.max_by(|x, y| x.0.total_cmp(&y.0).then_with(|| (y.1, y.2).cmp(&(x.1, x.2))))?;
        let id = |at: usize| profiles[at].telling.id.clone();
        (best.0 >= self.propose).then(|| Proposal { one: id(best.1), other: id(best.2), score: best.0 })
    }
}

fn tie(one: &[usize], other: &[usize], scores: &Scores, decisions: &Decisions) -> Tie {
    let mut tie = Tie { sum: 0.0, barred: false };
    for (a, b) in one.iter().flat_map(|a| other.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
        match scores.get(a, b) {
            Some(score) => tie.sum += score,
            None => tie.barred = true,
        }
        tie.barred |= decisions.parts(a, b);
    }
    tie
}

/// Pairs of which one asks a list that the other stands in, each once.
fn meetings(profiles: &[Profile<'_>]) -> BTreeSet<(usize, usize)> {
    let mut under: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    let keys: Vec<Keys> = profiles.iter().map(|it| keys(it.telling)).collect();
    for (idx, it) in keys.iter().enumerate() {
        for key in &it.under {
            under.entry(*key).or_default().push(idx);
        }
    }
    let mut met = BTreeSet::new();
    for (idx, it) in keys.iter().enumerate() {
        let others = it.ask.iter().filter_map(|it| under.get(it)).flatten();
        met.extend(others.filter(|it| **it != idx).map(|it| (idx.min(*it), idx.max(*it))));
    }
    met
}

/// Scores of all pairs of a component; `None` where barred.
struct Scores {
    at: BTreeMap<usize, usize>,
    cells: Vec<Option<f64>>,
}

impl Scores {
    fn new(members: &[usize]) -> Self {
        let at = members.iter().enumerate().map(|(idx, it)| (*it, idx)).collect();
        Self { at, cells: vec![None; members.len() * members.len()] }
    }

    fn cell(&self, a: usize, b: usize) -> usize {
        self.at[&a] * self.at.len() + self.at[&b]
    }

    fn set(&mut self, a: usize, b: usize, score: Option<f64>) {
        for cell in [self.cell(a, b), self.cell(b, a)] {
            self.cells[cell] = score;
        }
    }

    fn get(&self, a: usize, b: usize) -> Option<f64> {
        self.cells[self.cell(a, b)]
    }
}

/// People's decisions by index.
struct Decisions {
    together: BTreeSet<(usize, usize)>,
    apart: BTreeSet<(usize, usize)>,
}

impl Decisions {
    fn new<'t>(ids: impl Iterator<Item = &'t TellingId>, decided: &Constraints) -> Self {
        let at: BTreeMap<&TellingId, usize> = ids.enumerate().map(|(idx, it)| (it, idx)).collect();
        let indexed = |pairs: &BTreeSet<(TellingId, TellingId)>| {
            let known = pairs.iter().filter_map(|(a, b)| Some((*at.get(a)?, *at.get(b)?)));
            known.map(|(a, b)| (a.min(b), a.max(b))).collect()
        };
        Self { together: indexed(&decided.together), apart: indexed(&decided.apart) }
    }

    fn parts(&self, a: usize, b: usize) -> bool {
        self.apart.contains(&(a.min(b), a.max(b)))
    }

    /// The groups that people's decisions make of these members, before any score; a join that would unite what is parted is left out.
    fn start(&self, members: &[usize]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = members.iter().map(|it| vec![*it]).collect();
        for (a, b) in &self.together {
            let at = |it: &usize| groups.iter().position(|group| group.contains(it));
            let (Some(one), Some(other)) = (at(a), at(b)) else { continue };
            let parted = groups[one].iter().any(|a| groups[other].iter().any(|b| self.parts(*a, *b)));
            if one != other && !parted {
                let (keep, gone) = (one.min(other), one.max(other));
                let moved = groups.remove(gone);
                groups[keep].extend(moved);
                groups[keep].sort_unstable();
            }
        }
        groups
    }
}

/// Disjoint sets.
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(n: usize) -> Self {
        Self { parent: (0..n).collect() }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins under the lesser root.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut by_root: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.parent.len() {
            by_root.entry(self.root(at)).or_default().push(at);
        }
        by_root.into_values().collect()
    }
}
