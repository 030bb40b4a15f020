//! The words Annals speaks in, and its public JSON.
//!
//! In: nothing. Out: the types that every stage shares, and their one JSON form (docs/RECORD.md).
//! Never: reading, resolving or any other work on text.
//!
//! Read first: [`Span`], [`Event`], [`CodedReport`].
#![warn(missing_docs)]

mod codes;
mod event;
mod finding;
mod report;
mod span;
mod statement;

pub use codes::{
    ActorKind, EventType, Item, OutcomeKind, PlacePrecision, Realis, Scope, Side, Stance, StatementKind, TimePrecision,
};
pub use event::{Actor, DateRef, Event, Outcome, Party, Place, PlaceRef, SourceRef, Weapon, Where};
pub use finding::{Finding, Severity};
pub use report::{CodedReport, DocumentText, RECORD_VERSION, ReportInfo, json_schema};
pub use span::Span;
pub use statement::{Statement, StatementObject};
