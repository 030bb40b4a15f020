//! Coded reports with invented content, from short lines.

use annals_record::{
    Actor, ActorKind, CodedReport, DateRef, DocumentText, Event, EventType, Outcome, OutcomeKind, Party, Place,
    PlacePrecision, PlaceRef, Realis, ReportInfo, Scope, Side, SourceRef, Span, Stance, Statement, StatementKind,
    StatementObject, TimePrecision, Where,
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// One event to be told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tale {
    pub(crate) event_type: EventType,
    pub(crate) day: Date,
    /// Name and point.
    pub(crate) place: (String, f64, f64),
    pub(crate) agent: String,
    pub(crate) target: String,
    pub(crate) killed: Option<u64>,
    pub(crate) trigger: String,
    /// Who is named as saying so.
    pub(crate) source: Option<String>,
}

impl Tale {
    /// Reads `armed_clash 2024-03-11 Belu Front>Army killed=12 says=mayor`, of which the end may be left out.
    pub(crate) fn parse(line: &str) -> Tale {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [event_type, day, place, sides, rest @ ..] = &words[..] else { panic!("too short: {line}") };
        let (agent, target) = sides.split_once('>').expect("sides are parted by >");
        let value = |name: &str| rest.iter().find_map(|it| it.strip_prefix(name)).map(str::to_owned);
        Tale {
            event_type: event_type.parse().expect("a type"),
            day: day.parse().expect("a day"),
            place: village(place),
            agent: agent.to_owned(),
            target: target.to_owned(),
            killed: value("killed=").map(|it| it.parse().expect("a number")),
            trigger: value("trigger=").unwrap_or_else(|| "attacked".to_owned()),
            source: value("says="),
        }
    }
}

/// Villages that lie far from each other.
fn village(name: &str) -> (String, f64, f64) {
    let at = ["Belu", "Arda", "Korin", "Tolma", "Vesh", "Saru", "Ilmet", "Ozda"].iter().position(|it| *it == name);
    let at = at.unwrap_or_else(|| panic!("{name} is no village")) as f64;
    (name.to_owned(), 10.0 + 2.0 * at, 20.0 - 1.5 * at)
}

/// A report from its head and one line an event: `post The-Post 2024-03-12`, then lines as of [`Tale::parse`].
pub(crate) fn report(text: &str) -> CodedReport {
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    let head: Vec<&str> = lines.next().expect("a head").split_whitespace().collect();
    let [doc, publisher, published] = &head[..] else { panic!("a head has id, outlet and day: {head:?}") };
    let tales: Vec<Tale> = lines.map(Tale::parse).collect();
    told(doc, publisher, published.parse().expect("a day"), &tales)
}

/// A report that tells these tales, a sentence each.
pub(crate) fn told(doc: &str, publisher: &str, published: Date, tales: &[Tale]) -> CodedReport {
    let mut text = Text(format!("News from {publisher}, {doc}\n"));
    let events = tales.iter().enumerate().map(|(idx, tale)| event(&mut text, idx, tale)).collect();
    CodedReport {
        record: 1,
        doc: doc.to_owned(),
        report: ReportInfo {
            id: hash(&format!("{doc} {publisher} {}", text.0)),
            source: None,
            title: format!("News from {publisher}, {doc}"),
            published: Some(published),
            publisher: Some(publisher.to_owned()),
            language: Some("en".to_owned()),
            coder: "told 1".to_owned(),
            model: "told 1".to_owned(),
            packs: Vec::new(),
        },
        document: DocumentText { text: text.0 },
        events,
        statements: Vec::new(),
        findings: Vec::new(),
    }
}

/// An event that a person adds, named by the word number `at` of a report; nothing else is told of it.
pub(crate) fn added(report: &CodedReport, at: usize, event_type: EventType) -> Event {
    let word = report.document.text.split_whitespace().nth(at).expect("so many words");
    let byte = word.as_ptr() as usize - report.document.text.as_ptr() as usize;
    let start = report.document.text[..byte].chars().count();
    Event::bare(event_type, Span { start, end: start + word.chars().count(), text: word.to_owned() })
}

/// Adds a statement such as `control Front Belu` to a report.
pub(crate) fn with_statement(mut report: CodedReport, kind: StatementKind, subject: &str, place: &str) -> CodedReport {
    let mut text = Text(std::mem::take(&mut report.document.text));
    let from = text.0.chars().count();
    let subject = text.push(subject);
    text.push(" is said to hold ");
    let (name, lat, lon) = village(place);
    let object = text.push(&name);
    let span = text.from(from);
    text.push(".\n");
    report.document.text = text.0;
    report.statements.push(Statement {
        kind,
        subject: StatementObject {
            name: Some(subject.text.clone()),
            actor: Some(actor(&subject.text)),
            place: None,
            span: subject,
        },
        object: Some(StatementObject {
            name: Some(name.clone()),
            actor: None,
            place: Some(gazetteer(&name, lat, lon)),
            span: object,
        }),
        span,
        date: None,
        sources: Vec::new(),
        confidence: 0.9,
        low: None,
        high: None,
        what: None,
    });
    report
}

/// A document that grows, and the spans of what was added.
struct Text(String);

impl Text {
    fn push(&mut self, words: &str) -> Span {
        let start = self.0.chars().count();
        self.0.push_str(words);
        Span { start, end: start + words.chars().count(), text: words.to_owned() }
    }

    fn from(&self, start: usize) -> Span {
        let text: String = self.0.chars().skip(start).collect();
        Span { start, end: start + text.chars().count(), text }
    }
}

fn event(text: &mut Text, idx: usize, tale: &Tale) -> Event {
    let agent = text.push(&tale.agent);
    text.push(" ");
    let trigger = text.push(&tale.trigger);
    text.push(" ");
    let target = text.push(&tale.target);
    text.push(" in ");
    let place = text.push(&tale.place.0);
    text.push(" on ");
    let day = text.push(&tale.day.to_string());
    let outcomes = tale.killed.map(|n| {
        text.push(", killing ");
        Outcome {
            span: text.push(&n.to_string()),
            what: OutcomeKind::Killed,
            low: Some(n),
            high: Some(n),
            best: Some(n),
            side: Side::Target,
            part: false,
            item: None,
            source: None,
        }
    });
    let sources = tale.source.as_ref().map(|source| {
        text.push(", said ");
        SourceRef { span: text.push(source), stance: Stance::Reports }
    });
    text.push(".\n");
    let (name, lat, lon) = tale.place.clone();
    Event {
        id: format!("e{}", idx + 1),
        event_type: tale.event_type,
        scope: Scope::Incident,
        realis: Realis::Actual,
        confidence: 0.9,
        trigger,
        mentions: Vec::new(),
        agents: vec![party(agent)],
        targets: vec![party(target)],
        location: Some(Where {
            iso3: Some("VEL".to_owned()),
            adm1: Some(format!("{} Province", &name[..1])),
            adm2: None,
            iso_3166_2: None,
            lat: Some(lat),
            lon: Some(lon),
            precision: PlacePrecision::Exact,
            radius_km: Some(5.0),
            from: Some(place.clone()),
        }),
        places: vec![PlaceRef { span: place, place: Some(gazetteer(&name, lat, lon)), candidates: Vec::new() }],
        date: Some(DateRef {
            span: Some(day),
            start: tale.day,
            end: tale.day,
            precision: TimePrecision::Day,
            rule: "as written".to_owned(),
        }),
        outcomes: outcomes.into_iter().collect(),
        weapons: Vec::new(),
        sources: sources.into_iter().collect(),
    }
}

fn party(span: Span) -> Party {
    Party { name: Some(span.text.clone()), kind: Some(ActorKind::ArmedGroup), actor: Some(actor(&span.text)), span }
}

fn actor(name: &str) -> Actor {
    let id = format!("test:{}", name.to_lowercase());
    Actor { id, name: name.to_owned(), score: 1.0, why: "named".to_owned() }
}

fn gazetteer(name: &str, lat: f64, lon: f64) -> Place {
    Place {
        id: format!("test:{}", name.to_lowercase()),
        name: name.to_owned(),
        kind: "village".to_owned(),
        iso3: Some("VEL".to_owned()),
        adm1: Some(format!("{} Province", &name[..1])),
        adm2: None,
        lat: Some(lat),
        lon: Some(lon),
        score: 1.0,
    }
}

fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold("sha256:".to_owned(), |hash, it| hash + &format!("{it:02x}"))
}
