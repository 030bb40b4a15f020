//! The notes: one paragraph in the field's style, made from the record alone.

use annals_incidents::{Incident, Member};
use annals_record::{OutcomeKind, PlacePrecision};

use super::row::{Sides, When, told};
use super::sub_event::Tables;
use crate::countries::country;
use crate::people::Number;
use crate::roles::Role;

/// What is known of the number of dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Casualties {
    Told,
    /// Deaths are told, no number is.
    NoNumber,
    NotTold,
}

/// "On 9 March 2024, the Arda Front shelled Malian army near Ansongo (Ansongo, Gao). 12 people were killed."
pub(crate) fn notes(incident: &Incident, sides: &Sides<'_>, when: When, casualties: Casualties) -> String {
    let mut text = opening(when);
    text += &subject(incident, sides);
    let [did, to_whom] = &Tables::get().notes[&incident.event_type];
    text += &format!(" {did}");
    let targets = list(sides.targets.iter().map(party));
    if !targets.is_empty() {
        text += &to_whom.replace("{targets}", &targets);
    }
    text += &place(incident);
    text.push('.');
    let split = when.nth.map(|(nth, n_days)| {
        format!("Day {nth} of {n_days}; what is reported is of all days, and the dead are split over them.")
    });
    for sentence in harm(incident, casualties).into_iter().chain(split).chain(disputes(incident)) {
        text.push(' ');
        text += &sentence;
    }
    text
}

fn opening(when: When) -> String {
    let day = when.day.strftime("%-d %B %Y");
    match (when.precision, when.as_reported) {
        (_, true) => format!("Around {day} (as reported), "),
        (1, _) => format!("On {day}, "),
        (2, _) => format!("Around {day} (week of), "),
        _ => format!("Around {day} (month of), "),
    }
}

fn subject(incident: &Incident, sides: &Sides<'_>) -> String {
    if incident.disputed {
        let accused = list(incident.agents.iter().map(|it| it.name.clone()));
        return format!("an unidentified armed group (responsibility is disputed; accused: {accused})");
    }
    let agents = list(sides.agents.iter().map(party));
    if agents.is_empty() { "an unidentified armed group".to_owned() } else { agents }
}

/// "gunmen" as the reports call them; the column holds the conventional name.
fn party((member, _): &(&Member, Role)) -> String {
    member.name.clone()
}

fn place(incident: &Incident) -> String {
    let Some(place) = &incident.location else { return String::new() };
    let units: Vec<&str> = [&place.adm2, &place.adm1].into_iter().flatten().map(String::as_str).collect();
    let country = place.iso3.as_deref().and_then(country).map(|it| it.name.as_str());
    let around = match place.precision {
        PlacePrecision::Near => "near",
        _ => "in",
    };
    match &incident.place {
        Some(name) => {
            let within: Vec<&str> = units.into_iter().chain(country).filter(|it| it != name).collect();
            let within = if within.is_empty() { String::new() } else { format!(" ({})", within.join(", ")) };
            format!(" {around} {name}{within}")
        }
        None => match units.into_iter().chain(country).collect::<Vec<_>>()[..] {
            [] => String::new(),
            ref within => format!(" in {}", within.join(", ")),
        },
    }
}

/// What it cost, and that nothing is told of deaths where nothing is.
fn harm(incident: &Incident, casualties: Casualties) -> Vec<String> {
    const VERBS: [(OutcomeKind, &str); 7] = [
        (OutcomeKind::Killed, "killed"),
        (OutcomeKind::Injured, "injured"),
        (OutcomeKind::Captured, "captured"),
        (OutcomeKind::Missing, "missing"),
        (OutcomeKind::Displaced, "displaced"),
        (OutcomeKind::Released, "released"),
        (OutcomeKind::Surrendered, "who surrendered"),
    ];
    let parts: Vec<String> = VERBS
        .iter()
        .filter_map(|(what, verb)| told(incident, *what).map(|it| format!("{} {verb}", amount(it))))
        .collect();
    let told = if parts.is_empty() { None } else { Some(format!("Reported: {}.", parts.join(", "))) };
    let dead = match casualties {
        Casualties::NotTold => Some("Fatalities unknown.".to_owned()),
        Casualties::NoNumber => Some("Number of fatalities not told.".to_owned()),
        Casualties::Told => None,
    };
    told.into_iter().chain(dead).collect()
}

fn amount(number: Number) -> String {
    match (number.low, number.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => number.best.map_or_else(|| "a number not told".to_owned(), |it| it.to_string()),
    }
}

/// Figures that differ, each with who gives it.
fn disputes(incident: &Incident) -> Vec<String> {
    let killed = incident.figures.iter().filter(|it| it.what == OutcomeKind::Killed);
    let differing = killed.filter(|it| it.claims.windows(2).any(|pair| pair[0].best != pair[1].best));
    let sentence = |figure: &annals_incidents::Figure| {
        let claims = figure.claims.iter().map(|claim| {
            let number = Number { low: claim.low, best: claim.best, high: claim.high };
            let who = claim.source.as_ref().or(claim.publisher.as_ref());
            format!("{} ({})", amount(number), who.map_or("source not named", String::as_str))
        });
        let mut claims: Vec<String> = claims.collect();
        claims.dedup();
        format!("Numbers of dead differ: {}.", claims.join(", "))
    };
    differing.map(sentence).collect()
}

fn list(names: impl Iterator<Item = String>) -> String {
    let names = crate::outlets::unique(names);
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
