//! What a report says that a person is: "Emir of the Intelet region", "JNIM commander", "a spokesman for the army".

use std::ops::Range;

use crate::registry::Registry;

/// A post told of a person, with where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The title, as told: "Emir", "deputy commander".
    ///
    /// **Units**: bytes of the text.
    pub title: Range<usize>,
    /// Whom or what the person holds it in: a group, a unit, a region; `None` where not told.
    ///
    /// **Units**: bytes of the text.
    pub of: Option<Range<usize>>,
}

const OF: &[&str] = &["of", "for", "in", "from", "de", "du", "at"];

impl Registry {
    /// Finds what the text says that the person at `name` is, in the words right before or right after the name.
    ///
    /// **Range and missing**: `name` in bytes, on character boundaries; `None` when no post is told beside it.
    pub fn post_of(&self, text: &str, name: Range<usize>) -> Option<Post> {
        self.post_after(text, name.end).or_else(|| self.post_before(text, name.start))
    }

    /// "X, the emir of Arda, …", "X, JNIM's local commander".
    fn post_after(&self, text: &str, at: usize) -> Option<Post> {
        let rest = text.get(at..)?;
        let clause = rest.strip_prefix(", ").or_else(|| rest.strip_prefix(" ("))?;
        let from = at + (rest.len() - clause.len());
        let end = clause.find([',', '.', ';', ')', '\n']).unwrap_or(clause.len());
        self.post_in(text, from..from + end, true)
    }

    /// "the emir of Arda, X", "JNIM commander X".
    fn post_before(&self, text: &str, at: usize) -> Option<Post> {
        let head = text.get(..at)?.trim_end().trim_end_matches(',');
        let from = head.rfind(['.', ';', ',', '\n', ':', '"']).map_or(0, |it| it + 1);
        self.post_in(text, from..head.len(), false)
    }

    /// The post told by a clause: its first title when it follows the name, its last when it leads up to it.
    fn post_in(&self, text: &str, clause: Range<usize>, first: bool) -> Option<Post> {
        let words = words(text, clause);
        let lower = |idx: usize| word(text, &words[idx]).to_lowercase();
        let is_title = |idx: &usize| self.words.is_title(&lower(*idx));
        let found = if first { (0..words.len()).find(is_title) } else { (0..words.len()).rev().find(is_title) }?;
        let mut start = found;
        while start > 0 && self.words.starts_title(&lower(start - 1)) {
            start -= 1;
        }
        let title_start =
            (start..=found).find(|&idx| !matches!(lower(idx).as_str(), "the" | "a" | "an" | "its" | "their"))?;
        let title = words[title_start].start..words[found].end;
        let of = match &words[found + 1..] {
            [joint, tail @ ..] if OF.contains(&word(text, joint)) && !tail.is_empty() => {
                let from = usize::from(tail.len() > 1 && matches!(word(text, &tail[0]), "the" | "la" | "le"));
                Some(tail[from].start..tail[tail.len() - 1].end)
            }
            // A title that leads up to the name ends right before it.
            [_, ..] if !first => return None,
            // "JNIM commander", "JNIM's local commander": the run of capitals before the title.
            _ => group_before(text, &words[..start]),
        };
        Some(Post { title, of })
    }
}

/// The words with capitals right before a title: "the Arda Front's".
fn group_before(text: &str, words: &[Range<usize>]) -> Option<Range<usize>> {
    let capital = |it: &Range<usize>| word(text, it).chars().next().is_some_and(char::is_uppercase);
    let n = words.iter().rev().take_while(|it| capital(it)).count();
    let first = words.get(words.len() - n).filter(|_| n > 0)?;
    let last = words.last()?;
    let possessive = ["'s", "’s"].iter().find(|it| word(text, last).ends_with(**it)).map_or(0, |it| it.len());
    let start = if word(text, first) == "The" && n > 1 { words[words.len() - n + 1].start } else { first.start };
    Some(start..last.end - possessive)
}

fn word<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    text.get(range.clone()).unwrap_or_default()
}

/// The words of a stretch, with where they stand.
fn words(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let stretch = word(text, &within);
    let place = |it: &str| {
        let start = within.start + (it.as_ptr() as usize - stretch.as_ptr() as usize);
        start..start + it.len()
    };
    stretch.split_whitespace().map(place).collect()
}
