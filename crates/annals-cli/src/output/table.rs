//! The view for spreadsheets: one row an event. Columns are documented in docs/CSV.md.

use annals_record::{CodedReport, Event, Outcome, OutcomeKind, Span};
use annals_text::Document;

const COLUMNS: [&str; 34] = [
    "doc",
    "source",
    "title",
    "published",
    "event",
    "type",
    "scope",
    "realis",
    "confidence",
    "trigger",
    "agents",
    "agent_kinds",
    "targets",
    "target_kinds",
    "places",
    "iso3",
    "adm1",
    "adm2",
    "lat",
    "lon",
    "place_precision",
    "date_start",
    "date_end",
    "date_precision",
    "killed_low",
    "killed_high",
    "injured_low",
    "injured_high",
    "captured_low",
    "captured_high",
    "outcomes",
    "weapons",
    "sources",
    "sentence",
];

/// The line of column names.
pub(crate) fn header() -> String {
    lines(std::iter::once(COLUMNS.map(str::to_owned)))
}

/// One line an event.
pub(crate) fn rows(document: &Document, coded: &CodedReport) -> String {
    lines(coded.events.iter().map(|it| row(document, coded, it)))
}

fn lines(rows: impl Iterator<Item = [String; COLUMNS.len()]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("memory can be written, and all rows are of one length");
    }
    let bytes = writer.into_inner().expect("memory can be written");
    String::from_utf8(bytes).expect("the fields are text")
}

fn row(document: &Document, coded: &CodedReport, event: &Event) -> [String; COLUMNS.len()] {
    let place = event.location.as_ref();
    let (date, report) = (event.date.as_ref(), &coded.report);
    let [killed, injured, captured] =
        [OutcomeKind::Killed, OutcomeKind::Injured, OutcomeKind::Captured].map(|it| total(&event.outcomes, it));
    [
        coded.doc.clone(),
        report.source.clone().unwrap_or_default(),
        report.title.clone(),
        text(report.published),
        event.id.clone(),
        event.event_type.to_string(),
        event.scope.to_string(),
        event.realis.to_string(),
        event.confidence.to_string(),
        event.trigger.text.clone(),
        list(&event.agents, |it| it.name.clone().unwrap_or_else(|| it.span.text.clone())),
        list(&event.agents, |it| text(it.kind)),
        list(&event.targets, |it| it.name.clone().unwrap_or_else(|| it.span.text.clone())),
        list(&event.targets, |it| text(it.kind)),
        list(&event.places, |it| it.span.text.clone()),
        text(place.and_then(|it| it.iso3.clone())),
        text(place.and_then(|it| it.adm1.clone())),
        text(place.and_then(|it| it.adm2.clone())),
        text(place.and_then(|it| it.lat)),
        text(place.and_then(|it| it.lon)),
        text(place.map(|it| it.precision)),
        text(date.map(|it| it.start)),
        text(date.map(|it| it.end)),
        text(date.map(|it| it.precision)),
        text(killed.0),
        text(killed.1),
        text(injured.0),
        text(injured.1),
        text(captured.0),
        text(captured.1),
        list(&event.outcomes, outcome),
        list(&event.weapons, |it| it.span.text.clone()),
        list(&event.sources, |it| format!("{} ({})", it.span.text, it.stance)),
        sentence(document, &event.trigger),
    ]
}

/// The least and greatest number of one kind, parts left out; empty when not told.
///
/// Figures of different sources conflict: of these the least and the greatest count, and are not added up.
/// The greatest is unknown as soon as one is.
fn total(outcomes: &[Outcome], what: OutcomeKind) -> (Option<u64>, Option<u64>) {
    let wholes = || outcomes.iter().filter(|it| it.what == what && !it.part);
    let (agreed, disputed): (Vec<_>, Vec<_>) = wholes().partition(|it| it.source.is_none());
    let lows = agreed.iter().filter_map(|it| it.low).chain(disputed.iter().filter_map(|it| it.low).min());
    let low = lows.reduce(u64::saturating_add);
    if wholes().next().is_none() || wholes().any(|it| it.high.is_none()) {
        return (low, None);
    }
    let highs = agreed.iter().filter_map(|it| it.high).chain(disputed.iter().filter_map(|it| it.high).max());
    (low, highs.reduce(u64::saturating_add))
}

fn outcome(outcome: &Outcome) -> String {
    let number = match (outcome.low, outcome.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => format!("{}..{}", text(low), text(high)),
    };
    let item = outcome.item.map(|it| format!(" {it}")).unwrap_or_default();
    let part = if outcome.part { ", part" } else { "" };
    format!("{} {number}{item} ({}{part}): {}", outcome.what, outcome.side, outcome.span.text)
}

fn sentence(document: &Document, trigger: &Span) -> String {
    let Some(range) = document.bytes(trigger.start, trigger.end) else { return String::new() };
    let at = document.sentences.partition_point(|it| it.range.end <= range.start);
    document.sentences.get(at).map(|it| document.text[it.range.clone()].to_owned()).unwrap_or_default()
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join("; ")
}
