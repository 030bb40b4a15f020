//! The scorers on reports that are in the project.

mod gold;
mod isaf;
