//! Where events happened and what statements are about: all place namings of a report resolved together, and the best single
//! place of each event.

use annals_places::{Gazetteer, Mention, ReportContext, Resolution, where_of};
use annals_record::{CodedReport, Span, Statement, StatementKind, StatementObject};
use annals_text::Document;

/// Likely places kept beside the chosen one.
const CANDIDATES: usize = 3;

/// Gives the place namings of events their place and candidates, each event its best single place, and statements the place that
/// they are about.
pub(crate) fn resolve(document: &Document, gazetteer: &Gazetteer, home: Option<&str>, report: &mut CodedReport) {
    let mention = |span: &Span| {
        let range = document.bytes(span.start, span.end)?;
        Mention::in_text(&document.text, range.start, range.end)
    };
    let mut mentions: Vec<Mention> = Vec::new();
    let mut asked: Vec<(usize, usize)> = Vec::new();
    for (number, event) in report.events.iter().enumerate() {
        for (at, place) in event.places.iter().enumerate() {
            if let Some(mention) = mention(&place.span) {
                mentions.push(mention.of_event(number));
                asked.push((number, at));
            }
        }
    }
    let mut told: Vec<&mut StatementObject> = Vec::new();
    for object in report.statements.iter_mut().filter_map(place_of) {
        if let Some(mention) = mention(&object.span) {
            mentions.push(mention);
            told.push(object);
        }
    }
    let countries: Vec<&str> = home.into_iter().collect();
    let context = ReportContext { text: &document.text, countries: &countries, ..ReportContext::default() };
    let resolutions = gazetteer.resolve_document(&mentions, &context);
    for (object, resolution) in told.into_iter().zip(&resolutions[asked.len()..]) {
        object.place.clone_from(&resolution.place);
        object.name = object.place.as_ref().map(|it| it.name.clone());
    }
    for (number, event) in report.events.iter_mut().enumerate() {
        let own: Vec<(usize, &Resolution)> = (asked.iter().zip(&resolutions))
            .filter(|((event, _), _)| *event == number)
            .map(|((_, at), resolution)| (*at, resolution))
            .collect();
        for (at, resolution) in &own {
            let place = &mut event.places[*at];
            place.place.clone_from(&resolution.place);
            place.candidates = resolution.candidates.iter().take(CANDIDATES).cloned().collect();
        }
        let namings: Vec<&Resolution> = own.iter().map(|(_, it)| *it).collect();
        event.location = where_of(&namings).map(|(index, mut place)| {
            place.from = Some(event.places[own[index].0].span.clone());
            place
        });
    }
}

/// The naming of the place that a statement is about; a contested place may be its subject.
fn place_of(statement: &mut Statement) -> Option<&mut StatementObject> {
    match statement.kind {
        StatementKind::Control | StatementKind::Presence | StatementKind::Lost | StatementKind::Toll => {
            statement.object.as_mut()
        }
        StatementKind::Contested => Some(statement.object.as_mut().unwrap_or(&mut statement.subject)),
        _ => None,
    }
}
