//! ECB+: happenings told by several news articles, and what the features of a pair of tellings make of them.
//!
//! The corpus (Cybulska and Vossen 2014) marks the words of actions, people, places and times, and which actions are one.
//! Each action in a checked sentence becomes a telling: people before its words are agents, those after it targets. Types, days
//! and points are not told, so that words and parties have to do alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Read;
use std::path::Path;

use annals_incidents::{Matcher, Telling, TellingId};
use annals_record::{Event, EventType, Party, PlaceRef, ReportInfo, Span};
use flate2::read::GzDecoder;
use jiff::Timestamp;

use super::PairCounts;
use super::fit::fit;
use crate::EvalError;

/// An action of a topic, and the happening that the corpus has it as.
struct Action {
    topic: String,
    telling: Telling,
    happening: String,
}

/// What [`score_ecb`] found.
#[derive(Clone, Debug, Default)]
pub struct EcbScores {
    /// Topics read.
    pub n_topics: usize,
    /// Actions read.
    pub n_actions: usize,
    /// Pairs of actions of different articles of one topic, each by weights that have not seen its topic.
    pub pairs: PairCounts,
}

impl fmt::Display for EcbScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { n_topics, n_actions, pairs } = self;
        writeln!(f, "{n_topics} topics, {n_actions} actions; cross-validated by topics: {pairs}")
    }
}

/// Fits the pair score to the topics but for a fifth, with the threshold that is best there, and scores that fifth; for each fifth.
///
/// `folder` has `topics1-35.tar.gz` and `sentences.csv`.
///
/// **Errors**: files that cannot be read or have another shape.
pub fn score_ecb(folder: &Path, matcher: &Matcher) -> Result<EcbScores, EvalError> {
    const FOLDS: usize = 5;
    const RIDGE: f64 = 0.5;
    let actions = read(folder)?;
    let topics: BTreeSet<&str> = actions.iter().map(|it| it.topic.as_str()).collect();
    let number: BTreeMap<&str, usize> = topics.iter().enumerate().map(|(idx, it)| (*it, idx)).collect();
    let mut samples: Vec<(usize, Vec<f64>, bool)> = Vec::new();
    let mut names = Vec::new();
    for (idx, one) in actions.iter().enumerate() {
        for other in actions[idx + 1..].iter().take_while(|it| it.topic == one.topic) {
            if one.telling.report.id != other.telling.report.id {
                let pair = matcher.pair(&one.telling, &other.telling);
                if names.is_empty() {
                    names = pair.features.iter().map(|it| it.0).collect();
                }
                let features = pair.features.into_iter().map(|it| it.1).collect();
                samples.push((number[one.topic.as_str()] % FOLDS, features, one.happening == other.happening));
            }
        }
    }
    let mut scores = EcbScores { n_topics: topics.len(), n_actions: actions.len(), ..EcbScores::default() };
    for fold in 0..FOLDS {
        let (held, seen): (Vec<_>, Vec<_>) = samples.iter().partition(|it| it.0 == fold);
        let rows: Vec<&[f64]> = seen.iter().map(|it| it.1.as_slice()).collect();
        let labels: Vec<bool> = seen.iter().map(|it| it.2).collect();
        let mut weights = fit(&rows, &labels, &names, RIDGE);
        weights.pop();
        let score = |features: &[f64]| weights.iter().zip(features).map(|(weight, value)| weight * value).sum::<f64>();
        let from = best_threshold(seen.iter().map(|it| (score(&it.1), it.2)).collect());
        for (_, features, is_one) in held {
            scores.pairs.add(score(features) >= from, *is_one, 1.0);
        }
    }
    Ok(scores)
}

/// The score from which on pairs count as one happening so that their F1 is best.
fn best_threshold(mut scored: Vec<(f64, bool)>) -> f64 {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut counts = PairCounts { missed: scored.iter().filter(|it| it.1).count() as f64, ..PairCounts::default() };
    let mut best = (0.0, f64::INFINITY);
    for (idx, (score, is_one)) in scored.iter().enumerate() {
        counts.add(true, *is_one, 1.0);
        counts.missed -= f64::from(u8::from(*is_one));
        let is_last_of_its_score = scored.get(idx + 1).is_none_or(|next| next.0 < *score);
        if is_last_of_its_score && counts.f1() > best.0 {
            best = (counts.f1(), *score);
        }
    }
    best.1
}

fn read(folder: &Path) -> Result<Vec<Action>, EvalError> {
    let checked = read_checked(&folder.join("sentences.csv"))?;
    let path = folder.join("topics1-35.tar.gz");
    let fail = |source| EvalError::Read { path: path.clone(), source };
    let mut archive = tar::Archive::new(GzDecoder::new(std::fs::File::open(&path).map_err(fail)?));
    let mut actions = Vec::new();
    for entry in archive.entries().map_err(fail)? {
        let mut entry = entry.map_err(fail)?;
        let name =
            entry.path().map_err(fail)?.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let Some((topic, file)) = name.split_once('_') else { continue };
        let mut text = String::new();
        entry.read_to_string(&mut text).map_err(fail)?;
        let xml =
            roxmltree::Document::parse(&text).map_err(|_| EvalError::format(&path, 1, "an archive of XML", None))?;
        actions.extend(article(topic, file, &xml, &checked));
    }
    // Pairs are those of one topic: its actions stand together.
    actions.sort_by(|a, b| (&a.topic, &a.telling.id).cmp(&(&b.topic, &b.telling.id)));
    Ok(actions)
}

/// Topic, file and number of the sentences whose marks were checked.
fn read_checked(path: &Path) -> Result<BTreeSet<(String, String, String)>, EvalError> {
    let wrong = |_| EvalError::format(path, 1, "a table of topic, file and sentence", None);
    let mut table = csv::Reader::from_path(path).map_err(wrong)?;
    table.deserialize().collect::<Result<_, _>>().map_err(wrong)
}

/// A marked stretch of an article.
struct Mark {
    kind: String,
    span: Span,
    sentence: String,
    happening: Option<String>,
}

fn article(
    topic: &str,
    file: &str,
    xml: &roxmltree::Document<'_>,
    checked: &BTreeSet<(String, String, String)>,
) -> Vec<Action> {
    let marks = marks(xml);
    let is_checked = |it: &Mark| checked.contains(&(topic.to_owned(), file.to_owned(), it.sentence.clone()));
    let report = ReportInfo {
        id: format!("{topic}_{file}"),
        source: None,
        title: String::new(),
        published: None,
        publisher: None,
        language: None,
        coder: String::new(),
        model: String::new(),
        packs: Vec::new(),
    };
    let mut actions = Vec::new();
    for mark in marks.iter().filter(|it| it.kind.contains("ACTION") && is_checked(it)) {
        let near = |kind: &'static str| {
            marks.iter().filter(move |it| it.sentence == mark.sentence && it.kind.starts_with(kind)).map(|it| &it.span)
        };
        let party = |span: &Span| Party {
            name: span.text.contains(char::is_uppercase).then(|| span.text.clone()),
            span: span.clone(),
            kind: None,
            actor: None,
        };
        let (before, after): (Vec<&Span>, Vec<&Span>) = near("HUMAN").partition(|it| it.start < mark.span.start);
        let event = Event {
            id: format!("e{}", actions.len() + 1),
            agents: before.into_iter().map(party).collect(),
            targets: after.into_iter().map(party).collect(),
            places: near("LOC").map(|it| PlaceRef { span: it.clone(), place: None, candidates: Vec::new() }).collect(),
            ..Event::bare(EventType::Other, mark.span.clone())
        };
        let id = TellingId::new(&report.id, &event.id);
        actions.push(Action {
            topic: topic.to_owned(),
            happening: mark.happening.clone().unwrap_or_else(|| id.0.clone()),
            telling: Telling {
                id,
                doc: file.to_owned(),
                report: report.clone(),
                event,
                learned: Timestamp::UNIX_EPOCH,
                copy_of: None,
            },
        });
    }
    actions
}

fn marks(xml: &roxmltree::Document<'_>) -> Vec<Mark> {
    let named = |name: &'static str| xml.descendants().filter(move |it| it.has_tag_name(name));
    let words: BTreeMap<&str, (usize, &str, &str)> = named("token")
        .enumerate()
        .filter_map(|(idx, it)| Some((it.attribute("t_id")?, (idx, it.text()?, it.attribute("sentence")?))))
        .collect();
    let mut happenings: BTreeMap<&str, &str> = BTreeMap::new();
    for link in named("CROSS_DOC_COREF") {
        let sources = link.children().filter(|it| it.has_tag_name("source")).filter_map(|it| it.attribute("m_id"));
        happenings.extend(sources.zip(std::iter::repeat(link.attribute("note").unwrap_or_default())));
    }
    let mark = |it: roxmltree::Node<'_, '_>| {
        let anchors: Vec<_> = it.children().filter_map(|it| words.get(it.attribute("t_id")?)).copied().collect();
        let text = anchors.iter().map(|it| it.1).collect::<Vec<_>>().join(" ");
        let (first, last) = (anchors.first()?, anchors.last()?);
        Some(Mark {
            kind: it.tag_name().name().to_owned(),
            // Places in the article are counted in words.
            span: Span { start: first.0, end: last.0 + 1, text },
            sentence: first.2.to_owned(),
            happening: happenings.get(it.attribute("m_id")?).map(|it| (*it).to_owned()),
        })
    };
    named("Markables").flat_map(|it| it.children()).filter_map(mark).collect()
}
