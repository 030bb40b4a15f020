//! Which country a text is about, by the country names and adjectives in it.

use std::collections::HashMap;

use annals_actors::Registry;
use annals_places::is_aside;

/// Names and adjectives of all countries.
pub(crate) struct Countries {
    /// Lower-cased words to an index into `codes`.
    words: HashMap<String, usize>,
    codes: Vec<String>,
    longest: usize,
}

impl Countries {
    /// Takes the names of the registry's states.
    pub(crate) fn new(registry: &Registry) -> Self {
        let mut words = HashMap::new();
        let mut codes = Vec::new();
        for state in registry.states() {
            for name in std::iter::once(&state.name).chain(&state.also).chain(&state.adjectives) {
                words.entry(name.to_lowercase()).or_insert(codes.len());
            }
            codes.push(state.iso3.clone());
        }
        let longest = words.keys().map(|it| it.split_whitespace().count()).max().unwrap_or(1);
        Countries { words, codes, longest }
    }

    /// ISO3 of the country named most, the first of equals; `None` when none is named, but for what lies beyond a border.
    pub(crate) fn of(&self, text: &str) -> Option<&str> {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect();
        let mut counts: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let found = (1..=self.longest.min(words.len() - at)).rev().find_map(|n| {
                let name = words[at..at + n].join(" ");
                self.words.get(&name).or_else(|| self.words.get(name.strip_suffix('s')?)).map(|&it| (n, it))
            });
            let Some((length, country)) = found else {
                at += 1;
                continue;
            };
            at += length;
            if is_aside(&words[..at - length], &words[at..]) {
                continue;
            }
            match counts.iter_mut().find(|(it, _)| *it == country) {
                Some((_, n)) => *n += 1,
                None => counts.push((country, 1)),
            }
        }
        let most = counts.iter().map(|(_, n)| *n).max()?;
        counts.iter().find(|(_, n)| *n == most).map(|(country, _)| self.codes[*country].as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{Countries, Registry};

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let registry = Registry::embedded().expect("a test of the registry loads it");
        assert_eq!(Countries::new(&registry).of(text), expect, "{text}");
    }

    #[test]
    fn what_lies_beyond_a_border_is_not_the_country() {
        check("Soldiers were killed in Inates, close to the border with Mali.", None);
        check("The army of Niger said the gunmen had crossed from Mali and back over the Malian border.", Some("NER"));
        check("A blast near Mali's border with Niger.", Some("MLI"));
    }
}
