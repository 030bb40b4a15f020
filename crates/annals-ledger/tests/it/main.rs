//! What a ledger does, seen from outside.

mod bench;
mod core;
mod properties;
mod told;
mod trouble;
