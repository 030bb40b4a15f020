//! A panic over one report must not end the run of many.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use anyhow::anyhow;

use crate::problem::Problem;

thread_local! {
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Codes the report of a place; a panic is told as the problem of that report alone.
pub(crate) fn coded<T>(place: &str, work: impl FnOnce() -> T) -> Result<T, Problem> {
    const BUG: &str = "this is a fault of annals; the other reports are not affected. Please tell us, with the report if you may share it";
    caught(work).map_err(|message| Problem::new(anyhow!(message).context(format!("{place} could not be coded")), BUG))
}

/// Does `work`; a panic in it gives its words and place in the code, and writes nothing to the terminal.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if IS_CAUGHT.get() {
                PLACE.set(panic.location().map(ToString::to_string).unwrap_or_default());
            } else {
                usual(panic);
            }
        }));
    });
    IS_CAUGHT.set(true);
    // What `work` has half changed is dropped with it; nothing shared is mutable.
    let result = catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message(panic.as_ref()));
    IS_CAUGHT.set(false);
    result
}

fn message(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("{} ({})", words.unwrap_or("panic"), PLACE.take())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_gives_its_words_and_place() {
        let message = caught(|| assert_ne!(13, 13, "no thirteenth")).expect_err("thirteen panics");
        assert!(message.contains("no thirteenth") && message.contains("panics.rs"), "{message}");
        assert_eq!(caught(|| 14), Ok(14));
    }
}
