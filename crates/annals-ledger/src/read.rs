//! Single things: an incident, its history, a report, the log.

use annals_incidents::{Incident, IncidentId, Telling};
use annals_record::CodedReport;
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::blob::{micros, timestamp, unpack, unpack_json};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::log;
use crate::operation::{Anchor, Entry};
use crate::views::{self, Row, STANDS};

/// One state that an incident was in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Version {
    /// The operation that brought it about.
    pub operation: Entry,
    /// The account; `None` when that operation ended the incident: its tellings were merged into others, or are gone.
    pub account: Option<Incident>,
}

/// A report as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ReportLine {
    /// `sha256:…`.
    pub id: String,
    /// The id that the input gave it.
    pub doc: String,
    /// Headline; empty when there is none.
    pub title: String,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Language code.
    pub language: Option<String>,
    /// When it came to be known.
    pub learned: Timestamp,
    /// How many events it tells.
    pub n_events: u64,
    /// How many statements it makes.
    pub n_statements: u64,
    /// The report that this one copies.
    pub copy_of: Option<String>,
}

/// A report with all that the ledger has of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredReport {
    /// The coding that counts, as the coder made it, with the events that people have added.
    pub coded: CodedReport,
    /// Each event's anchor and the incident that it is part of.
    pub tellings: Vec<(Anchor, IncidentId)>,
    /// Anchors of the events that people have added.
    pub added: Vec<Anchor>,
    /// Bytes as received; `None` when they were not handed over.
    pub received: Option<Vec<u8>>,
    /// When it came to be known.
    pub learned: Timestamp,
    /// The report that this one copies.
    pub copy_of: Option<String>,
    /// Ids of reports with the same text.
    pub copies: Vec<String>,
}

impl Ledger {
    /// The account of an incident, now or as it was known at a time; `None` when there was none of that name.
    pub fn incident(&self, id: &IncidentId, as_of: Option<Timestamp>) -> Result<Option<Incident>> {
        let seq = match as_of {
            None => STANDS - 1,
            Some(time) => log::seq_at(&self.connection, micros(time))?,
        };
        let sql = "SELECT body FROM accounts JOIN bodies ON bodies.account = accounts.id
            WHERE incident = ?1 AND since <= ?2 AND until > ?2";
        let body: Option<Vec<u8>> =
            self.connection.prepare_cached(sql)?.query_row(params![id.0, seq], |row| row.get(0)).optional()?;
        body.map(|it| unpack_json(&it)).transpose()
    }

    /// Every state that an incident was in, oldest first.
    pub fn history(&self, id: &IncidentId) -> Result<Vec<Version>> {
        self.history_before(id, None, usize::MAX)
    }

    /// The last states that an incident was in, at most `limit`, oldest first; with `before` only those before this operation.
    pub fn history_before(&self, id: &IncidentId, before: Option<u64>, limit: usize) -> Result<Vec<Version>> {
        let sql = "SELECT since, until, body FROM accounts JOIN bodies ON bodies.account = accounts.id
            WHERE incident = ?1 AND since < ?2 ORDER BY since DESC LIMIT ?3";
        let before = before.and_then(|it| i64::try_from(it).ok()).unwrap_or(STANDS);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = self
            .connection
            .prepare_cached(sql)?
            .query_map(params![id.0, before, limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<Vec<(i64, i64, Vec<u8>)>>>()?;
        rows.reverse();
        let mut versions = Vec::new();
        for (idx, (since, until, body)) in rows.iter().enumerate() {
            versions.push(Version { operation: self.entry_of(*since)?, account: Some(unpack_json(body)?) });
            if *until < before && rows.get(idx + 1).is_none_or(|next| next.0 != *until) {
                versions.push(Version { operation: self.entry_of(*until)?, account: None });
            }
        }
        Ok(versions)
    }

    fn entry_of(&self, seq: i64) -> Result<Entry> {
        log::entry(&self.connection, seq.cast_unsigned())
    }

    /// Where the tellings of an incident that has ended are now; itself while it stands.
    pub fn successors(&self, id: &IncidentId) -> Result<Vec<IncidentId>> {
        let last = self.history(id)?.into_iter().rev().find_map(|it| it.account);
        let mut found = Vec::new();
        for telling in last.map(|it| it.tellings).unwrap_or_default() {
            let incident = IncidentId(self.row_of(&telling)?.map(|it| it.incident).unwrap_or_default());
            if !incident.0.is_empty() && !found.contains(&incident) {
                found.push(incident);
            }
        }
        Ok(found)
    }

    fn row_of(&self, telling: &Telling) -> Result<Option<Row>> {
        let Some(report) = log::report_row(&self.connection, &telling.report.id)? else { return Ok(None) };
        let rows = views::rows_of_report(&self.connection, report)?;
        Ok(rows.into_iter().find(|it| it.telling() == telling.id))
    }

    /// The anchors of an incident's tellings, in the order of their reports.
    ///
    /// **Errors**: [`LedgerError::Unknown`] when it does not stand now.
    pub fn anchors(&self, id: &IncidentId) -> Result<Vec<Anchor>> {
        let rows = self.rows_of(id)?;
        Ok(rows.iter().map(Row::full_anchor).collect())
    }

    /// The anchor of one telling of an incident that stands now.
    pub fn anchor_of(&self, telling: &Telling) -> Result<Anchor> {
        let row = self.row_of(telling)?;
        row.map(|it| it.full_anchor()).ok_or_else(|| LedgerError::unknown("telling", &telling.id.0))
    }

    pub(crate) fn rows_of(&self, id: &IncidentId) -> Result<Vec<Row>> {
        let account = self.incident(id, None)?.ok_or_else(|| LedgerError::unknown("incident", &id.0))?;
        self.rows_of_tellings(&account)
    }

    pub(crate) fn rows_of_tellings(&self, incident: &Incident) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        for telling in &incident.tellings {
            rows.extend(self.row_of(telling)?);
        }
        Ok(rows)
    }

    pub(crate) fn first_anchor(&self, id: &IncidentId) -> Result<Anchor> {
        views::first(self.rows_of(id)?.iter()).ok_or_else(|| LedgerError::unknown("incident", &id.0))
    }

    /// What one report says of one event, with people's corrections.
    ///
    /// **Errors**: [`LedgerError::Unknown`].
    pub fn telling(&self, anchor: &Anchor) -> Result<Telling> {
        let unknown = || LedgerError::unknown("telling", &anchor.0);
        let row = views::by_anchor(&self.connection, anchor)?.ok_or_else(unknown)?;
        let account = self.incident(&IncidentId(row.incident.clone()), None)?.ok_or_else(unknown)?;
        account.tellings.into_iter().find(|it| it.id == row.telling()).ok_or_else(unknown)
    }

    /// Reports by the time they came to be known, latest first.
    ///
    /// `after` is the id of the last report of the page before.
    pub fn reports(&self, after: Option<&str>, limit: usize) -> Result<Vec<ReportLine>> {
        let before = match after {
            None => i64::MAX,
            Some(hash) => {
                log::report_row(&self.connection, hash)?.ok_or_else(|| LedgerError::unknown("report", hash))?
            }
        };
        let sql = "SELECT reports.hash, doc, title, publisher, documents.published, language, learned, n_events, n_statements, original.hash
            FROM documents JOIN reports ON reports.id = report JOIN prints USING (report)
            JOIN reports AS original ON original.id = prints.original
            WHERE report < ?1 ORDER BY report DESC LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![before, limit], |row| {
            let (id, original): (String, String) = (row.get(0)?, row.get(9)?);
            Ok(ReportLine {
                copy_of: (original != id).then_some(original),
                id,
                doc: row.get(1)?,
                title: row.get(2)?,
                publisher: row.get(3)?,
                published: row.get::<_, Option<String>>(4)?.and_then(|it| it.parse().ok()),
                language: row.get(5)?,
                learned: timestamp(row.get(6)?),
                n_events: row.get(7)?,
                n_statements: row.get(8)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The headline of a report, which may be empty; `None` when it is not there, undone or withdrawn.
    pub fn title(&self, report: &str) -> Result<Option<String>> {
        let sql = "SELECT title FROM documents JOIN reports ON reports.id = report WHERE hash = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?)
    }

    /// One report by its id; `None` when it is not there, undone or withdrawn.
    pub fn report(&self, id: &str) -> Result<Option<StoredReport>> {
        let Some(row) = log::report_row(&self.connection, id)? else { return Ok(None) };
        let Some(present) = views::present(&self.connection, row, STANDS)? else { return Ok(None) };
        let rows = views::rows_of_report(&self.connection, row)?;
        let incident =
            |anchor: &Anchor| rows.iter().find(|it| it.full_anchor() == *anchor).map(|it| it.incident.clone());
        let anchors = views::anchored(&present);
        let added = anchors.iter().zip(&present.anchors).filter(|it| it.1.by_person).map(|it| it.0.clone()).collect();
        let tellings =
            anchors.into_iter().map(|it| (it.clone(), IncidentId(incident(&it).unwrap_or_default()))).collect();
        let received: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT received FROM reports WHERE id = ?1")?
            .query_row([row], |row| row.get(0))?;
        let sql = "SELECT hash, report = prints.original FROM prints JOIN reports ON reports.id = report
            WHERE original = (SELECT original FROM prints WHERE report = ?1) ORDER BY hash";
        let group = self
            .connection
            .prepare_cached(sql)?
            .query_map([row], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<(String, bool)>>>()?;
        Ok(Some(StoredReport {
            coded: present.coded,
            tellings,
            added,
            received: received.map(|it| unpack(&it)).transpose()?,
            learned: timestamp(present.learned),
            copy_of: group.iter().find(|it| it.1 && it.0 != id).map(|it| it.0.clone()),
            copies: group.into_iter().map(|it| it.0).filter(|it| it != id).collect(),
        }))
    }

    /// How many events of a report belong to incidents that a person has judged or corrected.
    pub fn n_reviewed(&self, report: &str) -> Result<u64> {
        let sql = "SELECT COUNT(*) FROM tellings JOIN reports ON reports.id = tellings.report
            JOIN accounts ON accounts.incident = tellings.incident AND until = ?2
            WHERE hash = ?1 AND review != 'unreviewed'";
        Ok(self.connection.prepare_cached(sql)?.query_row(params![report, STANDS], |row| row.get(0))?)
    }

    /// Tells whether a report need not be taken in: some coding of it is in force, or it was withdrawn.
    pub fn knows(&self, id: &str) -> Result<bool> {
        let Some(row) = log::report_row(&self.connection, id)? else { return Ok(false) };
        let sql = "SELECT EXISTS (SELECT 1 FROM codings WHERE report = ?1 AND seq NOT IN undone)";
        Ok(self.connection.prepare_cached(sql)?.query_row([row], |row| row.get(0))?)
    }

    /// The log: operations before number `before` (`None`: all), newest first.
    pub fn log(&self, before: Option<u64>, limit: usize) -> Result<Vec<Entry>> {
        log::newest(&self.connection, before.unwrap_or(u64::MAX), limit)
    }

    /// Operations after number `after`, oldest first: what a follower has not seen yet.
    pub fn log_after(&self, after: u64, limit: usize) -> Result<Vec<Entry>> {
        log::entries(&self.connection, after, limit)
    }

    /// One operation.
    ///
    /// **Errors**: [`LedgerError::Unknown`].
    pub fn operation(&self, seq: u64) -> Result<Entry> {
        log::entry(&self.connection, seq)
    }

    /// The number of the last operation; 0 in a new ledger. It changes with every change.
    pub fn head(&self) -> Result<u64> {
        let sql = "SELECT COALESCE(MAX(seq), 0) FROM operations";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// The rule for figures that is in force.
    pub fn rule(&self) -> Result<annals_incidents::Rule> {
        views::rule(&self.connection, STANDS)
    }

    /// Decisions in force whose tellings are gone, each with the anchors that it has lost: the report was coded anew without
    /// that event, undone or withdrawn.
    pub fn lost_decisions(&self) -> Result<Vec<(Entry, Vec<Anchor>)>> {
        views::lost(&self.connection)
    }
}
