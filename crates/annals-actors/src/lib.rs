//! The dated actor registry and its resolver: knowing who "the group" is.
//!
//! In: a naming, the country and day of the event, and who else is named. Out: candidates with scores and the reason
//! in words, or why nobody is taken. Never: reading text for events, touching a disk, guessing silently.
//!
//! ```
//! use annals_actors::{Ask, Company, Part, Registry};
//! let registry = Registry::embedded()?;
//! let company = Company::default();
//! let ask =
//!     Ask { name: "soldiers", country: Some("MLI"), date: None, company: &company, part: Part::Target, act: None };
//! let found = registry.resolve(&ask);
//! assert_eq!(found.best().map(|it| it.id.as_str()), Some("mli-military"));
//! # Ok::<(), annals_actors::RegistryError>(())
//! ```
//!
//! Read first: [`Registry`], [`Ask`], [`Resolution`].
#![warn(missing_docs)]

mod check;
mod entry;
mod era;
mod export;
mod load;
mod naming;
mod persons;
mod propose;
mod registry;
mod report;
mod resolve;
mod state_naming;
mod states;
mod words;

pub use entry::{Activity, ActorEntry, Alias, DatedName, Exported, ExternalIds, Leader, Link, Sort, Tie};
pub use era::{Era, Rough};
pub use load::{PackFile, Problem, RegistryError};
pub use naming::normal_form;
pub use persons::PersonLink;
pub use propose::Proposal;
pub use registry::{Registry, leaders_on};
pub use report::{Mention, Resolved};
pub use resolve::{Ask, Company, Part, Resolution};
pub use states::State;
pub use words::{Role, Weights};
