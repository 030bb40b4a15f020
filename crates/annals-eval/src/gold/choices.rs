//! What a coder chose among, beside what the gold says: the cases that judges are fitted to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annals_coder::Choice;
use annals_reader::Role;
use annals_record::CodedReport;

use super::coding::{Coding, Told};
use super::words::{any_same, same, words};

/// One line a choice, with tabs between: role, report, event, whether a gold event is paired with that event, whether the gold event
/// has this filler or these days, the words or days, and the signs, each as `name=value`.
///
/// Whatever fills an event that is paired with none is wrong.
pub fn choice_lines(gold: &Coding, coded: &CodedReport, choices: &[Choice]) -> String {
    let pairs: BTreeMap<usize, usize> = super::pair_events(&Coding::from(coded), gold).into_iter().collect();
    let mut lines = String::new();
    for choice in choices {
        let event = pairs.get(&choice.event).map(|it| &gold.events[*it]);
        let text = choice.range.as_ref().map_or("", |it| &coded.document.text[it.clone()]);
        let answer = match choice.days {
            Some(days) => format!("{}/{}", days.start, days.end),
            None => text.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        let is_right = event.is_some_and(|it| fills(it, choice, text));
        let role: &str = choice.role.into();
        let mark = |it: bool| u8::from(it);
        _ = write!(
            lines,
            "{role}\t{}\t{}\t{}\t{}\t{answer}",
            gold.doc,
            choice.event,
            mark(event.is_some()),
            mark(is_right)
        );
        for (name, value) in &choice.signs {
            _ = write!(lines, "\t{name}={value}");
        }
        lines.push('\n');
    }
    lines
}

/// Whether a gold event has this filler, or these days.
fn fills(event: &Told, choice: &Choice, text: &str) -> bool {
    let naming = [words(text)];
    match choice.role {
        Role::Agent => event.agents.iter().any(|it| any_same(&naming, it)),
        Role::Target => event.targets.iter().any(|it| any_same(&naming, it)),
        Role::Place => event.places.iter().any(|it| same(&naming[0], it)),
        Role::Source => event.sources.iter().any(|it| same(&naming[0], it)),
        _ => choice.days.is_some_and(|days| {
            let told = |it: &(String, Option<String>)| {
                it.0 == days.start.to_string() && it.1.as_ref().is_some_and(|end| *end == days.end.to_string())
            };
            event.date.as_ref().is_some_and(told)
        }),
    }
}
