//! Whose the casualties are, by what their own words say of them.

use annals_record::{ActorKind, Event, Party, Side};
use annals_values::{Role, Tables, Unit, unit_of};

use crate::outcomes::people;

/// "Several insurgents were killed" when insurgents had attacked: people told by a party's own noun are of its side, and so are
/// those of its class where the other side has none of it and is of the other class or unarmed ("terrorists" where an armed group
/// fights an army or blows up a market), whatever stands around them.
pub(crate) fn take_sides(event: &mut Event, tables: &Tables) {
    let (agents, targets) = (&event.agents, &event.targets);
    for it in event.outcomes.iter_mut().filter(|it| people(it.what)) {
        let Some(noun) = it.span.text.split_whitespace().next_back() else { continue };
        let class = unit_of(&it.span.text, tables);
        let told = |parties: &[Party]| parties.iter().any(|party| names(party, noun));
        let fits = |own: &[Party], other: &[Party]| {
            class.is_some_and(|class| own.iter().any(|it| is_of(it, class)) && is_against(other, class))
        };
        let is_civilian = targets.iter().any(|it| names(it, noun) && it.kind == Some(ActorKind::Civilians));
        it.side = match ((told(agents), told(targets)), (fits(agents, targets), fits(targets, agents))) {
            ((false, true), _) if is_civilian => Side::Civilian,
            ((true, false), _) if it.side != Side::Civilian => Side::Agent,
            ((false, true), _) if it.side != Side::Civilian => Side::Target,
            ((false, false), (true, false)) => Side::Agent,
            ((false, false), (false, true)) => Side::Target,
            _ if class == Some(Unit::Person(Role::Civilian)) && it.side != Side::Agent => Side::Civilian,
            _ => it.side,
        };
    }
}

/// Whether a side has none of a class, and is of the class that it fights, or told and unarmed.
fn is_against(parties: &[Party], class: Unit) -> bool {
    let unarmed = |it: &Party| {
        matches!(
            it.kind,
            Some(ActorKind::Civilians | ActorKind::Facility | ActorKind::Government | ActorKind::Individual)
        )
    };
    let opposed = opposed(class).is_some_and(|it| parties.iter().any(|party| is_of(party, it)));
    !parties.iter().any(|it| is_of(it, class)) && (opposed || !parties.is_empty() && parties.iter().all(unarmed))
}

fn names(party: &Party, noun: &str) -> bool {
    party.span.text.split_whitespace().any(|word| word.eq_ignore_ascii_case(noun))
}

/// The class that a class fights.
fn opposed(class: Unit) -> Option<Unit> {
    match class {
        Unit::Person(Role::StateForce) => Some(Unit::Person(Role::Combatant)),
        Unit::Person(Role::Combatant) => Some(Unit::Person(Role::StateForce)),
        _ => None,
    }
}

/// Whether people of a class are members of a party.
fn is_of(party: &Party, class: Unit) -> bool {
    match class {
        Unit::Person(Role::StateForce) => matches!(party.kind, Some(ActorKind::StateForce | ActorKind::ForeignForce)),
        Unit::Person(Role::Combatant) => {
            matches!(party.kind, Some(ActorKind::ArmedGroup | ActorKind::Militia | ActorKind::Unidentified))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use annals_record::{EventType, Outcome, OutcomeKind, Span};

    use super::*;

    /// The sides of people killed, each read as one of the first side, when the parties are of these kinds.
    fn sides(agent: (&str, ActorKind), target: (&str, ActorKind), killed: &[(&str, Side)]) -> Vec<&'static str> {
        let span = |text: &str| Span { start: 0, end: text.len(), text: text.to_owned() };
        let party =
            |(text, kind): (&str, ActorKind)| Party { span: span(text), name: None, kind: Some(kind), actor: None };
        let mut event = Event::bare(EventType::ArmedClash, span("attacked"));
        (event.agents, event.targets) = (vec![party(agent)], vec![party(target)]);
        let outcome = |&(text, side): &(&str, Side)| Outcome {
            span: span(text),
            what: OutcomeKind::Killed,
            low: None,
            high: None,
            best: None,
            side,
            part: false,
            item: None,
            source: None,
        };
        event.outcomes = killed.iter().map(outcome).collect();
        take_sides(&mut event, &Tables::english());
        event.outcomes.iter().map(|it| it.side.as_str()).collect()
    }

    #[test]
    fn people_told_by_a_partys_noun_are_of_its_side() {
        let killed = [
            ("several insurgents", Side::Target),
            ("two members of the patrol", Side::Agent),
            ("three others", Side::Agent),
        ];
        assert_eq!(
            sides(("armed insurgents", ActorKind::ArmedGroup), ("coalition patrol", ActorKind::ForeignForce), &killed),
            ["agent", "target", "agent"]
        );
    }

    #[test]
    fn people_of_a_partys_class_are_of_its_side() {
        let killed = [
            ("Six terrorists", Side::Target),
            ("three soldiers", Side::Agent),
            ("four of the assailants", Side::Unknown),
            ("11 civilians", Side::Target),
            ("two people", Side::Target),
        ];
        assert_eq!(
            sides(("ISWAP", ActorKind::ArmedGroup), ("troops", ActorKind::StateForce), &killed),
            ["agent", "target", "agent", "civilian", "target"]
        );
        let attackers =
            [("Three attackers", Side::Target), ("two guests", Side::Target), ("four inmates", Side::Target)];
        assert_eq!(
            sides(("Al-Shabaab", ActorKind::ArmedGroup), ("inmates", ActorKind::Civilians), &attackers),
            ["agent", "target", "civilian"]
        );
        let rebels = [("Six rebels", Side::Target)];
        assert_eq!(
            sides(("Hutu fighters", ActorKind::ArmedGroup), ("Mai-Mai", ActorKind::Militia), &rebels),
            ["target"]
        );
    }
}
