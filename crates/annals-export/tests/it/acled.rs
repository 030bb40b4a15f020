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

/// Each row's id, day, time precision and dead.
#[track_caller]
fn check_days(told: &str, expect: &Expect) {
    let table = export(&[incident(&format!("{BATTLE}\n{told}"))], Format::Acled);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let row = |it: csv::StringRecord| [0, 1, 3, 28].map(|at| it[at].to_owned()).join(" ");
    let rows: Vec<String> = reader.records().map(|it| row(it.expect("rows read"))).collect();
    expect.assert_eq(&rows.join("\n"));
}

#[test]
fn a_battle_from_a_first_to_a_last_day_is_a_row_a_day_with_the_dead_split() {
    check_days(
        "
        date 2024-03-09 2024-03-11 days
        told from 9 to 11 March
        ",
        &expect![[r#"
            MLI974004683829679 2024-03-09 1 4
            MLI44836619401711 2024-03-10 1 4
            MLI45936131029922 2024-03-11 1 4"#]],
    );
}

#[test]
fn a_battle_on_one_of_some_days_is_one_row_of_coarser_precision() {
    let days = "date 2024-03-09 2024-03-11 days";
    let one_row = expect!["MLI974004683829679 2024-03-10 2 12"];
    // Nothing tells that it went on: a day of publication that may be that of the happening or not, a stretch of days, a choice.
    check_days(days, &one_row);
    check_days(&format!("{days}\n told in the last two days"), &one_row);
    check_days(&format!("{days}\n told between 9 and 11 March"), &one_row);
    check_days("date 2024-03-04 2024-03-10 week", &expect!["MLI974004683829679 2024-03-07 2 12"]);
}

#[test]
fn a_campaign_goes_on_over_the_length_that_is_told() {
    check_days(
        "
        scope campaign
        date 2024-03-09 2024-03-10 days
        told for two days
        ",
        &expect![[r#"
            MLI974004683829679 2024-03-09 1 6
            MLI44836619401711 2024-03-10 1 6"#]],
    );
    check_days(
        "
        scope campaign
        date 2024-01-01 2024-03-10 season
        told since January
        ",
        &expect!["MLI974004683829679 2024-02-04 3 12"],
    );
}

#[test]
fn the_notes_tell_which_day_of_a_battle_it_is() {
    let told = format!("{BATTLE}\n date 2024-03-09 2024-03-10 days\n told on Saturday and Sunday");
    let table = export(&[incident(&told)], Format::Acled);
    assert!(table.contains("On 10 March 2024, JNIM clashed"), "{table}");
    assert!(
        table.contains("Day 2 of 2; what is reported is of all days, and the dead are split over them."),
        "{table}"
    );
}

/// ACLED's sub-type of a bombing by JNIM, told so.
#[track_caller]
fn bomb(told: &str) -> String {
    let told = format!(
        "type bombing\n agent armed_group jnim JNIM\n date 2024-03-09\n report Arda News 2024-03-10 A blast\n{told}"
    );
    let table = export(&[incident(&told)], Format::Acled);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.records().next().expect("one row").expect("it reads")[6].to_owned()
}

#[test]
fn suicide_bombs_are_told_by_weapon_naming_party_or_the_bombers_own_death() {
    for told in [
        "weapon explosive belt",
        "trigger blew himself up",
        "trigger suicide car bombing",
        "agent unidentified - two suicide bombers",
        "killed target 12: 12 soldiers\n killed agent 1: the bomber",
    ] {
        assert_eq!(bomb(told), "Suicide bomb", "{told}");
    }
    for told in [
        "weapon car bomb",
        "killed agent 1: the bomber",
        "trigger suicide drone",
        "weapon bomb\n killed target 2: two soldiers",
    ] {
        assert_eq!(bomb(told), "Remote explosive/landmine/IED", "{told}");
    }
    assert_eq!(bomb("weapon grenade"), "Grenade");
    assert_eq!(bomb("trigger rocket-propelled grenades"), "Remote explosive/landmine/IED");
}

#[test]
fn the_sentence_of_the_trigger_tells_a_suicide_bomb_too() {
    let told = incident("type bombing\n date 2024-03-09\n report Arda News 2024-03-10 A blast\n trigger blast");
    let sub_type = |text: &str| {
        let text_of = |_: &str| Some(text.to_owned());
        let options = Options { text_of: Some(&text_of), ..Options::default() };
        export_with(std::slice::from_ref(&told), Format::Acled, options).0.contains("Suicide bomb")
    };
    assert!(sub_type("blast by a suicide bomber kills three"));
    assert!(!sub_type("blast kills three. A suicide bomber was held a day before."));
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
