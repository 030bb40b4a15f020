//! A world gazetteer and its resolver; usable alone.
//!
//! In: place namings with the words around them, and what is known of their report. Out: for each, a place, a point with radius
//! and precision, all likely candidates with scores, and what each pass decided. Never: IO, a guess without its rivals, a country
//! as a point on a map.
//!
//! Read first: [`Gazetteer`], [`Mention`], [`Resolution`].
//!
//! All mentions of a report are resolved together, since each speaks for places near the others; an event's own place is then
//! chosen from its mentions' resolutions:
//!
//! ```
//! use annals_places::{Gazetteer, Mention, ReportContext, where_of};
//!
//! let gazetteer = Gazetteer::embedded();
//! let text = "Gunmen attacked a convoy 15 km south of Ansongo, in Gao region, the Malian army said.";
//! let mentions: Vec<Mention> = ["Ansongo", "Gao region"]
//!     .iter()
//!     .filter_map(|name| Mention::in_text(text, text.find(name)?, text.find(name)? + name.len()))
//!     .collect();
//! let context = ReportContext { text, countries: &["MLI"], ..ReportContext::default() };
//! let resolutions = gazetteer.resolve_document(&mentions, &context);
//!
//! // Most specific naming first, as in the record; the index tells which naming gave the place, for `from`.
//! let of_event: Vec<_> = resolutions.iter().collect();
//! let (index, place) = where_of(&of_event).expect("Ansongo is in the gazetteer");
//! assert_eq!(index, 0);
//! assert_eq!((place.iso3.as_deref(), place.adm1.as_deref()), (Some("MLI"), Some("Gao")));
//! assert_eq!(place.precision, annals_record::PlacePrecision::Near);
//! assert!((place.lat.unwrap() - 15.52).abs() < 0.05);
//! ```
//!
//! The world pack is embedded in the binary, not mapped from a file: the system maps the binary's pages on demand anyway, so one
//! self-contained file starts at once, costs no private memory, and needs no unsafe code here.
//! A user's own packs ([`geonames::dump_to_pack`]) and overlays are laid over it ([`Gazetteer::with_pack`],
//! [`Gazetteer::with_overlay`]) and go through the same resolver.
#![warn(missing_docs)]

mod aside;
mod countries;
pub mod fold;
mod gazetteer;
mod geometry;
pub mod geonames;
mod kind;
pub mod overlay;
mod overlay_build;
mod overlay_layer;
mod pack;
mod resolve;
mod similar;
mod words;

pub use aside::is_aside;
pub use gazetteer::Gazetteer;
pub use kind::Kind;
pub use pack::{Pack, PackBuilder, PackError, PackMeta, PackRow};
pub use resolve::{Mention, Pass, ReportContext, Resolution, where_of};
pub use words::Weights;

/// Longest name that is stored or looked up.
///
/// **Units**: bytes of UTF-8. GeoNames' own limit is 200 characters.
pub const MAX_NAME_BYTES: usize = 400;
