//! Brings the views up to date after an operation.
//!
//! The views are a function of the operations in force: whatever the order in which they came, each step here works on what
//! an operation touches and leaves the views as if everything had been worked out anew.

mod accounts;
mod additions;
mod contents;
mod copies;
mod decisions;
mod matching;
mod reports;

use std::collections::{BTreeMap, BTreeSet};

use annals_incidents::{Matcher, Rule, Telling};
use annals_record::CodedReport;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use crate::cache::Cache;
use crate::error::Result;
use crate::log;
use crate::operation::{Operation, Target};

pub(crate) use accounts::{UNDATED, cell, first, overlaid, review_code};
pub(crate) use additions::placed;
pub(crate) use contents::{Row, by_anchor, by_id as row, by_report as rows_of_report};
pub(crate) use decisions::lost;
pub(crate) use reports::{Present, anchored, last_coding, present, with_field};

/// `accounts.until` of accounts that stand.
pub(crate) const STANDS: i64 = 1 << 62;

/// What the steps share while one operation is worked in.
pub(crate) struct Views<'l> {
    pub(crate) connection: &'l Connection,
    pub(crate) cache: &'l mut Cache,
    pub(crate) matcher: &'l Matcher,
    pub(crate) seq: i64,
    pub(crate) at: Timestamp,
    pub(crate) rule: Rule,
    /// Reports that are here for the first time, by row: they need not be read back.
    pub(crate) arrived: BTreeMap<i64, CodedReport>,
}

/// What an operation touches.
#[derive(Debug, Default)]
struct Touched {
    /// Reports whose tellings are to be made anew.
    reports: BTreeSet<i64>,
    /// Reports whose tellings were made anew.
    settled: BTreeSet<i64>,
    /// Reports whose text is gone or another.
    torn: BTreeSet<i64>,
    /// Tellings, by row, whose report copies another one now.
    copies: BTreeSet<i64>,
    /// Tellings, by row, that are to be matched anew, with what they say now.
    fresh: BTreeMap<i64, Telling>,
    /// Components that may have fallen apart.
    stale: BTreeSet<i64>,
    /// Components whose people's decisions have changed.
    decided: BTreeSet<i64>,
    /// Incidents that may have ended.
    incidents: BTreeSet<String>,
    /// Every account is to be made anew.
    all: bool,
}

/// Works an operation that was just added into the views.
pub(crate) fn apply(views: &mut Views<'_>, operation: &Operation) -> Result<()> {
    for anchor in operation.anchors() {
        let sql = "INSERT OR IGNORE INTO touches (anchor, seq) VALUES (?1, ?2)";
        views.connection.prepare_cached(sql)?.execute(params![anchor.0, views.seq])?;
    }
    let mut touched = Touched::default();
    mark(views, operation, &mut touched)?;
    views.rule = rule(views.connection, views.seq)?;
    reports::settle(views, &mut touched)?;
    copies::settle(views, &mut touched)?;
    let components = matching::connect(views, &mut touched)?;
    matching::cluster(views, &touched, &components)
}

/// Notes what an operation touches; of an undo, what the undone one touches.
fn mark(views: &Views<'_>, operation: &Operation, touched: &mut Touched) -> Result<()> {
    match operation {
        Operation::Coding { reports, .. } | Operation::Import { reports, .. } => {
            for hash in reports {
                touched.reports.extend(log::report_row(views.connection, hash)?);
            }
        }
        Operation::Withdraw { report, .. } => touched.reports.extend(log::report_row(views.connection, report)?),
        Operation::Add { anchor, .. } | Operation::Edit { target: Target::Telling(anchor), .. } => {
            touched.reports.extend(log::report_row(views.connection, anchor.report())?);
        }
        Operation::Decide { .. } | Operation::Edit { .. } => {
            for anchor in operation.anchors() {
                touched.decided.extend(contents::by_anchor(views.connection, anchor)?.map(|it| it.component));
            }
        }
        Operation::Merge { .. } | Operation::Split { .. } => {
            // Ties of people make components too.
            for anchor in operation.anchors() {
                touched.stale.extend(contents::by_anchor(views.connection, anchor)?.map(|it| it.component));
            }
        }
        Operation::Settings { .. } => touched.all = true,
        Operation::Undo { operation, .. } => {
            set_force(views.connection, *operation, false)?;
            let mut undone = log::operation(views.connection, *operation)?;
            while let Operation::Undo { operation, .. } = undone {
                undone = log::operation(views.connection, operation)?;
            }
            mark(views, &undone, touched)?;
        }
    }
    Ok(())
}

/// Takes an operation out of force or back into it; undoing an undo restores what that had undone.
fn set_force(connection: &Connection, seq: u64, in_force: bool) -> Result<()> {
    let sql =
        if in_force { "DELETE FROM undone WHERE seq = ?1" } else { "INSERT OR IGNORE INTO undone (seq) VALUES (?1)" };
    connection.prepare_cached(sql)?.execute([seq])?;
    if let Operation::Undo { operation, .. } = log::operation(connection, seq)? {
        set_force(connection, operation, !in_force)?;
    }
    Ok(())
}

/// The rule for figures that is in force after operation `seq`.
pub(crate) fn rule(connection: &Connection, seq: i64) -> Result<Rule> {
    let sql = "SELECT payload FROM operations WHERE kind = 'settings' AND seq <= ?1 AND seq NOT IN undone ORDER BY seq DESC LIMIT 1";
    let payload: Option<String> = connection.prepare_cached(sql)?.query_row([seq], |row| row.get(0)).optional()?;
    Ok(match payload.map(|it| serde_json::from_str(&it)).transpose()? {
        Some(Operation::Settings { rule }) => rule,
        _ => Rule::default(),
    })
}
