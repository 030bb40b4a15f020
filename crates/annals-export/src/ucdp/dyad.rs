//! Who stands against whom, and what sort of violence that is to UCDP.

use annals_actors::ActorEntry;
use annals_incidents::{Incident, Member};
use annals_record::{EventType, OutcomeKind, Side};

use super::Tables;
use super::numbers::{self, KnownDyad};
use crate::countries::country;
use crate::loss::Lost;
use crate::names::Names;
use crate::roles::{Role, role};

/// Two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dyad {
    /// 1 state-based, 2 non-state, 3 one-sided.
    pub(crate) violence: u8,
    pub(crate) a: Actor,
    pub(crate) b: Actor,
    /// Side a are the incident's targets: a government always comes first.
    pub(crate) swapped: bool,
}

/// One side as UCDP names it; empty where nobody knows who it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) name: String,
    /// UCDP's actor id, where the registry or UCDP's table knows it.
    pub(crate) id: Option<u32>,
    /// UCDP's older actor id.
    pub(crate) old_id: Option<u32>,
    /// Gleditsch and Ward's number, of a government.
    pub(crate) gw: Option<u16>,
}

impl Dyad {
    /// True when both sides have a name.
    pub(crate) fn is_clear(&self) -> bool {
        !self.a.name.is_empty() && !self.b.name.is_empty()
    }

    /// UCDP's numbers, where its table has these sides.
    pub(crate) fn known(&self) -> Option<&'static KnownDyad> {
        numbers::dyad(self.violence, &self.a.name, &self.b.name)
    }

    /// Groups stand in UCDP's own order where its table has them.
    fn in_order(self) -> Self {
        let Self { violence, a, b, swapped } = self;
        if violence == 2 && numbers::dyad(2, &b.name, &a.name).is_some() {
            Self { violence, a: b, b: a, swapped: !swapped }
        } else {
            Self { violence, a, b, swapped }
        }
    }

    /// UCDP's name of the conflict, which a state's tells what is fought over: where only UCDP knows that, the dyad's name.
    pub(crate) fn conflict_name(&self, country: Option<&str>) -> String {
        let named = || Tables::get().conflict_names.get(&self.b.name).filter(|_| self.violence == 1);
        match (self.known(), named().zip(country)) {
            (Some(known), _) => known.conflict_name.clone(),
            (None, Some((name, country))) if self.is_clear() => format!("{country}: {name}"),
            _ => self.name(),
        }
    }

    /// "Government of Mali - JNIM"; empty unless both are known.
    pub(crate) fn name(&self) -> String {
        if self.is_clear() { format!("{} - {}", self.a.name, self.b.name) } else { String::new() }
    }
}

type Party<'a> = (&'a Member, Role);

/// The sides of an incident.
///
/// # Errors
/// When no organised side takes part: UCDP leaves it out.
pub(crate) fn dyad(incident: &Incident, names: Names<'_>) -> Result<Dyad, Lost> {
    let with_roles = |members: &'_ [Member]| -> Vec<Role> {
        members.iter().map(|it| role(it, names.registry, names.iso3)).collect()
    };
    let agent_roles = with_roles(&incident.agents);
    let target_roles = with_roles(&incident.targets);
    let first_armed = |members: &'_ [Member], roles: &[Role]| -> Option<usize> {
        // A side that the registry knows stands before one that only words name.
        let armed = |known: bool| {
            members.iter().zip(roles).position(|(it, role)| role.is_armed() && it.actor.is_some() >= known)
        };
        armed(true).or_else(|| armed(false))
    };
    let agent: Option<Party<'_>> = first_armed(&incident.agents, &agent_roles)
        .filter(|_| !incident.disputed)
        .map(|idx| (&incident.agents[idx], agent_roles[idx]));
    let target: Option<Party<'_>> =
        first_armed(&incident.targets, &target_roles).map(|idx| (&incident.targets[idx], target_roles[idx]));
    let has_people = target_roles.iter().any(|it| matches!(it, Role::Civilians | Role::Protesters | Role::Rioters));
    let civilians_died = incident
        .figures
        .iter()
        .any(|it| it.what == OutcomeKind::Killed && it.side == Side::Civilian && it.high != Some(0));
    if agent.is_none() && !incident.disputed && !incident.agents.is_empty() {
        return Err(Lost::NoOrganisedSide);
    }
    let against_people = matches!(
        incident.event_type,
        EventType::TargetedViolence | EventType::SexualViolence | EventType::Abduction | EventType::ProtestCrackdown
    );
    let is_battle = matches!(incident.event_type, EventType::ArmedClash | EventType::TerritoryTaken);
    let one_sided = match target {
        Some(_) => against_people && has_people,
        None => has_people || civilians_died || !is_battle,
    };
    let side = |it: Option<Party<'_>>| it.map(|it| actor(it, names)).unwrap_or_default();
    if one_sided {
        let civilians = numbered(Tables::get().civilians.clone(), None, None);
        return Ok(Dyad { violence: 3, a: side(agent), b: civilians, swapped: false });
    }
    let is_state = |it: Option<Party<'_>>| it.is_some_and(|it| actor(it, names).gw.is_some());
    let violence = if is_state(agent) || is_state(target) { 1 } else { 2 };
    let swapped = is_state(target) && !is_state(agent);
    let (a, b) = if swapped { (target, agent) } else { (agent, target) };
    Ok(Dyad { violence, a: side(a), b: side(b), swapped }.in_order())
}

fn actor((member, role): Party<'_>, names: Names<'_>) -> Actor {
    let entry = member.actor.as_deref().and_then(|it| names.registry.get(it));
    let name = names.ucdp(member, role);
    let home = entry.and_then(ActorEntry::home).or(names.iso3);
    let gw = home.and_then(country).and_then(|it| it.gw).filter(|_| name.starts_with("Government of "));
    numbered(name, entry.and_then(|it| it.ids.ucdp).filter(|_| gw.is_none()), gw)
}

fn numbered(name: String, id: Option<u32>, gw: Option<u16>) -> Actor {
    let known = numbers::side(&name);
    Actor { id: known.map(|it| it.id).or(id), old_id: known.map(|it| it.dset), name, gw }
}
