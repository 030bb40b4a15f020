//! The filters that lists, map, counts and exports share.

use std::str::FromStr;

use annals_actors::Registry;
use annals_incidents::ReviewState;
use annals_ledger::{Bounds, Query, time_asked};
use annals_record::EventType;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::error::{ApiError, ApiResult};

/// Which incidents.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct Filters {
    /// Words that all stand in the account and what its reports say of it, or in the text of one of them.
    pub(crate) q: Option<String>,
    /// Only what happened, or may have, on this day or later.
    pub(crate) from: Option<Date>,
    /// Only what happened, or may have, on this day or before.
    pub(crate) to: Option<Date>,
    /// Types of event, with commas between them.
    #[serde(rename = "type")]
    pub(crate) types: Option<String>,
    /// Registry id, or name of an unresolved party, on either side; sub-groups are included.
    pub(crate) actor: Option<String>,
    /// Code of the country, three letters.
    pub(crate) iso3: Option<String>,
    /// First-level unit.
    pub(crate) adm1: Option<String>,
    /// South, west, north and east in degrees, with commas between them.
    #[serde(rename = "box")]
    pub(crate) bounds: Option<String>,
    /// Best number of people killed, at least.
    pub(crate) killed: Option<Number>,
    /// States of review, with commas between them; all but `rejected` when absent.
    pub(crate) review: Option<String>,
    /// As it was known at the end of this day (UTC), or at this time.
    pub(crate) as_of: Option<String>,
}

/// A whole number. A flattened query gives text only.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "u32")]
pub(crate) struct Number(pub(crate) u64);

impl TryFrom<String> for Number {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| format!("{text:?} is no whole number"))
    }
}

impl Filters {
    pub(crate) fn query(&self, registry: &Registry) -> ApiResult<Query> {
        Ok(Query {
            from: self.from,
            to: self.to,
            bounds: self.bounds.as_deref().map(bounds).transpose()?,
            iso3: self.iso3.clone(),
            adm1: self.adm1.clone(),
            actors: self.actor.as_ref().map_or_else(Vec::new, |it| registry.with_sub_groups(&[it])),
            types: codes::<EventType>(self.types.as_deref(), "type of event")?,
            killed_at_least: self.killed.map(|it| it.0),
            review: self.review.as_deref().map_or(Ok(Vec::new()), reviews)?,
            text: self.q.as_deref().map(prefixed).filter(|it| !it.is_empty()),
            as_of: self.as_of.as_deref().map(as_of).transpose()?,
            ..Query::default()
        })
    }
}

/// Whoever types has not ended the last word yet.
fn prefixed(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(|it: char| it.is_alphanumeric()) { format!("{text}*") } else { text.to_owned() }
}

fn codes<T: FromStr>(text: Option<&str>, what: &str) -> ApiResult<Vec<T>> {
    let parts = text.unwrap_or_default().split(',').map(str::trim).filter(|it| !it.is_empty());
    parts.map(|it| it.parse().map_err(|_| ApiError::bad(format!("{it:?} is no {what}")))).collect()
}

fn reviews(text: &str) -> ApiResult<Vec<ReviewState>> {
    let parts = text.split(',').map(str::trim).filter(|it| !it.is_empty());
    parts
        .map(|it| {
            serde_json::from_value(serde_json::Value::from(it))
                .map_err(|_| ApiError::bad(format!("{it:?} is no state of review")))
        })
        .collect()
}

fn bounds(text: &str) -> ApiResult<Bounds> {
    text.parse().map_err(|_| ApiError::bad("a box is south,west,north,east in degrees"))
}

pub(crate) fn as_of(text: &str) -> ApiResult<Timestamp> {
    time_asked(text).ok_or_else(|| ApiError::bad(format!("{text:?} is neither a day nor a time")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_counts_to_its_end() {
        assert_eq!(as_of("2024-02-29").expect("a day").to_string(), "2024-02-29T23:59:59.999999Z");
        assert_eq!(as_of("2024-02-29T10:00:00Z").expect("a time").to_string(), "2024-02-29T10:00:00Z");
        assert!(as_of("yesterday").is_err());
    }

    #[test]
    fn odd_filters_are_told() {
        assert!(codes::<EventType>(Some("air_strike,shelling"), "type").is_ok_and(|it| it.len() == 2));
        assert!(codes::<EventType>(Some("party"), "type").is_err());
        assert!(reviews("accepted, corrected").is_ok_and(|it| it.len() == 2));
        assert!(bounds("1,2,3").is_err() && bounds("NaN,2,3,4").is_err() && bounds("-5,10,5,20").is_ok());
    }

    #[test]
    fn the_last_word_may_be_unfinished() {
        assert_eq!(prefixed("Gao barr"), "Gao barr*");
        assert_eq!(prefixed("Gao \"army base\""), "Gao \"army base\"");
    }
}
