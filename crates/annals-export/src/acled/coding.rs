//! Facts to ACLED's sub-type and actor types: the assignment rules of its codebook, one a function.

use annals_record::EventType;

use super::facts::{Facts, Goods};
use super::sub_event::SubEvent;
use crate::means::Device;
use crate::roles::Role;

/// What ACLED's row says of an incident's type and actor types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Coding {
    pub(crate) sub_event: SubEvent,
    /// What stands first.
    pub(crate) first: Slot,
    /// What stands second; `None` for a sole actor.
    pub(crate) second: Option<Slot>,
}

/// One of a row's two actors: what it is, and who of the incident it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) role: Role,
    pub(crate) who: Who,
}

/// Whose name stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Agents,
    Targets,
    /// Nobody is told, or nobody who could be it: an unidentified group, civilians.
    Nobody,
}

impl Coding {
    /// The two digits, smaller first; a sole actor's digit comes first and 0 follows.
    pub(crate) fn interaction(self) -> u8 {
        let first = self.first.role as u8;
        match self.second.map(|it| it.role as u8) {
            None => first * 10,
            Some(second) => first.min(second) * 10 + first.max(second),
        }
    }
}

fn slot(role: Role, who: Who) -> Slot {
    Slot { role, who }
}

/// An armed party that nobody names.
const UNIDENTIFIED: Slot = Slot { role: Role::PoliticalMilitia, who: Who::Nobody };

/// Codes an incident.
///
/// **Source**: ACLED codebook, "Event types" and the order of sub-types.
pub(crate) fn code(facts: &Facts) -> Coding {
    let coding = match facts.event_type {
        EventType::Protest => protest(facts),
        EventType::ProtestCrackdown => crackdown(facts),
        EventType::Riot => riot(facts, Who::Agents, facts.target.map(|it| slot(it, Who::Targets))),
        it if is_strategic(it) => strategic(facts),
        _ => violence(facts),
    };
    two_external_forces(coding)
}

fn is_strategic(event_type: EventType) -> bool {
    use EventType as T;
    matches!(
        event_type,
        T::TerritoryTransfer
            | T::Arrest
            | T::Release
            | T::Looting
            | T::Destruction
            | T::WeaponsSeizure
            | T::Siege
            | T::Deployment
            | T::GroupChange
            | T::Agreement
            | T::Displacement
            | T::Other
    )
}

/// Demonstrators who meet no force are alone: whom they demonstrate against is no actor.
fn protest(_: &Facts) -> Coding {
    Coding { sub_event: SubEvent::PeacefulProtest, first: slot(Role::Protesters, Who::Agents), second: None }
}

/// Force against protesters is excessive when somebody was hurt.
fn crackdown(facts: &Facts) -> Coding {
    // Which side the force stands on depends on the telling: "protesters were shot" names them first.
    let can_use_force = |it: &Role| it.is_armed() || *it == Role::Rioters;
    let (force, protesters) = match (facts.agent.filter(can_use_force), facts.target.filter(can_use_force)) {
        (Some(role), _) => (slot(role, Who::Agents), Who::Targets),
        (None, Some(role)) => (slot(role, Who::Targets), Who::Agents),
        (None, None) => (UNIDENTIFIED, if facts.target.is_some() { Who::Targets } else { Who::Agents }),
    };
    let sub_event = if facts.harmed && force.role.is_armed() {
        SubEvent::ExcessiveForceAgainstProtesters
    } else {
        SubEvent::ProtestWithIntervention
    };
    Coding { sub_event, first: slot(Role::Protesters, protesters), second: Some(force) }
}

/// Violence against people or among rioters is the mob's; else a demonstration turned violent.
fn riot(facts: &Facts, rioters: Who, against: Option<Slot>) -> Coding {
    let other = match rioters {
        Who::Agents => facts.agent.map(|it| slot(it, Who::Agents)),
        _ => None,
    };
    // Police named as the agent of a riot stand against the rioters.
    let (rioters, against) = match other {
        Some(force) if force.role.is_armed() => (Who::Targets, Some(force)),
        _ => (rioters, against),
    };
    let against = against.filter(|it| it.role != Role::Thing);
    let sub_event = match against.map(|it| it.role) {
        Some(Role::Civilians | Role::Rioters) => SubEvent::MobViolence,
        _ => SubEvent::ViolentDemonstration,
    };
    Coding { sub_event, first: slot(Role::Rioters, rioters), second: against }
}

/// Civil unrest told by its sides: forces, crowds and mobs.
fn violence(facts: &Facts) -> Coding {
    let agent = facts.agent.filter(|it| *it != Role::Thing);
    let target = facts.target.filter(|it| *it != Role::Thing);
    // Who harmed civilians and nobody else acted against them.
    let target = target.map(|it| slot(it, Who::Targets));
    let target = target.or_else(|| facts.civilians_harmed.then(|| slot(Role::Civilians, Who::Nobody)));
    let remote = remote_sub_event(facts);
    // People not fighting who use violence are rioters to ACLED.
    let crowd = matches!(agent, Some(Role::Civilians | Role::Protesters | Role::Rioters));
    if crowd && remote.is_none() {
        return riot(facts, Who::Agents, target);
    }
    let first = match agent {
        Some(role) if crowd => slot(Role::Rioters.min(role), Who::Agents),
        Some(role) => slot(role, Who::Agents),
        None => UNIDENTIFIED,
    };
    if let Some(sub_event) = remote {
        // A bomb found or an own goal is disrupted use.
        let sub_event = if facts.failed { SubEvent::DisruptedWeaponsUse } else { sub_event };
        let second = target.filter(|it| !(crowd && it.role == Role::Protesters && first.role == Role::Protesters));
        return Coding { sub_event, first: as_rioters(first), second };
    }
    match target.map(|it| it.role) {
        Some(Role::Protesters) => crackdown(&Facts { harmed: true, ..*facts }),
        Some(Role::Rioters) => Coding {
            sub_event: SubEvent::ViolentDemonstration,
            first: slot(Role::Rioters, Who::Targets),
            second: Some(first),
        },
        other => one_sided_or_battle(facts, first, target, other),
    }
}

fn as_rioters(first: Slot) -> Slot {
    match first.role {
        Role::Civilians | Role::Protesters => slot(Role::Rioters, first.who),
        _ => first,
    }
}

fn remote_sub_event(facts: &Facts) -> Option<SubEvent> {
    Some(match facts.event_type {
        EventType::ChemicalAttack => SubEvent::ChemicalWeapon,
        EventType::AirStrike => SubEvent::AirDroneStrike,
        EventType::Shelling => SubEvent::ShellingArtilleryMissileAttack,
        EventType::Bombing => match facts.device {
            Device::Suicide => SubEvent::SuicideBomb,
            Device::Grenade => SubEvent::Grenade,
            Device::Other => SubEvent::RemoteExplosive,
        },
        _ => return None,
    })
}

/// Violence by an armed side: against people not fighting, whoever they are, or against another armed side.
fn one_sided_or_battle(facts: &Facts, first: Slot, target: Option<Slot>, role: Option<Role>) -> Coding {
    let against_people = match facts.event_type {
        EventType::SexualViolence => Some(SubEvent::SexualViolence),
        EventType::Abduction => Some(SubEvent::Abduction),
        EventType::TargetedViolence => Some(SubEvent::Attack),
        // An attack on civilians is no battle.
        EventType::ArmedClash if role == Some(Role::Civilians) => Some(SubEvent::Attack),
        _ => None,
    };
    if let Some(sub_event) = against_people {
        // Captives and officials are civilians to ACLED; who they are goes to the associated actor.
        let who = target.map_or(Who::Nobody, |it| it.who);
        return Coding { sub_event, first, second: Some(slot(Role::Civilians, who)) };
    }
    let second = target.filter(|it| it.role.is_armed()).unwrap_or(UNIDENTIFIED);
    let sub_event = match facts.event_type {
        EventType::TerritoryTaken if first.role == Role::State => SubEvent::GovernmentRegainsTerritory,
        EventType::TerritoryTaken => SubEvent::NonStateActorOvertakesTerritory,
        _ => SubEvent::ArmedClash,
    };
    // Two state forces: one took it from the other, which only the government can regain.
    let sub_event = match sub_event {
        SubEvent::NonStateActorOvertakesTerritory if [first.role, second.role] == [Role::State; 2] => {
            SubEvent::GovernmentRegainsTerritory
        }
        other => other,
    };
    Coding { sub_event, first, second: Some(second) }
}

/// What is no violence; with deaths it is violence after all.
fn strategic(facts: &Facts) -> Coding {
    let mut agent = facts.agent.filter(|it| *it != Role::Thing).map(|it| slot(it, Who::Agents));
    let mut target = facts.target.filter(|it| *it != Role::Thing).map(|it| slot(it, Who::Targets));
    let can_kill = !matches!(
        facts.event_type,
        EventType::TerritoryTransfer
            | EventType::Deployment
            | EventType::GroupChange
            | EventType::Agreement
            | EventType::Displacement
    );
    let armed = |it: &Option<Slot>| it.is_some_and(|it| it.role.is_armed());
    if facts.killed && can_kill && armed(&agent) && (armed(&target) || facts.civilians_harmed) {
        let target = if facts.civilians_harmed && !armed(&target) { Some(Role::Civilians) } else { facts.target };
        return violence(&Facts { event_type: EventType::ArmedClash, target, ..*facts });
    }
    let sub_event = match (facts.event_type, facts.goods) {
        (EventType::TerritoryTransfer, _) => SubEvent::NonViolentTransfer,
        (EventType::Arrest, _) => SubEvent::Arrests,
        (EventType::Release | EventType::Agreement, _) => SubEvent::Agreement,
        (EventType::GroupChange, _) if facts.surrendered => SubEvent::Agreement,
        (EventType::WeaponsSeizure, Goods::Other)
        | (EventType::Looting | EventType::Destruction, Goods::None | Goods::Other) => SubEvent::Looting,
        (EventType::WeaponsSeizure | EventType::Looting | EventType::Destruction, _) => SubEvent::DisruptedWeaponsUse,
        (EventType::Deployment, _) if facts.base => SubEvent::BaseEstablished,
        (EventType::Deployment | EventType::GroupChange, _) => SubEvent::ChangeToGroup,
        _ => SubEvent::Other,
    };
    // Civilians never stand alone or first: whoever freed, displaced or robbed them does.
    if agent.is_none_or(|it| it.role == Role::Civilians) {
        (agent, target) = match (agent, target) {
            (civilians, Some(other)) if other.role != Role::Civilians => (Some(other), civilians),
            (Some(civilians), _) => (Some(UNIDENTIFIED), Some(civilians)),
            (None, civilians) => (Some(UNIDENTIFIED), civilians),
        };
    }
    Coding { sub_event, first: agent.unwrap_or(UNIDENTIFIED), second: target }
}

/// ACLED has no code for two external forces: whom the first acts against is told as the state's forces.
fn two_external_forces(mut coding: Coding) -> Coding {
    if coding.first.role == Role::External
        && let Some(second) = &mut coding.second
        && second.role == Role::External
    {
        second.role = Role::State;
    }
    coding
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::acled::sub_event::Tables;

    fn every_role() -> impl Iterator<Item = Option<Role>> + Clone {
        std::iter::once(None).chain(Role::ALL.into_iter().map(Some))
    }

    fn all_facts() -> impl Iterator<Item = Facts> {
        let bits = 0..64_u8;
        EventType::ALL.iter().flat_map(move |event_type| {
            let bits = bits.clone();
            every_role().flat_map(move |agent| {
                let bits = bits.clone();
                every_role().flat_map(move |target| {
                    bits.clone().flat_map(move |bit| {
                        [Device::Suicide, Device::Grenade, Device::Other].into_iter().flat_map(move |device| {
                            [Goods::None, Goods::Arms, Goods::Other].into_iter().map(move |goods| Facts {
                                event_type: *event_type,
                                agent,
                                target,
                                device,
                                goods,
                                killed: bit & 1 > 0,
                                harmed: bit & 2 > 0,
                                civilians_harmed: bit & 4 > 0,
                                surrendered: bit & 8 > 0,
                                base: bit & 16 > 0,
                                failed: bit & 32 > 0,
                            })
                        })
                    })
                })
            })
        })
    }

    #[test]
    fn every_combination_gives_a_legal_triple() {
        let tables = Tables::get();
        let mut wrong = std::collections::BTreeMap::new();
        for facts in all_facts() {
            let coding = code(&facts);
            let row = tables.row(coding.sub_event);
            if !row.interactions.contains(&coding.interaction()) {
                wrong.entry((format!("{:?}", coding.sub_event), coding.interaction())).or_insert(facts);
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    const CALM: Facts = Facts {
        event_type: EventType::Other,
        agent: None,
        target: None,
        device: Device::Other,
        goods: Goods::None,
        killed: false,
        harmed: false,
        civilians_harmed: false,
        surrendered: false,
        base: false,
        failed: false,
    };

    #[track_caller]
    fn check(cases: &[(&str, Facts)], expect: &Expect) {
        let mut lines = String::new();
        for (what, facts) in cases {
            let coding = code(facts);
            let row = Tables::get().row(coding.sub_event);
            lines += &format!("{what}: {} / {} {}\n", row.event_type, row.name, coding.interaction());
        }
        expect.assert_eq(&lines);
    }

    #[test]
    fn rules_of_the_codebook() {
        use EventType as T;
        let facts = |event_type, agent, target| Facts { event_type, agent: Some(agent), target, ..CALM };
        let rebels_on = |event_type, target| facts(event_type, Role::Rebel, Some(target));
        check(
            &[
                ("rebels storm an army base", rebels_on(T::ArmedClash, Role::State)),
                ("rebels fire on villagers", rebels_on(T::ArmedClash, Role::Civilians)),
                ("rebels take a town from the army", rebels_on(T::TerritoryTaken, Role::State)),
                ("the army takes a town", facts(T::TerritoryTaken, Role::State, None)),
                ("rebels enter a town unopposed", facts(T::TerritoryTransfer, Role::Rebel, None)),
                ("rebels execute captured soldiers", rebels_on(T::TargetedViolence, Role::State)),
                (
                    "a bomb kills passers-by, nobody says whose",
                    Facts { event_type: T::Bombing, civilians_harmed: true, harmed: true, ..CALM },
                ),
                (
                    "a suicide bomber hits soldiers",
                    Facts { device: Device::Suicide, ..rebels_on(T::Bombing, Role::State) },
                ),
                ("a bomb is found in time", Facts { failed: true, ..rebels_on(T::Bombing, Role::State) }),
                ("police find a cache", facts(T::WeaponsSeizure, Role::State, None)),
                ("rebels take arms", Facts { goods: Goods::Arms, ..rebels_on(T::Looting, Role::State) }),
                ("rebels take cattle", Facts { goods: Goods::Other, ..rebels_on(T::Looting, Role::Civilians) }),
                (
                    "rebels take cattle and kill herders",
                    Facts {
                        goods: Goods::Other,
                        killed: true,
                        harmed: true,
                        civilians_harmed: true,
                        ..rebels_on(T::Looting, Role::Civilians)
                    },
                ),
                (
                    "police shoot at protesters, three hurt",
                    Facts { harmed: true, ..facts(T::ProtestCrackdown, Role::State, Some(Role::Protesters)) },
                ),
                ("police disperse protesters", facts(T::ProtestCrackdown, Role::State, Some(Role::Protesters))),
                ("residents lynch a man", facts(T::TargetedViolence, Role::Civilians, Some(Role::Civilians))),
                ("residents throw stones at police", facts(T::Riot, Role::Rioters, Some(Role::State))),
                ("a march", facts(T::Protest, Role::Protesters, Some(Role::State))),
                ("villagers flee", facts(T::Displacement, Role::Civilians, None)),
                (
                    "fighters give themselves up",
                    Facts { surrendered: true, ..facts(T::GroupChange, Role::Rebel, None) },
                ),
                ("the army sets up a base", Facts { base: true, ..facts(T::Deployment, Role::State, None) }),
                ("a foreign air force hits foreign troops", facts(T::AirStrike, Role::External, Some(Role::External))),
            ],
            &expect![[r#"
                rebels storm an army base: Battles / Armed clash 12
                rebels fire on villagers: Violence against civilians / Attack 27
                rebels take a town from the army: Battles / Non-state actor overtakes territory 12
                the army takes a town: Battles / Government regains territory 13
                rebels enter a town unopposed: Strategic developments / Non-violent transfer of territory 20
                rebels execute captured soldiers: Violence against civilians / Attack 27
                a bomb kills passers-by, nobody says whose: Explosions/Remote violence / Remote explosive/landmine/IED 37
                a suicide bomber hits soldiers: Explosions/Remote violence / Suicide bomb 12
                a bomb is found in time: Strategic developments / Disrupted weapons use 12
                police find a cache: Strategic developments / Disrupted weapons use 10
                rebels take arms: Strategic developments / Disrupted weapons use 12
                rebels take cattle: Strategic developments / Looting/property destruction 27
                rebels take cattle and kill herders: Violence against civilians / Attack 27
                police shoot at protesters, three hurt: Protests / Excessive force against protesters 16
                police disperse protesters: Protests / Protest with intervention 16
                residents lynch a man: Riots / Mob violence 57
                residents throw stones at police: Riots / Violent demonstration 15
                a march: Protests / Peaceful protest 60
                villagers flee: Strategic developments / Other 37
                fighters give themselves up: Strategic developments / Agreement 20
                the army sets up a base: Strategic developments / Headquarters or base established 10
                a foreign air force hits foreign troops: Explosions/Remote violence / Air/drone strike 18
            "#]],
        );
    }
}
