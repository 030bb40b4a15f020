//! Parties compared and gathered.

use std::collections::{BTreeMap, BTreeSet};

use annals_record::{ActorKind, Party};

use crate::words::{Lists, plain, telling_words};

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
    /// All that it is called, folded.
    pub(crate) names: BTreeSet<String>,
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
        let mut names = vec![shown];
        for name in party.name.as_deref().into_iter().chain([party.span.text.as_str()]) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let told: Vec<Vec<String>> = names.into_iter().map(|it| telling_words(it).collect()).collect();
        let generic = matches!(party.kind, Some(ActorKind::Civilians | ActorKind::Unidentified | ActorKind::Facility));
        let unnamed = party.name.is_none() && actor.is_none();
        let by_rule = id.as_deref().is_some_and(|it| it.ends_with("-unidentified") || it.ends_with("-civilians"));
        let by_words = || told.iter().flatten().find_map(|it| Lists::get().foreign_state(it));
        let is_foreign = party.kind == Some(ActorKind::ForeignForce);
        let state = id.as_deref().and_then(state_of).or_else(|| by_words().filter(|_| is_foreign)).map(str::to_owned);
        Self {
            name: plain(shown),
            names: told.iter().map(|it| it.join(" ")).filter(|it| !it.is_empty()).collect(),
            words: told.into_iter().flatten().chain(state.clone()).collect(),
            kind: party.kind,
            nameless: generic || unnamed || by_rule,
            actor: id,
            state,
        }
    }

    pub(crate) fn likeness(&self, other: &Self) -> Likeness {
        if self.actor.is_some() && self.actor == other.actor || !self.names.is_disjoint(&other.names) {
            return Likeness::Same;
        }
        if self.state.is_some() && self.state == other.state {
            return Likeness::Akin;
        }
        let shared = self.words.intersection(&other.words).any(|it| !Lists::get().is_shared_by_many(it));
        match (self.camp(), other.camp()) {
            (Some(a), Some(b)) if a != b => Likeness::Other,
            _ if shared => Likeness::Akin,
            (Some(Camp::People), _) if self.nameless && self.kind == other.kind => Likeness::Akin,
            (Some(Camp::People), Some(Camp::People)) => Likeness::Open,
            _ if self.nameless || other.nameless => Likeness::Open,
            _ => Likeness::Other,
        }
    }

    /// The broad sort of party; `None` where the kind does not tell.
    fn camp(&self) -> Option<Camp> {
        match self.kind? {
            ActorKind::Civilians | ActorKind::Individual | ActorKind::Facility => Some(Camp::People),
            ActorKind::StateForce | ActorKind::Government | ActorKind::ForeignForce | ActorKind::InternationalOrg => {
                Some(Camp::State)
            }
            ActorKind::ArmedGroup | ActorKind::Militia => Some(Camp::Group),
            ActorKind::Unidentified | ActorKind::Other => None,
        }
    }
}

/// Broad sorts of parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Camp {
    /// People and places that do not fight.
    People,
    State,
    Group,
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
