//! Tests of the values: tables of cases, whole sentences, properties.

mod datelines;
mod properties;
mod quantities;
mod times;

use std::sync::LazyLock;

use annals_values::Tables;

/// Read once for all tests.
static TABLES: LazyLock<Tables> = LazyLock::new(Tables::english);
static FRENCH: LazyLock<Tables> = LazyLock::new(Tables::french);
