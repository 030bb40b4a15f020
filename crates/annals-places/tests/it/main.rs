//! The gazetteer and its resolver, from outside.
#![expect(
    clippy::needless_pass_by_value,
    clippy::needless_raw_string_hashes,
    clippy::unwrap_used,
    reason = "expect-test makes and writes them so; helpers of tests may panic"
)]

mod dump;
mod embedded;
mod overlay;
mod properties;
mod resolve;
mod units;
