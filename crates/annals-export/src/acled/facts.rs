//! What of an incident chooses ACLED's type: sides, means, harm and goods.

use annals_incidents::Incident;
use annals_record::{EventType, Item, OutcomeKind, Realis, Side};

use super::sub_event::Tables;
use crate::people::any;
use crate::roles::Role;

/// All that the choice of a type looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and a test goes over all of them")]
pub(crate) struct Facts {
    pub(crate) event_type: EventType,
    /// `None` when nobody is told.
    pub(crate) agent: Option<Role>,
    pub(crate) target: Option<Role>,
    pub(crate) device: Device,
    /// What was taken.
    pub(crate) goods: Goods,
    pub(crate) killed: bool,
    /// Somebody was killed or injured.
    pub(crate) harmed: bool,
    /// Civilians were harmed.
    pub(crate) civilians_harmed: bool,
    /// Somebody gave themselves up.
    pub(crate) surrendered: bool,
    /// A base is told of.
    pub(crate) base: bool,
    /// It did not come off.
    pub(crate) failed: bool,
}

/// The device of a bombing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Device {
    Suicide,
    Grenade,
    Other,
}

/// What was seized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goods {
    None,
    /// Means of war only.
    Arms,
    /// Anything else, with or without arms.
    Other,
}

impl Facts {
    pub(crate) fn of(incident: &Incident, agent: Option<Role>, target: Option<Role>) -> Self {
        let words = &Tables::get().words;
        let triggers = incident
            .tellings
            .iter()
            .flat_map(|it| std::iter::once(&it.event.trigger).chain(&it.event.mentions).map(|it| it.text.as_str()));
        let weapons = incident.weapons.iter().map(String::as_str);
        let parties = incident.agents.iter().chain(&incident.targets).map(|it| it.name.as_str());
        let told: Vec<String> = triggers.chain(weapons).chain(parties).map(str::to_lowercase).collect();
        let tells = |list: &[String]| told.iter().any(|text| list.iter().any(|word| is_word(text, word)));
        let civilians_harmed = incident.figures.iter().any(|it| {
            matches!(it.what, OutcomeKind::Killed | OutcomeKind::Injured)
                && it.side == Side::Civilian
                && it.high != Some(0)
        });
        let killed = any(incident, OutcomeKind::Killed);
        Self {
            event_type: incident.event_type,
            agent,
            target,
            device: if tells(&words.suicide) {
                Device::Suicide
            } else if tells(&words.grenade) {
                Device::Grenade
            } else {
                Device::Other
            },
            goods: goods(incident),
            killed,
            harmed: killed || any(incident, OutcomeKind::Injured),
            civilians_harmed,
            surrendered: any(incident, OutcomeKind::Surrendered),
            base: tells(&words.base),
            failed: incident.realis == Realis::Failed,
        }
    }
}

fn goods(incident: &Incident) -> Goods {
    let mut seized = incident.figures.iter().filter(|it| it.what == OutcomeKind::Seized).peekable();
    if seized.peek().is_none() {
        return Goods::None;
    }
    let of_war =
        |it: Option<Item>| matches!(it, Some(Item::Weapons | Item::Ammunition | Item::Armour | Item::Aircraft));
    if seized.all(|it| of_war(it.item)) { Goods::Arms } else { Goods::Other }
}

/// "bases" tells of a base; "database", "based" and "campaign" tell of none.
fn is_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let begins = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let rest = text[at + word.len()..].split(|it: char| !it.is_alphanumeric()).next();
        begins && matches!(rest, None | Some("" | "s"))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn whole_words_and_plurals_are_found() {
        assert!(super::is_word("two bases near arda", "base"));
        assert!(!super::is_word("based in arda", "base"));
        assert!(!super::is_word("a campaign", "camp"));
    }
}
