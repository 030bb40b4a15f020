//! What stands in one sentence.

use std::ops::Range;

use annals_record::{EventType, Realis, Stance};
use annals_text::{Document, Sentence, SentenceKind};
use annals_values::{Quantity, TimeMention};

use crate::{
    lexicon::{Lexicon, PartyEntry, TriggerEntry},
    parties, places, sources, triggers,
    words::{Word, words},
};

/// One sentence with all that the lists find in it. `at` is always a range of word indices.
pub(crate) struct Scene<'d> {
    pub(crate) text: &'d str,
    pub(crate) kind: SentenceKind,
    pub(crate) words: Vec<Word>,
    pub(crate) triggers: Vec<Found<TriggerEntry>>,
    pub(crate) parties: Vec<Found<PartyEntry>>,
    pub(crate) places: Vec<Found<()>>,
    pub(crate) times: Vec<Found<()>>,
    pub(crate) quantities: Vec<Found<Quantity>>,
    pub(crate) weapons: Vec<Found<()>>,
    pub(crate) sources: Vec<Found<Stance>>,
    pub(crate) means: Vec<Found<EventType>>,
    pub(crate) realis: Vec<Found<Realis>>,
    /// Words that make what follows the setting of the main happening.
    pub(crate) context: Vec<Found<()>>,
    /// Tells of a repeated pattern.
    pub(crate) campaign: bool,
    /// Opens with a word that starts another happening.
    pub(crate) separate: bool,
}

/// Something found in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Found<T> {
    /// Word indices.
    pub(crate) at: Range<usize>,
    /// Bytes of the document.
    pub(crate) range: Range<usize>,
    pub(crate) what: T,
}

/// Values found in the whole document, in text order.
pub(crate) struct Values {
    pub(crate) times: Vec<TimeMention>,
    pub(crate) quantities: Vec<Quantity>,
    /// Where the report's own telling begins: times before it are the report's, not an event's.
    pub(crate) dateline_end: usize,
}

/// Looks at one sentence.
pub(crate) fn observe<'d>(
    document: &'d Document,
    sentence: &Sentence,
    values: &Values,
    lexicon: &Lexicon,
) -> Scene<'d> {
    let words = words(&document.text, sentence.range.clone());
    let times: Vec<_> = within(&values.times, &sentence.range, |time| &time.range)
        .filter(|time| time.range.start >= values.dateline_end)
        .filter_map(|time| found(&words, time.range.clone(), ()))
        .collect();
    let quantities = within(&values.quantities, &sentence.range, |quantity| &quantity.range)
        .filter(|quantity| !times.iter().any(|time| overlap(&time.range, &quantity.number)))
        .filter_map(|quantity| found(&words, quantity.range.clone(), quantity.clone()))
        .collect();
    let mut scene = Scene {
        text: &document.text,
        kind: sentence.kind,
        triggers: Vec::new(),
        parties: Vec::new(),
        places: Vec::new(),
        times,
        quantities,
        weapons: Vec::new(),
        sources: Vec::new(),
        means: scan(&words, |at| lexicon.means.at(&words, at).map(|(n, it)| (n, *it))),
        realis: scan(&words, |at| lexicon.realis.at(&words, at).map(|(n, it)| (n, *it))),
        context: scan(&words, |at| lexicon.context.at(&words, at).map(|(length, it)| (length, *it))),
        campaign: lexicon.campaign.any(&words),
        separate: lexicon.separate.any(&words[..words.len().min(4)]),
        words,
    };
    scene.triggers = triggers::find(&scene, lexicon);
    scene.parties = parties::find(&scene, lexicon);
    scene.places = places::find(&scene, lexicon);
    scene.sources = sources::find(&scene, lexicon);
    scene.weapons = scan(&scene.words, |at| lexicon.weapons.at(&scene.words, at).map(|(length, it)| (length, *it)))
        .into_iter()
        .filter(|weapon| !scene.in_time(weapon.at.start))
        .collect();
    scene
}

/// Walks over the words, jumping over each find.
pub(crate) fn scan<T>(words: &[Word], mut look: impl FnMut(usize) -> Option<(usize, T)>) -> Vec<Found<T>> {
    let mut list = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((length, what)) = look(at) {
            list.push(Found { at: at..at + length, range: bytes(words, at..at + length), what });
            at += length;
        } else {
            at += 1;
        }
    }
    list
}

/// The bytes from the first to the last of some words.
pub(crate) fn bytes(words: &[Word], at: Range<usize>) -> Range<usize> {
    words[at.start].range.start..words[at.end - 1].range.end
}

impl Scene<'_> {
    /// Tells whether a word is part of a time expression.
    pub(crate) fn in_time(&self, at: usize) -> bool {
        self.times.iter().any(|time| time.at.contains(&at))
    }

    /// Tells whether the sentence is written in capitals throughout.
    pub(crate) fn shouted(&self) -> bool {
        !self.words.iter().any(|word| self.text[word.range.clone()].chars().any(char::is_lowercase))
    }

    /// The lower-cased word at an index; empty beyond the ends.
    pub(crate) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }
}

fn within<'v, T>(
    list: &'v [T],
    sentence: &Range<usize>,
    range: impl Fn(&T) -> &Range<usize>,
) -> impl Iterator<Item = &'v T> {
    let first = list.partition_point(|it| range(it).start < sentence.start);
    let end = sentence.end;
    let last = list[first..].partition_point(|it| range(it).start < end);
    list[first..first + last].iter()
}

fn found<T>(words: &[Word], range: Range<usize>, what: T) -> Option<Found<T>> {
    let start = words.iter().position(|word| word.range.end > range.start)?;
    let end = start + words[start..].iter().take_while(|word| word.range.start < range.end).count();
    (start < end).then_some(Found { at: start..end, range, what })
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
