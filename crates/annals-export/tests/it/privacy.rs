use annals_export::{Coarseness, Format, Options, Unit};
use expect_test::expect;

use crate::fixture::{export, export_with, incident, on_end};

const KILLING: &str = "
    type targeted_violence
    title Gunmen killed Adam Bello in Arda
    agent unidentified - gunmen
    target individual - Adam Bello
    killed target 1: Adam Bello
    place Arda exact 15.25 0.25
    where MLI/Gao/Ansongo
    report Arda News 2024-03-10 Bello was a trader in Arda
";

#[test]
fn private_victims_are_not_named_in_any_format() {
    let told = incident(KILLING);
    for format in Format::ALL.iter().filter(|it| !it.is_binary()) {
        let text = export(std::slice::from_ref(&told), *format);
        assert!(!text.contains("Bello") && !text.contains("Adam"), "{format}: {text}");
    }
    let named = Options { victim_names: true, ..Options::default() };
    assert!(export_with(&[told], Format::Csv, named).0.contains("Adam Bello"));
}

#[test]
fn places_are_told_no_finer_than_asked_for() {
    let point_of = |unit: &Unit<'_>| (unit.adm1 == Some("Gao")).then_some((16.0, 0.0));
    let options = Options { coarsen: Some(Coarseness::Adm1), point_of: Some(&point_of), ..Options::default() };
    let (table, _) = export_with(&[incident(KILLING)], Format::Csv, options);
    assert!(!table.contains("Arda in") && !table.contains("15.25"));
    expect![[r#"
        doc: doc1
        title: (name withheld) was a trader in (place withheld)
        published: 2024-03-10
        event: e1
        type: targeted_violence
        scope: incident
        realis: actual
        confidence: 0.9
        trigger: attack
        summary: Gunmen killed (name withheld) in (place withheld)
        agents: gunmen
        agent_kinds: unidentified
        targets: (name withheld)
        target_kinds: individual
        disputed: false
        place: Gao
        iso3: MLI
        adm1: Gao
        lat: 16
        lon: 0
        place_precision: adm1
        killed_low: 1
        killed_best: 1
        killed_high: 1
        outcomes: killed 1 (target): (name withheld)
        sources: witnesses (reports)
        publishers: Arda News
        n_tellings: 1
        n_independent: 1
        review: unreviewed
        incident: i1
    "#]]
    .assert_eq(&on_end(&table));
}
