//! What a user may ask of an export.

use annals_record::Where;

/// Choices that hold for one export. The default leaves out private victims' names and changes nothing else.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub struct Options<'a> {
    /// Tells the names of victims who are private persons.
    pub victim_names: bool,
    /// How coarse places are told.
    pub coarsen: Option<Coarseness>,
    /// The point that stands for an admin unit or country, in degrees north and east; `None` where nobody knows one.
    pub point_of: Option<PointOf<'a>>,
    /// The outline of an admin unit; `None` where nobody knows one.
    pub outline_of: Option<OutlineOf<'a>>,
    /// The text of a report, by its id: what a row of a data set said in columns that the record does not hold, and the
    /// sentences that tell what sort of bomb it was.
    pub text_of: Option<TextOf<'a>>,
    /// Begins text tables with a byte order mark, which some spreadsheets need to read UTF-8.
    pub byte_order_mark: bool,
    /// ACLED: tells actor types as numbers, as it did before 2024.
    pub numeric_codes: bool,
    /// UCDP: also tells incidents without a death.
    pub deathless: bool,
    /// GeoJSON: draws the admin unit that a place is known by, or the circle that it lies in, not the middle of it.
    pub areas: bool,
}

/// Tells the point of an admin unit or country, in degrees north and east.
pub type PointOf<'a> = &'a (dyn Fn(&Unit<'_>) -> Option<(f64, f64)> + 'a);

/// Tells the outline of an admin unit: rings of longitude and latitude in degrees, outer ones and holes alike.
pub type OutlineOf<'a> = &'a (dyn Fn(&Unit<'_>) -> Option<Vec<Vec<(f64, f64)>>> + 'a);

/// Tells the document's text of a report by its id.
pub type TextOf<'a> = &'a (dyn Fn(&str) -> Option<String> + 'a);

/// How coarse a place is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coarseness {
    /// By its second-level unit.
    Adm2,
    /// By its first-level unit.
    Adm1,
}

/// An administrative unit by its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit<'a> {
    /// ISO 3166-1 alpha-3 code.
    pub iso3: &'a str,
    /// First-level unit; `None` for the country itself.
    pub adm1: Option<&'a str>,
    /// Second-level unit; `None` for the first-level unit itself.
    pub adm2: Option<&'a str>,
}

impl<'a> Unit<'a> {
    /// The finest unit that a place is known to lie in.
    pub(crate) fn of(place: &'a Where) -> Option<Self> {
        let adm1 = place.adm1.as_deref();
        Some(Self { iso3: place.iso3.as_deref()?, adm1, adm2: place.adm2.as_deref().filter(|_| adm1.is_some()) })
    }
}
