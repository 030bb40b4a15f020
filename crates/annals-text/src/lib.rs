//! Bytes to documents: encodings, main text, metadata, language, sentences, offsets.
//!
//! In: a stream with its [`Origin`], read by [`read_reports`] one [`Report`] at a time.
//! Out: by [`document`], a [`Document`], whose text every later thing points into.
//! Never: meaning. Only [`read_reports`] does IO, and only on the stream it was given.
//!
//! Read first: [`Report`], [`Document`], [`Sentence`].
#![warn(missing_docs)]

mod build;
mod document;
mod encoding;
mod error;
mod fields;
mod findings;
mod html;
mod input;
mod language;
mod published;
mod report;
mod sentences;
mod sniff;
mod tables;
mod unpack;

pub use build::{Options, document};
pub use document::{Document, Sentence, SentenceKind};
pub use error::InputError;
pub use input::{MAX_REPORT_BYTES, Reports, read_reports};
pub use report::{Content, Fields, Origin, Report};
