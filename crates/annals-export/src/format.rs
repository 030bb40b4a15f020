//! The formats, by name.

use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// A format that incidents can be written in; docs/formats has a page on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Format {
    /// ACLED's 31 columns, as CSV.
    Acled,
    /// UCDP GED's 49 columns, as CSV.
    Ucdp,
    /// PLOVER 2, one event a line of JSON.
    Plover,
    /// POLECAT's 40 columns, parted by tabs.
    Polecat,
    /// GeoJSON, a feature an incident.
    Geojson,
    /// One row an incident with plain names.
    Csv,
    /// One incident a line, whole.
    Jsonl,
    /// A short table with a row of hashtags of the Humanitarian Exchange Language.
    Hxl,
    /// Parquet: one wide table of incidents.
    Parquet,
    /// Parquet with the point of each incident as a geometry.
    Geoparquet,
    /// Parquet: one row a claim.
    Claims,
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// The format's name on the command line.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// How file names end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Acled | Self::Ucdp | Self::Csv | Self::Hxl => "csv",
            Self::Polecat => "tsv",
            Self::Plover | Self::Jsonl => "jsonl",
            Self::Geojson => "geojson",
            Self::Parquet | Self::Geoparquet | Self::Claims => "parquet",
        }
    }

    /// True where the file is no text.
    pub fn is_binary(self) -> bool {
        matches!(self, Self::Parquet | Self::Geoparquet | Self::Claims)
    }
}
