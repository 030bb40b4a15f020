//! A table's columns by our names, whatever its vintage calls them.

use csv::StringRecord;
use jiff::civil::Date;
use serde::Deserialize;

use super::{Header, ImportError};

/// A column that a data set is known to have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    pub(crate) name: String,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    required: bool,
}

/// Where each known column stands in this table.
pub(crate) struct Columns {
    known: &'static [Known],
    /// For each known column.
    at: Vec<Option<usize>>,
    header: Header,
}

impl Columns {
    pub(crate) fn new(known: &'static [Known], header: &StringRecord) -> Result<Self, ImportError> {
        let names: Vec<&str> = header.iter().map(|it| it.trim().trim_start_matches('\u{feff}')).collect();
        let find =
            |it: &Known| names.iter().position(|name| *name == it.name || it.also.iter().any(|also| also == name));
        let at: Vec<Option<usize>> = known.iter().map(find).collect();
        let absent = || known.iter().zip(&at).filter(|it| it.1.is_none()).map(|it| it.0);
        let needed: Vec<String> = absent().filter(|it| it.required).map(|it| it.name.clone()).collect();
        if !needed.is_empty() {
            return Err(ImportError::Missing(needed));
        }
        let header = Header {
            missing: absent().map(|it| it.name.clone()).collect(),
            unknown: names
                .iter()
                .enumerate()
                .filter(|(idx, name)| !name.is_empty() && !at.contains(&Some(*idx)))
                .map(|(_, name)| (*name).to_owned())
                .collect(),
        };
        Ok(Self { known, at, header })
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    pub(crate) fn row<'a>(&'a self, record: &'a StringRecord, row: u64) -> Row<'a> {
        Row { columns: self, record, number: row }
    }
}

/// One row, by our column names.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    columns: &'a Columns,
    record: &'a StringRecord,
    number: u64,
}

impl<'a> Row<'a> {
    /// All columns of the table that are known, with their cells, in our order.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let record = self.record;
        self.columns.known.iter().zip(&self.columns.at).filter_map(move |(known, at)| {
            let cell = record.get((*at)?).unwrap_or_default();
            Some((known.name.as_str(), cell))
        })
    }

    /// The cell of a column; empty when the table lacks it.
    pub(crate) fn text(&self, name: &str) -> &'a str {
        self.cells().find(|it| it.0 == name).map(|it| it.1).unwrap_or_default()
    }

    pub(crate) fn wrong(&self, column: &'static str, why: &'static str) -> ImportError {
        ImportError::Cell { row: self.number, column, value: self.text(column).to_owned(), why }
    }

    /// A whole number, 0 or more.
    pub(crate) fn count(&self, column: &'static str) -> Result<u64, ImportError> {
        self.text(column).trim().parse().map_err(|_| self.wrong(column, "no whole number"))
    }

    /// Degrees; `None` when the cell is empty.
    pub(crate) fn degrees(&self, column: &'static str, most: f64) -> Result<Option<f64>, ImportError> {
        let text = self.text(column).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let degrees: f64 = text.parse().map_err(|_| self.wrong(column, "no number of degrees"))?;
        if degrees.abs() <= most { Ok(Some(degrees)) } else { Err(self.wrong(column, "off the globe")) }
    }

    /// A day, in any of the forms that the vintages have.
    pub(crate) fn day(&self, column: &'static str) -> Result<Date, ImportError> {
        day(self.text(column)).ok_or_else(|| self.wrong(column, "no day"))
    }
}

/// A day as data sets write it: `2024-03-09`, with or without a time; `03/09/2024` (month first); `9 March 2024`.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let first = text.split(' ').next()?;
    if let Ok(date) = first.get(..10).unwrap_or(first).parse() {
        return Some(date);
    }
    Date::strptime("%m/%d/%Y", first).or_else(|_| Date::strptime("%d %B %Y", text)).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_come_in_several_forms() {
        for text in ["2024-03-09", "2024-03-09 00:00:00.000", "03/09/2024 00:00:00", "9 March 2024", "09 March 2024"] {
            assert_eq!(super::day(text), Some(jiff::civil::date(2024, 3, 9)), "{text}");
        }
        assert_eq!(super::day("March 2024"), None);
    }
}
