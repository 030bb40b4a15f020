//! Clusters are a function of the set of tellings, and of each component alone.

use std::collections::BTreeSet;

use annals_incidents::{Constraints, Matcher, Partition, Telling, TellingId, keys};
use proptest::prelude::*;

use crate::tellings;

/// One telling's line; few values, so that many tellings meet.
fn line() -> impl Strategy<Value = String> {
    let types = prop::sample::select(vec!["air_strike", "shelling", "armed_clash"]);
    let places =
        prop::sample::select(vec!["Takola@15.70,0.10", "Sirba@15.72,0.12", "Menira@15.9,0.4", "Dabar@13.1,1.5"]);
    let sides = prop::sample::select(vec![
        "mli-military=Malian army:state_force > jnim=JNIM:armed_group",
        "jnim=JNIM:armed_group > mli-military=Malian army:state_force",
        "isgs=Islamic State:armed_group > residents:civilians",
        "gunmen:unidentified > residents:civilians",
        "-",
    ]);
    (types, 1..9_u8, places, sides, 1..5_u8).prop_map(|(what, day, place, sides, killed)| {
        format!("| {what} 2024-03-{day:02} {place} | {sides} | killed target {}", u32::from(killed) * 7)
    })
}

fn set() -> impl Strategy<Value = Vec<Telling>> {
    let outlets = prop::sample::select(vec!["Arda_News", "Belo_Post", "Cera_Radio"]);
    prop::collection::vec((line(), outlets), 1..24).prop_map(|lines| {
        let numbered = lines.iter().enumerate();
        let text: Vec<String> =
            numbered.map(|(idx, (line, outlet))| format!("r{idx:02} {outlet} 2024-03-10 {line}")).collect();
        tellings::read(&text.join("\n"))
    })
}

fn cluster(tellings: &[&Telling], decided: &Constraints) -> Partition {
    Matcher::embedded().cluster(tellings, decided)
}

/// Clusters as a ledger does: the tellings that hang together by keys and links, each such component by itself.
fn by_components(tellings: &[Telling]) -> BTreeSet<Vec<TellingId>> {
    let matcher = Matcher::embedded();
    let all: Vec<_> = tellings.iter().map(keys).collect();
    let meet = |a: usize, b: usize| all[a].ask.iter().any(|it| all[b].under.contains(it));
    let tied = |a: usize, b: usize| (meet(a, b) || meet(b, a)) && matcher.links(&tellings[a], [&tellings[b]]) == [true];
    let mut open: BTreeSet<usize> = (0..tellings.len()).collect();
    let mut groups = BTreeSet::new();
    while let Some(start) = open.pop_first() {
        let mut component = vec![start];
        let mut at = 0;
        while let Some(one) = component.get(at).copied() {
            let found: Vec<usize> = open.iter().copied().filter(|it| tied(one, *it)).collect();
            open.retain(|it| !found.contains(it));
            component.extend(found);
            at += 1;
        }
        let members: Vec<&Telling> = component.iter().map(|it| &tellings[*it]).collect();
        groups.extend(cluster(&members, &Constraints::none()).groups);
    }
    groups
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_does_not_matter(tellings in set(), seed in any::<u64>()) {
        let sorted: Vec<&Telling> = tellings.iter().collect();
        let mut mixed = sorted.clone();
        mixed.sort_by_key(|it| it.id.0.bytes().fold(seed, |sum, byte| sum.rotate_left(7).wrapping_mul(31) ^ u64::from(byte)));
        prop_assert_eq!(cluster(&sorted, &Constraints::none()), cluster(&mixed, &Constraints::none()));
    }

    #[test]
    fn components_are_independent(tellings in set()) {
        let all: Vec<&Telling> = tellings.iter().collect();
        let whole: BTreeSet<_> = cluster(&all, &Constraints::none()).groups.into_iter().collect();
        prop_assert_eq!(whole, by_components(&tellings));
    }

    #[test]
    fn every_telling_is_in_one_group(tellings in set()) {
        let all: Vec<&Telling> = tellings.iter().collect();
        let mut told: Vec<TellingId> = cluster(&all, &Constraints::none()).groups.into_iter().flatten().collect();
        told.sort();
        let mut ids: Vec<TellingId> = tellings.iter().map(|it| it.id.clone()).collect();
        ids.sort();
        prop_assert_eq!(told, ids);
    }

    #[test]
    fn what_people_decide_holds(tellings in set(), picks in any::<[prop::sample::Index; 4]>()) {
        let [a, b, c, d] = picks.map(|it| &tellings[it.index(tellings.len())].id);
        let mut decided = Constraints::none();
        if a != b {
            decided.join(a, b);
        }
        if c != d {
            decided.part(c, d);
        }
        let groups = cluster(&tellings.iter().collect::<Vec<_>>(), &decided).groups;
        let together = |a: &TellingId, b: &TellingId| groups.iter().any(|it| it.contains(a) && it.contains(b));
        let same = |x: (&TellingId, &TellingId), y: (&TellingId, &TellingId)| x == y || x == (y.1, y.0);
        prop_assert!(c == d || !together(c, d), "parted, and yet together");
        prop_assert!(same((a, b), (c, d)) || together(a, b), "joined, and yet apart");
    }

    #[test]
    fn the_account_does_not_depend_on_the_order(tellings in set()) {
        use annals_incidents::{IncidentId, ReviewState, Rule, account};
        let id = IncidentId("i1".to_owned());
        let mut turned = tellings.clone();
        turned.reverse();
        for rule in Rule::ALL {
            let one = account(&id, &tellings, *rule, ReviewState::Unreviewed);
            prop_assert_eq!(&one, &account(&id, &turned, *rule, ReviewState::Unreviewed));
            for figure in &one.figures {
                prop_assert!(figure.low <= figure.best || figure.best.is_none());
                prop_assert!(figure.high.is_none_or(|high| figure.best.is_none_or(|best| best <= high)));
            }
        }
    }
}
