//! Armed forces, police, governments and peoples of all states, made by rule from data/actors/states.toml.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::entry::{Activity, ActorEntry, Alias, DatedName, Exported, ExternalIds};
use crate::era::Era;
use crate::words::Role;

/// A row of the table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// ISO 3166-1 alpha-3 (XKX for Kosovo).
    pub iso3: String,
    /// ISO 3166-1 alpha-2 (XK for Kosovo).
    pub iso2: String,
    /// Usual English name.
    pub name: String,
    /// Other names of the country, in any language.
    #[serde(default)]
    pub also: Vec<String>,
    /// English adjectives, the usual one first; a plural that is no adjective ("Danes") may stand here too.
    pub adjectives: Vec<String>,
    /// The adjective names a people of other countries too: "Uzbek", "Turkmen".
    #[serde(default)]
    pub ethnic: bool,
    /// The French masculine adjective, from which the other forms are made.
    pub fr: Option<String>,
    /// Adjectives of other languages, all forms.
    #[serde(default)]
    pub other: Vec<String>,
    /// Capital and other metonyms of the government.
    #[serde(default)]
    pub capital: Vec<String>,
    /// Years of each government, ACLED style: `["2012-2020", "2020-"]`; empty where not kept.
    #[serde(default)]
    pub regimes: Vec<String>,
    /// Persons whose name stands for the government, with years: `"Bashar al-Assad 2000-2024"`.
    #[serde(default)]
    pub rulers: Vec<String>,
    /// True where there are gendarmes.
    #[serde(default)]
    pub gendarmerie: bool,
    /// True where no state forces are told apart.
    #[serde(default)]
    pub people_only: bool,
    /// Names of its own for a role: `names.military = ["FAMa"]`.
    #[serde(default)]
    pub names: HashMap<Role, Vec<Alias>>,
}

/// data/actors/states.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatesFile {
    pub(crate) states: Vec<State>,
}

impl State {
    /// Id of the actor that a role of this state stands for: `mli-military`.
    pub fn actor_id(&self, role: Role) -> String {
        format!("{}-{}", self.iso3.to_ascii_lowercase(), role.slug())
    }

    /// The usual English adjective.
    pub fn adjective(&self) -> &str {
        self.adjectives.first().map_or(self.name.as_str(), String::as_str)
    }

    /// The roles that this state has.
    pub fn roles(&self) -> impl Iterator<Item = Role> {
        let has = |role: Role| match role {
            Role::Gendarmerie => self.gendarmerie,
            other => !(self.people_only && other.is_force()),
        };
        Role::ALL.iter().copied().filter(move |role| has(*role))
    }

    /// Adjectives in all languages and forms.
    pub fn all_adjectives(&self) -> Vec<String> {
        let mut all = self.adjectives.clone();
        all.extend(self.fr.iter().flat_map(|it| french_forms(it)));
        all.extend(self.other.iter().cloned());
        all
    }

    /// The registry entry of one role.
    pub(crate) fn entry(&self, role: Role) -> ActorEntry {
        ActorEntry {
            id: self.actor_id(role),
            name: self.role_name(role),
            short: None,
            kind: role.kind(),
            sort: role.sort(),
            since: None,
            until: None,
            active: vec![Activity { country: self.iso3.clone(), era: Era::default() }],
            note: None,
            source: None,
            uncertain: false,
            aliases: self.names.get(&role).into_iter().flatten().cloned().map(Arc::new).collect(),
            links: Vec::new(),
            leaders: Vec::new(),
            acled: self.acled(role),
            ucdp: self.ucdp(role),
            plover: Some(plover_sector(role).to_owned()),
            ids: ExternalIds::default(),
        }
    }

    fn role_name(&self, role: Role) -> String {
        let adjective = self.adjective();
        let country = &self.name;
        match role {
            Role::AirForce => format!("{adjective} air force"),
            Role::Navy => format!("{adjective} navy"),
            Role::Gendarmerie => format!("{adjective} gendarmerie"),
            Role::Police => format!("{adjective} police"),
            Role::BorderGuard => format!("{adjective} border guards"),
            Role::Intelligence => format!("{adjective} intelligence services"),
            Role::Military => format!("{adjective} army"),
            Role::Security => format!("{adjective} security forces"),
            Role::Government => format!("{adjective} government"),
            Role::Militia => format!("Unidentified militia ({country})"),
            Role::Unidentified => format!("Unidentified armed group ({country})"),
            Role::Protesters => format!("Protesters ({country})"),
            Role::Rioters => format!("Rioters ({country})"),
            Role::Civilians => format!("Civilians ({country})"),
        }
    }

    fn acled(&self, role: Role) -> Exported {
        let country = &self.name;
        let (head, tail) = match role {
            Role::AirForce => ("Military Forces", " Air Force"),
            Role::Navy => ("Military Forces", " Navy"),
            Role::Military => ("Military Forces", ""),
            Role::Security => ("Security Forces", ""),
            Role::Police => ("Police Forces", ""),
            Role::Gendarmerie => ("Police Forces", " Gendarmerie"),
            Role::BorderGuard => ("Police Forces", " Border Guards"),
            Role::Intelligence => ("Police Forces", " Intelligence"),
            Role::Government => ("Government", ""),
            Role::Militia => return one(format!("Unidentified Militia ({country})")),
            Role::Unidentified => return one(format!("Unidentified Armed Group ({country})")),
            Role::Protesters => return one(format!("Protesters ({country})")),
            Role::Rioters => return one(format!("Rioters ({country})")),
            Role::Civilians => return one(format!("Civilians ({country})")),
        };
        let dated = |regime: &String| {
            let era = Era::parse_years(regime).unwrap_or_default();
            DatedName { name: format!("{head} of {country} ({regime}){tail}"), from: era.from, until: era.until }
        };
        let mut names: Vec<_> = self.regimes.iter().map(dated).collect();
        if names.is_empty() {
            names.push(DatedName { name: format!("{head} of {country}{tail}"), from: None, until: None });
        }
        Exported(names)
    }

    fn ucdp(&self, role: Role) -> Exported {
        match role {
            Role::Protesters | Role::Rioters | Role::Civilians => one("Civilians".to_owned()),
            Role::Militia | Role::Unidentified => Exported::default(),
            _ => one(format!("Government of {}", self.name)),
        }
    }
}

fn one(name: String) -> Exported {
    Exported(vec![DatedName { name, from: None, until: None }])
}

/// PLOVER's sector of a role. **Source**: PLOVER coding manual, actor sectors.
fn plover_sector(role: Role) -> &'static str {
    match role {
        Role::AirForce | Role::Navy | Role::Military | Role::Security | Role::BorderGuard => "MIL",
        Role::Police | Role::Gendarmerie => "COP",
        Role::Intelligence => "SPY",
        Role::Government => "GOV",
        Role::Militia | Role::Unidentified => "UAF",
        Role::Protesters | Role::Rioters | Role::Civilians => "CVL",
    }
}

/// "malien" → malien, maliens, malienne, maliennes; "burkinabè" stays, with its plural.
fn french_forms(masculine: &str) -> Vec<String> {
    let feminine = if masculine.ends_with("ien") || masculine.ends_with("éen") {
        format!("{masculine}ne")
    } else if masculine.ends_with('e') || masculine.ends_with('è') {
        masculine.to_owned()
    } else {
        format!("{masculine}e")
    };
    let plural = |it: &str| if it.ends_with('s') { it.to_owned() } else { format!("{it}s") };
    let mut forms = vec![masculine.to_owned(), plural(masculine), plural(&feminine), feminine];
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_adjectives_take_their_forms() {
        assert_eq!(french_forms("malien"), ["malien", "maliens", "maliennes", "malienne"]);
        assert_eq!(french_forms("français"), ["français", "françaises", "française"]);
        assert_eq!(french_forms("burkinabè"), ["burkinabè", "burkinabès", "burkinabè"]);
    }
}
