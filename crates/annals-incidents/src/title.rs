//! An incident in one line.

use annals_record::{EventType, PlacePrecision, Realis, Scope};
use jiff::civil::Date;

use crate::{Days, Incident, Member};

/// What, who, where, when: "Air strike by Russian air force on civilians, Atareb, 13 November 2017".
pub(crate) fn title(incident: &Incident) -> String {
    let (what, link) = naming(incident.event_type);
    let what = match (incident.scope, incident.realis) {
        (Scope::Campaign, _) => format!("{what} (campaign)"),
        (_, Realis::Planned) => format!("{what} (planned)"),
        (_, Realis::Failed) => format!("{what} (failed)"),
        (_, Realis::Denied) => format!("{what} (denied)"),
        (Scope::Incident, Realis::Actual) => what.to_owned(),
    };
    let (agents, targets) = (list(&incident.agents), list(&incident.targets));
    let said = if incident.disputed { "said to be by" } else { "by" };
    let mut line = match (link, agents, targets) {
        (Link::Between, Some(a), Some(b)) => format!("{what} between {a} and {b}"),
        (Link::Between, Some(one), None) | (Link::Between, None, Some(one)) => format!("{what} with {one}"),
        (Link::To(word), Some(a), Some(b)) => format!("{what} {said} {a} {word} {b}"),
        (Link::To(_), Some(a), None) => format!("{what} {said} {a}"),
        (Link::To(word), None, Some(b)) => format!("{what} {word} {b}"),
        (_, None, None) => what,
    };
    if let Some(place) = place(incident) {
        line += &format!(", {place}");
    }
    if let Some(days) = &incident.date {
        line += &format!(", {}", in_words(days));
    }
    line
}

/// How a type's sides are told.
enum Link {
    Between,
    To(&'static str),
}

fn naming(event_type: EventType) -> (&'static str, Link) {
    match event_type {
        EventType::ChemicalAttack => ("Chemical attack", Link::To("on")),
        EventType::AirStrike => ("Air strike", Link::To("on")),
        EventType::Shelling => ("Shelling", Link::To("of")),
        EventType::Bombing => ("Bombing", Link::To("of")),
        EventType::TerritoryTaken => ("Territory taken", Link::To("from")),
        EventType::TerritoryTransfer => ("Territory handed over", Link::To("from")),
        EventType::ArmedClash => ("Clash", Link::Between),
        EventType::SexualViolence => ("Sexual violence", Link::To("against")),
        EventType::Abduction => ("Abduction", Link::To("of")),
        EventType::TargetedViolence => ("Attack", Link::To("on")),
        EventType::Arrest => ("Arrest", Link::To("of")),
        EventType::Release => ("Release", Link::To("of")),
        EventType::Looting => ("Looting", Link::To("of")),
        EventType::Destruction => ("Destruction", Link::To("of")),
        EventType::WeaponsSeizure => ("Weapons seized", Link::To("from")),
        EventType::Siege => ("Siege", Link::To("of")),
        EventType::Deployment => ("Deployment", Link::To("against")),
        EventType::GroupChange => ("Change of group", Link::To("to")),
        EventType::Agreement => ("Agreement", Link::Between),
        EventType::ProtestCrackdown => ("Force used", Link::To("against")),
        EventType::Riot => ("Riot", Link::To("against")),
        EventType::Protest => ("Protest", Link::To("against")),
        EventType::Displacement => ("Displacement", Link::To("of")),
        EventType::Other => ("Incident", Link::To("concerning")),
    }
}

/// Two parties by name, more by number.
fn list(members: &[Member]) -> Option<String> {
    match members {
        [] => None,
        [one] => Some(one.name.clone()),
        [one, two] => Some(format!("{} and {}", one.name, two.name)),
        [one, rest @ ..] => Some(format!("{} and {} others", one.name, rest.len())),
    }
}

fn place(incident: &Incident) -> Option<String> {
    let name = incident.place.as_deref()?;
    let near = incident.location.as_ref().is_some_and(|it| it.precision == PlacePrecision::Near);
    Some(if near { format!("near {name}") } else { name.to_owned() })
}

fn in_words(days: &Days) -> String {
    let Days { start, end, .. } = days;
    let day = |it: &Date| it.strftime("%-d %B %Y").to_string();
    if start == end {
        day(start)
    } else if *start == start.first_of_month() && *end == start.last_of_month() {
        start.strftime("%B %Y").to_string()
    } else if *start == start.first_of_year() && *end == start.last_of_year() {
        start.year().to_string()
    } else {
        format!("{} to {}", day(start), day(end))
    }
}
