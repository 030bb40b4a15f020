//! Who the parties are: every naming of a report resolved together, with the country of its event.

use annals_actors::{Mention, Part, Registry};
use annals_record::{ActorKind, CodedReport, Event, EventType, Party, Span, Statement, StatementObject, Where};
use annals_text::Document;

use crate::words::around_and;

/// Gives the parties of events and statements their actor and name, and parties the kind of their actor: the registry knows it,
/// the reader guesses at it.
pub(crate) fn resolve(document: &Document, registry: &Registry, home: Option<&str>, report: &mut CodedReport) {
    // A report may name a town and no country.
    let placed = country_of_most(&report.events);
    let home = home.or(placed.as_deref());
    part_joint_parties(document, registry, home, report);
    let mut mentions: Vec<Mention> = Vec::new();
    for (number, event) in report.events.iter().enumerate() {
        let country = country_of(event.location.as_ref()).or(home);
        for (part, party) in sides(event) {
            mentions.extend(mention(document, &party.span, country, part, Some((number, event))));
        }
    }
    for statement in &report.statements {
        for object in objects(statement) {
            mentions.extend(mention(document, &object.span, home, Part::Unknown, None));
        }
    }
    let resolved = registry.resolve_report(&document.text, &mentions);
    let ranges = mentions.into_iter().map(|it| it.range);
    let answers: Vec<_> = ranges.zip(resolved.iter().map(|it| it.resolution.best().cloned())).collect();
    let answer = |span: &Span| {
        let range = document.bytes(span.start, span.end)?;
        answers.iter().find(|(it, _)| *it == range).and_then(|(_, actor)| actor.clone())
    };
    for event in &mut report.events {
        let country = country_of(event.location.as_ref()).or(home);
        for party in event.agents.iter_mut().chain(&mut event.targets) {
            party.actor = answer(&party.span);
            party.name = party.actor.as_ref().map(|it| it.name.clone());
            let entry = party.actor.as_ref().and_then(|it| registry.get(&it.id));
            party.kind = entry.map(|it| registry.kind_in(it, country)).or(party.kind);
        }
    }
    for event in &mut report.events {
        taken_by_a_group(event);
        one_entry_a_party(&mut event.agents);
        one_entry_a_party(&mut event.targets);
    }
    for statement in &mut report.statements {
        let objects = std::iter::once(&mut statement.subject).chain(&mut statement.object);
        for object in objects.filter(|it| it.place.is_none()) {
            object.actor = answer(&object.span);
            object.name = object.actor.as_ref().map(|it| it.name.clone());
        }
    }
}

/// The country that an event's place lies in.
fn country_of(location: Option<&Where>) -> Option<&str> {
    location?.iso3.as_deref()
}

/// The country that most of the events lie in, the first of equals.
fn country_of_most(events: &[Event]) -> Option<String> {
    let countries: Vec<&str> = events.iter().filter_map(|it| country_of(it.location.as_ref())).collect();
    let told = |country: &str| countries.iter().filter(|it| **it == country).count();
    countries.iter().rev().max_by_key(|it| told(it)).map(|it| (*it).to_owned())
}

/// "FARDC and M23": two actors told in one naming, which itself names none, are two parties.
fn part_joint_parties(document: &Document, registry: &Registry, home: Option<&str>, report: &mut CodedReport) {
    for number in 0..report.events.len() {
        for part in [Part::Agent, Part::Target] {
            let event = &report.events[number];
            let country = country_of(event.location.as_ref()).or(home);
            let parties = if part == Part::Agent { &event.agents } else { &event.targets };
            let two = |party: &Party| {
                let (first, second) = halves(document, &party.span)?;
                let spans = [&party.span, &first, &second];
                let mentions = spans.map(|it| mention(document, it, country, part, Some((number, event))));
                let mentions: Vec<Mention> = mentions.into_iter().collect::<Option<_>>()?;
                let resolved = registry.resolve_report(&document.text, &mentions);
                let [whole, one, other] = resolved.as_slice() else { return None };
                let (one, other) = one.resolution.best().zip(other.resolution.best())?;
                (whole.resolution.best().is_none() && one.id != other.id).then_some([first, second])
            };
            let parted = parties.iter().flat_map(|party| match two(party) {
                Some(spans) => spans.map(|span| Party { span, ..party.clone() }).to_vec(),
                None => vec![party.clone()],
            });
            let parted: Vec<Party> = parted.collect();
            let event = &mut report.events[number];
            *(if part == Part::Agent { &mut event.agents } else { &mut event.targets }) = parted;
        }
    }
}

/// What stands before and behind the only "and" of a naming.
fn halves(document: &Document, span: &Span) -> Option<(Span, Span)> {
    let (one, other) = around_and(&document.text, &document.bytes(span.start, span.end)?)?;
    Some((document.span(one), document.span(other)))
}

/// A state's authorities arrest, everybody else abducts (codebook).
fn taken_by_a_group(event: &mut Event) {
    use ActorKind::{ArmedGroup, Militia, Unidentified};
    let is_group = |it: &Party| matches!(it.kind, Some(ArmedGroup | Militia | Unidentified));
    if event.event_type == EventType::Arrest && !event.agents.is_empty() && event.agents.iter().all(is_group) {
        event.event_type = EventType::Abduction;
    }
}

/// Two namings of one actor on one side are one party; the first, which scores best, stands for both.
fn one_entry_a_party(side: &mut Vec<Party>) {
    let mut seen: Vec<String> = Vec::new();
    side.retain(|party| {
        let Some(actor) = &party.actor else { return true };
        let fresh = !seen.contains(&actor.id);
        seen.push(actor.id.clone());
        fresh
    });
}

fn sides(event: &Event) -> impl Iterator<Item = (Part, &Party)> {
    let agents = event.agents.iter().map(|it| (Part::Agent, it));
    agents.chain(event.targets.iter().map(|it| (Part::Target, it)))
}

/// Subject and object; a place is no actor.
fn objects(statement: &Statement) -> impl Iterator<Item = &StatementObject> {
    std::iter::once(&statement.subject).chain(&statement.object).filter(|it| it.place.is_none())
}

fn mention<'c>(
    document: &Document,
    span: &Span,
    country: Option<&'c str>,
    part: Part,
    event: Option<(usize, &Event)>,
) -> Option<Mention<'c>> {
    let range = document.bytes(span.start, span.end)?;
    let sentence = document.sentences.iter().rposition(|it| it.range.start <= range.start).unwrap_or(0);
    let (event, told) = event.unzip();
    let date = told.and_then(|it| it.date.as_ref()).map(|it| it.start).or(document.published);
    Some(Mention { range, sentence, country, date, event, part, act: told.map(|it| it.event_type) })
}
