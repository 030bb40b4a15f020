//! The registry as its users see it.

mod cases;
mod contradictions;
mod exported;
mod names;
mod proposals;
mod reports;

use annals_actors::Registry;

/// The embedded registry, made once for all tests.
fn registry() -> &'static Registry {
    static REGISTRY: std::sync::OnceLock<Registry> = std::sync::OnceLock::new();
    REGISTRY.get_or_init(|| match Registry::embedded() {
        Ok(registry) => registry,
        Err(error) => panic!("{error}"),
    })
}

#[test]
fn the_registry_does_not_contradict_itself() {
    assert!(registry().entries().len() > 1500, "{}", registry().entries().len());
}
