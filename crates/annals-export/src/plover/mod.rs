//! PLOVER 2: JSON Lines, and the 40 columns of POLECAT. Mapping and rules: docs/formats/plover.md and polecat.md.
//!
//! **Source**: PLOVER coding manual, version 2.0; POLECAT's own files for its columns.

mod coding;
mod jsonl;
mod parties;
mod polecat;

pub use coding::{PloverCode, plover_code};
pub(crate) use jsonl::Plover;
pub(crate) use polecat::Polecat;

use crate::loss::Lost;

pub(crate) const LACKS: &[Lost] = &[
    Lost::NoType,
    Lost::NoPoint,
    Lost::VagueDay,
    Lost::Radius,
    Lost::Things,
    Lost::DeathsBySide,
    Lost::UntoldNumber,
    Lost::Bounds,
    Lost::Claims,
    Lost::DisputedAgents,
    Lost::Campaign,
    Lost::Weapons,
    Lost::Sources,
    Lost::Review,
];

/// POLECAT also lacks every number.
pub(crate) const POLECAT_LACKS: &[Lost] = &[
    Lost::NoType,
    Lost::NotActual,
    Lost::NoPoint,
    Lost::VagueDay,
    Lost::Radius,
    Lost::Injured,
    Lost::OtherPeople,
    Lost::Things,
    Lost::DeathsBySide,
    Lost::UntoldNumber,
    Lost::Bounds,
    Lost::Claims,
    Lost::DisputedAgents,
    Lost::MoreParties,
    Lost::Campaign,
    Lost::Weapons,
    Lost::Sources,
    Lost::MoreTellings,
    Lost::Review,
];
