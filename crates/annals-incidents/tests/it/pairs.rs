//! Two tellings in, what speaks for and against out.

use annals_incidents::Matcher;
use expect_test::{Expect, expect};

use crate::tellings;

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "`expect!` makes a value at each call")]
fn check(text: &str, expected: Expect) {
    let told = tellings::read(text);
    let matcher = Matcher::embedded();
    let pair = matcher.pair(&told[0], &told[1]);
    assert_eq!(pair, matcher.pair(&told[1], &told[0]), "the order matters");
    let verdict = match (&pair.barred, pair.score) {
        (Some(why), _) => format!("never: {why}"),
        (None, 0.5..) => "likely".to_owned(),
        (None, _) => "unlikely".to_owned(),
    };
    expected.assert_eq(&format!("{verdict}\n{}\n", pair.why));
}

#[test]
fn one_place_one_day_one_attacker() {
    check(
        "
        r1 Arda_News 2024-03-10 | air_strike 2024-03-09 Takola@15.7,0.1 | mli-air-force=Malian air force:state_force > residents:civilians | killed civilian 30 30 at the barracks
        r2 Belo_Post 2024-03-11 | air_strike 2024-03-09 Takola@15.7,0.1 | mli-air-force=Malian air force:state_force > residents:civilians | killed civilian 33 33 in the barracks
        ",
        expect![[r#"
            likely
            same place, same day, same sides, both say 'barrack', 30 and 33 killed
        "#]],
    );
}

#[test]
fn another_place_another_week() {
    check(
        "
        r1 Arda_News 2024-03-10 | air_strike 2024-03-09 Takola@15.7,0.1 | - | -
        r2 Belo_Post 2024-03-21 | air_strike 2024-03-19 Sirba@13.1,1.5 | - | -
        ",
        expect![[r#"
            never: 10 days apart
            316 km apart, 10 days apart, both say 'strike'
        "#]],
    );
}

#[test]
fn opposite_sides() {
    check(
        "
        r1 Arda_News 2024-03-10 | shelling 2024-03-09 Takola@15.7,0.1 | mli-military=Malian army:state_force > jnim=JNIM:armed_group | -
        r2 Belo_Post 2024-03-10 | shelling 2024-03-09 Takola@15.7,0.1 | jnim=JNIM:armed_group > mli-military=Malian army:state_force | -
        ",
        expect![[r#"
            never: each side is named as the attacker of the other
            same place, same day, other sides, both say 'jnim'
        "#]],
    );
}

#[test]
fn one_report() {
    check(
        "
        r1 Arda_News 2024-03-10 | shelling 2024-03-09 Takola@15.7,0.1 | - | -
        r1 Arda_News 2024-03-10 | shelling 2024-03-09 Takola@15.7,0.1 | - | -
        ",
        expect![[r#"
            never: two events of one report
            same place, same day, both say 'shelling'
        "#]],
    );
}
