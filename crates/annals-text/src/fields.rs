//! One JSON object to the fields of a report.

use serde_json::{Map, Value};

use crate::build::doubts;
use crate::encoding::{Decoded, decode};
use crate::report::{Content, Fields, report_id};
use crate::{InputError, Origin, Report, findings};

const TEXT: &str = "a string";

/// Reads one JSON object; `bytes` is kept by its hash.
pub(crate) fn report(bytes: &[u8], place: String, origin: &Origin) -> Result<Report, InputError> {
    let Decoded { text: json, doubt } = decode(bytes, None);
    let mut findings = doubts(doubt.as_ref());
    let whole = halves_replaced(&json);
    if whole.is_some() {
        findings.push(findings::half_a_character());
    }
    let value: Value = match serde_json::from_str(whole.as_deref().unwrap_or(&json)) {
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
        findings,
    };
    if fields.text.trim().is_empty() && fields.title.trim().is_empty() {
        return Err(InputError::NoText { place });
    }
    let content = Content::Fields(fields);
    let source = url.or_else(|| origin.source.clone());
    Ok(Report { id: report_id(bytes), place, source, doc, content })
}

/// Replaces escapes of half a character, as cut posts have them (`\ud83d` without its `\ude00`), by U+FFFD; `None` without any.
fn halves_replaced(json: &str) -> Option<String> {
    let mut whole = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = json[at..].find('\\') {
        let start = at + found;
        at = match (surrogate(&json[start..]), surrogate(json.get(start + 6..).unwrap_or_default())) {
            (Some(Half::High), Some(Half::Low)) => start + 12,
            (Some(_), _) => {
                whole += &json[kept..start];
                whole += "\u{fffd}";
                kept = start + 6;
                kept
            }
            // The escaped character may be longer than a byte, but then begins no other escape.
            (None, _) => json.ceil_char_boundary(start + 2),
        };
    }
    (kept > 0).then(|| whole + &json[kept..])
}

/// A half of a character beyond the first 65,536.
enum Half {
    High,
    Low,
}

/// The half that an escape at the beginning stands for.
fn surrogate(json: &str) -> Option<Half> {
    let unit = u16::from_str_radix(json.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    match unit {
        0xd800..=0xdbff => Some(Half::High),
        0xdc00..=0xdfff => Some(Half::Low),
        _ => None,
    }
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
