//! What other data sets of the field would call an actor: ACLED, UCDP and PLOVER style.

use annals_record::ActorKind;
use jiff::civil::Date;

use crate::entry::{ActorEntry, Exported, Sort};
use crate::registry::Registry;

impl Registry {
    /// ACLED style: `"Military Forces of Mali (2021-)"`, `"JNIM: Group for Support of Islam and Muslims"`,
    /// `"Civilians (Mali)"`.
    ///
    /// **Range and missing**: without a date, the name in use last. An entry without a name of its own gets its usual
    /// one, with the country in brackets where it acts in one only.
    /// **Source**: ACLED codebook, "Actors"; regime years are ours (data/actors/states.toml).
    pub fn acled_name(&self, entry: &ActorEntry, date: Option<Date>) -> String {
        if let Some(name) = on(&entry.acled, date).or(entry.ids.acled.as_deref()) {
            return name.to_owned();
        }
        let local = matches!(entry.sort, Sort::Communal | Sort::SelfDefence | Sort::Gang | Sort::Bandits | Sort::Unit);
        match entry.home().and_then(|it| self.state(it)) {
            Some(state) if local && !entry.name.contains('(') => format!("{} ({})", entry.name, state.name),
            _ => entry.name.clone(),
        }
    }

    /// UCDP style: `"Government of Mali"`, `"JNIM"`, `"Civilians"`; `None` for those that UCDP names in no way.
    ///
    /// A part of a state's forces is its government.
    /// **Source**: UCDP GED codebook, `side_a`, `side_b`.
    pub fn ucdp_name(&self, entry: &ActorEntry, date: Option<Date>) -> Option<String> {
        if let Some(name) = on(&entry.ucdp, date) {
            return Some(name.to_owned());
        }
        match entry.kind {
            ActorKind::StateForce | ActorKind::Government => {
                entry.home().and_then(|it| self.state(it)).map(|it| format!("Government of {}", it.name))
            }
            ActorKind::Civilians => Some("Civilians".to_owned()),
            ActorKind::Unidentified => None,
            _ => Some(entry.short_name().to_owned()),
        }
    }

    /// PLOVER code: country and sector, `"MLIMIL"`; an actor without a home has `IMG` (international group) in front.
    ///
    /// **Source**: PLOVER coding manual, actors.
    pub fn plover_code(&self, entry: &ActorEntry) -> String {
        let sector = entry.plover.as_deref().unwrap_or(match entry.kind {
            ActorKind::StateForce | ActorKind::ForeignForce => "MIL",
            ActorKind::Government => "GOV",
            ActorKind::ArmedGroup if matches!(entry.sort, Sort::Gang | Sort::Cartel | Sort::Bandits) => "CRM",
            ActorKind::ArmedGroup => "REB",
            ActorKind::Militia => "PAR",
            ActorKind::InternationalOrg => "IGO",
            ActorKind::Unidentified => "UAF",
            ActorKind::Civilians | ActorKind::Individual | ActorKind::Facility | ActorKind::Other => "CVL",
        });
        let country = match entry.kind {
            ActorKind::InternationalOrg => "",
            _ => entry.home().unwrap_or("IMG"),
        };
        format!("{country}{sector}")
    }
}

/// The name in use on a day; without a day, the one in use last.
fn on(names: &Exported, date: Option<Date>) -> Option<&str> {
    let then = date.and_then(|date| names.0.iter().rev().find(|it| it.era().holds(date)));
    then.or_else(|| names.0.last().filter(|it| date.is_none() || names.0.len() == 1 && it.from.is_none()))
        .map(|it| it.name.as_str())
}
