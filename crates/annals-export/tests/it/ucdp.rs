use annals_export::{Format, Options};
use annals_incidents::Incident;
use expect_test::{Expect, expect};
use proptest::prelude::*;

use crate::fixture::{BATTLE, export, export_with, incident, on_end};

#[track_caller]
fn check(told: &str, expect: &Expect) {
    expect.assert_eq(&on_end(&export(&[incident(told)], Format::Ucdp)));
}

#[test]
fn the_government_comes_first_and_its_dead_are_side_a() {
    check(
        BATTLE,
        &expect![[r#"
            id: 974004683829679
            relid: MLI-2024-1-974004683829679
            year: 2024
            code_status: Clear
            type_of_violence: 1
            conflict_name: Government of Mali - JNIM
            dyad_name: Government of Mali - JNIM
            side_a: Government of Mali
            side_b_dset_id: 6716
            side_b_new_id: 6716
            side_b: JNIM
            number_of_sources: 2
            source_article: "Arda News,2024-03-10,Dozens killed near Ansongo";"Reuters,2024-03-11,Army says 12 killed"
            source_office: Arda News;Reuters
            source_date: 2024-03-10;2024-03-11
            source_headline: Dozens killed near Ansongo;Army says 12 killed
            source_original: witnesses
            where_prec: 2
            where_coordinates: Ansongo
            adm_1: Gao
            adm_2: Ansongo
            latitude: 15.66
            longitude: 0.5
            geom_wkt: POINT (0.5 15.66)
            priogrid_gid: 152282
            country: Mali
            country_id: 432
            region: Africa
            event_clarity: 1
            date_prec: 1
            date_start: 2024-03-09
            date_end: 2024-03-09
            deaths_a: 9
            deaths_b: 0
            deaths_civilians: 3
            deaths_unknown: 0
            best: 12
            high: 20
            low: 12
            gwnoa: 432
        "#]],
    );
}

#[test]
fn civilians_are_side_b_of_one_sided_violence() {
    check(
        "
        type targeted_violence
        agent armed_group jnim JNIM
        target civilians mli-civilians villagers
        killed target 4..6
        killed agent 1
        place Arda exact 15 0
        where MLI/Gao
        date 2024-03-01 2024-03-31 month
        report Arda News 2024-03-10 Villagers killed
        ",
        &expect![[r#"
            id: 974004683829679
            relid: MLI-2024-3-974004683829679
            year: 2024
            code_status: Clear
            type_of_violence: 3
            conflict_dset_id: 6716
            conflict_new_id: 13968
            conflict_name: JNIM - Civilians
            dyad_dset_id: 6716
            dyad_new_id: 15136
            dyad_name: JNIM - Civilians
            side_a_dset_id: 6716
            side_a_new_id: 6716
            side_a: JNIM
            side_b_dset_id: 9999
            side_b_new_id: 1
            side_b: Civilians
            number_of_sources: 1
            source_article: "Arda News,2024-03-10,Villagers killed"
            source_office: Arda News
            source_date: 2024-03-10
            source_headline: Villagers killed
            source_original: witnesses
            where_prec: 1
            where_coordinates: Arda
            adm_1: Gao
            latitude: 15
            longitude: 0
            geom_wkt: POINT (0 15)
            priogrid_gid: 151561
            country: Mali
            country_id: 432
            region: Africa
            event_clarity: 1
            date_prec: 4
            date_start: 2024-03-01
            date_end: 2024-03-31
            deaths_a: 0
            deaths_b: 0
            deaths_civilians: 4
            deaths_unknown: 1
            best: 5
            high: 7
            low: 5
        "#]],
    );
}

/// Numbers, names and sides of a row, and what of it is lost.
#[track_caller]
fn check_dyad(told: &str, expect: &Expect) {
    let told = incident(&format!("{told}\n date 2024-03-09\n killed target 2"));
    let (table, loss) = export_with(&[told], Format::Ucdp, Options::default());
    let wanted = ["conflict", "dyad", "side", "deaths", "gw"];
    let told: Vec<String> = on_end(&table)
        .lines()
        .filter(|line| wanted.iter().any(|it| line.starts_with(it)) && !line.ends_with(" 0"))
        .map(str::to_owned)
        .collect();
    let lost = if loss.to_string().contains("ids of conflict and dyad") { "\nids are lost" } else { "" };
    expect.assert_eq(&(told.join("\n") + lost));
}

#[test]
fn conflicts_and_dyads_have_ucdps_own_numbers_where_its_table_has_the_sides() {
    check_dyad(
        "
        type armed_clash
        where BFA/Sahel
        agent armed_group jnim JNIM
        target state_force bfa-military Burkinabe army
        ",
        &expect![[r#"
            conflict_dset_id: 360
            conflict_new_id: 360
            conflict_name: Burkina Faso: Government
            dyad_dset_id: 15175
            dyad_new_id: 15175
            dyad_name: Government of Burkina Faso - JNIM
            side_a_dset_id: 78
            side_a_new_id: 78
            side_a: Government of Burkina Faso
            side_b_dset_id: 6716
            side_b_new_id: 6716
            side_b: JNIM
            deaths_a: 2
            gwnoa: 439"#]],
    );
    // Groups stand in UCDP's order, their dead with them.
    check_dyad(
        "
        type armed_clash
        where MLI/Gao
        agent armed_group jnim JNIM
        target armed_group is-sahel Islamic State
        ",
        &expect![[r#"
            conflict_dset_id: 16207
            conflict_new_id: 14864
            conflict_name: IS - JNIM
            dyad_dset_id: 16207
            dyad_new_id: 16207
            dyad_name: IS - JNIM
            side_a_dset_id: 234
            side_a_new_id: 234
            side_a: IS
            side_b_dset_id: 6716
            side_b_new_id: 6716
            side_b: JNIM
            deaths_a: 2"#]],
    );
    check_dyad(
        "
        type armed_clash
        where MLI/Gao
        agent armed_group is-sahel Islamic State
        target state_force mli-military Malian army
        ",
        &expect![[r#"
            conflict_name: Mali: Islamic State
            dyad_name: Government of Mali - IS
            side_a: Government of Mali
            side_b_dset_id: 234
            side_b_new_id: 234
            side_b: IS
            deaths_a: 2
            gwnoa: 432
            ids are lost"#]],
    );
}

#[test]
fn without_a_death_there_is_no_row_unless_asked_for() {
    let clash = incident("type armed_clash\n agent armed_group jnim JNIM\n date 2024-03-09");
    let (table, loss) = export_with(std::slice::from_ref(&clash), Format::Ucdp, Options::default());
    assert_eq!(table.lines().count(), 1);
    expect![[r#"
        ucdp: 1 incidents, 0 rows
               1  left out: nobody is told to have died
    "#]]
    .assert_eq(&loss.to_string());
    let all = Options { deathless: true, ..Options::default() };
    assert_eq!(export_with(&[clash], Format::Ucdp, all).0.lines().count(), 2);
}

fn any_incident() -> impl Strategy<Value = Incident> {
    let kinds = prop::sample::select(vec![
        "armed_group jnim JNIM",
        "armed_group is-sahel Islamic State",
        "state_force mli-military Malian army",
        "foreign_force fra-military French army",
        "civilians mli-civilians villagers",
        "unidentified - gunmen",
        "facility - a market",
        "- - somebody",
    ]);
    let sides = prop::collection::vec((prop::bool::ANY, kinds), 0..4);
    let numbers = (prop::option::of(0..200_u64), prop::option::of(0..200_u64));
    let side = prop::sample::select(vec!["agent", "target", "civilian", "unknown"]);
    let figures = prop::collection::vec((side, numbers, prop::bool::ANY), 1..5);
    let types = prop::sample::select(annals_record::EventType::ALL.to_vec());
    let point = (-89.9..89.9_f64, -179.9..179.9_f64);
    (types, sides, figures, point).prop_map(|(event_type, sides, figures, (lat, lon))| {
        let mut told = format!("type {event_type}\n date 2024-03-09\n where MLI/Gao\n place Arda exact {lat} {lon}\n");
        for (acts, party) in sides {
            told += &format!("{} {party}\n", if acts { "agent" } else { "target" });
        }
        for (side, (low, more), part) in figures {
            let high = low.unwrap_or(0).checked_add(more.unwrap_or(0)).filter(|_| more.is_some());
            let number = |it: Option<u64>| it.map(|it| it.to_string()).unwrap_or_default();
            told += &format!("killed {side} {}..{}{}\n", number(low), number(high), if part { " part" } else { "" });
        }
        incident(&told)
    })
}

proptest! {
    #[test]
    fn invariants_of_the_codebook_hold_in_every_row(incident in any_incident()) {
        let options = Options { deathless: true, ..Options::default() };
        let (table, _) = export_with(&[incident], Format::Ucdp, options);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let columns = reader.headers().expect("a header").clone();
        for row in reader.records() {
            let row = row.expect("it reads");
            let cell = |name: &str| &row[columns.iter().position(|it| it == name).expect("the column is there")];
            let number = |name: &str| cell(name).parse::<u64>().expect("a number");
            let four = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"].map(number);
            prop_assert_eq!(number("best"), four.iter().sum::<u64>());
            prop_assert!(number("low") <= number("best") && number("best") <= number("high"));
            if cell("type_of_violence") == "3" {
                prop_assert_eq!((four[0], four[1], cell("side_b")), (0, 0, "Civilians"));
            }
            if cell("type_of_violence") == "1" {
                prop_assert!(cell("side_a").starts_with("Government of "));
            }
            let degrees = |name: &str| cell(name).parse::<f64>().expect("degrees");
            let (lat, lon) = (degrees("latitude"), degrees("longitude"));
            let gid = ((lat + 90.0) * 2.0).floor() * 720.0 + ((lon + 180.0) * 2.0).floor() + 1.0;
            prop_assert_eq!(cell("priogrid_gid"), gid.to_string());
        }
    }
}
