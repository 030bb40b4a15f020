//! A page of incidents with words that many have: rows are gone through in order, and the words looked for in many rows at once.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use crate::error::Result;
use crate::ledger::Ledger;
use crate::query::{Filter, HAS_WORDS, Row, behind};

/// Rows looked at together, for each that is wanted.
const AT_ONCE: usize = 8;

/// Over a wider stretch of numbers, single rows are looked at: the rows with the words that stand in it may be very many.
const WIDE: i64 = 40_000;

impl Ledger {
    /// The first rows of a filter, in the order of a key, that have the words in the account or in one of its reports.
    pub(crate) fn rows_with(
        &self,
        words: &str,
        filter: &Filter,
        key: &str,
        direction: &str,
        limit: usize,
    ) -> Result<Vec<Row>> {
        let mut found = Vec::new();
        let mut after: Option<(i64, String)> = None;
        while found.len() < limit {
            let mut sql = filter.clone();
            if let Some((at, incident)) = after.take() {
                sql.add(&behind(key, direction), [Value::from(at), Value::from(incident)]);
            }
            let rows = self.rows(sql, key, direction, limit * AT_ONCE)?;
            let is_last = rows.len() < limit * AT_ONCE;
            after = rows.last().map(|it| (it.0, it.1.clone()));
            let having = having(&self.connection, words, &rows)?;
            found.extend(rows.into_iter().filter(|it| having.contains(&it.2)));
            if is_last {
                break;
            }
        }
        found.truncate(limit);
        Ok(found)
    }
}

/// Which accounts of some rows have the words, themselves or in a report.
fn having(connection: &Connection, words: &str, rows: &[Row]) -> Result<BTreeSet<i64>> {
    let ids: BTreeSet<i64> = rows.iter().map(|it| it.2).collect();
    let Some(mut having) = within(connection, "words", words, &ids)? else { return each(connection, words, &ids) };
    having.retain(|it| ids.contains(it));
    let mut reports: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut sources = connection.prepare_cached("SELECT report FROM sources WHERE account = ?1")?;
    for account in ids.difference(&having) {
        for report in sources.query_map([account], |row| row.get(0))? {
            reports.entry(report?).or_default().push(*account);
        }
    }
    let Some(told) = within(connection, "texts", words, &reports.keys().copied().collect())? else {
        return each(connection, words, &ids);
    };
    having.extend(told.iter().filter_map(|it| reports.get(it)).flatten());
    Ok(having)
}

/// The rows of an index of words that have them, from the least to the greatest of some numbers; `None` where these lie far apart.
fn within(connection: &Connection, table: &str, words: &str, ids: &BTreeSet<i64>) -> Result<Option<BTreeSet<i64>>> {
    let (Some(least), Some(greatest)) = (ids.first(), ids.last()) else { return Ok(Some(BTreeSet::new())) };
    if greatest - least > WIDE {
        return Ok(None);
    }
    let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid BETWEEN ?2 AND ?3");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![words, least, greatest], |row| row.get(0))?;
    Ok(Some(rows.collect::<rusqlite::Result<_>>()?))
}

/// Looks at each account.
fn each(connection: &Connection, words: &str, ids: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let marks = vec!["?"; ids.len()].join(", ");
    let values =
        ids.iter().copied().map(Value::from).chain([Value::from(words.to_owned()), Value::from(words.to_owned())]);
    let mut statement =
        connection.prepare(&format!("SELECT id FROM accounts WHERE id IN ({marks}) AND {HAS_WORDS}"))?;
    let rows = statement.query_map(params_from_iter(values), |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
