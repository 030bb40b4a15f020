//! UCDP GED's 49 columns. Mapping and rules: docs/formats/ucdp.md.
//!
//! **Source**: UCDP GED codebook; columns and their order as in the public sample.

mod deaths;
mod dyad;
mod numbers;
mod original;
mod row;

pub(crate) use original::DATA_SET;
pub use original::columns_of;
pub use row::COLUMNS;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use annals_incidents::Incident;
use annals_record::Realis;
use serde::Deserialize;

use crate::loss::{Loss, Lost};
use crate::table::Rows;
use crate::writer::{Context, ExportError, Out, Writer};

pub(crate) const LACKS: &[Lost] = &[
    Lost::NotActual,
    Lost::NoPoint,
    Lost::Radius,
    Lost::Injured,
    Lost::OtherPeople,
    Lost::Things,
    Lost::UntoldNumber,
    Lost::Claims,
    Lost::DisputedAgents,
    Lost::MoreParties,
    Lost::UnresolvedParties,
    Lost::Weapons,
    Lost::Review,
];

/// data/export/ucdp.toml.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tables {
    untold_deaths: u64,
    civilians: String,
    conflict_names: BTreeMap<String, String>,
    carried: Vec<String>,
    verbatim: Vec<String>,
}

impl Tables {
    pub(crate) fn get() -> &'static Self {
        static TABLES: LazyLock<Tables> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../../data/export/ucdp.toml")).expect("a test reads the tables")
        });
        &TABLES
    }
}

/// The exporter.
pub(crate) struct Ucdp<'a> {
    context: Context<'a>,
    rows: Rows<'a>,
}

impl<'a> Ucdp<'a> {
    pub(crate) fn new(context: Context<'a>, out: Out<'a>) -> Result<Self, ExportError> {
        Ok(Self { context, rows: Rows::new(out, &COLUMNS, b',', context.options)? })
    }
}

impl Writer for Ucdp<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        if incident.realis != Realis::Actual {
            return Ok(());
        }
        match row::row(incident, &self.context, loss) {
            Ok(row) => self.rows.row(row, loss),
            Err(why) => {
                loss.count(why);
                Ok(())
            }
        }
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        self.rows.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_names_columns() {
        let tables = Tables::get();
        assert!(tables.carried.iter().chain(&tables.verbatim).all(|it| COLUMNS.contains(&it.as_str())));
    }
}
