//! The registry as its users see it.
#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them so")]
#![expect(clippy::needless_pass_by_value, reason = "`check(input, expect![..])` reads best without a reference")]
#![expect(clippy::unwrap_used, reason = "a test stops where its own data is wrong")]

mod cases;
mod contradictions;
mod exported;
mod names;
mod posts;
mod proposals;
mod reports;

use annals_actors::{PackFile, Registry};

/// The embedded registry, made once for all tests.
fn registry() -> &'static Registry {
    static REGISTRY: std::sync::OnceLock<Registry> = std::sync::OnceLock::new();
    // With an overlay, even an empty one, all is checked.
    let empty = PackFile { name: "empty.toml".to_owned(), text: String::new() };
    REGISTRY.get_or_init(|| match Registry::with_overlays(&[empty]) {
        Ok(registry) => registry,
        Err(error) => panic!("{error}"),
    })
}

#[test]
fn the_registry_does_not_contradict_itself() {
    assert!(registry().entries().len() > 1500, "{}", registry().entries().len());
}
