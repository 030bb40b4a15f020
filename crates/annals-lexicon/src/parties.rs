//! Which words name a party.

use std::ops::Range;

use annals_record::ActorKind;

use crate::{
    lexicon::{Lexicon, PartyEntry},
    scene::{Found, Scene, bytes, scan},
};

/// Finds the party namings of a sentence: a known name, or a head noun with the words before it that belong to it.
pub(crate) fn find(scene: &Scene, lexicon: &Lexicon) -> Vec<Found<PartyEntry>> {
    let heads = scan(&scene.words, |at| head(scene, at, lexicon));
    let mut list: Vec<Found<PartyEntry>> = Vec::new();
    for mut party in heads {
        party.at.start = first_word(scene, party.at.start, list.last().map_or(0, |it| it.at.end), lexicon);
        if let Some(before) = list.last_mut().filter(|it| it.at.end == party.at.start && it.what.named) {
            // "IS fighters", "Taliban commander": one naming, of the named group.
            before.at.end = party.at.end;
            before.range = bytes(&scene.words, before.at.clone());
            continue;
        }
        party.range = bytes(&scene.words, party.at.clone());
        list.push(party);
    }
    list
}

fn head(scene: &Scene, at: usize, lexicon: &Lexicon) -> Option<(usize, PartyEntry)> {
    if scene.in_time(at) || scene.words[at].mark {
        return None;
    }
    if let Some((length, entry)) = lexicon.parties.at(&scene.words, at) {
        if entry.named && !looks_named(scene, at..at + length) {
            return None;
        }
        return Some((length, entry.clone()));
    }
    // "Russian airstrikes", "the US-led campaign": the state stands for its forces.
    let demonym = scene.words[at].capital && lexicon.demonyms.at(&scene.words, at).is_some();
    let acts = scene.triggers.iter().any(|it| it.at.start == at + 1 && !it.what.verb);
    (demonym && acts).then_some((1, PartyEntry { kind: ActorKind::StateForce, named: false }))
}

/// A name has its capital; a name of up to three letters is written in capitals ("IS" is no "is").
fn looks_named(scene: &Scene, at: Range<usize>) -> bool {
    let text = &scene.text[bytes(&scene.words, at.clone())];
    if text.len() <= 3 {
        return text.chars().all(|c| !c.is_lowercase()) && !(scene.shouted() && text == "IS");
    }
    scene.words[at].iter().any(|word| word.capital) || text.contains("al-")
}

fn first_word(scene: &Scene, head: usize, limit: usize, lexicon: &Lexicon) -> usize {
    const LONGEST: usize = 4;
    let mut start = head;
    while start > limit && head - start < LONGEST {
        let before = &scene.words[start - 1];
        let name = before.capital && start > 1 && lexicon.never_places.at(&scene.words, start - 1).is_none();
        let fits = !before.mark
            && !scene.in_time(start - 1)
            && !scene.triggers.iter().any(|it| it.at.contains(&(start - 1)))
            && (lexicon.modifiers.at(&scene.words, start - 1).is_some_and(|(n, ())| n == 1)
                || lexicon.demonyms.at(&scene.words, start - 1).is_some()
                || name);
        if !fits {
            break;
        }
        start -= 1;
    }
    start
}
