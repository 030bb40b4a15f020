use annals_export::{Format, Options};
use expect_test::{Expect, expect};

use crate::fixture::{BATTLE, export, export_with, incident, on_end};

#[track_caller]
fn check(told: &str, expect: &Expect) {
    expect.assert_eq(&on_end(&export(&[incident(told)], Format::Acled)));
}

#[test]
fn a_battle() {
    check(
        BATTLE,
        &expect![[r#"
        event_id_cnty: MLI974004683829679
        event_date: 2024-03-09
        year: 2024
        time_precision: 1
        disorder_type: Political violence
        event_type: Battles
        sub_event_type: Armed clash
        actor1: JNIM: Group for Support of Islam and Muslims
        inter1: Rebel group
        actor2: Military Forces of Mali (2021-)
        inter2: State forces
        interaction: State forces-Rebel group
        iso: 466
        region: Western Africa
        country: Mali
        admin1: Gao
        admin2: Ansongo
        location: Ansongo
        latitude: 15.66
        longitude: 0.5
        geo_precision: 2
        source: Arda News; Reuters
        source_scale: Other-International
        notes: On 9 March 2024, JNIM clashed with Malian army near Ansongo (Gao, Mali). Reported: 12 to 20 killed, 5 injured.
        fatalities: 12
        timestamp: 1710115200
    "#]],
    );
}

#[test]
fn a_battle_of_two_days_is_two_rows_with_the_dead_split() {
    let told = format!("{BATTLE}\n date 2024-03-09 2024-03-11 days");
    let table = export(&[incident(&told)], Format::Acled);
    let lines: Vec<&str> = table.lines().skip(1).collect();
    assert_eq!(lines.len(), 3);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|it| it.expect("rows read"))
        .map(|it| [0, 1, 3, 28].map(|at| it[at].to_owned()).to_vec())
        .collect();
    expect![[r#"
        MLI974004683829679 2024-03-09 1 4
        MLI44836619401711 2024-03-10 1 4
        MLI45936131029922 2024-03-11 1 4"#]]
    .assert_eq(&rows.iter().map(|it| it.join(" ")).collect::<Vec<_>>().join("\n"));
}

#[test]
fn nobody_is_named_where_responsibility_is_disputed_and_unknown_dead_are_no_zero_in_the_notes() {
    check(
        "
        type bombing
        disputed
        agent armed_group jnim JNIM
        agent state_force mli-military Malian army
        target civilians mli-civilians villagers
        place Arda exact 15 0
        where MLI/Gao
        date 2024-03-01 2024-03-31 month
        report Arda News 2024-03-10 A blast
        ",
        &expect![[r#"
            event_id_cnty: MLI974004683829679
            event_date: 2024-03-16
            year: 2024
            time_precision: 3
            disorder_type: Political violence
            event_type: Explosions/Remote violence
            sub_event_type: Remote explosive/landmine/IED
            actor1: Unidentified Armed Group (Mali)
            inter1: Political militia
            actor2: Civilians (Mali)
            inter2: Civilians
            interaction: Political militia-Civilians
            civilian_targeting: Civilian targeting
            iso: 466
            region: Western Africa
            country: Mali
            admin1: Gao
            location: Arda
            latitude: 15
            longitude: 0
            geo_precision: 1
            source: Arda News
            source_scale: Other
            notes: Around 16 March 2024 (month of), an unidentified armed group (responsibility is disputed; accused: JNIM and Malian army) set off an explosive device against villagers in Arda (Gao, Mali). Fatalities unknown.
            fatalities: 0
            tags: fatalities=unknown
            timestamp: 1710115200
        "#]],
    );
}

#[test]
fn officials_are_civilians_with_their_office_beside() {
    check(
        "
        type targeted_violence
        agent unidentified - gunmen
        target government mli-government Malian government
        killed target 1
        place Arda exact 15 0
        where MLI/Gao
        report Arda News 2024-03-10 A mayor is shot
        ",
        &expect![[r#"
            event_id_cnty: MLI974004683829679
            event_date: 2024-03-10
            year: 2024
            time_precision: 2
            disorder_type: Political violence
            event_type: Violence against civilians
            sub_event_type: Attack
            actor1: Unidentified Armed Group (Mali)
            inter1: Political militia
            actor2: Civilians (Mali)
            assoc_actor_2: Government of Mali (2021-)
            inter2: Civilians
            interaction: Political militia-Civilians
            civilian_targeting: Civilian targeting
            iso: 466
            region: Western Africa
            country: Mali
            admin1: Gao
            location: Arda
            latitude: 15
            longitude: 0
            geo_precision: 1
            source: Arda News
            source_scale: Other
            notes: Around 10 March 2024 (as reported), gunmen attacked Malian government in Arda (Gao, Mali). Reported: 1 killed.
            fatalities: 1
            timestamp: 1710115200
        "#]],
    );
}

#[test]
fn actor_types_can_be_numbers_and_the_loss_is_counted() {
    let options = Options { numeric_codes: true, ..Options::default() };
    let planned = incident("type air_strike\n realis planned\n date 2024-03-09");
    let (table, loss) = export_with(&[incident(BATTLE), planned], Format::Acled, options);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let row = reader.records().next().expect("one row").expect("it reads");
    assert_eq!([&row[9], &row[12], &row[13]], ["2", "1", "12"]);
    expect![[r#"
        acled: 2 incidents, 1 rows
               1  left out, or told as if it had happened: planned, denied or failed
               1  the radius around the point
               1  numbers of injured
               1  deaths told by side
               1  least and greatest numbers of deaths
               1  weapons
    "#]]
    .assert_eq(&loss.to_string());
}
