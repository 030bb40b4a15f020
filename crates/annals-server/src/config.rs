use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use annals_coder::OwnPacks;
use thiserror::Error;

/// Where a workbench runs, and on what.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of the ledger, which is there.
    pub ledger: PathBuf,
    /// Address to listen on.
    pub address: SocketAddr,
    /// The user's own packs, which must have been found to load.
    pub packs: OwnPacks,
}

impl Config {
    /// **Errors**: [`ServeError::NeedsUsers`] when others could reach a workbench that knows nobody.
    pub(crate) fn check(&self, has_users: bool) -> Result<(), ServeError> {
        if !self.is_local() && !has_users {
            return Err(ServeError::NeedsUsers { address: self.address.ip() });
        }
        Ok(())
    }

    /// True when only this machine can reach it.
    pub(crate) fn is_local(&self) -> bool {
        self.address.ip().is_loopback()
    }
}

/// Why a workbench does not start or go on.
#[derive(Debug, Error)]
pub enum ServeError {
    /// It would be open to everybody on the network.
    #[error("{address} can be reached by other machines, and no users are known")]
    NeedsUsers {
        /// The address.
        address: IpAddr,
    },
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The reason.
        #[source]
        source: std::io::Error,
    },
    /// The ledger cannot be opened.
    #[error("cannot open the ledger")]
    Ledger(#[from] annals_ledger::LedgerError),
    /// The users' file cannot be read.
    #[error("cannot read the users")]
    Users(#[from] crate::UserError),
    /// The network failed.
    #[error("the server failed")]
    Io(#[from] std::io::Error),
}

impl ServeError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NeedsUsers { .. } => Some("add one first: annals users add NAME --role admin"),
            Self::Listen { .. } => Some("another annals serve may run; choose another port with --port"),
            Self::Ledger(error) => error.hint(),
            Self::Users(_) | Self::Io(_) => None,
        }
    }
}
