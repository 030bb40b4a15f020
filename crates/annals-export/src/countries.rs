//! What the formats call countries: data/export/countries.toml.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A row of the table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Country {
    pub(crate) iso3: String,
    /// ISO 3166-1 numeric; 0 for Kosovo, which has none.
    pub(crate) numeric: u16,
    pub(crate) name: String,
    /// ACLED's region.
    pub(crate) region: String,
    /// Gleditsch and Ward's number.
    pub(crate) gw: Option<u16>,
    ucdp_name: Option<String>,
    pub(crate) ucdp_region: Option<String>,
}

impl Country {
    /// UCDP's name.
    pub(crate) fn ucdp_name(&self) -> &str {
        self.ucdp_name.as_deref().unwrap_or(&self.name)
    }
}

#[derive(Deserialize)]
struct Table {
    countries: Vec<Country>,
}

static COUNTRIES: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let table: Table =
        toml::from_str(include_str!("../../../data/export/countries.toml")).expect("a test reads the table");
    table.countries.into_iter().map(|it| (it.iso3.clone(), it)).collect()
});

/// The country of an ISO 3166-1 alpha-3 code.
pub(crate) fn country(iso3: &str) -> Option<&'static Country> {
    COUNTRIES.get(iso3)
}

/// The ISO3 code of a country that a data set names by name or number.
pub(crate) fn iso3_of(name: &str, gw: Option<u16>, numeric: Option<u16>) -> Option<&'static str> {
    let mut found: Vec<&'static Country> = COUNTRIES
        .values()
        .filter(|it| {
            it.name == name
                || it.ucdp_name() == name
                || numeric.is_some_and(|number| number == it.numeric && number > 0)
                || gw.is_some() && it.gw == gw
        })
        .collect();
    // Palestine shares Israel's name and number with UCDP, and yields to it.
    found.sort_by_key(|it| (it.name != name, it.ucdp_name.is_some() && it.ucdp_name() == it.name, it.iso3.as_str()));
    found.first().map(|it| it.iso3.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_reads_and_codes_stand_once() {
        assert!(COUNTRIES.len() > 240);
        let mut numbers: Vec<u16> = COUNTRIES.values().map(|it| it.numeric).filter(|it| *it > 0).collect();
        let n_all = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), n_all);
    }

    #[test]
    fn countries_are_found_by_any_name_or_number() {
        assert_eq!(iso3_of("Myanmar (Burma)", None, None), Some("MMR"));
        assert_eq!(iso3_of("", Some(439), None), Some("BFA"));
        assert_eq!(iso3_of("", None, Some(466)), Some("MLI"));
        assert_eq!(iso3_of("Israel", Some(666), None), Some("ISR"));
        assert_eq!(iso3_of("Atlantis", None, None), None);
    }
}
