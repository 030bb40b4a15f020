//! The word lists, as loaded from data/lexicon/<language>.

use std::collections::BTreeMap;

use annals_record::{ActorKind, EventType, Item, OutcomeKind, Realis, StatementKind};
use serde::Deserialize;

use crate::phrases::Phrases;

/// What a trigger word tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TriggerEntry {
    pub(crate) event_type: EventType,
    /// The type is to be told by the means or the sides.
    pub(crate) open: bool,
    /// Tells a consequence; no event of its own beside another trigger.
    pub(crate) weak: bool,
    pub(crate) verb: bool,
    pub(crate) harm: Option<OutcomeKind>,
}

/// What a party word tells.
#[derive(Clone, Debug)]
pub(crate) struct PartyEntry {
    pub(crate) kind: ActorKind,
    pub(crate) named: bool,
}

/// How a source word ties a teller to what is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    Says,
    Claims,
    Denies,
    Accuses,
}

/// What a statement cue tells.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct StatementCue {
    pub(crate) kind: StatementKind,
    /// The subject stands after the cue.
    #[serde(default)]
    pub(crate) turned: bool,
    /// The object is a place.
    #[serde(default)]
    pub(crate) place: bool,
    #[serde(default)]
    pub(crate) needs_object: bool,
}

/// All word lists of one language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) triggers: Phrases<TriggerEntry>,
    pub(crate) parties: Phrases<PartyEntry>,
    pub(crate) demonyms: Phrases<()>,
    pub(crate) modifiers: Phrases<()>,
    pub(crate) place_kinds: Phrases<()>,
    pub(crate) place_prepositions: Phrases<()>,
    pub(crate) directions: Phrases<()>,
    pub(crate) particles: Phrases<()>,
    pub(crate) known_places: Phrases<()>,
    pub(crate) never_places: Phrases<()>,
    pub(crate) telling: Phrases<Telling>,
    pub(crate) source_heads: Phrases<()>,
    pub(crate) weapons: Phrases<()>,
    pub(crate) means: Phrases<EventType>,
    pub(crate) realis: Phrases<Realis>,
    pub(crate) campaign: Phrases<()>,
    pub(crate) background: Phrases<()>,
    pub(crate) context: Phrases<()>,
    pub(crate) separate: Phrases<()>,
    pub(crate) items: Phrases<Item>,
    pub(crate) things: Phrases<OutcomeKind>,
    pub(crate) statements: Phrases<StatementCue>,
}

#[derive(Deserialize)]
struct TriggerFile {
    group: Vec<TriggerGroup>,
}

#[derive(Deserialize)]
struct TriggerGroup {
    r#type: EventType,
    #[serde(default)]
    open: bool,
    #[serde(default)]
    weak: bool,
    harm: Option<OutcomeKind>,
    nouns: Vec<String>,
    verbs: Vec<String>,
}

#[derive(Deserialize)]
struct PartyFile {
    heads: BTreeMap<ActorKind, Vec<String>>,
    modifiers: Words,
    demonyms: Words,
    names: BTreeMap<ActorKind, Vec<String>>,
}

#[derive(Deserialize)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct PlaceFile {
    kinds: Vec<String>,
    prepositions: Vec<String>,
    directions: Vec<String>,
    particles: Vec<String>,
    known: Vec<String>,
    never: Vec<String>,
}

#[derive(Deserialize)]
struct SourceFile {
    verbs: Vec<String>,
    claims: Vec<String>,
    denies: Vec<String>,
    accuses: Vec<String>,
    heads: Vec<String>,
}

#[derive(Deserialize)]
struct StatementFile {
    cue: Vec<StatementGroup>,
}

#[derive(Deserialize)]
struct StatementGroup {
    #[serde(flatten)]
    cue: StatementCue,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct CueFile {
    means: Vec<Means>,
    realis: BTreeMap<Realis, Vec<String>>,
    scope: ScopeCues,
    background: Words,
    context: Words,
    separate: Words,
    items: BTreeMap<Item, Vec<String>>,
    things: BTreeMap<OutcomeKind, Vec<String>>,
}

#[derive(Deserialize)]
struct Means {
    r#type: EventType,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct ScopeCues {
    campaign: Vec<String>,
}

impl Lexicon {
    /// The English lists.
    pub(crate) fn english() -> Self {
        let triggers: TriggerFile = load(include_str!("../../../data/lexicon/en/triggers.toml"));
        let parties: PartyFile = load(include_str!("../../../data/lexicon/en/parties.toml"));
        let places: PlaceFile = load(include_str!("../../../data/lexicon/en/places.toml"));
        let sources: SourceFile = load(include_str!("../../../data/lexicon/en/sources.toml"));
        let cues: CueFile = load(include_str!("../../../data/lexicon/en/cues.toml"));
        let statements: StatementFile = load(include_str!("../../../data/lexicon/en/statements.toml"));
        let weapons: BTreeMap<String, Vec<String>> = load(include_str!("../../../data/lexicon/en/weapons.toml"));
        Lexicon {
            triggers: Phrases::new(triggers.group.iter().flat_map(trigger_entries)),
            parties: Phrases::new(party_entries(&parties)),
            demonyms: flat(&parties.demonyms.words),
            modifiers: flat(&parties.modifiers.words),
            place_kinds: flat(&places.kinds),
            place_prepositions: flat(&places.prepositions),
            directions: flat(&places.directions),
            particles: flat(&places.particles),
            known_places: flat(&places.known),
            never_places: flat(&places.never),
            telling: Phrases::new(
                [
                    (&sources.claims, Telling::Claims),
                    (&sources.denies, Telling::Denies),
                    (&sources.accuses, Telling::Accuses),
                    (&sources.verbs, Telling::Says),
                ]
                .into_iter()
                .flat_map(|(list, telling)| list.iter().map(move |word| (word.as_str(), telling))),
            ),
            source_heads: flat(&sources.heads),
            weapons: Phrases::new(weapons.values().flatten().map(|word| (word.as_str(), ()))),
            means: Phrases::new(
                cues.means.iter().flat_map(|it| it.words.iter().map(|word| (word.as_str(), it.r#type))),
            ),
            realis: by_code(&cues.realis),
            campaign: flat(&cues.scope.campaign),
            background: flat(&cues.background.words),
            context: flat(&cues.context.words),
            separate: flat(&cues.separate.words),
            items: by_code(&cues.items),
            things: by_code(&cues.things),
            statements: Phrases::new(
                statements.cue.iter().flat_map(|group| group.words.iter().map(|word| (word.as_str(), group.cue))),
            ),
        }
    }
}

pub(crate) fn load<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    toml::from_str(text).expect("the embedded word lists are checked by a test")
}

fn flat(list: &[String]) -> Phrases<()> {
    Phrases::new(list.iter().map(|word| (word.as_str(), ())))
}

fn by_code<T: Clone + Copy>(lists: &BTreeMap<T, Vec<String>>) -> Phrases<T> {
    Phrases::new(lists.iter().flat_map(|(code, list)| list.iter().map(|word| (word.as_str(), *code))))
}

fn trigger_entries(group: &TriggerGroup) -> impl Iterator<Item = (&str, TriggerEntry)> {
    let entry =
        |verb| TriggerEntry { event_type: group.r#type, open: group.open, weak: group.weak, verb, harm: group.harm };
    let nouns = group.nouns.iter().map(move |word| (word.as_str(), entry(false)));
    nouns.chain(group.verbs.iter().map(move |word| (word.as_str(), entry(true))))
}

fn party_entries(file: &PartyFile) -> Vec<(&str, PartyEntry)> {
    let named = file.names.iter().flat_map(|(kind, list)| list.iter().map(|form| (form.as_str(), *kind, true)));
    let heads = file.heads.iter().flat_map(|(kind, list)| list.iter().map(|word| (word.as_str(), *kind, false)));
    named.chain(heads).map(|(word, kind, named)| (word, PartyEntry { kind, named })).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_embedded_lists_load() {
        super::Lexicon::english();
    }
}
