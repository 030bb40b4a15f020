//! Scores statements against the relations of re3d, documents on the war in Syria and Iraq.
//!
//! Five of re3d's relations have something like them in the record: [`Relation`] tells what. A relation that was found names the
//! same kind and two spans that overlap re3d's own.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::Path;

use annals_record::{CodedReport, EventType, Span, StatementKind};
use annals_text::Report;
use serde::Deserialize;

use crate::EvalError;
use crate::case21::report;
use crate::error::read_to_string;

/// A relation of re3d that the record can tell.
///
/// **Source**: README of re3d (Defence Science and Technology Laboratory, 2017), table of relationships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Relation {
    /// Statements of the kinds member and allegiance: who belongs to whom.
    BelongsTo,
    /// Statements of the kinds leads and control: who is in charge of a group or a place.
    InChargeOf,
    /// Statements of the kind alliance.
    AlliesOf,
    /// Statements of the kind rivalry; and who acts on whom in an event of fighting.
    FightingAgainst,
    /// Two namings in one sentence that are resolved to one actor of the registry.
    IsSynonymOf,
}

const ALL: [Relation; 5] =
    [Relation::BelongsTo, Relation::InChargeOf, Relation::AlliesOf, Relation::FightingAgainst, Relation::IsSynonymOf];

impl Relation {
    /// Holds the other way round too.
    pub fn is_mutual(self) -> bool {
        matches!(self, Self::AlliesOf | Self::FightingAgainst | Self::IsSynonymOf)
    }

    fn of_statement(kind: StatementKind) -> Option<Self> {
        Some(match kind {
            StatementKind::Member | StatementKind::Allegiance => Self::BelongsTo,
            StatementKind::Leads | StatementKind::Control => Self::InChargeOf,
            StatementKind::Alliance => Self::AlliesOf,
            StatementKind::Rivalry => Self::FightingAgainst,
            _ => return None,
        })
    }
}

/// Two namings and how they stand to each other.
///
/// **Units**: characters of the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The relation.
    pub relation: Relation,
    /// Who stands in it.
    pub source: Range<usize>,
    /// To whom.
    pub target: Range<usize>,
}

impl Pair {
    fn is_told_by(&self, other: &Self, either_way: bool) -> bool {
        let meet = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        self.relation == other.relation
            && ((meet(&self.source, &other.source) && meet(&self.target, &other.target))
                || (either_way && meet(&self.source, &other.target) && meet(&self.target, &other.source)))
    }
}

/// One document with its relations of the five kinds.
#[derive(Clone, Debug)]
pub struct Article {
    /// The text, to be coded.
    pub report: Report,
    /// The text alone.
    pub text: String,
    /// Mutual relations once, even where re3d has them both ways.
    pub pairs: Vec<Pair>,
}

#[derive(Deserialize)]
struct DocumentLine {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RelationLine {
    document_id: String,
    r#type: String,
    source_begin: usize,
    source_end: usize,
    target_begin: usize,
    target_end: usize,
}

/// Reads all sources in the folder of re3d, by name.
///
/// **Errors**: a folder or file that cannot be read, or is no part of re3d.
pub fn read_articles(dir: &Path) -> Result<Vec<Article>, EvalError> {
    let fail = |source| EvalError::Read { path: dir.to_owned(), source };
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(fail)? {
        folders.push(entry.map_err(fail)?.path());
    }
    folders.retain(|it| it.join("relations.json").is_file());
    folders.sort();
    let mut articles = Vec::new();
    for folder in folders {
        let mut pairs = relations(&folder.join("relations.json"))?;
        for document in lines::<DocumentLine>(&folder.join("documents.json"))? {
            articles.push(Article {
                report: report("re3d", &document.id, &document.text),
                pairs: pairs.remove(&document.id).unwrap_or_default(),
                text: document.text,
            });
        }
    }
    if articles.is_empty() {
        return Err(EvalError::format(dir, 1, "the folder of re3d, with a folder a source", None));
    }
    Ok(articles)
}

fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<T>, EvalError> {
    let text = read_to_string(path)?;
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(n, line)| {
            serde_json::from_str(line).map_err(|err| EvalError::format(path, n + 1, "a line of re3d", err))
        })
        .collect()
}

fn relations(path: &Path) -> Result<BTreeMap<String, Vec<Pair>>, EvalError> {
    let mut of_documents: BTreeMap<String, Vec<Pair>> = BTreeMap::new();
    for line in lines::<RelationLine>(path)? {
        let Some(relation) = ALL.into_iter().find(|it| format!("{it:?}") == line.r#type) else { continue };
        let pair =
            Pair { relation, source: line.source_begin..line.source_end, target: line.target_begin..line.target_end };
        add(of_documents.entry(line.document_id).or_default(), pair);
    }
    Ok(of_documents)
}

/// Adds a pair that is not there yet, in either direction where that is one.
fn add(pairs: &mut Vec<Pair>, pair: Pair) {
    let same = |it: &Pair| {
        it.relation == pair.relation
            && ((it.source == pair.source && it.target == pair.target)
                || (pair.relation.is_mutual() && it.source == pair.target && it.target == pair.source))
    };
    if !pairs.iter().any(same) {
        pairs.push(pair);
    }
}

/// The relations that a coded report tells.
///
/// **Units**: characters of `text`, which the coded document may hold with a title before it.
pub fn told(coded: &CodedReport, text: &str) -> Vec<Pair> {
    let start: String = text.trim_start().chars().take(60).collect();
    let chars = |text: &str, at: usize| text[..at].chars().count();
    let shift = coded.document.text.find(&start).map_or(0, |at| chars(&coded.document.text, at));
    let skipped = text.chars().take_while(|it| it.is_whitespace()).count();
    let range = |span: &Span| (span.start + skipped).saturating_sub(shift)..(span.end + skipped).saturating_sub(shift);
    let mut pairs = Vec::new();
    let mut namings: Vec<(&str, &Span)> = Vec::new();
    for it in &coded.statements {
        for object in std::iter::once(&it.subject).chain(&it.object) {
            namings.extend(object.actor.as_ref().map(|actor| (actor.id.as_str(), &object.span)));
        }
        if let (Some(relation), Some(object)) = (Relation::of_statement(it.kind), &it.object) {
            add(&mut pairs, Pair { relation, source: range(&it.subject.span), target: range(&object.span) });
        }
    }
    for event in &coded.events {
        for party in event.agents.iter().chain(&event.targets) {
            namings.extend(party.actor.as_ref().map(|actor| (actor.id.as_str(), &party.span)));
        }
        if is_fighting(event.event_type) {
            for agent in &event.agents {
                for target in &event.targets {
                    let (source, target) = (range(&agent.span), range(&target.span));
                    add(&mut pairs, Pair { relation: Relation::FightingAgainst, source, target });
                }
            }
        }
    }
    for (n, (id, span)) in namings.iter().enumerate() {
        for (other, there) in &namings[n + 1..] {
            let is_near = gap(coded, span, there).is_some_and(|it| !it.contains(". ") && !it.contains('\n'));
            if id == other && is_near && !span.text.eq_ignore_ascii_case(&there.text) {
                add(&mut pairs, Pair { relation: Relation::IsSynonymOf, source: range(span), target: range(there) });
            }
        }
    }
    pairs
}

/// The text between two spans; `None` when they overlap.
fn gap(coded: &CodedReport, one: &Span, other: &Span) -> Option<String> {
    let (first, last) = if one.start <= other.start { (one, other) } else { (other, one) };
    let length = last.start.checked_sub(first.end)?;
    Some(coded.document.text.chars().skip(first.end).take(length).collect())
}

fn is_fighting(event: EventType) -> bool {
    matches!(
        event,
        EventType::ChemicalAttack
            | EventType::AirStrike
            | EventType::Shelling
            | EventType::Bombing
            | EventType::TerritoryTaken
            | EventType::ArmedClash
            | EventType::TargetedViolence
            | EventType::Siege
    )
}

/// Right ones among all, in both views.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Relations of re3d, and those told by the coding.
    pub gold: (usize, usize),
    /// Relations of the coding, and those that re3d has.
    pub told: (usize, usize),
}

impl Found {
    /// Harmonic mean of precision and recall.
    ///
    /// **Range and missing**: 0 to 1; 0 without any.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (share(self.told), share(self.gold));
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }
}

fn share((all, right): (usize, usize)) -> f64 {
    right as f64 / all.max(1) as f64
}

/// How well each relation is found: source and target as re3d has them, and either way round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Re3dScores {
    /// Mutual relations count either way in the first too.
    pub rows: BTreeMap<Relation, (Found, Found)>,
}

/// Scores codings of re3d's documents: each document's own relations, and those told of it.
pub fn score<'a>(documents: impl Iterator<Item = (&'a [Pair], &'a [Pair])>) -> Re3dScores {
    let mut scores = Re3dScores { rows: ALL.map(|it| (it, Default::default())).into() };
    for (gold, told) in documents {
        for (relation, row) in &mut scores.rows {
            let count = |of: &[Pair], by: &[Pair], either_way: bool, into: &mut (usize, usize)| {
                for pair in of.iter().filter(|it| it.relation == *relation) {
                    into.0 += 1;
                    into.1 += usize::from(by.iter().any(|it| pair.is_told_by(it, either_way)));
                }
            };
            for (found, either_way) in [(&mut row.0, relation.is_mutual()), (&mut row.1, true)] {
                count(gold, told, either_way, &mut found.gold);
                count(told, gold, either_way, &mut found.told);
            }
        }
    }
    scores
}

impl fmt::Display for Re3dScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = (Found::default(), Found::default());
        let line = |f: &mut fmt::Formatter<'_>, name: &str, (one_way, either_way): (Found, Found)| {
            let shares = |it: Found| format!("{:.3} {:.3} {:.3}", it.f1(), share(it.told), share(it.gold));
            let (gold, told) = (one_way.gold.0, one_way.told.0);
            writeln!(f, "{name:16} {gold:4} {told:5}   {}   {}", shares(one_way), shares(either_way))
        };
        writeln!(f, "{:16} {:>4} {:>5}   {:17}   either way round", "F1, prec., rec.", "re3d", "told", "as directed")?;
        for (relation, row) in &self.rows {
            line(f, &format!("{relation:?}"), *row)?;
            for (sum, it) in [(&mut all.0, row.0), (&mut all.1, row.1)] {
                sum.gold = (sum.gold.0 + it.gold.0, sum.gold.1 + it.gold.1);
                sum.told = (sum.told.0 + it.told.0, sum.told.1 + it.told.1);
            }
        }
        line(f, "all", all)
    }
}
