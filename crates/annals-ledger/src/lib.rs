//! The ledger: an append-only sequence of operations, and the views made from it.
//!
//! In: coded reports and people's decisions. Out: incidents, their history, and answers to queries, as of any time.
//! Never: the text of a report beyond the words in its spans; changes in place.
#![warn(missing_docs)]
