//! Which counts were killed, hurt, taken, freed, seized or destroyed.

use annals_record::{ActorKind, Item, OutcomeKind, Side};
use annals_values::{Quantity, Role as PersonRole, Unit};

use crate::{
    lexicon::Lexicon,
    linking::Sides,
    scene::{Found, Scene},
};

/// A count tied to a happening of its sentence.
#[derive(Clone, Debug)]
pub(crate) struct FoundOutcome {
    /// Index into the scene's quantities.
    pub(crate) quantity: usize,
    /// Index into the scene's triggers; `None` when only a thing word ("seized") tells it.
    pub(crate) trigger: Option<usize>,
    pub(crate) what: OutcomeKind,
    pub(crate) item: Option<Item>,
}

/// Finds the outcomes of a sentence.
pub(crate) fn find(scene: &Scene, lexicon: &Lexicon) -> Vec<FoundOutcome> {
    let mut list = Vec::new();
    for (index, quantity) in scene.quantities.iter().enumerate() {
        let unit = quantity.what.counted.as_ref().map(|it| it.unit);
        let outcome = if unit.is_none_or(|it| it.is_people() || it == Unit::Unknown) {
            people(scene, index).or_else(|| things(scene, index, lexicon))
        } else if unit.is_some_and(Unit::is_measure) {
            None
        } else {
            things(scene, index, lexicon)
        };
        list.extend(outcome);
    }
    list
}

fn people(scene: &Scene, index: usize) -> Option<FoundOutcome> {
    const FARTHEST: usize = 12;
    let quantity = &scene.quantities[index];
    let best = (scene.triggers.iter().enumerate())
        .filter_map(|(at, trigger)| Some((at, trigger.what.harm?, cost(scene, quantity, &trigger.at, index))))
        .min_by_key(|&(at, _, cost)| (cost, at))?;
    let (trigger, what, cost) = best;
    (cost <= FARTHEST).then_some(FoundOutcome { quantity: index, trigger: Some(trigger), what, item: None })
}

/// How far a harm word is from a count; counts in between push it away.
fn cost(scene: &Scene, quantity: &Found<Quantity>, harm: &std::ops::Range<usize>, index: usize) -> usize {
    let before = harm.end <= quantity.at.start;
    let inside = harm.start < quantity.at.end && quantity.at.start < harm.end;
    if inside {
        return 0;
    }
    let gap = if before { harm.end..quantity.at.start } else { quantity.at.end..harm.start };
    let crossed =
        scene.quantities.iter().enumerate().filter(|(other, it)| *other != index && gap.contains(&it.at.start)).count();
    let be = gap
        .clone()
        .any(|at| matches!(scene.lower(at), "was" | "were" | "been" | "are" | "be" | "being" | "have" | "had"));
    let breaks =
        gap.clone().filter(|&at| matches!(scene.lower(at), "," | ";" | "and" | "while" | "in" | "when")).count();
    let sides = if before { crossed * 2 } else { crossed * 6 };
    let turn = if before || be || gap.is_empty() { 0 } else { 3 + breaks * 6 };
    gap.len() + breaks * 2 + sides + turn
}

fn things(scene: &Scene, index: usize, lexicon: &Lexicon) -> Option<FoundOutcome> {
    const FARTHEST: usize = 14;
    let quantity = &scene.quantities[index];
    let item = item(scene, quantity, lexicon)?;
    let (distance, what) = (0..scene.words.len())
        .filter_map(|at| lexicon.things.at(&scene.words, at).map(|(_, what)| (at.abs_diff(quantity.at.start), *what)))
        .min()?;
    let trigger = (0..scene.triggers.len()).min_by_key(|&it| scene.triggers[it].at.start.abs_diff(quantity.at.start));
    (distance <= FARTHEST).then_some(FoundOutcome { quantity: index, trigger, what, item: Some(item) })
}

fn item(scene: &Scene, quantity: &Found<Quantity>, lexicon: &Lexicon) -> Option<Item> {
    quantity.at.clone().rev().find_map(|at| lexicon.items.at(&scene.words, at).map(|(_, item)| *item))
}

/// Who suffered an outcome.
pub(crate) fn side(scene: &Scene, outcome: &FoundOutcome, sides: &Sides) -> Side {
    let quantity = &scene.quantities[outcome.quantity];
    let overlaps = |party: &usize| {
        let at = &scene.parties[*party].at;
        at.start < quantity.at.end && quantity.at.start < at.end
    };
    let civilians = sides.targets.iter().any(|&it| scene.parties[it].what.kind == ActorKind::Civilians);
    match quantity.what.counted.as_ref().map(|it| it.unit) {
        Some(Unit::Person(PersonRole::Civilian)) => Side::Civilian,
        _ if sides.targets.iter().any(overlaps) => {
            if civilians {
                Side::Civilian
            } else {
                Side::Target
            }
        }
        _ if sides.agents.iter().any(overlaps) => Side::Agent,
        Some(Unit::Person(PersonRole::Combatant | PersonRole::StateForce)) => Side::Target,
        _ if outcome.item.is_some() => Side::Target,
        _ if civilians => Side::Civilian,
        _ => Side::Unknown,
    }
}
