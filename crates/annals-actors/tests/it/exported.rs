//! Names as other data sets write them.

use std::fmt::Write as _;

use annals_actors::{Registry, Role};
use expect_test::{Expect, expect};

use crate::registry;

#[track_caller]
fn check(ids: &[&str], date: &str, expected: Expect) {
    let registry: &Registry = registry();
    let date = Some(date.parse().unwrap());
    let mut said = String::new();
    for id in ids {
        let entry = registry.get(id).unwrap();
        let (acled, plover) = (registry.acled_name(entry, date), registry.plover_code(entry));
        let ucdp = registry.ucdp_name(entry, date).unwrap_or_default();
        writeln!(said, "{acled} | {ucdp} | {plover}").unwrap();
    }
    expected.assert_eq(&said);
}

#[test]
fn states_carry_the_years_of_their_governments() {
    check(
        &["mli-military", "mli-police", "mli-government"],
        "2024-03-14",
        expect![[r#"
        Military Forces of Mali (2021-) | Government of Mali | MLIMIL
        Police Forces of Mali (2021-) | Government of Mali | MLICOP
        Government of Mali (2021-) | Government of Mali | MLIGOV
    "#]],
    );
    check(
        &["mli-military", "mli-gendarmerie", "syr-air-force"],
        "2011-03-14",
        expect![[r#"
        Military Forces of Mali (2002-2012) | Government of Mali | MLIMIL
        Police Forces of Mali (2002-2012) Gendarmerie | Government of Mali | MLICOP
        Military Forces of Syria (2000-2024) Air Force | Government of Syria | SYRMIL
    "#]],
    );
}

#[test]
fn peoples_and_groups() {
    check(
        &["mli-civilians", "mli-unidentified", "mli-protesters", "jnim"],
        "2024-03-14",
        expect![[r#"
        Civilians (Mali) | Civilians | MLICVL
        Unidentified Armed Group (Mali) |  | MLIUAF
        Protesters (Mali) | Civilians | MLICVL
        JNIM: Group for Support of Islam and Muslims | JNIM | MLIREB
    "#]],
    );
}

#[test]
fn every_state_has_its_parts() {
    let registry = registry();
    for state in registry.states() {
        for role in [Role::Government, Role::Civilians, Role::Unidentified] {
            assert!(registry.of_state(&state.iso3, role).is_some(), "{} {role:?}", state.name);
        }
    }
    assert!(registry.states().len() >= 198);
}
