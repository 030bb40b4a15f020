//! From another data set's table through a ledger into the field's formats.

use annals_ledger::Ledger;
use expect_test::expect;

use crate::run::Folder;

const TABLE: &str = include_str!("../../../annals-export/tests/it/data/ucdp-new.csv");

fn ledger() -> Folder {
    let folder = Folder::new().with("ucdp.csv", TABLE);
    Ledger::init(&folder.path("")).expect("a ledger can be made");
    folder
}

#[test]
fn a_table_is_taken_in_once_and_a_newer_vintage_revises_it() {
    let folder = ledger();
    folder.run("import ucdp ucdp.csv").said(
        0,
        &expect![[r#"
        3 rows: 3 new, 0 revised, 0 as they were, 0 withdrawn before, 0 not read
    "#]],
    );
    folder.run("import ucdp ucdp.csv").said(
        0,
        &expect![[r#"
        3 rows: 0 new, 0 revised, 3 as they were, 0 withdrawn before, 0 not read
    "#]],
    );
    let folder = folder.with("newer.csv", TABLE.replace("4,6,2,0,12,15,9", "4,8,2,0,14,16,9"));
    folder.run("import ucdp newer.csv").said(
        0,
        &expect![[r#"
        3 rows: 0 new, 1 revised, 2 as they were, 0 withdrawn before, 0 not read
    "#]],
    );
    let mut kept = TABLE.lines().collect::<Vec<_>>();
    kept.remove(1);
    let folder = folder.with("fewer.csv", kept.join("\n") + "\n");
    let fewer = folder.run("import ucdp fewer.csv");
    assert!(fewer.stderr.contains("1 more rows") && fewer.stderr.contains("ucdp-ged:900001"), "{}", fewer.stderr);
    let folder = folder.with("wrong.csv", "id,side_a\n1,JNIM\n");
    let ran = folder.run("import ucdp wrong.csv");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("the table lacks these columns: type_of_violence, side_b"), "{}", ran.stderr);
}

#[test]
fn an_export_is_the_same_each_time_and_tells_what_it_is_made_of() {
    let folder = ledger();
    folder.run("import ucdp ucdp.csv");
    let read = |name: &str| std::fs::read_to_string(folder.path(name)).expect("it was written");
    folder.run("export --format ucdp --deathless -o out.csv --report").said(
        0,
        &expect![[r#"
        ucdp: 3 incidents, 3 rows
        3 incidents, 3 rows
    "#]],
    );
    let first = (read("out.csv"), read("out.csv.manifest.json"));
    folder.run("export --format ucdp --deathless -o out.csv");
    assert_eq!(first, (read("out.csv"), read("out.csv.manifest.json")));
    let mut rows: Vec<&str> = first.0.lines().collect();
    let mut told: Vec<&str> = TABLE.lines().collect();
    rows.sort_unstable();
    told.sort_unstable();
    assert_eq!(rows, told);
    let manifest: serde_json::Value = serde_json::from_str(&first.1).expect("it is JSON");
    assert_eq!(manifest["ledger_position"], 1);
    assert_eq!(manifest["files"][0]["name"], "out.csv");
    assert_eq!(manifest["packs"]["ucdp-ged"]["licence"], "CC BY 4.0");

    folder.run("export --format parquet -o out.parquet").said(
        0,
        &expect![[r#"
        3 incidents, 3 rows
    "#]],
    );
    assert!(folder.path("out.claims.parquet").exists());
    let none = folder.run("export --format csv --country SYR");
    assert_eq!((none.code, none.stdout.lines().count()), (Some(1), 1));
}

#[test]
fn a_coarsened_place_is_told_no_finer_by_the_row_it_came_from() {
    let folder = ledger();
    folder.run("import ucdp ucdp.csv");
    for format in ["acled", "ucdp", "plover", "polecat", "geojson", "csv", "jsonl", "hxl"] {
        let told = folder.run(&format!("export --format {format} --deathless --coarsen adm1")).stdout;
        assert!(told.contains("Gao") && !told.contains("Ansongo"), "{format}: {told}");
    }
}

#[test]
fn a_wrong_value_is_told_with_the_right_ones() {
    let folder = ledger();
    for (option, right) in [("--type war", "armed_clash"), ("--realis so", "planned"), ("--rule best", "median")] {
        let ran = folder.run(&format!("export --format csv {option}"));
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains("none of ") && ran.stderr.contains(right), "{}", ran.stderr);
    }
}

#[test]
fn what_only_the_data_set_has_is_told() {
    let folder = ledger();
    folder.run("import ucdp ucdp.csv");
    let ran = folder.run("compare --with ucdp --format csv");
    assert_eq!(ran.stdout.matches("only_there").count(), 3, "{}", ran.stdout);
    ran.said(
        0,
        &expect![[r#"
        3 only there
    "#]],
    );
}

#[test]
fn an_export_knows_an_actor_by_the_names_that_lists_do() {
    let text = "Fighters of JNIM killed five soldiers near Menaka in Mali on Saturday, the army said.";
    let folder = Folder::new().with("reports/a.txt", text);
    assert_eq!(folder.run("init").code, Some(0));
    assert_eq!(folder.run("ingest reports --published 2024-03-14").code, Some(0));
    let listed = folder.run("incidents --actor JNIM --format csv").stdout;
    assert_eq!(listed.lines().count(), 2, "{listed}");
    let exported = folder.run("export --format csv --actor JNIM").stdout;
    assert_eq!(exported.lines().count(), 2, "{exported}");
}
