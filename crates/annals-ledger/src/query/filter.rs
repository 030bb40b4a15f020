//! The conditions that a query puts on the table of accounts, and the index that answers them fastest.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::Query;
use super::bounds::MANY_CELLS;
use crate::blob::{day_number, micros};
use crate::error::Result;
use crate::ledger::Ledger;
use crate::log;
use crate::views::{STANDS, UNDATED, review_code};
use crate::words::{Sought, Way, match_expression};

/// The index of the standing accounts; rows that have to be gone through are gone through there.
pub(super) const STANDING: &str = "accounts_standing";
/// Beyond so many rows neither an index nor a list of words' accounts is a help over going through all in order.
pub(crate) const FEW: usize = 3_000;

/// Accounts with words in them or in their reports: all of them are fetched.
const WITH_WORDS: &str = "id IN (SELECT rowid FROM words WHERE words MATCH ? UNION
    SELECT account FROM texts CROSS JOIN sources ON sources.report = texts.rowid WHERE texts MATCH ?)";

/// Conditions on the table of accounts.
#[derive(Clone, Default)]
pub(crate) struct Filter {
    pub(crate) conditions: Vec<String>,
    pub(crate) values: Vec<Value>,
    pub(super) index: Option<&'static str>,
    /// Common words that no condition asks for yet.
    pub(super) common: Option<Arc<Sought>>,
}

impl Filter {
    pub(crate) fn add(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values);
    }

    /// Only incidents with any of these parties.
    pub(super) fn of_any(&mut self, actors: &[String]) {
        if !actors.is_empty() {
            let among = format!("id IN (SELECT account FROM parties WHERE actor IN ({}))", marks(actors.len()));
            self.add(&among, actors.iter().cloned().map(Value::from));
            self.index = None;
        }
    }

    /// As [`Filter::of_any`], for the first `limit` by day: each party's list is gone through in order, no further than that.
    pub(super) fn first_of_each(&mut self, actors: &[String], direction: &str, limit: usize) {
        if actors.is_empty() {
            return;
        }
        let conditions = self.conditions.join(" AND ");
        let one = format!(
            "SELECT * FROM (SELECT accounts.id FROM parties CROSS JOIN accounts ON accounts.id = parties.account
             WHERE {conditions} AND parties.actor = ? ORDER BY on_day {direction}, incident {direction} LIMIT {limit})"
        );
        let mut values = Vec::new();
        for actor in actors {
            values.extend(self.values.iter().cloned());
            values.push(Value::from(actor.clone()));
        }
        self.conditions = vec![format!("id IN ({})", vec![one; actors.len()].join(" UNION "))];
        self.values = values;
        self.index = None;
    }

    /// The clause that makes the database use the best index.
    pub(crate) fn by_index(&self) -> String {
        self.index.map_or_else(String::new, |index| format!("INDEXED BY {index}"))
    }
}

impl Ledger {
    /// The standing accounts at a time: condition and values.
    pub(crate) fn standing(&self, as_of: Option<Timestamp>) -> Result<Filter> {
        let mut sql = Filter::default();
        match as_of {
            None => {
                // Not as a value: only so the database knows that the index of standing accounts holds them all.
                sql.add(&format!("until = {STANDS}"), []);
                sql.index = Some(STANDING);
            }
            Some(time) => {
                let seq = log::seq_at(&self.connection, micros(time))?;
                sql.add("since <= ? AND until > ?", [Value::from(seq), Value::from(seq)]);
            }
        }
        Ok(sql)
    }

    /// The conditions of a query.
    pub(crate) fn filter(&self, query: &Query) -> Result<Filter> {
        let mut sql = self.filter_but_actors(query, false)?;
        sql.of_any(&query.actors);
        Ok(sql)
    }

    /// `paged` says that only the first rows are wanted; words that many accounts have are then left to the caller.
    pub(super) fn filter_but_actors(&self, query: &Query, paged: bool) -> Result<Filter> {
        let mut sql = self.standing(query.as_of)?;
        if let Some(from) = query.from {
            let from = day_number(from);
            // No incident that began earlier than the longest one lasts can reach this day.
            let longest = "SELECT COALESCE(MAX(last_day - day), 0) FROM accounts";
            let longest: i64 = self.connection.prepare_cached(longest)?.query_row([], |row| row.get(0))?;
            sql.add("last_day >= ? AND day >= ?", [Value::from(from), Value::from(from - longest)]);
        }
        if let Some(to) = query.to {
            sql.add("day <= ? AND day != ?", [Value::from(day_number(to)), Value::from(UNDATED)]);
        }
        for (column, value) in [("adm2", &query.adm2), ("adm1", &query.adm1), ("iso3", &query.iso3)] {
            if let Some(value) = value {
                sql.add(&format!("{column} = ?"), [Value::from(value.clone())]);
            }
        }
        if let Some(place) = &query.place {
            sql.add("place = ?", [Value::from(place.to_lowercase())]);
        }
        if let Some(bounds) = query.bounds {
            bounds.add_to(&mut sql);
        }
        if !query.types.is_empty() {
            let codes = query.types.iter().map(|it| Value::from(it.as_str().to_owned()));
            sql.add(&format!("type IN ({})", marks(query.types.len())), codes);
        }
        if !query.realis.is_empty() {
            let codes = query.realis.iter().map(|it| Value::from(it.as_str().to_owned()));
            sql.add(&format!("realis IN ({})", marks(query.realis.len())), codes);
        }
        if let Some(least) = query.killed_at_least {
            let least = i64::try_from(least).unwrap_or(i64::MAX);
            sql.add("COALESCE(killed, -1) >= ?", [Value::from(least)]);
        }
        if query.review.is_empty() {
            sql.add("review != 'rejected'", []);
        } else {
            let codes = query.review.iter().map(|it| Value::from(review_code(*it).to_owned()));
            sql.add(&format!("review IN ({})", marks(query.review.len())), codes);
        }
        if let Some(text) = &query.text {
            self.add_words(&mut sql, text, paged)?;
        }
        if let Some(best) = self.best_index(query)? {
            sql.index = Some(best);
        }
        Ok(sql)
    }

    fn add_words(&self, sql: &mut Filter, text: &str, paged: bool) -> Result<()> {
        let expression = if paged {
            let Some(sought) = self.sought(text)? else { return Ok(()) };
            match &sought.way {
                Way::Common(_) => {
                    sql.common = Some(sought);
                    return Ok(());
                }
                Way::Few(accounts) => {
                    sql.index = None;
                    sql.add("id IN (SELECT value FROM json_each(?))", [Value::from(accounts.clone())]);
                    return Ok(());
                }
                Way::Rare => sought.expression.clone(),
            }
        } else {
            let Some(expression) = match_expression(&self.connection, text)? else { return Ok(()) };
            expression
        };
        sql.index = None;
        sql.add(WITH_WORDS, [Value::from(expression.clone()), Value::from(expression)]);
        Ok(())
    }

    /// The index under which the fewest rows stand, if they are few; else none, and rows are gone through in order.
    ///
    /// The database's own guess does not know how common a value is.
    fn best_index(&self, query: &Query) -> Result<Option<&'static str>> {
        if query.text.is_some() || !query.actors.is_empty() {
            // The rows found are looked up by number.
            return Ok(None);
        }
        let mut probes: Vec<(&'static str, String, Vec<Value>)> = Vec::new();
        if let (Some(iso3), Some(adm1)) = (&query.iso3, &query.adm1) {
            probes.push((
                "accounts_by_unit",
                "iso3 = ? AND adm1 = ?".to_owned(),
                vec![iso3.clone().into(), adm1.clone().into()],
            ));
        } else if let Some(iso3) = &query.iso3 {
            probes.push(("accounts_by_unit", "iso3 = ?".to_owned(), vec![iso3.clone().into()]));
        }
        if let Some(place) = &query.place {
            probes.push(("accounts_by_place", "place = ?".to_owned(), vec![place.to_lowercase().into()]));
        }
        if let Some(bounds) = query.bounds.filter(|it| it.n_cells() <= MANY_CELLS) {
            let cells = bounds.cells();
            probes.push(("accounts_by_cell", format!("cell IN ({})", marks(cells.len())), cells));
        }
        if !query.types.is_empty() {
            let codes = query.types.iter().map(|it| Value::from(it.as_str().to_owned())).collect();
            probes.push(("accounts_by_type", format!("type IN ({})", marks(query.types.len())), codes));
        }
        if !query.review.is_empty() {
            let codes = query.review.iter().map(|it| Value::from(review_code(*it).to_owned())).collect();
            probes.push(("accounts_by_review", format!("review IN ({})", marks(query.review.len())), codes));
        }
        if let Some(least) = query.killed_at_least.filter(|it| *it > 0) {
            let least = i64::try_from(least).unwrap_or(i64::MAX);
            probes.push(("accounts_by_killed", "COALESCE(killed, -1) >= ?".to_owned(), vec![least.into()]));
        }
        let mut best: Option<(usize, &'static str)> = None;
        for (index, condition, values) in probes {
            let sql = format!(
                "SELECT COUNT(*) FROM (SELECT 1 FROM accounts INDEXED BY {index} WHERE {condition} LIMIT {FEW})"
            );
            let n: usize =
                self.connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
            if n < FEW && best.is_none_or(|it| n < it.0) {
                best = Some((n, index));
            }
        }
        // It tells what stood when; the other way goes through all that was learned later.
        let unit_as_of = query.as_of.and(query.iso3.as_ref()).and(query.adm1.as_ref()).map(|_| "accounts_by_unit");
        Ok(best.map(|it| it.1).or(unit_as_of))
    }
}

pub(super) fn marks(n: usize) -> String {
    vec!["?"; n].join(", ")
}
