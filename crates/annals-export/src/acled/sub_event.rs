//! ACLED's sub-types and the codes that may stand with them: data/export/acled.toml.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use annals_record::EventType;
use serde::Deserialize;
use strum::VariantArray;

use super::days::BattleDays;

/// A sub-type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, VariantArray)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SubEvent {
    GovernmentRegainsTerritory,
    NonStateActorOvertakesTerritory,
    ArmedClash,
    ChemicalWeapon,
    AirDroneStrike,
    SuicideBomb,
    ShellingArtilleryMissileAttack,
    RemoteExplosive,
    Grenade,
    SexualViolence,
    Attack,
    Abduction,
    ExcessiveForceAgainstProtesters,
    ProtestWithIntervention,
    PeacefulProtest,
    ViolentDemonstration,
    MobViolence,
    Agreement,
    Arrests,
    ChangeToGroup,
    DisruptedWeaponsUse,
    BaseEstablished,
    Looting,
    NonViolentTransfer,
    Other,
}

/// A row of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubEventRow {
    pub(crate) code: SubEvent,
    pub(crate) name: String,
    pub(crate) event_type: String,
    pub(crate) disorder_type: String,
    pub(crate) interactions: Vec<u8>,
    #[serde(default)]
    pub(crate) civilian: bool,
}

/// Words that choose a sub-type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) base: Vec<String>,
}

/// All of ACLED's tables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tables {
    pub(crate) actor_types: Vec<String>,
    /// Every interaction that ACLED knows.
    #[cfg_attr(not(test), expect(dead_code, reason = "the table says it, tests hold the rows to it"))]
    pub(crate) interactions: Vec<u8>,
    pub(crate) untold_fatalities: u64,
    pub(crate) international: Vec<String>,
    sub_event: Vec<SubEventRow>,
    pub(crate) words: Words,
    pub(crate) battle_days: BattleDays,
    /// What the first side did, and to whom.
    pub(crate) notes: BTreeMap<EventType, [String; 2]>,
}

impl Tables {
    pub(crate) fn get() -> &'static Self {
        static TABLES: LazyLock<Tables> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../../data/export/acled.toml")).expect("a test reads the tables")
        });
        &TABLES
    }

    pub(crate) fn row(&self, code: SubEvent) -> &SubEventRow {
        self.sub_event.iter().find(|it| it.code == code).expect("a test finds a row for every code")
    }
}

/// Every legal triple of type, sub-type and two-digit interaction, as the table tells them.
pub fn interactions() -> impl Iterator<Item = (&'static str, &'static str, u8)> {
    Tables::get()
        .sub_event
        .iter()
        .flat_map(|row| row.interactions.iter().map(|it| (row.event_type.as_str(), row.name.as_str(), *it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sub_type_has_a_row_with_known_interactions() {
        let tables = Tables::get();
        assert_eq!(tables.actor_types.len(), 9);
        assert_eq!(tables.notes.len(), EventType::ALL.len());
        for code in SubEvent::VARIANTS {
            let row = tables.row(*code);
            assert!(row.interactions.iter().all(|it| tables.interactions.contains(it)), "{code:?}");
        }
        let types: std::collections::BTreeSet<_> = tables.sub_event.iter().map(|it| &it.event_type).collect();
        assert_eq!((types.len(), tables.sub_event.len()), (6, 25));
    }
}
