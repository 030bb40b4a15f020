//! Many incidents at once: points for a map, counts by month, who meets whom. Accounts are not read for it, only the tables.

use std::collections::BTreeMap;

use annals_incidents::{Incident, IncidentId};
use annals_record::{EventType, PlacePrecision};
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use rustc_hash::FxHashMap;

use crate::error::Result;
use crate::ledger::Ledger;
use crate::query::Query;
use crate::views::{self, Row, STANDS, UNDATED};

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

    /// Other incidents that may be the same happening as this one, which stands now: most likely first, with the score of
    /// the most alike tellings and what speaks for and against it.
    pub fn proposed_for(&self, incident: &Incident, limit: usize) -> Result<Vec<(Incident, f64, String)>> {
        let mut pairs: Vec<(i64, i64, f64)> = Vec::new();
        for row in self.rows_of_tellings(incident)? {
            let sql =
                "SELECT a, b, score FROM proposals WHERE a = ?1 UNION SELECT a, b, score FROM proposals WHERE b = ?1";
            let mut statement = self.connection.prepare_cached(sql)?;
            let found = statement.query_map([row.id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            pairs.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        let mut proposed: Vec<(Incident, f64, String)> = Vec::new();
        for (a, b, score) in pairs {
            let (a, b) = (views::row(&self.connection, a)?, views::row(&self.connection, b)?);
            let (ours, theirs) = if a.incident == incident.id.0 { (a, b) } else { (b, a) };
            let is_known = theirs.incident == incident.id.0 || proposed.iter().any(|it| it.0.id.0 == theirs.incident);
            if proposed.len() == limit || is_known {
                continue;
            }
            let Some(other) = self.incident(&IncidentId(theirs.incident.clone()), None)? else { continue };
            let telling = |it: &Incident, row: &Row| it.tellings.iter().find(|it| it.id == row.telling()).cloned();
            let (Some(one), Some(two)) = (telling(incident, &ours), telling(&other, &theirs)) else { continue };
            proposed.push((other, score, self.matcher.pair(&one, &two).why));
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

    /// Which parties meet in standing incidents, on different sides or on one, the most frequent first; with `of`, only those
    /// whom this party meets, as the other.
    pub fn ties(&self, of: Option<&str>) -> Result<Vec<TieCount>> {
        let whose = if of.is_some() { "one.actor = ?2 AND other.actor != ?2" } else { "one.actor < other.actor" };
        let sql = format!(
            "SELECT one.actor, other.actor, (one.sides | other.sides) = 3 AS hostile, COUNT(*) AS n
             FROM parties AS one JOIN parties AS other ON other.account = one.account
             JOIN accounts ON accounts.id = one.account
             WHERE {whose} AND until = ?1 AND review != 'rejected' AND type NOT IN ('agreement', 'release', 'group_change')
             GROUP BY 1, 2, 3 ORDER BY n DESC, 1, 2 LIMIT {MAX_TIES}"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let values = std::iter::once(Value::from(STANDS)).chain(of.map(|it| Value::from(it.to_owned())));
        let rows = statement.query_map(params_from_iter(values), |row| {
            Ok(TieCount { a: row.get(0)?, b: row.get(1)?, is_hostile: row.get(2)?, n: row.get(3)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Counts all incidents that fit by the month of their first day.
    pub fn monthly(&self, query: &Query, by: GroupBy) -> Result<Monthly> {
        let mut all = Count::default();
        let mut series: FxHashMap<String, Count> = FxHashMap::default();
        let mut n_undated = 0;
        let mut add_all = |day, killed| match day {
            UNDATED => n_undated += 1,
            day => all.add(day, killed),
        };
        let mut add_to = |key: Option<&str>, day, killed| {
            let (Some(key), true) = (key, day != UNDATED) else { return };
            match series.get_mut(key) {
                Some(count) => count.add(day, killed),
                None => series.entry(key.to_owned()).or_default().add(day, killed),
            }
        };
        match by {
            GroupBy::Type | GroupBy::Country | GroupBy::Province => {
                let key = match by {
                    GroupBy::Type => "type",
                    GroupBy::Country => "iso3",
                    _ => "iso3 || '/' || adm1",
                };
                self.days(query, key, "", |key, day, killed| {
                    add_all(day, killed);
                    add_to(key, day, killed);
                })?;
            }
            GroupBy::Actor => {
                self.days(query, "NULL", "", |_, day, killed| add_all(day, killed))?;
                self.days(query, "actor", "JOIN parties ON parties.account = accounts.id", add_to)?;
            }
        }
        let months = months(all.by_month.keys().copied());
        let mut series: Vec<MonthlyOf> = series.into_iter().map(|(key, count)| count.of(key, &months)).collect();
        series.sort_by(|a, b| {
            let total = |it: &MonthlyOf| it.n.iter().sum::<u64>();
            total(b).cmp(&total(a)).then_with(|| a.key.cmp(&b.key))
        });
        let MonthlyOf { n, killed, .. } = all.of(String::new(), &months);
        Ok(Monthly { months: months.into_iter().map(Month::text).collect(), n, killed, series, n_undated })
    }

    /// Tells of each incident that fits: a key, its first day and the number killed.
    fn days(
        &self,
        query: &Query,
        key: &str,
        join: &str,
        mut tell: impl FnMut(Option<&str>, i64, Option<u64>),
    ) -> Result<()> {
        let sql = self.filter(query)?;
        let conditions = sql.conditions.iter().map(|it| format!("({it})")).collect::<Vec<_>>().join(" AND ");
        let text =
            format!("SELECT {key}, accounts.day, killed FROM accounts {} {join} WHERE {conditions}", sql.by_index());
        let mut statement = self.connection.prepare_cached(&text)?;
        let mut rows = statement.query(params_from_iter(sql.values))?;
        while let Some(row) = rows.next()? {
            tell(row.get_ref(0)?.as_str_or_null().unwrap_or_default(), row.get(1)?, row.get(2)?);
        }
        Ok(())
    }
}

/// Incidents and people killed by month.
#[derive(Default)]
struct Count {
    by_month: BTreeMap<Month, (u64, u64)>,
}

impl Count {
    fn add(&mut self, day: i64, killed: Option<u64>) {
        let (n, dead) = self.by_month.entry(Month::of(day)).or_default();
        *n += 1;
        *dead = dead.saturating_add(killed.unwrap_or_default());
    }

    fn of(&self, key: String, months: &[Month]) -> MonthlyOf {
        let count = |month: &Month| self.by_month.get(month).copied().unwrap_or_default();
        let (n, killed) = months.iter().map(count).unzip();
        MonthlyOf { key, n, killed }
    }
}

/// A month, as years times twelve.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Month(i32);

impl Month {
    fn of(day: i64) -> Self {
        let date = Date::constant(1970, 1, 1).saturating_add(day.days());
        Self(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    }

    fn text(self) -> String {
        format!("{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

/// All months from the first to the last; only those that occur when they lie too far apart.
fn months(found: impl Iterator<Item = Month> + Clone) -> Vec<Month> {
    let (Some(first), Some(last)) = (found.clone().min(), found.clone().max()) else { return Vec::new() };
    if last.0 - first.0 > MAX_MONTHS { found.collect() } else { (first.0..=last.0).map(Month).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_no_gaps() {
        let text = |days: [i64; 2]| {
            let found = std::collections::BTreeSet::from(days.map(Month::of));
            months(found.iter().copied()).into_iter().map(Month::text).collect::<Vec<_>>()
        };
        // 2023-11-30 and 2024-02-01; 1024-02-01.
        assert_eq!(text([19_691, 19_754]), ["2023-11", "2023-12", "2024-01", "2024-02"]);
        assert_eq!(text([-345_489, 19_691]), ["1024-02", "2023-11"]);
        assert_eq!(Month::of(-1).text(), "1969-12");
    }
}
