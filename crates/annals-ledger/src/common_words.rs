//! Incidents with words that many have: rows are gone through in order, and the words looked for in many rows at once.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::ledger::Ledger;
use crate::query::{Filter, Row, behind};

/// Rows looked at together, for each that is wanted, and at most.
const AT_ONCE: usize = 8;
const MOST_AT_ONCE: usize = 4_000;

/// Over a wider stretch of numbers, all that have the words are found once.
const WIDE: i64 = 40_000;

/// A stretch of numbers that holds all.
const ALL: (i64, i64) = (i64::MIN, i64::MAX);

/// Which accounts have some words, and which reports; in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Having {
    accounts: Vec<i64>,
    reports: Vec<i64>,
}

/// The last words looked for as the beginnings of others, and what had them at a state of the file.
pub(crate) type LastFound = Option<(String, (i64, u64), Arc<Having>)>;

impl Having {
    /// All that have the words, or those within a stretch of accounts and one of reports.
    fn find(connection: &Connection, words: &str, accounts: (i64, i64), reports: (i64, i64)) -> Result<Having> {
        let within = |table: &str, (least, greatest): (i64, i64)| -> Result<Vec<i64>> {
            let sql =
                format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid");
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params![words, least, greatest], |row| row.get(0))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        Ok(Having { accounts: within("words", accounts)?, reports: within("texts", reports)? })
    }

    fn has(&self, account: i64) -> bool {
        self.accounts.binary_search(&account).is_ok()
    }

    fn told(&self, reports: &[i64]) -> bool {
        reports.iter().any(|it| self.reports.binary_search(it).is_ok())
    }

    /// How many have them.
    pub(crate) fn len(&self) -> usize {
        self.accounts.len() + self.reports.len()
    }

    /// The accounts, of which some are found by their reports.
    pub(crate) fn all_accounts(&self, connection: &Connection) -> Result<HashSet<i64>> {
        let mut all: HashSet<i64> = self.accounts.iter().copied().collect();
        let mut statement = connection.prepare_cached("SELECT account FROM sources WHERE report = ?1")?;
        for report in &self.reports {
            for account in statement.query_map([report], |row| row.get(0))? {
                all.insert(account?);
            }
        }
        Ok(all)
    }
}

impl Ledger {
    /// All that have words of which some are only begun: these cost the same however few rows are wanted, so that they are kept.
    pub(crate) fn having_begun(&self, words: &str) -> Result<Arc<Having>> {
        let version: i64 = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        let state = (version, self.connection.total_changes());
        let mut last = self.found.borrow_mut();
        match &*last {
            Some((found, at, having)) if found == words && *at == state => Ok(Arc::clone(having)),
            _ => {
                let having = Arc::new(Having::find(&self.connection, words, ALL, ALL)?);
                *last = Some((words.to_owned(), state, Arc::clone(&having)));
                Ok(having)
            }
        }
    }

    /// The first rows of a filter, in the order of a key, that have the words in the account or in one of its reports.
    pub(crate) fn rows_with(
        &self,
        words: &str,
        filter: &Filter,
        key: &str,
        direction: &str,
        limit: usize,
    ) -> Result<Vec<Row>> {
        // Each question outside of a transaction locks the file for itself.
        let _snapshot =
            if self.connection.is_autocommit() { Some(self.connection.unchecked_transaction()?) } else { None };
        let mut whole = if words.contains('*') { Some(self.having_begun(words)?) } else { None };
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
            found.extend(self.with(words, rows, &mut whole)?);
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
        if whole.is_none() {
            let mut reports: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
            for (_, _, account) in &rows {
                reports.insert(*account, told(*account)?);
            }
            let stretch = |numbers: &mut dyn Iterator<Item = i64>| {
                numbers.fold((i64::MAX, i64::MIN), |(least, greatest), it| (least.min(it), greatest.max(it)))
            };
            let (of_accounts, of_reports) =
                (stretch(&mut reports.keys().copied()), stretch(&mut reports.values().flatten().copied()));
            if [of_accounts, of_reports].iter().all(|it| it.1.saturating_sub(it.0) <= WIDE) {
                let having = Having::find(&self.connection, words, of_accounts, of_reports)?;
                return Ok(rows.into_iter().filter(|it| having.has(it.2) || having.told(&reports[&it.2])).collect());
            }
            *whole = Some(Arc::new(Having::find(&self.connection, words, ALL, ALL)?));
        }
        let Some(having) = whole else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for row in rows {
            if having.has(row.2) || having.told(&told(row.2)?) {
                found.push(row);
            }
        }
        Ok(found)
    }
}
