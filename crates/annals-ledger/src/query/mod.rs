//! Asking for incidents.

mod bounds;
mod filter;

use annals_incidents::{Incident, ReviewState};
use annals_record::{EventType, Realis};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

pub use self::bounds::Bounds;
use self::filter::STANDING;
pub(crate) use self::filter::{FEW, Filter};
use crate::blob::unpack_json;
use crate::cache::Kept;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;

/// Which incidents, in which order; the default is all but the rejected ones, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// Only what happened, or may have, on this day or later.
    pub from: Option<Date>,
    /// Only what happened, or may have, on this day or before.
    pub to: Option<Date>,
    /// Name of the best place, in any case.
    pub place: Option<String>,
    /// Points within these bounds.
    pub bounds: Option<Bounds>,
    /// ISO 3166-1 alpha-3 code of the country.
    pub iso3: Option<String>,
    /// First-level unit, as the gazetteer names it.
    pub adm1: Option<String>,
    /// Second-level unit, as the gazetteer names it.
    pub adm2: Option<String>,
    /// Registry ids, or names of unresolved parties: any of them on either side. Sub-groups are the caller's to add.
    pub actors: Vec<String>,
    /// Any of these types; all when empty.
    pub types: Vec<EventType>,
    /// Any of these; all when empty.
    pub realis: Vec<Realis>,
    /// Best number of people killed, over all sides, at least.
    pub killed_at_least: Option<u64>,
    /// Any of these states; all but rejected when empty.
    pub review: Vec<ReviewState>,
    /// Words that all stand in the account and what its reports say of it, or all in the text of one of its reports; each may be
    /// the beginning of a word when it ends in `*`.
    pub text: Option<String>,
    /// The order.
    pub sort: Sort,
    /// At most so many a page. **Range**: 1 to 1000.
    pub limit: usize,
    /// Where the page before ended: its [`Page::next`].
    pub after: Option<String>,
    /// As it was known at this time; `None` is now.
    pub as_of: Option<Timestamp>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            place: None,
            bounds: None,
            iso3: None,
            adm1: None,
            adm2: None,
            actors: Vec::new(),
            types: Vec::new(),
            realis: Vec::new(),
            killed_at_least: None,
            review: Vec::new(),
            text: None,
            sort: Sort::default(),
            limit: 50,
            after: None,
            as_of: None,
        }
    }
}

/// The order of incidents; of equals by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By first day, newest first; undated ones last.
    #[default]
    Newest,
    /// By first day, oldest first; undated ones first.
    Oldest,
    /// By when the account last changed, latest first.
    Changed,
    /// By number killed, greatest first; untold ones last.
    Killed,
}

/// Some incidents, or what is made of them, and where to go on.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T = Incident> {
    /// In the order asked for.
    pub incidents: Vec<T>,
    /// What to give as [`Query::after`] for the next page; `None` on the last.
    pub next: Option<String>,
}

impl Ledger {
    /// Gives one page of incidents.
    ///
    /// **Errors**: [`LedgerError::Refused`] for an `after` that no page gave.
    pub fn incidents(&self, query: &Query) -> Result<Page> {
        self.page(query, |account| self.account(account))
    }

    /// Gives what `make` makes of one page of incidents; what is kept already is not made again.
    ///
    /// **Errors**: as [`Ledger::incidents`].
    pub fn incidents_as<T: Clone>(
        &self,
        query: &Query,
        kept: &Kept<T>,
        make: impl Fn(&Incident) -> T,
    ) -> Result<Page<T>> {
        // One state of the file for the whole page.
        let _snapshot = self.connection.unchecked_transaction()?;
        // Making the views anew drops and makes tables, which the database counts.
        let views: i64 = self.connection.pragma_query_value(None, "schema_version", |row| row.get(0))?;
        self.page(query, |account| {
            if let Some(made) = kept.get(views, account) {
                return Ok(made);
            }
            let made = make(&self.account(account)?);
            kept.put(views, account, made.clone());
            Ok(made)
        })
    }

    fn account(&self, account: i64) -> Result<Incident> {
        let mut statement = self.connection.prepare_cached("SELECT body FROM bodies WHERE account = ?1")?;
        let body: Vec<u8> = statement.query_row([account], |row| row.get(0))?;
        unpack_json(&body)
    }

    fn page<T>(&self, query: &Query, read: impl Fn(i64) -> Result<T>) -> Result<Page<T>> {
        let limit = query.limit.clamp(1, 1000);
        let mut sql = self.filter_but_actors(query, true)?;
        let (key, direction) = match query.sort {
            Sort::Newest => ("day", "DESC"),
            Sort::Oldest => ("day", "ASC"),
            Sort::Changed => ("changed", "DESC"),
            Sort::Killed => ("COALESCE(killed, -1)", "DESC"),
        };
        if let Some(after) = &query.after {
            sql.add(&behind(key, direction), cursor(after)?);
        }
        if key == "day" && sql.common.is_none() {
            sql.first_of_each(&query.actors, direction, limit + 1);
        } else {
            sql.of_any(&query.actors);
        }
        let order = match query.sort {
            Sort::Newest | Sort::Oldest => STANDING,
            Sort::Changed => "accounts_by_changed",
            Sort::Killed => "accounts_by_killed",
        };
        if sql.index == Some(STANDING) {
            sql.index = Some(order);
        }
        let rows = match sql.common.take() {
            None => self.rows(sql, key, direction, limit + 1)?,
            Some(words) => self.rows_with(&words, &sql, key, direction, limit + 1)?,
        };
        let next = (rows.len() > limit).then(|| format!("{}.{}", rows[limit - 1].0, rows[limit - 1].1));
        let incidents = rows.iter().take(limit).map(|it| read(it.2)).collect::<Result<_>>()?;
        Ok(Page { incidents, next })
    }

    /// The first rows by a key: the key, the incident, the number of the account.
    pub(crate) fn rows(&self, sql: Filter, key: &str, direction: &str, limit: usize) -> Result<Vec<Row>> {
        let text = format!(
            "SELECT {key}, incident, id FROM accounts {} WHERE {}
             ORDER BY {key} {direction}, incident {direction} LIMIT {limit}",
            sql.by_index(),
            sql.conditions.join(" AND "),
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows =
            statement.query_map(params_from_iter(sql.values), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Counts the incidents that all pages of a query hold together; counting stops at `most`.
    pub fn count(&self, query: &Query, most: u64) -> Result<u64> {
        let mut sql = self.filter_but_actors(query, true)?;
        sql.of_any(&query.actors);
        if let Some(words) = sql.common.take() {
            let most = usize::try_from(most).unwrap_or(usize::MAX);
            return Ok(self.rows_with(&words, &sql, "day", "DESC", most)?.len() as u64);
        }
        let text = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM accounts {} WHERE {} LIMIT {most})",
            sql.by_index(),
            sql.conditions.join(" AND ")
        );
        Ok(self.connection.prepare_cached(&text)?.query_row(params_from_iter(sql.values), |row| row.get(0))?)
    }

    /// The full name of an incident from the beginning of it.
    ///
    /// **Errors**: [`LedgerError::Unknown`], [`LedgerError::Ambiguous`].
    pub fn resolve(&self, prefix: &str) -> Result<annals_incidents::IncidentId> {
        let known = |id: &str| -> Result<bool> {
            let sql = "SELECT 1 FROM accounts WHERE incident = ?1 LIMIT 1";
            Ok(self.connection.prepare_cached(sql)?.query_row([id], |_| Ok(())).optional()?.is_some())
        };
        if known(prefix)? {
            return Ok(annals_incidents::IncidentId(prefix.to_owned()));
        }
        // Names are hexadecimal: g stands after all of them.
        let sql = "SELECT DISTINCT incident FROM accounts WHERE incident >= ?1 AND incident < ?1 || 'g' LIMIT 4";
        let found = self
            .connection
            .prepare_cached(sql)?
            .query_map([prefix], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<String>>>()?;
        match &found[..] {
            [one] if !prefix.is_empty() => Ok(annals_incidents::IncidentId(one.clone())),
            [] => Err(LedgerError::unknown("incident", prefix)),
            _ => Err(LedgerError::Ambiguous { id: prefix.to_owned(), candidates: found }),
        }
    }
}

/// A row of a list: its key, the incident, the number of the account.
pub(crate) type Row = (i64, String, i64);

/// The rows that come after one of a key and an incident.
pub(crate) fn behind(key: &str, direction: &str) -> String {
    format!("({key}, incident) {} (?, ?)", if direction == "DESC" { "<" } else { ">" })
}

fn cursor(after: &str) -> Result<[Value; 2]> {
    let parsed = after.split_once('.').and_then(|(at, incident)| {
        let at: i64 = at.parse().ok()?;
        Some([Value::from(at), Value::from(incident.to_owned())])
    });
    parsed.ok_or_else(|| LedgerError::refused(format!("{after} is no place in a list")))
}
