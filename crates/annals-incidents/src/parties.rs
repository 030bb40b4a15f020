//! Parties compared and gathered.

use std::collections::{BTreeMap, BTreeSet};

use annals_record::{ActorKind, Party};

use crate::words::{plain, telling_words};

/// Roles of a state's own forces and offices, as the registry's ids end in them: `syr-military`.
const STATE_ROLES: [&str; 9] = [
    "military",
    "police",
    "security",
    "gendarmerie",
    "air-force",
    "navy",
    "border-guard",
    "intelligence",
    "government",
];

/// How two parties, or two sides, stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Both are known, and they are not the same.
    Other,
    /// One of them is not told, or told too vaguely to say.
    Open,
    /// Forces of one state, names that share words, or one naming that may stand for the other.
    Akin,
    /// The same actor or name.
    Same,
}

/// One party, made ready for comparison.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    /// Registry id.
    pub(crate) actor: Option<String>,
    /// The state whose force or office it is, by registry id.
    pub(crate) state: Option<String>,
    /// What it is called, folded.
    pub(crate) name: String,
    /// The words of its names and namings.
    pub(crate) words: BTreeSet<String>,
    pub(crate) kind: Option<ActorKind>,
    /// True for parties without a name of their own: gunmen, residents, a convoy.
    pub(crate) nameless: bool,
}

impl Who {
    pub(crate) fn new(party: &Party) -> Self {
        let actor = party.actor.as_ref();
        let id = actor.map(|it| it.id.clone());
        let shown = shown_name(party);
        let names = [Some(shown), party.name.as_deref(), Some(party.span.text.as_str())];
        let generic = matches!(party.kind, Some(ActorKind::Civilians | ActorKind::Unidentified | ActorKind::Facility));
        let unnamed = party.name.is_none() && actor.is_none();
        let by_rule = id.as_deref().is_some_and(|it| it.ends_with("-unidentified") || it.ends_with("-civilians"));
        Self {
            state: id.as_deref().and_then(state_of).map(str::to_owned),
            name: plain(shown),
            words: names.into_iter().flatten().flat_map(telling_words).collect(),
            kind: party.kind,
            nameless: generic || unnamed || by_rule,
            actor: id,
        }
    }

    pub(crate) fn likeness(&self, other: &Self) -> Likeness {
        if self.actor.is_some() && self.actor == other.actor || self.name == other.name && !self.name.is_empty() {
            return Likeness::Same;
        }
        if self.state.is_some() && self.state == other.state {
            return Likeness::Akin;
        }
        let shared = self.words.intersection(&other.words).next().is_some();
        match (self.nameless, other.nameless) {
            (false, false) if shared => Likeness::Akin,
            (false, false) => Likeness::Other,
            (true, true) if shared || self.kind.is_some() && self.kind == other.kind => Likeness::Akin,
            _ if self.is_people() != other.is_people() => Likeness::Other,
            _ => Likeness::Open,
        }
    }

    /// Told to be people who do not fight.
    fn is_people(&self) -> bool {
        matches!(self.kind, Some(ActorKind::Civilians | ActorKind::Individual | ActorKind::Facility))
    }
}

/// How like two sides are: by their most alike parties; open where one is not told.
pub(crate) fn likeness(one: &[Who], other: &[Who]) -> Likeness {
    let all = one.iter().flat_map(|a| other.iter().map(move |b| a.likeness(b)));
    all.max().unwrap_or(Likeness::Open)
}

/// The name to show: the registry's, else the usual name, else the naming itself.
pub(crate) fn shown_name(party: &Party) -> &str {
    let actor = party.actor.as_ref().map(|it| it.name.as_str());
    actor.or(party.name.as_deref()).unwrap_or(&party.span.text)
}

/// The state of a registry id such as `syr-military`.
fn state_of(id: &str) -> Option<&str> {
    let (state, role) = id.split_once('-')?;
    (state.len() == 3 && STATE_ROLES.contains(&role)).then_some(state)
}

/// Counts how often each value is told, and gives the one told most; of equals the least.
pub(crate) fn most_told<T: Ord + Clone>(values: impl IntoIterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|it| it.1 == most).map(|it| it.0)
}
