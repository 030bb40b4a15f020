//! Asking for incidents.

use std::sync::Arc;

use annals_incidents::{Incident, ReviewState};
use annals_record::{EventType, Realis};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use crate::blob::{day_number, micros, unpack_json};
use crate::cache::Kept;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::log;
use crate::views::{STANDS, UNDATED, cell, review_code};
use crate::words::{Sought, Way, match_expression};

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

/// A stretch of the earth. **Units**: degrees, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Least latitude.
    pub south: f64,
    /// Least longitude; greater than `east` where the bounds cross the antimeridian.
    pub west: f64,
    /// Greatest latitude.
    pub north: f64,
    /// Greatest longitude.
    pub east: f64,
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

/// The index of the standing accounts; rows that have to be gone through are gone through there.
const STANDING: &str = "accounts_standing";
/// Beyond so many rows neither an index nor a list of words' accounts is a help over going through all in order.
pub(crate) const FEW: usize = 3_000;
/// Beyond so many square degrees a box is looked for in order.
const MANY_CELLS: i64 = 200;

/// Accounts with words in them or in their reports: all of them are fetched.
const WITH_WORDS: &str = "id IN (SELECT rowid FROM words WHERE words MATCH ? UNION
    SELECT account FROM texts CROSS JOIN sources ON sources.report = texts.rowid WHERE texts MATCH ?)";
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
    fn filter_but_actors(&self, query: &Query, paged: bool) -> Result<Filter> {
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

/// Conditions on the table of accounts.
#[derive(Clone, Default)]
pub(crate) struct Filter {
    pub(crate) conditions: Vec<String>,
    pub(crate) values: Vec<Value>,
    index: Option<&'static str>,
    /// Common words that no condition asks for yet.
    common: Option<Arc<Sought>>,
}

impl Filter {
    pub(crate) fn add(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values);
    }

    /// Only incidents with any of these parties.
    fn of_any(&mut self, actors: &[String]) {
        if !actors.is_empty() {
            let among = format!("id IN (SELECT account FROM parties WHERE actor IN ({}))", marks(actors.len()));
            self.add(&among, actors.iter().cloned().map(Value::from));
            self.index = None;
        }
    }

    /// As [`Filter::of_any`], for the first `limit` by day: each party's list is gone through in order, no further than that.
    fn first_of_each(&mut self, actors: &[String], direction: &str, limit: usize) {
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

impl Bounds {
    fn add_to(self, sql: &mut Filter) {
        sql.add("lat BETWEEN ? AND ?", [self.south.into(), self.north.into()]);
        let inside = if self.west <= self.east { "lon BETWEEN ? AND ?" } else { "(lon >= ? OR lon <= ?)" };
        sql.add(inside, [self.west.into(), self.east.into()]);
        if self.n_cells() <= MANY_CELLS {
            let cells = self.cells();
            sql.add(&format!("cell IN ({})", marks(cells.len())), cells);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
    fn squares(self) -> (std::ops::RangeInclusive<i64>, Vec<i64>) {
        let (south, north) = (self.south.max(-90.0).floor() as i64, self.north.min(90.0).floor() as i64);
        let (west, east) = (self.west.max(-180.0).floor() as i64, self.east.min(180.0).floor() as i64);
        let columns =
            if self.west <= self.east { (west..=east).collect() } else { (west..=180).chain(-180..=east).collect() };
        (south..=north, columns)
    }

    fn n_cells(self) -> i64 {
        let (rows, columns) = self.squares();
        (rows.end() - rows.start() + 1).max(0) * i64::try_from(columns.len()).unwrap_or(i64::MAX)
    }

    fn cells(self) -> Vec<Value> {
        let (rows, columns) = self.squares();
        rows.flat_map(|row| columns.iter().map(move |column| (row, *column)))
            .map(|(row, column)| Value::from(cell(row as f64, column as f64)))
            .collect()
    }
}

fn marks(n: usize) -> String {
    vec!["?"; n].join(", ")
}

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
