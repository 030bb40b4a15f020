//! By what means a bombing was done, told from the record: data/export/means.toml.

use std::sync::LazyLock;

use annals_incidents::{Incident, Telling};
use annals_record::{Event, OutcomeKind, Side, Span};
use serde::Deserialize;

use crate::options::TextOf;

/// The device of a bombing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Device {
    Suicide,
    Grenade,
    Other,
}

/// What tells a device.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Signs {
    weapons: Vec<String>,
    words: Vec<String>,
    but_not: Vec<String>,
    attackers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    suicide: Signs,
    grenade: Signs,
}

/// The device of an incident, as any of its tellings has it.
///
/// `text_of` gives the reports' texts, where they are at hand: then the sentence of the trigger counts too.
pub(crate) fn device(incident: &Incident, text_of: Option<TextOf<'_>>) -> Device {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/export/means.toml")).expect("a test reads the table")
    });
    let told = namings(incident);
    let died = words_of_dead_attackers(incident);
    let has = |signs: &Signs| {
        incident.weapons.iter().any(|it| signs.weapons.contains(it))
            || told.iter().any(|it| signs.tell(it))
            || died.iter().any(|it| signs.attackers.iter().any(|word| is_word(it, word)))
    };
    let sentences = || text_of.map(|text_of| sentences(incident, text_of)).unwrap_or_default();
    if has(&TABLE.suicide) {
        Device::Suicide
    } else if has(&TABLE.grenade) {
        Device::Grenade
    } else if sentences().iter().any(|it| TABLE.suicide.tell(it)) {
        Device::Suicide
    } else {
        Device::Other
    }
}

impl Signs {
    fn tell(&self, text: &str) -> bool {
        let rest = self.but_not.iter().fold(text.to_owned(), |text, it| text.replace(it.as_str(), " "));
        self.words.iter().any(|it| is_word(&rest, it))
    }
}

/// How the tellings name what was done, and with what, in small letters.
pub(crate) fn deeds(incident: &Incident) -> Vec<String> {
    let weapons =
        |telling: &'_ Telling| telling.event.weapons.iter().map(|it| it.span.text.clone()).collect::<Vec<_>>();
    let triggers = incident.tellings.iter().flat_map(triggers).map(|it| it.text.clone());
    let all = triggers.chain(incident.tellings.iter().flat_map(weapons)).chain(incident.weapons.iter().cloned());
    all.map(|it| it.to_lowercase()).collect()
}

/// The same, and how they name its parties and its outcomes.
pub(crate) fn namings(incident: &Incident) -> Vec<String> {
    let events = incident.tellings.iter().map(|it| &it.event);
    let of_event = |event: &Event| -> Vec<String> {
        let parties = event.agents.iter().chain(&event.targets).map(|it| &it.span);
        let spans = parties.chain(event.outcomes.iter().map(|it| &it.span));
        spans.map(|it| it.text.to_lowercase()).collect()
    };
    let parties = incident.agents.iter().chain(&incident.targets).map(|it| it.name.to_lowercase());
    deeds(incident).into_iter().chain(events.flat_map(of_event)).chain(parties).collect()
}

fn triggers(telling: &Telling) -> impl Iterator<Item = &Span> {
    std::iter::once(&telling.event.trigger).chain(&telling.event.mentions)
}

/// The words for those who died on the attackers' side, where somebody else was hurt: of a blast that killed its maker alone
/// nobody knows whether it was meant to.
fn words_of_dead_attackers(incident: &Incident) -> Vec<String> {
    let hurt = |side: Side| side != Side::Agent;
    let others = incident
        .figures
        .iter()
        .any(|it| matches!(it.what, OutcomeKind::Killed | OutcomeKind::Injured) && hurt(it.side) && it.high != Some(0));
    let dead = incident.figures.iter().filter(|it| others && it.what == OutcomeKind::Killed && !hurt(it.side));
    dead.flat_map(|it| &it.claims).map(|it| it.words.to_lowercase()).collect()
}

/// The sentences that the event is named in, in small letters.
fn sentences(incident: &Incident, text_of: TextOf<'_>) -> Vec<String> {
    let of_telling = |telling: &Telling| -> Vec<String> {
        let Some(text) = text_of(&telling.report.id) else { return Vec::new() };
        let chars: Vec<char> = text.chars().collect();
        triggers(telling).filter_map(|it| sentence(&chars, it)).collect()
    };
    incident.tellings.iter().flat_map(of_telling).collect()
}

/// The stretch around a span from one full stop or line's end to the next; `None` where the span is not of this text.
fn sentence(chars: &[char], span: &Span) -> Option<String> {
    let (before, after) = (chars.get(..span.start)?, chars.get(span.end..)?);
    let ends = |at: usize, chars: &[char]| {
        chars[at] == '\n'
            || matches!(chars[at], '.' | '!' | '?') && chars.get(at + 1).is_none_or(|it| it.is_whitespace())
    };
    let start = (0..before.len()).rev().find(|at| ends(*at, chars)).map_or(0, |at| at + 1);
    let end = (0..after.len()).find(|at| ends(*at, after)).map_or(chars.len(), |at| span.end + at);
    Some(chars.get(start..end)?.iter().collect::<String>().to_lowercase())
}

/// "bases" tells of a base; "database", "based" and "campaign" tell of none.
pub(crate) fn is_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let begins = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let rest = text[at + word.len()..].split(|it: char| !it.is_alphanumeric()).next();
        begins && matches!(rest, None | Some("" | "s"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_and_plurals_are_found() {
        assert!(is_word("two bases near arda", "base"));
        assert!(!is_word("based in arda", "base"));
        assert!(!is_word("a campaign", "camp"));
    }

    #[test]
    fn a_sentence_ends_at_full_stops_and_lines() {
        let chars: Vec<char> = "Title\nA bomb of 2.5 kg went off. A second blast followed.".chars().collect();
        let span = |start, end| Span { start, end, text: String::new() };
        assert_eq!(sentence(&chars, &span(8, 12)).as_deref(), Some("a bomb of 2.5 kg went off"));
        assert_eq!(sentence(&chars, &span(35, 37)).as_deref(), Some(" a second blast followed"));
        assert_eq!(sentence(&chars, &span(90, 95)), None);
    }
}
