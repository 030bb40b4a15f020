//! The lexicon reader: a floor made of word lists and simple grammar.
//!
//! In: a [`Document`]. Out: a [`Reading`]. Never: anything learned, anything beyond a sentence but grouping.
//! The word lists are under data/lexicon. Read first: [`LexiconReader`], `scene`, `group`.
#![warn(missing_docs)]

mod group;
mod lexicon;
mod linking;
mod outcomes;
mod parties;
mod phrases;
mod places;
mod scene;
mod sources;
mod statements;
mod triggers;
mod words;

use std::ops::Range;

use annals_reader::{Reader, Reading, Thresholds};
use annals_text::{Document, SentenceKind};
use annals_values::{Tables, find_dateline, find_values};

use crate::{
    lexicon::Lexicon,
    scene::{Scene, Values},
};

/// Reads by word lists and nearness.
pub struct LexiconReader {
    lexicon: Lexicon,
    tables: Tables,
    thresholds: Thresholds,
}

impl LexiconReader {
    /// Loads the embedded word lists.
    pub fn new() -> Self {
        LexiconReader {
            lexicon: Lexicon::english(),
            tables: Tables::english(),
            thresholds: lexicon::load(include_str!("../../../data/lexicon/en/thresholds.toml")),
        }
    }
}

impl Default for LexiconReader {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader for LexiconReader {
    fn name(&self) -> &'static str {
        concat!("lexicon-en ", env!("CARGO_PKG_VERSION"))
    }

    fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    fn read(&self, document: &Document, _times: &[Range<usize>]) -> Reading {
        let (times, quantities) = find_values(&document.text, &self.tables);
        let values = Values {
            times,
            quantities,
            dateline_end: find_dateline(&document.text, &self.tables).map_or(0, |it| it.range.end),
        };
        let scenes: Vec<Scene> = document
            .sentences
            .iter()
            .filter(|sentence| sentence.kind != SentenceKind::Furniture)
            .map(|sentence| scene::observe(document, sentence, &values, &self.lexicon))
            .collect();
        group::reading(&scenes, &self.lexicon)
    }
}
