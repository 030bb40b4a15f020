//! An incident to ACLED's rows: one, or one a day of a battle that went on for days.

use annals_incidents::{Days, Incident, Member};
use annals_record::{OutcomeKind, PlacePrecision, TimePrecision};
use jiff::ToSpan;
use jiff::civil::Date;

use super::coding::{Coding, Slot, Who};
use super::days::days_of_fighting;
use super::notes::{Casualties, notes};
use super::sub_event::Tables;
use super::{Facts, code};
use crate::countries::country;
use crate::loss::{Loss, Lost};
use crate::names::{Names, joined, stable_number};
use crate::options::Options;
use crate::outlets::{outlets, unique};
use crate::people::{Number, total, wholes};
use crate::roles::{Role, role};
use crate::table::text;
use crate::writer::Context;

pub(crate) const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// The rows of one incident; none without a day.
pub(crate) fn rows(incident: &Incident, context: &Context<'_>, loss: &mut Loss) -> Vec<[String; COLUMNS.len()]> {
    let Some(when) = when(incident) else {
        loss.count(Lost::NoDay);
        return Vec::new();
    };
    if when.as_reported {
        loss.count(Lost::DayOfPublication);
    }
    let iso3 = incident.location.as_ref().and_then(|it| it.iso3.as_deref());
    let names = Names { registry: context.registry, iso3, date: Some(when.day) };
    let sides = Sides::new(incident, names);
    let coding = coding(incident, &sides, &context.options);
    if sides.agent == Some(Role::External) && sides.target == Some(Role::External) {
        loss.count(Lost::TwoExternalForces);
    }
    let (casualties, fatalities) = fatalities(incident);
    let days = if is_battle(coding) { days_of_fighting(incident) } else { Vec::new() };
    if days.is_empty() {
        return vec![row(incident, context, &sides, coding, when, fatalities, casualties)];
    }
    let n_days = days.len() as u64;
    let day_row = |(at, day): (u64, Date)| {
        // Told totals are split evenly over the days; what is left over goes to the first.
        let share = fatalities / n_days + u64::from(at < fatalities % n_days);
        let when = When { day, precision: 1, as_reported: false, nth: Some((at + 1, n_days)) };
        row(incident, context, &sides, coding, when, share, casualties)
    };
    (0..).zip(days).map(day_row).collect()
}

/// What the row says of types.
pub(crate) fn coding(incident: &Incident, sides: &Sides<'_>, options: &Options<'_>) -> Coding {
    code(&Facts::of(incident, sides.agent, sides.target, options.text_of))
}

/// The day of a row, and how finely it is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct When {
    pub(crate) day: Date,
    /// ACLED's `time_precision`, 1 to 3.
    pub(crate) precision: u8,
    /// The day is that of the earliest report.
    pub(crate) as_reported: bool,
    /// Of fighting that went on for days: which of them it is, from 1, and how many there are.
    pub(crate) nth: Option<(u64, u64)>,
}

fn when(incident: &Incident) -> Option<When> {
    let Some(date) = &incident.date else {
        let day = incident.tellings.iter().filter_map(|it| it.report.published).min()?;
        return Some(When { day, precision: 2, as_reported: true, nth: None });
    };
    let precision = match date.precision {
        TimePrecision::Day => 1,
        TimePrecision::Days | TimePrecision::Week => 2,
        TimePrecision::Month | TimePrecision::Season | TimePrecision::Year => 3,
    };
    Some(When { day: middle(date), precision, as_reported: false, nth: None })
}

/// The middle day, as ACLED has it for weeks and months.
fn middle(date: &Days) -> Date {
    let n_days = (date.end - date.start).get_days();
    date.start.checked_add((n_days / 2).days()).unwrap_or(date.start)
}

fn is_battle(coding: Coding) -> bool {
    Tables::get().row(coding.sub_event).event_type == "Battles"
}

/// Who stands on each side, and as what.
pub(crate) struct Sides<'a> {
    pub(crate) names: Names<'a>,
    pub(crate) agents: Vec<(&'a Member, Role)>,
    pub(crate) targets: Vec<(&'a Member, Role)>,
    agent: Option<Role>,
    target: Option<Role>,
}

impl<'a> Sides<'a> {
    pub(crate) fn new(incident: &'a Incident, names: Names<'a>) -> Self {
        let with_roles = |members: &'a [Member]| -> Vec<(&'a Member, Role)> {
            let mut all: Vec<_> = members.iter().map(|it| (it, role(it, names.registry, names.iso3))).collect();
            // Whoever fights stands before whom it happened to, and things last.
            all.sort_by_key(|it| (it.1 == Role::Thing, !it.1.is_armed()));
            all
        };
        // Where tellings accuse different agents, responsibility is nobody's.
        let agents = if incident.disputed { Vec::new() } else { with_roles(&incident.agents) };
        let targets = with_roles(&incident.targets);
        let first = |all: &[(&Member, Role)]| all.first().map(|it| it.1);
        Self { agent: first(&agents), target: first(&targets), names, agents, targets }
    }

    fn members(&self, who: Who) -> &[(&'a Member, Role)] {
        match who {
            Who::Agents => &self.agents,
            Who::Targets => &self.targets,
            Who::Nobody => &[],
        }
    }

    /// Name and associated names of one actor of the row.
    pub(crate) fn actor(&self, slot: Slot) -> (String, String) {
        let names = &self.names;
        let members = self.members(slot.who);
        let is_people = matches!(slot.role, Role::Civilians | Role::Protesters | Role::Rioters);
        let Some((first, role)) = members.first() else {
            let nobody = Member { actor: None, name: String::new(), kind: None, named_by: Vec::new() };
            let name = if is_people { names.acled(&nobody, slot.role) } else { names.acled_unidentified() };
            return (name, String::new());
        };
        let name = names.acled(first, if is_people { slot.role } else { *role });
        let own = |(member, role): &(&Member, Role)| {
            let own = names.acled_own(member, *role);
            // "residents" says no more than "Civilians (Arda)".
            if member.actor.is_some() || crate::names::is_name(&own) { own } else { String::new() }
        };
        let others = members.iter().filter(|it| it.1 != Role::Thing).map(own).filter(|it| *it != name);
        (name.clone(), joined(others))
    }
}

/// The conservative number of dead, and what is known of it.
fn fatalities(incident: &Incident) -> (Casualties, u64) {
    let Some(number) = total(incident, OutcomeKind::Killed) else { return (Casualties::NotTold, 0) };
    let conservative = wholes(incident, OutcomeKind::Killed).all(|it| it.rule == "acled-conservative");
    let least = if conservative { number.point() } else { number.low.or(number.best) };
    match least {
        Some(number) => (Casualties::Told, number),
        None => (Casualties::NoNumber, Tables::get().untold_fatalities.min(number.high.unwrap_or(u64::MAX))),
    }
}

fn row(
    incident: &Incident,
    context: &Context<'_>,
    sides: &Sides<'_>,
    coding: Coding,
    when: When,
    fatalities: u64,
    casualties: Casualties,
) -> [String; COLUMNS.len()] {
    let tables = Tables::get();
    let sub_event = tables.row(coding.sub_event);
    let place = incident.location.as_ref();
    let country = sides.names.iso3.and_then(country);
    let (actor1, associates1) = sides.actor(coding.first);
    let (actor2, associates2) = coding.second.map(|it| sides.actor(it)).unwrap_or_default();
    let second = coding.second.map(|it| it.role);
    let digits = |role: Option<Role>| role.map_or(0, |it| it as u8);
    let type_name = |role: Option<Role>| tables.actor_types[usize::from(digits(role))].clone();
    let codes = if context.options.numeric_codes {
        [digits(Some(coding.first.role)).to_string(), digits(second).to_string(), coding.interaction().to_string()]
    } else {
        [type_name(Some(coding.first.role)), type_name(second), interaction_words(coding)]
    };
    let [inter1, inter2, interaction] = codes;
    let remote_on_civilians = sub_event.event_type == "Explosions/Remote violence" && second == Some(Role::Civilians);
    let mob_on_civilians = sub_event.event_type == "Riots" && second == Some(Role::Civilians);
    let civilian = sub_event.civilian || remote_on_civilians || mob_on_civilians;
    let sources = outlets(incident);
    let location = incident.place.clone().or_else(|| {
        place.and_then(|it| it.adm2.clone().or_else(|| it.adm1.clone())).or(country.map(|it| it.name.clone()))
    });
    [
        event_id(incident, sides.names.iso3, when),
        when.day.to_string(),
        when.day.year().to_string(),
        when.precision.to_string(),
        sub_event.disorder_type.clone(),
        sub_event.event_type.clone(),
        sub_event.name.clone(),
        actor1,
        associates1,
        inter1,
        actor2,
        associates2,
        inter2,
        interaction,
        if civilian { "Civilian targeting".to_owned() } else { String::new() },
        text(country.map(|it| it.numeric).filter(|it| *it > 0)),
        text(country.map(|it| &it.region)),
        text(country.map(|it| &it.name)),
        text(place.and_then(|it| it.adm1.as_ref())),
        text(place.and_then(|it| it.adm2.as_ref())),
        String::new(),
        location.unwrap_or_default(),
        text(place.and_then(|it| it.lat)),
        text(place.and_then(|it| it.lon)),
        text(place.map(|it| geo_precision(it.precision))),
        sources.join("; "),
        scale(&sources),
        notes(incident, sides, when, casualties),
        fatalities.to_string(),
        tags(&sub_event.event_type, casualties),
        incident.last_changed.as_second().to_string(),
    ]
}

fn geo_precision(precision: PlacePrecision) -> u8 {
    match precision {
        PlacePrecision::Exact => 1,
        PlacePrecision::Near | PlacePrecision::Adm2 => 2,
        PlacePrecision::Adm1 | PlacePrecision::Area | PlacePrecision::Country => 3,
    }
}

/// "State forces-Rebel group", smaller number first; "Protesters only" for a sole actor.
fn interaction_words(coding: Coding) -> String {
    let name = |role: Role| Tables::get().actor_types[role as usize].as_str();
    let first = coding.first.role;
    match coding.second.map(|it| it.role) {
        None => format!("{} only", name(first)),
        Some(second) => format!("{}-{}", name(first.min(second)), name(first.max(second))),
    }
}

/// `MLI` and a number that stays the same as long as the incident has its name; each day of a battle has its own.
fn event_id(incident: &Incident, iso3: Option<&str>, when: When) -> String {
    const DIGITS: u64 = 1_000_000_000_000_000;
    let day = when.nth.filter(|it| it.0 > 1).map(|it| format!("#{}", it.0 - 1)).unwrap_or_default();
    let hash = stable_number(&format!("{}{day}", incident.id));
    format!("{}{}", iso3.unwrap_or("XXX"), hash % DIGITS)
}

/// The reach of the outlets, of which only those read the world over are known.
fn scale(sources: &[String]) -> String {
    let tables = Tables::get();
    let scale = |outlet: &String| {
        let known = tables.international.iter().any(|it| it.eq_ignore_ascii_case(outlet));
        if known { "International".to_owned() } else { "Other".to_owned() }
    };
    let mut scales = unique(sources.iter().map(scale));
    scales.sort_by_key(|it| it != "Other");
    scales.join("-")
}

fn tags(event_type: &str, casualties: Casualties) -> String {
    let crowd = matches!(event_type, "Protests" | "Riots").then_some("crowd size=no report");
    let fatalities = match casualties {
        Casualties::Told => None,
        Casualties::NotTold => Some("fatalities=unknown"),
        Casualties::NoNumber => Some("fatalities=number not told"),
    };
    crowd.into_iter().chain(fatalities).collect::<Vec<_>>().join("; ")
}

/// For the notes: the numbers of one outcome as they are told.
pub(crate) fn told(incident: &Incident, what: OutcomeKind) -> Option<Number> {
    total(incident, what)
}
