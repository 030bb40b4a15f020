//! UCDP's own numbers and names of conflicts, dyads and sides: data/export/ucdp-dyads.toml.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A dyad that UCDP has numbered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KnownDyad {
    violence: u8,
    side_a: String,
    side_b: String,
    pub(crate) conflict: u32,
    pub(crate) conflict_name: String,
    pub(crate) dyad: u32,
    pub(crate) dset: OldNumbers,
}

/// Numbers of the data set's earlier form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OldNumbers {
    pub(crate) conflict: u32,
    pub(crate) dyad: u32,
}

/// A side that UCDP has numbered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KnownSide {
    pub(crate) id: u32,
    pub(crate) dset: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    dyads: Vec<KnownDyad>,
    sides: BTreeMap<String, KnownSide>,
}

fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../data/export/ucdp-dyads.toml")).expect("a test reads the table")
    });
    &TABLE
}

/// The side of a name.
pub(crate) fn side(name: &str) -> Option<&'static KnownSide> {
    table().sides.get(name)
}

/// The dyad of two names, in UCDP's order.
pub(crate) fn dyad(violence: u8, side_a: &str, side_b: &str) -> Option<&'static KnownDyad> {
    table().dyads.iter().find(|it| it.violence == violence && it.side_a == side_a && it.side_b == side_b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_once_and_sides_have_theirs() {
        let table = table();
        let mut dyads: Vec<u32> = table.dyads.iter().map(|it| it.dyad).collect();
        dyads.sort_unstable();
        dyads.dedup();
        assert_eq!(dyads.len(), table.dyads.len());
        for it in &table.dyads {
            assert!(side(&it.side_a).is_some() && side(&it.side_b).is_some(), "{it:?}");
            assert!(dyad(it.violence, &it.side_a, &it.side_b).is_some());
        }
    }
}
