//! The one error envelope: `{"error": {"code", "message", "hint", "details"}}`.

use annals_ledger::LedgerError;
use axum::Json;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// What every failed request gets.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ErrorBody {
    error: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ErrorDetail {
    /// Stable word for programs.
    code: &'static str,
    /// For people.
    message: String,
    /// What to do about it.
    hint: Option<String>,
    /// More for programs, by code.
    details: Option<Value>,
}

/// A request that failed. Boxed, so that results stay small.
#[derive(Debug)]
pub(crate) struct ApiError(Box<Failure>);

#[derive(Debug)]
struct Failure {
    status: StatusCode,
    code: &'static str,
    message: String,
    hint: Option<String>,
    details: Option<Value>,
}

pub(crate) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self(Box::new(Failure { status, code, message: message.into(), hint: None, details: None }))
    }

    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", message)
    }

    pub(crate) fn missing(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// The caller need not know more; the log does.
    pub(crate) fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the server failed at this request")
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    pub(crate) fn details(mut self, details: Value) -> Self {
        self.0.details = Some(details);
        self
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> axum::response::Response {
        let Failure { status, code, message, hint, details } = *self.0;
        (status, Json(ErrorBody { error: ErrorDetail { code, message, hint, details } })).into_response()
    }
}

impl From<LedgerError> for ApiError {
    fn from(error: LedgerError) -> Self {
        let (status, code) = match &error {
            LedgerError::Unknown { .. } | LedgerError::NotFound { .. } => (StatusCode::NOT_FOUND, "not_found"),
            LedgerError::Ambiguous { .. } => (StatusCode::BAD_REQUEST, "ambiguous"),
            LedgerError::Refused { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
            LedgerError::Locked => (StatusCode::SERVICE_UNAVAILABLE, "locked"),
            LedgerError::DiskFull => (StatusCode::INSUFFICIENT_STORAGE, "disk_full"),
            LedgerError::ReadOnly => (StatusCode::SERVICE_UNAVAILABLE, "read_only"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        let new = Self::new(status, code, error.to_string());
        error.hint().into_iter().fold(new, Self::hint)
    }
}
