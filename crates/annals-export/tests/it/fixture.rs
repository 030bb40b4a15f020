//! Invented incidents, told briefly, and the files made of them.

use std::sync::LazyLock;

use annals_actors::Registry;
use annals_export::{Export, Format, Loss, Options};
use annals_incidents::Incident;
use annals_values::{Anchor, Tables, parse_time, resolve_time};
use serde_json::{Map, Value, json};

pub(crate) fn registry() -> &'static Registry {
    static REGISTRY: LazyLock<Registry> = LazyLock::new(|| Registry::embedded().expect("the registry reads"));
    &REGISTRY
}

/// Makes an incident of a brief telling, a field a line:
///
/// ```text
/// type armed_clash
/// agent armed_group jnim JNIM         kind, registry id or -, name
/// target civilians - villagers
/// date 2024-03-09 2024-03-10 days     precision may be left out
/// place Ansongo exact 15.66 0.5       where: MLI/Gao/Ansongo
/// where MLI/Gao/Ansongo
/// killed target 12..20                outcome, side, number; `part` at the end for a part; words after a colon
/// report Arda News 2024-03-10 Headline of it
/// told on Saturday and Sunday         of the last report: its words for the day
/// trigger blew himself up             of the last report
/// ```
pub(crate) fn incident(told: &str) -> Incident {
    let mut it = json!({
        "id": "i1", "type": "other", "scope": "incident", "realis": "actual", "title": "A happening", "agents": [],
        "targets": [], "disputed": false, "place": null, "where": null, "date": null, "figures": [], "weapons": [],
        "tellings": [], "n_independent": 1, "review": "unreviewed", "first_learned": "2024-03-11T00:00:00Z",
        "last_changed": "2024-03-11T00:00:00Z",
    });
    for line in told.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words: Vec<&str> = rest.split_whitespace().collect();
        match key {
            "id" | "type" | "scope" | "realis" | "title" => it[key] = rest.into(),
            "disputed" => it["disputed"] = true.into(),
            "agent" | "target" => {
                let actor = if words[1] == "-" { Value::Null } else { words[1].into() };
                let kind = if words[0] == "-" { Value::Null } else { words[0].into() };
                let member = json!({"actor": actor, "name": words[2..].join(" "), "kind": kind, "named_by": ["r1#e1"]});
                push(&mut it[format!("{key}s")], member);
            }
            "date" => {
                let end = words.get(1).unwrap_or(&words[0]);
                it["date"] = json!({"start": words[0], "end": end, "precision": words.get(2).unwrap_or(&"day")});
            }
            "where" => {
                let mut units = rest.split('/');
                let place = place(&mut it);
                for unit in ["iso3", "adm1", "adm2"] {
                    place.insert(unit.to_owned(), units.next().map_or(Value::Null, Value::from));
                }
            }
            "place" => {
                let n = words.len();
                it["place"] = words[..n - 3].join(" ").into();
                let place = place(&mut it);
                place.insert("precision".to_owned(), words[n - 3].into());
                for (axis, degrees) in [("lat", words[n - 2]), ("lon", words[n - 1])] {
                    place.insert(axis.to_owned(), degrees.parse::<f64>().expect("degrees").into());
                }
            }
            "radius" => {
                place(&mut it).insert("radius_km".to_owned(), rest.parse::<f64>().expect("kilometres").into());
            }
            "weapon" => push(&mut it["weapons"], rest.into()),
            "report" => {
                let day = words.iter().position(|it| it.starts_with("20")).expect("a report has a day");
                let number = it["tellings"].as_array().map_or(0, Vec::len) + 1;
                let telling = telling(number, &words[..day].join(" "), words[day], &words[day + 1..].join(" "));
                push(&mut it["tellings"], telling);
            }
            "told" => {
                let mut date = it["date"].clone();
                date["span"] = json!({"start": 20, "end": 20 + rest.chars().count(), "text": rest});
                date["rule"] = rule_of(rest).into();
                let scope = it["scope"].clone();
                let event = event(&mut it);
                (event["date"], event["scope"]) = (date, scope);
            }
            "trigger" => {
                event(&mut it)["trigger"] = json!({"start": 0, "end": rest.chars().count(), "text": rest});
            }
            what => push(&mut it["figures"], figure(what, rest)),
        }
    }
    serde_json::from_value(it).expect("the telling makes an incident")
}

fn push(list: &mut Value, item: Value) {
    list.as_array_mut().expect("a list").push(item);
}

/// The rule by which words tell days.
fn rule_of(words: &str) -> &'static str {
    static TABLES: LazyLock<Tables> = LazyLock::new(Tables::english);
    let expr = parse_time(words, &TABLES).expect("the words tell a time");
    let anchor = Anchor::published(jiff::civil::date(2024, 3, 11));
    resolve_time(&expr, &anchor, &TABLES).expect("the time has days").rule
}

/// The event of the last report.
fn event(it: &mut Value) -> &mut Value {
    let last = it["tellings"].as_array_mut().and_then(|it| it.last_mut()).expect("a report was told before");
    &mut last["event"]
}

fn place(it: &mut Value) -> &mut Map<String, Value> {
    if it["where"].is_null() {
        it["where"] = json!({"iso3": null, "adm1": null, "adm2": null, "lat": null, "lon": null, "precision": "exact",
            "radius_km": null, "from": null});
    }
    it["where"].as_object_mut().expect("just made")
}

fn telling(number: usize, publisher: &str, published: &str, headline: &str) -> Value {
    json!({
        "id": format!("r{number}#e1"), "doc": format!("doc{number}"), "learned": "2024-03-11T00:00:00Z", "copy_of": null,
        "report": {"id": format!("r{number}"), "source": null, "title": headline, "published": published,
            "publisher": publisher, "language": "en", "coder": "annals", "model": "reader", "packs": []},
        "event": {"id": "e1", "type": "other", "scope": "incident", "realis": "actual", "confidence": 0.9,
            "trigger": {"start": 0, "end": 6, "text": "attack"}, "mentions": [], "agents": [], "targets": [], "places": [],
            "where": null, "date": null, "outcomes": [], "weapons": [],
            "sources": [{"span": {"start": 10, "end": 19, "text": "witnesses"}, "stance": "reports"}]},
    })
}

/// `target 12..20 part: words` or `target 12 item vehicle`.
fn figure(what: &str, rest: &str) -> Value {
    let (rest, words) = rest.split_once(": ").unwrap_or((rest, "the dead"));
    let parts: Vec<&str> = rest.split_whitespace().collect();
    let number = |text: &str| text.parse::<u64>().ok();
    let (low, high) = match parts[1].split_once("..") {
        Some((low, high)) => (number(low), number(high)),
        None => (number(parts[1]), number(parts[1])),
    };
    let best = low.or(if high.is_some() && low.is_some() { high } else { None });
    let item = parts.iter().position(|it| *it == "item").map(|at| parts[at + 1]);
    let claim = json!({"telling": "r1#e1", "low": low, "high": high, "best": best, "part": parts.contains(&"part"),
        "words": words, "source": null, "publisher": "Arda News", "published": "2024-03-10",
        "learned": "2024-03-11T00:00:00Z"});
    json!({"what": what, "side": parts[0], "item": item, "low": low, "best": best, "high": high, "rule": "ucdp",
        "trace": [], "claims": [claim]})
}

/// The file of some incidents, and its loss report.
pub(crate) fn export_with(incidents: &[Incident], format: Format, options: Options<'_>) -> (String, Loss) {
    let mut bytes = Vec::new();
    let mut export = Export::new(format, registry(), options, &mut bytes).expect("memory can be written");
    for incident in incidents {
        export.add(incident).expect("memory can be written");
    }
    let loss = export.finish().expect("memory can be written");
    (String::from_utf8(bytes).expect("the format is text"), loss)
}

/// The file of some incidents.
pub(crate) fn export(incidents: &[Incident], format: Format) -> String {
    export_with(incidents, format, Options::default()).0
}

/// A table's rows, a column a line, empty cells left out; rows parted by a line.
pub(crate) fn on_end(table: &str) -> String {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns = reader.headers().expect("a table has a header").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("all rows are of one length");
        let cells = columns.iter().zip(row.iter()).filter(|it| !it.1.is_empty());
        cells.fold(String::new(), |text, (column, cell)| text + &format!("{column}: {cell}\n"))
    });
    rows.collect::<Vec<_>>().join("--\n")
}

/// A battle, told by two outlets.
pub(crate) const BATTLE: &str = "
    type armed_clash
    title JNIM attacked Malian army near Ansongo
    agent armed_group jnim JNIM
    target state_force mli-military Malian army
    date 2024-03-09
    place Ansongo near 15.66 0.5
    where MLI/Gao/Ansongo
    radius 10
    killed target 12..20
    killed civilian 3 part
    injured target 5
    weapon rocket
    report Arda News 2024-03-10 Dozens killed near Ansongo
    report Reuters 2024-03-11 Army says 12 killed
";
