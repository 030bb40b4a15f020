//! From the codings in force of a report to its tellings.

use annals_incidents::Telling;
use annals_record::{CodedReport, Event};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::{Touched, Views, additions, contents, copies};
use crate::anchors::{Anchored, add, anchor};
use crate::blob::{micros, timestamp, unpack_json};
use crate::error::Result;
use crate::log;
use crate::operation::{Anchor, Operation, Target};
use crate::statements;

/// A report as the operations in force have it.
pub(crate) struct Present {
    pub(crate) coded: CodedReport,
    /// One for each event.
    pub(crate) anchors: Vec<Anchored>,
    /// When it was first coded. **Units**: microseconds since 1970.
    pub(crate) learned: i64,
    /// The operation whose coding counts.
    pub(crate) coding: i64,
    /// Every anchor that codings and people have given, those of the present events too.
    pub(crate) known: Vec<Anchored>,
}

impl Present {
    /// A report by its first coding.
    fn first(coded: CodedReport, coding: i64, learned: i64) -> Self {
        let mut known = Vec::new();
        let anchors = anchor(&mut known, &coded.events, coding);
        Self { coded, anchors, learned, coding, known }
    }
}

/// The last coding in force of a report, as the coder made it; `None` when there is none.
pub(crate) fn last_coding(connection: &Connection, report: i64) -> Result<Option<CodedReport>> {
    let sql = "SELECT body FROM codings WHERE report = ?1 AND body IS NOT NULL AND seq NOT IN undone ORDER BY seq DESC LIMIT 1";
    let body: Option<Vec<u8>> = connection.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?;
    body.map(|it| unpack_json(&it)).transpose()
}

/// Reads a report with people's additions as it is after operation `seq`; `None` when no coding of it is in force.
pub(crate) fn present(connection: &Connection, report: i64, seq: i64) -> Result<Option<Present>> {
    let sql = "SELECT codings.seq, at, body FROM codings JOIN operations ON operations.seq = codings.seq
        WHERE report = ?1 AND codings.seq <= ?2 AND body IS NOT NULL AND codings.seq NOT IN undone ORDER BY codings.seq";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([report, seq])?;
    let (mut known, mut present): (Vec<Anchored>, Option<Present>) = (Vec::new(), None);
    let mut pending = additions::of(connection, report, seq)?.into_iter().peekable();
    let mut added = Vec::new();
    while let Some(row) = rows.next()? {
        let coding: i64 = row.get(0)?;
        while let Some(it) = pending.next_if(|it| it.seq < coding) {
            added.push((add(&mut known, &it.name, &it.event, it.seq), it));
        }
        let coded: CodedReport = unpack_json(row.get_ref(2)?.as_blob().unwrap_or_default())?;
        let anchors = anchor(&mut known, &coded.events, coding);
        let learned = present.map_or(row.get(1)?, |it| it.learned);
        present = Some(Present { coded, anchors, learned, coding, known: Vec::new() });
    }
    let Some(mut present) = present else { return Ok(None) };
    for it in pending {
        added.push((add(&mut known, &it.name, &it.event, it.seq), it));
    }
    for (anchored, addition) in added {
        let CodedReport { events, document, .. } = &mut present.coded;
        additions::put(events, &mut present.anchors, addition, anchored, &document.text);
    }
    Ok(Some(Present { known, ..present }))
}

/// The anchor of each event of a report.
pub(crate) fn anchored(present: &Present) -> Vec<Anchor> {
    let id = &present.coded.report.id;
    present.anchors.iter().map(|it| Anchor(format!("{id}@{}", it.name))).collect()
}

/// Makes the tellings of the touched reports anew.
pub(super) fn settle(views: &mut Views<'_>, touched: &mut Touched) -> Result<()> {
    for report in std::mem::take(&mut touched.reports) {
        clear(views.connection, report)?;
        let present = match views.arrived.remove(&report) {
            Some(coded) => Some(Present::first(coded, views.seq, micros(views.at))),
            None => present(views.connection, report, views.seq)?,
        };
        if let Some(present) = &present {
            insert_document(views.connection, report, present)?;
            statements::insert(views.connection, report, present)?;
        }
        copies::set(views.connection, report, present.as_ref().map(|it| &it.coded), touched)?;
        settle_tellings(views, report, present.as_ref(), touched)?;
    }
    Ok(())
}

fn clear(connection: &Connection, report: i64) -> Result<()> {
    for sql in [
        "DELETE FROM documents WHERE report = ?1",
        "DELETE FROM texts WHERE rowid = ?1",
        "DELETE FROM statements WHERE report = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([report])?;
    }
    Ok(())
}

fn insert_document(connection: &Connection, report: i64, present: &Present) -> Result<()> {
    let coded = &present.coded;
    let sql = "INSERT INTO documents (report, doc, title, publisher, published, language, learned, coding, n_events, n_statements)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    connection.prepare_cached(sql)?.execute(params![
        report,
        coded.doc,
        coded.report.title,
        coded.report.publisher,
        coded.report.published.map(|it| it.to_string()),
        coded.report.language,
        present.learned,
        present.coding,
        coded.events.len(),
        coded.statements.len(),
    ])?;
    let sql = "INSERT INTO texts (rowid, text) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![report, coded.document.text])?;
    Ok(())
}

/// Adds, changes and takes out tellings so that they are those of `present`.
fn settle_tellings(views: &Views<'_>, report: i64, present: Option<&Present>, touched: &mut Touched) -> Result<()> {
    let connection = views.connection;
    let mut before = contents::by_report(connection, report)?;
    for row in &before {
        touched.stale.insert(row.component);
        touched.incidents.insert(row.incident.clone());
        connection.prepare_cached("DELETE FROM proposals WHERE a = ?1 OR b = ?1")?.execute([row.id])?;
    }
    let Some(present) = present else { return remove(connection, &before) };
    for ((event, anchored), full) in present.coded.events.iter().zip(&present.anchors).zip(anchored(present)) {
        let telling = Telling {
            id: annals_incidents::TellingId::new(&present.coded.report.id, &event.id),
            doc: present.coded.doc.clone(),
            report: present.coded.report.clone(),
            event: corrected(connection, event, &full)?,
            learned: timestamp(present.learned),
            // Filled in by the next step.
            copy_of: None,
        };
        let id = if let Some(at) = before.iter().position(|it| it.anchor == anchored.name) {
            let row = before.swap_remove(at);
            let sql = "UPDATE tellings SET event = ?2, born = ?3 WHERE id = ?1";
            connection.prepare_cached(sql)?.execute(params![row.id, event.id, anchored.born])?;
            connection.prepare_cached("DELETE FROM keys WHERE telling = ?1")?.execute([row.id])?;
            row.id
        } else {
            let sql = "INSERT INTO tellings (report, event, anchor, born, component, incident) VALUES (?1, ?2, ?3, ?4, 0, '')";
            connection.prepare_cached(sql)?.execute(params![report, event.id, anchored.name, anchored.born])?;
            let id = connection.last_insert_rowid();
            connection.prepare_cached("UPDATE tellings SET component = id WHERE id = ?1")?.execute([id])?;
            id
        };
        touched.fresh.insert(id, telling);
    }
    remove(connection, &before)
}

fn remove(connection: &Connection, rows: &[contents::Row]) -> Result<()> {
    for row in rows {
        connection.prepare_cached("DELETE FROM keys WHERE telling = ?1")?.execute([row.id])?;
        connection.prepare_cached("DELETE FROM tellings WHERE id = ?1")?.execute([row.id])?;
    }
    Ok(())
}

/// An event with people's corrections; one that no longer fits the event's form is left out.
fn corrected(connection: &Connection, event: &Event, anchor: &Anchor) -> Result<Event> {
    let mut corrected = event.clone();
    for operation in log::touching(connection, anchor)? {
        if let Operation::Edit { target: Target::Telling(_), field, value, .. } = operation.1 {
            corrected = with_field(&corrected, &field, value).unwrap_or(corrected);
        }
    }
    Ok(corrected)
}

/// An event with one field of its JSON replaced; `None` when it would be none.
pub(crate) fn with_field(event: &Event, field: &str, value: Value) -> Option<Event> {
    let mut json = serde_json::to_value(event).ok()?;
    *json.as_object_mut()?.get_mut(field)? = value;
    serde_json::from_value(json).ok()
}
