//! What a ledger does, seen from outside.

mod asking;
mod bench;
mod core;
mod crash;
mod properties;
mod told;
mod trouble;
