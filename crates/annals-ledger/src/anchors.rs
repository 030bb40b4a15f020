//! Which event of a new coding is which telling of the ones before.

use annals_record::{Event, EventType, Span};

/// A telling's place in its report for good, with what is needed to know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anchored {
    /// Where the trigger first stood: `120-128`, with `.2` when two events share it.
    pub(crate) name: String,
    /// The operation that first told it.
    pub(crate) born: i64,
    event_type: EventType,
    trigger: Span,
    /// A person's telling keeps its own words; a coded event on other words is another one.
    pub(crate) by_person: bool,
}

/// Gives each event the anchor of the telling that it goes on with, or a new one born with operation `seq`.
///
/// `known` holds every anchor that earlier codings of the report gave; it is brought up to date.
/// An event goes on with a telling whose trigger stands on the same words, else on words that overlap, else with the
/// same words and type elsewhere (the text was taken anew); each telling goes on once.
pub(crate) fn anchor(known: &mut Vec<Anchored>, events: &[Event], seq: i64) -> Vec<Anchored> {
    let same_words: [fn(&Anchored, &Event) -> bool; 5] = [
        |old, new| old.trigger == new.trigger && old.event_type == new.event_type,
        |old, new| old.trigger == new.trigger,
        |old, new| old.trigger.overlaps(&new.trigger) && old.event_type == new.event_type,
        |old, new| old.trigger.overlaps(&new.trigger),
        |old, new| !old.by_person && old.trigger.text == new.trigger.text && old.event_type == new.event_type,
    ];
    let mut free: Vec<usize> = (0..known.len()).collect();
    let mut chosen: Vec<Option<usize>> = vec![None; events.len()];
    for is_same in same_words {
        for (event, chosen) in events.iter().zip(&mut chosen).filter(|(_, chosen)| chosen.is_none()) {
            if let Some(at) = free.iter().position(|it| is_same(&known[*it], event)) {
                *chosen = Some(free.remove(at));
            }
        }
    }
    events
        .iter()
        .zip(chosen)
        .map(|(event, chosen)| {
            let at = chosen.unwrap_or(known.len());
            if let Some(old) = known.get_mut(at) {
                if !old.by_person {
                    old.trigger = event.trigger.clone();
                    old.event_type = event.event_type;
                }
            } else {
                let name = new_name(known, &event.trigger);
                let trigger = event.trigger.clone();
                known.push(Anchored { name, born: seq, event_type: event.event_type, trigger, by_person: false });
            }
            known[at].clone()
        })
        .collect()
}

/// Makes the telling `name` a person's, whose event this is; a new one is born with operation `seq`.
pub(crate) fn add(known: &mut Vec<Anchored>, name: &str, event: &Event, seq: i64) -> Anchored {
    let born = known.iter().find(|it| it.name == name).map_or(seq, |it| it.born);
    known.retain(|it| it.name != name);
    let trigger = event.trigger.clone();
    known.push(Anchored { name: name.to_owned(), born, event_type: event.event_type, trigger, by_person: true });
    known[known.len() - 1].clone()
}

pub(crate) fn new_name(known: &[Anchored], trigger: &Span) -> String {
    let name = format!("{}-{}", trigger.start, trigger.end);
    let is_taken = |name: &String| known.iter().any(|it| it.name == *name);
    let numbered = (2..=known.len() + 1).map(|it| format!("{name}.{it}"));
    std::iter::once(name.clone())
        .chain(numbered)
        .find(|it| !is_taken(it))
        .expect("there are more names than can be taken")
}
