//! The closed lists of the record with their meanings, from the code itself.

use annals_record::{
    ActorKind, EventType, Item, OutcomeKind, PlacePrecision, Realis, Scope, Side, Stance, StatementKind, TimePrecision,
};
use axum::Json;
use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde_json::Value;

use super::All;

/// One closed list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CodeList {
    /// Its type's name in the record.
    name: &'static str,
    title: &'static str,
    /// What it tells.
    what: String,
    items: Vec<Code>,
}

/// One value of a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Code {
    /// As it stands in JSON.
    code: String,
    meaning: String,
}

pub(crate) async fn show() -> Json<All<CodeList>> {
    let items = vec![
        list::<EventType>("EventType", "Types of event"),
        list::<Scope>("Scope", "Scope"),
        list::<Realis>("Realis", "Told as"),
        list::<ActorKind>("ActorKind", "Kinds of party"),
        list::<OutcomeKind>("OutcomeKind", "Outcomes"),
        list::<Side>("Side", "Sides"),
        list::<Item>("Item", "Things"),
        list::<Stance>("Stance", "Stances of sources"),
        list::<StatementKind>("StatementKind", "Statements"),
        list::<TimePrecision>("TimePrecision", "Precision of dates"),
        list::<PlacePrecision>("PlacePrecision", "Precision of places"),
    ];
    Json(All { items })
}

/// The meanings are the comments in annals-record, which its schema carries.
fn list<T: JsonSchema>(name: &'static str, title: &'static str) -> CodeList {
    let schema = schema_for!(T).to_value();
    let text = |it: &Value, key: &str| it.get(key).and_then(Value::as_str).unwrap_or_default().replace('\n', " ");
    let items = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let items = items.map(|it| Code { code: text(it, "const"), meaning: text(it, "description") });
    CodeList { name, title, what: text(&schema, "description"), items: items.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_meaning() {
        let types = list::<EventType>("EventType", "Types of event");
        assert_eq!(types.items.len(), EventType::ALL.len());
        assert!(types.items.iter().all(|it| !it.code.is_empty() && !it.meaning.is_empty()), "{types:?}");
    }
}
