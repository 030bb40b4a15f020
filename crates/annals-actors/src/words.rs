//! The common words of data/actors/words.toml and the weights of data/actors/weights.toml.

use std::collections::{HashMap, HashSet};

use annals_record::ActorKind;
use serde::Deserialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::entry::Sort;
use crate::naming::normal_form;

/// A part of a state, or a sort of people in a country, that words without a name stand for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Aircraft of the state.
    AirForce,
    /// Ships of the state.
    Navy,
    /// Gendarmes.
    Gendarmerie,
    /// Police.
    Police,
    /// Border guards.
    BorderGuard,
    /// Secret services.
    Intelligence,
    /// Army, or armed forces as a whole.
    Military,
    /// Police or army, not told which.
    Security,
    /// Government, authorities, regime.
    Government,
    /// A militia that nobody names.
    Militia,
    /// An armed group that nobody names.
    Unidentified,
    /// Demonstrators.
    Protesters,
    /// A violent crowd.
    Rioters,
    /// People not fighting.
    Civilians,
}

impl Role {
    /// Every role; where words tell two roles, the first in this order is meant ("army helicopters": air force).
    pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

    /// The end of the registry id: `mli-air-force`.
    pub fn slug(self) -> &'static str {
        match self {
            Role::AirForce => "air-force",
            Role::BorderGuard => "border-guard",
            other => other.into(),
        }
    }

    /// The codebook's kind, in the state's own country.
    pub fn kind(self) -> ActorKind {
        match self {
            Role::Government => ActorKind::Government,
            Role::Militia => ActorKind::Militia,
            Role::Unidentified => ActorKind::Unidentified,
            Role::Protesters | Role::Rioters | Role::Civilians => ActorKind::Civilians,
            _ => ActorKind::StateForce,
        }
    }

    /// The registry's finer kind.
    pub fn sort(self) -> Sort {
        match self {
            Role::AirForce => Sort::AirForce,
            Role::Navy => Sort::Navy,
            Role::Gendarmerie => Sort::Gendarmerie,
            Role::Police => Sort::Police,
            Role::BorderGuard => Sort::BorderGuard,
            Role::Intelligence => Sort::Intelligence,
            Role::Military => Sort::Military,
            Role::Security => Sort::Security,
            Role::Government => Sort::Government,
            Role::Militia | Role::Unidentified => Sort::Unidentified,
            Role::Protesters => Sort::Protesters,
            Role::Rioters => Sort::Rioters,
            Role::Civilians => Sort::Civilians,
        }
    }

    /// Tells whether it is a force of the state.
    pub fn is_force(self) -> bool {
        self.kind() == ActorKind::StateForce
    }
}

/// What a common word does in a naming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordUse {
    /// Stands with any name and changes nothing: "armed", "suspected", numbers, ranks, "of".
    Light,
    /// People or parts of a named group: "fighters", "camp", "brigade".
    Member,
    /// A part of a group with a name of its own: "front", "column", "battalion".
    Unit,
    /// Makes the name before it a description of what follows: "linked", "backed".
    Tied,
    /// The naming is not the named group: "anti", "victims", "hospital".
    Breaker,
}

/// The word lists, ready for lookup by comparable form.
#[derive(Debug)]
pub(crate) struct Words {
    roles: HashMap<String, Role>,
    uses: HashMap<String, WordUse>,
    /// **Units**: words of the longest role phrase.
    longest: usize,
    pointers: HashMap<String, Pointer>,
    forces: HashSet<String>,
    place_joints: HashSet<String>,
    ambiguous: HashSet<String>,
    titles: HashSet<String>,
    before_titles: HashSet<String>,
    definite: HashSet<String>,
    programme: HashSet<String>,
}

/// What a naming that points back may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Pointer {
    /// "the group", "the movement": the last named non-state group.
    Group,
    /// "its fighters", "their forces": whoever was named last.
    Owner,
    /// "they", "he": whoever was named last, people and groups.
    Anyone,
}

/// data/actors/words.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordsFile {
    roles: HashMap<Role, Vec<String>>,
    light: Vec<String>,
    members: Vec<String>,
    units: Vec<String>,
    tied: Vec<String>,
    breakers: Vec<String>,
    forces: Vec<String>,
    place_joints: Vec<String>,
    ambiguous: Vec<String>,
    titles: Vec<String>,
    before_titles: Vec<String>,
    definite: Vec<String>,
    programme: Vec<String>,
    pointers: HashMap<Pointer, Vec<String>>,
}

impl std::hash::Hash for Pointer {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
    }
}

impl Words {
    /// **Errors**: in words, when a phrase stands under two roles.
    pub(crate) fn of(mut file: WordsFile) -> Result<Self, String> {
        let mut roles = HashMap::new();
        for role in Role::ALL {
            for phrase in file.roles.remove(role).unwrap_or_default() {
                let key = normal_form(&phrase);
                if let Some(other) = roles.insert(key, *role)
                    && other != *role
                {
                    return Err(format!("{phrase:?} stands under two roles, {other:?} and {role:?}"));
                }
            }
        }
        let longest = roles.keys().map(|it| it.split(' ').count()).max().unwrap_or(0);
        let mut uses = HashMap::new();
        let lists = [
            (WordUse::Light, &file.light),
            (WordUse::Member, &file.members),
            (WordUse::Unit, &file.units),
            (WordUse::Tied, &file.tied),
            (WordUse::Breaker, &file.breakers),
        ];
        for (meaning, list) in lists {
            for word in list {
                uses.insert(normal_form(word), meaning);
            }
        }
        let mut pointers = HashMap::new();
        for pointer in [Pointer::Group, Pointer::Owner, Pointer::Anyone] {
            for phrase in file.pointers.remove(&pointer).unwrap_or_default() {
                pointers.insert(normal_form(&phrase), pointer);
            }
        }
        let set = |list: &[String]| list.iter().map(|it| normal_form(it)).collect();
        let (forces, place_joints) = (set(&file.forces), set(&file.place_joints));
        let (ambiguous, programme) = (set(&file.ambiguous), set(&file.programme));
        let exact = |list: &[String]| list.iter().cloned().collect();
        let (titles, before_titles) = (exact(&file.titles), exact(&file.before_titles));
        let definite = exact(&file.definite);
        Ok(Self {
            roles,
            uses,
            longest,
            pointers,
            forces,
            place_joints,
            ambiguous,
            titles,
            before_titles,
            definite,
            programme,
        })
    }

    /// The role that a whole phrase stands for.
    pub(crate) fn role(&self, key: &str) -> Option<Role> {
        self.roles.get(key).copied()
    }

    pub(crate) fn longest_role(&self) -> usize {
        self.longest
    }

    pub(crate) fn usage(&self, word: &str) -> Option<WordUse> {
        if word.bytes().all(|it| it.is_ascii_digit()) || is_ordinal(word) {
            return Some(WordUse::Light);
        }
        self.uses.get(word).copied()
    }

    /// "forces" and the like, which mean an army beside a country.
    pub(crate) fn is_forces(&self, word: &str) -> bool {
        self.forces.contains(word)
    }

    /// "in", "near", "of": what follows may be a place.
    pub(crate) fn joins_place(&self, word: &str) -> bool {
        self.place_joints.contains(word)
    }

    /// People who are armed when they act and civilians when they suffer: "three men".
    pub(crate) fn is_ambiguous(&self, phrase: &str) -> bool {
        self.ambiguous.contains(phrase)
    }

    /// "commander", in lower case.
    pub(crate) fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word)
    }

    /// "deputy", "the", in lower case.
    pub(crate) fn starts_title(&self, word: &str) -> bool {
        self.before_titles.contains(word)
    }

    /// "the", "this", in lower case.
    pub(crate) fn is_definite(&self, word: &str) -> bool {
        self.definite.contains(word)
    }

    /// "fighters", "movement", "liberation": a word of many names, which tells nobody by itself.
    pub(crate) fn tells_nobody(&self, word: &str) -> bool {
        self.usage(word).is_some()
            || self.role(word).is_some()
            || self.pointer(word).is_some()
            || self.programme.contains(word)
    }

    pub(crate) fn pointer(&self, key: &str) -> Option<Pointer> {
        self.pointers.get(key).copied()
    }
}

/// "105th", "2nd", "20th".
fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(|it: char| it.is_ascii_lowercase());
    !digits.is_empty()
        && digits.bytes().all(|it| it.is_ascii_digit())
        && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th" | "e" | "eme")
}

/// The numbers that move scores; each is explained in data/actors/weights.toml.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained beside the numbers, in data/actors/weights.toml")]
pub struct Weights {
    pub least_score: f64,
    pub least_margin: f64,
    pub no_country: f64,
    pub world_wide: f64,
    pub other_years: f64,
    pub elsewhere: f64,
    pub no_date: f64,
    pub before_founding: f64,
    pub after_end: f64,
    pub successor: f64,
    pub second: f64,
    pub company: f64,
    pub extra_words: f64,
    pub unit: f64,
    pub skeleton: f64,
    pub generic: f64,
    pub metonym: f64,
    pub bare_country: f64,
    pub other_police: f64,
    pub led_by: f64,
    pub coreference: f64,
    pub grace_days: i64,
    pub alias_grace_days: i64,
    pub bare_adjective: f64,
}
