//! Whole reports: the naming in brackets, then who it is. All reports are invented.

use std::fmt::Write as _;

use annals_actors::{Mention, Part};
use expect_test::{Expect, expect};

use crate::registry;

/// `report` marks its namings with `[` and `]`; every line is a sentence.
#[track_caller]
fn check(country: &str, date: &str, report: &str, expected: Expect) {
    let (mut text, mut ranges, mut open, mut sentence) = (String::new(), Vec::new(), Vec::new(), 0);
    for c in report.trim().chars() {
        match c {
            '[' => open.push(text.len()),
            ']' => ranges.push((open.pop().unwrap()..text.len(), sentence)),
            '\n' => {
                sentence += 1;
                text.push('\n');
            }
            _ => text.push(c),
        }
    }
    let date = Some(date.parse().unwrap());
    let mentions: Vec<_> = ranges
        .into_iter()
        .map(|(range, sentence)| Mention {
            range,
            sentence,
            country: Some(country),
            date,
            part: Part::Unknown,
            act: None,
        })
        .collect();
    let mut said = String::new();
    for (mention, answer) in mentions.iter().zip(registry().resolve_report(&text, &mentions)) {
        let who = match answer.resolution.best() {
            Some(best) => best.id.clone(),
            None => format!("? ({})", answer.resolution.unresolved.unwrap_or_default()),
        };
        let of = answer.antecedent.map_or(String::new(), |it| format!(" = {:?}", &text[mentions[it].range.clone()]));
        writeln!(said, "{}: {who}{of}", &text[mention.range.clone()]).unwrap();
    }
    expected.assert_eq(&said);
}

#[test]
fn the_group_and_its_fighters() {
    check(
        "MLI",
        "2024-03-14",
        "[JNIM] attacked a post near Arda on Monday, killing six [soldiers].\n\
         The [group] said its [fighters] seized weapons.\n\
         [They] withdrew before the [army] sent helicopters.",
        expect![[r#"
            JNIM: jnim
            soldiers: mli-military
            group: jnim = "JNIM"
            fighters: jnim = "JNIM"
            They: jnim = "JNIM"
            army: mli-military
        "#]],
    );
}

#[test]
fn acronyms_that_the_report_explains() {
    check(
        "MLI",
        "2024-03-14",
        "The [Group for the Support of Islam and Muslims] (GSIM) fought the [Arda People's Front] (APF) in Arda.\n\
         [GSIM] lost the village to the [APF].\n\
         The [Front] holds it.",
        expect![[r#"
            Group for the Support of Islam and Muslims: jnim
            Arda People's Front: ? (the registry knows no such name)
            GSIM: jnim
            APF: ? (the registry knows no such name)
            Front: ? (the registry knows no such name) = "Arda People's Front"
        "#]],
    );
}

#[test]
fn appositions_and_short_forms() {
    check(
        "MLI",
        "2024-03-14",
        "[Katiba Macina], an [affiliate of al-Qaeda], raided Arda.\n\
         [Macina] denied it.\n\
         The [militants] burned houses; [gunmen] on motorbikes fled.",
        expect![[r#"
            Katiba Macina: katiba-macina
            affiliate of al-Qaeda: katiba-macina = "Katiba Macina"
            Macina: katiba-macina = "Katiba Macina"
            militants: katiba-macina = "Katiba Macina"
            gunmen: mli-unidentified
        "#]],
    );
}
