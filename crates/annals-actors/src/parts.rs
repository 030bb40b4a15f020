//! Namings that hold an alias among other words, or an alias spelled otherwise.

use crate::naming::{Naming, skeleton};
use crate::registry::{AliasUse, Registry};
use crate::resolve::{Ask, Scored};
use crate::words::{Role, WordUse};

impl Registry {
    /// The longest part of the naming that is an alias, if the words around it do not forbid it.
    pub(crate) fn by_part(&self, naming: &Naming, ask: &Ask<'_>) -> Vec<Scored> {
        let n = naming.len().min(MAX_WORDS);
        let mut found = Vec::new();
        for width in (1..n).rev() {
            for from in 0..=n - width {
                let until = from + width;
                let key = naming.part(from, until);
                // In a headline all in capitals, "WHO" may be a word.
                if width == 1 && self.words.usage(key) == Some(WordUse::Light) {
                    continue;
                }
                let mut uses = self.aliases.get(key);
                if uses.is_none() && width == 1 && self.words.role(key) == Some(Role::Unidentified) {
                    uses = self.aliases.get(&format!("{key}s"));
                }
                for usage in uses.into_iter().flatten() {
                    let Some(factor) = self.words_around(naming, from, until, usage) else { continue };
                    // A common word needs common words around it: "moderate rebel factions", but not "Kachin rebels".
                    if usage.alias.generic && factor < self.weights.extra_words {
                        continue;
                    }
                    if let Some(mut fit) = self.fit(usage, ask) {
                        fit.score *= factor;
                        found.push(fit);
                    }
                }
            }
            if self.good(&found) {
                break;
            }
        }
        found
    }

    /// What the words beside an alias do to it: `None` forbids it, else a factor up to 1.
    fn words_around(&self, naming: &Naming, from: usize, until: usize, usage: &AliasUse) -> Option<f64> {
        // Words before "-linked", "-backed" only describe what follows.
        let described = (0..from).rev().find(|&idx| self.words.usage(naming.word(idx)) == Some(WordUse::Tied));
        let start = described.map_or(0, |idx| idx + 1);
        let capitals_tell = naming.capitals_tell();
        let (mut factor, mut unit, mut unknown_name) = (1.0, false, false);
        let same = |from: usize, until: usize| {
            let uses = if from < until { self.aliases.get(naming.part(from, until)) } else { None };
            uses.is_some_and(|uses| uses.iter().any(|it| it.entry == usage.entry))
        };
        // Named twice: "Communist Party of India (Maoist) CPI (Maoist)".
        let before = if same(start, from) { from..from } else { start..from };
        let after_end = naming.len().min(MAX_WORDS.max(until));
        let twice = (until + 1..=after_end).rev().find(|&end| same(until, end)).unwrap_or(until);
        // "ISIS in Raqqa", "the coalition against ISIS": what follows says where, or whom it is against.
        let joint = |idx: &usize| {
            let key = naming.word(*idx);
            key == "against" || (self.words.joins_place(key) && !matches!(key, "of" | "de" | "du"))
        };
        // "Malian soldiers and Wagner mercenaries" are two parties.
        let joined =
            before.clone().chain(twice..naming.len()).any(|idx| matches!(naming.word(idx), "and" | "et" | "y"));
        let is_side = |role: Role| !matches!(role, Role::Unidentified | Role::Militia);
        let end = (twice..naming.len()).find(joint).unwrap_or(naming.len());
        for idx in before.chain(twice..end) {
            let (key, word) = (naming.word(idx), &naming.words[idx]);
            if joined && (self.words.role(key).is_some_and(is_side) || self.countries.contains_key(key)) {
                return None;
            }
            match self.words.usage(key) {
                Some(WordUse::Unit) => unit = true,
                Some(WordUse::Tied) if idx == until && until < naming.len() => return None,
                Some(WordUse::Breaker) if !word.bracketed => return None,
                Some(WordUse::Light | WordUse::Member | WordUse::Tied | WordUse::Breaker) => {}
                None if word.bracketed => {}
                None => {
                    if let Some(forms) = self.countries.get(key) {
                        let entry = &self.entries[usage.entry];
                        let here = |iso3: &str| entry.active.iter().any(|it| it.country == iso3);
                        if !entry.active.is_empty() && !forms.iter().any(|it| here(&self.states[it.state].iso3)) {
                            factor *= self.weights.second;
                        }
                    } else if let Some(role) = self.words.role(key) {
                        if role >= Role::Protesters {
                            return None;
                        }
                    } else if word.capital && capitals_tell && !(idx == 0 && is_participle(key)) {
                        unknown_name = true;
                    } else {
                        factor *= self.weights.extra_words;
                    }
                }
            }
        }
        if unknown_name {
            // "the Domingo Laín front (ELN)", "MILF 105th Base Command".
            let in_brackets = naming.words[from..until].iter().all(|it| it.bracketed);
            if !unit && !in_brackets {
                return None;
            }
            factor *= self.weights.unit;
        }
        Some(factor)
    }

    /// The naming without its common words has the consonants of an alias.
    pub(crate) fn by_bones(&self, naming: &Naming, ask: &Ask<'_>) -> Vec<Scored> {
        let ends = |it: &Naming| {
            let usage = |idx| self.words.usage(it.word(idx));
            let common = |idx| matches!(usage(idx), Some(WordUse::Light | WordUse::Member));
            let from = (0..it.len()).find(|&idx| !common(idx));
            let until = (0..it.len()).rev().find(|&idx| !common(idx));
            from.zip(until.map(|idx| idx + 1))
        };
        let Some((from, until)) = ends(naming) else { return Vec::new() };
        let whole = (0, naming.len());
        let mut found = Vec::new();
        for (from, until) in [whole, (from, until)] {
            let broken = (0..naming.len()).any(|idx| self.words.usage(naming.word(idx)) == Some(WordUse::Breaker));
            if broken || naming.words[from..until].iter().all(|it| it.acronym) {
                continue;
            }
            let Some(bones) = skeleton(naming.part(from, until)) else { continue };
            for usage in self.alias_bones.get(&bones).into_iter().flatten() {
                if let Some(mut fit) = self.fit(usage, ask) {
                    fit.score *= self.weights.skeleton;
                    fit.why = format!("spelled much like {:?}; {}", usage.alias.name, fit.why);
                    found.push(fit);
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }
}

/// **Units**: words. Longer namings are read to here only.
const MAX_WORDS: usize = 14;

/// "Uniformed", "Retreating": no name, though it opens a sentence.
fn is_participle(word: &str) -> bool {
    ["ed", "ing", "ly"].iter().any(|it| word.ends_with(it))
}
