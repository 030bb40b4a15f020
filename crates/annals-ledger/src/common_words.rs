//! Incidents with words that many have: rows are gone through in order, and the words looked for in many rows at once.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, OnceLock};

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::ledger::Ledger;
use crate::query::{Filter, Row, behind};
use crate::words::{Sought, Way};

/// Rows looked at together, for each that is wanted, and at most.
const AT_ONCE: usize = 8;
const MOST_AT_ONCE: usize = 4_000;

/// Over a wider stretch of numbers, all that have the words are found once.
const WIDE: i64 = 40_000;

/// A stretch of numbers that holds all.
const ALL: (i64, i64) = (i64::MIN, i64::MAX);

/// Which accounts have some words, and which reports; in the order of their numbers.
#[derive(Debug)]
pub(crate) struct Having {
    words: String,
    accounts: Vec<i64>,
    /// Found when an account is met that has not the words itself.
    reports: OnceLock<Vec<i64>>,
}

impl Having {
    pub(crate) fn all(connection: &Connection, words: &str) -> Result<Having> {
        let accounts = within(connection, "words", words, ALL)?;
        Ok(Having { words: words.to_owned(), accounts, reports: OnceLock::new() })
    }

    fn has(&self, account: i64) -> bool {
        self.accounts.binary_search(&account).is_ok()
    }

    fn reports(&self, connection: &Connection) -> Result<&[i64]> {
        if let Some(found) = self.reports.get() {
            return Ok(found);
        }
        let found = within(connection, "texts", &self.words, ALL)?;
        Ok(self.reports.get_or_init(|| found))
    }

    /// Tells whether more than so many have them.
    pub(crate) fn are_over(&self, connection: &Connection, few: usize) -> Result<bool> {
        Ok(self.accounts.len() > few || self.accounts.len() + self.reports(connection)?.len() > few)
    }

    /// The accounts, of which some are found by their reports.
    pub(crate) fn all_accounts(&self, connection: &Connection) -> Result<HashSet<i64>> {
        let mut all: HashSet<i64> = self.accounts.iter().copied().collect();
        let mut statement = connection.prepare_cached("SELECT account FROM sources WHERE report = ?1")?;
        for report in self.reports(connection)? {
            for account in statement.query_map([report], |row| row.get(0))? {
                all.insert(account?);
            }
        }
        Ok(all)
    }
}

fn any_of(reports: &[i64], all: &[i64]) -> bool {
    reports.iter().any(|it| all.binary_search(it).is_ok())
}

impl Ledger {
    /// The first rows of a filter, in the order of a key, that have the words in the account or in one of its reports.
    pub(crate) fn rows_with(
        &self,
        sought: &Sought,
        filter: &Filter,
        key: &str,
        direction: &str,
        limit: usize,
    ) -> Result<Vec<Row>> {
        // Each question outside of a transaction locks the file for itself.
        let _snapshot =
            if self.connection.is_autocommit() { Some(self.connection.unchecked_transaction()?) } else { None };
        let mut whole = match &sought.way {
            Way::Common(having) => having.clone(),
            Way::Rare | Way::Few(_) => None,
        };
        let at_once = (limit * AT_ONCE).min(MOST_AT_ONCE);
        let mut found = Vec::new();
        let mut after: Option<(i64, String)> = None;
        while found.len() < limit {
            let mut sql = filter.clone();
            if let Some((at, incident)) = after.take() {
                sql.add(&behind(key, direction), [Value::from(at), Value::from(incident)]);
            }
            let rows = self.rows(sql, key, direction, at_once)?;
            let is_last = rows.len() < at_once;
            after = rows.last().map(|it| (it.0, it.1.clone()));
            found.extend(self.with(&sought.expression, rows, &mut whole)?);
            if is_last {
                break;
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// Those of some rows that have the words.
    fn with(&self, words: &str, rows: Vec<Row>, whole: &mut Option<Arc<Having>>) -> Result<Vec<Row>> {
        let mut sources = self.connection.prepare_cached("SELECT report FROM sources WHERE account = ?1")?;
        let mut told = |account: i64| -> Result<Vec<i64>> {
            Ok(sources.query_map([account], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
        };
        let of_accounts = stretch(rows.iter().map(|it| it.2));
        if whole.is_none() && is_narrow(of_accounts) {
            let accounts = within(&self.connection, "words", words, of_accounts)?;
            let mut reports: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
            for (_, _, account) in rows.iter().filter(|it| accounts.binary_search(&it.2).is_err()) {
                reports.insert(*account, told(*account)?);
            }
            let of_reports = stretch(reports.values().flatten().copied());
            if is_narrow(of_reports) {
                let having = within(&self.connection, "texts", words, of_reports)?;
                let has = |row: &Row| reports.get(&row.2).is_none_or(|it| any_of(it, &having));
                return Ok(rows.into_iter().filter(has).collect());
            }
        }
        let having = match whole {
            Some(having) => having,
            None => whole.insert(Arc::new(Having::all(&self.connection, words)?)),
        };
        let mut found = Vec::new();
        for row in rows {
            if having.has(row.2) || any_of(&told(row.2)?, having.reports(&self.connection)?) {
                found.push(row);
            }
        }
        Ok(found)
    }
}

/// The numbers within a stretch that have the words in a table.
fn within(connection: &Connection, table: &str, words: &str, (least, greatest): (i64, i64)) -> Result<Vec<i64>> {
    let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![words, least, greatest], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The narrowest stretch that holds all of some numbers.
fn stretch(numbers: impl Iterator<Item = i64>) -> (i64, i64) {
    numbers.fold((i64::MAX, i64::MIN), |(least, greatest), it| (least.min(it), greatest.max(it)))
}

fn is_narrow((least, greatest): (i64, i64)) -> bool {
    greatest.saturating_sub(least) <= WIDE
}
