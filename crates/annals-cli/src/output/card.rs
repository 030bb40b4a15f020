//! The view for people: a card an event, with the words of the report that say so.

use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::ops::Range;

use annals_record::{
    CodedReport, DateRef, Event, Finding, Outcome, Party, Realis, Scope, Severity, Side, SourceRef, Span, Statement,
    StatementObject, TimePrecision, Where,
};
use annals_text::Document;
use anstyle::{AnsiColor, Style};

use super::quote::{Mark, Role, has_right_to_left, quote, shown, wrap};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Columns of a field's name with the space after it.
const LABEL_WIDTH: usize = 11;
const INDENT: &str = "    ";
const BAR: &str = "    | ";

/// Of a sentence that runs on, what is shown around the evidence. **Units**: bytes.
const MAX_SENTENCE: usize = 700;
const CONTEXT: usize = 120;

/// How the page is laid out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    /// **Units**: columns.
    pub(crate) width: usize,
    /// Whether evidence is underlined and coloured by the terminal, or by marks below.
    pub(crate) colour: bool,
}

impl Page {
    fn paint(self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// One report: head, events, statements, findings.
pub(crate) fn report(document: &Document, coded: &CodedReport, page: &Page) -> String {
    let mut out = String::new();
    push_report(&mut out, document, coded, *page).expect("a string can be written");
    out
}

fn push_report(out: &mut String, document: &Document, coded: &CodedReport, page: Page) -> fmt::Result {
    push_head(out, coded, page)?;
    for event in &coded.events {
        out.push('\n');
        push_event(out, document, event, page)?;
    }
    if coded.events.is_empty() {
        out.push_str("\nNo event is told.\n");
    }
    if !coded.statements.is_empty() {
        writeln!(out, "\n{}", page.paint(BOLD, "Statements"))?;
    }
    for statement in &coded.statements {
        push_statement(out, document, statement, page)?;
    }
    if !coded.findings.is_empty() {
        writeln!(out, "\n{}", page.paint(BOLD, "Findings"))?;
    }
    for finding in &coded.findings {
        push_finding(out, finding, page)?;
    }
    Ok(())
}

fn push_head(out: &mut String, coded: &CodedReport, page: Page) -> fmt::Result {
    let info = &coded.report;
    let title = if info.title.trim().is_empty() { "(no title)".to_owned() } else { clean(&info.title) };
    for line in wrap(&title, 0..title.len(), page.width) {
        writeln!(out, "{}", page.paint(BOLD, &title[line]))?;
    }
    let published = info.published.map_or("date of publication unknown".to_owned(), |it| it.to_string());
    let parts = [Some(published), info.publisher.clone(), info.source.clone(), info.language.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().map(|it| clean(&it)).collect();
    writeln!(out, "{}", page.paint(DIM, &parts.join(" · ")))
}

fn push_event(out: &mut String, document: &Document, event: &Event, page: Page) -> fmt::Result {
    let mut name = plain(event.event_type.as_str());
    if event.scope != Scope::Incident {
        write!(name, " · {}", event.scope)?;
    }
    if event.realis != Realis::Actual {
        write!(name, " · {}", event.realis)?;
    }
    writeln!(out, "{}  {}  {}", page.paint(DIM, &event.id), page.paint(BOLD, &name), quoted(&event.trigger))?;

    let agents = list(&event.agents, party);
    let targets = if event.targets.is_empty() { String::new() } else { format!("→ {}", list(&event.targets, party)) };
    push_field(out, "who", Some(Role::Who), &joined([Some(agents), Some(targets)], " "), page)?;
    let names = list(&event.places, |it| quoted(&it.span));
    let place = [Some(names), event.location.as_ref().map(location)];
    push_field(out, "where", Some(Role::Where), &joined(place, ": "), page)?;
    push_field(out, "when", Some(Role::When), &event.date.as_ref().map(date).unwrap_or_default(), page)?;
    push_field(out, "cost", Some(Role::Cost), &list(&event.outcomes, outcome), page)?;
    push_field(out, "with", Some(Role::Cost), &list(&event.weapons, |it| quoted(&it.span)), page)?;
    push_field(out, "says", Some(Role::Source), &list(&event.sources, source), page)?;
    push_evidence(out, document, &event_marks(document, event), page)
}

fn push_statement(out: &mut String, document: &Document, statement: &Statement, page: Page) -> fmt::Result {
    let object = statement.object.as_ref().map(naming);
    let parties = joined([Some(naming(&statement.subject)), object], " · ");
    push_styled_field(out, &plain(statement.kind.as_str()), BOLD, &parties, page)?;
    let toll = statement.what.map(|it| format!("{it} {}", number(statement.low, statement.high)));
    push_field(out, "cost", Some(Role::Cost), &toll.unwrap_or_default(), page)?;
    push_field(out, "when", Some(Role::When), &statement.date.as_ref().map(date).unwrap_or_default(), page)?;
    push_field(out, "says", Some(Role::Source), &list(&statement.sources, source), page)?;
    let mark = document.bytes(statement.span.start, statement.span.end).map(|range| Mark { range, role: Role::What });
    push_evidence(out, document, mark.as_slice(), page)
}

fn push_finding(out: &mut String, finding: &Finding, page: Page) -> fmt::Result {
    let style = match finding.severity {
        Severity::Note => Style::new(),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Error => AnsiColor::Red.on_default(),
    };
    let severity = plain(&format!("{:?}", finding.severity).to_lowercase());
    let words = finding.span.as_ref().map(quoted);
    let text = format!("{} {}", finding.code, joined([Some(clean(&finding.message)), words], ": "));
    push_styled_field(out, &severity, style, &text, page)
}

/// A named line of a card; nothing where there is nothing to say.
fn push_field(out: &mut String, label: &str, role: Option<Role>, value: &str, page: Page) -> fmt::Result {
    if !value.is_empty() {
        push_styled_field(out, label, role.map_or(DIM, Role::style), value, page)?;
    }
    Ok(())
}

fn push_styled_field(out: &mut String, label: &str, style: Style, value: &str, page: Page) -> fmt::Result {
    let hang = INDENT.len() + LABEL_WIDTH;
    let label = page.paint(style, label) + &" ".repeat(LABEL_WIDTH.saturating_sub(label.len()));
    for (i, line) in wrap(value, 0..value.len(), page.width.saturating_sub(hang)).into_iter().enumerate() {
        match i {
            0 => writeln!(out, "{INDENT}{label}{}", &value[line])?,
            _ => writeln!(out, "{:hang$}{}", "", &value[line])?,
        }
    }
    Ok(())
}

/// The sentences that hold the evidence, each once, in their order.
fn push_evidence(out: &mut String, document: &Document, marks: &[Mark], page: Page) -> fmt::Result {
    let mut by_sentence: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
    for mark in marks {
        let sentence = document.sentences.partition_point(|it| it.range.end <= mark.range.start);
        by_sentence.entry(sentence).or_default().push(mark.clone());
    }
    let mut previous = None;
    for (sentence, marks) in by_sentence {
        if previous.is_some_and(|it| it + 1 < sentence) {
            writeln!(out, "{BAR}…")?;
        }
        previous = Some(sentence);
        let first = marks.iter().map(|it| it.range.start).min().unwrap_or_default();
        let last = marks.iter().map(|it| it.range.end).max().unwrap_or_default();
        let whole = document
            .sentences
            .get(sentence)
            .map_or(first..last, |it| it.range.start.min(first)..it.range.end.max(last));
        let shown = around(&document.text, whole, first..last);
        quote(out, &document.text, &shown, &marks, BAR, page.width.saturating_sub(BAR.len()), page.colour)?;
    }
    Ok(())
}

/// A long sentence is cut to the words around its evidence.
fn around(text: &str, sentence: Range<usize>, evidence: Range<usize>) -> Range<usize> {
    if sentence.len() <= MAX_SENTENCE {
        return sentence;
    }
    let from = text.floor_char_boundary(evidence.start.saturating_sub(CONTEXT)).max(sentence.start);
    let to = text.ceil_char_boundary(evidence.end + CONTEXT).min(sentence.end);
    let start = if from == sentence.start {
        from
    } else {
        text[from..evidence.start].find(' ').map_or(from, |it| from + it + 1)
    };
    let end =
        if to == sentence.end { to } else { text[evidence.end..to].rfind(' ').map_or(to, |it| evidence.end + it) };
    start..end
}

fn event_marks(document: &Document, event: &Event) -> Vec<Mark> {
    let mut spans = vec![(Role::What, &event.trigger)];
    spans.extend(event.agents.iter().chain(&event.targets).map(|it| (Role::Who, &it.span)));
    spans.extend(event.places.iter().map(|it| (Role::Where, &it.span)));
    spans.extend(event.date.iter().filter_map(|it| it.span.as_ref()).map(|it| (Role::When, it)));
    spans.extend(event.outcomes.iter().map(|it| (Role::Cost, &it.span)));
    spans.extend(event.weapons.iter().map(|it| (Role::Cost, &it.span)));
    spans.extend(event.sources.iter().map(|it| (Role::Source, &it.span)));
    let mark = |(role, span): (Role, &Span)| Some(Mark { range: document.bytes(span.start, span.end)?, role });
    spans.into_iter().filter_map(mark).collect()
}

fn party(party: &Party) -> String {
    let name = party.name.as_ref().filter(|it| **it != party.span.text);
    let details = [name.map(|it| clean(it)), party.kind.map(|it| plain(it.as_str()))];
    with_details(quoted(&party.span), &joined(details, ", "))
}

fn naming(object: &StatementObject) -> String {
    let name = object.name.as_ref().filter(|it| **it != object.span.text);
    with_details(quoted(&object.span), &name.map(|it| clean(it)).unwrap_or_default())
}

fn location(place: &Where) -> String {
    let point = place.lat.zip(place.lon).map(|(lat, lon)| format!("{lat:.2}, {lon:.2}"));
    let names = joined([place.adm2.clone(), place.adm1.clone(), place.iso3.clone()], ", ");
    with_details(names, &joined([Some(plain(place.precision.as_str())), point], ", "))
}

fn date(date: &DateRef) -> String {
    let days = if date.start == date.end { date.start.to_string() } else { format!("{} to {}", date.start, date.end) };
    let precision = if date.precision == TimePrecision::Day { None } else { Some(plain(date.precision.as_str())) };
    let words = date.span.as_ref().map(quoted);
    with_details(joined([Some(days), words], " "), &joined([precision, Some(clean(&date.rule))], ", "))
}

fn outcome(outcome: &Outcome) -> String {
    let item = outcome.item.map(|it| plain(it.as_str()));
    let what = joined([Some(outcome.what.to_string()), Some(number(outcome.low, outcome.high)), item], " ");
    let side = if outcome.side == Side::Unknown { None } else { Some(outcome.side.to_string()) };
    let part = outcome.part.then(|| "part of the above".to_owned());
    let source = outcome.source.as_ref().map(|it| format!("says {}", quoted(it)));
    with_details(format!("{what} {}", quoted(&outcome.span)), &joined([side, part, source], ", "))
}

/// A count as words; "not told" is never shown as zero.
fn number(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("at least {low}"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => "(number not told)".to_owned(),
    }
}

fn source(source: &SourceRef) -> String {
    format!("{} {}", quoted(&source.span), source.stance)
}

/// The report's words in quotation marks; words from right to left are kept apart from what stands around them.
fn quoted(span: &Span) -> String {
    let words = clean(&span.text);
    if has_right_to_left(&words) { format!("“\u{2068}{words}\u{2069}”") } else { format!("“{words}”") }
}

/// Words on one line, with nothing that steers a terminal.
fn clean(text: &str) -> String {
    let text: String = text.chars().map(shown).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A code as words.
fn plain(code: &str) -> String {
    code.replace('_', " ")
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join("; ")
}

fn joined<const N: usize>(parts: [Option<String>; N], between: &str) -> String {
    parts.into_iter().flatten().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(between)
}

fn with_details(text: String, details: &str) -> String {
    match (text.as_str(), details) {
        (_, "") => text,
        ("", _) => details.to_owned(),
        _ => format!("{text} ({details})"),
    }
}

#[cfg(test)]
mod tests {
    use annals_text::{Options, Origin, Report, document};
    use expect_test::{Expect, expect};
    use serde_json::{Value, json};

    use super::*;

    const REPORT: &str = r#"{"title": "Raid on Arda",
        "text": "Gunmen of the Arda Front raided the village of Belu on Monday, killing at least 12 people, the mayor said. No one knows why. قتل الجيش رجلين في بلو.",
        "published": "2024-03-14", "publisher": "The Belu Post"}"#;

    /// Shows [`REPORT`] with these events, statements and findings; a span is given by its words.
    #[track_caller]
    fn check(mut told: Value, expect: &Expect) {
        let report = Report::from_bytes(REPORT.as_bytes(), &Origin::stdin()).expect("it is a report");
        let document = document(&report, &Options::default());
        find_spans(&document, &mut told);
        let mut coded = json!({"record": 1, "doc": "belu", "events": [], "statements": [], "findings": [],
            "report": {"id": "sha256:0", "source": "belu.json", "title": document.title(), "published": document.published,
                "publisher": document.publisher, "language": "en", "coder": "annals", "model": "none", "packs": []},
            "document": {"text": document.text}});
        coded.as_object_mut().expect("it is one").extend(told.as_object().expect("it is one").clone());
        let coded = serde_json::from_value(coded).expect("it is a coded report");
        let page = super::report(&document, &coded, &Page { width: 72, colour: false });
        // The marks that keep a direction apart cannot be seen.
        expect.assert_eq(&page.replace('\u{2068}', "<").replace('\u{2069}', ">"));
    }

    /// Turns every `{"span": "words"}` into a span with offsets.
    fn find_spans(document: &Document, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|it| find_spans(document, it)),
            Value::Object(fields) => {
                for (name, field) in fields.iter_mut() {
                    match field {
                        Value::String(words) if ["span", "trigger", "source"].contains(&name.as_str()) => {
                            let start = document.text.find(words.as_str()).expect("the words are in the text");
                            *field = json!(document.span(start..start + words.len()));
                        }
                        other => find_spans(document, other),
                    }
                }
            }
            _ => {}
        }
    }

    fn event(special: Value) -> Value {
        let mut event = json!({"id": "e1", "type": "targeted_violence", "scope": "incident", "realis": "actual",
            "confidence": 0.9, "trigger": "raided", "mentions": [], "agents": [], "targets": [], "places": [],
            "where": null, "date": null, "outcomes": [], "weapons": [], "sources": []});
        let Value::Object(special) = special else { panic!("fields are needed") };
        event.as_object_mut().expect("it is one").extend(special);
        event
    }

    #[test]
    fn a_card_shows_all_that_is_told() {
        let told = event(json!({
            "agents": [{"span": "Gunmen of the Arda Front", "name": "Arda Front", "kind": "armed_group", "actor": null}],
            "targets": [{"span": "people", "name": null, "kind": "civilians", "actor": null}],
            "places": [{"span": "Belu", "place": null, "candidates": []}],
            "where": {"iso3": "MLI", "adm1": "Gao", "adm2": null, "lat": 16.27, "lon": -0.04, "precision": "exact",
                "radius_km": null, "from": null},
            "date": {"span": "on Monday", "start": "2024-03-11", "end": "2024-03-11", "precision": "day",
                "rule": "weekday, last before publication"},
            "outcomes": [{"span": "at least 12 people", "what": "killed", "low": 12, "high": null, "best": 12,
                "side": "civilian", "part": false, "item": null, "source": null}],
            "sources": [{"span": "the mayor", "stance": "reports"}],
        }));
        check(
            json!({"events": [told]}),
            &expect![[r"
            Raid on Arda
            2024-03-14 · The Belu Post · belu.json · en

            e1  targeted violence  “raided”
                who        “Gunmen of the Arda Front” (Arda Front, armed group) →
                           “people” (civilians)
                where      “Belu”: Gao, MLI (exact, 16.27, -0.04)
                when       2024-03-11 “on Monday” (weekday, last before publication)
                cost       killed at least 12 “at least 12 people” (civilian)
                says       “the mayor” reports
                | Gunmen of the Arda Front raided the village of Belu on Monday,
                | ~~~~~~~~~~~~~~~~~~~~~~~~ ^^^^^^                ~~~~ ~~~~~~~~~
                | killing at least 12 people, the mayor said.
                |         ~~~~~~~~~~~~~~~~~~  ~~~~~~~~~
        "]],
        );
    }

    #[test]
    fn what_is_special_is_named() {
        let told = event(json!({"type": "air_strike", "scope": "campaign", "realis": "denied", "trigger": "قتل",
            "outcomes": [
                {"span": "رجلين", "what": "killed", "low": null, "high": null, "best": null, "side": "unknown",
                    "part": false, "item": null, "source": "the mayor"},
                {"span": "people", "what": "killed", "low": 1, "high": 2, "best": null, "side": "agent", "part": true,
                    "item": null, "source": null}]}));
        check(
            json!({"events": [told]}),
            &expect![[r#"
                Raid on Arda
                2024-03-14 · The Belu Post · belu.json · en

                e1  air strike · campaign · denied  “<قتل>”
                    cost       killed (number not told) “<رجلين>” (says “the mayor”);
                               killed 1 to 2 “people” (agent, part of the above)
                    | Gunmen of the Arda Front raided the village of Belu on Monday,
                    | killing at least 12 people, the mayor said.
                    |                     ~~~~~~
                    | …
                    | قتل الجيش رجلين في بلو.
            "#]],
        );
    }

    #[test]
    fn statements_and_findings_follow() {
        check(
            json!({
                "statements": [{"kind": "presence", "subject": {"span": "Arda Front", "name": null},
                    "object": {"span": "Belu", "name": null}, "span": "Arda Front raided the village of Belu",
                    "date": null, "sources": [], "confidence": 0.5}],
                "findings": [{"code": "V003", "severity": "warning", "span": "Monday",
                    "message": "it may be meant otherwise: check it"}],
            }),
            &expect![[r#"
                Raid on Arda
                2024-03-14 · The Belu Post · belu.json · en

                No event is told.

                Statements
                    presence   “Arda Front” · “Belu”
                    | Gunmen of the Arda Front raided the village of Belu on Monday,
                    |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                    | killing at least 12 people, the mayor said.

                Findings
                    warning    V003 it may be meant otherwise: check it: “Monday”
            "#]],
        );
    }
}
