//! The registry as an index: entries by id, by naming, by leader, and the states by their words.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::check::{all_aliases, contradictions};
use crate::entry::{ActorEntry, Alias, Leader, Link, Tie};
use crate::era::Era;
use crate::load::{Loaded, PackFile, RegistryError, load};
use crate::naming::{Naming, normal_form, skeleton};
use crate::resolve::{Ask, Part};
use crate::states::State;
use crate::words::{Role, Weights, Words};

/// All actors, checked and indexed. Make it once and share it: it never changes.
#[derive(Debug)]
pub struct Registry {
    pub(crate) entries: Vec<ActorEntry>,
    files: Vec<String>,
    by_id: FxHashMap<String, usize>,
    pub(crate) aliases: FxHashMap<String, Vec<AliasUse>>,
    pub(crate) alias_bones: FxHashMap<String, Vec<AliasUse>>,
    pub(crate) leaders: FxHashMap<String, Vec<LeaderUse>>,
    pub(crate) leader_bones: FxHashMap<String, Vec<LeaderUse>>,
    /// For each entry, who goes on with it: entry and the link's condition.
    pub(crate) successors: FxHashMap<usize, Vec<Successor>>,
    pub(crate) states: Vec<State>,
    states_by_code: FxHashMap<String, usize>,
    pub(crate) countries: FxHashMap<String, Vec<CountryForm>>,
    pub(crate) words: Words,
    pub(crate) weights: Weights,
}

/// An alias and whose it is.
#[derive(Clone, Debug)]
pub(crate) struct AliasUse {
    pub(crate) entry: usize,
    pub(crate) alias: Arc<Alias>,
}

/// A leader and whose he is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LeaderUse {
    pub(crate) entry: usize,
    pub(crate) leader: usize,
}

/// Who goes on with an actor, since when and where.
#[derive(Clone, Debug)]
pub(crate) struct Successor {
    pub(crate) entry: usize,
    pub(crate) era: Era,
    pub(crate) countries: Vec<String>,
}

/// A word that stands for a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CountryForm {
    pub(crate) state: usize,
    pub(crate) form: Form,
    pub(crate) era: Era,
    /// "CAR" and "US" are countries in capitals only.
    pub(crate) acronym: bool,
}

/// What sort of word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Name,
    Adjective,
    Capital,
    Ruler,
}

impl Registry {
    /// The registry that comes with the program.
    ///
    /// It is not checked for contradictions at every start: the crate's tests do that once for all.
    ///
    /// # Errors
    /// Never, unless the program was built from files of another form; the crate's tests refuse that.
    pub fn embedded() -> Result<Self, RegistryError> {
        Ok(Self::index(load(&[])?))
    }

    /// The registry that comes with the program, with the user's own packs over it, later ones last.
    ///
    /// An overlay's `[[actor]]` replaces the entry of the same id; its `[[amend]]` adds to it. Without any overlay it is
    /// [`Registry::embedded`].
    ///
    /// # Errors
    /// When a file has not the registry's form, or the whole contradicts itself; every contradiction is listed.
    pub fn with_overlays(overlays: &[PackFile]) -> Result<Self, RegistryError> {
        if overlays.is_empty() {
            return Self::embedded();
        }
        let loaded = load(overlays)?;
        let problems = contradictions(&loaded);
        if !problems.is_empty() {
            return Err(RegistryError::Contradictions(problems));
        }
        Ok(Self::index(loaded))
    }

    fn index(loaded: Loaded) -> Self {
        let n_aliases = loaded.entries.iter().map(|it| it.aliases.len() + 2).sum();
        let of_all = || FxHashMap::with_capacity_and_hasher(n_aliases, FxBuildHasher);
        let mut registry = Self {
            by_id: loaded.entries.iter().enumerate().map(|(idx, it)| (it.id.clone(), idx)).collect(),
            states_by_code: loaded.states.iter().enumerate().map(|(idx, it)| (it.iso3.clone(), idx)).collect(),
            entries: loaded.entries,
            files: loaded.files,
            states: loaded.states,
            words: loaded.words,
            weights: loaded.weights,
            aliases: of_all(),
            alias_bones: of_all(),
            leaders: FxHashMap::default(),
            leader_bones: FxHashMap::default(),
            successors: FxHashMap::default(),
            countries: FxHashMap::default(),
        };
        for idx in 0..registry.entries.len() {
            registry.index_names(idx);
            registry.index_leaders(idx);
            registry.index_successors(idx);
        }
        for idx in 0..registry.states.len() {
            registry.index_country(idx);
        }
        registry
    }

    /// The entry of an id.
    pub fn get(&self, id: &str) -> Option<&ActorEntry> {
        self.by_id.get(id).map(|idx| &self.entries[*idx])
    }

    /// The file that an entry stands in.
    pub fn file_of(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(|idx| self.files[*idx].as_str())
    }

    /// All entries: states first, then in the order of the files.
    pub fn entries(&self) -> &[ActorEntry] {
        &self.entries
    }

    /// The ids of actors, by id or naming, with all that are part of them or loyal to them, directly or through others; namings
    /// that it does not know stay.
    ///
    /// What is asked of an actor is asked of all of these.
    pub fn with_sub_groups<S: AsRef<str>>(&self, names: &[S]) -> Vec<String> {
        let company = self.company::<&str>(&[]);
        let id = |name: &str| {
            let ask = Ask { name, country: None, date: None, company: &company, part: Part::Unknown, act: None };
            let found = || self.resolve(&ask).best().map(|it| it.id.clone());
            self.get(name).map(|it| it.id.clone()).or_else(found).unwrap_or_else(|| name.to_owned())
        };
        let mut ids: Vec<String> = names.iter().map(|it| id(it.as_ref())).collect();
        let mut at = 0;
        while at < ids.len() {
            let is_under = |it: &Link| it.to == ids[at] && matches!(it.tie, Tie::PartOf | Tie::Allegiance);
            let under = self.entries.iter().filter(|entry| entry.links.iter().any(is_under));
            let new: Vec<String> = under.map(|it| it.id.clone()).filter(|it| !ids.contains(it)).collect();
            ids.extend(new);
            at += 1;
        }
        ids
    }

    /// All states, in the order of their table.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The state of an ISO3 code.
    pub fn state(&self, iso3: &str) -> Option<&State> {
        self.states_by_code.get(iso3).map(|idx| &self.states[*idx])
    }

    /// The entry of a role in a country: `("MLI", Role::Military)` is the Malian army.
    pub fn of_state(&self, iso3: &str, role: Role) -> Option<&ActorEntry> {
        self.get(&self.state(iso3)?.actor_id(role))
    }

    /// Tells whether words in their comparable form ([`normal_form`]) are a name or alias, not a common word, of an actor.
    pub fn is_name(&self, key: &str) -> bool {
        self.aliases.get(key).is_some_and(|uses| uses.iter().any(|it| !it.alias.generic))
    }

    /// Tells whether an entry was made from a state's row.
    pub(crate) fn is_of_state(&self, idx: usize) -> bool {
        self.files[idx] == "states.toml"
    }

    pub(crate) fn index_of(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    fn index_names(&mut self, idx: usize) {
        let entry = &self.entries[idx];
        // "Malian army" is read word by word; only names that hold the country in brackets are looked up.
        let own_name = usize::from(self.is_of_state(idx) && !entry.name.contains('('));
        for mut alias in all_aliases(entry).skip(own_name) {
            let naming = Naming::new(&alias.name);
            let acronym = naming.len() == 1 && naming.words[0].acronym;
            let key = naming.into_key();
            let bones = if acronym || alias.generic { None } else { skeleton(&key) };
            if !alias.generic && self.words.role(&key).is_some() {
                Arc::make_mut(&mut alias).generic = true;
            }
            let usage = AliasUse { entry: idx, alias };
            if let Some(bones) = bones {
                let uses = self.alias_bones.entry(bones).or_insert_with(one);
                if !uses.iter().any(|it| it.entry == idx) {
                    uses.push(usage.clone());
                }
            }
            let uses = self.aliases.entry(key).or_insert_with(one);
            if !uses.iter().any(|it| it.entry == idx && it.alias == usage.alias) {
                uses.push(usage);
            }
        }
    }

    fn index_leaders(&mut self, idx: usize) {
        for (number, leader) in self.entries[idx].leaders.iter().enumerate() {
            let usage = LeaderUse { entry: idx, leader: number };
            for name in std::iter::once(&leader.name).chain(&leader.aliases) {
                let key = normal_form(name);
                if let Some(bones) = skeleton(&key) {
                    push_new(self.leader_bones.entry(bones).or_insert_with(one), usage);
                }
                push_new(self.leaders.entry(key).or_insert_with(one), usage);
            }
        }
    }

    fn index_successors(&mut self, idx: usize) {
        let entry = &self.entries[idx];
        for link in &entry.links {
            let Some(&other) = self.by_id.get(&link.to) else { continue };
            let (former, entry) = match link.tie {
                Tie::Continues => (other, idx),
                Tie::MergedInto => (idx, other),
                _ => continue,
            };
            let era = link.era();
            let successor = Successor { entry, era, countries: link.countries.clone() };
            self.successors.entry(former).or_default().push(successor);
        }
    }

    fn index_country(&mut self, idx: usize) {
        let state = &self.states[idx];
        let mut forms: Vec<(String, Form, Era)> = Vec::new();
        let always = Era::default();
        forms.extend(std::iter::once(&state.name).chain(&state.also).map(|it| (it.clone(), Form::Name, always)));
        forms.extend(state.all_adjectives().into_iter().map(|it| (it, Form::Adjective, always)));
        forms.extend(state.capital.iter().map(|it| (it.clone(), Form::Capital, always)));
        for ruler in &state.rulers {
            let (name, years) = ruler.rsplit_once(' ').unwrap_or((ruler, ""));
            let era = Era::parse_years(years).unwrap_or_default();
            forms.push((name.to_owned(), Form::Ruler, era));
            // "Un" of Kim Jong Un is the UN's.
            if let Some((_, surname)) = name.rsplit_once(' ').filter(|it| it.1.len() > 2) {
                forms.push((surname.to_owned(), Form::Ruler, era));
            }
        }
        for (words, form, era) in forms {
            let naming = Naming::new(&words);
            let acronym = naming.len() == 1 && naming.words[0].acronym;
            let form = CountryForm { state: idx, form, era, acronym };
            push_new(self.countries.entry(naming.into_key()).or_default(), form);
        }
    }
}

/// Room for one: most names are of one actor.
fn one<T>() -> Vec<T> {
    Vec::with_capacity(1)
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Whoever leads `entry` on `date`, in the order of the entry.
pub fn leaders_on(entry: &ActorEntry, date: Date) -> impl Iterator<Item = &Leader> {
    entry.leaders.iter().filter(move |it| it.tenure().holds(date))
}
