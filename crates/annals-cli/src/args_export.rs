//! What can be asked of every export; its help text is these comments.

use clap::{Args, ValueEnum};

/// Options of the formats of the field.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Export options")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct ExportOptions {
    /// Tell the names of victims who are private persons; the reason is logged
    #[arg(long, value_name = "REASON")]
    pub(crate) with_victim_names: Option<String>,

    /// Tell places no finer than by this unit
    #[arg(long, value_name = "UNIT", value_enum)]
    pub(crate) coarsen: Option<Coarsen>,

    /// Begin text tables with a byte order mark, which some spreadsheets need
    #[arg(long)]
    pub(crate) bom: bool,

    /// ACLED: tell actor types as numbers
    #[arg(long)]
    pub(crate) numeric_codes: bool,

    /// UCDP: also tell incidents without a death
    #[arg(long)]
    pub(crate) deathless: bool,

    /// GeoJSON: draw the admin unit that a place is known by, or the circle that it lies in
    #[arg(long)]
    pub(crate) areas: bool,

    /// Tell on standard error what the format could not hold
    #[arg(long)]
    pub(crate) report: bool,
}

/// How coarse places are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Coarsen {
    /// First-level unit (region, state)
    Adm1,
    /// Second-level unit (district)
    Adm2,
}

impl From<Coarsen> for annals_export::Coarseness {
    fn from(coarsen: Coarsen) -> Self {
        match coarsen {
            Coarsen::Adm1 => Self::Adm1,
            Coarsen::Adm2 => Self::Adm2,
        }
    }
}
