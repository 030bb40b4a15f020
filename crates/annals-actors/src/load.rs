//! Registry files to entries: the files embedded in the program, then the user's overlay packs.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::ToSpan as _;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::entry::{Activity, ActorEntry, Alias, Leader, Link, shared};
use crate::era::Rough;
use crate::states::{State, StatesFile};
use crate::words::{Weights, Words, WordsFile};

/// The files of data/actors: name, and content as JSON.
const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// A registry file that somebody else read: the library itself touches no disk.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// What to call it in error messages, usually its path.
    pub name: String,
    /// Its content, TOML as data/actors/README.md describes it.
    pub text: String,
}

/// Why a registry was refused.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// A file is no TOML of the registry's form.
    #[error("cannot read the actor registry file {file}: {message}")]
    Form {
        /// The file.
        file: String,
        /// What is wrong, with the place in the file.
        message: String,
    },
    /// Entries contradict themselves or each other.
    #[error("the actor registry contradicts itself in {} place{}:{}", .0.len(), if .0.len() == 1 { "" } else { "s" }, lines(.0))]
    Contradictions(Vec<Problem>),
}

/// One contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file that the entry stands in.
    pub file: String,
    /// The entry's id.
    pub entry: String,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.entry, self.message)
    }
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().fold(String::new(), |lines, it| lines + "\n  " + &it.to_string())
}

/// All that the files say, before it is checked.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) entries: Vec<ActorEntry>,
    /// The file of each entry.
    pub(crate) files: Vec<String>,
    pub(crate) states: Vec<State>,
    pub(crate) words: Words,
    pub(crate) weights: Weights,
    pub(crate) problems: Vec<Problem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorsFile {
    #[serde(default)]
    actor: Vec<ActorEntry>,
    #[serde(default)]
    amend: Vec<Amendment>,
}

/// What an overlay adds to an entry that exists.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Amendment {
    id: String,
    until: Option<Rough>,
    #[serde(default)]
    active: Vec<Activity>,
    #[serde(default, deserialize_with = "shared")]
    aliases: Vec<Arc<Alias>>,
    #[serde(default)]
    links: Vec<Link>,
    #[serde(default)]
    leaders: Vec<Leader>,
}

pub(crate) fn load(overlays: &[PackFile]) -> Result<Loaded, RegistryError> {
    let states = embedded::<StatesFile>("states.toml")?.states;
    let words = Words::of(embedded::<WordsFile>("words.toml")?).map_err(form("words.toml"))?;
    let weights = embedded("weights.toml")?;
    let mut loaded = Loaded { entries: Vec::new(), files: Vec::new(), states, words, weights, problems: Vec::new() };
    for state in &loaded.states {
        for role in state.roles() {
            loaded.entries.push(state.entry(role));
            loaded.files.push("states.toml".to_owned());
        }
    }
    let mut by_id: HashMap<String, usize> =
        loaded.entries.iter().enumerate().map(|(idx, it)| (it.id.clone(), idx)).collect();
    for (file, _) in EMBEDDED {
        if !matches!(*file, "states.toml" | "words.toml" | "weights.toml") {
            loaded.take(embedded(file)?, file, &mut by_id, false);
        }
    }
    for PackFile { name, text } in overlays {
        let content: ActorsFile = toml::from_str(text).map_err(|it| form(name)(it.to_string()))?;
        loaded.take(content, name, &mut by_id, true);
    }
    Ok(loaded)
}

/// Reads an embedded file.
fn embedded<T: DeserializeOwned>(file: &str) -> Result<T, RegistryError> {
    let text = EMBEDDED.iter().find(|it| it.0 == file).map_or("", |it| it.1);
    serde_json::from_str(text).map_err(|it| form(file)(it.to_string()))
}

fn form(file: &str) -> impl FnOnce(String) -> RegistryError {
    let file = file.to_owned();
    move |message| RegistryError::Form { file, message }
}

impl Loaded {
    fn take(&mut self, content: ActorsFile, file: &str, by_id: &mut HashMap<String, usize>, overlay: bool) {
        for entry in content.actor {
            match by_id.get(&entry.id) {
                Some(&idx) if overlay && self.files[idx] != file => {
                    self.entries[idx] = entry;
                    file.clone_into(&mut self.files[idx]);
                }
                Some(&idx) => {
                    let message = format!("the id stands in {} already", self.files[idx]);
                    self.problem(file, &entry.id, message);
                }
                None => {
                    by_id.insert(entry.id.clone(), self.entries.len());
                    self.entries.push(entry);
                    self.files.push(file.to_owned());
                }
            }
        }
        for amendment in content.amend {
            match by_id.get(&amendment.id) {
                Some(&idx) => amend(&mut self.entries[idx], amendment),
                None => self.problem(file, &amendment.id, "there is no such actor to amend".to_owned()),
            }
        }
    }

    fn problem(&mut self, file: &str, entry: &str, message: String) {
        self.problems.push(Problem { file: file.to_owned(), entry: entry.to_owned(), message });
    }
}

/// Adds to an entry; a new leader ends the open tenure of whoever held the same single post.
fn amend(entry: &mut ActorEntry, amendment: Amendment) {
    entry.until = amendment.until.or(entry.until);
    entry.active.extend(amendment.active);
    entry.aliases.extend(amendment.aliases);
    entry.links.extend(amendment.links);
    for leader in amendment.leaders {
        if let Some(from) = leader.from.filter(|_| !leader.shared) {
            let eve = from.first.saturating_sub(1.day());
            for former in &mut entry.leaders {
                let open = former.until.is_none_or(|it| it.last >= from.first);
                if former.role == leader.role && open && former.from.is_none_or(|it| it.first < from.first) {
                    former.until = Some(Rough { first: eve, last: eve });
                }
            }
        }
        entry.leaders.push(leader);
    }
}
