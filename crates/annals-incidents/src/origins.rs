//! Which tellings lean on the same source.
//!
//! Each telling has one origin: the text that it copies stands for it; one named source that it cites ("the Observatory said")
//! stands for it, and where that is itself an outlet among the tellings, so does that outlet's own origin; else its outlet does.
//! A telling that cites two named sources or more has compared them and stands for itself.

use std::collections::BTreeMap;

use annals_record::Stance;

use crate::Telling;
use crate::words::{Lists, plain, telling_words};

/// The origin of each telling, in their order; equal origins count as one source.
pub(crate) fn origins(tellings: &[&Telling]) -> Vec<String> {
    let mut cites: BTreeMap<String, String> = BTreeMap::new();
    for it in tellings {
        if let Some(cited) = cited(it) {
            let own = outlet(it);
            // Of two tellings of one outlet the first in the order of ids says whom it leans on.
            cites.entry(own).or_insert(cited);
        }
    }
    let report_outlets: BTreeMap<&str, String> =
        tellings.iter().map(|it| (it.report.id.as_str(), outlet(it))).collect();
    tellings
        .iter()
        .map(|it| {
            let start = match &it.copy_of {
                Some(text) => report_outlets.get(text.as_str()).cloned().unwrap_or_else(|| format!("text {text}")),
                None => outlet(it),
            };
            follow(start, &cites)
        })
        .collect()
}

/// Follows "X citing Y" to its end; a ring of outlets that cite each other ends at its least name.
fn follow(start: String, cites: &BTreeMap<String, String>) -> String {
    let mut path = vec![start];
    while let Some(next) = path.last().and_then(|it| cites.get(it)) {
        if let Some(at) = path.iter().position(|it| it == next) {
            return path[at..].iter().min().cloned().unwrap_or_default();
        }
        path.push(next.clone());
    }
    path.pop().unwrap_or_default()
}

/// The outlet's key, else the report's.
fn outlet(telling: &Telling) -> String {
    let key = telling.report.publisher.as_deref().map(key).filter(|it| !it.is_empty());
    key.unwrap_or_else(|| telling.copy_of.clone().unwrap_or_else(|| telling.report.id.clone()))
}

/// The one named source that a telling cites.
fn cited(telling: &Telling) -> Option<String> {
    let lists = Lists::get();
    let mut named: Vec<String> = telling
        .event
        .sources
        .iter()
        .filter(|it| it.stance == Stance::Reports && !lists.is_nameless(&it.span.text))
        .map(|it| key(&it.span.text))
        .filter(|it| !it.is_empty())
        .collect();
    named.sort();
    named.dedup();
    let [one] = named.as_slice() else { return None };
    Some(one.clone())
}

/// A source's name in the form in which two namings of it agree: long names become their initials.
fn key(name: &str) -> String {
    let words: Vec<String> =
        telling_words(name).filter(|it| !matches!(it.as_str(), "news" | "agency" | "newspaper" | "tv")).collect();
    match words.len() {
        0 => plain(name),
        1 | 2 => words.join(" "),
        _ => words.iter().filter_map(|it| it.chars().next()).collect(),
    }
}
