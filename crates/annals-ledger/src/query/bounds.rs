//! A stretch of the earth, and the squares of a degree that an index knows it by.

use rusqlite::types::Value;

use super::filter::{Filter, marks};
use crate::views::cell;

/// Beyond so many square degrees a box is looked for in order.
pub(super) const MANY_CELLS: i64 = 200;

/// A stretch of the earth. **Units**: degrees, WGS 84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Least latitude.
    pub south: f64,
    /// Least longitude; greater than `east` where the bounds cross the antimeridian.
    pub west: f64,
    /// Greatest latitude.
    pub north: f64,
    /// Greatest longitude.
    pub east: f64,
}

impl Bounds {
    pub(super) fn add_to(self, sql: &mut Filter) {
        sql.add("lat BETWEEN ? AND ?", [self.south.into(), self.north.into()]);
        let inside = if self.west <= self.east { "lon BETWEEN ? AND ?" } else { "(lon >= ? OR lon <= ?)" };
        sql.add(inside, [self.west.into(), self.east.into()]);
        if self.n_cells() <= MANY_CELLS {
            let cells = self.cells();
            sql.add(&format!("cell IN ({})", marks(cells.len())), cells);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
    fn squares(self) -> (std::ops::RangeInclusive<i64>, Vec<i64>) {
        let (south, north) = (self.south.max(-90.0).floor() as i64, self.north.min(90.0).floor() as i64);
        let (west, east) = (self.west.max(-180.0).floor() as i64, self.east.min(180.0).floor() as i64);
        let columns =
            if self.west <= self.east { (west..=east).collect() } else { (west..=180).chain(-180..=east).collect() };
        (south..=north, columns)
    }

    pub(super) fn n_cells(self) -> i64 {
        let (rows, columns) = self.squares();
        (rows.end() - rows.start() + 1).max(0) * i64::try_from(columns.len()).unwrap_or(i64::MAX)
    }

    pub(super) fn cells(self) -> Vec<Value> {
        let (rows, columns) = self.squares();
        rows.flat_map(|row| columns.iter().map(move |column| (row, *column)))
            .map(|(row, column)| Value::from(cell(row as f64, column as f64)))
            .collect()
    }
}
