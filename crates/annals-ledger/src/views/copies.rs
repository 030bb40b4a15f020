//! Which reports are copies of one text: they are one source.

use std::collections::{BTreeMap, BTreeSet};

use annals_record::CodedReport;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Touched, Views, contents};
use crate::error::Result;
use crate::prints::Print;

/// Keeps the print of a report's text, or takes it out; [`settle`] then works out who copies whom.
pub(super) fn set(
    connection: &Connection,
    report: i64,
    coded: Option<&CodedReport>,
    touched: &mut Touched,
) -> Result<()> {
    touched.settled.insert(report);
    let before = read_print(connection, report)?;
    let now = coded.map(|it| Print::new(&it.document.text));
    let published = coded.and_then(|it| it.report.published).map(|it| it.to_string());
    if before.is_some() && before == now {
        // The day counts for which is the original.
        let sql = "UPDATE prints SET published = ?2 WHERE report = ?1";
        connection.prepare_cached(sql)?.execute(params![report, published])?;
        return Ok(());
    }
    if let Some(before) = before {
        touched.torn.insert(report);
        for band in before.bands() {
            let sql = "DELETE FROM bands WHERE band = ?1 AND report = ?2";
            connection.prepare_cached(sql)?.execute([band, report])?;
        }
        connection.prepare_cached("UPDATE prints SET signature = x'' WHERE report = ?1")?.execute([report])?;
    }
    let Some(print) = now else { return Ok(()) };
    for band in print.bands() {
        let sql = "INSERT OR IGNORE INTO bands (band, report) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute([band, report])?;
    }
    let sql = "INSERT INTO prints (report, signature, published, original) VALUES (?1, ?2, ?3, ?1)
        ON CONFLICT (report) DO UPDATE SET signature = excluded.signature, published = excluded.published";
    connection.prepare_cached(sql)?.execute(params![report, print.to_bytes(), published])?;
    Ok(())
}

fn read_print(connection: &Connection, report: i64) -> Result<Option<Print>> {
    let sql = "SELECT signature FROM prints WHERE report = ?1 AND signature != x''";
    let bytes: Option<Vec<u8>> = connection.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?;
    Ok(bytes.map(|it| Print::from_bytes(&it)))
}

/// Works out the groups of copies that the settled reports are or were in, and touches tellings whose original is another now.
///
/// A group is all that hangs together by being copies; its original is the one published first, of equals the one with
/// the least id.
pub(super) fn settle(views: &mut Views<'_>, touched: &mut Touched) -> Result<()> {
    let connection = views.connection;
    let mut torn = BTreeSet::new();
    for report in &touched.torn {
        torn.extend(group_before(connection, *report)?);
    }
    // What hung together by a text that is gone or changed may not do so any more: all of it is joined anew.
    for report in &torn {
        connection.prepare_cached("DELETE FROM prints WHERE report = ?1 AND signature = x''")?.execute([report])?;
        connection.prepare_cached("UPDATE prints SET original = report WHERE report = ?1")?.execute([report])?;
        touched.copies.extend(contents::by_report(connection, *report)?.iter().map(|it| it.id));
    }
    let settled: BTreeSet<i64> = torn.union(&touched.settled).copied().collect();
    let mut done = BTreeSet::new();
    for report in &settled {
        if !done.contains(report) {
            let group = group(connection, *report)?;
            set_original(views, &group, touched)?;
            done.extend(group);
        }
    }
    fill_in(views, touched)
}

/// The reports with the same original as this one; empty when it has no print.
fn group_before(connection: &Connection, report: i64) -> Result<BTreeSet<i64>> {
    let sql = "SELECT report FROM prints WHERE original = (SELECT original FROM prints WHERE report = ?1)";
    Ok(connection.prepare_cached(sql)?.query_map([report], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// All that hangs together with a report by being copies.
fn group(connection: &Connection, report: i64) -> Result<BTreeSet<i64>> {
    let mut group = group_before(connection, report)?;
    // Known groups hang together already: only members that have just come can bring another group in.
    let mut pending = vec![report];
    while let Some(report) = pending.pop() {
        let Some(print) = read_print(connection, report)? else { continue };
        for band in print.bands() {
            let sql = "SELECT report FROM bands WHERE band = ?1";
            let met: Vec<i64> = connection
                .prepare_cached(sql)?
                .query_map([band], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for other in met {
                if !group.contains(&other) && read_print(connection, other)?.is_some_and(|it| it.is_copy(&print)) {
                    group.extend(group_before(connection, other)?);
                    pending.push(other);
                }
            }
        }
    }
    Ok(group)
}

/// Writes the original of a group, and touches the tellings of those that had another.
fn set_original(views: &mut Views<'_>, group: &BTreeSet<i64>, touched: &mut Touched) -> Result<()> {
    let connection = views.connection;
    let mut members = Vec::new();
    for report in group {
        let sql = "SELECT published IS NULL, published, hash, original FROM prints JOIN reports ON reports.id = report WHERE report = ?1";
        let row = connection.prepare_cached(sql)?.query_row([report], |row| {
            Ok((
                (row.get::<_, bool>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, String>(2)?),
                row.get::<_, i64>(3)?,
            ))
        })?;
        members.push((row.0, *report, row.1));
    }
    let Some(original) = members.iter().min().map(|it| it.1) else { return Ok(()) };
    for (_, report, _) in members.into_iter().filter(|it| it.2 != original) {
        connection.prepare_cached("UPDATE prints SET original = ?2 WHERE report = ?1")?.execute([report, original])?;
        touched.copies.extend(contents::by_report(connection, report)?.iter().map(|it| it.id));
    }
    Ok(())
}

/// Tells fresh tellings, and those whose original is another now, what they copy.
fn fill_in(views: &mut Views<'_>, touched: &mut Touched) -> Result<()> {
    let mut originals: BTreeMap<i64, Option<String>> = BTreeMap::new();
    let ids: BTreeSet<i64> = touched.fresh.keys().chain(&touched.copies).copied().collect();
    for id in ids {
        let row = contents::by_id(views.connection, id)?;
        let original = match originals.get(&row.report) {
            Some(original) => original.clone(),
            None => originals.entry(row.report).or_insert(original(views.connection, row.report)?).clone(),
        };
        if let Some(telling) = touched.fresh.get_mut(&id) {
            telling.copy_of = original;
            continue;
        }
        let mut telling = contents::content(views, &row)?;
        if telling.copy_of != original {
            telling.copy_of = original;
            touched.stale.insert(row.component);
            touched.fresh.insert(id, telling);
        }
    }
    Ok(())
}

/// The id of the report that this one copies; `None` for originals.
fn original(connection: &Connection, report: i64) -> Result<Option<String>> {
    let sql = "SELECT hash FROM prints JOIN reports ON reports.id = original WHERE report = ?1 AND original != report";
    Ok(connection.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?)
}
