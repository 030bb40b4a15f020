//! Overlays as a layer of the gazetteer: new places, and names, points and codes of places of lower layers.
//!
//! The program's own layers are made once for all (data/places/layers.postcard) and only read at its start; a user's overlay is made
//! into one when it is laid over the gazetteer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::gazetteer::PlaceNo;
use crate::pack::Entry;

/// The layers over the world pack, made by the example `layers`.
static EMBEDDED: &[u8] = include_bytes!("../../../data/places/layers.postcard");

/// Point and radius of a place.
pub(crate) type Spot = (f64, f64, Option<f64>);

/// A folded name, whose it is, whether it is the main one, and the check of its normalised form.
pub(crate) type Naming = (String, PlaceNo, bool, u8);

/// New places, and what is told of places of lower layers.
#[derive(Serialize, Deserialize)]
pub(crate) struct OverlayLayer {
    /// Number of the first new place.
    pub(crate) first: u32,
    pub(crate) rows: Vec<Row>,
    /// Sorted by name.
    pub(crate) names: Vec<Naming>,
    /// Usual English names of places of lower layers.
    pub(crate) english: BTreeMap<PlaceNo, String>,
    /// Units of lower layers that lie elsewhere than those say.
    pub(crate) moved: BTreeMap<PlaceNo, Spot>,
    /// Places of lower layers and the unit that they lie in instead of the one that those say.
    pub(crate) gathered: BTreeMap<PlaceNo, PlaceNo>,
    /// ISO 3166-2 codes of units, of lower layers too.
    pub(crate) codes: BTreeMap<PlaceNo, String>,
}

/// A new place.
#[derive(Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) entry: Entry,
}

impl OverlayLayer {
    /// The program's own layers, lowest first.
    pub(crate) fn embedded() -> Vec<Self> {
        postcard::from_bytes(EMBEDDED).expect("the embedded layers are checked by a test")
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn holds(&self, place: PlaceNo) -> bool {
        place.0.checked_sub(self.first).is_some_and(|n| n < self.len())
    }

    fn row(&self, place: PlaceNo) -> &Row {
        &self.rows[(place.0 - self.first) as usize]
    }

    pub(crate) fn entry(&self, place: PlaceNo) -> Entry {
        self.row(place).entry
    }

    /// The usual English name of a unit of a lower layer.
    pub(crate) fn english(&self, place: PlaceNo) -> Option<&str> {
        self.english.get(&place).map(String::as_str)
    }

    /// Where a unit of a lower layer lies instead.
    pub(crate) fn moved(&self, place: PlaceNo) -> Option<Spot> {
        self.moved.get(&place).copied()
    }

    /// The unit that a place of a lower layer lies in instead.
    pub(crate) fn gathered(&self, place: PlaceNo) -> Option<PlaceNo> {
        self.gathered.get(&place).copied()
    }

    pub(crate) fn name(&self, place: PlaceNo) -> &str {
        &self.row(place).name
    }

    pub(crate) fn public_id(&self, place: PlaceNo) -> String {
        format!("overlay:{}", self.row(place).id)
    }

    /// The place of an id, looked for from one end to the other.
    pub(crate) fn number_of(&self, id: &str) -> Option<PlaceNo> {
        (self.first..).zip(&self.rows).find(|(_, row)| row.id == id).map(|(n, _)| PlaceNo(n))
    }

    /// ISO 3166-2 code of a unit of this or a lower layer.
    pub(crate) fn iso_code(&self, place: PlaceNo) -> Option<&str> {
        self.codes.get(&place).map(String::as_str)
    }

    pub(crate) fn postings(&self, key: &str) -> impl Iterator<Item = (PlaceNo, bool, u8)> + '_ {
        let start = self.names.partition_point(|it| it.0.as_str() < key);
        let n = self.names[start..].partition_point(|it| it.0 == key);
        self.names[start..start + n].iter().map(|(_, place, is_main, check)| (*place, *is_main, *check))
    }

    pub(crate) fn search<A: fst::Automaton>(&self, near: &A, each: &mut impl FnMut(&[u8], PlaceNo)) {
        let start = near.start();
        let mut last = (0, false);
        for group in self.names.chunk_by(|a, b| a.0 == b.0) {
            let key = group[0].0.as_bytes();
            // Most keys fall at their first letter, which is tried once for all keys of that letter.
            let first = key[0];
            if last.0 != first {
                last = (first, near.can_match(&near.accept(&start, first)));
            }
            if !last.1 {
                continue;
            }
            let mut state = near.start();
            for byte in key {
                state = near.accept(&state, *byte);
                if !near.can_match(&state) {
                    break;
                }
            }
            if near.can_match(&state) && near.is_match(&state) {
                for it in group {
                    each(key, it.1);
                }
            }
        }
    }
}
