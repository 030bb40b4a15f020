//! What sort of thing a gazetteer entry is.

use serde::{Deserialize, Serialize};

/// The sort of a gazetteer entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
#[expect(missing_docs, reason = "the words speak for themselves")]
pub enum Kind {
    Continent = 1,
    Country = 2,
    Adm1 = 3,
    Adm2 = 4,
    Adm3 = 5,
    /// A named area that is no admin unit.
    Area = 6,
    Capital = 7,
    City = 8,
    Town = 9,
    Village = 10,
    Quarter = 11,
    Camp = 12,
    Base = 13,
    Airport = 14,
    Crossing = 15,
    /// Mine, dam, field, monastery, building.
    Site = 16,
    Island = 17,
    Water = 18,
    Mountain = 19,
}

const ALL: [(Kind, &str); 19] = [
    (Kind::Continent, "continent"),
    (Kind::Country, "country"),
    (Kind::Adm1, "adm1"),
    (Kind::Adm2, "adm2"),
    (Kind::Adm3, "adm3"),
    (Kind::Area, "area"),
    (Kind::Capital, "capital"),
    (Kind::City, "city"),
    (Kind::Town, "town"),
    (Kind::Village, "village"),
    (Kind::Quarter, "quarter"),
    (Kind::Camp, "camp"),
    (Kind::Base, "base"),
    (Kind::Airport, "airport"),
    (Kind::Crossing, "crossing"),
    (Kind::Site, "site"),
    (Kind::Island, "island"),
    (Kind::Water, "water"),
    (Kind::Mountain, "mountain"),
];

/// GeoNames spots that reports name: dams, mines, monasteries, hospitals, prisons, police posts, ruins, plants, churches, mosques.
const SITES: &[&str] = &[
    "BDG", "BRKS", "CH", "DAM", "HSP", "MN", "MNAU", "MNMT", "MSQE", "MSTY", "OILR", "OILT", "PP", "PRN", "PS", "RUIN",
];

impl Kind {
    /// The word for it in the record's `place.kind`.
    pub fn as_str(self) -> &'static str {
        ALL[self as usize - 1].1
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        ALL.iter().find(|(_, it)| *it == word).map(|(kind, _)| *kind)
    }

    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        ALL.get(usize::from(byte).wrapping_sub(1)).map(|(kind, _)| *kind)
    }

    /// True for places that are a spot on the map of a country: towns, villages, camps …
    pub fn is_point(self) -> bool {
        matches!(
            self,
            Self::Capital
                | Self::City
                | Self::Town
                | Self::Village
                | Self::Quarter
                | Self::Camp
                | Self::Base
                | Self::Airport
                | Self::Crossing
                | Self::Site
        )
    }

    /// True for towns and cities.
    pub(crate) fn is_town(self) -> bool {
        matches!(self, Self::Capital | Self::City | Self::Town)
    }

    /// True for admin units below the country.
    pub fn is_unit(self) -> bool {
        matches!(self, Self::Adm1 | Self::Adm2 | Self::Adm3)
    }

    /// True for countries and greater.
    pub fn is_country_or_more(self) -> bool {
        matches!(self, Self::Country | Self::Continent)
    }

    /// Radius that covers a typical one when the gazetteer tells none.
    ///
    /// **Units**: kilometres.
    pub fn usual_radius_km(self) -> f64 {
        match self {
            Self::Continent => 3000.0,
            Self::Country => 500.0,
            Self::Adm1 => 120.0,
            Self::Adm2 => 40.0,
            Self::Adm3 => 15.0,
            Self::Area => 100.0,
            Self::Capital | Self::City => 10.0,
            Self::Town | Self::Island | Self::Mountain => 5.0,
            Self::Water => 50.0,
            Self::Village | Self::Quarter | Self::Camp | Self::Base | Self::Airport | Self::Crossing | Self::Site => {
                2.0
            }
        }
    }

    /// The kind of a GeoNames feature; `None` for features that reports do not name as places (streams, roads, trees).
    ///
    /// **Source**: GeoNames feature codes.
    pub fn of_geonames(class: &str, code: &str, population: u64) -> Option<Self> {
        Some(match (class, code) {
            ("A", "ADM1" | "ADM1H") => Self::Adm1,
            ("A", "ADM2" | "ADM2H") => Self::Adm2,
            ("A", "ADM3" | "ADM3H" | "ADM4" | "ADM4H") => Self::Adm3,
            ("A", "PCLH") => return None,
            ("A", code) if code.starts_with("PCL") || code == "TERR" => Self::Country,
            ("A", "ADMD") => Self::Area,
            ("P", "PPLC") => Self::Capital,
            ("P", "PPLX") => Self::Quarter,
            ("P", _) if population >= 100_000 => Self::City,
            ("P", code) if population >= 5000 || code.starts_with("PPLA") => Self::Town,
            ("P", _) => Self::Village,
            ("L", "CONT") => Self::Continent,
            ("L", "MILB" | "INSM") | ("S", "INSM" | "FT") => Self::Base,
            ("L", "RGN" | "RGNE" | "RGNH" | "AREA" | "PRK" | "RES" | "RESN" | "RESW" | "RESF" | "LCTY" | "OAS") => {
                Self::Area
            }
            ("L" | "S", code) if code.starts_with("CMP") => Self::Camp,
            ("S", "AIRP" | "AIRF" | "AIRB" | "AIRH") => Self::Airport,
            ("S", "PSTB" | "PSTC") => Self::Crossing,
            ("S", code) if SITES.contains(&code) => Self::Site,
            ("R", "BDG") | ("L", "OILF" | "GASF" | "MNA") => Self::Site,
            ("T", "ISL" | "ISLS" | "ISLET") => Self::Island,
            ("T", "MT" | "MTS" | "PK" | "HLL" | "HLLS" | "PASS" | "VAL" | "DSRT" | "PLAT" | "PLN") => Self::Mountain,
            ("H", "LK" | "LKS" | "RSV" | "STM" | "STMX" | "BAY" | "GULF" | "SEA" | "STRT" | "WLL" | "WAD") => {
                Self::Water
            }
            _ => return None,
        })
    }
}
