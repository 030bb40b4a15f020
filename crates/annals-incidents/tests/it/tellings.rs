//! A small language for tellings: one a line, fields parted by `|`.
//!
//! `report outlet published | type day[..day] place@lat,lon | agents > targets | outcome; outcome | source; source`
//! An outcome is `what side low[+|-high] words`; a leading `part` marks a part, a trailing `by SOURCE` whose figure it is.
//! A party is `id=name:kind`, or `name:kind` without a registry entry. `-` leaves a field untold.

use annals_incidents::{Telling, TellingId};
use annals_record::{
    Actor, DateRef, Event, EventType, Outcome, Party, Place, PlacePrecision, PlaceRef, Realis, ReportInfo, Scope, Side,
    SourceRef, Span, Stance, TimePrecision, Where,
};
use jiff::Timestamp;
use jiff::civil::Date;

/// Reads tellings, one a line.
pub(crate) fn read(text: &str) -> Vec<Telling> {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).map(telling).collect()
}

fn telling(line: &str) -> Telling {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let field = |idx: usize| fields.get(idx).copied().filter(|it| *it != "-" && !it.is_empty());
    let head: Vec<&str> = fields[0].split_whitespace().collect();
    let (report, outlet) = (head[0], head[1].replace('_', " "));
    let published: Option<Date> = head.get(2).and_then(|it| it.parse().ok());
    let mut what = field(1).expect("a telling has a type").splitn(3, ' ');
    let event_type = what.next().and_then(|it| it.parse::<EventType>().ok()).expect("a type of the codebook");
    let date = what.next().and_then(date);
    let place = what.next();
    let (agents, targets) = field(2).map_or(("", ""), |it| it.split_once('>').unwrap_or((it, "")));
    let event = Event {
        id: "e1".to_owned(),
        event_type,
        scope: Scope::Incident,
        realis: Realis::Actual,
        confidence: 1.0,
        trigger: span(event_type.as_str()),
        mentions: Vec::new(),
        agents: parties(agents),
        targets: parties(targets),
        places: place.map(place_ref).into_iter().collect(),
        location: place.map(location),
        date,
        outcomes: field(3).map_or(Vec::new(), |it| it.split(';').map(|it| outcome(it.trim())).collect()),
        weapons: Vec::new(),
        sources: field(4).map_or(Vec::new(), |it| it.split(';').map(|it| source(it.trim())).collect()),
    };
    Telling {
        id: TellingId::new(report, "e1"),
        doc: report.to_owned(),
        report: ReportInfo {
            id: report.to_owned(),
            source: None,
            title: String::new(),
            published,
            publisher: Some(outlet),
            language: Some("en".to_owned()),
            coder: "test".to_owned(),
            model: "test".to_owned(),
            packs: Vec::new(),
        },
        event,
        learned: Timestamp::UNIX_EPOCH,
        copy_of: field(5).map(str::to_owned),
    }
}

fn span(text: &str) -> Span {
    Span { start: 0, end: text.chars().count().max(1), text: text.to_owned() }
}

fn date(text: &str) -> Option<DateRef> {
    let (start, end) = text.split_once("..").unwrap_or((text, text));
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    let precision = if start == end { TimePrecision::Day } else { TimePrecision::Month };
    Some(DateRef { span: None, start, end, precision, rule: "test".to_owned() })
}

fn point(text: &str) -> (&str, f64, f64) {
    let (name, at) = text.split_once('@').expect("a place has a point");
    let (lat, lon) = at.split_once(',').expect("a point has two numbers");
    (name, lat.parse().expect("a latitude"), lon.parse().expect("a longitude"))
}

fn place_ref(text: &str) -> PlaceRef {
    let (name, lat, lon) = point(text);
    let place = Place {
        id: format!("test:{name}"),
        name: name.to_owned(),
        kind: "village".to_owned(),
        iso3: Some("MLI".to_owned()),
        adm1: None,
        adm2: None,
        lat: Some(lat),
        lon: Some(lon),
        score: 1.0,
    };
    PlaceRef { span: span(name), place: Some(place), candidates: Vec::new() }
}

fn location(text: &str) -> Where {
    let (name, lat, lon) = point(text);
    Where {
        iso3: Some("MLI".to_owned()),
        adm1: None,
        adm2: None,
        iso_3166_2: None,
        lat: Some(lat),
        lon: Some(lon),
        precision: PlacePrecision::Exact,
        radius_km: Some(5.0),
        from: Some(span(name)),
    }
}

fn parties(text: &str) -> Vec<Party> {
    text.split(',').map(str::trim).filter(|it| !it.is_empty()).map(party).collect()
}

fn party(text: &str) -> Party {
    let (naming, kind) = text.rsplit_once(':').expect("a party has a kind");
    let (id, name) = naming.split_once('=').map_or((None, naming), |(id, name)| (Some(id), name));
    let actor = id.map(|id| Actor { id: id.to_owned(), name: name.to_owned(), score: 1.0, why: "test".to_owned() });
    Party { span: span(name), name: id.map(|_| name.to_owned()), kind: kind.parse().ok(), actor }
}

fn outcome(text: &str) -> Outcome {
    let (text, part) = text.strip_prefix("part ").map_or((text, false), |it| (it, true));
    let (text, source) = text.split_once(" by ").map_or((text, None), |(text, by)| (text, Some(span(by))));
    let mut words = text.splitn(4, ' ');
    let what = words.next().and_then(|it| it.parse().ok()).expect("an outcome of the codebook");
    let side = words.next().and_then(|it| it.parse::<Side>().ok()).expect("a side");
    let number = words.next().expect("a number");
    let (low, high) = match (number.strip_suffix('+'), number.split_once('-')) {
        (Some(low), _) => (low.parse().ok(), None),
        (None, Some((low, high))) => (low.parse().ok(), high.parse().ok()),
        (None, None) => (number.parse().ok(), number.parse().ok()),
    };
    let best = low.filter(|_| low == high);
    Outcome { span: span(words.next().unwrap_or(number)), what, low, high, best, side, part, item: None, source }
}

fn source(text: &str) -> SourceRef {
    let (text, stance) = text
        .split_once(':')
        .map_or((text, Stance::Reports), |(stance, text)| (text, stance.parse().expect("a stance of the codebook")));
    SourceRef { span: span(text), stance }
}
