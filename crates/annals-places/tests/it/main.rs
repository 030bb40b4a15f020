//! The gazetteer and its resolver, from outside.

mod overlay;
