//! A world gazetteer and its resolver.
#![warn(missing_docs)]

pub mod overlay;

/// Longest name that is stored or looked up.
///
/// **Units**: bytes of UTF-8. GeoNames' own limit is 200 characters.
pub const MAX_NAME_BYTES: usize = 400;
