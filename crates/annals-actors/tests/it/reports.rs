//! Whole reports: the naming in brackets, then who it is. All reports are invented.

use std::fmt::Write as _;

use annals_actors::{Mention, Part};
use expect_test::{Expect, expect};

use crate::registry;

/// `report` marks its namings with `[` and `]`, followed where it matters by `{a0}` for an agent of event 0, `{t0}` for a target;
/// every line is a sentence.
#[track_caller]
fn check(country: &str, date: &str, report: &str, expected: Expect) {
    let (mut text, mut mentions, mut open, mut sentence) = (String::new(), Vec::new(), Vec::new(), 0);
    let date = Some(date.parse().unwrap());
    let mut chars = report.trim().chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => open.push(text.len()),
            ']' => mentions.push(Mention {
                range: open.pop().unwrap()..text.len(),
                sentence,
                country: Some(country),
                date,
                event: None,
                part: Part::Unknown,
                act: None,
            }),
            '{' => {
                let last: &mut Mention<'_> = mentions.last_mut().unwrap();
                last.part = if chars.next() == Some('a') { Part::Agent } else { Part::Target };
                last.event = chars.by_ref().take_while(|it| *it != '}').collect::<String>().parse().ok();
            }
            '\n' => {
                sentence += 1;
                text.push('\n');
            }
            _ => text.push(c),
        }
    }
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
fn an_acronym_explained_by_another_name_is_another_actor() {
    check(
        "MLI",
        "2025-03-14",
        "The [Arda Liberation Front (ALF)] attacked Gao.\n\
         [ALF] fled before the [army].",
        expect![[r#"
            Arda Liberation Front (ALF): ? (the report explains "Arda Liberation Front (ALF)" as "Arda Liberation Front", which the registry does not know)
            ALF: ? (the report explains "Arda Liberation Front (ALF)" as "Arda Liberation Front", which the registry does not know) = "Arda Liberation Front (ALF)"
            army: mli-military
        "#]],
    );
    check(
        "MLI",
        "2025-03-14",
        // Another spelling of the name is no other name.
        "The [Azawad Liberty Front (ALF)] attacked Gao.",
        expect![["Azawad Liberty Front (ALF): fla\n"]],
    );
}

#[test]
fn nobody_attacks_his_own_fighters() {
    check(
        "PSE",
        "2023-11-02",
        "[Hamas fighters]{a0} fired rockets at Ashkelon.\n\
         [Israeli forces]{a1} then killed five of [its members]{t1} in Gaza.",
        expect![[r#"
            Hamas fighters: hamas
            Israeli forces: isr-military
            its members: hamas = "Hamas fighters"
        "#]],
    );
    // The soldiers have a part in two events.
    check(
        "MLI",
        "2024-03-14",
        "[JNIM]{a0} attacked [[soldiers]{t0}]{a1}, who killed some of its [fighters]{t1}.",
        expect![[r#"
            JNIM: jnim
            soldiers: mli-military
            soldiers: mli-military
            fighters: jnim = "JNIM"
        "#]],
    );
}

#[test]
fn brackets_without_end_explain_nothing() {
    let text = format!("{}){}", "(".repeat(1_000_000), "a(a)".repeat(250_000));
    assert!(registry().resolve_report(&text, &[]).is_empty());
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
