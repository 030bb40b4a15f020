//! One report's coding in the shape that scoring needs, from the gold format (quotes) or the coded report (spans).

use std::collections::BTreeSet;

use annals_record::CodedReport;
use serde_json::Value;

use super::words::{Words, words};

/// One report's events and statements, ready to be scored.
#[derive(Clone, Debug, Default)]
pub struct Coding {
    /// The report's id.
    pub doc: String,
    pub(crate) events: Vec<Told>,
    pub(crate) statements: Vec<Standing>,
}

/// One event, reduced to what is compared.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// How sure the coder is; annotators are not asked.
    pub(crate) confidence: Option<f64>,
    pub(crate) event_type: Option<String>,
    pub(crate) realis: Option<String>,
    /// Trigger and mentions.
    pub(crate) names: Vec<Words>,
    pub(crate) agents: Vec<Naming>,
    pub(crate) targets: Vec<Naming>,
    pub(crate) places: Vec<Words>,
    pub(crate) weapons: Vec<Words>,
    pub(crate) sources: Vec<Words>,
    /// First and last day, as written.
    pub(crate) date: Option<(String, Option<String>)>,
    pub(crate) point: Option<Point>,
    pub(crate) outcomes: Vec<Counted>,
}

/// A party's quoted words and its usual name; either may be empty.
pub(crate) type Naming = [Words; 2];

#[derive(Clone, Debug)]
pub(crate) struct Point {
    /// **Units**: degrees, WGS 84.
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) precision: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) what: Option<String>,
    pub(crate) low: Option<i64>,
    pub(crate) side: Option<String>,
    pub(crate) part: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) confidence: Option<f64>,
    pub(crate) kind: Option<String>,
    pub(crate) subject: Naming,
}

impl Coding {
    /// Takes one report's coding from JSON of either format; `None` without a `doc` id.
    pub fn from_json(report: &Value) -> Option<Self> {
        Some(Self {
            doc: report.get("doc")?.as_str()?.to_owned(),
            events: list(report, "events").iter().map(Told::from_json).collect(),
            statements: list(report, "statements").iter().map(Standing::from_json).collect(),
        })
    }
}

impl From<&CodedReport> for Coding {
    fn from(report: &CodedReport) -> Self {
        let json = serde_json::to_value(report).expect("a coded report has only string keys and finite numbers");
        Self::from_json(&json).expect("a coded report has a doc id")
    }
}

impl Told {
    fn from_json(event: &Value) -> Self {
        let namings = |role| list(event, role).iter().map(naming).collect();
        let quotes = |role| list(event, role).iter().map(|it| words(quote(it))).collect();
        let (date, location) = (&event["date"], &event["where"]);
        Self {
            confidence: event["confidence"].as_f64(),
            event_type: text(event, "type"),
            realis: text_or(event, "realis", "actual"),
            names: std::iter::once(&event["trigger"])
                .chain(list(event, "mentions"))
                .map(|it| words(quote(it)))
                .filter(|it| !it.is_empty())
                .collect(),
            agents: namings("agents"),
            targets: namings("targets"),
            places: quotes("places"),
            weapons: quotes("weapons"),
            sources: quotes("sources"),
            date: text(date, "start").map(|start| (start, text(date, "end"))),
            point: location["lat"].as_f64().zip(location["lon"].as_f64()).map(|(lat, lon)| Point {
                lat,
                lon,
                precision: text(location, "precision"),
            }),
            outcomes: list(event, "outcomes").iter().map(Counted::from_json).collect(),
        }
    }
}

impl Counted {
    fn from_json(outcome: &Value) -> Self {
        Self {
            what: text(outcome, "what"),
            low: outcome["low"].as_i64(),
            side: text_or(outcome, "side", "unknown"),
            part: outcome["part"].as_bool().unwrap_or(false),
        }
    }
}

impl Standing {
    fn from_json(statement: &Value) -> Self {
        Self {
            confidence: statement["confidence"].as_f64(),
            kind: text(statement, "kind"),
            subject: naming(&statement["subject"]),
        }
    }
}

fn naming(party: &Value) -> Naming {
    let name = party["name"].as_str().filter(|it| !it.is_empty()).or_else(|| party["actor"]["name"].as_str());
    [words(quote(party)), name.map_or_else(BTreeSet::new, words)]
}

/// The words of the text that something stands on: a bare string, a `quote`, a span, or the span of an object.
fn quote(value: &Value) -> &str {
    value
        .as_str()
        .or_else(|| value["quote"].as_str())
        .or_else(|| if value.get("start").is_some() { &value["text"] } else { &value["span"]["text"] }.as_str())
        .unwrap_or_default()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().map(str::to_owned)
}

/// Like [`text`], with a default where the key is absent (but not where it is null).
fn text_or(value: &Value, key: &str, default: &str) -> Option<String> {
    if value.get(key).is_some() { text(value, key) } else { Some(default.to_owned()) }
}
