//! Who is named as telling something.

use std::ops::Range;

use annals_record::Stance;

use crate::{
    lexicon::{Lexicon, Telling},
    scene::{Found, Scene, bytes},
};

/// Finds tellers beside words of telling: "police said", "according to the monitor", "said Rami Abdel Rahman", "X claimed responsibility".
pub(crate) fn find(scene: &Scene, lexicon: &Lexicon) -> Vec<Found<Stance>> {
    let mut list: Vec<Found<Stance>> = Vec::new();
    let mut at = 0;
    while at < scene.words.len() {
        let Some((length, telling)) = lexicon.telling.at(&scene.words, at) else {
            at += 1;
            continue;
        };
        let stance = match telling {
            Telling::Says => Stance::Reports,
            Telling::Claims => Stance::Claims,
            Telling::Denies => Stance::Denies,
            Telling::Accuses => Stance::Accuses,
        };
        let after = || teller_after(scene, at + length, lexicon);
        let before = || teller_before(scene, at, lexicon);
        let teller = if scene.lower(at) == "according" { after() } else { before().or_else(after) };
        if let Some(teller) = teller.filter(|it| !list.iter().any(|known| known.at == *it)) {
            list.push(Found { range: bytes(&scene.words, teller.clone()), at: teller, what: stance });
        }
        at += length;
    }
    list
}

fn is_name(scene: &Scene, at: usize, lexicon: &Lexicon) -> bool {
    let word = &scene.words[at];
    !word.mark && !scene.in_time(at) && (word.capital || is_head(scene, at, lexicon))
}

fn is_head(scene: &Scene, at: usize, lexicon: &Lexicon) -> bool {
    lexicon.source_heads.at(&scene.words, at).is_some()
}

/// The name or source noun that ends right before `at`, looking over auxiliaries and a short apposition.
fn teller_before(scene: &Scene, at: usize, lexicon: &Lexicon) -> Option<Range<usize>> {
    const REACH: usize = 3;
    let end = (at.saturating_sub(REACH)..at).rev().find(|&it| is_name(scene, it, lexicon))? + 1;
    let between = &scene.words[end..at];
    if between.iter().any(|word| word.mark && word.lower != ",") {
        return None;
    }
    let mut start = end - 1;
    while start > 0 && end - start < 6 && !scene.in_time(start - 1) {
        let joined = is_name(scene, start - 1, lexicon)
            || matches!(scene.lower(start - 1), "for" | "of" | "local" | "security" | "medical" | "human" | "military")
                && start > 1
                && (is_name(scene, start - 2, lexicon)
                    || scene.lower(start - 1) != "of" && scene.lower(start - 1) != "for");
        if !joined {
            break;
        }
        start -= 1;
    }
    Some(start..end)
}

/// The name or source noun that begins at `at`, after an article.
fn teller_after(scene: &Scene, at: usize, lexicon: &Lexicon) -> Option<Range<usize>> {
    let start = if matches!(scene.lower(at), "the" | "a" | "an") { at + 1 } else { at };
    let takes = |it: usize| {
        it < scene.words.len()
            && (is_name(scene, it, lexicon)
                || matches!(scene.lower(it), "local" | "security" | "medical" | "military" | "official" | "several"))
    };
    let end =
        (start..scene.words.len().min(start + 6)).find(|&it| !takes(it)).unwrap_or(scene.words.len().min(start + 6));
    (start < end && (start..end).any(|it| is_name(scene, it, lexicon))).then_some(start..end)
}
