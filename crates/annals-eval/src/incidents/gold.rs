//! Events of the annotated gold as tellings: parties resolved by the registry, place namings by the gazetteer; place and day are the gold's.

use std::collections::BTreeSet;
use std::path::Path;

use annals_actors::{Ask, Part, Registry};
use annals_incidents::{Telling, TellingId};
use annals_places::{Gazetteer, ReportContext};
use annals_record::{
    ActorKind, DateRef, Event, EventType, Item, Outcome, OutcomeKind, Party, PlacePrecision, PlaceRef, Realis,
    ReportInfo, Scope, Side, SourceRef, Span, Stance, TimePrecision, Weapon, Where,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use crate::EvalError;
use crate::error::{json_files, read_to_string};

#[derive(Deserialize)]
struct GoldReport {
    doc: String,
    events: Vec<GoldEvent>,
}

#[derive(Deserialize)]
struct GoldEvent {
    id: String,
    #[serde(rename = "type")]
    event_type: EventType,
    trigger: String,
    #[serde(default)]
    mentions: Vec<String>,
    scope: Scope,
    realis: Realis,
    #[serde(default)]
    agents: Vec<GoldParty>,
    #[serde(default)]
    targets: Vec<GoldParty>,
    #[serde(default)]
    places: Vec<Quoted>,
    #[serde(rename = "where")]
    location: Option<GoldPlace>,
    date: Option<GoldDate>,
    #[serde(default)]
    outcomes: Vec<GoldOutcome>,
    #[serde(default)]
    weapons: Vec<Quoted>,
    #[serde(default)]
    sources: Vec<GoldSource>,
}

#[derive(Deserialize)]
struct GoldParty {
    quote: Option<String>,
    name: Option<String>,
    #[serde(default, deserialize_with = "or_none")]
    kind: Option<ActorKind>,
}

#[derive(Deserialize)]
struct Quoted {
    quote: Option<String>,
}

#[derive(Deserialize)]
struct GoldPlace {
    iso3: Option<String>,
    adm1: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(default, deserialize_with = "or_none")]
    precision: Option<PlacePrecision>,
}

#[derive(Deserialize)]
struct GoldDate {
    quote: Option<String>,
    #[serde(default, deserialize_with = "or_none")]
    start: Option<Date>,
    #[serde(default, deserialize_with = "or_none")]
    end: Option<Date>,
}

#[derive(Deserialize)]
struct GoldOutcome {
    quote: Option<String>,
    what: OutcomeKind,
    #[serde(default, deserialize_with = "or_none")]
    low: Option<u64>,
    #[serde(default, deserialize_with = "or_none")]
    high: Option<u64>,
    #[serde(default, deserialize_with = "or_none")]
    side: Option<Side>,
    #[serde(default)]
    part: bool,
    #[serde(default, deserialize_with = "or_none")]
    item: Option<Item>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct GoldSource {
    quote: Option<String>,
    #[serde(default, deserialize_with = "or_none")]
    stance: Option<Stance>,
}

#[derive(Deserialize)]
struct GoldText {
    published: Option<String>,
    title: Option<String>,
    text: String,
}

/// What a value that is missing, null or odd becomes.
fn or_none<'de, D: Deserializer<'de>, T: Deserialize<'de>>(it: D) -> Result<Option<T>, D::Error> {
    let value = serde_json::Value::deserialize(it)?;
    Ok(T::deserialize(value).ok())
}

/// Reads the events of annotated reports as tellings, in the order of report and event ids.
///
/// Only reports in `wanted` are taken.
///
/// **Errors**: files that cannot be read or are no gold.
#[expect(clippy::missing_panics_doc, reason = "the registry's own tests load it")]
pub fn read_tellings(gold: &Path, docs: &Path, wanted: &BTreeSet<String>) -> Result<Vec<Telling>, EvalError> {
    let registry = Registry::embedded().expect("the registry's own tests load it");
    let gazetteer = Gazetteer::embedded();
    let mut tellings = Vec::new();
    for path in json_files(gold)? {
        let report: GoldReport = serde_json::from_str(&read_to_string(&path)?)
            .map_err(|it| EvalError::format(&path, it.line(), "an annotation of the gold", it))?;
        if !wanted.contains(&report.doc) {
            continue;
        }
        let path = docs.join(format!("{}.json", report.doc));
        let document: GoldText = serde_json::from_str(&read_to_string(&path)?)
            .map_err(|it| EvalError::format(&path, it.line(), "a report of the gold", it))?;
        tellings.extend(tellings_of(&report, &document, &registry, &gazetteer));
    }
    Ok(tellings)
}

/// Reads title and text of all reports of a folder, in the order of their names.
///
/// **Errors**: files that cannot be read or are no reports.
pub fn read_texts(docs: &Path) -> Result<Vec<String>, EvalError> {
    let read = |path: &std::path::PathBuf| {
        let it: GoldText = serde_json::from_str(&read_to_string(path)?)
            .map_err(|it| EvalError::format(path, it.line(), "a report of the gold", it))?;
        Ok(format!("{} {}", it.title.unwrap_or_default(), it.text))
    };
    json_files(docs)?.iter().map(read).collect()
}

fn tellings_of(report: &GoldReport, document: &GoldText, registry: &Registry, gazetteer: &Gazetteer) -> Vec<Telling> {
    let title = document.title.clone().unwrap_or_default();
    let text = format!("{title}\n{}", document.text);
    let published: Option<Date> = document.published.as_deref().and_then(|it| it.get(..10)?.parse().ok());
    let info = ReportInfo {
        id: report.doc.clone(),
        source: None,
        title,
        published,
        publisher: Some(outlet(&report.doc)),
        language: None,
        coder: "gold".to_owned(),
        model: "gold".to_owned(),
        packs: Vec::new(),
    };
    let mut events: Vec<Event> = report.events.iter().map(|it| event(&text, it)).collect();
    resolve_places(&text, gazetteer, &mut events);
    resolve_parties(&text, registry, published, &mut events);
    let learned = published
        .and_then(|it| it.to_zoned(jiff::tz::TimeZone::UTC).ok())
        .map_or(Timestamp::UNIX_EPOCH, |it| it.timestamp());
    let telling = |event: Event| Telling {
        id: TellingId::new(&report.doc, &event.id),
        doc: report.doc.clone(),
        report: info.clone(),
        event,
        learned,
        copy_of: None,
    };
    events.into_iter().map(telling).collect()
}

/// The outlet, as the gold's ids tell it: `fakes-1118-manar`, `voa-3135549`.
pub(super) fn outlet(doc: &str) -> String {
    let mut parts = doc.split('-');
    let set = parts.next().unwrap_or_default();
    if set == "fakes" { parts.next_back().unwrap_or(set).to_owned() } else { set.to_owned() }
}

fn event(text: &str, gold: &GoldEvent) -> Event {
    let trigger = find(text, &gold.trigger, 0);
    let at = trigger.as_ref().map_or(0, |it| it.0);
    let span = |quote: Option<&String>| find(text, quote?, at).map(|it| it.1);
    let party = |it: &GoldParty| {
        Some(Party { span: span(it.quote.as_ref())?, name: it.name.clone(), kind: it.kind, actor: None })
    };
    let places: Vec<PlaceRef> = gold
        .places
        .iter()
        .filter_map(|it| Some(PlaceRef { span: span(it.quote.as_ref())?, place: None, candidates: Vec::new() }))
        .collect();
    let from = places.first().map(|it| it.span.clone());
    Event {
        id: gold.id.clone(),
        event_type: gold.event_type,
        scope: gold.scope,
        realis: gold.realis,
        confidence: 1.0,
        trigger: trigger.map_or(Span { start: 0, end: 1, text: gold.trigger.clone() }, |it| it.1),
        mentions: gold.mentions.iter().filter_map(|it| span(Some(it))).collect(),
        agents: gold.agents.iter().filter_map(party).collect(),
        targets: gold.targets.iter().filter_map(party).collect(),
        places,
        location: gold.location.as_ref().and_then(|it| location(it, from)),
        date: gold.date.as_ref().and_then(|it| {
            let (start, end) = (it.start?, it.end.or(it.start)?);
            let (start, end) = (start.min(end), start.max(end));
            let precision = precision((end - start).get_days() + 1);
            Some(DateRef { span: span(it.quote.as_ref()), start, end, precision, rule: "gold".to_owned() })
        }),
        outcomes: gold
            .outcomes
            .iter()
            .filter_map(|it| {
                Some(Outcome {
                    span: span(it.quote.as_ref())?,
                    what: it.what,
                    low: it.low,
                    high: it.high,
                    best: it.low.filter(|low| Some(*low) == it.high),
                    side: it.side.unwrap_or(Side::Unknown),
                    part: it.part,
                    item: it.item,
                    source: span(it.source.as_ref()),
                })
            })
            .collect(),
        weapons: gold
            .weapons
            .iter()
            .filter_map(|it| Some(Weapon { span: span(it.quote.as_ref())?, kind: None }))
            .collect(),
        sources: gold
            .sources
            .iter()
            .filter_map(|it| {
                Some(SourceRef { span: span(it.quote.as_ref())?, stance: it.stance.unwrap_or(Stance::Reports) })
            })
            .collect(),
    }
}

/// The occurrence nearest to a byte, with that byte's place: an offset in bytes, and the span in code points.
fn find(text: &str, quote: &str, near: usize) -> Option<(usize, Span)> {
    if quote.is_empty() {
        return None;
    }
    let (at, _) = text.match_indices(quote).min_by_key(|(at, _)| at.abs_diff(near))?;
    let start = text[..at].chars().count();
    Some((at, Span { start, end: start + quote.chars().count(), text: quote.to_owned() }))
}

/// How finely a stretch of so many days is known.
fn precision(days: i32) -> TimePrecision {
    match days {
        ..2 => TimePrecision::Day,
        2..7 => TimePrecision::Days,
        7..11 => TimePrecision::Week,
        11..32 => TimePrecision::Month,
        32..124 => TimePrecision::Season,
        _ => TimePrecision::Year,
    }
}

fn location(gold: &GoldPlace, from: Option<Span>) -> Option<Where> {
    let precision = gold.precision?;
    // The resolver's usual radii; the gold tells none.
    let radius = match precision {
        PlacePrecision::Exact => Some(5.0),
        PlacePrecision::Near => Some(15.0),
        PlacePrecision::Adm2 => Some(50.0),
        PlacePrecision::Area => Some(100.0),
        PlacePrecision::Adm1 => Some(120.0),
        PlacePrecision::Country => None,
    };
    Some(Where {
        iso3: gold.iso3.clone(),
        adm1: gold.adm1.clone(),
        adm2: None,
        iso_3166_2: None,
        lat: gold.lat.filter(|_| radius.is_some()),
        lon: gold.lon.filter(|_| radius.is_some()),
        precision,
        radius_km: radius,
        from,
    })
}

fn bytes(text: &str, span: &Span) -> Option<std::ops::Range<usize>> {
    let start = text.char_indices().nth(span.start)?.0;
    Some(start..start + span.text.len())
}

fn resolve_places(text: &str, gazetteer: &Gazetteer, events: &mut [Event]) {
    let mut mentions = Vec::new();
    let mut asked = Vec::new();
    for (number, event) in events.iter().enumerate() {
        for (at, place) in event.places.iter().enumerate() {
            let range = bytes(text, &place.span);
            let mention = range.and_then(|it| annals_places::Mention::in_text(text, it.start, it.end));
            if let Some(mention) = mention {
                mentions.push(mention.of_event(number));
                asked.push((number, at));
            }
        }
    }
    let resolved = gazetteer.resolve_document(&mentions, &ReportContext { text, ..ReportContext::default() });
    for ((number, at), resolution) in asked.into_iter().zip(resolved) {
        events[number].places[at].place = resolution.place;
    }
}

fn resolve_parties(text: &str, registry: &Registry, published: Option<Date>, events: &mut [Event]) {
    let mut mentions = Vec::new();
    let mut asked = Vec::new();
    for (number, event) in events.iter().enumerate() {
        let sides = [(Part::Agent, &event.agents), (Part::Target, &event.targets)];
        for (part, side) in sides {
            for (at, party) in side.iter().enumerate() {
                let Some(range) = bytes(text, &party.span) else { continue };
                let sentence = text[..range.start].matches(['.', '\n', '!', '?']).count();
                mentions.push(annals_actors::Mention {
                    range,
                    sentence,
                    country: event.location.as_ref().and_then(|it| it.iso3.as_deref()),
                    date: event.date.as_ref().map(|it| it.start).or(published),
                    event: Some(number),
                    part,
                    act: Some(event.event_type),
                });
                asked.push((number, part, at));
            }
        }
    }
    let names: Vec<&str> =
        events.iter().flat_map(|it| it.agents.iter().chain(&it.targets)).filter_map(|it| it.name.as_deref()).collect();
    let company = registry.company(&names);
    let found: Vec<_> = registry
        .resolve_report(text, &mentions)
        .iter()
        .zip(&mentions)
        .zip(&asked)
        .map(|((answer, mention), (number, part, at))| {
            let event = &events[*number];
            let party = if *part == Part::Agent { &event.agents[*at] } else { &event.targets[*at] };
            let by_name = || {
                let (country, date) = (mention.country, mention.date);
                let ask = Ask {
                    name: party.name.as_deref()?,
                    country,
                    date,
                    company: &company,
                    part: *part,
                    act: mention.act,
                };
                registry.resolve(&ask).best().cloned()
            };
            answer.resolution.best().cloned().or_else(by_name)
        })
        .collect();
    drop(mentions);
    for ((number, part, at), actor) in asked.into_iter().zip(found) {
        let event = &mut events[number];
        let side = if part == Part::Agent { &mut event.agents } else { &mut event.targets };
        side[at].actor = actor;
    }
}
