//! GeoNames' dump format → a user's pack, over a gazetteer.

use annals_places::{Gazetteer, Mention, Pack, ReportContext, geonames};
use expect_test::{Expect, expect};

/// A line of 19 columns.
fn row(id: &str, name: &str, others: &str, point: (&str, &str), feature: (&str, &str), adm1: &str) -> String {
    let ((lat, lon), (class, code)) = (point, feature);
    format!(
        "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{class}\t{code}\tML\t\t{adm1}\t\t\t\t900\t\t\tAfrica/Bamako\t2026-01-01\n"
    )
}

fn small() -> String {
    row("1", "Mali", "", ("17.0", "-4.0"), ("A", "PCLI"), "")
        + &row("2", "Gao", "Gao Region", ("16.3", "0.9"), ("A", "ADM1"), "09")
        + &row("3", "Tin Ouzel", "Tinuzel,تين أوزل", ("15.9", "0.7"), ("P", "PPL"), "09")
        + &row("4", "Oued Test", "", ("15.8", "0.6"), ("H", "STMC"), "09")
}

#[test]
fn a_small_gazetteer_stands_alone() {
    let bytes = geonames::dump_to_pack("ML.txt", small().as_bytes()).unwrap();
    let gazetteer = Gazetteer::of_pack(Pack::from_vec(bytes).unwrap());
    for name in ["Tin Ouzel", "TINUZEL", "Ti-n-Ouzel", "تين أوزل"] {
        let found = gazetteer.resolve(
            Mention { name, ..Mention::default() },
            &ReportContext { countries: &["MLI"], ..Default::default() },
        );
        let place = found.place.unwrap_or_else(|| panic!("{name}: {:?}", found.passes));
        assert_eq!(
            (place.id.as_str(), place.adm1.as_deref(), place.iso3.as_deref()),
            ("geonames:3", Some("Gao"), Some("MLI"))
        );
    }
}

#[test]
fn a_file_may_have_any_name() {
    for file in ["Me\u{301}naka.txt", "a\"b\\c.txt", "a\u{7}\u{200f}b\n.txt"] {
        let pack = Pack::from_vec(geonames::dump_to_pack(file, small().as_bytes()).unwrap()).unwrap();
        assert_eq!(pack.meta().name, file);
    }
}

#[test]
fn a_pack_that_was_changed_is_refused() {
    let whole = geonames::dump_to_pack("ML.txt", small().as_bytes()).unwrap();
    let index = u32::from_le_bytes(whole[16..20].try_into().unwrap()) as usize;
    for at in [index, index + 20] {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        assert!(Pack::from_vec(changed).is_err(), "byte {at}");
    }
}

#[track_caller]
fn check(dump: &[u8], expect: Expect) {
    let said = match geonames::dump_to_pack("ML.txt", dump) {
        Ok(_) => "fine".to_owned(),
        Err(err) => err.to_string(),
    };
    expect.assert_eq(&said);
}

#[test]
fn names_the_line_of_what_is_wrong() {
    check(small().as_bytes(), expect!["fine"]);
    check((small() + "1\tX\tX\n").as_bytes(), expect!["ML.txt:5: 3 columns instead of 19"]);
    check(
        (small() + &row("3", "Again", "", ("1", "1"), ("P", "PPL"), "")).as_bytes(),
        expect!["ML.txt:5: id 3 stands in line 3 already"],
    );
    check(
        row("9", "X", "", ("91", "1"), ("P", "PPL"), "").as_bytes(),
        expect![[r#"ML.txt:1: "91" is out of range ±90"#]],
    );
    check(
        row("9", "X", "", ("NaN", "1"), ("P", "PPL"), "").as_bytes(),
        expect![[r#"ML.txt:1: "NaN" is out of range ±90"#]],
    );
    check(row("-9", "X", "", ("1", "1"), ("P", "PPL"), "").as_bytes(), expect![[r#"ML.txt:1: id "-9" is no id"#]]);
    check(row("9", "", "", ("1", "1"), ("P", "PPL"), "").as_bytes(), expect!["ML.txt:1: a name of 0 bytes"]);
    check(b"\xff\xfe", expect!["ML.txt:1: the line is not UTF-8"]);
    check(b"", expect!["ML.txt holds no place"]);
    check("x".repeat(300_000).as_bytes(), expect!["ML.txt:1: the line is longer than 200000 bytes"]);
}

#[test]
fn what_is_no_pack_is_refused() {
    let bytes = geonames::dump_to_pack("ML.txt", small().as_bytes()).unwrap();
    assert!(Pack::from_vec(Vec::new()).is_err());
    assert!(
        Pack::from_vec(b"not a pack, but long enough to be one, or is it? Perhaps even longer than that.".to_vec())
            .is_err()
    );
    for length in (0..bytes.len()).step_by(7) {
        // Cut anywhere, a pack is refused, or gives less; it never breaks the program.
        if let Ok(pack) = Pack::from_vec(bytes[..length].to_vec()) {
            let _ = Gazetteer::of_pack(pack)
                .resolve(Mention { name: "Gao", ..Mention::default() }, &ReportContext::default());
        }
    }
}
