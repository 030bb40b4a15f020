//! `annals places`: find, info and imports.

#![expect(
    clippy::too_many_arguments,
    clippy::unwrap_used,
    reason = "a row has eight columns; helpers of tests may panic"
)]

use std::io::Write;

use expect_test::expect;

use crate::run::Folder;

/// A line of GeoNames' dump format: 19 columns.
fn row(id: &str, name: &str, others: &str, lat: &str, lon: &str, class: &str, code: &str, adm1: &str) -> String {
    format!(
        "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{class}\t{code}\tML\t\t{adm1}\t\t\t\t1200\t\t250\tAfrica/Bamako\t2026-01-01\n"
    )
}

fn dump() -> String {
    row("90001", "Gao", "", "16.3", "0.9", "A", "ADM1", "09")
        + &row("90002", "Tin Ouzel", "Tinuzel,تين أوزل", "15.9", "0.7", "P", "PPL", "09")
        + &row("90003", "Oued Test", "", "15.8", "0.6", "H", "STMC", "09")
}

fn zipped(name: &str, content: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(content.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn finds_a_misspelt_place_near_another() {
    let ran = Folder::new().run("places --own own find Tisseit --near Gao --country ML");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.starts_with("Tessit ("), "{}", ran.stdout);
}

#[test]
fn a_name_that_is_nowhere_is_unresolved() {
    let ran = Folder::new().run("places --own own find Xqzvylmora");
    assert_eq!(ran.code, Some(1));
    expect![[r#"
        unresolved
          look_up: no place is called xqzvylmora
    "#]]
    .assert_eq(&ran.stdout);
}

#[test]
fn imports_a_dump_and_finds_its_villages() {
    let folder = Folder::new().with("ML.txt", dump()).with("zip/ML.zip", zipped("ML.txt", &dump()));
    for file in ["ML.txt", "zip/ML.zip"] {
        let before = folder.run("places --own own find Tinuzel --country MLI");
        assert_eq!(before.code, Some(1), "{}", before.stdout);
        let ran = folder.run(&format!("places --own own import geonames {file}"));
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let after = folder.run("places --own own find Tinuzel --country MLI --json");
        assert_eq!(after.code, Some(0), "{}", after.stdout);
        let found: serde_json::Value = serde_json::from_str(&after.stdout).unwrap();
        assert_eq!((&found["place"]["id"], &found["adm1"]), (&"geonames:90002".into(), &"Gao".into()));
        std::fs::remove_dir_all(folder.path("own")).unwrap();
    }
}

#[test]
fn says_what_is_wrong_with_a_dump_and_imports_nothing() {
    let twice = dump() + &row("90002", "Again", "", "1", "1", "P", "PPL", "09");
    let folder = Folder::new()
        .with("short.txt", dump() + "1\tX\tX\n")
        .with("range.txt", row("5", "X", "", "95.0", "0", "P", "PPL", "09"))
        .with("number.txt", row("abc", "X", "", "1", "0", "P", "PPL", "09"))
        .with("twice.txt", twice)
        .with("bytes.txt", b"\xff\xfe\x00")
        .with("empty.txt", "")
        .with("cut.zip", &zipped("ML.txt", &dump())[..40])
        .with("foreign.zip", zipped("photo.jpg", "not a dump"));
    let mut said = String::new();
    for file in [
        "short.txt",
        "range.txt",
        "number.txt",
        "twice.txt",
        "bytes.txt",
        "empty.txt",
        "cut.zip",
        "foreign.zip",
        "none.txt",
    ] {
        let ran = folder.run(&format!("places --own own import geonames {file}"));
        assert_eq!(ran.code, Some(2), "{file}");
        said += ran.stderr.lines().next().unwrap_or("");
        said += "\n";
        assert!(!folder.path("own").exists(), "{file} left something behind");
    }
    expect![[r#"
        error: short.txt:4: 3 columns instead of 19
        error: range.txt:1: "95.0" is out of range ±90
        error: number.txt:1: id "abc" is no id
        error: twice.txt:4: id 90002 stands in line 2 already
        error: bytes.txt:1: the line is not UTF-8
        error: empty.txt holds no place
        error: cut.zip is no whole zip file
        error: foreign.zip holds 0 dumps instead of one
        error: cannot read none.txt
    "#]]
    .assert_eq(&said);
}

#[test]
fn imports_an_overlay() {
    let overlay = "[[place]]\nid = \"my-camp\"\nname = \"Zelfana\"\nkind = \"camp\"\ncountry = \"MLI\"\nadm1 = \"Gao\"\nlat = 16.0\nlon = 0.1\nnote = \"own\"\n";
    let folder = Folder::new().with("mine.toml", overlay).with("bad.toml", overlay.replace("16.0", "160.0"));
    assert_eq!(folder.run("places --own own import overlay mine.toml").code, Some(0));
    let found = folder.run("places --own own find Zelfana --country Mali");
    assert!(found.stdout.contains("overlay:my-camp"), "{}", found.stdout);
    let bad = folder.run("places --own own import overlay bad.toml");
    assert_eq!(bad.code, Some(2));
    expect![[r#"
        error: bad.toml:1: point 160, 0.1 is out of range (entry "my-camp")
    "#]]
    .assert_eq(&bad.stderr);
}

#[test]
fn an_import_that_fails_leaves_what_was_there() {
    let old = "[[place]]\nid = \"my-camp\"\nname = \"Zelfana\"\nkind = \"camp\"\ncountry = \"MLI\"\nadm1 = \"Gao\"\nlat = 16.0\nlon = 0.1\nnote = \"own\"\n";
    let folder = Folder::new().with("mine.toml", old);
    assert_eq!(folder.run("places --own own import overlay mine.toml").code, Some(0));
    let folder = folder.with("mine.toml", old.replace("Zelfana", "Ouzelkoro")).with("own/other.toml", "[[place]]\n");
    let ran = folder.run("places --own own import overlay mine.toml");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("own/other.toml"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(folder.path("own/mine.toml")).unwrap(), old);
}

#[test]
fn info_names_sources_and_licences() {
    let ran = Folder::new().run("places --own own info");
    assert!(ran.stdout.contains("GeoNames, CC BY 4.0"), "{}", ran.stdout);
}
