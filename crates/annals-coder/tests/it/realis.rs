//! What did not happen, or not yet.

use annals_reader::{Dated, Odds, Reading, Trigger};
use annals_record::{EventType, Realis, Scope};

use crate::{CODER, report};

/// How an event is told to the reader's odds that it is planned and that it failed.
fn realis(planned: f32, failed: f32) -> Realis {
    let document = report("", "An attack is told of.", Some("2024-03-14"));
    let range = 3..9;
    let odds = [(Realis::Actual, 1.0 - planned - failed), (Realis::Planned, planned), (Realis::Failed, failed)];
    let trigger = Trigger {
        range,
        score: 0.99,
        main: 0.99,
        event_type: Odds::mostly(EventType::ArmedClash, 0.99),
        scope: Odds::mostly(Scope::Incident, 0.99),
        realis: Odds::new(odds),
        dated: Odds::mostly(Dated::None, 0.99),
    };
    let reading = Reading { triggers: vec![trigger], ..Reading::default() };
    CODER.coded(&document, &reading, CODER.thresholds()).events[0].realis
}

#[test]
fn the_likeliest_of_what_is_likely_enough() {
    assert_eq!(realis(0.1, 0.1), Realis::Actual);
    assert_eq!(realis(0.4, 0.0), Realis::Planned);
    assert_eq!(realis(0.3, 0.35), Realis::Failed);
}
