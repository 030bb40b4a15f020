//! Whatever comes in, one resolution a mention comes out, the same each time, and nothing breaks.

use std::path::{Path, PathBuf};

use annals_places::overlay::Overlay;
use annals_places::{Gazetteer, Mention, Pack, ReportContext, fold, geonames};
use proptest::prelude::*;

use crate::resolve::WORLD;

/// Texts with the words that the parser looks for, and with anything else.
fn odd_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "15",
        "km",
        "north",
        "of",
        "between",
        "and",
        "Gao",
        "-",
        "road",
        "border",
        "with",
        "Niger",
        "near",
        "the",
        ",",
        "province",
        "L'",
        "d'",
        "'s",
        "(",
        "é",
        "القامشلي",
        "🙂",
        "\u{0}",
        "\u{301}",
        "İ",
        "ﬁ",
    ]);
    prop_oneof![prop::collection::vec(words, 0..8).prop_map(|it| it.join(" ")), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_gives_one_resolution_a_mention(name in odd_text(), before in odd_text(), after in odd_text()) {
        let mention = Mention { name: &name, before: &before, after: &after, event: None };
        let context = ReportContext { text: &before, countries: &["MLI", "??"], ..ReportContext::default() };
        let found = WORLD.resolve_document(&[mention, mention], &context);
        prop_assert_eq!(found.len(), 2);
        prop_assert_eq!(&found[0], &found[1]);
        for it in &found {
            if it.place.as_ref().is_some_and(|it| it.kind == "country" || it.kind == "continent") && it.precision.is_some_and(|it| it.as_str() == "country") {
                prop_assert_eq!(it.lat, None);
            }
            prop_assert!(it.lat.is_none_or(|it| (-90.0..=90.0).contains(&it)));
            prop_assert!(it.lon.is_none_or(|it| (-180.0..=180.0).contains(&it)));
        }
    }

    #[test]
    fn folding_twice_changes_nothing(name in any::<String>()) {
        let once = fold::normalise(&name);
        prop_assert_eq!(fold::normalise(&once), once);
    }
}

/// What fuzzing found once stays found: both fuzz targets of places on the seeds and on what broke them.
#[test]
fn fuzz_inputs_pass() {
    for path in fuzz_files("places") {
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let spans = text.match_indices('[').map(|(at, _)| at + 1);
        let spans = spans.filter_map(|start| Some((start, start + text[start..].find(']')?)));
        let mut mentions: Vec<Mention> = spans.filter_map(|(start, end)| Mention::in_text(&text, start, end)).collect();
        mentions.push(Mention { name: &text, ..Mention::default() });
        let context = ReportContext { text: &text, countries: &["MLI"], ..ReportContext::default() };
        assert_eq!(WORLD.resolve_document(&mentions, &context).len(), mentions.len());
    }
    for path in fuzz_files("place_files") {
        let bytes = std::fs::read(path).unwrap();
        let Some((kind, rest)) = bytes.split_first() else { continue };
        let pack = match kind % 3 {
            0 => geonames::dump_to_pack("fuzz.txt", rest).ok(),
            1 => Some(rest.to_vec()),
            _ => {
                let _ = Overlay::parse("fuzz.toml", &String::from_utf8_lossy(rest));
                None
            }
        };
        if let Some(pack) = pack.and_then(|it| Pack::from_vec(it).ok()) {
            let gazetteer = Gazetteer::of_pack(pack);
            gazetteer.resolve(Mention { name: "15 km south of Gao", ..Mention::default() }, &ReportContext::default());
        }
    }
}

fn fuzz_files(target: &str) -> Vec<PathBuf> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let folders = ["seeds", "regressions"].map(|it| fuzz.join(it).join(target));
    folders.iter().flat_map(std::fs::read_dir).flatten().map(|it| it.unwrap().path()).collect()
}

#[test]
fn a_name_of_ten_thousand_characters_is_no_trouble() {
    let name = "Gao ".repeat(2500);
    let found = WORLD.resolve(Mention { name: &name, ..Mention::default() }, &ReportContext::default());
    assert!(!found.is_resolved());
}

#[test]
fn one_mention_leaves_the_others_alone() {
    let odd = "\u{0}".repeat(300);
    let context = ReportContext { countries: &["MLI"], ..ReportContext::default() };
    let mentions = [Mention { name: "Ansongo", ..Mention::default() }, Mention { name: &odd, ..Mention::default() }];
    let found = WORLD.resolve_document(&mentions, &context);
    assert!(found[0].is_resolved() && !found[1].is_resolved());
}
