//! What an imported UCDP row said in columns that the record does not hold.

use std::collections::BTreeMap;

use annals_incidents::Incident;

use crate::options::Options;

/// How the reports of imported rows name their reader.
pub(crate) const DATA_SET: &str = "ucdp-ged";

/// The columns of the one UCDP row among an incident's tellings; empty when there is none, or more than one, or places are coarsened.
pub(crate) fn original(incident: &Incident, options: &Options<'_>) -> BTreeMap<String, String> {
    // Its columns, headlines among them, tell places as finely as they came.
    if options.coarsen.is_some() {
        return BTreeMap::new();
    }
    let mut rows = incident.tellings.iter().filter(|it| it.report.model.starts_with(DATA_SET));
    let (Some(row), None) = (rows.next(), rows.next()) else { return BTreeMap::new() };
    let text = options.text_of.and_then(|text_of| text_of(&row.report.id));
    text.map(|it| columns_of(&it)).unwrap_or_default()
}

/// The columns of the document that an imported row became: `name: value` lines, a value's own lines told by `\n`.
pub fn columns_of(text: &str) -> BTreeMap<String, String> {
    let pairs = text.lines().filter_map(|it| it.split_once(": "));
    pairs.map(|(name, value)| (name.to_owned(), unescaped(value))).collect()
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(char) = chars.next() {
        match (char, if char == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => text.push('\n'),
            ('\\', Some('r')) => text.push('\r'),
            (_, Some(other)) | (other, None) => text.push(other),
        }
    }
    text
}
