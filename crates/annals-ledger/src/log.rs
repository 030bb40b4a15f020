//! Reading and adding operations.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::blob::{micros, timestamp};
use crate::error::{LedgerError, Result};
use crate::operation::{Anchor, Entry, Operation, Stamp};

/// Adds an operation; gives it with its number and the time that counts.
pub(crate) fn append(connection: &Connection, stamp: &Stamp, operation: &Operation) -> Result<(i64, i64)> {
    let sql = "SELECT COALESCE(MAX(seq), 0) + 1, COALESCE(MAX(at), -9223372036854775808) FROM operations
        WHERE seq = (SELECT MAX(seq) FROM operations)";
    let (seq, last): (i64, i64) =
        connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // A clock that was set back must not make the past of an operation its future.
    let at = micros(stamp.at).max(last);
    let sql = "INSERT INTO operations (seq, at, who, kind, payload) VALUES (?1, ?2, ?3, ?4, ?5)";
    let payload = serde_json::to_string(operation)?;
    connection.prepare_cached(sql)?.execute(params![seq, at, stamp.who, operation.kind(), payload])?;
    Ok((seq, at))
}

/// **Errors**: [`LedgerError::Unknown`].
pub(crate) fn operation(connection: &Connection, seq: u64) -> Result<Operation> {
    Ok(entry(connection, seq)?.operation)
}

const COLUMNS: &str = "SELECT seq, at, who, payload, seq NOT IN undone FROM operations";

/// **Errors**: [`LedgerError::Unknown`].
pub(crate) fn entry(connection: &Connection, seq: u64) -> Result<Entry> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE seq = ?1"))?;
    let row = statement.query_row([seq], raw).optional()?;
    row.ok_or_else(|| LedgerError::unknown("operation", seq.to_string()))?.entry()
}

/// Operations after number `after`, oldest first, at most `limit`.
pub(crate) fn entries(connection: &Connection, after: u64, limit: usize) -> Result<Vec<Entry>> {
    let sql = format!("{COLUMNS} WHERE seq > ?1 ORDER BY seq LIMIT ?2");
    collect(connection, &sql, params![after, limit])
}

/// Operations before number `before`, newest first, at most `limit`.
pub(crate) fn newest(connection: &Connection, before: u64, limit: usize) -> Result<Vec<Entry>> {
    let sql = format!("{COLUMNS} WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2");
    collect(connection, &sql, params![before.min(1 << 62), limit])
}

fn collect(connection: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Entry>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params, raw)?.collect::<rusqlite::Result<Vec<_>>>()?;
    rows.into_iter().map(Raw::entry).collect()
}

/// Decisions in force that hold on to a telling, oldest first.
pub(crate) fn touching(connection: &Connection, anchor: &Anchor) -> Result<Vec<(i64, Operation)>> {
    let sql = "SELECT seq, payload FROM touches JOIN operations USING (seq)
        WHERE anchor = ?1 AND seq NOT IN undone ORDER BY seq";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([&anchor.0], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (seq, payload) = row?;
        Ok((seq, serde_json::from_str(&payload)?))
    })
    .collect()
}

/// The row of the report with this id.
pub(crate) fn report_row(connection: &Connection, hash: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached("SELECT id FROM reports WHERE hash = ?1")?;
    Ok(statement.query_row([hash], |row| row.get(0)).optional()?)
}

/// The last operation done at a time or before; 0 when there was none.
pub(crate) fn seq_at(connection: &Connection, micros: i64) -> Result<i64> {
    let sql = "SELECT seq FROM operations WHERE at <= ?1 ORDER BY seq DESC LIMIT 1";
    let seq: Option<i64> = connection.prepare_cached(sql)?.query_row([micros], |row| row.get(0)).optional()?;
    Ok(seq.unwrap_or_default())
}

struct Raw {
    seq: u64,
    at: i64,
    who: String,
    payload: String,
    in_force: bool,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw { seq: row.get(0)?, at: row.get(1)?, who: row.get(2)?, payload: row.get(3)?, in_force: row.get(4)? })
}

impl Raw {
    fn entry(self) -> Result<Entry> {
        let operation = serde_json::from_str(&self.payload)?;
        Ok(Entry { seq: self.seq, at: timestamp(self.at), who: self.who, operation, in_force: self.in_force })
    }
}
