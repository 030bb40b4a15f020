//! Standing facts of the reports, for questions of who holds what.

use annals_record::{Statement, StatementObject};
use rusqlite::{Connection, params};

use crate::blob::{day_number, pack_json};
use crate::error::Result;
use crate::views::Present;

/// Adds the statements of a report.
pub(crate) fn insert(connection: &Connection, report: i64, present: &Present) -> Result<()> {
    for statement in &present.coded.statements {
        let sql = "INSERT INTO statements (report, kind, subject, place, day, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let day = statement.date.as_ref().map(|it| it.end).or(present.coded.report.published).map(day_number);
        connection.prepare_cached(sql)?.execute(params![
            report,
            statement.kind.as_str(),
            actor(statement),
            place(statement),
            day,
            pack_json(statement)?,
        ])?;
    }
    Ok(())
}

/// Registry id of the subject, else its name in small letters.
fn actor(statement: &Statement) -> String {
    let subject = &statement.subject;
    subject.actor.as_ref().map_or_else(|| name(subject).to_lowercase(), |it| it.id.clone())
}

/// The place that a statement is about: its object, else its subject (`contested` places have no other).
fn place(statement: &Statement) -> String {
    let object = statement.object.as_ref().unwrap_or(&statement.subject);
    object.place.as_ref().map_or_else(|| name(object).to_lowercase(), |it| it.id.clone())
}

/// What a subject or object is called.
pub(crate) fn name(object: &StatementObject) -> &str {
    let resolved =
        object.actor.as_ref().map(|it| it.name.as_str()).or(object.place.as_ref().map(|it| it.name.as_str()));
    resolved.or(object.name.as_deref()).unwrap_or(&object.span.text)
}
