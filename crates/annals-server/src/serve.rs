//! The server itself.

use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::timeout::TimeoutLayer;

use crate::api;
use crate::assets;
use crate::config::{Config, ServeError};
use crate::error::ApiError;
use crate::guard::{Gate, guard, secure};
use crate::state::App;
use crate::users::Users;

/// Greatest body of a request. **Units**: bytes. Reports have a limit of their own.
const MAX_BODY_BYTES: usize = 256 * 1024;
/// How long one request may take before its answer begins.
const PATIENCE: Duration = Duration::from_mins(1);

/// Everything that answers requests, without a network: what tests call.
///
/// **Errors**: when the ledger or the users cannot be read, or others could reach a workbench without users.
pub fn service(config: &Config) -> Result<Router, ServeError> {
    config.check(!Users::read(&config.ledger)?.list.is_empty())?;
    let api::Api { router, roles, document } = api::routes();
    let app = App::open(config, Gate::new(roles), document)?;
    let api = router
        .method_not_allowed_fallback(async || {
            ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method", "this route has no such method").into_response()
        })
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .route_layer(middleware::from_fn_with_state(app.clone(), guard))
        .with_state(app);
    let not_streams = SizeAbove::new(1024).and(NotForContentType::SSE).and(NotForContentType::const_new("font/"));
    Ok(Router::new()
        .merge(api)
        .fallback(assets::serve)
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| ApiError::internal().into_response()))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(CompressionLayer::new().compress_when(not_streams))
        .layer(middleware::from_fn(secure)))
}

/// Serves a ledger's workbench until the process is told to stop; `ready` gets the address once it listens.
///
/// **Errors**: see [`ServeError`].
pub fn serve(config: &Config, ready: impl FnOnce(std::net::SocketAddr)) -> Result<(), ServeError> {
    let service = service(config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let address = config.address;
        let listener = TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })?;
        ready(listener.local_addr()?);
        axum::serve(listener, service).with_graceful_shutdown(stop()).await?;
        Ok(())
    })
}

/// Ctrl+C; streams that run are cut, since each change is on the disk once it is acknowledged.
async fn stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        std::process::exit(0);
    });
}
