//! How people write what they ask for.

use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::query::Bounds;

/// A time to ask as of: a time, or a day, which counts to its end in UTC; `None` for anything else.
pub fn time_asked(text: &str) -> Option<Timestamp> {
    if let Ok(time) = text.parse() {
        return Some(time);
    }
    let next = text.parse::<Date>().ok()?.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?;
    next.timestamp().checked_sub(1.microsecond()).ok()
}

/// What was written is no box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("four numbers are needed: south,west,north,east")]
pub struct NoBounds;

/// "south,west,north,east".
impl FromStr for Bounds {
    type Err = NoBounds;

    fn from_str(text: &str) -> Result<Self, NoBounds> {
        let degrees: Option<Vec<f64>> =
            text.split(',').map(|it| it.trim().parse().ok().filter(|it: &f64| it.is_finite())).collect();
        match degrees.as_deref() {
            Some(&[south, west, north, east]) if south <= north => Ok(Self { south, west, north, east }),
            _ => Err(NoBounds),
        }
    }
}
