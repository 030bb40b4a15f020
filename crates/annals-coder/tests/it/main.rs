//! Reports in, events out, as text.

mod cases;
mod dates;
mod properties;
mod realis;
mod statements;

use std::sync::LazyLock;

use annals_coder::Coder;
use annals_record::{CodedReport, Event, Finding, Span, Statement, StatementObject};
use annals_text::{Content, Document, Fields, Options, Report, document};
use expect_test::Expect;

/// Loading the reader takes longer than coding.
pub(crate) static CODER: LazyLock<Coder> = LazyLock::new(Coder::new);

/// A document as the coder gets it, from a title, a body and a day of publication.
pub(crate) fn report(title: &str, body: &str, published: Option<&str>) -> Document {
    let fields = Fields {
        title: title.to_owned(),
        text: body.to_owned(),
        published: published.map(str::to_owned),
        ..Fields::default()
    };
    let report = Report {
        id: "test".to_owned(),
        place: "test".to_owned(),
        source: None,
        doc: None,
        content: Content::Fields(fields),
    };
    document(&report, &Options::default())
}

/// Codes a body published on Thursday, 14 March 2024, and compares the events as text.
#[track_caller]
pub(crate) fn check(body: &str, expect: &Expect) {
    let coded = CODER.code(&report("", body, Some("2024-03-14")));
    expect.assert_eq(&shown(&coded));
}

/// One line a field; what is not told is left out.
pub(crate) fn shown(coded: &CodedReport) -> String {
    let object = |it: &StatementObject| {
        let place = it.place.as_ref().map(|place| format!(" ({}, {})", place.kind, place.id));
        it.span.text.clone() + &place.unwrap_or_default()
    };
    let statement = |it: &Statement| {
        format!("{}: {} > {}\n", it.kind, object(&it.subject), it.object.as_ref().map(object).unwrap_or_default())
    };
    let finding = |it: &Finding| format!("{} {}\n", it.code, it.message);
    let events = coded.events.iter().map(event);
    events.chain(coded.statements.iter().map(statement)).chain(coded.findings.iter().map(finding)).collect()
}

fn event(event: &Event) -> String {
    let mut lines =
        vec![format!("{} ({}, {}) \"{}\"", event.event_type, event.scope, event.realis, event.trigger.text)];
    let mut line = |name: &str, values: Vec<String>| {
        if !values.is_empty() {
            lines.push(format!("  {name}: {}", values.join("; ")));
        }
    };
    let quoted = |span: &Span| span.text.replace('\n', " ");
    line("also", event.mentions.iter().map(quoted).collect());
    line("by", event.agents.iter().map(|it| quoted(&it.span)).collect());
    line("to", event.targets.iter().map(|it| quoted(&it.span)).collect());
    line("at", event.places.iter().map(|it| quoted(&it.span)).collect());
    let date = event.date.as_ref().map(|it| {
        format!("{}..{} ({})", it.start, it.end, it.span.as_ref().map_or("implied", |span| span.text.as_str()))
    });
    line("on", date.into_iter().collect());
    let bound = |it: Option<u64>| it.map_or(String::new(), |it| it.to_string());
    let outcome = |it: &annals_record::Outcome| {
        let part = if it.part { ", part" } else { "" };
        format!("{} {}..{} {}{part} \"{}\"", it.what, bound(it.low), bound(it.high), it.side, quoted(&it.span))
    };
    line("cost", event.outcomes.iter().map(outcome).collect());
    line("with", event.weapons.iter().map(|it| quoted(&it.span)).collect());
    line("says", event.sources.iter().map(|it| format!("{} ({})", quoted(&it.span), it.stance)).collect());
    lines.push(String::new());
    lines.join("\n")
}
