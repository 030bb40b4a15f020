//! Any bytes: every report in them becomes a document whose sentences lie in order within its text.
#![no_main]

use annals_text::{Options, Origin, document, read_reports};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for report in read_reports(bytes, &Origin::stdin()).flatten() {
        let document = document(&report, &Options::default());
        let mut end = 0;
        for sentence in &document.sentences {
            let range = sentence.range.clone();
            assert!(range.start >= end && range.start < range.end);
            let span = document.span(range.clone());
            assert_eq!(document.bytes(span.start, span.end), Some(range.clone()));
            end = range.end;
        }
    }
});
