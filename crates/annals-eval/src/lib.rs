//! Scorers: how good is what Annals says?
//!
//! In: gold annotations or a public data set, and what Annals made of the same reports. Out: figures.
//! Never: coding of reports; a scorer is handed the codings, so that anyone's can be scored.
//!
//! Read first: [`gold::score`], [`gold::GoldScores`], [`isaf::derive`].
#![warn(missing_docs)]

pub mod actors;
pub mod case21;
mod error;
pub mod geo;
pub mod gold;
pub mod html;
pub mod incidents;
pub mod isaf;
pub mod labels;
pub mod plover;
pub mod re3d;
pub mod time;

pub use error::EvalError;
