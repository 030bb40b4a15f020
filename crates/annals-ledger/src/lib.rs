//! The ledger: an append-only sequence of operations, and the views made from it.
//!
//! In: coded reports and people's decisions. Out: incidents, their history, and answers to queries, as of any time.
//! Never: changes in place, a clock, or the meaning of a report's text: it is kept, and its print is compared to find copies.
//!
//! Read first: [`Ledger`], [`Operation`], [`Query`].
//!
//! ```
//! use annals_ledger::{Access, Ledger, Query};
//!
//! let folder = tempfile::tempdir()?;
//! Ledger::init(folder.path())?;
//! let ledger = Ledger::open(&Ledger::find(folder.path())?, Access::Read)?;
//! assert!(ledger.incidents(&Query::default())?.incidents.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![warn(missing_docs)]

mod anchors;
mod asked;
mod blob;
mod cache;
mod common_words;
mod control;
mod diff;
mod error;
mod ledger;
mod log;
mod operation;
mod overview;
mod prints;
mod propose;
mod query;
mod read;
mod rebuild;
mod statements;
mod stats;
mod views;
mod words;
mod write;

pub use asked::{NoBounds, time_asked};
pub use cache::Kept;
pub use control::{Assertion, AssertionKind, ControlState, Holder, Holding};
pub use diff::{Change, Fate, FieldChange};
pub use error::{LedgerError, Result};
pub use ledger::{Access, FOLDER, Ledger};
pub use operation::{Anchor, Entry, Operation, Stamp, Target, Verdict};
pub use overview::{GroupBy, Monthly, MonthlyOf, Point, TieCount};
pub use propose::Proposed;
pub use query::{Bounds, Page, Query, Sort};
pub use read::{ReportLine, StoredReport, Version};
pub use statements::{Stated, StatementQuery, called};
pub use stats::{By, Counts, Totals};
pub use write::{Arrival, Ingested};
