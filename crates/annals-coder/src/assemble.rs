//! From a reading to events.

use std::cmp::Reverse;

use annals_reader::{Link, Reading, Role, Trigger, TriggerIdx};
use annals_record::{Event, EventType, Finding, Span};
use annals_text::Document;
use annals_values::Tables;

use crate::{clusters::clusters, dates::Dates, fields, outcomes, weights::Weights};

/// The triggers of one event, the one that tells most first.
pub(crate) struct Draft<'r> {
    pub(crate) reading: &'r Reading,
    pub(crate) triggers: Vec<TriggerIdx>,
    /// Links of all its triggers that score high enough, main trigger's first.
    pub(crate) links: Vec<&'r Link>,
}

impl Draft<'_> {
    /// The trigger that names the event.
    pub(crate) fn main(&self) -> &Trigger {
        &self.reading.triggers[self.triggers[0].0]
    }

    /// The links of one role, as told by the first trigger that has any.
    pub(crate) fn first_told(&self, role: impl Fn(&Role) -> bool) -> Vec<&Link> {
        let told = |trigger: &TriggerIdx| -> Vec<&Link> {
            self.links.iter().copied().filter(|link| link.trigger == *trigger && role(&link.role)).collect()
        };
        self.triggers.iter().map(told).find(|links| !links.is_empty()).unwrap_or_default()
    }
}

/// Assembles the events of a document, in the order of their triggers.
pub(crate) fn events(
    document: &Document,
    reading: &Reading,
    tables: &Tables,
    weights: &Weights,
    findings: &mut Vec<Finding>,
) -> Vec<Event> {
    let mut drafts: Vec<Draft> = clusters(reading, weights.same_event)
        .into_iter()
        .map(|triggers| draft(document, reading, triggers, weights))
        .collect();
    drafts.sort_by_key(|draft| draft.main().range.start);
    let mut dates = Dates::new(document, tables);
    let mut list: Vec<Event> = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let lead = list.is_empty();
        let mut event = event(document, draft, tables, weights, lead, &mut dates, findings);
        if event.places.is_empty() {
            event.places = fields::passed_on_places(&list);
        }
        event.id = format!("e{}", list.len() + 1);
        list.push(event);
    }
    list
}

/// Orders the triggers of one event: the fullest telling in the body first.
fn draft<'r>(document: &Document, reading: &'r Reading, mut triggers: Vec<TriggerIdx>, weights: &Weights) -> Draft<'r> {
    let links = |trigger: TriggerIdx| {
        reading.links.iter().filter(move |link| link.trigger == trigger && link.score >= weights.link)
    };
    triggers.sort_by_key(|&it| {
        let in_title = reading.triggers[it.0].range.end <= document.title_end;
        (Reverse(links(it).count()), in_title, it)
    });
    let links = triggers.iter().flat_map(|&it| links(it)).collect();
    Draft { reading, triggers, links }
}

fn event(
    document: &Document,
    draft: &Draft,
    tables: &Tables,
    weights: &Weights,
    lead: bool,
    dates: &mut Dates,
    findings: &mut Vec<Finding>,
) -> Event {
    let main = draft.main();
    let span = |it: &TriggerIdx| document.span(draft.reading.triggers[it.0].range.clone());
    let mut mentions: Vec<Span> = draft.triggers[1..].iter().map(span).collect();
    mentions.sort();
    Event {
        id: String::new(),
        event_type: event_type(draft),
        scope: main.scope,
        realis: main.realis,
        confidence: confidence(draft),
        trigger: document.span(main.range.clone()),
        mentions,
        agents: fields::parties(document, draft, Role::Agent, weights),
        targets: fields::parties(document, draft, Role::Target, weights),
        places: fields::places(document, draft),
        location: None,
        date: dates.date(draft, lead, findings),
        outcomes: outcomes::outcomes(document, draft, tables),
        weapons: fields::weapons(document, draft),
        sources: fields::sources(document, draft),
    }
}

/// The type that its triggers tell with most certainty together.
fn event_type(draft: &Draft) -> EventType {
    let weight = |wanted: EventType| -> f32 {
        draft
            .triggers
            .iter()
            .map(|it| &draft.reading.triggers[it.0])
            .filter(|it| it.event_type == wanted)
            .map(|it| it.score * it.score)
            .sum()
    };
    let first_best = |best: EventType, next: &EventType| if weight(*next) > weight(best) { *next } else { best };
    EventType::ALL.iter().fold(draft.main().event_type, first_best)
}

/// The best trigger score, in hundredths.
fn confidence(draft: &Draft) -> f64 {
    let best = draft.triggers.iter().map(|it| draft.reading.triggers[it.0].score).fold(0.0, f32::max);
    (f64::from(best) * 100.0).round() / 100.0
}
