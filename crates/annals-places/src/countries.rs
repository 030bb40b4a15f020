//! Countries: codes, words for their people, neighbours, points.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::fold::normalise;
use crate::gazetteer::PlaceNo;

static TABLE: &str = include_str!("../../../data/places/countries.toml");

/// The table of countries, with their places once a pack is laid.
pub(crate) struct Countries {
    rows: BTreeMap<[u8; 2], Country>,
    by_iso3: BTreeMap<String, [u8; 2]>,
    /// Normalised names and words for the people.
    words: BTreeMap<String, [u8; 2]>,
}

/// One country of the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Country {
    pub(crate) iso3: String,
    #[serde(default)]
    pub(crate) people: Vec<String>,
    #[serde(default)]
    pub(crate) names: Vec<String>,
    pub(crate) capital: Option<String>,
    point: Option<[f64; 2]>,
    #[serde(skip)]
    pub(crate) place: Option<PlaceNo>,
}

impl Countries {
    pub(crate) fn embedded() -> Self {
        let rows: BTreeMap<String, Country> = toml::from_str(TABLE).expect("the embedded table is checked by a test");
        let rows: BTreeMap<[u8; 2], Country> =
            rows.into_iter().filter_map(|(iso2, row)| Some((iso2.as_bytes().try_into().ok()?, row))).collect();
        let by_iso3 = rows.iter().map(|(iso2, row)| (row.iso3.clone(), *iso2)).collect();
        let mut words = BTreeMap::new();
        for (iso2, row) in &rows {
            let plural = row.people.iter().map(|it| format!("{it}s"));
            for word in row.people.iter().cloned().chain(plural).chain(row.names.iter().cloned()) {
                // The first country of a word keeps it: "Congolese", "Guinean" and their like say little.
                words.entry(normalise(&word)).or_insert(*iso2);
            }
        }
        Self { rows, by_iso3, words }
    }

    /// The country of a normalised name or word for its people.
    pub(crate) fn named(&self, normal: &str) -> Option<[u8; 2]> {
        self.words.get(normal).copied()
    }

    /// Takes the name that the pack gives a country among its words.
    pub(crate) fn add_name(&mut self, iso2: [u8; 2], name: &str) {
        self.words.entry(normalise(name)).or_insert(iso2);
    }

    pub(crate) fn set_place(&mut self, iso2: [u8; 2], place: PlaceNo) {
        if let Some(row) = self.rows.get_mut(&iso2) {
            row.place = Some(place);
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = ([u8; 2], &Country)> {
        self.rows.iter().map(|(iso2, row)| (*iso2, row))
    }

    pub(crate) fn iso3(&self, iso2: [u8; 2]) -> Option<&str> {
        self.rows.get(&iso2).map(|it| it.iso3.as_str())
    }

    pub(crate) fn iso2(&self, iso3: &str) -> Option<[u8; 2]> {
        self.by_iso3.get(iso3).copied()
    }

    pub(crate) fn point(&self, iso2: [u8; 2]) -> Option<(f64, f64)> {
        self.rows.get(&iso2)?.point.map(|[lat, lon]| (lat, lon))
    }

    pub(crate) fn capital(&self, iso2: [u8; 2]) -> Option<&str> {
        self.rows.get(&iso2)?.capital.as_deref()
    }

    pub(crate) fn place(&self, iso2: [u8; 2]) -> Option<PlaceNo> {
        self.rows.get(&iso2)?.place
    }
}
