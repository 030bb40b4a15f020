//! Where events happened: all place namings of a report resolved together, and the best single place of each event.

use annals_places::{Gazetteer, Mention, ReportContext, Resolution, where_of};
use annals_record::Event;
use annals_text::Document;

/// Likely places kept beside the chosen one.
const CANDIDATES: usize = 3;

/// Gives the place namings of events their place and candidates, and each event its best single place.
pub(crate) fn resolve(document: &Document, gazetteer: &Gazetteer, home: Option<&str>, events: &mut [Event]) {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut asked: Vec<(usize, usize)> = Vec::new();
    for (number, event) in events.iter().enumerate() {
        for (at, place) in event.places.iter().enumerate() {
            let Some(range) = document.bytes(place.span.start, place.span.end) else { continue };
            if let Some(mention) = Mention::in_text(&document.text, range.start, range.end) {
                mentions.push(mention.of_event(number));
                asked.push((number, at));
            }
        }
    }
    let countries: Vec<&str> = home.into_iter().collect();
    let context = ReportContext { text: &document.text, countries: &countries, ..ReportContext::default() };
    let resolutions = gazetteer.resolve_document(&mentions, &context);
    for (number, event) in events.iter_mut().enumerate() {
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
