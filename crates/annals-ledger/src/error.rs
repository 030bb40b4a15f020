//! What can go wrong with a ledger, each by its kind.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use thiserror::Error;

/// Why a ledger could not do what was asked.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// No ledger lies in the folder or above it.
    #[error("{} is not in a ledger", folder.display())]
    NotFound {
        /// Where the search began.
        folder: PathBuf,
    },
    /// A new ledger would cover one that is there.
    #[error("there is a ledger already: {}", path.display())]
    AlreadyThere {
        /// Its file.
        path: PathBuf,
    },
    /// A newer version of the program wrote it.
    #[error("{} has form {found}; this program knows forms up to {known}", path.display())]
    Newer {
        /// Its file.
        path: PathBuf,
        /// The ledger's form.
        found: u32,
        /// The newest form known.
        known: u32,
    },
    /// An older version of the program wrote it, and its views cannot be asked as they are.
    #[error("{} has form {found}; it can be asked from form {needed} on", path.display())]
    Older {
        /// Its file.
        path: PathBuf,
        /// The ledger's form.
        found: u32,
        /// The form that it is to be brought to.
        needed: u32,
    },
    /// Another program is writing.
    #[error("the ledger is being written by another program")]
    Locked,
    /// The file or its folder may not be written.
    #[error("the ledger cannot be written here")]
    ReadOnly,
    /// No room is left.
    #[error("the disk is full; the last operation was not kept")]
    DiskFull,
    /// The file is damaged, or is no ledger.
    #[error("{what}")]
    Damaged {
        /// What was found.
        what: String,
    },
    /// Something asked for is not there.
    #[error("there is no {what} {id}")]
    Unknown {
        /// The sort of thing.
        what: &'static str,
        /// What it was called.
        id: String,
    },
    /// An abbreviated id means more than one thing.
    #[error("{id} may be any of {}", candidates.join(", "))]
    Ambiguous {
        /// What was given.
        id: String,
        /// What it may mean.
        candidates: Vec<String>,
    },
    /// The operation makes no sense now.
    #[error("{why}")]
    Refused {
        /// The reason.
        why: String,
    },
    /// The file system failed.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was being done.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// The reason.
        #[source]
        source: std::io::Error,
    },
    /// What is stored cannot be read as what it should be.
    #[error("a stored value cannot be read")]
    Json(#[from] serde_json::Error),
    /// Anything else that the database says.
    #[error("the database failed")]
    Database(#[source] rusqlite::Error),
}

impl LedgerError {
    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::Refused { why: why.into() }
    }

    pub(crate) fn unknown(what: &'static str, id: impl Into<String>) -> Self {
        Self::Unknown { what, id: id.into() }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotFound { .. } => "make one with: annals init",
            Self::AlreadyThere { .. } => "it is ready for use: annals ingest PATH…",
            Self::Newer { .. } => "use the newer version of annals that wrote it; nothing was changed",
            Self::Older { .. } => "bring it to the present form, once: annals rebuild",
            Self::Locked => "wait until it has ended and try again; all that was acknowledged is kept",
            Self::ReadOnly => "check that you may write the folder .annals and the files in it",
            Self::DiskFull => "make room and run the command again; it goes on where it stopped",
            Self::Damaged { .. } => {
                "copy the folder .annals away first; then try: annals rebuild. If that fails too, take a backup, or make a new ledger and ingest the reports again"
            }
            Self::Ambiguous { .. } => "give more of its letters",
            Self::Json(_) => "views can be made anew from the operations: annals rebuild",
            Self::Unknown { .. } | Self::Refused { .. } | Self::Io { .. } | Self::Database(_) => return None,
        })
    }
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { what: format!("the ledger is damaged ({error})") },
            Some(ErrorCode::NotADatabase) => {
                Self::Damaged { what: "the file is no ledger, or its head is damaged".to_owned() }
            }
            _ => Self::Database(error),
        }
    }
}

/// What a ledger gives.
pub type Result<T, E = LedgerError> = std::result::Result<T, E>;
