//! What people have decided of the tellings of a component.

use std::collections::{BTreeMap, BTreeSet};

use annals_incidents::{Constraints, ReviewState, TellingId};
use rusqlite::Connection;

use super::contents::{self, Row};
use crate::error::Result;
use crate::log;
use crate::operation::{Anchor, Entry, Operation, Target, Verdict};

/// Decisions in force that hold on to some tellings, by number.
pub(super) type Decisions = BTreeMap<i64, Operation>;

pub(super) fn of(connection: &Connection, rows: &[Row]) -> Result<Decisions> {
    let mut decisions = Decisions::new();
    for row in rows {
        decisions.extend(log::touching(connection, &row.full_anchor())?);
    }
    Ok(decisions)
}

/// Rows that people have tied to these by a merge or a split's groups.
pub(super) fn tied(connection: &Connection, anchor: &Anchor) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (_, operation) in log::touching(connection, anchor)? {
        let group = match &operation {
            Operation::Merge { tellings, .. } => Some(tellings),
            Operation::Split { groups, .. } => groups.iter().find(|it| it.contains(anchor)),
            _ => None,
        };
        for other in group.into_iter().flatten().filter(|it| *it != anchor) {
            rows.extend(contents::by_anchor(connection, other)?);
        }
    }
    Ok(rows)
}

/// Turns merges and splits into ties; where two contradict each other the later one holds.
pub(super) fn constraints(decisions: &Decisions, rows: &[Row]) -> Constraints {
    let by_anchor: BTreeMap<Anchor, TellingId> = rows.iter().map(|it| (it.full_anchor(), it.telling())).collect();
    let known = |group: &[Anchor]| group.iter().filter_map(|it| by_anchor.get(it).cloned()).collect::<Vec<_>>();
    let mut ties = Ties::default();
    for operation in decisions.values().rev() {
        match operation {
            Operation::Merge { tellings, .. } => ties.join_all(&known(tellings)),
            Operation::Split { groups, .. } => {
                let groups: Vec<_> = groups.iter().map(|it| known(it)).collect();
                for (idx, group) in groups.iter().enumerate() {
                    ties.join_all(group);
                    for other in &groups[idx + 1..] {
                        for (a, b) in group.iter().flat_map(|a| other.iter().map(move |b| (a, b))) {
                            ties.part(a, b);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    ties.constraints
}

/// Ties free of contradiction: what is added later gives way.
#[derive(Default)]
struct Ties {
    constraints: Constraints,
    group_of: BTreeMap<TellingId, usize>,
    groups: Vec<BTreeSet<TellingId>>,
}

impl Ties {
    fn group(&mut self, telling: &TellingId) -> usize {
        if let Some(group) = self.group_of.get(telling) {
            return *group;
        }
        self.groups.push(BTreeSet::from([telling.clone()]));
        self.group_of.insert(telling.clone(), self.groups.len() - 1);
        self.groups.len() - 1
    }

    fn join_all(&mut self, tellings: &[TellingId]) {
        for pair in tellings.windows(2) {
            let (one, other) = (self.group(&pair[0]), self.group(&pair[1]));
            if one == other || self.are_parted(one, other) {
                continue;
            }
            self.constraints.join(&pair[0], &pair[1]);
            for telling in std::mem::take(&mut self.groups[other]) {
                self.group_of.insert(telling.clone(), one);
                self.groups[one].insert(telling);
            }
        }
    }

    fn part(&mut self, one: &TellingId, other: &TellingId) {
        if self.group(one) != self.group(other) {
            self.constraints.part(one, other);
        }
    }

    fn are_parted(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.groups[one], &self.groups[other]);
        let parts = |(a, b): &(TellingId, TellingId)| {
            (one.contains(a) && other.contains(b)) || (one.contains(b) && other.contains(a))
        };
        self.constraints.apart.iter().any(parts)
    }
}

/// What people have said of an incident with these tellings.
///
/// A decision counts for the incident that its anchor is part of. A rejection counts until another judgement; any change
/// makes it corrected; a reopening wipes out what was before it.
pub(super) fn review(decisions: &Decisions, members: &BTreeSet<Anchor>) -> ReviewState {
    let (mut judged, mut changed) = (None, false);
    for operation in decisions.values().filter(|it| it.anchors().iter().any(|it| members.contains(*it))) {
        match operation {
            Operation::Decide { verdict: Verdict::Reopen, .. } => (judged, changed) = (None, false),
            Operation::Decide { verdict, .. } => judged = Some(*verdict),
            _ => changed = true,
        }
    }
    match (judged, changed) {
        (Some(Verdict::Reject), _) => ReviewState::Rejected,
        (_, true) => ReviewState::Corrected,
        (Some(_), false) => ReviewState::Accepted,
        (None, false) => ReviewState::Unreviewed,
    }
}

/// People's own values for the account of an incident with these tellings, oldest first: number, field, value, reason. Of
/// several values for one field, or for one figure, the last.
pub(super) fn overlays<'d>(
    decisions: &'d Decisions,
    members: &BTreeSet<Anchor>,
) -> Vec<(i64, &'d str, &'d serde_json::Value, Option<&'d str>)> {
    let overlay = |(seq, operation): (&i64, &'d Operation)| match operation {
        Operation::Edit { target: Target::Incident { anchor, .. }, field, value, reason }
            if members.contains(anchor) =>
        {
            Some((*seq, field.as_str(), value, reason.as_deref()))
        }
        _ => None,
    };
    let mut last = BTreeMap::new();
    for it in decisions.iter().filter_map(overlay) {
        let figure = |key: &str| if it.1 == "figure" { it.2.get(key).map(ToString::to_string) } else { None };
        last.insert((it.1, ["what", "side", "item"].map(figure)), it);
    }
    let mut last: Vec<_> = last.into_values().collect();
    last.sort_unstable_by_key(|it| it.0);
    last
}

/// Decisions in force whose tellings are gone: their report was coded anew without them, undone or withdrawn.
pub(crate) fn lost(connection: &Connection) -> Result<Vec<(Entry, Vec<Anchor>)>> {
    let sql = "SELECT DISTINCT seq FROM touches WHERE seq NOT IN undone ORDER BY seq";
    let seqs =
        connection.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<u64>>>()?;
    let mut lost = Vec::new();
    for seq in seqs {
        let entry = log::entry(connection, seq)?;
        let mut gone = Vec::new();
        for anchor in entry.operation.anchors() {
            if contents::by_anchor(connection, anchor)?.is_none() {
                gone.push(anchor.clone());
            }
        }
        if !gone.is_empty() {
            lost.push((entry, gone));
        }
    }
    Ok(lost)
}
