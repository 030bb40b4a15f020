//! What is part of the program.

use annals_places::{Mention, ReportContext, where_of};

use crate::resolve::WORLD;

#[test]
fn the_pack_tells_its_sources() {
    let (meta, n_places) = WORLD.packs().next().unwrap();
    assert_eq!(meta.name, "places");
    assert!(n_places > 300_000);
    assert!(meta.sources.iter().all(|it| it.contains("CC BY 4.0") || it.contains("public domain")));
}

#[test]
fn units_have_codes_and_outlines() {
    let gao = WORLD.resolve(Mention { name: "Gao Region", ..Mention::default() }, &ReportContext::default());
    let id = gao.place.unwrap().id;
    assert_eq!(WORLD.iso_3166_2(&id), Some("ML-7"));
    let town = WORLD.resolve(Mention { name: "Ansongo", ..Mention::default() }, &ReportContext::default());
    assert_eq!(WORLD.iso_3166_2(&town.place.unwrap().id), Some("ML-7"));
    let outline = WORLD.outline(&id).unwrap();
    assert!(outline.iter().flatten().count() > 20);
    assert!(outline.iter().flatten().all(|(lon, lat)| (-6.0..6.0).contains(lon) && (14.0..22.0).contains(lat)));
}

#[test]
fn districts_have_outlines_where_a_source_draws_them() {
    let context = ReportContext { only: &["NGA", "BFA"], ..ReportContext::default() };
    for name in ["Damboa district", "Soum province"] {
        let place = WORLD.resolve(Mention { name, ..Mention::default() }, &context).place.unwrap();
        assert_eq!(place.kind, "adm2", "{name}");
        let outline = WORLD.outline(&place.id).unwrap();
        let near =
            |(lon, lat): &(f64, f64)| (lat - place.lat.unwrap()).abs() < 2.0 && (lon - place.lon.unwrap()).abs() < 2.0;
        assert!(outline.iter().flatten().all(near), "{name}");
    }
}

#[test]
fn places_tell_the_code_of_their_unit() {
    for (name, code) in [("Ansongo", Some("ML-7")), ("Andéramboukane", Some("ML-9")), ("Mali", None)] {
        let found = WORLD.resolve(Mention { name, ..Mention::default() }, &ReportContext::default());
        let (_, place) = where_of(&[&found]).unwrap();
        assert_eq!(place.iso_3166_2.as_deref(), code, "{name} in {:?}", place.adm1);
    }
}

#[test]
fn countries_are_known_by_name_and_code() {
    for named in ["ML", "MLI", "mli", "Mali", "mali"] {
        assert_eq!(WORLD.country_code(named), Some("MLI"), "{named}");
    }
    assert_eq!(WORLD.country_code("Burma"), Some("MMR"));
    assert_eq!(WORLD.country_code("Atlantis"), None);
}

#[test]
fn ids_lead_back_to_places() {
    assert_eq!(WORLD.by_id("geonames:2457163").unwrap().name, "Gao");
    assert_eq!(WORLD.by_id("geonames:1"), None);
    assert_eq!(WORLD.by_id("nonsense"), None);
}
