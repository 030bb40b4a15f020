//! Many incidents at once: points for a map, counts by month, who meets whom. Accounts are not read for it, only the tables.

use std::collections::BTreeMap;

use annals_incidents::IncidentId;
use annals_record::{EventType, PlacePrecision};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::error::Result;
use crate::ledger::Ledger;
use crate::propose::Proposed;
use crate::query::Query;
use crate::views::{self, STANDS, UNDATED};

/// What a map draws of one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The incident.
    pub id: IncidentId,
    /// What happened.
    pub event_type: EventType,
    /// How finely its place is known; `None` without a place.
    pub precision: Option<PlacePrecision>,
    /// **Units**: degrees north.
    pub lat: Option<f64>,
    /// **Units**: degrees east.
    pub lon: Option<f64>,
    /// **Units**: kilometres around the point.
    pub radius_km: Option<f64>,
    /// First day. **Units**: days since 1970; `None` when undated.
    pub day: Option<i64>,
    /// Best number of people killed, over all sides.
    pub killed: Option<u64>,
    /// Code of the country.
    pub iso3: Option<String>,
    /// First-level unit.
    pub adm1: Option<String>,
}

/// By what incidents are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// Type of event.
    Type,
    /// Code of the country.
    Country,
    /// Country and first-level unit, as `MLI/Gao`.
    Province,
    /// Party on either side, by registry id, else by name.
    Actor,
}

/// Incidents by month. Each list of numbers has one a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Monthly {
    /// `2024-03`, from the first month to the last, without gaps.
    pub months: Vec<String>,
    /// Incidents.
    pub n: Vec<u64>,
    /// People killed by best figures; unknown numbers add nothing.
    pub killed: Vec<u64>,
    /// One a key, the most frequent first.
    pub series: Vec<MonthlyOf>,
    /// Incidents without a day.
    pub n_undated: u64,
}

/// The incidents of one key by month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthlyOf {
    /// The code, unit or party.
    pub key: String,
    /// Incidents.
    pub n: Vec<u64>,
    /// People killed by best figures.
    pub killed: Vec<u64>,
}

/// Two parties that meet in incidents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TieCount {
    /// The one, by registry id, else by name.
    pub a: String,
    /// The other.
    pub b: String,
    /// True when they stand on different sides.
    pub is_hostile: bool,
    /// In how many incidents.
    pub n: u64,
}

/// A longer span of months is a wrong date, and not drawn month by month.
const MAX_MONTHS: i32 = 12 * 80;
/// Parties that meet at least once: the most frequent so many.
const MAX_TIES: usize = 2_000;

impl Ledger {
    /// All incidents that fit, in no order; limit and order of the query are not used.
    pub fn points(&self, query: &Query) -> Result<Vec<Point>> {
        let sql = self.filter(query)?;
        let text = format!(
            "SELECT incident, type, precision, lat, lon, radius, day, killed, iso3, adm1 FROM accounts {} WHERE {}",
            sql.by_index(),
            sql.conditions.join(" AND ")
        );
        let mut statement = self.connection.prepare_cached(&text)?;
        let rows = statement.query_map(params_from_iter(sql.values), |row| {
            Ok(Point {
                id: IncidentId(row.get(0)?),
                event_type: row.get_ref(1)?.as_str()?.parse().unwrap_or(EventType::Other),
                precision: row.get_ref(2)?.as_str_or_null()?.and_then(|it| it.parse().ok()),
                lat: row.get(3)?,
                lon: row.get(4)?,
                radius_km: row.get(5)?,
                day: Some(row.get(6)?).filter(|it| *it != UNDATED),
                killed: row.get(7)?,
                iso3: row.get(8)?,
                adm1: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Other incidents that may be the same happening as this one, most likely first.
    ///
    /// **Errors**: [`crate::LedgerError::Unknown`].
    pub fn proposed_for(&self, id: &IncidentId, limit: usize) -> Result<Vec<Proposed>> {
        let mut pairs: Vec<(i64, i64, f64)> = Vec::new();
        for row in self.rows_of(id)? {
            let sql =
                "SELECT a, b, score FROM proposals WHERE a = ?1 UNION SELECT a, b, score FROM proposals WHERE b = ?1";
            let mut statement = self.connection.prepare_cached(sql)?;
            let found = statement.query_map([row.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            pairs.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        let mut proposed: Vec<Proposed> = Vec::new();
        for (a, b, score) in pairs {
            let (a, b) = (views::row(&self.connection, a)?, views::row(&self.connection, b)?);
            let (ours, theirs) = if a.incident == id.0 { (a, b) } else { (b, a) };
            if proposed.len() == limit
                || theirs.incident == id.0
                || proposed.iter().any(|it| it.other.0 == theirs.incident)
            {
                continue;
            }
            let (one, other) = (self.telling(&ours.full_anchor())?, self.telling(&theirs.full_anchor())?);
            proposed.push(Proposed {
                one: id.clone(),
                other: IncidentId(theirs.incident),
                score,
                why: self.matcher.pair(&one, &other).why,
                tellings: (one.id, other.id),
            });
        }
        Ok(proposed)
    }

    /// How many reports are in force.
    pub fn n_reports(&self) -> Result<u64> {
        Ok(self.connection.prepare_cached("SELECT COUNT(*) FROM documents")?.query_row([], |row| row.get(0))?)
    }

    /// In how many standing incidents each party is, the most frequent first.
    pub fn party_counts(&self) -> Result<Vec<(String, u64)>> {
        let sql = "SELECT actor, COUNT(*) AS n FROM parties JOIN accounts ON accounts.id = account
            WHERE until = ?1 AND review != 'rejected' GROUP BY actor ORDER BY n DESC, actor";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([STANDS], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Which parties meet in standing incidents, on different sides or on one, the most frequent first.
    pub fn ties(&self) -> Result<Vec<TieCount>> {
        let sql = format!(
            "SELECT one.actor, other.actor, (one.sides | other.sides) = 3 AS hostile, COUNT(*) AS n
             FROM parties AS one JOIN parties AS other ON other.account = one.account AND one.actor < other.actor
             JOIN accounts ON accounts.id = one.account
             WHERE until = ?1 AND review != 'rejected' AND type NOT IN ('agreement', 'release', 'group_change')
             GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2 LIMIT {MAX_TIES}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([STANDS], |row| {
            Ok(TieCount { a: row.get(0)?, b: row.get(1)?, is_hostile: row.get(2)?, n: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Counts all incidents that fit by the month of their first day.
    pub fn monthly(&self, query: &Query, by: GroupBy) -> Result<Monthly> {
        let sql = self.filter(query)?;
        let key = match by {
            GroupBy::Type => "type",
            GroupBy::Country => "iso3",
            GroupBy::Province => "iso3 || '/' || adm1",
            GroupBy::Actor => "actor",
        };
        let parties = if by == GroupBy::Actor { "JOIN parties ON parties.account = accounts.id" } else { "" };
        let month = "strftime('%Y-%m', accounts.day * 86400, 'unixepoch')";
        let conditions = sql.conditions.iter().map(|it| format!("({it})")).collect::<Vec<_>>().join(" AND ");
        let of_accounts = format!("(SELECT * FROM accounts {} WHERE {conditions}) AS accounts", sql.by_index());
        let grouped = |key: &str, from: &str| {
            format!(
                "SELECT {key}, {month}, COUNT(*), SUM(killed) FROM {of_accounts} {from}
                 WHERE accounts.day != {UNDATED} GROUP BY 1, 2"
            )
        };
        let all = self.counts(&grouped("''", ""), &sql.values)?;
        let of_keys = self.counts(&grouped(key, parties), &sql.values)?;
        let text = format!("SELECT COUNT(*) FROM {of_accounts} WHERE accounts.day = {UNDATED}");
        let n_undated =
            self.connection.prepare_cached(&text)?.query_row(params_from_iter(sql.values), |row| row.get(0))?;

        let mut monthly =
            Monthly { months: months(all.iter().map(|it| it.month.as_str())), n_undated, ..Monthly::default() };
        let place: BTreeMap<&str, usize> =
            monthly.months.iter().enumerate().map(|(at, it)| (it.as_str(), at)).collect();
        let empty = || (vec![0; place.len()], vec![0; place.len()]);
        let mut series: BTreeMap<&str, (Vec<u64>, Vec<u64>)> = BTreeMap::new();
        let (mut n, mut killed) = empty();
        for it in &all {
            let Some(at) = place.get(it.month.as_str()) else { continue };
            (n[*at], killed[*at]) = (it.n, it.killed);
        }
        for it in &of_keys {
            let (Some(at), Some(key)) = (place.get(it.month.as_str()), &it.key) else { continue };
            let (n, killed) = series.entry(key).or_insert_with(empty);
            (n[*at], killed[*at]) = (it.n, it.killed);
        }
        let mut series: Vec<MonthlyOf> =
            series.into_iter().map(|(key, (n, killed))| MonthlyOf { key: key.to_owned(), n, killed }).collect();
        series.sort_by_key(|it| std::cmp::Reverse(it.n.iter().sum::<u64>()));
        (monthly.n, monthly.killed, monthly.series) = (n, killed, series);
        Ok(monthly)
    }

    fn counts(&self, sql: &str, values: &[Value]) -> Result<Vec<Counted>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            let killed: Option<u64> = row.get(3)?;
            Ok(Counted { key: row.get(0)?, month: row.get(1)?, n: row.get(2)?, killed: killed.unwrap_or_default() })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

struct Counted {
    key: Option<String>,
    month: String,
    n: u64,
    killed: u64,
}

/// All months from the first to the last; only those that occur when they lie too far apart.
fn months<'m>(found: impl Iterator<Item = &'m str>) -> Vec<String> {
    let mut found: Vec<&str> = found.collect();
    found.sort_unstable();
    found.dedup();
    let day = |it: &&str| format!("{it}-01").parse::<Date>().ok();
    let (Some(first), Some(last)) = (found.first().and_then(day), found.last().and_then(day)) else {
        return Vec::new();
    };
    let n =
        (i32::from(last.year()) - i32::from(first.year())) * 12 + i32::from(last.month()) - i32::from(first.month());
    if n > MAX_MONTHS {
        return found.into_iter().map(str::to_owned).collect();
    }
    let step = |it: i32| -> Option<Date> {
        let span: Span = it.months();
        first.checked_add(span).ok()
    };
    (0..=n).filter_map(step).map(|it| it.strftime("%Y-%m").to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_no_gaps() {
        assert_eq!(months(["2024-02", "2023-11"].into_iter()), ["2023-11", "2023-12", "2024-01", "2024-02"]);
        assert_eq!(months(["1024-02", "2023-11"].into_iter()), ["1024-02", "2023-11"]);
        assert!(months([].into_iter()).is_empty());
    }
}
