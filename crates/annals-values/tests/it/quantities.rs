//! Quantities: a table of phrases, and quantities found in sentences.

use std::fmt::Write as _;

use annals_values::{Quantity, Tables, count_phrase, find_quantities};
use expect_test::{Expect, ExpectFile, expect, expect_file};

use crate::{FRENCH, TABLES};

fn bound(value: Option<u64>) -> String {
    value.map_or("?".to_owned(), |it| it.to_string())
}

fn bounds(low: Option<u64>, high: Option<u64>) -> String {
    format!("{}..{}", bound(low), bound(high))
}

/// Counts each phrase of the table and writes the count behind it.
#[track_caller]
fn check_phrases(phrases: &str, tables: &Tables, expect: &ExpectFile) {
    let mut text = String::new();
    for line in phrases.lines() {
        let phrase = line.split('|').next().unwrap_or_default().trim();
        if phrase.is_empty() {
            text.push('\n');
            continue;
        }
        let count = count_phrase(phrase, tables);
        writeln!(text, "{phrase:<46} | {}", bounds(count.low, count.high)).expect("a string takes all");
    }
    expect.assert_eq(&text);
}

#[test]
fn phrases() {
    check_phrases(include_str!("phrases.txt"), &TABLES, &expect_file!["./phrases.txt"]);
}

#[test]
fn french_phrases() {
    check_phrases(include_str!("phrases-fr.txt"), &FRENCH, &expect_file!["./phrases-fr.txt"]);
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads as `check(text, expect![..])`")]
fn check(text: &str, expect: Expect) {
    let mut out = format!("{text}\n");
    for Quantity { range, low, high, counted, part_of_previous, implied, .. } in find_quantities(text, &TABLES) {
        let indent = text[..range.start].chars().count();
        let width = text[range].chars().count();
        let unit = counted.map_or(String::new(), |it| format!(" {} {:?}", &text[it.head], it.unit));
        let part = if part_of_previous { " part" } else { "" };
        let article = if implied { " implied" } else { "" };
        writeln!(out, "{}{} {}{unit}{part}{article}", " ".repeat(indent), "^".repeat(width), bounds(low, high))
            .expect("a string takes all");
    }
    expect.assert_eq(&out);
}

#[test]
fn a_whole_and_its_parts() {
    check(
        "The blast left 22 dead, six of them children, including two girls and a policeman.",
        expect![[r"
            The blast left 22 dead, six of them children, including two girls and a policeman.
                           ^^^^^^^ 22..22 dead Person(Any)
                                    ^^^^^^^^^^^^^^^^^^^^ 6..6 children Person(Civilian) part
                                                                    ^^^^^^^^^ 2..2 girls Person(Civilian) part
                                                                                  ^^^^^^^^^^^ 1..1 policeman Person(StateForce) implied
        "]],
    );
}

#[test]
fn ages_behind_a_person_count_nobody() {
    check(
        "Killed were a woman of 66, a man of about 80 and two boys; a mob of about 60 fled.",
        expect![[r"
        Killed were a woman of 66, a man of about 80 and two boys; a mob of about 60 fled.
                    ^^^^^^^ 1..1 woman Person(Civilian) implied
                                   ^^^^^ 1..1 man Person(Any) implied
                                                         ^^^^^^^^ 2..2 boys Person(Civilian)
                                                                            ^^^^^^^^ 60..60
    "]],
    );
}

#[test]
fn ages_of_several_count_nobody() {
    check(
        "Three children aged 4, 6 and 9 died; two boys, 12 and 14, and a farmer, 45. It killed a woman, 58.",
        expect![[r"
            Three children aged 4, 6 and 9 died; two boys, 12 and 14, and a farmer, 45. It killed a woman, 58.
            ^^^^^^^^^^^^^^ 3..3 children Person(Civilian)
                                                 ^^^^^^^^ 2..2 boys Person(Civilian)
                                                                          ^^^^^^^^ 1..1 farmer Person(Civilian) implied
                                                                                                  ^^^^^^^ 1..1 woman Person(Civilian) implied
        "]],
    );
}

#[test]
fn what_is_handed_over_has_no_bound() {
    check(
        "They handed over 12 prisoners and took over 30 rifles; over 40 men fled.",
        expect![[r"
        They handed over 12 prisoners and took over 30 rifles; over 40 men fled.
                         ^^^^^^^^^^^^ 12..12 prisoners Person(Any)
                                                    ^^^^^^^^^ 30..30 rifles Weapon
                                                               ^^^^^^^^^^^ 40..? men Person(Any)
    "]],
    );
}

#[test]
fn herders_are_people_and_their_animals_are_none() {
    check(
        "Gunmen shot two cattle herders, a shepherd, 40 head of sheep and three heads of families.",
        expect![[r"
        Gunmen shot two cattle herders, a shepherd, 40 head of sheep and three heads of families.
                    ^^^^^^^^^^^^^^^^^^ 2..2 herders Person(Civilian)
                                        ^^^^^^^^^^ 1..1 shepherd Person(Civilian) implied
                                                    ^^^^^^^^^^^^^^^^ 40..40 head of sheep Livestock
                                                                         ^^^^^^^^^^^ 3..3 heads Unknown
    "]],
    );
}

#[test]
fn things_and_people_by_their_class() {
    check(
        "Fighters took 8 motorcycles, three armoured vehicles, a machine gun and 40 head of cattle, and burnt 12 houses.",
        expect![[r"
            Fighters took 8 motorcycles, three armoured vehicles, a machine gun and 40 head of cattle, and burnt 12 houses.
                          ^^^^^^^^^^^^^ 8..8 motorcycles Motorcycle
                                         ^^^^^^^^^^^^^^^^^^^^^^^ 3..3 armoured vehicles Armour
                                                                  ^^^^^^^^^^^^^ 1..1 machine gun Weapon implied
                                                                                    ^^^^^^^^^^^^^^^^^ 40..40 head of cattle Livestock
                                                                                                                 ^^^^^^^^^ 12..12 houses Building
        "]],
    );
}

#[test]
fn numbers_that_count_nothing() {
    check(
        "On 9 March 2024 at 06:10 a 22-year-old with an AK-47 fired 7.62 mm rounds near Route 5 under Resolution 2254.",
        expect![[r"
            On 9 March 2024 at 06:10 a 22-year-old with an AK-47 fired 7.62 mm rounds near Route 5 under Resolution 2254.
                                                        ^^^^^^^^ 1..1 AK-47 Weapon implied
                                                                       ^^^^^^^ 7..7 mm Calibre
        "]],
    );
}

#[test]
fn bounds_before_and_behind() {
    check(
        "At least 12 civilians, up to 30 soldiers, 40 or more goats, between 20 and 30 huts; dozens more fled.",
        expect![[r"
            At least 12 civilians, up to 30 soldiers, 40 or more goats, between 20 and 30 huts; dozens more fled.
            ^^^^^^^^^^^^^^^^^^^^^ 12..? civilians Person(Civilian)
                                   ^^^^^^^^^^^^^^^^^ ?..30 soldiers Person(StateForce)
                                                      ^^^^^^^^^^^^^^^^ 40..? goats Livestock
                                                                        ^^^^^^^^^^^^^^^^^^^^^^ 20..30 huts Building
                                                                                                ^^^^^^^^^^^ 24..?
        "]],
    );
}

#[test]
fn measures_are_told_as_such() {
    check(
        "They seized 50 kg of explosives, $3 million and 20% of the stock 15 km away after two hours.",
        expect![[r"
            They seized 50 kg of explosives, $3 million and 20% of the stock 15 km away after two hours.
                        ^^^^^ 50..50 kg Weight
                                              ^^^^^^^^^ 3000000..3000000 $ Money
                                                            ^^^ 20..20 % Percentage
                                                                             ^^^^^ 15..15 km Distance
                                                                                              ^^^^^^^^^ 2..2 hours Duration
        "]],
    );
}

#[test]
fn unpunctuated_lists() {
    check(
        "They burnt two concrete mixers one roller two tankers and shot dead four policemen",
        expect![[r"
            They burnt two concrete mixers one roller two tankers and shot dead four policemen
                       ^^^^^^^^^^^^^^^^^^^ 2..2 mixers Unknown
                                           ^^^^^^^^^^ 1..1 roller Vehicle
                                                      ^^^^^^^^^^^ 2..2 tankers Vehicle
                                                                                ^^^^^^^^^^^^^^ 4..4 policemen Person(StateForce)
        "]],
    );
}

#[test]
fn the_part_and_the_whole_named_together() {
    check(
        "Two of the 130 passengers and eight abducted workers were freed; his two bodyguards were not.",
        expect![[r"
            Two of the 130 passengers and eight abducted workers were freed; his two bodyguards were not.
            ^^^^^^^^^^^^^^^^^^^^^^^^^ 2..2 passengers Person(Civilian) part
                       ^^^^^^^^^^^^^^ 130..130 passengers Person(Civilian)
                                          ^^^^^^^^^^^^^^^^^^^^^^ 8..8 workers Person(Civilian)
                                                                                 ^^^^^^^^^^^^^^ 2..2 bodyguards Person(StateForce)
        "]],
    );
}

#[test]
fn all_capitals() {
    check(
        "AT LEAST 20 ELECTRICITY PYLONS WERE BLOWN UP AND SIX OTHER PEOPLE, A WOMAN AMONG THEM, DIED.",
        expect![[r"
            AT LEAST 20 ELECTRICITY PYLONS WERE BLOWN UP AND SIX OTHER PEOPLE, A WOMAN AMONG THEM, DIED.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 20..? ELECTRICITY PYLONS Building
                                                             ^^^^^^^^^^^^^^^^ 6..6 PEOPLE Person(Any)
                                                                               ^^^^^^^ 1..1 WOMAN Person(Civilian) implied
        "]],
    );
}

#[test]
fn blanks_for_thousands_marks() {
    check(
        "Some 30 000 people fled and 1 200 000 of them left; on May 3 200 villagers died.",
        expect![[r"
            Some 30 000 people fled and 1 200 000 of them left; on May 3 200 villagers died.
            ^^^^^^^^^^^^^^^^^^ 30000..30000 people Person(Any)
                                        ^^^^^^^^^^^^^^^^^ 1200000..1200000 part
                                                                         ^^^^^^^^^^^^^ 200..200 villagers Person(Civilian)
        "]],
    );
}
