//! Counts of incidents and people killed, by month, place, party and type.

use rusqlite::params_from_iter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::ledger::Ledger;
use crate::query::Query;

/// By what incidents are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Year of the first day.
    Year,
    /// Month of the first day, such as `2024-03`.
    Month,
    /// ISO 3166-1 alpha-3 code.
    Country,
    /// First-level unit.
    Adm1,
    /// Type.
    Type,
    /// Each party on either side; an incident counts for each of its parties.
    Actor,
    /// What people have said of it.
    Review,
}

/// Counts of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// What the group has in common; `None` where it is not known.
    pub group: Option<String>,
    /// Incidents.
    pub incidents: u64,
    /// Incidents for which a number of people killed is told.
    pub with_killed: u64,
    /// Sum of the best numbers of people killed.
    pub killed: u64,
    /// Sum of the least numbers; of those that are told.
    pub killed_low: u64,
    /// Sum of the greatest numbers; where none is told, the best one.
    pub killed_high: u64,
}

impl Ledger {
    /// Counts the incidents of a query, whose order and page do not matter, in groups.
    ///
    /// Years and months come in order, other groups with the most incidents first.
    pub fn stats(&self, query: &Query, by: By) -> Result<Vec<Counts>> {
        let filter = self.filter(query)?;
        let group = match by {
            By::Year => "CASE WHEN day > -1000000 THEN strftime('%Y', day * 86400, 'unixepoch') END",
            By::Month => "CASE WHEN day > -1000000 THEN strftime('%Y-%m', day * 86400, 'unixepoch') END",
            By::Country => "iso3",
            By::Adm1 => "adm1",
            By::Type => "type",
            By::Actor => "actor",
            By::Review => "review",
        };
        let from = if by == By::Actor {
            "(SELECT accounts.*, parties.actor FROM accounts JOIN parties ON parties.account = accounts.id)"
        } else {
            "accounts"
        };
        let order = if matches!(by, By::Year | By::Month) { "1" } else { "2 DESC, 1" };
        let sql = format!(
            "SELECT {group}, COUNT(*), COUNT(killed), COALESCE(SUM(killed), 0), COALESCE(SUM(COALESCE(killed_low, killed)), 0),
                COALESCE(SUM(COALESCE(killed_high, killed)), 0)
             FROM {from} WHERE {} GROUP BY 1 ORDER BY {order}",
            filter.conditions.join(" AND ")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(filter.values), |row| {
            Ok(Counts {
                group: row.get(0)?,
                incidents: row.get(1)?,
                with_killed: row.get(2)?,
                killed: row.get(3)?,
                killed_low: row.get(4)?,
                killed_high: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How much is in the ledger: reports, events, incidents that stand, operations.
    pub fn totals(&self) -> Result<Totals> {
        let sql = "SELECT (SELECT COUNT(*) FROM documents), (SELECT COUNT(*) FROM tellings),
            (SELECT COUNT(*) FROM accounts WHERE until = 4611686018427387904), (SELECT COALESCE(MAX(seq), 0) FROM operations)";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| {
            Ok(Totals { reports: row.get(0)?, events: row.get(1)?, incidents: row.get(2)?, operations: row.get(3)? })
        })?)
    }
}

/// How much is in a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// Reports in force.
    pub reports: u64,
    /// Events that they tell.
    pub events: u64,
    /// Incidents that stand, rejected ones too.
    pub incidents: u64,
    /// Operations.
    pub operations: u64,
}
