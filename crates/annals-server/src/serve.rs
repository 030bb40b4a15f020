//! The server itself.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Router, middleware};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::CompressionLevel;
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

/// How long a client may take to send the head of a request, and how long it may stay without one.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// Threads that read, write and code; each keeps memory of its own.
const MAX_WAITING: usize = 24;
/// Connections at once; more wait until one of them ends.
const MAX_CONNECTIONS: usize = 512;

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
        // Each answer is packed once for one reader: the better levels cost more time than they save on a wire.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(not_streams))
        .layer(middleware::from_fn(secure)))
}

/// Serves a ledger's workbench until the process is told to stop; `ready` gets the address once it listens.
///
/// **Errors**: see [`ServeError`].
pub fn serve(config: &Config, ready: impl FnOnce(std::net::SocketAddr)) -> Result<(), ServeError> {
    let service = service(config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(MAX_WAITING).build()?;
    runtime.block_on(async {
        let address = config.address;
        let listener = TcpListener::bind(address).await.map_err(|source| ServeError::Listen { address, source })?;
        ready(listener.local_addr()?);
        answer(&listener, service).await;
        Ok(())
    })
}

/// Answers connections until the process is told to stop.
///
/// `axum::serve` would wait for ever for clients that send their requests drop by drop.
async fn answer(listener: &TcpListener, service: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE);
    let (places, open) = (Arc::new(Semaphore::new(MAX_CONNECTIONS)), GracefulShutdown::new());
    let mut stopped = std::pin::pin!(stop());
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stopped => break,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file handles, mostly: others will end.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service.clone()));
        let connection = open.watch(connection);
        tokio::spawn(async move {
            // A client that goes away or is too slow is no fault of ours.
            let _ = connection.await;
            drop(place);
        });
    }
    open.shutdown().await;
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
