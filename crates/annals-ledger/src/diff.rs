//! What changed between two times, and what moved each figure.

use std::collections::{BTreeMap, BTreeSet};

use annals_incidents::{Claim, Figure, Incident, IncidentId, TellingId};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::blob::{micros, unpack_json};
use crate::error::Result;
use crate::ledger::Ledger;
use crate::log;
use crate::views::{STANDS, review_code};

/// How one incident changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// The incident.
    pub incident: IncidentId,
    /// What became of it.
    pub fate: Fate,
    /// Its title; the later one where there are two.
    pub title: String,
    /// What is told otherwise.
    pub fields: Vec<FieldChange>,
    /// The account before; `None` for new ones.
    pub before: Option<Incident>,
    /// The account after; `None` for those that ended.
    pub after: Option<Incident>,
}

/// What became of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "fate")]
pub enum Fate {
    /// It was not known before.
    New,
    /// It was part of others before.
    Parted {
        /// Of which.
        from: Vec<IncidentId>,
    },
    /// Its account is another.
    Changed,
    /// Its tellings are in others now.
    Merged {
        /// In which.
        into: Vec<IncidentId>,
    },
    /// Its reports were withdrawn, undone, or coded anew without it.
    Gone,
}

/// One field that is told otherwise, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldChange {
    /// Which: `title`, `place`, `date`, `review`, `tellings`, or a figure such as `killed, target`.
    pub field: String,
    /// What it was; empty when not told.
    pub before: String,
    /// What it is; empty when not told.
    pub after: String,
    /// What moved it: claims that came or went, or a person.
    pub because: Vec<String>,
}

impl Ledger {
    /// Gives what changed after `since` until `until` (`None`: now), by incident; merged and parted ones tell of each other.
    pub fn diff(&self, since: Timestamp, until: Option<Timestamp>) -> Result<Vec<Change>> {
        let first = log::seq_at(&self.connection, micros(since))?;
        let last = until.map_or(Ok(STANDS - 1), |it| log::seq_at(&self.connection, micros(it)))?;
        let sql = "SELECT incident FROM accounts WHERE since > ?1 AND since <= ?2
            UNION SELECT incident FROM accounts WHERE until < 4611686018427387904 AND until > ?1 AND until <= ?2";
        let ids = self
            .connection
            .prepare_cached(sql)?
            .query_map([first, last], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<String>>>()?;
        let mut pairs = Vec::new();
        for id in ids {
            let id = IncidentId(id);
            let (before, after) = (self.account_at(&id, first)?, self.account_at(&id, last)?);
            pairs.push((id, before, after));
        }
        // Tellings move only between incidents that have both changed.
        let held_before = holders(pairs.iter().map(|it| &it.1));
        let held_after = holders(pairs.iter().map(|it| &it.2));
        let mut changes: Vec<Change> = pairs
            .into_iter()
            .filter_map(|(id, before, after)| change(id, before, after, &held_before, &held_after))
            .collect();
        changes.sort_by_key(|it| {
            it.after.as_ref().or(it.before.as_ref()).and_then(|it| it.date.as_ref().map(|it| it.start))
        });
        Ok(changes)
    }

    fn account_at(&self, id: &IncidentId, seq: i64) -> Result<Option<Incident>> {
        let sql = "SELECT body FROM accounts JOIN bodies ON bodies.account = accounts.id
            WHERE incident = ?1 AND since <= ?2 AND until > ?2";
        let body: Option<Vec<u8>> =
            self.connection.prepare_cached(sql)?.query_row(params![id.0, seq], |row| row.get(0)).optional()?;
        body.map(|it| unpack_json(&it)).transpose()
    }
}

/// Which incident holds each telling.
type Holders = BTreeMap<TellingId, IncidentId>;

fn holders<'i>(accounts: impl Iterator<Item = &'i Option<Incident>>) -> Holders {
    let tellings = |it: &'i Incident| it.tellings.iter().map(|telling| (telling.id.clone(), it.id.clone()));
    accounts.flatten().flat_map(tellings).collect()
}

fn change(
    incident: IncidentId,
    before: Option<Incident>,
    after: Option<Incident>,
    held_before: &Holders,
    held_after: &Holders,
) -> Option<Change> {
    let held = |account: &Incident, by: &Holders| -> Vec<IncidentId> {
        let found: BTreeSet<_> = account.tellings.iter().filter_map(|it| by.get(&it.id).cloned()).collect();
        found.into_iter().collect()
    };
    let (fate, title) = match (&before, &after) {
        (None, None) => return None,
        (None, Some(after)) => {
            let from = held(after, held_before);
            (if from.is_empty() { Fate::New } else { Fate::Parted { from } }, after.title.clone())
        }
        (Some(before), None) => {
            let into = held(before, held_after);
            (if into.is_empty() { Fate::Gone } else { Fate::Merged { into } }, before.title.clone())
        }
        (Some(_), Some(after)) => (Fate::Changed, after.title.clone()),
    };
    let fields = before.as_ref().zip(after.as_ref()).map(|(before, after)| fields(before, after)).unwrap_or_default();
    let is_same = fate == Fate::Changed && fields.is_empty();
    (!is_same).then_some(Change { incident, fate, title, fields, before, after })
}

fn fields(before: &Incident, after: &Incident) -> Vec<FieldChange> {
    let names =
        |members: &[annals_incidents::Member]| members.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let date = |it: &Incident| match &it.date {
        Some(days) if days.start == days.end => days.start.to_string(),
        Some(days) => format!("{} to {}", days.start, days.end),
        None => String::new(),
    };
    let plain = |code: &str| code.replace('_', " ");
    let said = |disputed: bool| if disputed { "disputed" } else { "" };
    let sides = [
        ("type", plain(before.event_type.as_str()), plain(after.event_type.as_str())),
        ("realis", plain(before.realis.as_str()), plain(after.realis.as_str())),
        ("agents", names(&before.agents), names(&after.agents)),
        ("targets", names(&before.targets), names(&after.targets)),
        ("responsibility", said(before.disputed).to_owned(), said(after.disputed).to_owned()),
        ("place", before.place.clone().unwrap_or_default(), after.place.clone().unwrap_or_default()),
        ("date", date(before), date(after)),
        ("review", review_code(before.review).to_owned(), review_code(after.review).to_owned()),
    ];
    let mut fields: Vec<FieldChange> = sides
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(field, before, after)| FieldChange { field: field.to_owned(), before, after, because: Vec::new() })
        .collect();
    fields.extend(figures(before, after));
    let told = |a: &Incident, b: &Incident| -> Vec<String> {
        let known: BTreeSet<_> = b.tellings.iter().map(|it| &it.id).collect();
        let others = a.tellings.iter().filter(|it| !known.contains(&it.id));
        others.map(|it| outlet(it.report.publisher.as_deref(), &it.doc, it.report.published)).collect()
    };
    let (gone, come) = (told(before, after), told(after, before));
    if !gone.is_empty() || !come.is_empty() {
        let n = |incident: &Incident| {
            format!("{} tellings, {} independent", incident.tellings.len(), incident.n_independent)
        };
        let because =
            come.iter().map(|it| format!("told by {it}")).chain(gone.iter().map(|it| format!("no longer by {it}")));
        fields.push(FieldChange {
            field: "tellings".to_owned(),
            before: n(before),
            after: n(after),
            because: because.collect(),
        });
    }
    fields
}

fn figures(before: &Incident, after: &Incident) -> Vec<FieldChange> {
    let same = |a: &Figure, b: &Figure| (a.what, a.side, a.item) == (b.what, b.side, b.item);
    let gone = before.figures.iter().filter(|old| !after.figures.iter().any(|it| same(it, old)));
    let changes = after.figures.iter().map(|new| (before.figures.iter().find(|it| same(it, new)), Some(new)));
    let all = changes.chain(gone.map(|it| (Some(it), None)));
    all.filter(|(old, new)| numbers(*old) != numbers(*new))
        .filter_map(|(old, new)| {
            let named = new.or(old)?;
            let item = named.item.map(|it| format!(", {it}")).unwrap_or_default();
            Some(FieldChange {
                field: format!("{}, {}{item}", named.what, named.side),
                before: numbers(old),
                after: numbers(new),
                because: because(old, new),
            })
        })
        .collect()
}

/// `14 (12 to 16)`, or less where less is told.
fn numbers(figure: Option<&Figure>) -> String {
    let Some(figure) = figure else { return String::new() };
    let range = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high => String::new(),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => String::new(),
    };
    match (figure.best, range.as_str()) {
        (Some(best), "") => best.to_string(),
        (Some(best), _) => format!("{best} ({range})"),
        (None, "") => "not told".to_owned(),
        (None, _) => range,
    }
}

fn because(old: Option<&Figure>, new: Option<&Figure>) -> Vec<String> {
    let claims = |it: Option<&Figure>| it.map(|it| it.claims.clone()).unwrap_or_default();
    let (before, after) = (claims(old), claims(new));
    let words = |it: &Claim| {
        let source = it.source.as_ref().map(|it| format!(", citing {it}")).unwrap_or_default();
        format!("“{}” by {}{source}", it.words, outlet(it.publisher.as_deref(), &it.telling.0, it.published))
    };
    let rule = old.zip(new).filter(|(old, new)| old.rule != new.rule);
    let rule = rule.map(|(old, new)| format!("rule {} in place of {}", new.rule, old.rule));
    let came = after.iter().filter(|it| !before.contains(it)).map(words);
    let went = before.iter().filter(|it| !after.contains(it)).map(|it| format!("without {}", words(it)));
    came.chain(went).chain(rule).collect()
}

fn outlet(publisher: Option<&str>, doc: &str, published: Option<Date>) -> String {
    let day = published.map(|it| format!(", {it}")).unwrap_or_default();
    format!("{}{day}", publisher.unwrap_or(doc))
}
