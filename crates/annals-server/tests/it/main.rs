//! The API from outside, in process: no network.

mod bench;
mod document;
mod review;
mod roles;
mod trouble;
mod work;
