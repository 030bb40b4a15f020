//! What was read lately, in bounded memory.

use std::borrow::Borrow;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use annals_incidents::Telling;
use rustc_hash::FxHashMap;

/// Incidents in each half; with two tellings of some 4 kB each this stays near 60 MB.
const TELLINGS: usize = 4_000;

/// Tellings by incident: new events are compared with the same recent ones again and again.
#[derive(Debug)]
pub(crate) struct Cache {
    pub(crate) tellings: Halves<String, Arc<Vec<Telling>>>,
    /// The database's own count of what others have written.
    pub(crate) data_version: i64,
}

impl Default for Cache {
    fn default() -> Self {
        Self { tellings: Halves::new(TELLINGS), data_version: 0 }
    }
}

/// What is made of accounts for lists, kept between questions: an account never changes, and so nothing that is made of it.
#[derive(Debug)]
pub struct Kept<T>(Mutex<(i64, Halves<i64, T>)>);

impl<T: Clone> Kept<T> {
    /// Keeps at most twice this number.
    pub fn new(half: usize) -> Self {
        Self(Mutex::new((0, Halves::new(half))))
    }

    /// What is kept of an account; of none when the views were made anew since, as `views` tells.
    pub(crate) fn get(&self, views: i64, account: i64) -> Option<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != views {
            kept.0 = views;
            kept.1.clear();
        }
        kept.1.get(&account)
    }

    pub(crate) fn put(&self, views: i64, account: i64, made: T) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 == views {
            kept.1.put(account, made);
        }
    }
}

/// Keeps what was used lately, in two halves: when the young half is full, the old one is forgotten.
#[derive(Debug)]
pub(crate) struct Halves<K, V> {
    half: usize,
    young: FxHashMap<K, V>,
    old: FxHashMap<K, V>,
}

impl<K: Eq + Hash, V: Clone> Halves<K, V> {
    pub(crate) fn new(half: usize) -> Self {
        Self { half, young: FxHashMap::default(), old: FxHashMap::default() }
    }

    pub(crate) fn get<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some(found) = self.young.get(key) {
            return Some(found.clone());
        }
        let (key, found) = self.old.remove_entry(key)?;
        self.put(key, found.clone());
        Some(found)
    }

    pub(crate) fn put(&mut self, key: K, value: V) {
        if self.young.len() >= self.half {
            self.old = std::mem::take(&mut self.young);
        }
        self.old.remove(&key);
        self.young.insert(key, value);
    }

    pub(crate) fn forget<Q: Eq + Hash + ?Sized>(&mut self, key: &Q)
    where
        K: Borrow<Q>,
    {
        self.young.remove(key);
        self.old.remove(key);
    }

    pub(crate) fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_the_rest_is_forgotten() {
        let mut halves = Halves::new(2);
        for key in 0..4 {
            halves.put(key, key * 10);
            assert_eq!(halves.get(&0), Some(0));
        }
        assert_eq!([1, 2, 3].map(|it| halves.get(&it)), [None, Some(20), Some(30)]);
    }

    #[test]
    fn new_views_are_other_accounts() {
        let kept = Kept::new(2);
        assert_eq!(kept.get(1, 7), None);
        kept.put(1, 7, 'a');
        assert_eq!(kept.get(1, 7), Some('a'));
        assert_eq!(kept.get(2, 7), None);
        kept.put(1, 7, 'a');
        assert_eq!(kept.get(2, 7), None);
    }
}
