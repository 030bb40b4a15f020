use annals_export::{Format, Options, plover_code};
use annals_record::EventType;
use expect_test::expect;

use crate::fixture::{BATTLE, export, incident};

#[test]
fn plover_has_both_sides_of_a_fight_as_actors() {
    let line: serde_json::Value = serde_json::from_str(&export(&[incident(BATTLE)], Format::Plover)).expect("JSON");
    expect![[r#"
        {
          "id": "i1",
          "has_event": true,
          "date": "2024-03-09",
          "enddate": "2024-03-09",
          "actor": [
            {
              "code": "MLI",
              "sector": "REB",
              "entity_text": "JNIM",
              "identifier_id": null
            },
            {
              "code": "MLI",
              "sector": "MIL",
              "entity_text": "Malian army",
              "identifier_id": null
            }
          ],
          "recipient": [],
          "event": [
            "ASSAULT"
          ],
          "event_loc": [
            {
              "extracted_place": null,
              "resolved_place": "Ansongo",
              "geonameid": null,
              "lat": 15.66,
              "lon": 0.5,
              "city": "Ansongo",
              "district": "Ansongo",
              "province": "Gao",
              "country": "Mali",
              "country_code": "MLI",
              "resolution": 4
            }
          ],
          "event_text": "attack",
          "quad_code": 4,
          "event_scale": -9.0,
          "mode": [
            "firearms"
          ],
          "context": [
            "military"
          ],
          "text": "JNIM attacked Malian army near Ansongo",
          "size": {
            "dead": 12,
            "injured": 5
          },
          "cite_info": [
            {
              "publication": "Arda News",
              "title": "Dozens killed near Ansongo",
              "citation": "2024-03-10"
            },
            {
              "publication": "Reuters",
              "title": "Army says 12 killed",
              "citation": "2024-03-11"
            }
          ],
          "coder": "annals"
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(&line).expect("JSON"));
}

#[test]
fn an_unnamed_perpetrator_is_kept() {
    let told = incident("type bombing\n target civilians mli-civilians villagers\n where MLI/Gao\n date 2024-03-09");
    let line: serde_json::Value = serde_json::from_str(&export(&[told], Format::Plover)).expect("JSON");
    assert_eq!(line["actor"][0]["sector"], "UAF");
    assert_eq!(line["recipient"][0]["code"], "MLI");
}

#[test]
fn polecat_has_forty_columns_without_quotes() {
    let table = export(&[incident(BATTLE)], Format::Polecat);
    assert!(table.lines().all(|it| it.split('\t').count() == 40), "{table}");
    expect!["i1	2024-03-09	ASSAULT	firearms	-9	MATERIAL CONFLICT	military	JNIM	MLI	432	REB	REB;MIL	None	JNIM	None	None	None	None	None	None	None	None	None	Ansongo	Ansongo	Ansongo	Gao	MLI	15.66	0.5	None	None	None	Arda News	2024-03-10	None	None	None	en	annals 0.1.0"].assert_eq(table.lines().nth(1).expect("one row"));
}

#[test]
fn every_type_has_an_event_or_is_left_out() {
    let told: Vec<String> = EventType::ALL
        .iter()
        .map(|it| match plover_code(&incident(&format!("type {it}")), &Options::default()) {
            Some(code) => {
                format!("{it}: {} {} quad {} score {}\n", code.event, code.mode.unwrap_or("-"), code.quad, code.score)
            }
            None => format!("{it}: left out\n"),
        })
        .collect();
    expect![[r#"
        chemical_attack: ASSAULT unconventional quad 4 score -10
        air_strike: ASSAULT aerial quad 4 score -9.5
        shelling: ASSAULT heavy-weapons quad 4 score -9.5
        bombing: ASSAULT explosives quad 4 score -9
        territory_taken: ASSAULT firearms quad 4 score -9
        territory_transfer: COERCE seize quad 4 score -7
        armed_clash: ASSAULT firearms quad 4 score -9
        sexual_violence: ASSAULT sexual quad 4 score -8.5
        abduction: ASSAULT abduct quad 4 score -8.5
        targeted_violence: ASSAULT firearms quad 4 score -9
        arrest: COERCE arrest quad 4 score -7
        release: RETREAT release quad 2 score 6.5
        looting: COERCE seize quad 4 score -7
        destruction: ASSAULT destroy quad 4 score -8.5
        weapons_seizure: COERCE seize quad 4 score -7
        siege: COERCE restrict quad 4 score -7
        deployment: MOBILIZE troops quad 4 score -6.5
        group_change: left out
        agreement: AGREE - quad 1 score 2.5
        protest_crackdown: ASSAULT crowd-control quad 4 score -7.5
        riot: PROTEST riot quad 4 score -7
        protest: PROTEST demo quad 4 score -5
        displacement: COERCE deport quad 4 score -7
        other: left out
    "#]]
    .assert_eq(&told.concat());
}

#[test]
fn what_did_not_happen_is_told_so() {
    let planned = plover_code(&incident("type air_strike\n realis planned"), &Options::default()).expect("an event");
    assert_eq!((planned.event, planned.quad, planned.auxiliary), ("THREATEN", 3, Some("future")));
    let denied = plover_code(&incident("type air_strike\n realis denied"), &Options::default()).expect("an event");
    assert_eq!((denied.event, denied.auxiliary), ("ASSAULT", Some("negation")));
}

#[test]
fn rescues_are_aid_and_lifted_sieges_a_retreat() {
    let code = |told: &str| {
        let told =
            incident(&format!("{told}\n report Arda News 2024-03-10 News of the day\n trigger rescued and lifted"));
        plover_code(&told, &Options::default()).map(|it| (it.event, it.mode, it.quad))
    };
    assert_eq!(code("type release"), Some(("AID", None, 2)));
    assert_eq!(code("type siege"), Some(("RETREAT", Some("access"), 2)));
    let planned = plover_code(&incident("type release\n realis planned"), &Options::default());
    assert_eq!(planned.map(|it| (it.event, it.quad)), Some(("CONCEDE", 1)));
    // What stands in a party's name is no deed.
    let party = "type deployment\n agent armed_group - leftist rebels\n report Arda News 2024-03-10 News";
    assert_eq!(plover_code(&incident(party), &Options::default()).map(|it| it.event), Some("MOBILIZE"));
}
