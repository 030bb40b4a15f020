//! Figures of an incident: every claim, and what the rule makes of them.

use std::collections::{BTreeMap, BTreeSet};

use annals_record::{Item, Outcome, OutcomeKind, Side};

use crate::rule::{Said, tables, weigh};
use crate::{Claim, Figure, Rule, Telling};

/// What a figure is of.
type Of = (OutcomeKind, Side, Option<Item>);

/// One telling with what is needed of its company.
pub(crate) struct Witness<'t> {
    pub(crate) telling: &'t Telling,
    /// Its source, as [`crate::origins`] tells; equal ones count once.
    pub(crate) origin: String,
    /// True where it names agents and targets the other way round than the account.
    pub(crate) swapped: bool,
}

/// Makes the figures of all outcomes told; `witnesses` come in the order of their ids.
pub(crate) fn figures(witnesses: &[Witness<'_>], rule: Rule) -> Vec<Figure> {
    let sides = settle_sides(witnesses);
    let mut told: BTreeMap<Of, Vec<(&Witness<'_>, &Outcome)>> = BTreeMap::new();
    for witness in witnesses {
        for outcome in &witness.telling.event.outcomes {
            let side = turned(outcome.side, witness.swapped);
            let side = sides.get(&(outcome.what, side)).copied().unwrap_or(side);
            told.entry((outcome.what, side, outcome.item)).or_default().push((witness, outcome));
        }
    }
    let mut figures: Vec<Figure> = told.into_iter().map(|(of, told)| figure(of, &told, rule)).collect();
    take_sides_off_totals(&mut figures);
    figures
}

fn turned(side: Side, swapped: bool) -> Side {
    match side {
        Side::Agent if swapped => Side::Target,
        Side::Target if swapped => Side::Agent,
        other => other,
    }
}

/// Outlets name the same sufferers as target, as civilians, or not at all: where no telling has two of these as wholes of their
/// own, all go to the one told most (civilians before target before unknown).
fn settle_sides(witnesses: &[Witness<'_>]) -> BTreeMap<(OutcomeKind, Side), Side> {
    let mut together: BTreeSet<(OutcomeKind, Side, Side)> = BTreeSet::new();
    let mut counts: BTreeMap<(OutcomeKind, Side), usize> = BTreeMap::new();
    for witness in witnesses {
        let wholes: BTreeSet<(OutcomeKind, Side)> = witness
            .telling
            .event
            .outcomes
            .iter()
            .filter(|it| !it.part)
            .map(|it| (it.what, turned(it.side, witness.swapped)))
            .collect();
        for one in &wholes {
            *counts.entry(*one).or_default() += 1;
            together.extend(wholes.iter().filter(|it| it.0 == one.0).map(|it| (one.0, one.1, it.1)));
        }
    }
    let mut settled = BTreeMap::new();
    for what in OutcomeKind::ALL {
        let count = |side: Side| counts.get(&(*what, side)).copied().unwrap_or_default();
        let apart = |a: Side, b: Side| !together.contains(&(*what, a, b));
        if count(Side::Civilian) > 0 && count(Side::Target) > 0 && apart(Side::Civilian, Side::Target) {
            let (from, to) = if count(Side::Civilian) >= count(Side::Target) {
                (Side::Target, Side::Civilian)
            } else {
                (Side::Civilian, Side::Target)
            };
            settled.insert((*what, from), to);
        }
        let told: BTreeSet<Side> = [Side::Agent, Side::Target, Side::Civilian]
            .into_iter()
            .filter(|it| count(*it) > 0)
            .map(|it| settled.get(&(*what, it)).copied().unwrap_or(it))
            .collect();
        if let [only] = told.iter().copied().collect::<Vec<_>>()[..]
            && apart(Side::Unknown, only)
        {
            settled.insert((*what, Side::Unknown), only);
        }
    }
    settled
}

fn figure(of: Of, told: &[(&Witness<'_>, &Outcome)], rule: Rule) -> Figure {
    let (what, side, item) = of;
    let claims = told.iter().map(|(witness, outcome)| claim(witness.telling, outcome)).collect();
    let mut trace = Vec::new();
    let said = said(told, &mut trace);
    let weighed = if said.is_empty() {
        trace.push("only parts of other numbers are told".to_owned());
        crate::rule::Weighed::default()
    } else {
        weigh(&said, rule)
    };
    trace.extend(weighed.trace);
    let rule = rule.as_str().to_owned();
    Figure { what, side, item, low: weighed.low, best: weighed.best, high: weighed.high, rule, trace, claims }
}

fn claim(telling: &Telling, outcome: &Outcome) -> Claim {
    Claim {
        telling: telling.id.clone(),
        low: outcome.low,
        high: outcome.high,
        best: outcome.best,
        part: outcome.part,
        words: outcome.span.text.clone(),
        source: outcome.source.as_ref().map(|it| it.text.clone()),
        publisher: telling.report.publisher.clone(),
        published: telling.report.published,
        learned: telling.learned,
    }
}

/// What each independent source says: of one source's tellings the last published counts.
fn said(told: &[(&Witness<'_>, &Outcome)], trace: &mut Vec<String>) -> Vec<Said> {
    let mut by_source: BTreeMap<String, Vec<(&Telling, Said)>> = BTreeMap::new();
    let mut ids: Vec<_> = told.iter().map(|it| &it.0.telling.id).collect();
    ids.dedup();
    for id in ids {
        let own: Vec<_> = told.iter().filter(|it| it.0.telling.id == *id && !it.1.part).collect();
        let Some((witness, _)) = own.first() else { continue };
        let mut by_teller: BTreeMap<Option<String>, Vec<&Outcome>> = BTreeMap::new();
        for (_, outcome) in &own {
            let teller = outcome.source.as_ref().map(|it| crate::words::plain(&it.text));
            by_teller.entry(teller).or_default().push(outcome);
        }
        for (teller, outcomes) in by_teller {
            let named = outcomes.iter().find_map(|it| it.source.as_ref());
            let who = named.map_or_else(|| outlet(witness.telling), |it| it.text.clone());
            let source = teller.unwrap_or_else(|| witness.origin.clone());
            if let Some(it) = sum(witness.telling, who, &outcomes, trace) {
                by_source.entry(source).or_default().push((witness.telling, it));
            }
        }
    }
    let mut all = Vec::new();
    for mut tellings in by_source.into_values() {
        tellings.sort_by_key(|it| (it.0.report.published, it.0.id.clone()));
        let leaning: BTreeSet<String> = tellings.iter().map(|it| it.1.who.clone()).collect();
        let n = tellings.len();
        let Some((last, said)) = tellings.pop() else { continue };
        if n > 1 {
            let day = last.report.published.map_or(String::new(), |it| format!(" of {it}"));
            let leaning = leaning.into_iter().collect::<Vec<_>>().join(", ");
            trace.push(format!("{n} figures go back to one source ({leaning}): the last counts, {}{day}", said.who));
        }
        all.push(said);
    }
    all.sort();
    all
}

/// One teller's numbers for one side added up; the same number told twice counts once.
fn sum(telling: &Telling, who: String, outcomes: &[&Outcome], trace: &mut Vec<String>) -> Option<Said> {
    let mut counted: Vec<&Outcome> = Vec::new();
    for it in outcomes {
        let twice = counted.iter().any(|other| (other.low, other.high, other.best) == (it.low, it.high, it.best))
            && it.best.or(it.low).is_some_and(|it| it >= tables().told_twice.from);
        if !twice {
            counted.push(it);
        }
    }
    let (first, rest) = counted.split_first()?;
    let mut said = one(telling, first, who);
    for it in rest {
        let add = |a: Option<u64>, b: Option<u64>| a.zip(b).map(|(a, b)| a.saturating_add(b));
        // "12 and several others": at least the numbers that are told.
        let told = |it: Option<u64>| it.or(Some(0));
        (said.low, said.high) = match (said.low, it.low) {
            (None, None) => (None, add(said.high, it.high)),
            (a, b) => (add(told(a), told(b)), add(said.high, it.high)),
        };
        said.best = add(said.best, it.best);
        said.words = format!("{} + {}", said.words, it.span.text);
    }
    if !rest.is_empty() {
        trace.push(format!("{} adds up: {}", said.who, said.words));
    }
    Some(said)
}

fn one(telling: &Telling, outcome: &Outcome, who: String) -> Said {
    let Outcome { low, best, high, .. } = *outcome;
    Said { published: telling.report.published, who, low, best, high, words: outcome.span.text.clone() }
}

fn outlet(telling: &Telling) -> String {
    telling.report.publisher.clone().unwrap_or_else(|| telling.doc.clone())
}

/// A number told of nobody in particular beside numbers of sides is a total: the sides are taken off it.
fn take_sides_off_totals(figures: &mut [Figure]) {
    let sum_of_sides = |figures: &[Figure], what: OutcomeKind, item: Option<Item>| {
        let sides = figures.iter().filter(|it| it.what == what && it.item == item && it.side != Side::Unknown);
        let best: Vec<u64> = sides.filter_map(|it| it.best).collect();
        (!best.is_empty()).then(|| best.into_iter().fold(0_u64, u64::saturating_add))
    };
    for idx in 0..figures.len() {
        let it = &figures[idx];
        if it.side != Side::Unknown || it.best.is_none() {
            continue;
        }
        let Some(counted) = sum_of_sides(figures, it.what, it.item) else { continue };
        let it = &mut figures[idx];
        let rest = |n: Option<u64>| n.and_then(|it| it.checked_sub(counted)).filter(|it| *it > 0);
        it.trace
            .push(format!("a total over all sides: {counted} of it are counted on their sides, the rest stays here"));
        (it.low, it.best, it.high) = (rest(it.low), rest(it.best), rest(it.high));
    }
}
