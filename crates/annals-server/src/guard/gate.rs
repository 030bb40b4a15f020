//! Which role each route asks for: the same table that the OpenAPI document is made from.

use std::collections::HashMap;

use axum::http::{Method, StatusCode};

use super::Limits;
use crate::error::{ApiError, ApiResult};
use crate::users::Role;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Also those who have not logged in.
    Anyone,
    /// This role and the ones above it.
    From(Role),
}

impl Who {
    pub(crate) fn word(self) -> String {
        match self {
            Self::Anyone => "anyone".to_owned(),
            Self::From(role) => role.to_string(),
        }
    }
}

/// The roles of all routes, and how often one may call.
pub(crate) struct Gate {
    routes: HashMap<(Method, String), Who>,
    pub(crate) limits: Limits,
}

impl Gate {
    /// What is not told here is open to nobody.
    pub(crate) fn new(routes: HashMap<(Method, String), Who>) -> Self {
        Self { routes, limits: Limits::default() }
    }

    pub(crate) fn check(&self, method: &Method, path: &str, role: Option<Role>) -> ApiResult<()> {
        let method = if *method == Method::HEAD { Method::GET } else { method.clone() };
        match (self.routes.get(&(method, path.to_owned())), role) {
            (Some(Who::Anyone), _) => Ok(()),
            (_, None) => Err(ApiError::new(StatusCode::UNAUTHORIZED, "log_in", "log in first")),
            (Some(Who::From(least)), Some(role)) if role >= *least => Ok(()),
            (Some(Who::From(least)), Some(role)) => Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "role",
                format!("this needs the role {least}; yours is {role}"),
            )
            .hint("an administrator can give you another role")),
            (None, Some(_)) => Err(ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method", "there is no such route")),
        }
    }
}
