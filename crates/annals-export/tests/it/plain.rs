use annals_export::{Export, ExportError, Format, Options, Unit};
use expect_test::expect;

use crate::fixture::{BATTLE, export, export_with, incident, on_end, registry};

#[test]
fn csv_has_one_row_an_incident_with_plain_names() {
    expect![[r#"
        doc: doc1; doc2
        title: Dozens killed near Ansongo; Army says 12 killed
        published: 2024-03-10; 2024-03-11
        event: e1
        type: armed_clash
        scope: incident
        realis: actual
        confidence: 0.9
        trigger: attack
        summary: JNIM attacked Malian army near Ansongo
        agents: JNIM
        agent_kinds: armed_group
        targets: Malian army
        target_kinds: state_force
        disputed: false
        place: Ansongo
        iso3: MLI
        adm1: Gao
        adm2: Ansongo
        lat: 15.66
        lon: 0.5
        place_precision: near
        radius_km: 10
        date_start: 2024-03-09
        date_end: 2024-03-09
        date_precision: day
        killed_low: 12
        killed_best: 12
        killed_high: 20
        civilians_killed: 3
        injured_low: 5
        injured_best: 5
        injured_high: 5
        outcomes: killed 12..20 (target): the dead; killed 3 (civilian, part): the dead; injured 5 (target): the dead
        weapons: rocket
        sources: witnesses (reports)
        publishers: Arda News; Reuters
        n_tellings: 2
        n_independent: 1
        review: unreviewed
        incident: i1
    "#]]
    .assert_eq(&on_end(&export(&[incident(BATTLE)], Format::Csv)));
}

#[test]
fn csv_begins_with_a_byte_order_mark_where_asked_for() {
    let options = Options { byte_order_mark: true, ..Options::default() };
    let (table, _) = export_with(&[], Format::Csv, options);
    assert!(table.starts_with("\u{feff}doc,source,"));
}

#[test]
fn hxl_has_a_row_of_hashtags() {
    expect![[r#"
        Incident,Type,Scope,Told as,First day,Last day,Day known by,Agents,Targets,Country,Admin 1,ISO 3166-2,Admin 2,Place,Latitude,Longitude,Place known by,Killed,Civilians killed,Injured,Missing,Displaced,Captured,Summary,Published by
        #event+id,#event+type,#event+scope,#status,#date+start,#date+end,#date+precision,#group+name+agent,#group+name+target,#country+code+v_iso3,#adm1+name,#adm1+code+v_iso31662,#adm2+name,#loc+name,#geo+lat,#geo+lon,#geo+precision,#affected+killed,#affected+killed+civilian,#affected+injured,#affected+missing,#affected+displaced,#affected+captured,#description,#meta+source
        i1,armed_clash,incident,actual,2024-03-09,2024-03-09,day,JNIM,Malian army,MLI,Gao,,Ansongo,Ansongo,15.66,0.5,near,12,3,5,,,,JNIM attacked Malian army near Ansongo,Arda News; Reuters
    "#]].assert_eq(&export(&[incident(BATTLE)], Format::Hxl));
}

#[test]
fn geojson_has_a_feature_an_incident() {
    let nowhere = incident("type protest");
    expect![[r#"
        {"type":"FeatureCollection","features":[
        {"type":"Feature","id":"i1","geometry":{"type":"Point","coordinates":[0.5,15.66]},"properties":{"incident":"i1","type":"armed_clash","scope":"incident","realis":"actual","title":"JNIM attacked Malian army near Ansongo","agents":"JNIM","targets":"Malian army","disputed":false,"place":"Ansongo","iso3":"MLI","adm1":"Gao","adm2":"Ansongo","iso_3166_2":null,"place_precision":"near","radius_km":10.0,"date_start":"2024-03-09","date_end":"2024-03-09","date_precision":"day","killed_low":12,"killed_best":12,"killed_high":20,"civilians_killed":3,"injured":5,"captured":null,"displaced":null,"weapons":"rocket","publishers":"Arda News; Reuters","n_tellings":2,"n_independent":1,"review":"unreviewed"}},
        {"type":"Feature","id":"i1","geometry":null,"properties":{"incident":"i1","type":"protest","scope":"incident","realis":"actual","title":"A happening","agents":"","targets":"","disputed":false,"place":null,"iso3":null,"adm1":null,"adm2":null,"iso_3166_2":null,"place_precision":null,"radius_km":null,"date_start":null,"date_end":null,"date_precision":null,"killed_low":null,"killed_best":null,"killed_high":null,"civilians_killed":null,"injured":null,"captured":null,"displaced":null,"weapons":"","publishers":"","n_tellings":0,"n_independent":1,"review":"unreviewed"}}
        ]}
    "#]].assert_eq(&export(&[incident(BATTLE), nowhere], Format::Geojson));
}

#[test]
fn geojson_draws_the_circle_that_a_place_is_known_to_lie_in() {
    let options = Options { areas: true, ..Options::default() };
    let (text, _) = export_with(&[incident(BATTLE)], Format::Geojson, options);
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let ring = value["features"][0]["geometry"]["coordinates"][0].as_array().expect("a ring").clone();
    assert_eq!(ring.first(), ring.last());
    // 10 km north of the middle, then on to the west: counter-clockwise.
    assert_eq!(ring[0].to_string(), "[0.5,15.74993]");
    assert!(ring[1][0].as_f64() < Some(0.5));
}

#[test]
fn geojson_draws_the_unit_that_a_place_is_known_by() {
    let outline_of = |unit: &Unit<'_>| {
        (unit.adm1 == Some("Gao") && unit.adm2.is_none())
            .then(|| vec![vec![(0.0, 15.0), (0.0, 17.0), (2.0, 17.0), (2.0, 15.0)]])
    };
    let options = Options { areas: true, outline_of: Some(&outline_of), ..Options::default() };
    let known_by = |told: &str| {
        let (text, _) = export_with(&[incident(&format!("{BATTLE}\n{told}"))], Format::Geojson, options);
        let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let feature = &value["features"][0];
        format!("{} {}", feature["properties"]["geometry_is"], feature["geometry"])
    };
    let unit = r#""unit" {"type":"Polygon","coordinates":[[[0.0,15.0],[2.0,15.0],[2.0,17.0],[0.0,17.0],[0.0,15.0]]]}"#;
    assert_eq!(known_by("place Ansongo adm1 15.66 0.5"), unit);
    assert!(known_by("place Ansongo adm2 15.66 0.5").starts_with(r#""circle" {"type":"Polygon""#));
    assert!(known_by("place Ansongo near 15.66 0.5").starts_with(r#""circle""#));
}

#[test]
fn jsonl_is_the_incident_itself() {
    let told = incident(BATTLE);
    let line = export(std::slice::from_ref(&told), Format::Jsonl);
    let back: annals_incidents::Incident = serde_json::from_str(&line).expect("a line is an incident");
    assert_eq!(back, told);
}

/// A pipe whose reader has gone.
struct Closed;

impl std::io::Write for Closed {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.write(&[]).map(drop)
    }
}

#[test]
fn a_closed_pipe_is_told_as_such_in_every_format() {
    for format in Format::ALL {
        let written = Export::new(*format, registry(), Options::default(), Closed).and_then(|mut export| {
            export.add(&incident(BATTLE))?;
            export.finish()
        });
        let is_closed = |error: &ExportError| match error {
            ExportError::Io(error) => {
                format!("{error:?}").contains("BrokenPipe") || format!("{error}").contains("broken pipe")
            }
            _ => false,
        };
        assert!(written.as_ref().is_err_and(is_closed), "{format}: {written:?}");
    }
}
