//! A document's word scores: one pass over its windows, each word from the window that shows most around it.

use std::ops::Range;

use annals_record::{Finding, Severity};
use annals_text::Document;
use thiserror::Error;

use super::{
    network::{Network, WordTables},
    pieces::{Cutter, home_windows},
};

/// What the model says of every word of a document.
pub(crate) struct Scores {
    /// Bytes of each word.
    pub(crate) words: Vec<Range<usize>>,
    pub(crate) tables: WordTables,
}

/// A document that the model could not be run on.
#[derive(Debug, Error)]
#[error("cannot run the model: {0}")]
pub(crate) struct ScoreError(#[from] rten::RunError);

/// A report's beginning that is read. **Units**: bytes; some 16,000 words, far beyond any news report. Bounds the memory of a run.
pub(crate) const MOST_BYTES: usize = 100_000;

/// Scores every word of a document's beginning.
pub(crate) fn scores(cutter: &Cutter, network: &Network, document: &Document) -> Result<Scores, ScoreError> {
    let end = document.text.floor_char_boundary(MOST_BYTES);
    let cut = cutter.cut(&document.text[..end], document.title_end);
    let mut tables = WordTables::default();
    // One window at a time: what a run gives pins the memory that it took.
    for homes in home_windows(&cut).chunk_by(|one, other| one.0 == other.0) {
        let from = network.encode(&cut.windows[homes[0].0])?;
        for &(_, at) in homes {
            tables.scores.push(from.scores.row(at));
            tables.row.push(from.row.row(at));
            tables.column.push(from.column.row(at));
            tables.row_narrow.push(from.row_narrow.row(at));
            tables.column_narrow.push(from.column_narrow.row(at));
        }
    }
    Ok(Scores { words: cut.words, tables })
}

/// Tells when a report is longer than what is read.
pub(crate) fn cut_short(document: &Document) -> Option<Finding> {
    (document.text.len() > MOST_BYTES).then(|| Finding {
        code: "R004".to_owned(),
        severity: Severity::Warning,
        span: None,
        message: format!("the report is very long; only its first {} kB were read: split it", MOST_BYTES / 1000),
    })
}

/// Logit to probability.
pub(crate) fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// Logits to odds.
pub(crate) fn softmax(logits: &[f32]) -> Vec<f32> {
    let greatest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|it| (it - greatest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|it| it / sum).collect()
}
