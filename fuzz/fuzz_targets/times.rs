//! Text, and a day of publication from its first two bytes, to time expressions and their days.
#![no_main]

use std::sync::LazyLock;

use annals_values::{Anchor, Tables, find_dateline, find_times, parse_length, parse_time, resolve_calendar, resolve_time};
use libfuzzer_sys::fuzz_target;

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::english);

fuzz_target!(|bytes: &[u8]| {
    let [a, b, text @ ..] = bytes else { return };
    let text = String::from_utf8_lossy(text);
    let days = i32::from(u16::from_le_bytes([*a, *b]));
    let published = jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days));
    let mut anchor = if *a == 0 { Anchor::default() } else { Anchor::published(published) };
    let mut end = 0;
    for mention in find_times(&text, &TABLES) {
        assert!(end <= mention.range.start && mention.range.start < mention.range.end);
        assert!(text.get(mention.range.clone()).is_some());
        end = mention.range.end;
        if let Ok(when) = resolve_time(&mention.expr, &anchor, &TABLES) {
            assert!(when.start <= when.end);
            assert!((1000..2200).contains(&when.start.year()) && when.end.year() < 2200);
            anchor.previous = Some(when);
        }
    }
    let _ = parse_length(&text, &TABLES);
    if let Some(expr) = parse_time(&text, &TABLES) {
        let _ = resolve_calendar(&expr, &anchor, &TABLES);
    }
    if let Some(line) = find_dateline(&text, &TABLES) {
        assert!(text.get(line.range).is_some());
        assert!(line.place.is_none_or(|it| text.get(it).is_some()));
    }
});
