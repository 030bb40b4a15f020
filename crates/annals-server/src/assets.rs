//! The pages of web/, part of the program.
//!
//! The built pages are kept in the repository (web/dist), so that a build needs no Node; `cargo xtask web --check` builds them
//! anew and compares.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::error::ApiError;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Built;

#[derive(RustEmbed)]
#[folder = "../../web/public"]
struct Public;

/// Serves a file by its exact name; every other path that is no file's is a page of the workbench.
pub(crate) async fn serve(request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return ApiError::missing("there is no such route").into_response();
    }
    if *request.method() != Method::GET && *request.method() != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let seen = request.headers().get(header::IF_NONE_MATCH);
    if let Some(file) = Built::get(path).or_else(|| Public::get(path)) {
        let kind = mime_guess::from_path(path).first_or_octet_stream();
        // Browsers refuse modules of another type, and the guess for .mjs differs between tables.
        let kind = if path.rsplit('.').next() == Some("mjs") { "text/javascript".to_owned() } else { kind.to_string() };
        return answer(file, &kind, seen);
    }
    if path.rsplit('/').next().is_some_and(|it| it.contains('.')) && !path.starts_with("reports/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    match Built::get("index.html") {
        Some(page) => answer(page, "text/html; charset=utf-8", seen),
        None => {
            (StatusCode::NOT_FOUND, "The pages were not built: run npm ci && npm run build in web/.\n").into_response()
        }
    }
}

fn answer(file: EmbeddedFile, kind: &str, seen: Option<&HeaderValue>) -> Response {
    let hash = file.metadata.sha256_hash();
    let tag = hash.iter().take(12).fold(String::from("\""), |text, it| text + &format!("{it:02x}")) + "\"";
    let Ok(tag) = HeaderValue::from_str(&tag) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = if seen == Some(&tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(file.data.into_owned()))
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(kind) = HeaderValue::from_str(kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    response
}
