//! Number words to numbers.
