//! Text to sentences.

use crate::{Sentence, SentenceKind};

pub(crate) fn is_title(line: &str) -> bool {
    !line.is_empty() && line.chars().count() <= 160 && !line.ends_with(['.', ':', ',', ';'])
}

pub(crate) fn split(text: &str, title_end: usize) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let (mut at, mut paragraph) = (0, 0);
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let range = start..start + line.trim().len();
        if !range.is_empty() {
            let kind = if range.end <= title_end { SentenceKind::Title } else { SentenceKind::Prose };
            paragraph += usize::from(kind == SentenceKind::Prose);
            sentences.push(Sentence { range, kind, paragraph });
        }
        at += line.len();
    }
    sentences
}
