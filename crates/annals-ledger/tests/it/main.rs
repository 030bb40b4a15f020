//! What a ledger does, seen from outside.

mod asking;
mod bench;
mod core;
mod properties;
mod told;
mod trouble;
