//! Parties as PLOVER has them: a country or pseudo-country, and a sector.

use annals_actors::ActorEntry;
use annals_incidents::Member;
use annals_record::ActorKind;

use crate::roles::{Role, role};
use crate::writer::Context;

/// A party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// ISO 3166-1 alpha-3, or PLOVER's code for what has no country (`IGO`, `IMG`); empty when not known.
    pub(crate) country: String,
    /// `MIL`, `REB`, `CVL`, …
    pub(crate) sector: String,
    pub(crate) name: String,
    pub(crate) wikidata: Option<String>,
}

/// A party of an event in `iso3`.
pub(crate) fn party(member: &Member, context: &Context<'_>, iso3: Option<&str>) -> Party {
    let registry = context.registry;
    let entry = member.actor.as_deref().and_then(|it| registry.get(it));
    let role = role(member, registry, iso3);
    // The registry's code is a country of three letters and a sector of three.
    let code = entry.map(|it| registry.plover_code(it)).filter(|it| it.len() == 6);
    let (country, sector) = match code {
        Some(code) => (code[..3].to_owned(), code[3..].to_owned()),
        None => (
            entry.and_then(ActorEntry::home).or(iso3).unwrap_or_default().to_owned(),
            sector_of(role, member.kind).to_owned(),
        ),
    };
    // "PAR" is the older code of militias; the manual has them as unidentified armed forces or rebels.
    let sector = if sector == "PAR" { "UAF".to_owned() } else { sector };
    Party { country, sector, name: member.name.clone(), wikidata: entry.and_then(|it| it.ids.wikidata.clone()) }
}

fn sector_of(role: Role, kind: Option<ActorKind>) -> &'static str {
    match (role, kind) {
        (_, Some(ActorKind::Government)) => "GOV",
        (Role::State | Role::External, _) => "MIL",
        (Role::Rebel, _) => "REB",
        (Role::PoliticalMilitia | Role::IdentityMilitia, _) => "UAF",
        (Role::Rioters | Role::Protesters | Role::Civilians, _) => "CVL",
        (Role::Thing, _) => "UNK",
    }
}

/// Actors and recipients: both sides of a fight act; an unnamed perpetrator is kept, as an unidentified force.
pub(crate) fn sides(
    incident: &annals_incidents::Incident,
    context: &Context<'_>,
    iso3: Option<&str>,
) -> (Vec<Party>, Vec<Party>) {
    let all = |members: &[Member]| members.iter().map(|it| party(it, context, iso3)).collect::<Vec<_>>();
    let unidentified = || Party {
        country: iso3.unwrap_or_default().to_owned(),
        sector: "UAF".to_owned(),
        name: "unidentified".to_owned(),
        wikidata: None,
    };
    let mut actors = if incident.disputed { Vec::new() } else { all(&incident.agents) };
    let recipients = all(&incident.targets);
    if actors.is_empty() {
        actors.push(unidentified());
    }
    let fights = incident.event_type == annals_record::EventType::ArmedClash
        && incident.targets.iter().any(|it| role(it, context.registry, iso3).is_armed());
    if fights {
        actors.extend(recipients);
        return (actors, Vec::new());
    }
    (actors, recipients)
}
