//! Scores to a reading: which words are triggers, which runs of words are spans, and how they are tied.

use std::ops::Range;

use annals_text::{Document, SentenceKind};

use super::{
    labels::Labels,
    network::{Network, finding},
    package::DecodeThresholds,
    scores::{ScoreError, Scores, sigmoid, softmax},
    statements,
};
use crate::{Link, Odds, ReadSpan, Reading, Role, SameEvent, SpanIdx, SpanKind, Trigger, TriggerIdx};

/// Triggers of one document, at most; the best are kept.
const MOST_TRIGGERS: usize = 96;

/// Words that carry no meaning of their own.
const SMALL: [&str; 37] = [
    "a", "an", "the", "of", "in", "on", "at", "to", "by", "and", "or", "for", "from", "with", "was", "were", "is",
    "are", "be", "been", "being", "has", "have", "had", "that", "this", "their", "his", "its", "her", "it", "they",
    "out", "up", "off", "into", "over",
];

/// Words that open no naming.
const LEADING: [&str; 9] = ["and", "by", "for", "from", "least", "of", "than", "to", "with"];

/// A document with its scores, and the questions that decoding asks of them.
pub(crate) struct Scored<'d> {
    pub(crate) document: &'d Document,
    pub(crate) scores: &'d Scores,
    pub(crate) labels: &'d Labels,
    /// Words of page furniture: not read.
    furniture: Vec<bool>,
    /// Words that hang on the one before by a hyphen or apostrophe.
    hanging: Vec<bool>,
}

/// A run of words of one kind: indices of words.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Index into the labels' kinds of span.
    pub(crate) kind: usize,
    pub(crate) words: Range<usize>,
    pub(crate) score: f32,
}

/// Decodes a document's scores.
pub(crate) fn reading(
    document: &Document,
    times: &[Range<usize>],
    scores: &Scores,
    network: &Network,
    labels: &Labels,
    thresholds: &DecodeThresholds,
) -> Reading {
    let scored =
        Scored { document, scores, labels, furniture: furniture(document, scores), hanging: hanging(document, scores) };
    let mut candidates = scored.candidates(thresholds);
    scored.add_times(times, &mut candidates);
    let mut reading = Reading::default();
    let read = events(&scored, &candidates, network, thresholds, &mut reading)
        .and_then(|()| statements::read(&scored, &candidates, network, thresholds, &mut reading));
    if let Err(error) = read {
        reading.findings.push(finding(&error));
    }
    reading
}

fn furniture(document: &Document, scores: &Scores) -> Vec<bool> {
    let ranges: Vec<&Range<usize>> =
        document.sentences.iter().filter(|it| it.kind == SentenceKind::Furniture).map(|it| &it.range).collect();
    scores.words.iter().map(|word| ranges.iter().any(|it| it.start <= word.start && word.end <= it.end)).collect()
}

/// "al | - | Nusra": the hyphen hangs on "al", and "Nusra" on the hyphen. One entry more than there are words.
fn hanging(document: &Document, scores: &Scores) -> Vec<bool> {
    let words = &scores.words;
    let mark =
        |at: usize| matches!(&document.text[words[at].clone()], "-" | "\u{2010}" | "\u{2011}" | "'" | "\u{2019}");
    let touches = |at: usize| at < words.len() && words[at - 1].end == words[at].start;
    let hangs = |at: usize| at > 0 && touches(at) && (mark(at) && touches(at + 1) || mark(at - 1));
    (0..=words.len()).map(hangs).collect()
}

impl Scored<'_> {
    /// The logits of a head for a word.
    pub(crate) fn head(&self, word: usize, name: &str) -> &[f32] {
        &self.scores.tables.scores.row(word)[self.labels.head(name)]
    }

    pub(crate) fn text(&self, words: Range<usize>) -> Range<usize> {
        self.scores.words[words.start].start..self.scores.words[words.end - 1].end
    }

    fn word(&self, at: usize) -> &str {
        &self.document.text[self.scores.words[at].clone()]
    }

    /// Tells whether a word carries meaning and stands in the report's own text.
    pub(crate) fn is_content(&self, at: usize) -> bool {
        let word = self.word(at);
        let telling = word.chars().next().is_some_and(char::is_alphanumeric);
        telling && !self.furniture[at] && !SMALL.contains(&word.to_lowercase().as_str())
    }

    /// The meaning words of a run; all of them where it has none.
    pub(crate) fn content(&self, words: Range<usize>) -> Vec<usize> {
        let content: Vec<usize> = words.clone().filter(|&it| self.is_content(it)).collect();
        if content.is_empty() { words.collect() } else { content }
    }

    /// The first word behind the title: what stands before it is another sentence, with or without a full stop.
    fn opens_body(&self, at: usize) -> bool {
        let begins_behind = |word: usize| self.scores.words[word].start >= self.document.title_end;
        at > 0 && begins_behind(at) && !begins_behind(at - 1)
    }

    /// Runs of inside scores of each kind, parted where a begin score passes and where the title ends.
    fn candidates(&self, thresholds: &DecodeThresholds) -> Vec<Candidate> {
        let n_words = self.scores.words.len();
        let mut list: Vec<Candidate> = Vec::new();
        for kind in 0..self.labels.spans.len() {
            let inside = |at: usize| sigmoid(self.head(at, "span")[2 * kind]);
            let begins = |at: usize| sigmoid(self.head(at, "span")[2 * kind + 1]) >= thresholds.begin;
            let mut start = None;
            for at in 0..=n_words {
                let on = at < n_words && !self.furniture[at] && inside(at) >= thresholds.inside;
                if let Some(from) = start.filter(|_| !on || self.opens_body(at) || begins(at) && !self.hanging[at]) {
                    let score = (from..at).map(inside).sum::<f32>() / (at - from) as f32;
                    if let Some(words) = self.trim(kind, self.whole(from..at)) {
                        push_distinct(&mut list, Candidate { kind, words, score });
                    }
                    start = None;
                }
                if on && start.is_none() {
                    start = Some(at);
                }
            }
        }
        list
    }

    /// Adds the words of time that no run of its own takes in.
    fn add_times(&self, times: &[Range<usize>], list: &mut Vec<Candidate>) {
        let Some(kind) = self.labels.spans.iter().position(|it| it == "time") else { return };
        let first = |byte: usize| self.scores.words.partition_point(|it| it.end <= byte);
        let beyond = |byte: usize| self.scores.words.partition_point(|it| it.start < byte);
        for words in times.iter().map(|it| first(it.start)..beyond(it.end)) {
            let known =
                list.iter().any(|it| it.kind == kind && it.words.start < words.end && words.start < it.words.end);
            let Some(words) = self.trim(kind, words).filter(|it| !known && !self.furniture[it.start]) else { continue };
            let inside = words.clone().map(|at| sigmoid(self.head(at, "span")[2 * kind]));
            let score = inside.sum::<f32>() / words.len() as f32;
            list.push(Candidate { kind, words, score });
        }
    }

    /// Takes in the rest of a hyphenated word at either end.
    fn whole(&self, mut words: Range<usize>) -> Range<usize> {
        while self.hanging[words.start] {
            words.start -= 1;
        }
        while self.hanging[words.end] {
            words.end += 1;
        }
        words
    }

    /// Cuts marks and articles off the start, marks and small words off the end; an article belongs to a count ("a policeman").
    fn trim(&self, kind: usize, mut words: Range<usize>) -> Option<Range<usize>> {
        let marks = |at: usize| !self.word(at).chars().next().is_some_and(char::is_alphanumeric);
        let counts = self.labels.spans[kind] == "outcome";
        let article = |at: usize| matches!(self.word(at).to_lowercase().as_str(), "the" | "a" | "an");
        // "[Of] the national guard", "[least] two gunmen".
        let names = matches!(self.labels.spans[kind].as_str(), "actor" | "source" | "outcome");
        let leads_in = |at: usize| names && LEADING.contains(&self.word(at).to_lowercase().as_str());
        while words.start < words.end
            && (marks(words.start) || !counts && article(words.start) || words.len() > 1 && leads_in(words.start))
        {
            words.start += 1;
        }
        let loose = |at: usize| SMALL.contains(&self.word(at).to_lowercase().as_str());
        let closes = |at: usize| matches!(self.word(at), ")" | "%");
        // "Passers-by" keeps its "by".
        while words.len() > 1
            && !self.hanging[words.end - 1]
            && (loose(words.end - 1) || marks(words.end - 1) && !closes(words.end - 1))
        {
            words.end -= 1;
        }
        (words.start < words.end).then_some(words)
    }

    fn odds<T: Copy + PartialEq + strum::VariantArray>(&self, word: usize, head: &str, codes: &[T]) -> Odds<T> {
        Odds::new(codes.iter().copied().zip(softmax(self.head(word, head))))
    }

    fn vote<T: Copy + PartialEq + strum::VariantArray>(&self, words: Range<usize>, head: &str, codes: &[T]) -> T {
        let ballots: Vec<Odds<T>> = words.map(|it| self.odds(it, head, codes)).collect();
        Odds::vote(ballots.iter().map(|it| (it, 1.0)))
    }

    /// The kind of a span with what its words tell; `None` for a count of which nothing is told.
    fn span_kind(&self, candidate: &Candidate, thresholds: &DecodeThresholds) -> Option<SpanKind> {
        let words = || candidate.words.clone();
        Some(match self.labels.spans[candidate.kind].as_str() {
            "actor" => SpanKind::Party(Some(self.vote(words(), "actor_kind", &self.labels.actor_kinds))),
            "place" => SpanKind::Place,
            "time" => SpanKind::Time,
            "weapon" => SpanKind::Weapon,
            "source" => SpanKind::Source(self.vote(words(), "stance", &self.labels.stances)),
            "outcome" => {
                let mean = |head: &str, at: usize| {
                    words().map(|it| sigmoid(self.head(it, head)[at])).sum::<f32>() / words().len() as f32
                };
                let score = |at: &usize| mean("what", *at);
                let best =
                    (0..self.labels.outcomes.len()).max_by(|a, b| score(a).total_cmp(&score(b)).then(b.cmp(a)))?;
                if score(&best) < thresholds.what {
                    return None;
                }
                let what = self.labels.outcomes[best];
                let things = matches!(what, annals_record::OutcomeKind::Seized | annals_record::OutcomeKind::Destroyed);
                SpanKind::Outcome {
                    what,
                    side: self.vote(words(), "side", &self.labels.sides),
                    part: mean("part", 0) >= thresholds.part,
                    item: things.then(|| self.vote(words(), "item", &self.labels.items)),
                }
            }
            _ => return None,
        })
    }
}

/// Joins a run to the one before it where they are of a kind and overlap.
fn push_distinct(list: &mut Vec<Candidate>, next: Candidate) {
    match list.last_mut() {
        Some(last) if last.kind == next.kind && last.words.end > next.words.start => {
            last.words.end = last.words.end.max(next.words.end);
        }
        _ => list.push(next),
    }
}

/// Reads triggers, spans, and the links among them.
fn events(
    scored: &Scored,
    candidates: &[Candidate],
    network: &Network,
    thresholds: &DecodeThresholds,
    reading: &mut Reading,
) -> Result<(), ScoreError> {
    let labels = scored.labels;
    let trigger = |at: usize| sigmoid(scored.head(at, "trigger")[0]);
    let mut rows: Vec<usize> =
        (0..scored.scores.words.len()).filter(|&it| scored.is_content(it) && trigger(it) >= thresholds.row).collect();
    rows.sort_by(|&a, &b| trigger(b).total_cmp(&trigger(a)).then(a.cmp(&b)));
    rows.truncate(MOST_TRIGGERS);
    rows.sort_unstable();
    for &row in &rows {
        reading.triggers.push(Trigger {
            range: scored.scores.words[row].clone(),
            score: trigger(row),
            main: sigmoid(scored.head(row, "trigger")[1]),
            event_type: scored.odds(row, "type", &labels.event_types),
            scope: scored.odds(row, "scope", &labels.scopes),
            realis: scored.odds(row, "realis", &labels.realis),
            dated: scored.odds(row, "date_mode", &labels.dated),
        });
    }
    let spans: Vec<(&Candidate, SpanKind)> =
        candidates.iter().filter_map(|it| scored.span_kind(it, thresholds).map(|kind| (it, kind))).collect();
    for (candidate, kind) in &spans {
        reading.spans.push(ReadSpan {
            range: scored.text(candidate.words.clone()),
            kind: *kind,
            score: candidate.score,
        });
    }
    let mut columns: Vec<usize> = rows.clone();
    columns.extend(spans.iter().flat_map(|(it, _)| scored.content(it.words.clone())));
    columns.sort_unstable();
    columns.dedup();
    let column = |word: usize| columns.binary_search(&word).expect("every word asked for is a column");
    let kinds: Vec<(usize, i32)> = rows.iter().map(|&it| (it, 0)).collect();
    let links = network.link(&scored.scores.tables, &kinds, &columns, |row, column| labels.distance(row, column))?;
    let link = |row: usize, word: usize, plane: usize| {
        sigmoid(links[(row * columns.len() + column(word)) * labels.n_planes + plane])
    };
    for (role, span_kind) in &labels.roles {
        let plane = labels.plane(role.into()).expect("a role of the labels is a plane");
        for (at, (candidate, _)) in spans.iter().enumerate().filter(|(_, (it, _))| labels.spans[it.kind] == *span_kind)
        {
            let words = scored.content(candidate.words.clone());
            for row in 0..rows.len() {
                let scores = words.iter().map(|&word| link(row, word, plane));
                // One word of a place may carry its name: "the outskirts of Gao".
                let score = match role {
                    Role::Place => scores.fold(0.0, f32::max),
                    _ => scores.sum::<f32>() / words.len() as f32,
                };
                let least = if *role == Role::Date { thresholds.time_link } else { thresholds.link };
                if score >= least {
                    reading.links.push(Link { trigger: TriggerIdx(row), span: SpanIdx(at), role: *role, score });
                }
            }
        }
    }
    if let Some(plane) = labels.plane("same") {
        for first in 0..rows.len() {
            for second in first + 1..rows.len() {
                let score = f32::midpoint(link(first, rows[second], plane), link(second, rows[first], plane));
                if score >= thresholds.link {
                    reading.same.push(SameEvent { first: TriggerIdx(first), second: TriggerIdx(second), score });
                }
            }
        }
    }
    Ok(())
}
