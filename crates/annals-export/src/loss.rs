//! What a format cannot hold, counted for one export.

use std::collections::BTreeMap;
use std::fmt;

use annals_incidents::{Incident, ReviewState};
use annals_record::{ActorKind, OutcomeKind, PlacePrecision, Realis, Scope, Side, Stance, TimePrecision};
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::people::Number;

/// One sort of thing that gets lost.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray, Serialize,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Lost {
    /// Left out: nobody is told to have died.
    NoDeath,
    /// Left out: planned, denied or failed.
    NotActual,
    /// Left out: no day, and no day of publication either.
    NoDay,
    /// Left out: no organised side.
    NoOrganisedSide,
    /// Left out: the format has no type for it.
    NoType,
    /// The day is not told: the day of publication stands there.
    DayOfPublication,
    /// No point: the cells of the place are empty.
    NoPoint,
    /// The day is known less finely than the format can say.
    VagueDay,
    /// The radius of the place.
    Radius,
    /// Numbers of injured.
    Injured,
    /// Numbers of captured, missing, displaced, released or surrendered.
    OtherPeople,
    /// Things seized or destroyed.
    Things,
    /// Deaths told by side.
    DeathsBySide,
    /// Deaths not told: the format writes zero.
    UnknownIsZero,
    /// Deaths told without a number.
    UntoldNumber,
    /// Bounds of the number of deaths.
    Bounds,
    /// Claims that differ, and who makes them.
    Claims,
    /// Responsibility is disputed: the agents are told as unidentified.
    DisputedAgents,
    /// Parties beyond the first of a side.
    MoreParties,
    /// Parties that only the report's words name.
    UnresolvedParties,
    /// Campaigns told as one event.
    Campaign,
    /// Weapons.
    Weapons,
    /// Who is named as telling it, and their stance.
    Sources,
    /// Two external forces: the format has no code for their interaction.
    TwoExternalForces,
    /// Numbers of the conflict and dyad, and the name of a state's conflict, that only UCDP gives.
    Numbers,
    /// Tellings beyond the first.
    MoreTellings,
    /// What reviewers said.
    Review,
}

impl Lost {
    /// Every sort.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// The code in a loss report.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// A sentence for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoDeath => "left out: nobody is told to have died",
            Self::NotActual => "left out, or told as if it had happened: planned, denied or failed",
            Self::NoDay => "left out: no day is told, nor a day of publication",
            Self::NoOrganisedSide => "left out: no organised side",
            Self::NoType => "left out: the format has no type for it",
            Self::DayOfPublication => "no day is told: the day of publication stands there",
            Self::NoPoint => "no point: the cells of the place are empty",
            Self::VagueDay => "the day is known less finely than the format can say",
            Self::Radius => "the radius around the point",
            Self::Injured => "numbers of injured",
            Self::OtherPeople => "numbers of captured, missing, displaced, released or surrendered",
            Self::Things => "things seized or destroyed",
            Self::DeathsBySide => "deaths told by side",
            Self::UnknownIsZero => "deaths not told: the format writes zero",
            Self::UntoldNumber => "deaths told without a number",
            Self::Bounds => "least and greatest numbers of deaths",
            Self::Claims => "claims that differ, and who makes them",
            Self::DisputedAgents => "responsibility is disputed: the agents are told as unidentified",
            Self::MoreParties => "parties beyond the first of a side",
            Self::UnresolvedParties => "parties that only the report's words name",
            Self::Campaign => "campaigns told as one event",
            Self::Weapons => "weapons",
            Self::Sources => "who is named as telling it, with the stance",
            Self::TwoExternalForces => "two external forces: told as external against state forces",
            Self::Numbers => "ids of conflict and dyad: only UCDP can give them",
            Self::MoreTellings => "tellings beyond the first",
            Self::Review => "what reviewers said",
        }
    }

    /// Tells whether an incident has something of this sort; false for those that only a format itself can count.
    pub(crate) fn stands_in(self, incident: &Incident) -> bool {
        let has = |what| incident.figures.iter().any(|it| it.what == what);
        let killed = || incident.figures.iter().filter(|it| it.what == OutcomeKind::Killed);
        match self {
            Self::NotActual => incident.realis != Realis::Actual,
            Self::NoPoint => incident.location.as_ref().is_none_or(|it| it.lat.is_none()),
            Self::VagueDay => incident.date.as_ref().is_some_and(|it| it.precision > TimePrecision::Month),
            Self::Radius => incident.location.as_ref().is_some_and(|it| it.radius_km.is_some()),
            Self::Injured => has(OutcomeKind::Injured),
            Self::OtherPeople => {
                use OutcomeKind::{Captured, Displaced, Missing, Released, Surrendered};
                [Captured, Missing, Displaced, Released, Surrendered].into_iter().any(has)
            }
            Self::Things => has(OutcomeKind::Seized) || has(OutcomeKind::Destroyed),
            Self::DeathsBySide => killed().any(|it| it.side != Side::Unknown),
            Self::UnknownIsZero => killed().next().is_none(),
            Self::UntoldNumber => killed().any(|it| Number::from(it).point().is_none()),
            Self::Bounds => killed().any(|it| it.low != it.high),
            Self::Claims => incident
                .figures
                .iter()
                .any(|it| it.claims.windows(2).any(|pair| (pair[0].low, pair[0].high) != (pair[1].low, pair[1].high))),
            Self::DisputedAgents => incident.disputed,
            Self::MoreParties => incident.agents.len() > 1 || incident.targets.len() > 1,
            Self::UnresolvedParties => {
                incident.agents.iter().chain(&incident.targets).any(|it| {
                    it.actor.is_none() && !matches!(it.kind, Some(ActorKind::Civilians | ActorKind::Facility))
                })
            }
            Self::Campaign => incident.scope == Scope::Campaign,
            Self::Weapons => !incident.weapons.is_empty(),
            Self::Sources => {
                let mut sources = incident.tellings.iter().flat_map(|it| &it.event.sources);
                sources.any(|it| it.stance != Stance::Reports || !it.span.text.is_empty())
            }
            Self::MoreTellings => incident.tellings.len() > 1,
            Self::Review => incident.review != ReviewState::Unreviewed,
            Self::NoDeath
            | Self::NoDay
            | Self::NoOrganisedSide
            | Self::NoType
            | Self::DayOfPublication
            | Self::TwoExternalForces
            | Self::Numbers => false,
        }
    }
}

/// What an export could not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// The format's name.
    pub format: String,
    /// Incidents given to it.
    pub n_incidents: u64,
    /// Rows, features or lines written.
    pub n_rows: u64,
    /// For each sort of thing lost, in how many incidents. Sorts that the format can hold do not stand here.
    pub lost: BTreeMap<Lost, u64>,
}

impl Loss {
    /// A report for a format that cannot hold these.
    pub(crate) fn new(format: &'static str, lacks: &'static [Lost]) -> Self {
        let lost = lacks.iter().map(|it| (*it, 0)).collect();
        Self { format: format.to_owned(), n_incidents: 0, n_rows: 0, lost }
    }

    /// Counts what of an incident the format cannot hold; of one left out, only why.
    pub(crate) fn take(&mut self, incident: &Incident, written: bool) {
        self.n_incidents += 1;
        for (lost, n) in self.lost.iter_mut().filter(|it| written || *it.0 == Lost::NotActual) {
            *n += u64::from(lost.stands_in(incident));
        }
    }

    /// Counts something that only the format itself knows of.
    pub(crate) fn count(&mut self, lost: Lost) {
        *self.lost.entry(lost).or_default() += 1;
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {} incidents, {} rows", self.format, self.n_incidents, self.n_rows)?;
        for (lost, n) in self.lost.iter().filter(|it| *it.1 > 0) {
            writeln!(f, "{n:>8}  {}", lost.words())?;
        }
        Ok(())
    }
}

/// Places known no finer than by country have no point of their own.
pub(crate) fn has_point(incident: &Incident) -> bool {
    incident.location.as_ref().is_some_and(|it| it.lat.is_some() && it.precision != PlacePrecision::Country)
}
