//! One JSON object to the fields of a report.

use serde_json::{Map, Value};

use crate::report::{Content, Fields, report_id};
use crate::{InputError, Origin, Report, encoding};

const TEXT: &str = "a string";

/// Reads one JSON object; `bytes` is kept by its hash.
pub(crate) fn report(bytes: &[u8], place: String, origin: &Origin) -> Result<Report, InputError> {
    let (json, repaired) = encoding::json(bytes);
    let value: Value = match serde_json::from_str(&json) {
        Ok(value) => value,
        Err(error) => return Err(InputError::Json { place, message: message(&error) }),
    };
    let Value::Object(mut object) = value else {
        let found = kind(&value);
        return Err(InputError::Json { place, message: format!("an object is needed, not {found}") });
    };
    let mut take = |field: &'static str, expected: &'static str| take(&mut object, field, expected, &place);
    let doc = take("doc", "a string or a number")?;
    let url = take("url", TEXT)?;
    let fields = Fields {
        title: take("title", TEXT)?.unwrap_or_default(),
        text: take("text", TEXT)?.unwrap_or_default(),
        published: take("published", "a date such as \"2024-03-14\"")?,
        publisher: take("publisher", TEXT)?,
        language: take("language", TEXT)?,
        received: bytes.to_vec(),
        repaired,
    };
    if fields.text.trim().is_empty() && fields.title.trim().is_empty() {
        return Err(InputError::NoText { place });
    }
    let content = Content::Fields(fields);
    let source = url.or_else(|| origin.source.clone());
    Ok(Report { id: report_id(bytes), place, source, doc, content })
}

/// Takes a field that is text; `null` and the empty string are "not told". Numbers may stand for ids and dates.
fn take(
    object: &mut Map<String, Value>,
    field: &'static str,
    expected: &'static str,
    place: &str,
) -> Result<Option<String>, InputError> {
    match object.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text).filter(|it| !it.is_empty())),
        Some(Value::Number(number)) if field == "doc" || field == "published" => Ok(Some(number.to_string())),
        Some(other) => Err(InputError::Field { place: place.to_owned(), field, expected, found: kind(&other) }),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The parser's words without its line number, which counts within one line of ours.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((what, _)) => format!("{what} (column {})", error.column()),
        None => text,
    }
}
