//! Opening, making and checking a ledger's file.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use annals_incidents::Matcher;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::cache::Cache;
use crate::error::{LedgerError, Result};
use crate::words::{self, Sought};

/// The folder that makes the folder it lies in a ledger's.
pub const FOLDER: &str = ".annals";
const FILE: &str = "ledger.db";

/// The newest form of the file that this program knows; step N of the list brings form N to N + 1.
const STEPS: [&str; 4] = [
    concat!(include_str!("schema.sql"), include_str!("views.sql"), include_str!("standing.sql")),
    "-- Other keys: views as of VIEWS_SINCE, which are made anew.",
    "-- The text of reports is found: views as of VIEWS_SINCE, which are made anew.",
    "-- Keys by day: views as of VIEWS_SINCE, which are made anew.",
];
/// The first form whose views are as this program makes them; it makes those of older files anew.
const VIEWS_SINCE: u32 = 4;
pub(crate) const VIEWS: &str = concat!(include_str!("views.sql"), include_str!("standing.sql"));

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open ledger.
///
/// It holds one connection to the file, and may be sent between threads. Any number of ledgers may read one file while
/// one writes; each sees the state after a whole operation.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) cache: Cache,
    pub(crate) matcher: Matcher,
    /// The last words asked for.
    pub(crate) sought: RefCell<Option<Arc<Sought>>>,
    path: PathBuf,
}

/// What an open ledger may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Ask only.
    Read,
    /// Ask and write.
    Write,
}

impl Ledger {
    /// Makes a ledger in `folder`.
    ///
    /// **Errors**: [`LedgerError::AlreadyThere`]; [`LedgerError::Io`] when the folder cannot be made.
    pub fn init(folder: &Path) -> Result<Ledger> {
        let home = folder.join(FOLDER);
        let path = home.join(FILE);
        if path.exists() {
            return Err(LedgerError::AlreadyThere { path });
        }
        std::fs::create_dir_all(&home).map_err(|source| LedgerError::Io {
            action: "make",
            path: home.clone(),
            source,
        })?;
        let mut connection = Connection::open(&path)?;
        // Must come before the first table; erased text is overwritten, not only unlinked.
        connection.execute_batch("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;")?;
        prepare(&connection)?;
        migrate(&mut connection, 0, &path)?;
        Ok(Ledger {
            connection,
            cache: Cache::default(),
            matcher: Matcher::embedded(),
            sought: RefCell::default(),
            path,
        })
    }

    /// Finds the ledger that `folder` lies in, going upward as git does.
    ///
    /// **Errors**: [`LedgerError::NotFound`].
    pub fn find(folder: &Path) -> Result<PathBuf> {
        folder
            .ancestors()
            .find(|it| it.join(FOLDER).join(FILE).exists())
            .map(Path::to_path_buf)
            .ok_or_else(|| LedgerError::NotFound { folder: folder.to_path_buf() })
    }

    /// Opens the ledger of `folder`, which is what [`Ledger::find`] gives. The file of an older program is brought to the newest form
    /// when it is opened to write, which takes as long as [`Ledger::rebuild`].
    ///
    /// **Errors**: [`LedgerError::NotFound`], [`LedgerError::Newer`], [`LedgerError::Damaged`], [`LedgerError::ReadOnly`];
    /// [`LedgerError::Older`] when it is opened to read and its views are of another form.
    pub fn open(folder: &Path, access: Access) -> Result<Ledger> {
        let path = folder.join(FOLDER).join(FILE);
        if !path.exists() {
            return Err(LedgerError::NotFound { folder: folder.to_path_buf() });
        }
        let flags = match access {
            Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
            Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        };
        let connection = Connection::open_with_flags(&path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        prepare(&connection)?;
        if access == Access::Read {
            // Of readers there are many, and the system keeps the file's pages for all of them.
            connection.execute_batch("PRAGMA cache_size = -8192")?;
        }
        let form = form(&connection)?;
        refuse_newer(form, &path)?;
        if access == Access::Read && form < VIEWS_SINCE {
            return Err(LedgerError::Older { path, found: form, needed: VIEWS_SINCE });
        }
        let mut ledger = Ledger {
            connection,
            cache: Cache::default(),
            matcher: Matcher::embedded(),
            sought: RefCell::default(),
            path,
        };
        if access == Access::Write {
            // First, so that a process that dies in between does it again.
            if form < VIEWS_SINCE {
                ledger.rebuild(|_| ())?;
            }
            migrate(&mut ledger.connection, form, &ledger.path)?;
        }
        Ok(ledger)
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long to wait for another writer before [`LedgerError::Locked`]; five seconds unless set.
    pub fn set_patience(&mut self, patience: Duration) -> Result<()> {
        Ok(self.connection.busy_timeout(patience)?)
    }

    /// Lets the file grow no further, as a full disk does: for tests.
    #[doc(hidden)]
    pub fn limit_pages_to_present(&mut self) -> Result<()> {
        let pages: i64 = self.connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        Ok(self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?)
    }

    /// Checks every page of the file; gives what is wrong with it, nothing when it is sound.
    ///
    /// Takes about a second for each 100 MB.
    pub fn check(&self) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(rows.into_iter().filter(|it| it != "ok").collect())
    }
}

fn prepare(connection: &Connection) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    // Acknowledged means on the disk. The cache holds the inner pages of the indexes of a large ledger.
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cache_size = -131072;
         PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 16000;",
    )?;
    // Otherwise each binding of a value has its statement compiled anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.execute_batch(words::TERMS)?;
    Ok(())
}

fn form(connection: &Connection) -> Result<u32> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn refuse_newer(form: u32, path: &Path) -> Result<()> {
    let known = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    if form > known {
        return Err(LedgerError::Newer { path: path.to_path_buf(), found: form, known });
    }
    Ok(())
}

/// Brings the file to the newest form, in one step that is done whole or not at all.
fn migrate(connection: &mut Connection, form: u32, path: &Path) -> Result<()> {
    refuse_newer(form, path)?;
    if form as usize == STEPS.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in STEPS.iter().skip(form as usize) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", STEPS.len())?;
    Ok(transaction.commit()?)
}
