//! Overlay files: what is taken, and what is said of a wrong one.

use std::collections::BTreeMap;
use std::path::Path;

use annals_places::overlay::Overlay;
use annals_places::{Gazetteer, Mention, ReportContext};
use expect_test::{Expect, expect};

/// The project's own files are all sound, share no id, and are those that the layers were made of: at a program's start nothing
/// checks that.
#[test]
fn own_files_are_sound_and_in_the_layers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/places");
    let mut ids = BTreeMap::new();
    let mut all = Overlay::default();
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !(file.starts_with("overlay-") && path.extension().is_some_and(|it| it == "toml")) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let read =
            Overlay::parse(&file, &text).unwrap_or_else(|err| panic!("{err}: {:?}", std::error::Error::source(&err)));
        let of_file = (read.areas.iter().map(|it| &it.id))
            .chain(read.units.iter().map(|it| &it.id))
            .chain(read.places.iter().map(|it| &it.id));
        for id in of_file {
            if let Some(other) = ids.insert(id.clone(), file.clone()) {
                panic!("{id} stands in {other} and {file}");
            }
        }
        all.extend(read);
    }
    let is_fresh = std::fs::read(folder.join("layers.postcard")).unwrap() == Gazetteer::layers_of(&all);
    assert!(is_fresh, "run `cargo run -p annals-places --example layers` and commit data/places/layers.postcard");
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "expect! makes values, and calls read best without &")]
fn check(text: &str, expect: Expect) {
    let said = match Overlay::parse("mine.toml", text) {
        Ok(it) => format!("{} areas, {} units, {} places", it.areas.len(), it.units.len(), it.places.len()),
        Err(err) => match std::error::Error::source(&err) {
            Some(source) => format!("{err}\n{source}"),
            None => err.to_string(),
        },
    };
    expect.assert_eq(&said);
}

const VILLAGE: &str = r#"
[[place]]
id = "mli-labbezanga"
name = "Labbezanga"
names = { any = ["Labezanga"], ar = ["لابيزانغا"] }
kind = "village"
country = "MLI"
adm1 = "Gao"
parent = "Ouattagouna"
approximate = true
note = "general knowledge"
"#;

#[test]
fn takes_a_village_with_its_parent_only() {
    check(VILLAGE, expect!["0 areas, 0 units, 1 places"]);
}

#[test]
fn names_the_line_of_a_wrong_entry() {
    check(
        &VILLAGE.replace("MLI", "Mali"),
        expect![[r#"mine.toml:2: "Mali" is no ISO 3166-1 alpha-3 code (entry "mli-labbezanga")"#]],
    );
    check(
        &VILLAGE.replace("parent = \"Ouattagouna\"", ""),
        expect![[r#"mine.toml:2: a place without lat and lon needs a parent (entry "mli-labbezanga")"#]],
    );
    check(
        &VILLAGE.replace("approximate = true", "lat = 15.0"),
        expect![[r#"mine.toml:2: lat and lon go together (entry "mli-labbezanga")"#]],
    );
    check(
        &VILLAGE.replace("approximate = true", "lat = 95.0\nlon = 0.0"),
        expect![[r#"mine.toml:2: point 95, 0 is out of range (entry "mli-labbezanga")"#]],
    );
    check(&VILLAGE.repeat(2), expect![[r#"mine.toml:13: the id stands twice in the file (entry "mli-labbezanga")"#]]);
}

#[test]
fn a_slip_of_the_pen_is_not_lost() {
    check(
        &VILLAGE.replace("approximate", "aproximate"),
        expect![[r"
        cannot read overlay mine.toml
        TOML parse error at line 10, column 1
           |
        10 | aproximate = true
           | ^^^^^^^^^^
        unknown field `aproximate`, expected one of `id`, `name`, `names`, `kind`, `country`, `adm1`, `parent`, `approximate`, `lat`, `lon`, `radius_km`, `note`
    "]],
    );
}

#[test]
fn a_unit_may_move_the_one_of_its_name() {
    const PISSILA: &str = r#"
[[unit]]
id = "bfa-pissila"
name = "Pissila"
country = "BFA"
level = 3
parent = "Sanmatenga"
lat = 13.3
lon = -1.3
radius_km = 12
note = "written for this test"
"#;
    let find = |overlay: &str| {
        let gazetteer = Gazetteer::embedded().with_overlay("mine.toml", overlay).unwrap();
        let found = gazetteer.resolve(
            Mention { name: "Pissila commune", ..Mention::default() },
            &ReportContext { only: &["BFA"], ..ReportContext::default() },
        );
        (found.lat.unwrap(), found.lon.unwrap())
    };
    assert_ne!(find(PISSILA), (13.3, -1.3));
    assert_eq!(find(&PISSILA.replace("level", "moves = true\nlevel")), (13.3, -1.3));
}
