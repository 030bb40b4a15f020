//! Makes the account of a happening from its tellings.

use std::collections::{BTreeMap, BTreeSet};

use annals_record::{ActorKind, Party, PlacePrecision, Realis, Stance, Where};
use jiff::Timestamp;

use crate::figures::{Witness, figures};
use crate::origins::origins;
use crate::parties::{Likeness, Who, likeness, most_told, shown_name};
use crate::title::title;
use crate::words::Lists;
use crate::{Days, Incident, IncidentId, Member, ReviewState, Rule, Telling};

/// Makes the account of one happening from all its tellings.
///
/// A pure function of the set of tellings: their order does not matter. Without tellings the account is empty.
pub fn account(id: &IncidentId, tellings: &[Telling], rule: Rule, review: ReviewState) -> Incident {
    let mut sorted: Vec<&Telling> = tellings.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    sorted.dedup_by(|a, b| a.id == b.id);
    let swapped = swapped(&sorted);
    let origins = origins(&sorted);
    let witnesses: Vec<Witness<'_>> = sorted
        .iter()
        .zip(origins)
        .zip(&swapped)
        .map(|((telling, origin), swapped)| Witness { telling, origin, swapped: *swapped })
        .collect();
    let n_independent = witnesses.iter().map(|it| &it.origin).collect::<BTreeSet<_>>().len();
    let (agents, targets) = members(&witnesses);
    let best_place = best_place(&sorted);
    let mut incident = Incident {
        id: id.clone(),
        event_type: most_told(sorted.iter().map(|it| it.event.event_type)).unwrap_or(annals_record::EventType::Other),
        scope: most_told(sorted.iter().map(|it| it.event.scope)).unwrap_or(annals_record::Scope::Incident),
        realis: realis(&sorted),
        title: String::new(),
        disputed: is_disputed(&witnesses),
        agents,
        targets,
        place: best_place.and_then(place_name),
        location: best_place.and_then(|it| it.event.location.clone()),
        date: best_days(&sorted),
        figures: figures(&witnesses, rule),
        weapons: weapons(&sorted),
        tellings: Vec::new(),
        n_independent: u32::try_from(n_independent).unwrap_or(u32::MAX),
        review,
        first_learned: sorted.iter().map(|it| it.learned).min().unwrap_or(Timestamp::UNIX_EPOCH),
        last_changed: sorted.iter().map(|it| it.learned).max().unwrap_or(Timestamp::UNIX_EPOCH),
    };
    incident.title = title(&incident);
    incident.tellings = sorted.into_iter().cloned().collect();
    incident.tellings.sort_by(|a, b| (a.report.published, &a.id).cmp(&(b.report.published, &b.id)));
    incident
}

/// Whether each telling names the sides the other way round than the first that names both.
fn swapped(tellings: &[&Telling]) -> Vec<bool> {
    let sides = |it: &Telling| -> (Vec<Who>, Vec<Who>) {
        (it.event.agents.iter().map(Who::new).collect(), it.event.targets.iter().map(Who::new).collect())
    };
    let all: Vec<_> = tellings.iter().map(|it| sides(it)).collect();
    let Some(model) = all.iter().find(|it| !it.0.is_empty() && !it.1.is_empty()) else {
        return vec![false; tellings.len()];
    };
    let turned = tellings.iter().zip(&all).map(|(telling, (agents, targets))| {
        let straight = [likeness(agents, &model.0), likeness(targets, &model.1)];
        let crossed = [likeness(agents, &model.1), likeness(targets, &model.0)];
        let good = |it: [Likeness; 2]| it.into_iter().filter(|it| *it >= Likeness::Akin).count();
        Lists::get().is_mutual(telling.event.event_type) && good(crossed) > good(straight)
    });
    turned.collect()
}

/// Agents and targets of the account.
fn members(witnesses: &[Witness<'_>]) -> (Vec<Member>, Vec<Member>) {
    let side = |agents: bool| {
        let parties = witnesses.iter().flat_map(move |it| {
            let own = if agents == it.swapped { &it.telling.event.targets } else { &it.telling.event.agents };
            own.iter().map(move |party| (it.telling, party))
        });
        gather(parties)
    };
    (side(true), side(false))
}

/// Each party once, most told first; the unidentified ("gunmen") give way where others name an armed side.
fn gather<'t>(parties: impl Iterator<Item = (&'t Telling, &'t Party)>) -> Vec<Member> {
    let mut groups: BTreeMap<String, Vec<(&Telling, &Party)>> = BTreeMap::new();
    for (telling, party) in parties {
        let who = Who::new(party);
        let key = match who.kind {
            Some(ActorKind::Civilians) if who.nameless => "civilians".to_owned(),
            _ => who.actor.unwrap_or(who.name),
        };
        groups.entry(key).or_default().push((telling, party));
    }
    let mut members: Vec<Member> = groups.into_values().filter_map(|it| member(&it)).collect();
    let is_named_force = |it: &Member| {
        !matches!(
            it.kind,
            None | Some(ActorKind::Unidentified | ActorKind::Civilians | ActorKind::Individual | ActorKind::Facility)
        )
    };
    if members.iter().any(is_named_force) {
        members.retain(|it| it.kind != Some(ActorKind::Unidentified));
    }
    members.sort_by(|a, b| (b.named_by.len(), &a.name).cmp(&(a.named_by.len(), &b.name)));
    members
}

fn member(told: &[(&Telling, &Party)]) -> Option<Member> {
    let name = most_told(told.iter().map(|it| shown_name(it.1)))?;
    let named_by: BTreeSet<_> = told.iter().map(|it| it.0.id.clone()).collect();
    Some(Member {
        actor: told.iter().find_map(|it| Some(it.1.actor.as_ref()?.id.clone())),
        name: name.to_owned(),
        kind: most_told(told.iter().filter_map(|it| it.1.kind)),
        named_by: named_by.into_iter().collect(),
    })
}

/// Told as having happened by one is enough; else attempted, planned, denied.
fn realis(tellings: &[&Telling]) -> Realis {
    let told = |realis: Realis| tellings.iter().any(|it| it.event.realis == realis);
    [Realis::Actual, Realis::Failed, Realis::Planned].into_iter().find(|it| told(*it)).unwrap_or(Realis::Denied)
}

/// Somebody denies, a report tells rival accusations, or reports name different attackers.
fn is_disputed(witnesses: &[Witness<'_>]) -> bool {
    let stances =
        |telling: &Telling, stance: Stance| telling.event.sources.iter().filter(|it| it.stance == stance).count();
    let within = witnesses.iter().any(|it| {
        stances(it.telling, Stance::Denies) > 0
            || stances(it.telling, Stance::Accuses) > 1 && it.telling.event.agents.len() > 1
    });
    let accused: Vec<Vec<Who>> = witnesses
        .iter()
        .filter(|it| !Lists::get().is_mutual(it.telling.event.event_type))
        .map(|it| it.telling.event.agents.iter().map(Who::new).filter(|it| !it.nameless).collect())
        .filter(|it: &Vec<Who>| !it.is_empty())
        .collect();
    let between = accused.iter().any(|a| accused.iter().any(|b| is_rival(a, b)));
    within || between
}

/// Attackers of different camps: forces of two states, or of a state and an armed group.
fn is_rival(one: &[Who], other: &[Who]) -> bool {
    let camps = |side: &[Who]| -> BTreeSet<String> {
        let camp = |it: &Who| match (&it.state, it.kind) {
            (Some(state), _) => Some(state.clone()),
            (None, Some(ActorKind::ArmedGroup | ActorKind::Militia)) => Some("armed groups".to_owned()),
            _ => None,
        };
        side.iter().filter_map(camp).collect()
    };
    let (a, b) = (camps(one), camps(other));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b) && likeness(one, other) == Likeness::Other
}

/// The telling with the finest place; of equals the one that most others place alike.
fn best_place<'t>(tellings: &[&'t Telling]) -> Option<&'t Telling> {
    let rank = |it: &Where| match it.precision {
        PlacePrecision::Exact => 0,
        PlacePrecision::Near => 1,
        PlacePrecision::Adm2 => 2,
        PlacePrecision::Area => 3,
        PlacePrecision::Adm1 => 4,
        PlacePrecision::Country => 5,
    };
    let name = |it: &Telling| place_name(it).unwrap_or_default();
    let finest = tellings.iter().filter_map(|it| Some(rank(it.event.location.as_ref()?))).min()?;
    let fine: Vec<&Telling> =
        tellings.iter().copied().filter(|it| it.event.location.as_ref().map(rank) == Some(finest)).collect();
    let most = most_told(fine.iter().map(|it| name(it)))?;
    fine.into_iter().find(|it| name(it) == most)
}

/// The name of the place that a telling's point was taken from.
fn place_name(telling: &Telling) -> Option<String> {
    let event = &telling.event;
    let from = event.location.as_ref()?.from.as_ref();
    let of_span = event.places.iter().find(|it| Some(&it.span) == from).and_then(|it| it.place.as_ref());
    let first = || event.places.iter().find_map(|it| it.place.as_ref());
    let place = of_span.or_else(first);
    place.map(|it| it.name.clone()).or_else(|| from.map(|it| it.text.clone()))
}

/// The finest stretch of days that most tellings with it tell.
fn best_days(tellings: &[&Telling]) -> Option<Days> {
    let dates: Vec<_> = tellings.iter().filter_map(|it| it.event.date.as_ref()).collect();
    let precision = dates.iter().map(|it| it.precision).min()?;
    let fine = dates.iter().filter(|it| it.precision == precision);
    let (start, end) = most_told(fine.map(|it| (it.start, it.end)))?;
    Some(Days { start, end, precision })
}

fn weapons(tellings: &[&Telling]) -> Vec<String> {
    let all = tellings.iter().flat_map(|it| &it.event.weapons);
    let words = all.map(|it| it.kind.clone().unwrap_or_else(|| it.span.text.to_lowercase()));
    words.collect::<BTreeSet<_>>().into_iter().collect()
}
