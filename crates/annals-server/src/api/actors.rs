//! The actor registry, with what the ledger has of each.

use annals_actors::{ActorEntry, Registry, normal_form};
use annals_ledger::{GroupBy, Ledger, Monthly, Query, Stated, StatementQuery, called};
use annals_record::{ActorKind, StatementKind, StatementObject};
use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::All;
use super::network::{self, Network};
use crate::error::{ApiError, ApiResult};
use crate::extract::{At, Params};
use crate::rows::PartyName;
use crate::state::App;

/// What is looked for.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ActorParams {
    /// Part of a name, alias or id; when empty, the actors of the ledger, most frequent first.
    q: Option<String>,
    /// At most so many, from 1 to 200; 20 when absent.
    limit: Option<usize>,
}

/// An actor in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ActorHit {
    id: String,
    name: String,
    short: Option<String>,
    kind: ActorKind,
    /// Codes of the countries that it is active in, home first.
    countries: Vec<String>,
    /// Incidents of the ledger that name it.
    n_incidents: u64,
}

pub(crate) async fn search(
    State(app): State<App>,
    Params(asked): Params<ActorParams>,
) -> ApiResult<Json<All<ActorHit>>> {
    let limit = asked.limit.unwrap_or(20).clamp(1, 200);
    let key = normal_form(asked.q.as_deref().unwrap_or_default().trim());
    let items = app.read(move |app, ledger| {
        let registry = app.registry();
        let counts = app.party_counts(ledger)?;
        let count = |entry: &ActorEntry| counts.get(&entry.id).copied().unwrap_or_default();
        let mut found: Vec<(u8, u64, &ActorEntry)> = if key.is_empty() {
            registry.entries().iter().map(|it| (0, count(it), it)).filter(|it| it.1 > 0).collect()
        } else {
            registry.entries().iter().filter_map(|it| Some((rank(it, &key)?, count(it), it))).collect()
        };
        found.sort_by(|a, b| (a.0, std::cmp::Reverse(a.1), &a.2.name).cmp(&(b.0, std::cmp::Reverse(b.1), &b.2.name)));
        Ok(found.into_iter().take(limit).map(|(_, n, it)| hit(it, n)).collect())
    });
    items.await.map(|items| Json(All { items }))
}

/// How well a name fits: the whole, the beginning, a part; `None` when it does not.
fn rank(entry: &ActorEntry, key: &str) -> Option<u8> {
    let names = [Some(entry.name.as_str()), entry.short.as_deref(), Some(entry.id.as_str())];
    let names = names.into_iter().flatten().chain(entry.aliases.iter().map(|it| it.name.as_str()));
    names
        .filter_map(|name| {
            let name = normal_form(name);
            let is_word = || name.split(' ').any(|it| it.starts_with(key));
            match () {
                () if name == key => Some(0),
                () if name.starts_with(key) => Some(1),
                () if is_word() => Some(2),
                () if name.contains(key) => Some(3),
                () => None,
            }
        })
        .min()
}

fn hit(entry: &ActorEntry, n_incidents: u64) -> ActorHit {
    ActorHit {
        id: entry.id.clone(),
        name: entry.name.clone(),
        short: entry.short.clone(),
        kind: entry.kind,
        countries: entry.active.iter().map(|it| it.country.clone()).collect(),
        n_incidents,
    }
}

/// The id of an actor.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ActorPath {
    /// Registry id.
    id: String,
}

/// All that is known of an actor.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ActorPage {
    id: String,
    name: String,
    short: Option<String>,
    kind: ActorKind,
    /// Finer kind.
    sort: String,
    /// From founding to end; empty when unknown.
    life: String,
    /// Countries with years.
    active: Vec<String>,
    note: Option<String>,
    /// What the entry rests on.
    source: Option<String>,
    uncertain: bool,
    aliases: Vec<AliasRow>,
    links: Vec<LinkRow>,
    leaders: Vec<LeaderRow>,
    /// What reports say of it, latest first; at most 60.
    said: Vec<Said>,
    n_incidents: u64,
    /// Months from the first incident to the last, `2024-03`.
    months: Vec<String>,
    /// Incidents in each month.
    counts: Vec<u64>,
    /// Whom it fights and stands with.
    network: Network,
}

/// Another name.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AliasRow {
    name: String,
    lang: Option<String>,
    countries: Vec<String>,
    era: String,
}

/// A tie to another actor.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct LinkRow {
    to: String,
    name: String,
    /// What this actor is to the other: "part of", "rival of", "has as part".
    words: String,
    era: String,
    uncertain: bool,
}

/// A leader.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct LeaderRow {
    name: String,
    role: String,
    era: String,
    uncertain: bool,
}

/// What a report says of an actor.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Said {
    kind: StatementKind,
    /// Who is, does or has it; the actor itself, or somebody who leads it, belongs to it, fights it.
    subject: PartyName,
    /// To whom, or of what.
    object: Option<PartyName>,
    /// The telling words.
    words: String,
    report: String,
    outlet: Option<String>,
    /// When it holds, else when it was published.
    day: Option<Date>,
    /// What the registry does not hold, or holds otherwise; `null` where it says nothing new.
    news: Option<String>,
}

pub(crate) async fn show(State(app): State<App>, At(path): At<ActorPath>) -> ApiResult<Json<ActorPage>> {
    let page = app.read(move |app, ledger| {
        let registry = app.registry();
        let entry = registry
            .get(&path.id)
            .ok_or_else(|| ApiError::missing(format!("the registry has no actor {}", path.id)))?;
        let query = Query { actors: vec![entry.id.clone()], ..Query::default() };
        let Monthly { months, n: counts, .. } = ledger.monthly(&query, GroupBy::Type)?;
        let party_counts = app.party_counts(ledger)?;
        let network = network::around(registry, ledger, &party_counts, Some(&entry.id))?;
        Ok(page(registry, entry, said(registry, ledger, entry)?, months, counts, network))
    });
    page.await.map(Json)
}

const MAX_SAID: usize = 60;

fn said(registry: &Registry, ledger: &Ledger, entry: &ActorEntry) -> ApiResult<Vec<Said>> {
    let party = |it: &StatementObject| PartyName {
        actor: it.actor.as_ref().map(|it| it.id.clone()),
        name: called(it).to_owned(),
    };
    let is_it = |it: &StatementObject| it.actor.as_ref().is_some_and(|it| it.id == entry.id);
    let by_it = StatementQuery { subjects: vec![entry.id.clone()], ..StatementQuery::default() };
    // The ledger knows objects by name.
    let of_it = StatementQuery { place: Some(entry.name.clone()), ..StatementQuery::default() };
    let mut stated = ledger.statements(&of_it)?;
    stated.retain(|it| it.statement.object.as_ref().is_some_and(is_it) && !is_it(&it.statement.subject));
    stated.extend(ledger.statements(&by_it)?);
    let said = stated.into_iter().map(|Stated { statement, report, publisher, published, .. }| Said {
        kind: statement.kind,
        subject: party(&statement.subject),
        object: statement.object.as_ref().map(party),
        news: registry.examine(&statement, published, &report).map(|it| it.finding.message),
        day: statement.date.as_ref().map(|it| it.end).or(published),
        words: statement.span.text,
        report,
        outlet: publisher,
    });
    let mut said: Vec<Said> = said.collect();
    said.sort_by_key(|it| std::cmp::Reverse(it.day));
    said.truncate(MAX_SAID);
    Ok(said)
}

fn page(
    registry: &Registry,
    entry: &ActorEntry,
    said: Vec<Said>,
    months: Vec<String>,
    counts: Vec<u64>,
    network: Network,
) -> ActorPage {
    let name_of = |id: &str| registry.get(id).map_or_else(|| id.to_owned(), |it| it.name.clone());
    let mut links: Vec<LinkRow> = entry
        .links
        .iter()
        .map(|it| LinkRow {
            to: it.to.clone(),
            name: name_of(&it.to),
            words: it.tie.words().to_owned(),
            era: it.era().to_string(),
            uncertain: it.uncertain,
        })
        .collect();
    for other in registry.entries() {
        for it in other.links.iter().filter(|it| it.to == entry.id) {
            links.push(LinkRow {
                to: other.id.clone(),
                name: other.name.clone(),
                words: it.tie.words_back().to_owned(),
                era: it.era().to_string(),
                uncertain: it.uncertain,
            });
        }
    }
    ActorPage {
        id: entry.id.clone(),
        name: entry.name.clone(),
        short: entry.short.clone(),
        kind: entry.kind,
        sort: <&str>::from(entry.sort).to_owned(),
        life: entry.life().to_string(),
        active: entry.active.iter().map(|it| format!("{} {}", it.country, it.era).trim().to_owned()).collect(),
        note: entry.note.clone(),
        source: entry.source.clone(),
        uncertain: entry.uncertain,
        aliases: entry
            .aliases
            .iter()
            .map(|it| AliasRow {
                name: it.name.clone(),
                lang: it.lang.clone(),
                countries: it.countries.clone(),
                era: it.era.to_string(),
            })
            .collect(),
        links,
        leaders: entry
            .leaders
            .iter()
            .map(|it| LeaderRow {
                name: it.name.clone(),
                role: it.role.clone(),
                era: it.tenure().to_string(),
                uncertain: it.uncertain,
            })
            .collect(),
        said,
        n_incidents: counts.iter().sum(),
        months,
        counts,
        network,
    }
}
