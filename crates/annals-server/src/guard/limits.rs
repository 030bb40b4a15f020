//! How often one caller may ask.

use std::num::NonZero;

use axum::http::{Method, StatusCode};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error::{ApiError, ApiResult};

/// Requests a second that one session may make, and how many at once.
const READS: (u32, u32) = (100, 500);
const WRITES: (u32, u32) = (20, 200);
/// Log-ins a minute by one name.
const LOG_INS: u32 = 10;

pub(crate) struct Limits {
    reads: DefaultKeyedRateLimiter<String>,
    writes: DefaultKeyedRateLimiter<String>,
    log_ins: DefaultKeyedRateLimiter<String>,
}

impl Default for Limits {
    fn default() -> Self {
        let quota = |(second, burst)| Quota::per_second(positive(second)).allow_burst(positive(burst));
        Self {
            reads: RateLimiter::keyed(quota(READS)),
            writes: RateLimiter::keyed(quota(WRITES)),
            log_ins: RateLimiter::keyed(Quota::per_minute(positive(LOG_INS))),
        }
    }
}

impl Limits {
    pub(crate) fn check(&self, key: &String, method: &Method) -> ApiResult<()> {
        let limiter = if *method == Method::GET || *method == Method::HEAD { &self.reads } else { &self.writes };
        limiter.check_key(key).map_err(|_| too_many())
    }

    /// Guessing one person's password is slow, whoever guesses.
    pub(crate) fn check_log_in(&self, name: &str) -> ApiResult<()> {
        self.log_ins.retain_recent();
        self.log_ins.check_key(&name.to_lowercase()).map_err(|_| too_many())
    }
}

fn positive(n: u32) -> NonZero<u32> {
    NonZero::new(n).unwrap_or(NonZero::<u32>::MIN)
}

fn too_many() -> ApiError {
    ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_many", "too many requests").hint("wait a little")
}
