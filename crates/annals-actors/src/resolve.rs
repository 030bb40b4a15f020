//! A naming, with the place and day of the event and who else is named, to actors with scores and reasons.

use std::collections::HashSet;

use annals_record::{Actor, ActorKind, EventType};
use jiff::civil::Date;

use crate::entry::{ActorEntry, Tie};
use crate::naming::Naming;
use crate::persons::PersonLink;
use crate::registry::Registry;
use crate::words::{Role, WordUse};

/// What is asked: who is meant by a name.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The naming as it stands in the text, or a usual name.
    pub name: &'a str,
    /// ISO3 of the country of the event; `None` when not known.
    pub country: Option<&'a str>,
    /// A day of the event; `None` when not known.
    pub date: Option<Date>,
    /// Who else is named in the report.
    pub company: &'a Company,
    /// Whether the naming acts or suffers, which tells "three men" apart.
    pub part: Part,
    /// What happened, which tells what "Russia" or "the regime" did it with; `None` when not known.
    pub act: Option<EventType>,
}

/// What a party does in its event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Not known.
    #[default]
    Unknown,
    /// It does something.
    Agent,
    /// Something is done to it.
    Target,
}

/// Who else is named in a report, looked up once for all its namings.
#[derive(Clone, Debug, Default)]
pub struct Company {
    /// Sorted.
    pub(crate) entries: Vec<usize>,
    pub(crate) words: HashSet<String>,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// Who may be meant, best first.
    pub candidates: Vec<Actor>,
    /// True when the first candidate is good enough and clearly ahead of the second.
    pub sure: bool,
    /// What the words stand for, where they name nobody ("soldiers", "gunmen"), even without a country.
    pub role: Option<Role>,
    /// The leader that the naming is, where it is a person.
    pub person: Option<PersonLink>,
    /// Why nobody is taken, in words; `None` when somebody is.
    pub unresolved: Option<String>,
}

impl Resolution {
    /// The actor to take; `None` when nobody is sure enough.
    pub fn best(&self) -> Option<&Actor> {
        self.candidates.first().filter(|_| self.sure)
    }
}

/// A candidate on its way: entry, score, reason.
#[derive(Clone, Debug)]
pub(crate) struct Scored {
    pub(crate) entry: usize,
    pub(crate) score: f64,
    pub(crate) why: String,
}

impl Registry {
    /// Looks up who else is named in a report.
    pub fn company<S: AsRef<str>>(&self, names: &[S]) -> Company {
        let mut company = Company::default();
        for name in names {
            let naming = Naming::new(name.as_ref());
            let uses = self.aliases.get(naming.key()).into_iter().flatten();
            company.entries.extend(uses.filter(|it| !it.alias.generic).map(|it| it.entry));
            company.words.extend((0..naming.len()).map(|idx| naming.word(idx).to_owned()));
            company.words.insert(naming.key().to_owned());
        }
        company.entries.sort_unstable();
        company.entries.dedup();
        company
    }

    /// Finds who is meant by a naming.
    ///
    /// The whole naming is tried as an alias; then its parts, with common words around them; then as a part of a
    /// state or people of a country; then as the men of a leader; then by its consonants alone.
    pub fn resolve(&self, ask: &Ask<'_>) -> Resolution {
        let naming = Naming::new(ask.name);
        if naming.len() == 0 {
            return Resolution { unresolved: Some("no word to go by".to_owned()), ..Resolution::default() };
        }
        let mut found = self.by_whole(&naming, ask);
        if !self.good(&found) {
            found.extend(self.by_part(&naming, ask));
        }
        let mut role = None;
        if !self.good(&found) {
            let state = self.state_naming(&naming, ask);
            role = state.role;
            found.extend(state.found);
        }
        let mut person = None;
        if !self.good(&found) && role.is_none() {
            found.extend(self.by_leader(&naming, ask));
            if !self.good(&found) {
                person = self.person(&naming, ask);
            }
            if !self.good(&found) && person.is_none() {
                found.extend(self.by_bones(&naming, ask));
            }
        }
        self.conclude(found, role, person)
    }

    /// The codebook's kind of an actor in an event: a state's force abroad is a foreign force.
    pub fn kind_in(&self, entry: &ActorEntry, country: Option<&str>) -> ActorKind {
        let abroad = matches!((entry.home(), country), (Some(home), Some(here)) if home != here);
        if entry.kind == ActorKind::StateForce && abroad { ActorKind::ForeignForce } else { entry.kind }
    }

    pub(crate) fn good(&self, found: &[Scored]) -> bool {
        found.iter().any(|it| it.score >= self.weights.least_score)
    }

    fn conclude(&self, mut found: Vec<Scored>, role: Option<Role>, person: Option<PersonLink>) -> Resolution {
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
        let mut kept: Vec<Scored> = Vec::with_capacity(found.len());
        for it in found {
            if kept.iter().all(|other| other.entry != it.entry) {
                kept.push(it);
            }
        }
        let weights = &self.weights;
        let close = kept.get(1).is_some_and(|second| kept[0].score - second.score < weights.least_margin);
        // Between a group and a part of it, the part is meant: "Qassam Brigades (Hamas)".
        if close && self.is_part_of(kept[1].entry, kept[0].entry) {
            kept.swap(0, 1);
        }
        let draw = close && !self.is_part_of(kept[0].entry, kept[1].entry);
        let unresolved = match kept.first() {
            None if person.is_some() => Some("a person".to_owned()),
            None if role.is_some() => Some("common words, and no country is told".to_owned()),
            None => Some("the registry knows no such name".to_owned()),
            Some(best) if best.score < weights.least_score => {
                Some(format!("the nearest is {}: {}", self.entries[best.entry].name, best.why))
            }
            Some(best) if draw => {
                Some(format!("it may be {} or {}", self.entries[best.entry].name, self.entries[kept[1].entry].name))
            }
            Some(_) => None,
        };
        let actor = |it: Scored| Actor {
            id: self.entries[it.entry].id.clone(),
            name: self.entries[it.entry].name.clone(),
            score: it.score,
            why: it.why,
        };
        let sure = unresolved.is_none();
        Resolution { candidates: kept.into_iter().map(actor).collect(), sure, role, person, unresolved }
    }

    fn is_part_of(&self, part: usize, whole: usize) -> bool {
        let whole = &self.entries[whole].id;
        self.entries[part].links.iter().any(|it| it.tie == Tie::PartOf && it.to == *whole)
    }

    /// The whole naming is an alias, with or without what stands in brackets, or light words within.
    fn by_whole(&self, naming: &Naming, ask: &Ask<'_>) -> Vec<Scored> {
        let mut found = self.alias(naming.key(), ask);
        if found.is_empty() {
            // "rebel" for a side that the registry calls "rebels".
            found = self.alias(&format!("{}s", naming.key()), ask);
        }
        let light =
            |idx: usize| self.words.usage(naming.word(idx)) == Some(WordUse::Light) && !naming.words[idx].bracketed;
        if found.is_empty() && (0..naming.len()).any(light) {
            // "the U.S.-led military coalition", "katiba of Macina".
            found = self.alias(naming.filter(|idx, _| !light(idx)).key(), ask);
        }
        if found.is_empty() && naming.words.iter().any(|it| it.bracketed) {
            for bracketed in [false, true] {
                let half = naming.filter(|_, word| word.bracketed == bracketed);
                // A country in brackets says where, not who.
                if half.len() > 0 && !(bracketed && self.countries.contains_key(half.key())) {
                    found.extend(self.alias(half.key(), ask));
                }
            }
        }
        found
    }

    fn alias(&self, key: &str, ask: &Ask<'_>) -> Vec<Scored> {
        self.aliases.get(key).into_iter().flatten().filter_map(|usage| self.fit(usage, ask)).collect()
    }
}

pub(crate) fn add(why: &mut String, words: &str) {
    why.push_str("; ");
    why.push_str(words);
}
