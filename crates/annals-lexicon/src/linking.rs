//! Who did it and to whom, by the grammar around one trigger.

use annals_record::{ActorKind, EventType, OutcomeKind};

use crate::{
    lexicon::{PartyEntry, TriggerEntry},
    scene::{Found, Scene},
};

/// Indices into a scene's parties.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sides {
    pub(crate) agents: Vec<usize>,
    pub(crate) targets: Vec<usize>,
}

/// Reads the sides of a trigger from its sentence.
pub(crate) fn sides(scene: &Scene, trigger: &Found<TriggerEntry>) -> Sides {
    let mut sides = if trigger.what.verb { verb(scene, trigger) } else { noun(scene, trigger) };
    sides.targets.retain(|it| !sides.agents.contains(it));
    if bears_alone(trigger) && sides.agents.is_empty() {
        // "Fighters surrendered", "families fled": who did it is who it happened to.
        std::mem::swap(&mut sides.agents, &mut sides.targets);
    }
    sides
}

/// Happenings whose subject acts on itself.
fn bears_alone(trigger: &Found<TriggerEntry>) -> bool {
    matches!(trigger.what.event_type, EventType::GroupChange | EventType::Protest | EventType::Deployment)
}

fn verb(scene: &Scene, trigger: &Found<TriggerEntry>) -> Sides {
    let by = by_party(scene, trigger);
    if passive(scene, trigger) || by.is_some() {
        let agents = by.map_or_else(Vec::new, |it| with_company(scene, it));
        let targets = before(scene, trigger).map_or_else(|| after(scene, trigger).into_iter().collect(), |it| vec![it]);
        return Sides { agents, targets };
    }
    let subject = before(scene, trigger);
    let object = after(scene, trigger);
    if intransitive(scene, trigger) {
        return Sides { agents: Vec::new(), targets: subject.into_iter().collect() };
    }
    let subject = subject.filter(|&it| scene.parties[it].what.kind != ActorKind::Civilians || object.is_none());
    Sides {
        agents: subject.map_or_else(Vec::new, |it| with_company(scene, it)),
        targets: object.map_or_else(Vec::new, |it| with_company(scene, it)),
    }
}

fn noun(scene: &Scene, trigger: &Found<TriggerEntry>) -> Sides {
    const REACH: usize = 9;
    let mut sides = Sides::default();
    let end = trigger.at.end;
    if let Some(object) = party_at(scene, end) {
        // "Killing civilians".
        sides.targets = with_company(scene, object);
    }
    for at in end..scene.words.len().min(end + REACH) {
        if scene.triggers.iter().any(|it| it.at.start == at && it.what.verb) {
            break;
        }
        let Some(party) = party_at(scene, at + 1) else { continue };
        match scene.lower(at) {
            "by" | "from" if sides.agents.is_empty() => sides.agents = with_company(scene, party),
            "on" | "against" | "at" | "targeting" | "of" | "with" if sides.targets.is_empty() => {
                sides.targets = with_company(scene, party);
            }
            "between" => {
                let both = with_company(scene, party);
                sides.agents = both[..1].to_vec();
                sides.targets = both[1..].to_vec();
                return sides;
            }
            _ => {}
        }
    }
    if let Some(holder) = scene.parties.iter().position(|it| it.at.end == trigger.at.start) {
        let side = if scene.parties[holder].what.kind == ActorKind::Civilians {
            &mut sides.targets
        } else {
            &mut sides.agents
        };
        if side.is_empty() {
            *side = with_company(scene, holder);
        }
    }
    if sides.agents.is_empty() {
        let doer = before(scene, trigger).filter(|&it| {
            let gap = trigger.at.start - scene.parties[it].at.end;
            gap <= 6 && !matches!(scene.parties[it].what.kind, ActorKind::Civilians | ActorKind::Facility)
        });
        sides.agents = doer.map_or_else(Vec::new, |it| with_company(scene, it));
    }
    sides
}

/// A form of "to be" shortly before, a count right before with nothing done after ("15 killed in …"), or "left … dead".
fn passive(scene: &Scene, trigger: &Found<TriggerEntry>) -> bool {
    let start = trigger.at.start;
    let auxiliary = (start.saturating_sub(3)..start).any(|at| {
        matches!(scene.lower(at), "was" | "were" | "been" | "being" | "be" | "are" | "is" | "got" | "gets" | "été")
    });
    let counted = scene
        .quantities
        .iter()
        .any(|it| it.at.end == start || it.at.end + 1 == start && scene.lower(start - 1) == "people");
    let object = matches!(
        scene.lower(trigger.at.end),
        "in" | "when" | "after" | "as" | "and" | "," | "." | "during" | "near" | "" | "at" | "on"
    );
    auxiliary || counted && object
}

fn intransitive(scene: &Scene, trigger: &Found<TriggerEntry>) -> bool {
    matches!(scene.lower(trigger.at.start), "died" | "dies" | "dead" | "perished" | "martyred")
        || trigger.what.harm == Some(OutcomeKind::Displaced)
        || trigger.what.harm == Some(OutcomeKind::Surrendered)
}

/// "… by gunmen": the party after the first "by" within reach.
fn by_party(scene: &Scene, trigger: &Found<TriggerEntry>) -> Option<usize> {
    const REACH: usize = 12;
    (trigger.at.end..scene.words.len().min(trigger.at.end + REACH))
        .filter(|&at| scene.lower(at) == "by")
        .find_map(|at| (1..=3).find_map(|step| party_at(scene, at + step)))
}

fn party_at(scene: &Scene, at: usize) -> Option<usize> {
    let at = if matches!(scene.lower(at), "the" | "a" | "an" | "some") { at + 1 } else { at };
    scene.parties.iter().position(|it| it.at.contains(&at))
}

fn before(scene: &Scene, trigger: &Found<TriggerEntry>) -> Option<usize> {
    let limit = clause_start(scene, trigger.at.start);
    scene.parties.iter().rposition(|it| it.at.end <= trigger.at.start && it.at.start >= limit && !tells(scene, it))
}

fn after(scene: &Scene, trigger: &Found<TriggerEntry>) -> Option<usize> {
    const REACH: usize = 14;
    let end = trigger.at.end + REACH;
    scene.parties.iter().position(|it| it.at.start >= trigger.at.end && it.at.start < end && !tells(scene, it))
}

/// A party that is only named as the teller.
fn tells(scene: &Scene, party: &Found<PartyEntry>) -> bool {
    scene.sources.iter().any(|it| it.at.start < party.at.end && party.at.start < it.at.end)
}

fn clause_start(scene: &Scene, at: usize) -> usize {
    (0..at).rev().find(|&it| matches!(scene.lower(it), ";" | ":" | "while" | "after" | "when")).map_or(0, |it| it + 1)
}

/// The party and those joined to it by "and" or a comma.
fn with_company(scene: &Scene, first: usize) -> Vec<usize> {
    let mut list = vec![first];
    for next in first + 1..scene.parties.len() {
        let last = &scene.parties[*list.last().expect("starts with one")];
        let gap = last.at.end..scene.parties[next].at.start;
        let joined = gap.len() <= 2
            && gap.clone().all(|at| matches!(scene.lower(at), "and" | "," | "the" | "allied"))
            && gap.clone().any(|at| matches!(scene.lower(at), "and" | ","));
        if !joined {
            break;
        }
        list.push(next);
    }
    list
}
