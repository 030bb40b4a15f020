//! Standing facts told by a plain clause: who holds, leads, belongs to, wants what.

use std::ops::Range;

use annals_record::StatementKind;

use crate::{
    lexicon::Lexicon,
    scene::{Scene, bytes},
};

/// A standing fact of one sentence; all ranges are bytes.
pub(crate) struct FoundStatement {
    pub(crate) kind: StatementKind,
    pub(crate) range: Range<usize>,
    pub(crate) subject: Range<usize>,
    pub(crate) object: Option<Range<usize>>,
}

/// Finds the statements of a sentence: a cue with a party before it and, where the kind wants one, an object after it.
pub(crate) fn find(scene: &Scene, lexicon: &Lexicon) -> Vec<FoundStatement> {
    let mut list: Vec<FoundStatement> = Vec::new();
    for at in 0..scene.words.len() {
        let Some((length, cue)) = lexicon.statements.at(&scene.words, at) else { continue };
        let cue_at = at..at + length;
        let before = scene.parties.iter().rev().find(|it| it.at.end <= at + 1 && at < it.at.end + 5);
        let party_after = scene.parties.iter().find(|it| it.at.start + 1 >= cue_at.end && it.at.start < cue_at.end + 6);
        let place_after = scene.places.iter().find(|it| it.at.start >= cue_at.end && it.at.start < cue_at.end + 6);
        let (subject, object) = if cue.turned { (party_after, before.map(|it| &it.range)) } else { (before, None) };
        let Some(subject) = subject else { continue };
        let object = if cue.turned {
            object.cloned().or_else(|| scene.places.iter().rev().find(|it| it.at.end <= at).map(|it| it.range.clone()))
        } else if cue.place {
            place_after.map(|it| it.range.clone())
        } else {
            party_after.map(|it| it.range.clone())
        };
        if object.is_none() && cue.needs_object {
            continue;
        }
        let mut range = bytes(&scene.words, cue_at);
        for part in std::iter::once(&subject.range).chain(&object) {
            range = range.start.min(part.start)..range.end.max(part.end);
        }
        if list.iter().all(|known| known.kind != cue.kind || known.subject != subject.range) {
            list.push(FoundStatement { kind: cue.kind, range, subject: subject.range.clone(), object });
        }
    }
    list
}
