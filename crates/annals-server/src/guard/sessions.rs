//! Who asks: sessions by cookie, and the one person at this machine where there are no users.

use std::collections::HashMap;
use std::sync::Mutex;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use jiff::{SignedDuration, Timestamp};

use crate::error::{ApiError, ApiResult};
use crate::state::lock;
use crate::users::{Role, User, Users};

/// The name of the cookie.
pub(crate) const COOKIE: &str = "annals_session";
/// A working day; each request starts it anew.
const LIFE: SignedDuration = SignedDuration::from_hours(12);
/// More than a team needs; beyond it the oldest goes.
const MAX_SESSIONS: usize = 1000;

/// Who is logged in.
pub(crate) struct Sessions {
    by_token: Mutex<HashMap<String, Session>>,
    /// For those who have not logged in, and for the one person of a ledger without users.
    csrf: String,
}

#[derive(Clone)]
struct Session {
    user: String,
    csrf: String,
    until: Timestamp,
}

/// Who makes a request.
#[derive(Clone)]
pub(crate) struct Caller {
    user: Option<(String, Role)>,
    pub(crate) csrf: String,
    /// What requests are counted by.
    pub(crate) key: String,
    /// True when log-ins exist.
    pub(crate) has_users: bool,
}

impl Caller {
    pub(crate) fn of(user: &User, csrf: String, token: &str) -> Self {
        Self { user: Some((user.name.clone(), user.role)), csrf, key: token.to_owned(), has_users: true }
    }

    pub(crate) fn role(&self) -> Option<Role> {
        self.user.as_ref().map(|it| it.1)
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.user.as_ref().map(|it| it.0.as_str())
    }

    /// The name that stands in the history.
    pub(crate) fn who(&self) -> String {
        self.name().unwrap_or_default().to_owned()
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self { by_token: Mutex::default(), csrf: token().expect("the system gives random bytes") }
    }
}

impl Sessions {
    pub(crate) fn caller(&self, users: &Users, headers: &HeaderMap) -> Caller {
        if users.list.is_empty() {
            let name = std::env::var("USER").ok().filter(|it| !it.is_empty()).unwrap_or_else(|| "local".to_owned());
            let user = Some((name, Role::Admin));
            return Caller { user, csrf: self.csrf.clone(), key: "local".to_owned(), has_users: false };
        }
        let nobody = Caller { user: None, csrf: self.csrf.clone(), key: "nobody".to_owned(), has_users: true };
        let Some(token) = cookie(headers) else { return nobody };
        let now = Timestamp::now();
        let mut sessions = lock(&self.by_token);
        let Some(session) = sessions.get_mut(token).filter(|it| it.until > now) else { return nobody };
        session.until = now + LIFE;
        // A person who was removed, or got another role, feels it at once.
        let Some(user) = users.list.iter().find(|it| it.name == session.user) else { return nobody };
        Caller::of(user, session.csrf.clone(), token)
    }

    /// Begins a session; gives its token and the token against cross-site posts.
    pub(crate) fn begin(&self, user: &User) -> ApiResult<(String, String)> {
        let (token, csrf) = (token()?, token()?);
        let now = Timestamp::now();
        let mut sessions = lock(&self.by_token);
        sessions.retain(|_, it| it.until > now);
        if sessions.len() >= MAX_SESSIONS {
            let oldest = sessions.iter().min_by_key(|it| it.1.until).map(|it| it.0.clone());
            oldest.and_then(|it| sessions.remove(&it));
        }
        sessions.insert(token.clone(), Session { user: user.name.clone(), csrf: csrf.clone(), until: now + LIFE });
        Ok((token, csrf))
    }

    pub(crate) fn end(&self, headers: &HeaderMap) {
        if let Some(token) = cookie(headers) {
            lock(&self.by_token).remove(token);
        }
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    all.flat_map(|it| it.split(';')).find_map(|it| it.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// 256 random bits in hexadecimal.
fn token() -> ApiResult<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| ApiError::internal())?;
    Ok(bytes.iter().fold(String::new(), |text, it| text + &format!("{it:02x}")))
}

/// Compares secrets in a time that does not tell where they differ.
pub(super) fn same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b));
    !other.is_empty() && one.len() == other.len() && differ == 0
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or_else(|| ApiError::new(StatusCode::UNAUTHORIZED, "log_in", "log in first"))
    }
}
