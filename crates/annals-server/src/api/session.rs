//! Who is logged in.

use std::sync::Arc;

use annals_export::Format;
use annals_ledger::Query;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use super::export;
use crate::error::{ApiError, ApiResult};
use crate::extract::Body;
use crate::guard::{COOKIE, Caller};
use crate::state::{App, blocking};
use crate::users::{Role, User};

/// Who asks, and what there is.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Session {
    /// `null` before log-in.
    user: Option<SessionUser>,
    /// False when the ledger has no users: whoever is at this machine may do everything.
    has_users: bool,
    /// To be sent back with every change, in the header `x-annals-csrf`.
    csrf: String,
    /// The program's version.
    version: &'static str,
    /// Folder of the ledger; empty before log-in.
    ledger: String,
    n_reports: u64,
    n_incidents: u64,
    /// What an export can be.
    export_formats: Vec<export::FormatInfo>,
}

/// Somebody who is logged in.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SessionUser {
    name: String,
    role: Role,
}

/// What a person logs in with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogIn {
    name: String,
    password: String,
}

pub(crate) async fn show(State(app): State<App>, caller: Caller) -> ApiResult<Json<Session>> {
    session(&app, &caller).await.map(Json)
}

async fn session(app: &App, caller: &Caller) -> ApiResult<Session> {
    let mut session = Session {
        user: caller.name().zip(caller.role()).map(|(name, role)| SessionUser { name: name.to_owned(), role }),
        has_users: caller.has_users,
        csrf: caller.csrf.clone(),
        version: env!("CARGO_PKG_VERSION"),
        ledger: String::new(),
        n_reports: 0,
        n_incidents: 0,
        export_formats: Vec::new(),
    };
    if session.user.is_some() {
        session.ledger = app.folder.display().to_string();
        session.export_formats = Format::ALL.iter().map(|it| export::info(*it)).collect();
        let count = app.read(|_, ledger| Ok((ledger.n_reports()?, ledger.count(&Query::default(), 10_000_000)?)));
        (session.n_reports, session.n_incidents) = count.await?;
    }
    Ok(session)
}

/// Hashing takes memory: few at once.
static TURNS: Semaphore = Semaphore::const_new(2);

pub(crate) async fn log_in(State(app): State<App>, caller: Caller, Body(asked): Body<LogIn>) -> ApiResult<Response> {
    if !caller.has_users {
        return Err(ApiError::bad("this ledger has no users").hint("add one: annals users add NAME --role admin"));
    }
    app.gate.limits.check_log_in(&asked.name)?;
    let _turn = TURNS.acquire().await;
    let users = Arc::new(app.users()?);
    let found: Option<User> = blocking(move || Ok(users.check(&asked.name, &asked.password).cloned())).await?;
    let user =
        found.ok_or_else(|| ApiError::new(StatusCode::UNAUTHORIZED, "wrong", "the name or the password is wrong"))?;
    let (token, csrf) = app.sessions.begin(&user)?;
    let caller = Caller::of(&user, csrf, &token);
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200");
    Ok(([(header::SET_COOKIE, cookie)], Json(session(&app, &caller).await?)).into_response())
}

pub(crate) async fn log_out(State(app): State<App>, headers: HeaderMap) -> Response {
    app.sessions.end(&headers);
    let cookie = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response()
}

pub(crate) async fn document(State(app): State<App>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], app.openapi.clone()).into_response()
}
