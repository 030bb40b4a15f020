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
//! All namings of a report together, with what the report itself explains and what points back:
//!
//! ```
//! use annals_actors::{Mention, Part, Registry};
//! use annals_record::EventType;
//! let registry = Registry::embedded()?;
//! let text = "JNIM attacked Arda. The group burned a school.";
//! let mention = |words: &str, sentence| {
//!     let start = text.find(words).expect("the words stand in the text");
//!     Mention {
//!         range: start..start + words.len(),
//!         sentence,
//!         country: Some("MLI"),
//!         date: None,
//!         event: Some(sentence),
//!         part: Part::Agent,
//!         act: Some(EventType::ArmedClash),
//!     }
//! };
//! let answers = registry.resolve_report(text, &[mention("JNIM", 0), mention("group", 1)]);
//! assert_eq!(answers[1].resolution.best().map(|it| it.id.as_str()), Some("jnim"));
//! assert_eq!(answers[1].antecedent, Some(0));
//! # Ok::<(), annals_actors::RegistryError>(())
//! ```
//!
//! The registry is data/actors/*.toml, embedded; a user's own packs go over it ([`Registry::with_overlays`]).
//! [`Registry::resolve_person`] links persons to known leaders, [`Registry::post_of`] tells what a report says that a person is, [`Registry::kind_in`] tells a state's force abroad from one
//! at home, [`Registry::acled_name`], [`Registry::ucdp_name`] and [`Registry::plover_code`] name actors as other data
//! sets do, and [`Registry::examine`] compares statements with the registry.
//!
//! Read first: [`Registry`], [`Ask`], [`Resolution`].
#![warn(missing_docs)]

mod acronyms;
mod check;
mod entry;
mod era;
mod export;
mod fit;
mod load;
mod naming;
mod parts;
mod persons;
mod post;
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
pub use post::Post;
pub use propose::Proposal;
pub use registry::{Registry, leaders_on};
pub use report::{Mention, Resolved};
pub use resolve::{Ask, Company, Part, Resolution};
pub use states::State;
pub use words::{Role, Weights};
