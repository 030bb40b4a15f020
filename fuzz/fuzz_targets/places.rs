//! Text to place namings to places: whatever stands in brackets is a naming, as in the tests of annals-places.
#![no_main]

use std::sync::LazyLock;

use annals_places::{Gazetteer, Mention, ReportContext};
use libfuzzer_sys::fuzz_target;

static WORLD: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::embedded);

/// Namings looked at in one run: many near spellings take their time.
const MOST: usize = 8;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let starts = text.match_indices('[').map(|(at, _)| at + 1);
    let spans = starts.filter_map(|start| Some((start, start + text[start..].find(']')?))).take(MOST);
    let mut mentions: Vec<Mention<'_>> =
        spans.filter_map(|(start, end)| Mention::in_text(&text, start, end)).map(|it| it.of_event(0)).collect();
    mentions.push(Mention { name: &text, ..Mention::default() });
    let context = ReportContext { text: &text, countries: &["MLI"], ..ReportContext::default() };
    let found = WORLD.resolve_document(&mentions, &context);
    assert_eq!(found.len(), mentions.len());
    for it in found {
        assert_eq!(it.lat.is_some(), it.lon.is_some());
        assert!(it.lat.is_none_or(|it| (-90.0..=90.0).contains(&it)));
        assert!(it.lon.is_none_or(|it| (-180.0..=180.0).contains(&it)));
        assert!(it.radius_km.is_none_or(|it| it.is_finite() && it > 0.0));
        assert!(it.precision.is_some() || it.place.is_none());
    }
});
