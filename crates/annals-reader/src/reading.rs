use std::ops::Range;

use annals_record::{ActorKind, EventType, Finding, Item, OutcomeKind, Realis, Scope, Side, Stance, StatementKind};
use serde::{Deserialize, Serialize};

use crate::Odds;

/// What a reader saw in one document, before any value, place or actor is resolved.
///
/// **Units**: all ranges are bytes into the document's text, on character boundaries. **Range**: scores are from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Typed stretches of text; they may nest and overlap.
    pub spans: Vec<ReadSpan>,
    /// Namings of happenings, in text order.
    pub triggers: Vec<Trigger>,
    /// What belongs to which trigger, and how.
    pub links: Vec<Link>,
    /// Pairs of triggers that name one happening.
    pub same: Vec<SameEvent>,
    /// Standing facts.
    pub statements: Vec<ReadStatement>,
    /// What was odd.
    pub findings: Vec<Finding>,
}

/// Index into [`Reading::spans`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SpanIdx(pub usize);

/// Index into [`Reading::triggers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TriggerIdx(pub usize);

/// A typed stretch of text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadSpan {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it names.
    pub kind: SpanKind,
    /// How sure the reader is.
    pub score: f32,
}

/// What a span names, with what its own words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanKind {
    /// A party: group, force, people, facility; of which sort, as far as the words tell.
    Party(Option<ActorKind>),
    /// A place.
    Place,
    /// A time expression.
    Time,
    /// A stated quantity, or a named victim.
    Outcome {
        /// What happened to those counted.
        what: OutcomeKind,
        /// Who suffered it.
        side: Side,
        /// Counted in another outcome of the event.
        part: bool,
        /// Class of things, for seized and destroyed.
        item: Option<Item>,
    },
    /// A weapon.
    Weapon,
    /// Somebody who tells, in a stance.
    Source(Stance),
}

/// A naming of a happening, or one word of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trigger {
    /// Its bytes.
    pub range: Range<usize>,
    /// How sure the reader is that it names a happening.
    pub score: f32,
    /// How well it would stand for the event as its trigger.
    pub main: f32,
    /// What happened.
    pub event_type: Odds<EventType>,
    /// One incident or a campaign.
    pub scope: Odds<Scope>,
    /// Whether it is told as having happened.
    pub realis: Odds<Realis>,
    /// How its date is told.
    pub dated: Odds<Dated>,
}

/// How an event's date is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::VariantArray, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Dated {
    /// Not at all.
    None,
    /// By time words.
    Phrase,
    /// It is news of the report's own day.
    Published,
    /// It is news of the day before.
    DayBefore,
    /// Implied in another way: news of the report's day or the day before.
    Other,
}

/// A trigger's tie to a span.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The happening.
    pub trigger: TriggerIdx,
    /// What belongs to it.
    pub span: SpanIdx,
    /// How it belongs.
    pub role: Role,
    /// How sure the reader is.
    pub score: f32,
}

/// How a span belongs to a trigger.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Who did it.
    Agent,
    /// Who or what it was done to.
    Target,
    /// Where.
    Place,
    /// When.
    Date,
    /// With what.
    Weapon,
    /// Who tells of it.
    Source,
    /// What it cost.
    Outcome,
}

/// Two triggers that name one happening.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SameEvent {
    /// The earlier one.
    pub first: TriggerIdx,
    /// The later one.
    pub second: TriggerIdx,
    /// How sure the reader is.
    pub score: f32,
}

/// A standing fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadStatement {
    /// Its sort.
    pub kind: StatementKind,
    /// The telling clause.
    pub range: Range<usize>,
    /// Whom it is about.
    pub subject: Range<usize>,
    /// The other side of it.
    pub object: Option<Range<usize>>,
    /// Who tells it.
    pub sources: Vec<Range<usize>>,
    /// How sure the reader is.
    pub score: f32,
}
