//! Tellings that were read lately, by incident: new events are compared with the same recent ones again and again.

use std::sync::Arc;

use annals_incidents::Telling;
use rustc_hash::FxHashMap;

/// Incidents in each half; with two tellings of some 4 kB each this stays near 60 MB.
const HALF: usize = 4_000;

/// Keeps what was used lately, in two halves: when the young half is full, the old one is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    young: FxHashMap<String, Arc<Vec<Telling>>>,
    old: FxHashMap<String, Arc<Vec<Telling>>>,
    /// The database's own count of what others have written.
    pub(crate) data_version: i64,
}

impl Cache {
    pub(crate) fn get(&mut self, incident: &str) -> Option<Arc<Vec<Telling>>> {
        if let Some(found) = self.young.get(incident) {
            return Some(Arc::clone(found));
        }
        let (key, found) = self.old.remove_entry(incident)?;
        self.put(key, Arc::clone(&found));
        Some(found)
    }

    pub(crate) fn put(&mut self, incident: String, tellings: Arc<Vec<Telling>>) {
        if self.young.len() >= HALF {
            self.old = std::mem::take(&mut self.young);
        }
        self.old.remove(&incident);
        self.young.insert(incident, tellings);
    }

    pub(crate) fn forget(&mut self, incident: &str) {
        self.young.remove(incident);
        self.old.remove(incident);
    }

    pub(crate) fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
    }
}
