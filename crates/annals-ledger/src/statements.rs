//! Standing facts of the reports: who holds, leads, wants what, as each report says.

use annals_record::{Statement, StatementKind, StatementObject};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::blob::{day_number, micros, pack_json, timestamp, unpack_json};
use crate::error::Result;
use crate::ledger::Ledger;
use crate::views::Present;

/// Which statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatementQuery {
    /// Any of these kinds; all when empty.
    pub kinds: Vec<StatementKind>,
    /// Registry ids, or names, of the subject: any of them; all when empty.
    pub subjects: Vec<String>,
    /// Name of the place that it is about, in any case.
    pub place: Option<String>,
    /// Only what was known at this time; by the coding that counts now.
    pub as_of: Option<Timestamp>,
}

/// One statement of one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stated {
    /// What is said.
    pub statement: Statement,
    /// The report's id.
    pub report: String,
    /// The id that the input gave the report.
    pub doc: String,
    /// Outlet.
    pub publisher: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// When it came to be known.
    pub learned: Timestamp,
}

impl Ledger {
    /// Statements by the day that they hold for, else the day of publication; undated ones first.
    pub fn statements(&self, query: &StatementQuery) -> Result<Vec<Stated>> {
        let (mut conditions, mut values) = (vec!["1".to_owned()], Vec::new());
        if !query.kinds.is_empty() {
            conditions.push(format!("kind IN ({})", vec!["?"; query.kinds.len()].join(", ")));
            values.extend(query.kinds.iter().map(|it| Value::from(it.as_str().to_owned())));
        }
        if !query.subjects.is_empty() {
            conditions.push(format!("subject IN ({})", vec!["?"; query.subjects.len()].join(", ")));
            values.extend(query.subjects.iter().cloned().map(Value::from));
        }
        if let Some(place) = &query.place {
            conditions.push("place = ?".to_owned());
            values.push(Value::from(place.to_lowercase()));
        }
        if let Some(time) = query.as_of {
            conditions.push("learned <= ?".to_owned());
            values.push(Value::from(micros(time)));
        }
        let sql = format!(
            "SELECT body, hash, doc, publisher, published, learned FROM statements
             JOIN documents USING (report) JOIN reports ON reports.id = report
             WHERE {} ORDER BY day, statements.id",
            conditions.join(" AND ")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut stated = Vec::new();
        while let Some(row) = rows.next()? {
            stated.push(Stated {
                statement: unpack_json(row.get_ref(0)?.as_blob().unwrap_or_default())?,
                report: row.get(1)?,
                doc: row.get(2)?,
                publisher: row.get(3)?,
                published: row.get::<_, Option<String>>(4)?.and_then(|it| it.parse().ok()),
                learned: timestamp(row.get(5)?),
            });
        }
        Ok(stated)
    }
}

/// Adds the statements of a report.
pub(crate) fn insert(connection: &Connection, report: i64, present: &Present) -> Result<()> {
    for statement in &present.coded.statements {
        let sql = "INSERT INTO statements (report, kind, subject, place, day, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let day = statement.date.as_ref().map(|it| it.end).or(present.coded.report.published).map(day_number);
        let subject = &statement.subject;
        connection.prepare_cached(sql)?.execute(params![
            report,
            statement.kind.as_str(),
            subject.actor.as_ref().map_or_else(|| called(subject).to_lowercase(), |it| it.id.clone()),
            called(place(statement)).to_lowercase(),
            day,
            pack_json(statement)?,
        ])?;
    }
    Ok(())
}

/// What a statement is about: its object, else its subject (a contested place has no object).
pub(crate) fn place(statement: &Statement) -> &StatementObject {
    statement.object.as_ref().unwrap_or(&statement.subject)
}

/// What a subject or object is called: the usual name, else the words of the report.
pub fn called(object: &StatementObject) -> &str {
    let actor = object.actor.as_ref().map(|it| it.name.as_str());
    let place = object.place.as_ref().map(|it| it.name.as_str());
    actor.or(place).or(object.name.as_deref()).unwrap_or(&object.span.text)
}
