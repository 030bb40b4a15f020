//! Tellings by row, and what they say.

use std::collections::BTreeMap;
use std::sync::Arc;

use annals_incidents::{Incident, Telling, TellingId};
use rusqlite::{Connection, OptionalExtension, params};

use super::{STANDS, Views};
use crate::blob::unpack_json;
use crate::error::{LedgerError, Result};
use crate::operation::Anchor;

/// A telling as the tables know it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) report: i64,
    /// The report's id.
    pub(crate) hash: String,
    pub(crate) event: String,
    /// Within the report.
    pub(crate) anchor: String,
    pub(crate) born: i64,
    pub(crate) component: i64,
    pub(crate) incident: String,
}

impl Row {
    pub(crate) fn telling(&self) -> TellingId {
        TellingId::new(&self.hash, &self.event)
    }

    pub(crate) fn full_anchor(&self) -> Anchor {
        Anchor(format!("{}@{}", self.hash, self.anchor))
    }
}

const COLUMNS: &str = "SELECT tellings.id, tellings.report, reports.hash, event, anchor, born, component, incident
    FROM tellings JOIN reports ON reports.id = tellings.report";

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get(0)?,
        report: row.get(1)?,
        hash: row.get(2)?,
        event: row.get(3)?,
        anchor: row.get(4)?,
        born: row.get(5)?,
        component: row.get(6)?,
        incident: row.get(7)?,
    })
}

fn rows(connection: &Connection, filter: &str, value: i64) -> Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE {filter} = ?1 ORDER BY tellings.id"))?;
    Ok(statement.query_map([value], row)?.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn by_report(connection: &Connection, report: i64) -> Result<Vec<Row>> {
    rows(connection, "tellings.report", report)
}

pub(crate) fn by_component(connection: &Connection, component: i64) -> Result<Vec<Row>> {
    rows(connection, "tellings.component", component)
}

pub(crate) fn by_id(connection: &Connection, id: i64) -> Result<Row> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE tellings.id = ?1"))?;
    Ok(statement.query_row([id], row)?)
}

/// The telling that an anchor holds on to; `None` when no coding in force tells it.
pub(crate) fn by_anchor(connection: &Connection, anchor: &Anchor) -> Result<Option<Row>> {
    let Some((hash, name)) = anchor.0.rsplit_once('@') else { return Ok(None) };
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE reports.hash = ?1 AND anchor = ?2"))?;
    Ok(statement.query_row(params![hash, name], row).optional()?)
}

/// Reads what the standing account of an incident is made from.
pub(crate) fn members(views: &mut Views<'_>, incident: &str) -> Result<Arc<Vec<Telling>>> {
    if let Some(found) = views.cache.tellings.get(incident) {
        return Ok(found);
    }
    let sql =
        "SELECT body FROM bodies JOIN accounts ON accounts.id = bodies.account WHERE incident = ?1 AND until = ?2";
    let body: Option<Vec<u8>> =
        views.connection.prepare_cached(sql)?.query_row(params![incident, STANDS], |row| row.get(0)).optional()?;
    let tellings = match body {
        Some(body) => unpack_json::<Incident>(&body)?.tellings,
        None => Vec::new(),
    };
    let tellings = Arc::new(tellings);
    views.cache.tellings.put(incident.to_owned(), Arc::clone(&tellings));
    Ok(tellings)
}

/// Reads what a telling says by the standing account that it is part of.
pub(crate) fn content(views: &mut Views<'_>, row: &Row) -> Result<Telling> {
    let id = row.telling();
    let members = members(views, &row.incident)?;
    members
        .iter()
        .find(|it| it.id == id)
        .cloned()
        .ok_or_else(|| LedgerError::Damaged { what: format!("the account {} lacks its telling {id}", row.incident) })
}

/// Reads what many tellings say, but for those that are at hand.
pub(crate) fn complete(views: &mut Views<'_>, rows: &[Row], at_hand: &BTreeMap<i64, Telling>) -> Result<Vec<Telling>> {
    rows.iter()
        .map(|row| match at_hand.get(&row.id) {
            Some(telling) => Ok(telling.clone()),
            None => content(views, row),
        })
        .collect()
}
