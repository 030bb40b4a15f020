//! Words around a count that change whether it is an outcome.

use std::{ops::Range, sync::LazyLock};

use annals_record::{Outcome, OutcomeKind};
use annals_text::Document;
use serde::Deserialize;

/// Words around a count that change whether it is an outcome, from data/coder.
#[derive(Deserialize)]
pub(crate) struct OutcomeWords {
    sought: Vec<String>,
    sums: Vec<String>,
    parts: Vec<String>,
    further: Vec<String>,
    leading: Vec<String>,
    again: Vec<String>,
    articles: Vec<String>,
    shares: Vec<String>,
    adverbs: Vec<String>,
    nobody: Vec<String>,
    counted: Vec<Counted>,
}

/// Words that tell what happened to those who are counted.
#[derive(Deserialize)]
struct Counted {
    what: OutcomeKind,
    words: Vec<String>,
}

/// A word that tells what happened to those whom a number counts.
pub(crate) struct CountedWord {
    pub(crate) what: OutcomeKind,
    /// Its place in the list, gravest first.
    pub(crate) rank: usize,
    /// How far from the number it stands. **Units**: bytes.
    pub(crate) away: usize,
}

impl OutcomeWords {
    /// The English words.
    pub(crate) fn english() -> &'static Self {
        static WORDS: LazyLock<OutcomeWords> = LazyLock::new(|| {
            toml::from_str(include_str!("../../../data/coder/outcomes-en.toml")).expect("a test loads the word lists")
        });
        &WORDS
    }

    /// "In search of a leader": such words stand before the count, at most an article and two words away.
    pub(crate) fn sought_before(&self, document: &Document, outcome: &Outcome) -> bool {
        const REACH_BYTES: usize = 48;
        const BETWEEN: usize = 3;
        let Some(at) = document.bytes(outcome.span.start, outcome.span.end).map(|it| it.start) else { return false };
        let from = document.text.floor_char_boundary(at.saturating_sub(REACH_BYTES));
        let tail = document.text[from..at].to_lowercase();
        self.sought.iter().any(|word| {
            tail.rfind(word.as_str()).is_some_and(|at| {
                let between = &tail[at + word.len()..];
                !between.contains(['.', ',', ';', '\n']) && between.split_whitespace().count() <= BETWEEN
            })
        })
    }

    /// "All three": the count sums up what was told before.
    pub(crate) fn sums(&self, outcome: &Outcome) -> bool {
        let text = outcome.span.text.to_lowercase();
        self.sums
            .iter()
            .any(|word| text.strip_prefix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    }

    /// "One of its most senior leaders": a single person told by rank alone, whom a name may stand for elsewhere.
    pub(crate) fn describes_one(&self, outcome: &Outcome) -> bool {
        let text = &outcome.span.text;
        let last = text.split_whitespace().next_back().unwrap_or_default();
        outcome.best == Some(1)
            && !text.contains(char::is_uppercase)
            && self.leading.iter().any(|word| last.strip_suffix('s').unwrap_or(last) == word)
    }

    /// "Amdou Moussa, known as [Elias]": another name of the one named before.
    pub(crate) fn names_again(&self, document: &Document, last: &Outcome, outcome: &Outcome) -> bool {
        let named = |it: &Outcome| it.best == Some(1) && it.span.text.starts_with(char::is_uppercase);
        let described = last.best == Some(1) && last.span.text.starts_with(char::is_lowercase);
        let between = document.bytes(last.span.end, outcome.span.start).map(|it| document.text[it].to_lowercase());
        let is_mark = |it: char| !it.is_alphanumeric();
        // "A driver, [Gunars Petersons]".
        let beside = |between: &str| described && between == ", ";
        last.what == outcome.what
            && (named(last) || described)
            && named(outcome)
            && between.is_some_and(|it| beside(&it) || self.again.iter().any(|words| it.trim_matches(is_mark) == words))
    }

    /// "[A total] of 12", "[part] of the pipeline", "[seriously] injured": what is counted stands elsewhere.
    pub(crate) fn counts_nothing(&self, before: &str, text: &str, behind: &str) -> bool {
        let first_of = |it: &str| it.split_once(' ').map_or(String::new(), |it| it.0.to_lowercase());
        let noun =
            if self.articles.contains(&first_of(text)) { text.split_once(' ').map_or(text, |it| it.1) } else { text };
        let is = |list: &[String], word: &str| list.iter().any(|it| word.eq_ignore_ascii_case(it));
        // "No one", "neither [the driver] nor [the guard]".
        let last = before.split_whitespace().next_back().unwrap_or_default();
        let nobody = is(&self.nobody, last) || is(&self.nobody, &first_of(text)) || is(&self.nobody, text);
        nobody || is(&self.adverbs, text) || is(&self.shares, noun) && behind.trim_start().starts_with("of ")
    }

    pub(crate) fn is_article(&self, outcome: &Outcome) -> bool {
        self.articles.iter().any(|it| outcome.span.text.eq_ignore_ascii_case(it))
    }

    /// What happened to those whom a number of a clause counts, by the nearest word that says it; best in the same part of the clause.
    pub(crate) fn counted(&self, clause: &str, number: &Range<usize>) -> Option<CountedWord> {
        /// **Units**: bytes that a comma or an "and" between the two counts for.
        const PARTED: usize = 40;
        let told =
            |word: &str| self.counted.iter().position(|it| it.words.iter().any(|it| word.eq_ignore_ascii_case(it)));
        let marks = |it: char| !it.is_alphanumeric();
        let words = clause.split_inclusive(marks).scan(0, |next, piece| {
            let at = *next;
            *next += piece.len();
            Some((at, piece.trim_end_matches(marks)))
        });
        let found = words.filter_map(|(at, word)| Some((at, word, told(word)?))).map(|(at, word, rank)| {
            let gap = clause.get(at + word.len()..number.start).or(clause.get(number.end..at)).unwrap_or_default();
            let parted = gap.contains(',') || gap.contains(" and ");
            CountedWord { what: self.counted[rank].what, rank, away: gap.len() + if parted { PARTED } else { 0 } }
        });
        found.min_by_key(|it| (it.away, it.rank))
    }

    /// "480 of them": the count is a part of another one.
    pub(crate) fn is_part(&self, outcome: &Outcome) -> bool {
        let text = outcome.span.text.to_lowercase();
        self.parts.iter().any(|it| text.ends_with(it.as_str()))
    }

    /// "Two others": the count comes on top of what was told before.
    pub(crate) fn is_further(&self, outcome: &Outcome) -> bool {
        outcome.span.text.split_whitespace().any(|word| self.further.iter().any(|it| word.eq_ignore_ascii_case(it)))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_word_lists_load() {
        super::OutcomeWords::english();
    }
}
