//! One happening as one report tells it.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    ActorKind, EventType, Item, OutcomeKind, PlacePrecision, Realis, Scope, Side, Span, Stance, TimePrecision,
};

/// One happening, at one place, in one time span, between the same parties, as one report tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Unique in its report: `e1`, `e2`, … in the order of the triggers.
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// A single happening, or a campaign.
    pub scope: Scope,
    /// Whether it is told as having happened.
    pub realis: Realis,
    /// How sure the coder is that this event is told, from 0 to 1.
    pub confidence: f64,
    /// The words that name the event best.
    pub trigger: Span,
    /// The event's other namings.
    pub mentions: Vec<Span>,
    /// Who did it.
    pub agents: Vec<Party>,
    /// Who or what it was done to.
    pub targets: Vec<Party>,
    /// The place namings, most specific first.
    pub places: Vec<PlaceRef>,
    /// The best single place; `None` when no place is resolved.
    #[serde(rename = "where")]
    pub location: Option<Where>,
    /// When it happened; `None` when not told and not implied.
    pub date: Option<DateRef>,
    /// One entry a stated quantity or named victim.
    pub outcomes: Vec<Outcome>,
    /// Weapons used.
    pub weapons: Vec<Weapon>,
    /// Who is named as telling it.
    pub sources: Vec<SourceRef>,
}

impl Event {
    /// A single happening, told as having happened, of which only its type and trigger are known; its id is empty.
    pub fn bare(event_type: EventType, trigger: Span) -> Self {
        Self {
            id: String::new(),
            event_type,
            scope: Scope::Incident,
            realis: Realis::Actual,
            confidence: 1.0,
            trigger,
            mentions: Vec::new(),
            agents: Vec::new(),
            targets: Vec::new(),
            places: Vec::new(),
            location: None,
            date: None,
            outcomes: Vec::new(),
            weapons: Vec::new(),
            sources: Vec::new(),
        }
    }
}

/// One side's naming in an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// The naming in the text.
    pub span: Span,
    /// The usual English name; `None` for the unnamed ("gunmen").
    pub name: Option<String>,
    /// What sort of party it is; `None` when the words do not tell.
    pub kind: Option<ActorKind>,
    /// The registry's actor, where resolved.
    pub actor: Option<Actor>,
}

/// An entry of the actor registry, as resolved from a naming.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// Registry id.
    pub id: String,
    /// Registry name.
    pub name: String,
    /// From 0 to 1.
    pub score: f64,
    /// The reason, in words.
    pub why: String,
}

/// A place naming in an event, resolved or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceRef {
    /// The naming in the text.
    pub span: Span,
    /// The gazetteer's place; `None` when unresolved.
    pub place: Option<Place>,
    /// Other places that it might be, best first.
    pub candidates: Vec<Place>,
}

/// An entry of the gazetteer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Gazetteer id, such as `geonames:2449067`.
    pub id: String,
    /// Usual name.
    pub name: String,
    /// Kind word of the gazetteer: `town`, `adm1`, `country`, `area`, …
    pub kind: String,
    /// ISO 3166-1 alpha-3 code of the country.
    pub iso3: Option<String>,
    /// First-level unit.
    pub adm1: Option<String>,
    /// Second-level unit.
    pub adm2: Option<String>,
    /// **Units**: degrees north, WGS 84.
    pub lat: Option<f64>,
    /// **Units**: degrees east, WGS 84.
    pub lon: Option<f64>,
    /// From 0 to 1.
    pub score: f64,
}

/// The best single place of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Where {
    /// ISO 3166-1 alpha-3 code of the country.
    pub iso3: Option<String>,
    /// First-level unit.
    pub adm1: Option<String>,
    /// Second-level unit.
    pub adm2: Option<String>,
    /// ISO 3166-2 code of the first-level unit, such as `ML-7`; `None` where the unit has none or is not known.
    pub iso_3166_2: Option<String>,
    /// **Units**: degrees north, WGS 84; `None` at country precision.
    pub lat: Option<f64>,
    /// **Units**: degrees east, WGS 84; `None` at country precision.
    pub lon: Option<f64>,
    /// How finely it is known.
    pub precision: PlacePrecision,
    /// **Units**: kilometres around the point.
    pub radius_km: Option<f64>,
    /// The naming that it was resolved from.
    pub from: Option<Span>,
}

/// When an event happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateRef {
    /// The time words; `None` when the date is implied by the report's own.
    pub span: Option<Span>,
    /// First day.
    pub start: Date,
    /// Last day, not before `start`.
    pub end: Date,
    /// How finely it is known.
    pub precision: TimePrecision,
    /// The rule that made the interval, in words.
    pub rule: String,
}

/// One stated quantity, or one named victim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The words that state it.
    pub span: Span,
    /// What happened to them.
    pub what: OutcomeKind,
    /// Least number; `None` when not told. Never a stand-in for zero.
    pub low: Option<u64>,
    /// Greatest number; `None` when not told.
    pub high: Option<u64>,
    /// The number told, when one is; between `low` and `high`.
    pub best: Option<u64>,
    /// Who suffered it.
    pub side: Side,
    /// True when it is counted in another outcome of this event.
    pub part: bool,
    /// Class of things; only for seized and destroyed.
    pub item: Option<Item>,
    /// Whose figure it is, where figures conflict.
    pub source: Option<Span>,
}

/// A weapon naming.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Weapon {
    /// The naming in the text.
    pub span: Span,
    /// Plain singular word of the lexicon ("rocket"); `None` when it knows none.
    pub kind: Option<String>,
}

/// Who is named as telling an event or statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceRef {
    /// The naming in the text.
    pub span: Span,
    /// How it stands to what is told.
    pub stance: Stance,
}
