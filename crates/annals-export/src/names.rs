//! What the formats call a party: the registry's names, else what its role makes of it.

use annals_actors::Registry;
use annals_incidents::Member;
use jiff::civil::Date;

use crate::countries::country;
use crate::outlets::unique;
use crate::roles::Role;

/// Names parties in the country and on the day of their event.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) iso3: Option<&'a str>,
    pub(crate) date: Option<Date>,
}

impl Names<'_> {
    /// "(Mali)", where the country is known.
    fn with_country(&self, words: &str) -> String {
        match self.iso3.and_then(country) {
            Some(country) => format!("{words} ({})", country.name),
            None => words.to_owned(),
        }
    }

    /// ACLED's name of an armed party that nobody names.
    pub(crate) fn acled_unidentified(&self) -> String {
        self.with_country("Unidentified Armed Group")
    }

    /// ACLED's name of a party: people not fighting go by what they are.
    pub(crate) fn acled(&self, member: &Member, role: Role) -> String {
        match role {
            Role::Civilians => self.with_country("Civilians"),
            Role::Protesters => self.with_country("Protesters"),
            Role::Rioters => self.with_country("Rioters"),
            _ => self.acled_own(member, role),
        }
    }

    /// ACLED's name of a party by itself: who the civilians are goes to the associated actors.
    pub(crate) fn acled_own(&self, member: &Member, role: Role) -> String {
        match member.actor.as_deref().and_then(|it| self.registry.get(it)) {
            Some(entry) => self.registry.acled_name(entry, self.date),
            None if role == Role::State => match self.iso3.and_then(country) {
                Some(country) => format!("Military Forces of {}", country.name),
                None => member.name.clone(),
            },
            None if is_name(&member.name) => member.name.clone(),
            None if role.is_armed() => self.acled_unidentified(),
            None => member.name.clone(),
        }
    }

    /// UCDP's name of a party; empty for those that it has no name for.
    pub(crate) fn ucdp(&self, member: &Member, role: Role) -> String {
        let entry = member.actor.as_deref().and_then(|it| self.registry.get(it));
        let home = entry.and_then(annals_actors::ActorEntry::home);
        let of_state =
            |iso3: Option<&str>| iso3.and_then(country).map(|it| format!("Government of {}", it.ucdp_name()));
        match role {
            Role::Civilians | Role::Protesters | Role::Rioters => "Civilians".to_owned(),
            Role::State => of_state(home.or(self.iso3)).unwrap_or_default(),
            _ => {
                let name = entry.and_then(|it| self.registry.ucdp_name(it, self.date));
                match name {
                    Some(name) if name.starts_with("Government of ") => of_state(home).unwrap_or(name),
                    Some(name) => name,
                    None if entry.is_none() && is_name(&member.name) => member.name.clone(),
                    None => String::new(),
                }
            }
        }
    }
}

/// Tells a name from common words ("gunmen").
pub(crate) fn is_name(words: &str) -> bool {
    words.split_whitespace().any(|it| it.starts_with(char::is_uppercase))
}

/// Several names in one cell.
pub(crate) fn joined(names: impl Iterator<Item = String>) -> String {
    unique(names).join("; ")
}

/// A number that stays the same for the same text, on any machine: FNV-1a, 64 bit.
pub(crate) fn stable_number(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
