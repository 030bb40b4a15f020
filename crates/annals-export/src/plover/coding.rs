//! An incident to PLOVER's event, mode, contexts, quad class and score: data/export/plover.toml.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use annals_incidents::Incident;
use annals_record::{EventType, OutcomeKind, Realis, Side};
use serde::Deserialize;

use crate::means::{Device, deeds, device};
use crate::options::Options;
use crate::people::any;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    roots: BTreeMap<String, Root>,
    modes: BTreeMap<String, f64>,
    types: BTreeMap<EventType, Row>,
    words: Vec<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Root {
    quad: u8,
    score: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    event: String,
    mode: Option<String>,
    contexts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    types: Vec<EventType>,
    #[serde(default, rename = "words")]
    any_of: Vec<String>,
    device: Option<Device>,
    event: Option<String>,
    mode: Option<String>,
}

fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/export/plover.toml")).expect("a test reads the tables")
    });
    &TABLES
}

/// What PLOVER says of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct PloverCode {
    /// The root: `ASSAULT`, `COERCE`, …
    pub event: &'static str,
    /// The root's mode; `None` for roots without.
    pub mode: Option<&'static str>,
    /// Modes that go beside any root: `future`, `negation`.
    pub auxiliary: Option<&'static str>,
    /// Contexts.
    pub contexts: Vec<&'static str>,
    /// **Range**: 1 to 4.
    pub quad: u8,
    /// **Range**: -10 to 10.
    pub score: f64,
}

/// Codes an incident; `None` where PLOVER has no event for it.
///
/// **Source**: PLOVER coding manual, "Events" and "Modes".
pub fn plover_code(incident: &Incident, options: &Options<'_>) -> Option<PloverCode> {
    let tables = tables();
    let fits = |it: &&Words| match it.device {
        Some(told) => told == device(incident, options.text_of),
        None => tells(incident, &it.any_of),
    };
    let (event, mode, contexts) = match incident.event_type {
        // Those who lay down arms step back; other changes of a group have no event there.
        EventType::GroupChange if any(incident, OutcomeKind::Surrendered) => ("RETREAT", Some("disarm"), Vec::new()),
        EventType::Arrest if fighters_captured(incident) => ("ASSAULT", Some("abduct"), vec!["military"]),
        event_type => {
            let row = tables.types.get(&event_type)?;
            let contexts = row.contexts.iter().map(String::as_str).collect();
            let words = tables.words.iter().filter(|it| it.types.contains(&event_type)).find(fits);
            match words {
                Some(it) => (it.event.as_deref().unwrap_or(&row.event), it.mode.as_deref(), contexts),
                None => (row.event.as_str(), row.mode.as_deref(), contexts),
            }
        }
    };
    // A planned attack is a threat; other plans keep their event, with its own auxiliary mode.
    let (event, mode) = match (event, incident.realis) {
        ("ASSAULT", Realis::Planned) => ("THREATEN", Some("violence")),
        // Who announces a withdrawal or release gives way in words.
        ("RETREAT", Realis::Planned) => ("CONCEDE", None),
        other => (other.0, mode),
    };
    let root = &tables.roots[event];
    Some(PloverCode {
        event,
        mode,
        auxiliary: match incident.realis {
            Realis::Planned => Some("future"),
            Realis::Denied => Some("negation"),
            Realis::Actual | Realis::Failed => None,
        },
        contexts,
        quad: root.quad,
        score: mode.and_then(|it| tables.modes.get(it)).copied().unwrap_or(root.score),
    })
}

/// Captured combatants are an assault to PLOVER, not an arrest.
fn fighters_captured(incident: &Incident) -> bool {
    any(incident, OutcomeKind::Killed)
        && incident.figures.iter().any(|it| it.what == OutcomeKind::Captured && it.side == Side::Target)
}

fn tells(incident: &Incident, words: &[String]) -> bool {
    deeds(incident).iter().any(|text| words.iter().any(|word| text.contains(word.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_root_and_a_mode_that_stand_there() {
        let tables = tables();
        for row in tables.types.values() {
            assert!(tables.roots.contains_key(&row.event), "{row:?}");
            assert!(row.mode.as_ref().is_none_or(|it| tables.modes.contains_key(it)), "{row:?}");
        }
        for row in &tables.words {
            assert!(row.event.as_ref().is_none_or(|it| tables.roots.contains_key(it)), "{row:?}");
            assert!(row.mode.as_ref().is_none_or(|it| tables.modes.contains_key(it)), "{row:?}");
        }
    }
}
