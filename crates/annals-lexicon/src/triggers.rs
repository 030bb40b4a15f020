//! Which words name a happening.

use annals_record::{ActorKind, EventType, Realis, Scope};

use crate::{
    lexicon::{Lexicon, TriggerEntry},
    scene::{Found, Scene, scan},
};

/// Finds the trigger words of a sentence.
pub(crate) fn find(scene: &Scene, lexicon: &Lexicon) -> Vec<Found<TriggerEntry>> {
    let background = scan(&scene.words, |at| lexicon.background.at(&scene.words, at).map(|(length, it)| (length, *it)));
    scan(&scene.words, |at| {
        let (length, entry) = lexicon.triggers.at(&scene.words, at)?;
        let plain =
            !scene.in_time(at) && !names_something_else(scene, at, length) && !is_habit(at, *entry, &background);
        plain.then_some((length, *entry))
    })
}

/// "Responsible for attacks on …": what somebody does as a rule.
fn is_habit(at: usize, entry: TriggerEntry, background: &[Found<()>]) -> bool {
    const REACH: usize = 9;
    !entry.verb && background.iter().any(|it| it.at.end <= at && at - it.at.end < REACH)
}

/// "During an operation", "in an air raid": the setting of the sentence's main happening.
pub(crate) fn is_setting(scene: &Scene, trigger: &Found<TriggerEntry>) -> bool {
    const REACH: usize = 5;
    let start = trigger.at.start;
    !trigger.what.verb && scene.context.iter().any(|it| it.at.end <= start && start - it.at.end < REACH)
}

/// "Strike Force", "Operation X", "the attackers' attack": a capital inside a sentence that is no headline is a name.
fn names_something_else(scene: &Scene, at: usize, length: usize) -> bool {
    let headline = scene.words.iter().filter(|word| word.capital).count() * 2 > scene.words.len();
    let capital = scene.words[at].capital && at > 0 && !headline;
    let hyphen = length == 1 && matches!(scene.lower(at + 1), "force" | "commander" | "group");
    capital && length == 1 || hyphen
}

/// The type of an open trigger: told by the means in the sentence, else by those of the event's other sentences, else by the sides.
pub(crate) fn event_type(
    trigger: &Found<TriggerEntry>,
    scene: &Scene,
    earlier_means: Option<EventType>,
    target: Option<ActorKind>,
    agent: Option<ActorKind>,
) -> EventType {
    use ActorKind::{ArmedGroup, Civilians, Facility, ForeignForce, Individual, Militia, StateForce, Unidentified};
    if !trigger.what.open {
        return trigger.what.event_type;
    }
    if let Some(means) = means(scene, trigger).or(earlier_means) {
        return means;
    }
    match (agent, target) {
        (_, Some(Civilians | Individual)) => EventType::TargetedViolence,
        (_, Some(StateForce | ForeignForce | ArmedGroup | Militia))
        | (Some(ArmedGroup | Unidentified), Some(Facility)) => EventType::ArmedClash,
        _ => trigger.what.event_type,
    }
}

/// The nearest means in the sentence; one list's order breaks ties.
pub(crate) fn means(scene: &Scene, trigger: &Found<TriggerEntry>) -> Option<EventType> {
    let distance = |at: usize| at.abs_diff(trigger.at.start);
    scene.means.iter().min_by_key(|it| (it.what, distance(it.at.start))).map(|it| it.what)
}

/// Whether it is told as having happened.
pub(crate) fn realis(scene: &Scene, trigger: &Found<TriggerEntry>) -> Realis {
    const REACH: usize = 4;
    let near = |it: &&Found<Realis>| it.at.end <= trigger.at.start && trigger.at.start - it.at.end < REACH;
    scene.realis.iter().rfind(near).map_or(Realis::Actual, |it| it.what)
}

/// One incident or a campaign.
pub(crate) fn scope(scene: &Scene) -> Scope {
    if scene.campaign { Scope::Campaign } else { Scope::Incident }
}
