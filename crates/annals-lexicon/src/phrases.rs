//! Looks up phrases of one or more words.

use std::collections::HashMap;

use crate::words::{Word, words};

/// Phrases by their first word, longest first.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T: Clone> Phrases<T> {
    pub(crate) fn new<'a>(entries: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        for (phrase, value) in entries {
            let parts: Vec<String> = words(phrase, 0..phrase.len()).into_iter().map(|word| word.lower).collect();
            if let Some(first) = parts.first() {
                by_first.entry(first.clone()).or_default().push((parts, value));
            }
        }
        // Longest first; a stable sort keeps the order of the file among equals.
        let longest_first = |(first, mut list): (String, Vec<(Vec<String>, T)>)| {
            list.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len()));
            (first, list)
        };
        Phrases { by_first: by_first.into_iter().map(longest_first).collect() }
    }

    /// The longest phrase that starts at `words[at]`: its number of words and its value.
    pub(crate) fn at(&self, words: &[Word], at: usize) -> Option<(usize, &T)> {
        let list = self.by_first.get(&words.get(at)?.lower)?;
        list.iter()
            .find(|(parts, _)| {
                words.len() >= at + parts.len()
                    && parts.iter().zip(&words[at..]).all(|(part, word)| *part == word.lower)
            })
            .map(|(parts, value)| (parts.len(), value))
    }

    /// Tells whether a phrase of this list occurs in the words.
    pub(crate) fn any(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.at(words, at).is_some())
    }
}
