//! Accounts: one row for each state that an incident was in.

use std::collections::BTreeSet;
use std::sync::Arc;

use annals_incidents::{Figure, Incident, IncidentId, Telling, account};
use annals_record::{Event, OutcomeKind};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::contents::Row;
use super::decisions::{self, Decisions};
use super::{STANDS, Views};
use crate::blob::{day_number, micros, pack, timestamp, unpack};
use crate::error::Result;
use crate::operation::Anchor;

/// `accounts.day` of an incident without a date: before all others.
pub(crate) const UNDATED: i64 = -(1 << 40);

/// The telling that an incident is named after: the one told first, of those told at once the one with the least anchor.
pub(crate) fn first<'r>(rows: impl Iterator<Item = &'r Row>) -> Option<Anchor> {
    rows.map(|it| (it.born, it.full_anchor())).min().map(|it| it.1)
}

/// The name of the incident whose first telling this is: 16 hexadecimal digits of its hash.
fn name(anchor: &Anchor) -> IncidentId {
    let digest = Sha256::digest(anchor.0.as_bytes());
    IncidentId(digest.iter().take(8).fold(String::new(), |name, it| name + &format!("{it:02x}")))
}

/// Writes the account of a group of tellings, when it is not as it stands already; gives the incident's name.
pub(super) fn write(views: &mut Views<'_>, members: Vec<(Row, Telling)>, decided: &Decisions) -> Result<String> {
    let connection = views.connection;
    let anchor = first(members.iter().map(|it| &it.0)).unwrap_or_else(|| Anchor(String::new()));
    let id = name(&anchor);
    for (row, _) in members.iter().filter(|it| it.0.incident != id.0) {
        connection.prepare_cached("UPDATE tellings SET incident = ?2 WHERE id = ?1")?.execute(params![row.id, id.0])?;
    }
    let reports: BTreeSet<i64> = members.iter().map(|it| it.0.report).collect();
    let anchors: BTreeSet<Anchor> = members.iter().map(|it| it.0.full_anchor()).collect();
    let tellings: Vec<Telling> = members.into_iter().map(|it| it.1).collect();
    let mut incident = account(&id, &tellings, views.rule, decisions::review(decided, &anchors));
    for (seq, field, value, reason) in decisions::overlays(decided, &anchors) {
        incident = overlaid(&incident, field, value, seq, reason).unwrap_or(incident);
    }

    let sql = "SELECT accounts.id, changed, body FROM accounts JOIN bodies ON bodies.account = accounts.id
        WHERE incident = ?1 AND until = ?2";
    let standing: Option<(i64, i64, Vec<u8>)> = connection
        .prepare_cached(sql)?
        .query_row(params![id.0, STANDS], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    if let Some((account, changed, body)) = standing {
        incident.last_changed = timestamp(changed);
        if unpack(&body)? == serde_json::to_vec(&incident)? {
            return Ok(id.0);
        }
        close(views, account)?;
    }
    incident.last_changed = views.at;
    insert(connection, &incident, views.seq, &reports)?;
    views.cache.tellings.put(id.0.clone(), Arc::new(incident.tellings));
    Ok(id.0)
}

/// Ends an incident: its tellings are gone, or in others.
pub(super) fn end(views: &mut Views<'_>, incident: &str) -> Result<()> {
    let sql = "SELECT id FROM accounts WHERE incident = ?1 AND until = ?2";
    let account: Option<i64> =
        views.connection.prepare_cached(sql)?.query_row(params![incident, STANDS], |row| row.get(0)).optional()?;
    views.cache.tellings.forget(incident);
    account.map_or(Ok(()), |it| close(views, it))
}

fn close(views: &Views<'_>, account: i64) -> Result<()> {
    views.connection.prepare_cached("UPDATE accounts SET until = ?2 WHERE id = ?1")?.execute([account, views.seq])?;
    Ok(())
}

/// An account with a person's own value for one field; `None` when it would be none.
pub(crate) fn overlaid(
    incident: &Incident,
    field: &str,
    value: &Value,
    seq: i64,
    reason: Option<&str>,
) -> Option<Incident> {
    if field == "figure" {
        let mut figure: Figure = serde_json::from_value(value.clone()).ok()?;
        let why = reason.map_or_else(String::new, |it| format!(": {it}"));
        "reviewer".clone_into(&mut figure.rule);
        figure.trace = vec![format!("set by a person in operation {seq}{why}")];
        let mut incident = incident.clone();
        let is_same = |it: &Figure| (it.what, it.side, it.item) == (figure.what, figure.side, figure.item);
        match incident.figures.iter().position(is_same) {
            Some(at) => {
                figure.claims = std::mem::take(&mut incident.figures[at].claims);
                figure.trace.splice(0..0, std::mem::take(&mut incident.figures[at].trace));
                incident.figures[at] = figure;
            }
            None => incident.figures.push(figure),
        }
        return Some(incident);
    }
    if !EDITABLE.contains(&field) {
        return None;
    }
    let mut json = serde_json::to_value(incident).ok()?;
    *json.as_object_mut()?.get_mut(field)? = value.clone();
    serde_json::from_value(json).ok()
}

/// Fields of an account that a person may set; the others are made from the tellings.
pub(crate) const EDITABLE: [&str; 11] =
    ["type", "scope", "realis", "title", "agents", "targets", "disputed", "place", "where", "date", "weapons"];

/// Adds the account of an incident that these reports, by row, tell of.
fn insert(connection: &Connection, incident: &Incident, seq: i64, reports: &BTreeSet<i64>) -> Result<()> {
    let place = incident.location.as_ref();
    let point = place.and_then(|it| it.lat.zip(it.lon));
    let (day, last_day) =
        incident.date.as_ref().map_or((UNDATED, UNDATED), |it| (day_number(it.start), day_number(it.end)));
    let sql = "INSERT INTO accounts (incident, since, until, day, last_day, changed, type, scope, realis, review, killed, lat, lon,
        cell, iso3, adm1, adm2, place, n_tellings, n_independent, killed_low, killed_high, radius,
        precision)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
        ?23, ?24)";
    connection.prepare_cached(sql)?.execute(params![
        incident.id.0,
        seq,
        STANDS,
        day,
        last_day,
        micros(incident.last_changed),
        incident.event_type.as_str(),
        incident.scope.as_str(),
        incident.realis.as_str(),
        review_code(incident.review),
        killed(incident, |it| it.best.or(it.low)),
        point.map(|it| it.0),
        point.map(|it| it.1),
        point.map(|(lat, lon)| cell(lat, lon)),
        place.and_then(|it| it.iso3.as_deref()),
        place.and_then(|it| it.adm1.as_deref()),
        place.and_then(|it| it.adm2.as_deref()),
        incident.place.as_ref().map(|it| it.to_lowercase()),
        incident.tellings.len(),
        incident.n_independent,
        killed(incident, |it| it.low.or(it.best)),
        killed(incident, |it| it.high.or(it.best)),
        place.and_then(|it| it.radius_km),
        place.map(|it| it.precision.as_str()),
    ])?;
    let account = connection.last_insert_rowid();
    let body = pack(&serde_json::to_vec(incident)?);
    connection.prepare_cached("INSERT INTO bodies (account, body) VALUES (?1, ?2)")?.execute(params![account, body])?;
    for (side, members) in [(1, &incident.agents), (2, &incident.targets)] {
        for member in members {
            let sql = "INSERT INTO parties (actor, on_day, account, sides) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO UPDATE SET sides = sides | excluded.sides";
            let actor = member.actor.as_ref().unwrap_or(&member.name);
            connection.prepare_cached(sql)?.execute(params![actor, day, account, side])?;
        }
    }
    let sql = "INSERT INTO words (rowid, text) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![account, words(incident)])?;
    for report in reports {
        let sql = "INSERT INTO sources (report, account) VALUES (?1, ?2)";
        connection.prepare_cached(sql)?.execute([*report, account])?;
    }
    Ok(())
}

/// The name of a review state in the tables.
pub(crate) fn review_code(review: annals_incidents::ReviewState) -> &'static str {
    use annals_incidents::ReviewState::{Accepted, Corrected, Rejected, Unreviewed};
    match review {
        Unreviewed => "unreviewed",
        Accepted => "accepted",
        Corrected => "corrected",
        Rejected => "rejected",
    }
}

/// The number of people killed, over all sides; `None` when no figure has one.
fn killed(incident: &Incident, number: impl Fn(&Figure) -> Option<u64>) -> Option<u64> {
    let killed = incident.figures.iter().filter(|it| it.what == OutcomeKind::Killed);
    // What does not fit a table's number is no count of people.
    killed.filter_map(number).reduce(u64::saturating_add).map(|it| it.min(1 << 62))
}

/// The square degree of a point.
pub(crate) fn cell(lat: f64, lon: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
    let square = |degrees: f64| degrees.floor() as i64;
    (square(lat) + 90) * 360 + square(lon) + 180
}

/// The words that an incident is found by: its title, places and parties, and the words of its reports that tell of it.
fn words(incident: &Incident) -> String {
    let mut words: BTreeSet<&str> = BTreeSet::from([incident.title.as_str()]);
    words.extend(incident.place.as_deref());
    words.extend(incident.agents.iter().chain(&incident.targets).map(|it| it.name.as_str()));
    for telling in &incident.tellings {
        words.extend([telling.report.title.as_str()]);
        words.extend(telling.report.publisher.as_deref());
        words.extend(event_words(&telling.event));
    }
    let mut text = words.into_iter().fold(String::new(), |text, it| text + it + "\n");
    if let Some(place) = &incident.location {
        for unit in [&place.adm2, &place.adm1, &place.iso3].into_iter().flatten() {
            text = text + unit + "\n";
        }
    }
    text
}

fn event_words(event: &Event) -> impl Iterator<Item = &str> {
    let spans = std::iter::once(&event.trigger)
        .chain(&event.mentions)
        .chain(event.agents.iter().chain(&event.targets).map(|it| &it.span))
        .chain(event.places.iter().map(|it| &it.span))
        .chain(event.outcomes.iter().map(|it| &it.span))
        .chain(event.weapons.iter().map(|it| &it.span))
        .chain(event.sources.iter().map(|it| &it.span));
    let names = event.agents.iter().chain(&event.targets).filter_map(|it| it.name.as_deref());
    let kinds = event.weapons.iter().filter_map(|it| it.kind.as_deref());
    spans.map(|it| it.text.as_str()).chain(names).chain(kinds)
}
