//! From a reading to events.

use annals_reader::{Reading, Role, Thresholds};
use annals_record::{Event, Finding};
use annals_text::Document;
use annals_values::Tables;

use crate::{
    choices::{Choices, Watch},
    dates::Dates,
    draft::{Draft, drafts},
    fields, outcomes,
};

/// Assembles the events of a document, in the order of their triggers.
pub(crate) fn events(
    document: &Document,
    reading: &Reading,
    tables: &Tables,
    dates: &mut Dates,
    thresholds: &Thresholds,
    findings: &mut Vec<Finding>,
    watch: Watch,
) -> Vec<Event> {
    let drafts = drafts(document, reading, dates, thresholds);
    let choices = Choices::new(document, reading, &drafts, &thresholds.judges, watch);
    let mut costs = outcomes::outcomes(document, &drafts, tables, thresholds);
    findings.extend(dates.conflict());
    dates.weigh(&drafts);
    let mut list: Vec<Event> = Vec::with_capacity(drafts.len());
    for (at, draft) in drafts.iter().enumerate() {
        let mut event = event(document, draft, at, &choices, thresholds);
        event.date = dates.date(&drafts, at, thresholds, findings, watch);
        if event.places.is_empty() && thresholds.pass_on_places {
            event.places = fields::passed_on_places(&list);
        }
        event.id = format!("e{}", at + 1);
        event.outcomes = std::mem::take(&mut costs[at]);
        list.push(event);
    }
    list
}

/// All of an event but its outcomes, for which the events of a document compete, and its date, which leans on those before.
fn event(document: &Document, draft: &Draft, at: usize, choices: &Choices, thresholds: &Thresholds) -> Event {
    let main = draft.main();
    let (trigger, mentions): (Vec<_>, Vec<_>) =
        draft.namings(document).into_iter().partition(|it| it.start <= main.range.start && main.range.end <= it.end);
    let agents = fields::parties(document, choices.of(at, Role::Agent), Role::Agent, thresholds, &[]);
    let targets = fields::parties(document, choices.of(at, Role::Target), Role::Target, thresholds, &agents);
    Event {
        id: String::new(),
        event_type: draft.event_type(),
        scope: draft.scope(),
        realis: draft.realis(),
        confidence: hundredths(thresholds.event_share.share(draft.score())),
        trigger: document.span(trigger.into_iter().next().unwrap_or_else(|| main.range.clone())),
        mentions: mentions.into_iter().map(|it| document.span(it)).collect(),
        agents,
        targets,
        places: fields::places(document, choices.of(at, Role::Place), thresholds),
        location: None,
        date: None,
        outcomes: Vec::new(),
        weapons: fields::weapons(document, draft, thresholds),
        sources: fields::sources(document, choices.of(at, Role::Source), thresholds),
    }
}

/// A share as it stands in the record.
pub(crate) fn hundredths(share: f32) -> f64 {
    (f64::from(share) * 100.0).round() / 100.0
}
