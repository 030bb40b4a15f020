//! What takes long to count, and need not be counted for every request.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::error::ApiResult;
use crate::state::lock;

/// What is made in less time is made anew whenever the ledger has changed.
const QUICK: Duration = Duration::from_millis(100);
/// Times as long as making a value took it may be behind the ledger.
const PATIENCE: u32 = 20;

/// A value made of the whole ledger: of its last state, or a little behind where making it takes long.
#[derive(Debug)]
pub(crate) struct Recent<T>(Mutex<Option<Made<T>>>);

#[derive(Debug)]
struct Made<T> {
    value: Arc<T>,
    head: u64,
    at: Instant,
    took: Duration,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Recent<T> {
    /// `head` is the ledger's last operation. While one makes the value, others who want it wait for it.
    pub(crate) fn get(&self, head: u64, make: impl FnOnce() -> ApiResult<T>) -> ApiResult<Arc<T>> {
        let mut made = lock(&self.0);
        if let Some(it) = made.as_ref() {
            let is_young = it.took > QUICK && it.at.elapsed() < it.took * PATIENCE;
            if it.head == head || is_young {
                return Ok(Arc::clone(&it.value));
            }
        }
        let start = Instant::now();
        let value = Arc::new(make()?);
        *made = Some(Made { value: Arc::clone(&value), head, at: Instant::now(), took: start.elapsed() });
        Ok(value)
    }
}
