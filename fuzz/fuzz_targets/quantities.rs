//! Text to quantities and counts.
#![no_main]

use std::sync::LazyLock;

use annals_values::{Tables, count_phrase, find_quantities};
use libfuzzer_sys::fuzz_target;

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::english);

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut start = 0;
    for quantity in find_quantities(&text, &TABLES) {
        assert!(start <= quantity.range.start && quantity.range.start < quantity.range.end);
        assert!(text.get(quantity.range.clone()).is_some() && text.get(quantity.number.clone()).is_some());
        if let Some(counted) = quantity.counted {
            assert!(text.get(counted.range).is_some() && text.get(counted.head).is_some());
        }
        if let (Some(low), Some(high)) = (quantity.low, quantity.high) {
            assert!(low <= high);
        }
        start = quantity.range.start;
    }
    let count = count_phrase(&text, &TABLES);
    if let (Some(low), Some(high)) = (count.low, count.high) {
        assert!(low <= high);
    }
});
