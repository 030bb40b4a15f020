//! What the loader refuses, and how it says so.

use annals_actors::{PackFile, Registry};
use expect_test::{Expect, expect};

#[track_caller]
fn check(pack: &str, expected: Expect) {
    let pack = PackFile { name: "mine.toml".to_owned(), text: pack.to_owned() };
    let said = match Registry::with_overlays(&[pack]) {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&said);
}

#[test]
fn overlapping_tenures_of_one_post() {
    check(
        r#"
        [[actor]]
        id = "arda-front"
        name = "Arda Front"
        kind = "armed_group"
        active = ["MLI 2010-"]
        leaders = [
          { name = "First Man", from = "2010", until = "2015" },
          { name = "Second Man", from = "2012" },
        ]
        "#,
        expect![[r#"
            the actor registry contradicts itself in 1 place:
              mine.toml: arda-front: the tenures of First Man (2010 to 2015) and Second Man (since 2012) as leader overlap; mark them `shared = true` if both held the post"#]],
    );
}

#[test]
fn tenures_that_meet_in_one_year_are_no_contradiction() {
    check(
        r#"
        [[actor]]
        id = "arda-front"
        name = "Arda Front"
        kind = "armed_group"
        active = ["MLI 2010-"]
        leaders = [
          { name = "First Man", from = "2010", until = "2012" },
          { name = "Second Man", from = "2012-06" },
        ]
        "#,
        expect!["accepted"],
    );
}

#[test]
fn parents_in_a_circle_and_unknown_parents() {
    check(
        r#"
        [[actor]]
        id = "arda-front"
        name = "Arda Front"
        kind = "armed_group"
        active = ["MLI 2010-"]
        links = [{ to = "arda-wing", as = "part_of" }, { to = "nobody", as = "part_of" }]

        [[actor]]
        id = "arda-wing"
        name = "Arda Wing"
        kind = "armed_group"
        active = ["MLI 2010-"]
        links = [{ to = "arda-front", as = "part_of" }]
        "#,
        expect![[r#"
            the actor registry contradicts itself in 3 places:
              mine.toml: arda-front: the link "part of" "nobody" is to no actor
              mine.toml: arda-front: it comes back to itself: part of arda-wing
              mine.toml: arda-wing: it comes back to itself: part of arda-front"#]],
    );
}

#[test]
fn an_alias_that_means_two_actors_at_once() {
    let two = |rule: &str| {
        format!(
            r#"
            [[actor]]
            id = "arda-front"
            name = "Arda Front"
            kind = "armed_group"
            active = ["MLI 2010-"]
            aliases = ["AFX"]

            [[actor]]
            id = "arda-federation"
            name = "Arda Federation"
            kind = "armed_group"
            active = ["MLI 2015-", "NER"]
            aliases = [{{ name = "A.F.X."{rule} }}]
            "#
        )
    };
    check(
        &two(""),
        expect![[r#"
            the actor registry contradicts itself in 1 place:
              mine.toml: arda-federation: "A.F.X." means also arda-front in MLI at the same time; give one of them `second`, `needs`, `generic`, `in` or dates"#]],
    );
    check(&two(", second = true"), expect!["accepted"]);
    check(&two(", in = [\"NER\"]"), expect!["accepted"]);
}

#[test]
fn ends_before_beginnings() {
    check(
        r#"
        [[actor]]
        id = "Arda front"
        name = "Arda Front"
        kind = "armed_group"
        since = "2012"
        until = "2011"
        active = ["XXX 2010-"]
        leaders = [{ name = "First Man", from = "2010" }]
        plover = "ARM"
        "#,
        expect![[r#"
            the actor registry contradicts itself in 6 places:
              mine.toml: Arda front: an id holds only a-z, 0-9 and '-'
              mine.toml: Arda front: it ended before it was founded
              mine.toml: Arda front: it is active in XXX, which is no country of states.toml
              mine.toml: Arda front: it is active in XXX (since 2010) outside its own life (2012 to 2011)
              mine.toml: Arda front: "ARM" is no PLOVER sector (GOV, MIL, COP, JUD, LEG, SPY, OPP, PTY, REB, PAR, UAF, CVL, CRM, BUS, MNC, IGO, NGO, JRN, MED, LAB, REL, ETH, REF, EDU, HRI, PRO)
              mine.toml: Arda front: First Man leads it since 2010, before its founding in 2012"#]],
    );
}

#[test]
fn a_file_of_another_form_says_where() {
    check(
        "[[actor]]\nid = \"arda-front\"\nname = \"Arda Front\"\nkind = \"army\"\n",
        expect![[r#"
            cannot read the actor registry file mine.toml: TOML parse error at line 4, column 8
              |
            4 | kind = "army"
              |        ^^^^^^
            unknown variant `army`, expected one of `state_force`, `government`, `armed_group`, `militia`, `foreign_force`, `international_org`, `civilians`, `individual`, `facility`, `unidentified`, `other`
        "#]],
    );
}
