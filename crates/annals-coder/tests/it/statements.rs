//! What is made of a statement, whoever read it.

use annals_reader::{ReadStatement, Reading};
use annals_record::StatementKind;
use expect_test::{Expect, expect};

use crate::{CODER, report, shown};

/// Codes a report of statements, a line each, which marks its subject and then its object with `[` and `]`.
#[track_caller]
fn check_all(told: &[(StatementKind, &str, f32)], expect: &Expect) {
    let plain = |marked: &str| marked.replace(['[', ']'], "");
    let lines: Vec<String> = told.iter().map(|it| plain(it.1)).collect();
    let document = report("", &lines.join("\n"), Some("2024-03-14"));
    let statement = |&(kind, marked, score): &(StatementKind, &str, f32)| {
        let line = plain(marked);
        let start = document.text.find(&line).unwrap_or_default();
        let parts: Vec<&str> = marked.split(['[', ']']).collect();
        let range = |words: &str| {
            let at = start + line.find(words).unwrap_or_default();
            at..at + words.len()
        };
        let (subject, object) = (range(parts[1]), parts.get(3).map(|it| range(it)));
        ReadStatement { kind, range: start..start + line.len(), subject, object, sources: Vec::new(), score }
    };
    let reading = Reading { statements: told.iter().map(statement).collect(), ..Reading::default() };
    expect.assert_eq(&shown(&CODER.coded(&document, &reading, CODER.thresholds())));
}

#[track_caller]
fn check(kind: StatementKind, body: &str, expect: &Expect) {
    check_all(&[(kind, body, 1.0)], expect);
}

#[test]
fn what_is_told_twice_is_one_statement() {
    check_all(
        &[
            (StatementKind::Control, "[Boko Haram] controls the [town of Marte] in Nigeria.", 0.6),
            (StatementKind::Control, "The [Boko Haram group] has held [Marte] for years.", 0.9),
            (StatementKind::Presence, "[Boko Haram] is still in [Marte], they say.", 0.7),
            (StatementKind::Presence, "[Boko Haram] is also seen in [Abuja].", 0.7),
        ],
        &expect![[r#"
            control: Boko Haram group > Marte (town, geonames:2330719)
            presence: Boko Haram > Abuja (capital, geonames:2352778)
        "#]],
    );
}

#[test]
fn each_toll_and_each_aim_stands_for_itself() {
    check_all(
        &[
            (StatementKind::Toll, "The war has killed 40 [people] in [Nigeria] since May.", 0.9),
            (StatementKind::Toll, "It had killed 30 [people] in [Nigeria] by March.", 0.8),
            (StatementKind::Objective, "[Boko Haram] wants a state.", 0.9),
            (StatementKind::Objective, "[Boko Haram] wants an emir.", 0.9),
        ],
        &expect![[r#"
            toll: people > Nigeria (country, geonames:2328926)
            toll: people > Nigeria (country, geonames:2328926)
            objective: Boko Haram > 
            objective: Boko Haram > 
        "#]],
    );
}

#[test]
fn a_place_that_is_held_or_contested_is_found() {
    check(
        StatementKind::Control,
        "[Boko Haram] controls the [town of Marte] in Nigeria.",
        &expect![[r#"
            control: Boko Haram > town of Marte (town, geonames:2330719)
        "#]],
    );
    check(
        StatementKind::Contested,
        "[Marte] in Nigeria is fought over.",
        &expect![[r#"
            contested: Marte (town, geonames:2330719) > 
        "#]],
    );
}

#[test]
fn what_the_registry_does_not_hold_is_noted() {
    check(
        StatementKind::Leads,
        "[Moussa Ag Arda] leads [JNIM] in Mali.",
        &expect![[r#"
            leads: Moussa Ag Arda > JNIM
            A001 Moussa Ag Arda is told to lead JNIM; the registry knows Iyad Ag Ghali, Amadou Koufa
        "#]],
    );
    check(
        StatementKind::Leads,
        "[Iyad Ag Ghali] leads [JNIM] in Mali.",
        &expect![[r#"
            leads: Iyad Ag Ghali > JNIM
        "#]],
    );
    check(
        StatementKind::Allegiance,
        "[Ansarul Islam] is loyal to [Wagner Group] in Mali.",
        &expect![[r#"
            allegiance: Ansarul Islam > Wagner Group
            A002 Ansaroul Islam is told to be loyal to Wagner Group, which the registry does not hold
        "#]],
    );
}
