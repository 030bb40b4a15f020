//! Tellings in, the account out, in words.

use annals_incidents::{Incident, IncidentId, ReviewState, Rule, account};
use expect_test::{Expect, expect};

use crate::tellings;

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "`expect!` makes a value at each call")]
fn check(text: &str, rule: Rule, expected: Expect) {
    let mut told = tellings::read(text);
    let made = account(&IncidentId("i1".to_owned()), &told, rule, ReviewState::Unreviewed);
    told.reverse();
    assert_eq!(made, account(&IncidentId("i1".to_owned()), &told, rule, ReviewState::Unreviewed), "the order matters");
    expected.assert_eq(&in_words(&made));
}

fn in_words(it: &Incident) -> String {
    let disputed = if it.disputed { ", disputed" } else { "" };
    let mut text = format!("{}\n{} independent{disputed}\n", it.title, it.n_independent);
    for figure in &it.figures {
        let number = |it: Option<u64>| it.map_or("?".to_owned(), |it| it.to_string());
        let [low, best, high] = [figure.low, figure.best, figure.high].map(number);
        text += &format!("{} {}: {low} / {best} / {high} ({} claims)\n", figure.what, figure.side, figure.claims.len());
        for step in &figure.trace {
            text += &format!("  {step}\n");
        }
    }
    text
}

const TAKOLA: &str = "
    r1 Arda_News 2024-03-10 | armed_clash 2024-03-09 Takola@15.7,0.1 | isgs=Islamic State:armed_group > jnim=JNIM:armed_group | killed target 30 thirty
    r2 Belo_Post 2024-03-11 | armed_clash 2024-03-09 Takola@15.7,0.1 | jnim=JNIM:armed_group > isgs=Islamic State:armed_group | killed agent 33 33 fighters
    r3 Cera_Radio 2024-03-12 | armed_clash 2024-03-09 Takola@15.7,0.1 | gunmen:unidentified > jnim=JNIM:armed_group | killed unknown 30+ at least 30
";

#[test]
fn sides_named_the_other_way_round_are_set_right() {
    check(
        TAKOLA,
        Rule::Ucdp,
        expect![[r#"
        Clash between Islamic State and JNIM, Takola, 9 March 2024
        3 independent
        killed target: 30 / 30 / 33 (3 claims)
          3 independent sources say: 30 (Arda News), 33 (Belo Post), at least 30 (Cera Radio)
          best 30: told by most (2)
          low 30, high 33: the least and the greatest told
    "#]],
    );
}

#[test]
fn the_careful_rule_takes_the_least() {
    check(
        TAKOLA,
        Rule::AcledConservative,
        expect![[r#"
        Clash between Islamic State and JNIM, Takola, 9 March 2024
        3 independent
        killed target: 30 / 30 / 33 (3 claims)
          3 independent sources say: 30 (Arda News), 33 (Belo Post), at least 30 (Cera Radio)
          best 30: the least number told
          low 30, high 33: the least and the greatest told
    "#]],
    );
}

#[test]
fn the_middle_rule_takes_the_middle() {
    check(
        TAKOLA,
        Rule::Median,
        expect![[r#"
        Clash between Islamic State and JNIM, Takola, 9 March 2024
        3 independent
        killed target: 30 / 30 / 33 (3 claims)
          3 independent sources say: 30 (Arda News), 33 (Belo Post), at least 30 (Cera Radio)
          best 30: the middle of 3 numbers
          low 30, high 33: the least and the greatest told
    "#]],
    );
}

#[test]
fn who_leans_on_one_source_counts_once() {
    check(
        "
        r1 Arda_News 2024-03-10 | air_strike 2024-03-09 Takola@15.7,0.1 | - | killed civilian 12 12 people | Dune Monitor
        r2 Belo_Post 2024-03-10 | air_strike 2024-03-09 Takola@15.7,0.1 | - | killed civilian 12 twelve | Arda News
        r3 Cera_Radio 2024-03-11 | air_strike 2024-03-09 Takola@15.7,0.1 | - | killed civilian 15 15 dead | Dune Monitor
        r4 Dile_Times 2024-03-11 | air_strike 2024-03-09 Takola@15.7,0.1 | - | killed civilian 9 nine | local sources
        ",
        Rule::Median,
        expect![[r#"
            Air strike, Takola, 9 March 2024
            2 independent
            killed civilian: 9 / 9 / 15 (4 claims)
              3 figures go back to one source (Arda News, Belo Post, Cera Radio): the last counts, Cera Radio of 2024-03-11
              2 independent sources say: 15 (Cera Radio), 9 (Dile Times)
              best 9: the middle of 2 numbers
              low 9, high 15: the least and the greatest told
        "#]],
    );
}

#[test]
fn a_telling_keeps_its_own_conflicting_figures_and_its_parts() {
    check(
        "r1 Arda_News 2024-03-10 | bombing 2024-03-09 Takola@15.7,0.1 | - | killed civilian 22 22 by the army; killed civilian 30+ at least 30 by residents; part killed civilian 6 six women",
        Rule::Ucdp,
        expect![[r#"
            Bombing, Takola, 9 March 2024
            1 independent
            killed civilian: 22 / 22 / ? (3 claims)
              2 independent sources say: at least 30 (residents), 22 (the army)
              best 22: as many tell another number; this one was told last, or is the lower of one day
              low 22, no high: the greatest number told, 30, is itself a least one
        "#]],
    );
}

#[test]
fn a_total_is_not_counted_beside_its_sides() {
    check(
        "
        r1 Arda_News 2024-03-10 | armed_clash 2024-03-09 Takola@15.7,0.1 | isgs=Islamic State:armed_group > mli-military=Malian army:state_force | killed agent 4 four; killed target 5 five
        r2 Belo_Post 2024-03-10 | armed_clash 2024-03-09 Takola@15.7,0.1 | isgs=Islamic State:armed_group > mli-military=Malian army:state_force | killed unknown 11 eleven dead
        ",
        Rule::Ucdp,
        expect![[r#"
            Clash between Islamic State and Malian army, Takola, 9 March 2024
            2 independent
            killed agent: 4 / 4 / 4 (1 claims)
              1 independent source says: 4 (Arda News)
              best 4: all numbers told agree
              low 4, high 4: the least and the greatest told
            killed target: 5 / 5 / 5 (1 claims)
              1 independent source says: 5 (Arda News)
              best 5: all numbers told agree
              low 5, high 5: the least and the greatest told
            killed unknown: 2 / 2 / 2 (1 claims)
              1 independent source says: 11 (Belo Post)
              best 11: all numbers told agree
              low 11, high 11: the least and the greatest told
              a total over all sides: 9 of it are counted on their sides, the rest stays here
        "#]],
    );
}

#[test]
fn responsibility_that_is_disputed_stays_so() {
    check(
        "
        r1 Arda_News 2024-03-10 | shelling 2024-03-09 Takola@15.7,0.1 | mli-military=Malian army:state_force > residents:civilians | - | accuses:rebels
        r2 Belo_Post 2024-03-10 | shelling 2024-03-09 Takola@15.7,0.1 | jnim=JNIM:armed_group > residents:civilians | - | accuses:the army
        ",
        Rule::Ucdp,
        expect![[r#"
            Shelling said to be by JNIM and Malian army of residents, Takola, 9 March 2024
            2 independent, disputed
        "#]],
    );
}

#[test]
fn what_is_not_told_is_not_zero() {
    check(
        "r1 Arda_News 2024-03-10 | bombing - Takola@15.7,0.1 | - | killed unknown ? many",
        Rule::Median,
        expect![[r#"
            Bombing, Takola
            1 independent
            killed unknown: ? / ? / ? (1 claims)
              1 independent source says: no number (Arda News)
              no number is told, which is not zero
        "#]],
    );
}

#[test]
fn vague_words_are_read_as_the_rule_reads_them() {
    let told =
        "r1 Arda_News 2024-03-10 | bombing 2024-03-09 Takola@15.7,0.1 | - | killed civilian 24+ dozens of people";
    check(
        told,
        Rule::Ucdp,
        expect![[r#"
        Bombing, Takola, 9 March 2024
        1 independent
        killed civilian: 24 / 24 / ? (1 claims)
          1 independent source says: at least 24 (Arda News)
          best 24: all numbers told agree
          low 24, no high: the greatest number told, 24, is itself a least one
    "#]],
    );
    check(
        told,
        Rule::AcledConservative,
        expect![[r#"
        Bombing, Takola, 9 March 2024
        1 independent
        killed civilian: 12 / 12 / ? (1 claims)
          1 independent source says: at least 12 (Arda News)
          best 12: the least number told
          low 12, no high: the greatest number told, 12, is itself a least one
    "#]],
    );
}
