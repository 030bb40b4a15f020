//! Standing facts: runs of subject words, each with its object and clause.

use std::ops::Range;

use super::{
    decode::{Candidate, Scored},
    network::Network,
    package::DecodeThresholds,
    scores::{ScoreError, sigmoid},
};
use crate::{ReadStatement, Reading};

/// Subject words of one document, at most.
const MOST_SUBJECTS: usize = 128;
/// How far from its subject a statement's object and clause may stand, in words.
const REACH: usize = 256;
/// Small gaps within an object and within a clause, in words.
const OBJECT_GAP: usize = 1;
const CLAUSE_GAP: usize = 3;

/// Reads the statements of a document, by kind and place.
pub(crate) fn read(
    scored: &Scored,
    candidates: &[Candidate],
    network: &Network,
    thresholds: &DecodeThresholds,
    reading: &mut Reading,
) -> Result<(), ScoreError> {
    let labels = scored.labels;
    let n_words = scored.scores.words.len();
    let subject = |word: usize, kind: usize| sigmoid(scored.head(word, "subject")[kind]);
    let mut rows: Vec<(usize, usize)> = Vec::new();
    for kind in 0..labels.statements.len() {
        let on: Vec<usize> =
            (0..n_words).filter(|&it| scored.is_content(it) && subject(it, kind) >= thresholds.subject).collect();
        for run in runs(&on, 0) {
            let best =
                run.clone().fold(run.start, |best, it| if subject(it, kind) > subject(best, kind) { it } else { best });
            rows.push((best, kind));
        }
    }
    rows.truncate(MOST_SUBJECTS);
    for &(word, kind) in &rows {
        let columns: Vec<usize> = (word.saturating_sub(REACH)..n_words.min(word + REACH)).collect();
        let row = [(word, 1 + i32::try_from(kind).expect("there are few kinds"))];
        let links = network.link(&scored.scores.tables, &row, &columns, |row, column| labels.distance(row, column))?;
        let link = |plane: &str, column: usize| {
            let at = (column - columns[0]) * labels.n_planes;
            labels.plane(plane).map_or(0.0, |it| sigmoid(links[at + it]))
        };
        let link_to = |plane: &str, word: usize| if columns.contains(&word) { link(plane, word) } else { 0.0 };
        let of = |plane: &str, threshold: f32, gap: usize| {
            let on: Vec<usize> = columns.iter().copied().filter(|&it| link(plane, it) >= threshold).collect();
            runs(&on, gap)
        };
        let holder = candidates.iter().find(|it| labels.spans[it.kind] == "actor" && it.words.contains(&word));
        let words = holder.map_or(word..word + 1, |it| it.words.clone());
        let sum = |run: &Range<usize>| run.clone().map(|it| link("object", it)).sum::<f32>();
        let object = longest(of("object", thresholds.object, OBJECT_GAP), sum);
        let clause =
            longest(of("clause", thresholds.clause, CLAUSE_GAP), |it| it.len() as f32).unwrap_or(words.clone());
        let tells = |it: &&Candidate| {
            labels.spans[it.kind] == "source"
                && it.words.clone().any(|word| link_to("told_by", word) >= thresholds.object)
        };
        let statement = ReadStatement {
            kind: labels.statements[kind],
            range: scored.text(clause),
            subject: scored.text(words),
            object: object.map(|it| scored.text(it)),
            sources: candidates.iter().filter(tells).map(|it| scored.text(it.words.clone())).collect(),
            score: subject(word, kind),
        };
        let told = |it: &ReadStatement| {
            let text = |range: &Range<usize>| scored.document.text[range.clone()].to_lowercase();
            (it.kind, text(&it.subject), it.object.as_ref().map(text))
        };
        if !reading.statements.iter().any(|known| told(known) == told(&statement)) {
            reading.statements.push(statement);
        }
    }
    Ok(())
}

/// The run of the greatest worth; the first of equals.
fn longest(runs: Vec<Range<usize>>, worth: impl Fn(&Range<usize>) -> f32) -> Option<Range<usize>> {
    runs.into_iter().reduce(|best, next| if worth(&next) > worth(&best) { next } else { best })
}

/// Joins indices that follow each other with at most `gap` left out.
fn runs(indices: &[usize], gap: usize) -> Vec<Range<usize>> {
    let mut list: Vec<Range<usize>> = Vec::new();
    for &at in indices {
        match list.last_mut() {
            Some(last) if at - last.end <= gap => last.end = at + 1,
            _ => list.push(at..at + 1),
        }
    }
    list
}
