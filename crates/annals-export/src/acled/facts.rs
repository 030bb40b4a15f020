//! What of an incident chooses ACLED's type: sides, means, harm and goods.

use annals_incidents::Incident;
use annals_record::{EventType, Item, OutcomeKind, Realis, Side};

use super::sub_event::Tables;
use crate::means::{Device, device, is_word, namings};
use crate::options::TextOf;
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
    /// `text_of` gives the reports' texts, where they are at hand.
    pub(crate) fn of(
        incident: &Incident,
        agent: Option<Role>,
        target: Option<Role>,
        text_of: Option<TextOf<'_>>,
    ) -> Self {
        let base = &Tables::get().words.base;
        let tells_base = || namings(incident).iter().any(|text| base.iter().any(|word| is_word(text, word)));
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
            device: if incident.event_type == EventType::Bombing { device(incident, text_of) } else { Device::Other },
            goods: goods(incident),
            killed,
            harmed: killed || any(incident, OutcomeKind::Injured),
            civilians_harmed,
            surrendered: any(incident, OutcomeKind::Surrendered),
            base: incident.event_type == EventType::Deployment && tells_base(),
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
