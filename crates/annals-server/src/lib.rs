//! The workbench and its HTTP API: a thin way to the ledger and the coder for browsers and programs.
//!
//! In: requests. Out: JSON by docs/openapi.json, and the pages of web/. Never: a decision on what happened, or a request to
//! another machine.
//!
//! Every request passes `guard`: who asks, from where, and whether the route's role allows it; the role of each route stands
//! in the same table as the OpenAPI document's, so that what is told is what is enforced.
//!
//! Read first: [`Config`], [`serve`], [`Users`].
#![warn(missing_docs)]

mod api;
mod assets;
mod config;
mod error;
mod extract;
mod guard;
mod jobs;
mod recent;
mod rows;
mod serve;
mod state;
mod users;

pub use api::openapi;
pub use config::{Config, ServeError};
pub use serve::{serve, service};
pub use users::{Role, User, UserError, Users};
