//! A field and its value as a person types them, to the JSON of an edit.

use annals_incidents::{Figure, Incident};
use annals_record::{OutcomeKind, Side, TimePrecision};
use anyhow::anyhow;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::problem::Problem;

const HINT: &str = "such as: killed 12, killed:civilian 3..5, date 2024-03-09, type shelling, title 'Raid on Belu'";

/// Gives field and value in the form of [`annals_ledger::Ledger::edit`].
pub(super) fn edit_of(incident: &Incident, field: &str, value: &str) -> Result<(String, Value), Problem> {
    let (name, side) = field.split_once(':').map_or((field, None), |it| (it.0, Some(it.1)));
    if let Ok(what) = name.parse::<OutcomeKind>() {
        return Ok(("figure".to_owned(), figure(incident, what, side, value)?));
    }
    let value = match field {
        "date" => days(value)?,
        "title" | "type" | "scope" | "realis" | "place" => json!(value),
        _ => {
            serde_json::from_str(value).map_err(|it| Problem::new(anyhow!(it).context("the value is no JSON"), HINT))?
        }
    };
    Ok((field.to_owned(), value))
}

fn days(value: &str) -> Result<Value, Problem> {
    let (start, end) = value.split_once("..").unwrap_or((value, value));
    let day = |text: &str| {
        let day: Result<Date, _> = text.trim().parse();
        day.map_err(|it| Problem::new(anyhow!(it).context(format!("{text} is no day")), HINT))
    };
    let (start, end) = (day(start)?, day(end)?);
    let n_days = end.since(start).map(|it| it.get_days()).unwrap_or_default();
    let precision = match n_days {
        0 => TimePrecision::Day,
        1..=5 => TimePrecision::Days,
        6..=13 => TimePrecision::Week,
        14..=45 => TimePrecision::Month,
        46..=150 => TimePrecision::Season,
        _ => TimePrecision::Year,
    };
    Ok(json!({"start": start, "end": end, "precision": precision}))
}

fn figure(incident: &Incident, what: OutcomeKind, side: Option<&str>, value: &str) -> Result<Value, Problem> {
    let wrong = |why: String| Problem::new(anyhow!(why), HINT);
    let (low, high) = value.split_once("..").unwrap_or((value, value));
    let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wrong(format!("{text} is no number")));
    let (low, high) = (number(low)?, number(high)?);
    let told: Vec<&Figure> = incident.figures.iter().filter(|it| it.what == what).collect();
    let side = match (side, &told[..]) {
        (Some(side), _) => {
            side.parse().map_err(|_| wrong(format!("{side} is no side: agent, target, civilian, unknown")))?
        }
        (None, []) => Side::Unknown,
        (None, [one]) => one.side,
        (None, _) => return Err(wrong(format!("several sides have {what}: name one, as {what}:target"))),
    };
    let item = told.iter().find(|it| it.side == side).and_then(|it| it.item);
    let best = if low == high { Some(low) } else { None };
    Ok(json!({"what": what, "side": side, "item": item, "low": low, "best": best.unwrap_or(low), "high": high,
        "rule": "", "trace": [], "claims": []}))
}
