//! Which words name a place.

use std::ops::Range;

use crate::{
    lexicon::Lexicon,
    scene::{Found, Scene, bytes},
};

/// Finds the place namings of a sentence: capitals after a place preposition, beside a word such as "village", or known by name.
pub(crate) fn find(scene: &Scene, lexicon: &Lexicon) -> Vec<Found<()>> {
    let mut list: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < scene.words.len() {
        match place(scene, at, list.last(), lexicon) {
            Some(place) => {
                at = place.end;
                list.push(place);
            }
            None => at += 1,
        }
    }
    list.into_iter().map(|at| Found { range: bytes(&scene.words, at.clone()), at, what: () }).collect()
}

fn place(scene: &Scene, at: usize, previous: Option<&Range<usize>>, lexicon: &Lexicon) -> Option<Range<usize>> {
    if let Some((length, ())) = lexicon.known_places.at(&scene.words, at).filter(|_| scene.words[at].capital) {
        let end = with_kind(scene, at + length, lexicon);
        return Some(with_direction(scene, at, lexicon)..end);
    }
    if scene.shouted() {
        return None;
    }
    let run = capitals(scene, at, lexicon)?;
    let kind_after = lexicon.place_kinds.at(&scene.words, run.end).is_some();
    let first = with_direction(scene, at, lexicon);
    let after_preposition = first > 0 && ends_preposition(scene, first, lexicon);
    // "the village of Sokolo", "Andar district, Ghazni province"
    let of_kind = scene.lower(at.wrapping_sub(1)) == "of" && at > 1 && is_kind(scene, at - 2, lexicon);
    let listed = previous.is_some_and(|it| {
        it.end + 1 == at && matches!(scene.lower(it.end), "," | "and")
            || it.end + 2 == at && scene.lower(at - 1) == "and"
    });
    let possessive = scene.words[run.end - 1].possessive && !kind_after;
    if possessive || !(kind_after || after_preposition || of_kind || listed || first < at) {
        return None;
    }
    if scene.parties.iter().any(|party| party.what.named && party.at.start < run.end && run.start < party.at.end) {
        return None;
    }
    Some(first..with_kind(scene, run.end, lexicon))
}

/// The longest run of capitalised words, with the small words that names hold, from `at`.
fn capitals(scene: &Scene, at: usize, lexicon: &Lexicon) -> Option<Range<usize>> {
    let fits = |at: usize| {
        let word = &scene.words[at];
        let name = word.capital || word.lower.starts_with("al-") || word.lower.starts_with("el-");
        name && !word.mark
            && word.lower.chars().any(char::is_alphabetic)
            && !scene.in_time(at)
            && lexicon.never_places.at(&scene.words, at).is_none()
    };
    if !fits(at) || scene.triggers.iter().any(|it| it.at.contains(&at)) {
        return None;
    }
    let mut end = at + 1;
    while end < scene.words.len() && !scene.words[end - 1].possessive {
        if fits(end) {
            end += 1;
        } else if end + 1 < scene.words.len()
            && lexicon.particles.at(&scene.words, end).is_some()
            && scene.lower(end) != "and"
            && fits(end + 1)
        {
            end += 2;
        } else {
            break;
        }
    }
    Some(at..end)
}

fn is_kind(scene: &Scene, at: usize, lexicon: &Lexicon) -> bool {
    lexicon.place_kinds.at(&scene.words, at).is_some()
}

fn with_kind(scene: &Scene, end: usize, lexicon: &Lexicon) -> usize {
    lexicon.place_kinds.at(&scene.words, end).map_or(end, |(length, ())| end + length)
}

fn with_direction(scene: &Scene, at: usize, lexicon: &Lexicon) -> usize {
    if at > 0 && lexicon.directions.at(&scene.words, at - 1).is_some() { at - 1 } else { at }
}

fn ends_preposition(scene: &Scene, at: usize, lexicon: &Lexicon) -> bool {
    let article = usize::from(scene.lower(at - 1) == "the");
    (1..=3).any(|length| {
        (at - article).checked_sub(length).is_some_and(|start| {
            lexicon.place_prepositions.at(&scene.words, start).is_some_and(|(found, ())| found == length)
        })
    })
}
