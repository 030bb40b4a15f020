//! What all requests share: connections to the ledger, the coder, who is logged in, jobs.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use annals_actors::Registry;
use annals_coder::{Coder, OwnPacks};
use annals_ledger::{Access, Kept, Ledger, LedgerError, Stamp};
use annals_places::Gazetteer;
use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::api::Network;
use crate::config::Config;
use crate::error::{ApiError, ApiResult};
use crate::guard::{Gate, Sessions};
use crate::jobs::Jobs;
use crate::recent::Recent;
use crate::rows::Shared;
use crate::users::Users;

/// Readers at once; more wait for their turn, which is sooner than sharing the processors among all. Each holds a connection
/// with some megabytes of the ledger.
const MAX_READERS: usize = 8;

/// Exports at once: each goes on as fast as its client takes it, and must not keep others from reading.
const MAX_EXPORTS: usize = 2;
/// Rows of lists that are kept, of some kilobyte each.
const ROWS_KEPT: usize = 10_000;

const LOADED: &str = "a test loads what is shipped, and who starts the server the user's own packs";

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub(crate) struct App(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) folder: PathBuf,
    /// True when only this machine can reach us.
    pub(crate) is_local: bool,
    pub(crate) sessions: Sessions,
    pub(crate) gate: Gate,
    pub(crate) jobs: Jobs,
    /// Rows of lists.
    pub(crate) rows: Kept<Shared>,
    pub(crate) network: Recent<Network>,
    party_counts: Recent<BTreeMap<String, u64>>,
    readers: Mutex<Vec<Ledger>>,
    turns: Semaphore,
    export_turns: Semaphore,
    write_turn: Semaphore,
    writer: Mutex<Ledger>,
    coder: OnceLock<Coder>,
    packs: OwnPacks,
    registry: OnceLock<Registry>,
    gazetteer: OnceLock<Gazetteer>,
    /// The OpenAPI document, as text.
    pub(crate) openapi: String,
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// **Errors**: when the ledger cannot be opened for writing.
    pub(crate) fn open(config: &Config, gate: Gate, openapi: String) -> Result<Self, LedgerError> {
        let (folder, is_local) = (config.ledger.clone(), config.is_local());
        let writer = Ledger::open(&folder, Access::Write)?;
        Ok(Self(Arc::new(Inner {
            sessions: Sessions::default(),
            jobs: Jobs::default(),
            rows: Kept::new(ROWS_KEPT / 2),
            network: Recent::default(),
            party_counts: Recent::default(),
            readers: Mutex::default(),
            turns: Semaphore::new(MAX_READERS),
            export_turns: Semaphore::new(MAX_EXPORTS),
            write_turn: Semaphore::new(1),
            writer: Mutex::new(writer),
            coder: OnceLock::new(),
            packs: config.packs.clone(),
            registry: OnceLock::new(),
            gazetteer: OnceLock::new(),
            folder,
            is_local,
            gate,
            openapi,
        })))
    }

    /// Asks the ledger on a thread that may wait for the disk.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner, &Ledger) -> ApiResult<T> + Send + 'static,
    ) -> ApiResult<T> {
        self.read_in_turn(&self.turns, work).await
    }

    /// As [`App::read`], for what may take as long as its client likes.
    pub(crate) async fn read_slowly<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner, &Ledger) -> ApiResult<T> + Send + 'static,
    ) -> ApiResult<T> {
        self.read_in_turn(&self.export_turns, work).await
    }

    async fn read_in_turn<T: Send + 'static>(
        &self,
        turns: &Semaphore,
        work: impl FnOnce(&Inner, &Ledger) -> ApiResult<T> + Send + 'static,
    ) -> ApiResult<T> {
        let app = self.clone();
        let _turn = turns.acquire().await.map_err(|_| ApiError::internal())?;
        blocking(move || {
            let idle = lock(&app.readers).pop();
            let ledger = idle.map_or_else(|| Ledger::open(&app.folder, Access::Read), Ok)?;
            let result = work(&app, &ledger);
            lock(&app.readers).push(ledger);
            result
        })
        .await
    }

    /// Changes the ledger; changes come one after the other.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        who: String,
        work: impl FnOnce(&Inner, &mut Ledger, &Stamp) -> ApiResult<T> + Send + 'static,
    ) -> ApiResult<T> {
        let app = self.clone();
        // Waiting takes no thread from those who read.
        let _turn = self.write_turn.acquire().await.map_err(|_| ApiError::internal())?;
        blocking(move || app.write_now(who, |ledger, stamp| work(&app, ledger, stamp))).await
    }

    /// As [`App::write`], for threads that may wait.
    pub(crate) fn write_now<T>(
        &self,
        who: String,
        work: impl FnOnce(&mut Ledger, &Stamp) -> ApiResult<T>,
    ) -> ApiResult<T> {
        // A panic in one request must not end all writing: each change is a transaction of its own.
        let mut ledger = lock(&self.writer);
        work(&mut ledger, &Stamp { who, at: Timestamp::now() })
    }

    /// Loads some hundred megabytes the first time; call it where one may wait.
    pub(crate) fn coder(&self) -> &Coder {
        self.coder.get_or_init(|| Coder::with_packs(&self.packs).expect(LOADED))
    }

    pub(crate) fn users(&self) -> ApiResult<Users> {
        Users::read(&self.folder).map_err(|error| ApiError::internal().hint(error.to_string()))
    }
}

impl Inner {
    pub(crate) fn registry(&self) -> &Registry {
        self.registry.get_or_init(|| self.packs.registry().expect(LOADED))
    }

    /// Incidents by party.
    pub(crate) fn party_counts(&self, ledger: &Ledger) -> ApiResult<Arc<BTreeMap<String, u64>>> {
        self.party_counts.get(ledger.head()?, || Ok(ledger.party_counts()?.into_iter().collect()))
    }

    pub(crate) fn gazetteer(&self) -> &Gazetteer {
        self.gazetteer.get_or_init(|| self.packs.gazetteer().expect(LOADED))
    }
}

/// Runs what may wait or compute for long.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> ApiResult<T> + Send + 'static) -> ApiResult<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(ApiError::internal()))
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
