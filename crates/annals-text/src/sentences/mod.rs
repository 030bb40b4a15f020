//! Text to sentences: lines to blocks ([`layout`]), blocks to sentences ([`ends`]), page furniture apart ([`furniture`]).

mod ends;
mod furniture;
mod layout;

use std::ops::Range;

pub(crate) use furniture::is_line as is_furniture;
pub(crate) use layout::is_title;

use crate::tables::LAYOUT;
use crate::{Sentence, SentenceKind};

/// Splits a document's text.
pub(crate) fn split(text: &str, title_end: usize) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    if let Some(range) = trimmed(text, 0..title_end) {
        cut(text, range, SentenceKind::Title, 0, &mut sentences);
    }
    for (index, block) in layout::blocks(text, title_end).into_iter().enumerate() {
        let paragraph = index + 1;
        match block.kind {
            SentenceKind::Prose | SentenceKind::Bullet => split_block(text, &block, paragraph, &mut sentences),
            kind => cut(text, block.range, kind, paragraph, &mut sentences),
        }
    }
    sentences
}

fn split_block(text: &str, block: &layout::Block, paragraph: usize, sentences: &mut Vec<Sentence>) {
    let words = &text[..block.range.end];
    let mut start = block.range.start;
    let mut kind = block.kind;
    while start < words.len() {
        let end = ends::sentence_end(words, start);
        if let Some(range) = trimmed(text, start..end) {
            let sentence = &text[range.clone()];
            if sentence.starts_with(|it| LAYOUT.inline_bullets.contains(&it)) {
                kind = SentenceKind::Bullet;
            }
            let kind = if furniture::is_sentence(sentence) { SentenceKind::Furniture } else { kind };
            let mut start = range.start;
            for part in ends::restarts(sentence) {
                let end = range.start + part;
                sentences.extend(trimmed(text, start..end).map(|range| Sentence { range, kind, paragraph }));
                start = end;
            }
            sentences.extend(trimmed(text, start..range.end).map(|range| Sentence { range, kind, paragraph }));
        }
        start = end;
    }
}

/// Adds a range, in pieces where it is beyond all measure.
fn cut(text: &str, mut range: Range<usize>, kind: SentenceKind, paragraph: usize, sentences: &mut Vec<Sentence>) {
    while range.len() > LAYOUT.sentence_max_bytes {
        let end = ends::cut(text, range.start, text.floor_char_boundary(range.start + LAYOUT.sentence_max_bytes));
        if let Some(range) = trimmed(text, range.start..end) {
            sentences.push(Sentence { range, kind, paragraph });
        }
        let Some(rest) = trimmed(text, end..range.end) else { return };
        range = rest;
    }
    sentences.push(Sentence { range, kind, paragraph });
}

/// The range without white space around it; `None` when nothing is left.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    let length = slice.trim().len();
    (length > 0).then_some(start..start + length)
}
