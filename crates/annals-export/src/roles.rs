//! What a party is to the field: ACLED's actor types, which UCDP's sides and PLOVER's sectors follow too.

use std::sync::LazyLock;

use annals_actors::{ActorEntry, Registry, Sort};
use annals_incidents::Member;
use annals_record::ActorKind;
use serde::Deserialize;

/// ACLED's actor types in the order of their numbers, and what is no actor.
///
/// **Source**: ACLED codebook, "Inter codes".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    State = 1,
    Rebel = 2,
    PoliticalMilitia = 3,
    IdentityMilitia = 4,
    Rioters = 5,
    Protesters = 6,
    Civilians = 7,
    External = 8,
    /// A building or other thing.
    Thing = 9,
}

impl Role {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 9] = [
        Self::State,
        Self::Rebel,
        Self::PoliticalMilitia,
        Self::IdentityMilitia,
        Self::Rioters,
        Self::Protesters,
        Self::Civilians,
        Self::External,
        Self::Thing,
    ];

    /// An organised side that bears arms.
    pub(crate) fn is_armed(self) -> bool {
        matches!(self, Self::State | Self::Rebel | Self::PoliticalMilitia | Self::IdentityMilitia | Self::External)
    }
}

/// The role of a party in an event in `country` (ISO3).
pub(crate) fn role(member: &Member, registry: &Registry, country: Option<&str>) -> Role {
    let entry = member.actor.as_deref().and_then(|it| registry.get(it));
    // What the registry knows beats words that tell little or, of soldiers, that they were civilians once.
    let told = member.kind.filter(|it| !matches!(it, ActorKind::Other | ActorKind::Civilians) || entry.is_none());
    let kind = told.or(entry.map(|it| it.kind));
    match kind {
        Some(ActorKind::StateForce | ActorKind::Government) => match entry.and_then(ActorEntry::home).zip(country) {
            Some((home, here)) if home != here => Role::External,
            _ => Role::State,
        },
        Some(ActorKind::ForeignForce) => Role::External,
        Some(ActorKind::InternationalOrg) => match entry.map(|it| it.sort) {
            // Aid workers and civil officials of organisations are civilians to ACLED and UCDP.
            Some(Sort::Organisation) => Role::Civilians,
            _ => Role::External,
        },
        Some(ActorKind::ArmedGroup) => entry.map_or(Role::Rebel, |it| of_sort(it.sort).unwrap_or(Role::Rebel)),
        Some(ActorKind::Militia) => {
            entry.map_or(Role::PoliticalMilitia, |it| of_sort(it.sort).unwrap_or(Role::PoliticalMilitia))
        }
        Some(ActorKind::Unidentified) => Role::PoliticalMilitia,
        Some(ActorKind::Civilians | ActorKind::Individual | ActorKind::Other) => {
            entry.and_then(|it| of_sort(it.sort)).unwrap_or(Role::Civilians)
        }
        Some(ActorKind::Facility) | None if is_of_state(&member.name) => Role::State,
        Some(ActorKind::Facility) => Role::Thing,
        None => Role::Civilians,
    }
}

/// By the registry's finer kind; `None` where the kind itself says it.
fn of_sort(sort: Sort) -> Option<Role> {
    match sort {
        Sort::SelfDefence | Sort::Communal => Some(Role::IdentityMilitia),
        Sort::PoliticalMilitia | Sort::ProGovernment | Sort::Gang | Sort::Cartel | Sort::Bandits | Sort::Party => {
            Some(Role::PoliticalMilitia)
        }
        Sort::Rebels | Sort::Separatist | Sort::Jihadist | Sort::Communist => Some(Role::Rebel),
        Sort::Company | Sort::Coalition | Sort::Peacekeeping => Some(Role::External),
        Sort::Protesters => Some(Role::Protesters),
        Sort::Rioters => Some(Role::Rioters),
        _ => None,
    }
}

/// "army base", "police station": words of data/export/roles.toml.
fn is_of_state(name: &str) -> bool {
    #[derive(Deserialize)]
    struct Words {
        state_words: Vec<String>,
    }
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/export/roles.toml")).expect("a test reads the words")
    });
    let lower = name.to_lowercase();
    lower.split(|it: char| !it.is_alphanumeric()).any(|word| WORDS.state_words.iter().any(|it| it == word))
}

#[cfg(test)]
mod tests {
    use super::is_of_state;

    #[test]
    fn a_barracks_belongs_to_the_state() {
        assert!(is_of_state("the Arda army barracks"));
        assert!(!is_of_state("field hospital"));
    }
}
