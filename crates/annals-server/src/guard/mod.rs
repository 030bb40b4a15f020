//! What every request passes before a handler sees it: where it comes from, who asks, and whether that role may.

mod gate;
mod headers;
mod limits;
mod sessions;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub(crate) use gate::{Gate, Who};
pub(crate) use headers::secure;
pub(crate) use limits::Limits;
pub(crate) use sessions::{COOKIE, Caller, Sessions};

use crate::error::{ApiError, ApiResult};
use crate::state::App;

const CSRF_HEADER: &str = "x-annals-csrf";

/// The middleware of the API.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    match admit(&app, request) {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

fn admit(app: &App, mut request: Request) -> ApiResult<Request> {
    let users = app.users()?;
    if users.list.is_empty() {
        check_host(app, request.headers())?;
    }
    let caller = app.sessions.caller(&users, request.headers());
    app.gate.limits.check(&caller.key, request.method())?;
    if !is_safe(request.method()) {
        check_origin(request.headers())?;
        let token = request.headers().get(CSRF_HEADER).and_then(|it| it.to_str().ok()).unwrap_or_default();
        if !sessions::same(token, &caller.csrf) {
            return Err(ApiError::new(StatusCode::FORBIDDEN, "csrf", "the request does not carry the page's token")
                .hint("GET /api/v1/session gives the token; send it back in the header x-annals-csrf"));
        }
    }
    let path = request.extensions().get::<MatchedPath>().map(|it| it.as_str().to_owned());
    // Paths that are no route are refused by the router itself.
    if let Some(path) = path {
        app.gate.check(request.method(), &path, caller.role())?;
    }
    request.extensions_mut().insert(caller);
    Ok(request)
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Without users whoever reaches us is let in, so only pages of this machine may: a foreign name that points here is refused.
fn check_host(app: &App, headers: &HeaderMap) -> ApiResult<()> {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
    if app.is_local && matches!(name, "localhost" | "127.0.0.1" | "[::1]") {
        return Ok(());
    }
    Err(ApiError::new(
        StatusCode::FORBIDDEN,
        "foreign_host",
        format!("this workbench does not answer to the name {name}"),
    )
    .hint("open it as http://127.0.0.1 with its port"))
}

/// Browsers tell where a post comes from.
fn check_origin(headers: &HeaderMap) -> ApiResult<()> {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let foreign = || ApiError::new(StatusCode::FORBIDDEN, "cross_site", "the request comes from another site");
    if !matches!(text("sec-fetch-site"), None | Some("same-origin" | "none")) {
        return Err(foreign());
    }
    match (text("origin"), text("host")) {
        (None, _) => Ok(()),
        (Some(origin), Some(host)) if origin.split_once("://").is_some_and(|(_, it)| it == host) => Ok(()),
        _ => Err(foreign()),
    }
}
