//! Events that people have added to a report: they stand whatever later codings tell.

use annals_record::{Event, Span};
use rusqlite::{Connection, params};

use crate::anchors::Anchored;
use crate::error::Result;
use crate::operation::Operation;

/// An event that a person added.
pub(super) struct Addition {
    pub(super) seq: i64,
    /// Its anchor's name within the report.
    pub(super) name: String,
    pub(super) event: Event,
}

/// The additions to a report that are in force after operation `seq`, oldest first.
pub(super) fn of(connection: &Connection, report: i64, seq: i64) -> Result<Vec<Addition>> {
    // Anchors of a report begin with its id and `@`, after which comes `A`.
    let sql = "SELECT touches.seq, payload FROM reports
        CROSS JOIN touches ON anchor >= hash || '@' AND anchor < hash || 'A'
        CROSS JOIN operations ON operations.seq = touches.seq
        WHERE reports.id = ?1 AND kind = 'add' AND touches.seq <= ?2 AND touches.seq NOT IN undone ORDER BY touches.seq";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params![report, seq])?;
    let mut additions = Vec::new();
    while let Some(row) = rows.next()? {
        let operation: Operation = serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or_default())?;
        let Operation::Add { anchor, event: Some(event), .. } = operation else { continue };
        let name = anchor.0[anchor.report().len()..].trim_start_matches('@').to_owned();
        additions.push(Addition { seq: row.get(0)?, name, event: *event });
    }
    Ok(additions)
}

/// Puts an added event among those of a coding whose text this is.
///
/// A coded event that is the same telling gives way, and hands on its id. When the words are no longer there, since the
/// text was taken anew, nothing is added: `lost_decisions` tells of it.
pub(super) fn put(
    events: &mut Vec<Event>,
    anchors: &mut Vec<Anchored>,
    addition: Addition,
    anchored: Anchored,
    text: &str,
) {
    let Some(mut event) = placed(addition.event, text) else { return };
    if let Some(at) = anchors.iter().position(|it| it.name == addition.name) {
        event.id = std::mem::take(&mut events[at].id);
        (events[at], anchors[at]) = (event, anchored);
        return;
    }
    event.id = next_id(events);
    events.push(event);
    anchors.push(anchored);
}

/// An id that no event of the report has.
fn next_id(events: &[Event]) -> String {
    let number = |it: &Event| it.id.strip_prefix('e')?.parse::<u64>().ok();
    format!("e{}", events.iter().filter_map(number).max().unwrap_or_default().saturating_add(1))
}

/// An event with its spans where their words stand in this text, nearest to where they stood; `None` when some stand nowhere.
pub(crate) fn placed(mut event: Event, text: &str) -> Option<Event> {
    let text: Vec<char> = text.chars().collect();
    for span in spans(&mut event) {
        let words: Vec<char> = span.text.chars().collect();
        if span.start >= span.end || span.end - span.start != words.len() {
            return None;
        }
        if text.get(span.start..span.end) != Some(&words[..]) {
            let found = text.windows(words.len()).enumerate().filter(|it| it.1 == words);
            span.start = found.map(|it| it.0).min_by_key(|it| it.abs_diff(span.start))?;
            span.end = span.start + words.len();
        }
    }
    Some(event)
}

/// Every span of an event.
fn spans(event: &mut Event) -> impl Iterator<Item = &mut Span> {
    std::iter::once(&mut event.trigger)
        .chain(&mut event.mentions)
        .chain(event.agents.iter_mut().chain(&mut event.targets).map(|it| &mut it.span))
        .chain(event.places.iter_mut().map(|it| &mut it.span))
        .chain(event.location.iter_mut().filter_map(|it| it.from.as_mut()))
        .chain(event.date.iter_mut().filter_map(|it| it.span.as_mut()))
        .chain(event.outcomes.iter_mut().flat_map(|it| std::iter::once(&mut it.span).chain(&mut it.source)))
        .chain(event.weapons.iter_mut().map(|it| &mut it.span))
        .chain(event.sources.iter_mut().map(|it| &mut it.span))
}
