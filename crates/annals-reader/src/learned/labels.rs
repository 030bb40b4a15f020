//! What the model's outputs mean.

use std::{collections::HashMap, ops::Range, str::FromStr};

use annals_record::{ActorKind, EventType, Item, OutcomeKind, Realis, Scope, Side, Stance, StatementKind};
use serde::Deserialize;

use crate::{Dated, Role};

/// The columns of the word scores and the planes of the link scores.
#[derive(Debug)]
pub(crate) struct Labels {
    heads: HashMap<String, Range<usize>>,
    /// Number of word scores.
    pub(crate) width: usize,
    /// Link planes, by name: roles, `same`, `object`, `clause`, `told_by`.
    planes: HashMap<String, usize>,
    /// Number of link planes.
    pub(crate) n_planes: usize,
    /// Kinds of span; each has an inside and a begin score.
    pub(crate) spans: Vec<String>,
    pub(crate) event_types: Vec<EventType>,
    pub(crate) scopes: Vec<Scope>,
    pub(crate) realis: Vec<Realis>,
    pub(crate) dated: Vec<Dated>,
    pub(crate) outcomes: Vec<OutcomeKind>,
    pub(crate) sides: Vec<Side>,
    pub(crate) items: Vec<Item>,
    pub(crate) stances: Vec<Stance>,
    pub(crate) actor_kinds: Vec<ActorKind>,
    pub(crate) statements: Vec<StatementKind>,
    /// Word distances at which a new step begins.
    pub(crate) distance_steps: Vec<usize>,
    /// Roles with the kind of span that fills them.
    pub(crate) roles: Vec<(Role, String)>,
}

#[derive(Deserialize)]
struct File {
    word_heads: Vec<Head>,
    roles: Vec<String>,
    role_span: HashMap<String, String>,
    spans: Vec<String>,
    event_types: Vec<String>,
    scopes: Vec<String>,
    realis: Vec<String>,
    date_modes: Vec<String>,
    outcomes: Vec<String>,
    sides: Vec<String>,
    items: Vec<String>,
    stances: Vec<String>,
    actor_kinds: Vec<String>,
    statements: Vec<String>,
    distance_steps: Vec<usize>,
}

#[derive(Deserialize)]
struct Head {
    name: String,
    size: usize,
}

type Unreadable = Box<dyn std::error::Error + Send + Sync>;

impl Labels {
    /// Reads `labels.json`; every name must be one that this program knows.
    pub(crate) fn parse(json: &str) -> Result<Self, Unreadable> {
        let file: File = serde_json::from_str(json)?;
        let mut heads = HashMap::new();
        let mut width = 0;
        for head in &file.word_heads {
            heads.insert(head.name.clone(), width..width + head.size);
            width += head.size;
        }
        let mut roles = Vec::new();
        for name in file.roles.iter().filter(|name| file.role_span.contains_key(*name)) {
            roles.push((code(name)?, file.role_span[name].clone()));
        }
        Ok(Labels {
            heads,
            width,
            n_planes: file.roles.len(),
            planes: file.roles.into_iter().enumerate().map(|(at, name)| (name, at)).collect(),
            spans: file.spans,
            event_types: codes(&file.event_types)?,
            scopes: codes(&file.scopes)?,
            realis: codes(&file.realis)?,
            dated: codes(&file.date_modes)?,
            outcomes: codes(&file.outcomes)?,
            sides: codes(&file.sides)?,
            items: codes(&file.items)?,
            stances: codes(&file.stances)?,
            actor_kinds: codes(&file.actor_kinds)?,
            statements: codes(&file.statements)?,
            distance_steps: file.distance_steps,
            roles,
        })
    }

    /// The columns of a head; empty when the model has none of that name.
    pub(crate) fn head(&self, name: &str) -> Range<usize> {
        self.heads.get(name).cloned().unwrap_or(0..0)
    }

    /// The plane of a link.
    pub(crate) fn plane(&self, name: &str) -> Option<usize> {
        self.planes.get(name).copied()
    }

    /// The step of a signed word distance.
    pub(crate) fn distance(&self, row: usize, column: usize) -> i32 {
        let size = row.abs_diff(column);
        let step = self.distance_steps.partition_point(|&it| it <= size).saturating_sub(1);
        let turned = if column < row { self.distance_steps.len() } else { 0 };
        i32::try_from(step + turned).expect("there are few steps")
    }
}

fn code<T: FromStr>(name: &str) -> Result<T, Unreadable> {
    name.parse().map_err(|_| format!("unknown label {name:?}").into())
}

fn codes<T: FromStr>(names: &[String]) -> Result<Vec<T>, Unreadable> {
    names.iter().map(|name| code(name)).collect()
}
