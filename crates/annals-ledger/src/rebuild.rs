//! Making the views anew, and erasing what must not be kept.

use rusqlite::{Connection, params};

use crate::error::{LedgerError, Result};
use crate::ledger::{Ledger, VIEWS};
use crate::log;
use crate::operation::{Operation, Stamp};
use crate::views::Views;

/// The tables of views.sql.
const TABLES: [&str; 15] = [
    "undone",
    "touches",
    "documents",
    "prints",
    "bands",
    "tellings",
    "keys",
    "proposals",
    "accounts",
    "bodies",
    "parties",
    "words",
    "texts",
    "sources",
    "statements",
];

/// Operations read at once.
const AT_ONCE: usize = 100;

impl Ledger {
    /// Makes all views anew from the operations and reports, in one transaction.
    ///
    /// Accounts and their history come out as they were, unless the program that made them matched in another way.
    /// `progress` is told how many operations are done.
    pub fn rebuild(&mut self, progress: impl FnMut(u64)) -> Result<()> {
        self.cache.tellings.clear();
        self.transact(|views| replay(views, progress))
    }

    /// Erases a report for legal or safety reasons: its bytes, text and record, and what edits say of it, leave the file;
    /// its hash, and that it was withdrawn by whom and why, stay.
    ///
    /// It is as if the report had never come: the history of incidents is made anew without it, as [`Ledger::rebuild`] does.
    /// It cannot be undone, and the report is not taken in again. Gives the operation's number.
    ///
    /// **Errors**: [`LedgerError::Unknown`] when the report is not there or withdrawn already.
    pub fn withdraw(&mut self, stamp: &Stamp, report: &str, reason: &str) -> Result<u64> {
        self.cache.tellings.clear();
        let seq = self.transact(|views| {
            let unknown = || LedgerError::unknown("report", report);
            let row = log::report_row(views.connection, report)?.ok_or_else(unknown)?;
            let sql = "UPDATE codings SET body = NULL WHERE report = ?1 AND body IS NOT NULL";
            if views.connection.execute(sql, [row])? == 0 {
                return Err(unknown());
            }
            views.connection.execute("UPDATE reports SET received = NULL WHERE id = ?1", [row])?;
            blank_decisions(views.connection, report)?;
            let operation = Operation::Withdraw { report: report.to_owned(), reason: reason.to_owned() };
            let (seq, _) = log::append(views.connection, stamp, &operation)?;
            replay(views, |_| ())?;
            Ok(seq.cast_unsigned())
        })?;
        // What was freed is overwritten already; the write-ahead log still has it.
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(seq)
    }
}

fn replay(views: &mut Views<'_>, mut progress: impl FnMut(u64)) -> Result<()> {
    for table in TABLES {
        views.connection.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
    }
    views.connection.execute_batch(VIEWS)?;
    let mut after = 0;
    loop {
        let entries = log::entries(views.connection, after, AT_ONCE)?;
        let Some(last) = entries.last() else { return Ok(()) };
        after = last.seq;
        for entry in entries {
            views.work_in(entry.seq.cast_signed(), entry.at.as_microsecond(), &entry.operation)?;
            progress(entry.seq);
        }
    }
}

/// Takes out what decisions say of a report's tellings; that they were made stays.
fn blank_decisions(connection: &Connection, report: &str) -> Result<()> {
    let sql = "SELECT DISTINCT seq FROM touches WHERE anchor >= ?1 || '@' AND anchor < ?1 || 'A'";
    let seqs =
        connection.prepare(sql)?.query_map([report], |row| row.get(0))?.collect::<rusqlite::Result<Vec<u64>>>()?;
    for seq in seqs {
        let mut operation = log::operation(connection, seq)?;
        match &mut operation {
            Operation::Edit { value, reason, .. } => {
                *value = serde_json::Value::Null;
                *reason = None;
            }
            Operation::Add { event, reason, .. } => {
                *event = None;
                *reason = None;
            }
            Operation::Decide { reason, .. } | Operation::Merge { reason, .. } | Operation::Split { reason, .. } => {
                *reason = None;
            }
            _ => {}
        }
        let payload = serde_json::to_string(&operation)?;
        connection.execute("UPDATE operations SET payload = ?2 WHERE seq = ?1", params![seq, payload])?;
    }
    Ok(())
}
