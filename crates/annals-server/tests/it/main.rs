//! The API from outside, in process: no network.
#![cfg_attr(test, expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them so"))]

mod bench;
mod document;
mod review;
mod roles;
mod trouble;
mod work;
