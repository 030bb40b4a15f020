//! From sentences to one reading: which triggers name the same happening, and what belongs to each.

use std::{collections::BTreeSet, ops::Range};

use annals_reader::{
    Dated, Link, Odds, ReadSpan, ReadStatement, Reading, Role, SameEvent, SpanIdx, SpanKind, Trigger, TriggerIdx,
};
use annals_record::{ActorKind, EventType};

use crate::{
    lexicon::{Lexicon, TriggerEntry},
    linking::{self, Sides},
    outcomes,
    scene::{Found, Scene},
    statements, triggers,
};

/// Sure types weigh more than those taken from what stands around.
const SURE: f32 = 0.9;
const OPEN: f32 = 0.6;
const LINK: f32 = 0.7;

/// A happening as far as it is read.
struct Thread {
    /// Types of its triggers that the words tell for sure.
    types: Vec<EventType>,
    means: Option<EventType>,
    triggers: Vec<TriggerIdx>,
    places: BTreeSet<String>,
    times: BTreeSet<String>,
    in_title: bool,
}

/// Triggers of one sentence that name one happening.
struct Cluster {
    /// Indices into the scene's triggers.
    members: Vec<usize>,
}

/// Puts the sentences' finds together.
pub(crate) fn reading(scenes: &[Scene], lexicon: &Lexicon) -> Reading {
    let mut reading = Reading::default();
    let mut threads: Vec<Thread> = Vec::new();
    for scene in scenes {
        let clusters = clusters(scene);
        let outcomes = outcomes::find(scene, lexicon);
        for (index, cluster) in clusters.iter().enumerate() {
            let own = |at: &Range<usize>| nearest(&clusters, scene, at) == Some(index);
            read_cluster(scene, cluster, own, &outcomes, &mut threads, &mut reading);
        }
        for found in statements::find(scene, lexicon) {
            reading.statements.push(ReadStatement {
                kind: found.kind,
                range: found.range,
                subject: found.subject,
                object: found.object,
                sources: Vec::new(),
                score: OPEN,
            });
        }
    }
    reading
}

/// Groups a sentence's triggers: open ones go to the nearest sure one, sure ones of one type stand together.
fn clusters(scene: &Scene) -> Vec<Cluster> {
    let sure: Vec<usize> = (0..scene.triggers.len()).filter(|&it| !scene.triggers[it].what.open).collect();
    let mut list: Vec<Cluster> = Vec::new();
    for &trigger in &sure {
        let event_type = scene.triggers[trigger].what.event_type;
        let joins = |it: &&mut Cluster| {
            let first = &scene.triggers[it.members[0]];
            triggers::is_setting(scene, &scene.triggers[trigger])
                || triggers::is_setting(scene, first)
                || together(first.what.event_type, event_type)
        };
        match list.iter_mut().find(joins) {
            Some(cluster) => cluster.members.push(trigger),
            None => list.push(Cluster { members: vec![trigger] }),
        }
    }
    let strong: Vec<usize> = (0..scene.triggers.len())
        .filter(|it| !sure.contains(it) && (!scene.triggers[*it].what.weak || scene.triggers.len() == 1))
        .collect();
    if list.is_empty() {
        if !strong.is_empty() {
            list.push(Cluster { members: strong });
        }
    } else {
        for trigger in strong {
            let at = &scene.triggers[trigger].at;
            if let Some(home) = nearest(&list, scene, at) {
                list[home].members.push(trigger);
            }
        }
    }
    for cluster in &mut list {
        cluster.members.sort_unstable();
    }
    list
}

/// Types that tell of one happening when they stand in one sentence.
fn together(a: EventType, b: EventType) -> bool {
    use EventType::{AirStrike, ArmedClash, Bombing, ChemicalAttack, Shelling, TargetedViolence, TerritoryTaken};
    let deadly = |it| matches!(it, AirStrike | ArmedClash | Bombing | ChemicalAttack | Shelling | TerritoryTaken);
    a == b
        || a == TargetedViolence && deadly(b)
        || b == TargetedViolence && deadly(a)
        || matches!((a, b), (AirStrike, ChemicalAttack) | (ChemicalAttack, AirStrike))
        || matches!((a, b), (ArmedClash, TerritoryTaken) | (TerritoryTaken, ArmedClash))
}

fn nearest(clusters: &[Cluster], scene: &Scene, at: &Range<usize>) -> Option<usize> {
    let distance = |trigger: usize| {
        let it = &scene.triggers[trigger].at;
        if it.end <= at.start { at.start - it.end } else { it.start.saturating_sub(at.end) }
    };
    (0..clusters.len()).min_by_key(|&it| clusters[it].members.iter().map(|&member| distance(member)).min())
}

fn read_cluster(
    scene: &Scene,
    cluster: &Cluster,
    own: impl Fn(&Range<usize>) -> bool,
    outcomes: &[outcomes::FoundOutcome],
    threads: &mut Vec<Thread>,
    reading: &mut Reading,
) {
    let members: Vec<&Found<TriggerEntry>> = cluster.members.iter().map(|&it| &scene.triggers[it]).collect();
    let sides = shared_sides(scene, &members);
    let words = |list: &[Found<()>]| -> BTreeSet<String> {
        list.iter().filter(|it| own(&it.at)).map(|it| scene.text[it.range.clone()].to_lowercase()).collect()
    };
    let (places, times) = (words(&scene.places), words(&scene.times));
    let types: Vec<EventType> = members.iter().filter(|it| !it.what.open).map(|it| it.what.event_type).collect();
    let means = members.iter().find_map(|it| triggers::means(scene, it));
    let home = threads.iter().rposition(|thread| continues(thread, scene, &types, means, &places, &times));
    let earlier_means = home.and_then(|it| threads[it].types.first().copied().or(threads[it].means));
    let kind = |list: &[usize]| list.first().map(|&it| scene.parties[it].what.kind);

    let first = TriggerIdx(reading.triggers.len());
    for trigger in &members {
        let certainty = if trigger.what.open { OPEN } else { SURE };
        let event_type = triggers::event_type(trigger, scene, earlier_means, kind(&sides.targets), kind(&sides.agents));
        reading.triggers.push(Trigger {
            range: trigger.range.clone(),
            score: certainty,
            main: main_score(scene, trigger, &members),
            event_type: Odds::mostly(event_type, certainty),
            scope: Odds::mostly(triggers::scope(scene), SURE),
            realis: Odds::mostly(triggers::realis(scene, trigger), SURE),
            dated: Odds::mostly(if threads.is_empty() { Dated::Other } else { Dated::None }, SURE),
        });
    }
    let own_triggers: Vec<TriggerIdx> = (first.0..reading.triggers.len()).map(TriggerIdx).collect();
    let told_before = home.map(|it| threads[it].triggers.clone()).unwrap_or_default();
    for &second in &own_triggers {
        let earlier = told_before.iter().copied().chain((first.0..second.0).map(TriggerIdx));
        reading.same.extend(earlier.map(|first| SameEvent { first, second, score: LINK }));
    }
    link(scene, &own_triggers, &members, &own, &sides, outcomes, reading);

    let in_title = scene.kind == annals_text::SentenceKind::Title;
    if let Some(home) = home {
        let thread = &mut threads[home];
        thread.types.extend(types);
        thread.means = thread.means.or(means);
        thread.places.extend(places);
        thread.times.extend(times);
        thread.triggers.extend(own_triggers);
        thread.in_title &= in_title;
    } else {
        threads.push(Thread { types, means, triggers: own_triggers, places, times, in_title });
    }
}

/// Tells whether a sentence goes on telling of a happening.
fn continues(
    thread: &Thread,
    scene: &Scene,
    types: &[EventType],
    means: Option<EventType>,
    places: &BTreeSet<String>,
    times: &BTreeSet<String>,
) -> bool {
    if thread.in_title {
        return types.is_empty()
            || thread.types.is_empty()
            || types.iter().any(|a| thread.types.iter().any(|b| together(*a, *b)));
    }
    let fits = match (thread.types.first().or(thread.means.as_ref()), types.first().or(means.as_ref())) {
        (Some(_), Some(_)) => {
            let known = || thread.types.iter().chain(&thread.means);
            types.iter().chain(&means).any(|a| known().any(|b| together(*a, *b)))
        }
        _ => true,
    };
    let elsewhere = !places.is_empty() && !thread.places.is_empty() && !alike(places, &thread.places);
    let other_time = !times.is_empty() && !thread.times.is_empty() && times.is_disjoint(&thread.times);
    let parting = usize::from(elsewhere) + usize::from(other_time) + usize::from(scene.separate);
    fits && parting < 1
}

/// Tells whether two sets of place namings share a word.
fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    let words = |set: &BTreeSet<String>| -> BTreeSet<String> {
        set.iter().flat_map(|naming| naming.split_whitespace().map(str::to_owned)).collect()
    };
    !words(a).is_disjoint(&words(b))
}

/// The sides that the cluster's triggers tell together: each side from the first trigger that tells it, verbs of harm first.
fn shared_sides(scene: &Scene, members: &[&Found<TriggerEntry>]) -> Sides {
    let mut all = Sides::default();
    let mut order: Vec<_> = members.iter().collect();
    order.sort_by_key(|it| !it.what.verb);
    for trigger in order {
        let mut sides = linking::sides(scene, trigger);
        // "Ten fighters were killed in clashes with the army": whom one trigger calls targets are so for all.
        sides.agents.retain(|it| !all.targets.contains(it));
        sides.targets.retain(|it| !all.agents.contains(it));
        if sides.agents.is_empty() && trigger.what.event_type == EventType::ArmedClash && !all.targets.is_empty() {
            sides.agents =
                std::mem::take(&mut sides.targets).into_iter().filter(|it| !all.targets.contains(it)).collect();
        }
        if all.agents.is_empty() {
            all.agents = sides.agents;
        }
        if all.targets.is_empty() {
            all.targets = sides.targets.into_iter().filter(|it| !all.agents.contains(it)).collect();
        }
    }
    all.agents.retain(|&it| !matches!(scene.parties[it].what.kind, ActorKind::Facility));
    all
}

fn link(
    scene: &Scene,
    triggers: &[TriggerIdx],
    members: &[&Found<TriggerEntry>],
    own: &impl Fn(&Range<usize>) -> bool,
    sides: &Sides,
    outcomes: &[outcomes::FoundOutcome],
    reading: &mut Reading,
) {
    let mut add = |range: Range<usize>, kind: SpanKind, role: Role| {
        let span = span(reading, range, kind);
        reading.links.extend(triggers.iter().map(|&trigger| Link { trigger, span, role, score: LINK }));
    };
    for (side, role) in [(&sides.agents, Role::Agent), (&sides.targets, Role::Target)] {
        for party in side.iter().map(|&it| &scene.parties[it]) {
            add(party.range.clone(), SpanKind::Party(Some(party.what.kind)), role);
        }
    }
    for place in scene.places.iter().filter(|it| own(&it.at)) {
        add(place.range.clone(), SpanKind::Place, Role::Place);
    }
    for time in scene.times.iter().filter(|it| scene.times.len() == 1 || own(&it.at)) {
        add(time.range.clone(), SpanKind::Time, Role::Date);
    }
    for weapon in scene.weapons.iter().filter(|it| own(&it.at)) {
        let named = members.iter().any(|it| it.at.start <= weapon.at.start && weapon.at.end <= it.at.end);
        if !named {
            add(weapon.range.clone(), SpanKind::Weapon, Role::Weapon);
        }
    }
    for source in &scene.sources {
        add(source.range.clone(), SpanKind::Source(source.what), Role::Source);
    }
    for outcome in outcomes {
        let quantity = &scene.quantities[outcome.quantity];
        let told_by = outcome.trigger.map_or(quantity.at.clone(), |it| scene.triggers[it].at.clone());
        if own(&told_by) {
            let kind = SpanKind::Outcome {
                what: outcome.what,
                side: outcomes::side(scene, outcome, sides),
                part: quantity.what.part_of_previous,
                item: outcome.item,
            };
            add(quantity.range.clone(), kind, Role::Outcome);
        }
    }
}

/// The naming that tells most stands for the event: verbs of the body before nouns, sure words before open ones.
fn main_score(scene: &Scene, trigger: &Found<TriggerEntry>, members: &[&Found<TriggerEntry>]) -> f32 {
    let body = if scene.kind == annals_text::SentenceKind::Title { 0.0 } else { 0.4 };
    let sure = if trigger.what.open { 0.0 } else { 0.2 };
    let told = scene.quantities.len() + scene.times.len() + scene.places.len() + members.len();
    body + sure + (told.min(8) as f32) * 0.05
}

/// The index of a span, new or known.
fn span(reading: &mut Reading, range: Range<usize>, kind: SpanKind) -> SpanIdx {
    if let Some(known) = reading.spans.iter().position(|it| it.kind == kind && it.range == range) {
        return SpanIdx(known);
    }
    reading.spans.push(ReadSpan { range, kind, score: LINK });
    SpanIdx(reading.spans.len() - 1)
}
