//! Which tellings are one happening: links make components, and within each the matcher groups.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use annals_incidents::{Telling, TellingId, keys};
use rusqlite::{Connection, params};

use super::contents::{self, Row};
use super::{Touched, Views, accounts, decisions};
use crate::error::Result;

/// Links the fresh tellings, and those whose component may have fallen apart; gives the components that have changed.
///
/// The cost of one telling is that of the tellings under its keys, however large the ledger.
pub(super) fn connect(views: &mut Views<'_>, touched: &mut Touched) -> Result<BTreeSet<i64>> {
    let connection = views.connection;
    for component in &touched.stale {
        for row in contents::by_component(connection, *component)? {
            if let Entry::Vacant(place) = touched.fresh.entry(row.id) {
                place.insert(contents::content(views, &row)?);
            }
            connection.prepare_cached("UPDATE tellings SET component = id WHERE id = ?1")?.execute([row.id])?;
        }
    }
    for (id, telling) in &touched.fresh {
        for key in keys(telling).under {
            let sql = "INSERT OR IGNORE INTO keys (key, telling) VALUES (?1, ?2)";
            connection.prepare_cached(sql)?.execute([key.0, *id])?;
        }
    }
    let mut unions = Unions::default();
    for (id, telling) in &touched.fresh {
        let own = contents::by_id(connection, *id)?;
        unions.add(own.component);
        let mut others = Vec::new();
        for other in candidates(connection, *id, telling)? {
            // Of two fresh ones the later asks.
            if other > *id && touched.fresh.contains_key(&other) {
                continue;
            }
            let row = contents::by_id(connection, other)?;
            let told = match touched.fresh.get(&other) {
                Some(fresh) => Cow::Borrowed(fresh),
                None => Cow::Owned(contents::content(views, &row)?),
            };
            others.push((row.component, told));
        }
        let links = views.matcher.links(telling, others.iter().map(|it| &*it.1));
        for ((component, _), _) in others.iter().zip(links).filter(|it| it.1) {
            unions.join(own.component, *component);
        }
        for row in decisions::tied(connection, &own.full_anchor())? {
            unions.join(own.component, row.component);
        }
    }
    let mut changed: BTreeSet<i64> = unions.renamed(connection)?;
    changed.extend(&touched.decided);
    if touched.all {
        let sql = "SELECT DISTINCT component FROM tellings";
        let all = connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        changed.extend(all);
    }
    Ok(changed)
}

/// Other tellings under the keys of this one.
fn candidates(connection: &Connection, id: i64, telling: &Telling) -> Result<BTreeSet<i64>> {
    let mut found = BTreeSet::new();
    let mut statement = connection.prepare_cached("SELECT telling FROM keys WHERE key = ?1")?;
    for key in keys(telling).ask {
        for other in statement.query_map([key.0], |row| row.get(0))? {
            found.insert(other?);
        }
    }
    found.remove(&id);
    Ok(found)
}

/// Components that have become one; each is named after its least.
#[derive(Default)]
struct Unions(BTreeMap<i64, i64>);

impl Unions {
    fn add(&mut self, component: i64) {
        self.0.entry(component).or_insert(component);
    }

    fn root(&mut self, mut component: i64) -> i64 {
        self.add(component);
        while self.0[&component] != component {
            let above = self.0[&self.0[&component]];
            self.0.insert(component, above);
            component = above;
        }
        component
    }

    fn join(&mut self, one: i64, other: i64) {
        let (one, other) = (self.root(one), self.root(other));
        self.0.insert(one.max(other), one.min(other));
    }

    /// Writes the new names; gives the components that hold a fresh telling.
    fn renamed(mut self, connection: &Connection) -> Result<BTreeSet<i64>> {
        let mut changed = BTreeSet::new();
        let components: Vec<i64> = self.0.keys().copied().collect();
        for component in components {
            let root = self.root(component);
            changed.insert(root);
            if root != component {
                let sql = "UPDATE tellings SET component = ?2 WHERE component = ?1";
                connection.prepare_cached(sql)?.execute([component, root])?;
            }
        }
        Ok(changed)
    }
}

/// Groups the tellings of each component, and writes the accounts of the groups.
pub(super) fn cluster(views: &mut Views<'_>, touched: &Touched, components: &BTreeSet<i64>) -> Result<()> {
    let mut before = touched.incidents.clone();
    let mut now = BTreeSet::new();
    for component in components {
        let rows = contents::by_component(views.connection, *component)?;
        before.extend(rows.iter().map(|it| it.incident.clone()));
        let tellings = contents::complete(views, &rows, &touched.fresh)?;
        let decided = decisions::of(views.connection, &rows)?;
        let constraints = decisions::constraints(&decided, &rows);
        let partition = views.matcher.cluster(&tellings.iter().collect::<Vec<_>>(), &constraints);
        let by_id: BTreeMap<TellingId, (Row, Telling)> =
            rows.into_iter().zip(tellings).map(|(row, telling)| (telling.id.clone(), (row, telling))).collect();
        write_proposals(views.connection, &by_id, &partition.proposals)?;
        for group in partition.groups {
            let members: Vec<(Row, Telling)> = group.iter().filter_map(|it| by_id.get(it).cloned()).collect();
            now.insert(accounts::write(views, members, &decided)?);
        }
    }
    for incident in before.difference(&now) {
        accounts::end(views, incident)?;
    }
    Ok(())
}

fn write_proposals(
    connection: &Connection,
    by_id: &BTreeMap<TellingId, (Row, Telling)>,
    proposals: &[annals_incidents::Proposal],
) -> Result<()> {
    if by_id.len() > 1 {
        for (row, _) in by_id.values() {
            connection.prepare_cached("DELETE FROM proposals WHERE a = ?1 OR b = ?1")?.execute([row.id])?;
        }
    }
    for proposal in proposals {
        let (Some(one), Some(other)) = (by_id.get(&proposal.one), by_id.get(&proposal.other)) else { continue };
        let sql = "INSERT OR REPLACE INTO proposals (a, b, score) VALUES (?1, ?2, ?3)";
        let (a, b) = (one.0.id.min(other.0.id), one.0.id.max(other.0.id));
        connection.prepare_cached(sql)?.execute(params![a, b, proposal.score])?;
    }
    Ok(())
}
