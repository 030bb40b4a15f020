//! When events happened, whoever read them.

use std::sync::Arc;

use annals_reader::{Dated, Link, Odds, ReadSpan, Reading, Role, SpanIdx, SpanKind, Thresholds, Trigger, TriggerIdx};
use annals_record::{EventType, Realis, Scope};

use crate::{CODER, report};

/// Codes a report of events that are marked by `[` and `]`, each followed by its time words in `<` and `>` where they tell
/// when; gives the days of each. The reader's own scores stand: nobody judges them.
#[track_caller]
fn days(scope: Scope, untold: Dated, marked: &str) -> Vec<String> {
    let document = report("", &marked.replace(['[', ']', '<', '>'], ""), Some("2024-03-14"));
    let (mut reading, mut from) = (Reading::default(), 0);
    let mut place = |words: &str| {
        let start = from + document.text[from..].find(words).expect("the words stand in the text");
        from = start + words.len();
        start..from
    };
    for (part, next) in marked.split('[').skip(1).map(|it| it.split_once(']').expect("a mark is closed")) {
        let told = next.split_once('<').and_then(|it| it.1.split_once('>')).map(|it| it.0);
        let dated = if told.is_some() { Dated::Phrase } else { untold };
        reading.triggers.push(Trigger {
            range: place(part),
            score: 0.99,
            main: 0.99,
            event_type: Odds::mostly(EventType::Shelling, 0.99),
            scope: Odds::mostly(scope, 0.99),
            realis: Odds::mostly(Realis::Actual, 0.99),
            dated: Odds::mostly(dated, 0.8),
        });
        if let Some(words) = told {
            reading.spans.push(ReadSpan { range: place(words), kind: SpanKind::Time, score: 0.99 });
            let (trigger, span) = (TriggerIdx(reading.triggers.len() - 1), SpanIdx(reading.spans.len() - 1));
            reading.links.push(Link { trigger, span, role: Role::Date, score: 0.99 });
        }
    }
    let thresholds = Thresholds { judges: Arc::default(), ..CODER.thresholds().clone() };
    let coded = CODER.coded(&document, &reading, &thresholds);
    let date = |it: annals_record::DateRef| format!("{}..{}: {}", it.start, it.end, it.rule);
    coded.events.into_iter().map(|it| it.date.map_or_else(|| "none".to_owned(), date)).collect()
}

#[test]
fn a_campaign_that_has_begun_goes_on() {
    let text = "The army has [shelled] the villages; the fire began <in January>.";
    assert_eq!(days(Scope::Campaign, Dated::None, text), ["2024-01-01..2024-03-14: from then until the report's day"]);
    assert_eq!(days(Scope::Incident, Dated::None, text), ["2024-01-01..2024-01-31: month, last begun by publication"]);
}

#[test]
fn an_event_without_time_words_of_its_own_is_dated_as_the_reader_thinks() {
    let text = "Shells [hit] Arda <on Tuesday>. The army [fired on] Dilga.";
    let second = |untold| days(Scope::Incident, untold, text).remove(1);
    assert_eq!(second(Dated::Published), "2024-03-14..2024-03-14: the report's own news: its day");
    assert_eq!(second(Dated::DayBefore), "2024-03-13..2024-03-13: the report's own news: the day before");
    assert_eq!(second(Dated::Other), "2024-03-13..2024-03-14: the report's own news: its day or the day before");
    assert_eq!(second(Dated::None), "none");
}

#[test]
fn french_reports_have_french_words_for_days() {
    let text = "Des hommes armés ont [attaqué] un poste de la gendarmerie <dans la nuit du 12 au 13 mars>, selon le maire du village. \
                Le marché avait été [bombardé] <la semaine dernière>.";
    assert_eq!(
        days(Scope::Incident, Dated::None, text),
        [
            "2024-03-12..2024-03-13: from the first to the last",
            "2024-03-04..2024-03-10: the period before that of publication"
        ]
    );
}

#[test]
fn what_has_happened_does_not_lie_ahead() {
    let text = "The town was [shelled] <on 20 March 2024>.";
    assert_eq!(days(Scope::Incident, Dated::None, text), ["none"]);
    let text = "The town was [shelled] <on the 20th>.";
    assert_eq!(
        days(Scope::Incident, Dated::None, text),
        ["2024-02-20..2024-02-20: day of the month, last before publication"]
    );
    let text = "They had [left] the town <by Tuesday>.";
    assert_eq!(
        days(Scope::Incident, Dated::None, text),
        ["2024-03-12..2024-03-12: weekday, last on or before publication"]
    );
}
