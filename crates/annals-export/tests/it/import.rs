use std::collections::BTreeMap;

use annals_export::import::{DataSet, ImportError, read_table};
use annals_export::{Format, Found, Options, UCDP_COLUMNS, compare, imported_columns};
use annals_incidents::{Incident, IncidentId, ReviewState, Rule, Telling, TellingId, account};
use annals_record::CodedReport;
use expect_test::expect;

use crate::fixture::{export_with, on_end, registry};

const NEW: &str = include_str!("data/ucdp-new.csv");
const OLD: &str = include_str!("data/ucdp-old.csv");
const ACLED: &str = include_str!("data/acled.csv");

fn read(data_set: DataSet, table: &str) -> Vec<CodedReport> {
    let (_, rows) = read_table(data_set, registry(), table.as_bytes()).expect("the header reads");
    rows.collect::<Result<_, _>>().expect("all rows read")
}

fn telling(coded: &CodedReport) -> Telling {
    Telling {
        id: TellingId::new(&coded.report.id, "e1"),
        doc: coded.doc.clone(),
        report: coded.report.clone(),
        event: coded.events[0].clone(),
        learned: "2031-06-01T00:00:00Z".parse().expect("a time"),
        copy_of: None,
    }
}

fn incident(coded: &CodedReport) -> Incident {
    account(&IncidentId(coded.doc.clone()), &[telling(coded)], Rule::Ucdp, ReviewState::Unreviewed)
}

#[test]
fn spans_stand_where_they_say() {
    for coded in read(DataSet::Ucdp, NEW).iter().chain(&read(DataSet::Acled, ACLED)) {
        let event = &coded.events[0];
        let sources = event.sources.iter().map(|it| &it.span);
        let parties = event.agents.iter().chain(&event.targets).map(|it| &it.span);
        let outcomes = event.outcomes.iter().map(|it| &it.span);
        for span in sources.chain(parties).chain(outcomes).chain([&event.trigger]) {
            let words: String = coded.document.text.chars().skip(span.start).take(span.end - span.start).collect();
            assert_eq!(words, span.text);
        }
    }
}

#[test]
fn a_ucdp_table_comes_back_as_it_was() {
    let reports = read(DataSet::Ucdp, NEW);
    let texts: BTreeMap<String, String> =
        reports.iter().map(|it| (it.report.id.clone(), it.document.text.clone())).collect();
    let text_of = |id: &str| texts.get(id).cloned();
    let options = Options { text_of: Some(&text_of), ..Options::default() };
    let incidents: Vec<Incident> = reports.iter().map(incident).collect();
    let (table, _) = export_with(&incidents, Format::Ucdp, options);
    assert_eq!(on_end(&table), on_end(NEW));
}

#[test]
fn what_the_record_alone_says_of_a_row() {
    let incidents: Vec<Incident> = read(DataSet::Ucdp, NEW).iter().map(incident).collect();
    let (table, _) = export_with(&incidents[..1], Format::Ucdp, Options::default());
    expect![[r#"
        id: 529556969641752
        relid: MLI-2031-1-529556969641752
        year: 2031
        code_status: Clear
        type_of_violence: 1
        conflict_name: Government of Mali - JNIM
        dyad_name: Government of Mali - JNIM
        side_a: Government of Mali
        side_b_dset_id: 6716
        side_b_new_id: 6716
        side_b: JNIM
        number_of_sources: 1
        source_article: "UCDP GED,2031-03-03,UCDP GED event 900001"
        source_office: UCDP GED
        source_date: 2031-03-03
        source_headline: UCDP GED event 900001
        source_original: army statement; residents
        where_prec: 2
        where_coordinates: Ansongo town
        where_description: Ansongo town; near Ansongo
        adm_1: Gao region
        adm_2: Ansongo cercle
        latitude: 15.66
        longitude: 0.5
        geom_wkt: POINT (0.5 15.66)
        priogrid_gid: 152282
        country: Mali
        country_id: 432
        region: Africa
        event_clarity: 1
        date_prec: 1
        date_start: 2031-03-01
        date_end: 2031-03-01
        deaths_a: 4
        deaths_b: 6
        deaths_civilians: 2
        deaths_unknown: 0
        best: 12
        high: 15
        low: 9
        gwnoa: 432
    "#]]
    .assert_eq(&on_end(&table));
}

#[test]
fn vintages_differ_in_names_and_forms_only() {
    let columns = |coded: &CodedReport| {
        let mut columns = imported_columns(&coded.document.text);
        columns.retain(|name, _| {
            UCDP_COLUMNS.contains(&name.as_str()) && !name.starts_with("date_") && !name.starts_with("gwno")
        });
        columns
    };
    let (old, new) = (read(DataSet::Ucdp, OLD), read(DataSet::Ucdp, NEW));
    for (old, new) in old.iter().zip(&new) {
        assert_eq!(old.report.id, new.report.id);
        assert_eq!(columns(old), columns(new));
        assert_eq!(old.events[0].date.as_ref().map(|it| it.start), new.events[0].date.as_ref().map(|it| it.start));
    }
}

#[test]
fn wrong_tables_are_told_by_column_and_row() {
    let error = |data_set, table: &str| match read_table(data_set, registry(), table.as_bytes()) {
        Err(error) => error.to_string(),
        Ok((_, rows)) => rows.filter_map(Result::err).map(|it: ImportError| it.to_string()).collect(),
    };
    expect!["the table lacks these columns: type_of_violence, side_b, where_prec, where_coordinates, latitude, longitude, date_prec, date_start, date_end, deaths_a, deaths_b, deaths_civilians, deaths_unknown, best, high, low"].assert_eq(&error(DataSet::Ucdp, "id,side_a,country\n1,JNIM,Mali\n"));
    expect![[r#"row 1, column date_start: "soon" is no day"#]].assert_eq(&error(
        DataSet::Ucdp,
        &NEW.replace("152282,Mali,432,Africa,1,1,2031-03-01", "1,Mali,432,Africa,1,1,soon"),
    ));
    expect![[r#"row 1, column sub_event_type: "Armed flash" is no sub-type of ACLED"#]]
        .assert_eq(&error(DataSet::Acled, &ACLED.replace("Armed clash", "Armed flash")));
    let (header, _) =
        read_table(DataSet::Acled, registry(), ACLED.replace("notes", "remarks").as_bytes()).expect("it reads");
    assert_eq!(header.unknown, ["remarks"]);
    assert!(header.missing.contains(&"notes".to_owned()));
}

#[test]
fn acled_rows_become_reports() {
    let told: Vec<String> = read(DataSet::Acled, ACLED)
        .iter()
        .map(|it| {
            let event = &it.events[0];
            let names = |all: &[annals_record::Party]| {
                all.iter()
                    .map(|it| format!("{} = {:?} {:?}", it.span.text, it.kind, it.actor.as_ref().map(|it| &it.id)))
                    .reduce(|a, b| a + ", " + &b)
                    .unwrap_or_else(|| "nobody".to_owned())
            };
            let date = event.date.as_ref().expect("a row has a day");
            format!(
                "{}: {} {}..{}\n  {}\n  {}\n  {:?} {:?}\n",
                it.doc,
                event.event_type,
                date.start,
                date.end,
                names(&event.agents),
                names(&event.targets),
                event.location.as_ref().map(|it| (&it.iso3, it.precision)),
                event.outcomes.iter().map(|it| it.best).collect::<Vec<_>>(),
            )
        })
        .collect();
    expect![[r#"
        acled:MLI1: armed_clash 2031-03-09..2031-03-09
          JNIM: Group for Support of Islam and Muslims = Some(ArmedGroup) Some("jnim")
          Military Forces of Mali (2021-) = Some(StateForce) Some("mli-military"), Wagner Group = Some(ForeignForce) Some("wagner")
          Some((Some("MLI"), Exact)) [Some(12)]
        acled:MLI2: protest 2031-03-07..2031-03-13
          Protesters (Mali) = Some(Civilians) Some("mli-protesters")
          nobody
          Some((Some("MLI"), Exact)) []
    "#]].assert_eq(&told.concat());
}

#[test]
fn rows_are_compared_with_our_reports() {
    let row = telling(&read(DataSet::Ucdp, NEW)[0]);
    let mut ours = row.clone();
    ours.id = TellingId::new("r1", "e1");
    ours.report.id = "r1".to_owned();
    ours.report.model = "reader".to_owned();
    let check = |tellings: &[Telling]| {
        let incident = account(&IncidentId("i1".to_owned()), tellings, Rule::Ucdp, ReviewState::Unreviewed);
        compare(&incident, DataSet::Ucdp, Rule::Ucdp).map(|it| it.found)
    };
    assert_eq!(check(std::slice::from_ref(&row)), Some(Found::OnlyThere));
    assert_eq!(check(std::slice::from_ref(&ours)), Some(Found::OnlyHere));
    assert_eq!(check(&[row.clone(), ours.clone()]), Some(Found::Agree));
    ours.event.outcomes[0].best = Some(13);
    assert_eq!(check(&[row, ours]), Some(Found::Differ));
}
