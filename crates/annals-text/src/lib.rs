//! Bytes to documents: encodings, main text and metadata, language, sentences, offsets.
//!
//! In: a report's bytes and origin. Out: [`Document`], whose text every later thing points into.
//! Never: meaning.
#![warn(missing_docs)]

mod document;

pub use document::{Document, Sentence, SentenceKind};
