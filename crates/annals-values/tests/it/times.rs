//! Time expressions: tables of "expression | report's day | result", and times found in sentences.

use std::fmt::Write as _;

use annals_values::{Anchor, Tables, find_times, parse_time, resolve_calendar, resolve_time, weekday_conflict};
use expect_test::{Expect, ExpectFile, expect, expect_file};

use crate::{FRENCH, TABLES};

/// Resolves each row of a table and writes the answer behind it, with a remark where a weekday contradicts its date.
/// A third input column, if any, is the time spoken of before.
#[track_caller]
fn check_table(table: &str, tables: &Tables, expect: &ExpectFile) {
    let mut text = String::new();
    for line in table.lines() {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [expression, published, previous, ..] = columns.as_slice() else {
            text.push_str(line);
            text.push('\n');
            continue;
        };
        let mut anchor = Anchor { published: published.parse().ok(), ..Anchor::default() };
        anchor.previous = parse_time(previous, tables).and_then(|it| resolve_time(&it, &anchor, tables).ok());
        let answer = match parse_time(expression, tables) {
            None => "no time".to_owned(),
            Some(expr) => match resolve_time(&expr, &anchor, tables) {
                Ok(when) => {
                    let precision = format!("{:?}", when.precision).to_lowercase();
                    let conflict = if weekday_conflict(&expr, &when) { " (not that weekday)" } else { "" };
                    format!("{}..{} {precision}: {}{conflict}", when.start, when.end, when.rule)
                }
                Err(why) => format!("{} {:?}", why.reason.code(), why.reason),
            },
        };
        writeln!(text, "{expression:<34} | {published:<10} | {previous:<12} | {answer}").expect("a string takes all");
    }
    expect.assert_eq(&text);
}

#[test]
fn table() {
    check_table(include_str!("times.txt"), &TABLES, &expect_file!["./times.txt"]);
}

#[test]
fn french_table() {
    check_table(include_str!("times-fr.txt"), &FRENCH, &expect_file!["./times-fr.txt"]);
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "reads as `check(text, expect![..])`")]
fn check(text: &str, expect: Expect) {
    let tables = &*TABLES;
    let anchor = Anchor::published("2024-03-14".parse().expect("a date"));
    let mut out = format!("{text}\n");
    for mention in find_times(text, tables) {
        let indent = text[..mention.range.start].chars().count();
        let width = text[mention.range.clone()].chars().count();
        let answer = match resolve_time(&mention.expr, &anchor, tables) {
            Ok(when) => format!("{}..{}", when.start, when.end),
            Err(why) => format!("{:?}", why.reason),
        };
        writeln!(out, "{}{} {answer}", " ".repeat(indent), "^".repeat(width)).expect("a string takes all");
    }
    expect.assert_eq(&out);
}

#[test]
fn counts_and_chronologies_are_told_from_dates() {
    check(
        "The truce was broken 30 times during the first 24 hours.",
        expect![[r#"
        The truce was broken 30 times during the first 24 hours.
    "#]],
    );
    check(
        "Raids on Monday, the first day of the month of fasting, killed ten.",
        expect![[r#"
        Raids on Monday, the first day of the month of fasting, killed ten.
              ^^^^^^^^^ 2024-03-11..2024-03-11
    "#]],
    );
    check(
        "They fired for more than a half hour.",
        expect![[r#"
        They fired for more than a half hour.
    "#]],
    );
    check(
        "April 19, 1995: a truck bomb destroyed the building. 1996: the trial began.",
        expect![[r#"
        April 19, 1995: a truck bomb destroyed the building. 1996: the trial began.
        ^^^^^^^^^^^^^^ 1995-04-19..1995-04-19
    "#]],
    );
}

#[test]
fn earlier_on_a_day_is_that_day() {
    check(
        "Earlier Tuesday rebels fired. Earlier in the day the army had shelled the town.",
        expect![[r#"
        Earlier Tuesday rebels fired. Earlier in the day the army had shelled the town.
        ^^^^^^^^^^^^^^^ 2024-03-12..2024-03-12
                                      ^^^^^^^^^^^^^^^^^^ 2024-03-14..2024-03-14
    "#]],
    );
    check(
        "They have fought since mid-January and since the middle of February.",
        expect![[r#"
        They have fought since mid-January and since the middle of February.
                         ^^^^^^^^^^^^^^^^^ 2024-01-15..2024-03-14
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2024-02-15..2024-03-14
    "#]],
    );
}

#[test]
fn the_last_of_something_ends_with_it() {
    check(
        "In the past few hours and in the last days of February the town was hit.",
        expect![[r#"
        In the past few hours and in the last days of February the town was hit.
        ^^^^^^^^^^^^^^^^^^^^^ 2024-03-13..2024-03-14
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2024-02-21..2024-02-29
    "#]],
    );
}

#[test]
fn days_in_a_row_began_with_the_first_of_them() {
    check(
        "For the third day in a row, battles raged; it rained for a second night.",
        expect![[r#"
            For the third day in a row, battles raged; it rained for a second night.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^ 2024-03-12..2024-03-14
                                                                 ^^^^^^^^^^^^^^^^^^ 2024-03-13..2024-03-14
        "#]],
    );
    check(
        "The fifth straight week of strikes.",
        expect![[r#"
        The fifth straight week of strikes.
        ^^^^^^^^^^^^^^^^^^^^^^^ 2024-02-15..2024-03-14
    "#]],
    );
    check(
        "On the second day of the talks, for the first day of Eid.",
        expect![[r#"
        On the second day of the talks, for the first day of Eid.
                                                             ^^^ NamedPeriod
    "#]],
    );
}

#[test]
fn finds_times_with_their_prepositions() {
    check(
        "Gunmen stormed the post on Saturday and left before dawn on Sunday.",
        expect![[r"
            Gunmen stormed the post on Saturday and left before dawn on Sunday.
                                    ^^^^^^^^^^^ 2024-03-09..2024-03-09
                                                         ^^^^^^^^^^^^^^^^^^^^^ 2024-03-10..2024-03-10
        "]],
    );
}

#[test]
fn leaves_modal_may_and_marching_alone() {
    check(
        "They may march on the town, which sat quiet; 12 may be dead.",
        expect![[r"
            They may march on the town, which sat quiet; 12 may be dead.
        "]],
    );
}

#[test]
fn reads_dates_beside_counts() {
    check(
        "On May 3, 12 people died; on 4 May 20 more were found.",
        expect![[r"
            On May 3, 12 people died; on 4 May 20 more were found.
            ^^^^^^^^ 2024-05-03..2024-05-03
                                      ^^^^^^^^ 2024-05-04..2024-05-04
        "]],
    );
}

#[test]
fn joins_two_days_of_one_month() {
    check(
        "Shelling on 12 and 13 February and between 3 and 9 March; the night of 26 to 27 February was calm.",
        expect![[r"
            Shelling on 12 and 13 February and between 3 and 9 March; the night of 26 to 27 February was calm.
                     ^^^^^^^^^^^^^^^^^^^^^ 2024-02-12..2024-02-13
                                               ^^^^^^^^^^^^^^^^^^^^^ 2024-03-03..2024-03-09
                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2024-02-26..2024-02-27
        "]],
    );
}

#[test]
fn a_day_stands_behind_any_part_of_it() {
    check(
        "Shells fell in the early hours of Saturday, at first light on 3 March and in the small hours.",
        expect![[r#"
            Shells fell in the early hours of Saturday, at first light on 3 March and in the small hours.
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2024-03-09..2024-03-09
                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^ 2024-03-03..2024-03-03
                                                                                      ^^^^^^^^^^^^^^^^^^ 2024-03-14..2024-03-14
        "#]],
    );
}

#[test]
fn joins_a_part_of_a_day_and_the_next() {
    check(
        "Clashes on Tuesday night and Wednesday. Shells fell last night and early this morning. Three died on Monday night and on Wednesday two more.",
        expect![[r#"
            Clashes on Tuesday night and Wednesday. Shells fell last night and early this morning. Three died on Monday night and on Wednesday two more.
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2024-03-12..2024-03-13
                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2024-03-13..2024-03-14
                                                                                                              ^^^^^^^^^^^^^^^ 2024-03-11..2024-03-11
                                                                                                                                  ^^^^^^^^^^^^ 2024-03-13..2024-03-13
        "#]],
    );
}

#[test]
fn what_will_be_lies_ahead() {
    check(
        "The council will vote on Sunday; it met on Monday.",
        expect![[r"
            The council will vote on Sunday; it met on Monday.
                                  ^^^^^^^^^ 2024-03-17..2024-03-17
                                                    ^^^^^^^^^ 2024-03-11..2024-03-11
        "]],
    );
}

#[test]
fn reads_stamps_and_groups() {
    check(
        "2024-03-09T06:10 contact. 091530ZMAR24 relief. 08.03.2024 calm. Serial 2011-07-S-068, rifle AK-47.",
        expect![[r"
            2024-03-09T06:10 contact. 091530ZMAR24 relief. 08.03.2024 calm. Serial 2011-07-S-068, rifle AK-47.
            ^^^^^^^^^^ 2024-03-09..2024-03-09
                                      ^^^^^^^^^^^^ 2024-03-09..2024-03-09
                                                           ^^^^^^^^^^ 2024-03-08..2024-03-08
        "]],
    );
}

#[test]
fn reads_all_capitals() {
    check(
        "TWO GUARDS DIED LATE WEDNESDAY; THE ARMY MAY ATTACK. RAIDS BEGAN 9 MAR 24.",
        expect![[r"
            TWO GUARDS DIED LATE WEDNESDAY; THE ARMY MAY ATTACK. RAIDS BEGAN 9 MAR 24.
                            ^^^^^^^^^^^^^^ 2024-03-13..2024-03-13
                                                                             ^^^^^^^^ 2024-03-09..2024-03-09
        "]],
    );
}

#[test]
fn an_aside_clause_tells_no_day() {
    check(
        "The raid came a day after rebels shelled the town, two days after Sunday's ambush.",
        expect![[r"
            The raid came a day after rebels shelled the town, two days after Sunday's ambush.
                          ^^^^^^^^^^^ Vague
                                                               ^^^^^^^^^^^^^^^^^^^^^^^ 2024-03-12..2024-03-12
        "]],
    );
}

#[test]
fn since_takes_the_time_of_its_clause() {
    check(
        "Since the offensive began on Sunday 40 have died.",
        expect![[r"
            Since the offensive began on Sunday 40 have died.
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2024-03-10..2024-03-14
        "]],
    );
}

#[test]
fn the_whole_period_is_kept_beside_the_cut_one() {
    let tables = &*TABLES;
    let anchor = Anchor::published("2024-03-14".parse().expect("a date"));
    let month = parse_time("this month", tables).expect("a time");
    let cut = resolve_time(&month, &anchor, tables).expect("resolves");
    let whole = resolve_calendar(&month, &anchor, tables).expect("resolves");
    expect!["2024-03-14 2024-03-31"].assert_eq(&format!("{} {}", cut.end, whole.end));
}

#[test]
fn the_dateline_wins_over_publication() {
    let tables = &*TABLES;
    let anchor = Anchor { published: "2024-03-14".parse().ok(), dateline: "2024-02-29".parse().ok(), previous: None };
    let when = resolve_time(&parse_time("yesterday", tables).expect("a time"), &anchor, tables).expect("resolves");
    expect!["2024-02-28"].assert_eq(&when.start.to_string());
}

#[test]
fn halves_belong_to_their_unit() {
    check(
        "They left two and a half years ago, half a year before the raid and for a year and a half.",
        expect![[r"
            They left two and a half years ago, half a year before the raid and for a year and a half.
                      ^^^^^^^^^^^^^^^^^^^^^^^^ 2021-09-01..2021-09-30
                                                ^^^^^^^^^^^^^^^^^^ NoPrevious
                                                                                ^^^^^^^^^^^^^^^^^^^^^ 2022-09-14..2024-03-14
        "]],
    );
}
