//! Tests of the crate from outside.

mod accounts;
mod clusters;
mod meetings;
mod pairs;
mod tellings;
