//! A naming, with the place and day of the event and who else is named, to actors with scores and reasons.

use std::collections::HashSet;

use annals_record::{Actor, ActorKind, EventType};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::entry::{ActorEntry, Alias, Tie};
use crate::era::{Era, Rough};
use crate::naming::{Naming, normal_form, skeleton};
use crate::persons::PersonLink;
use crate::registry::{AliasUse, Registry};
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
    entries: Vec<usize>,
    words: HashSet<String>,
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

    fn good(&self, found: &[Scored]) -> bool {
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

    /// The longest part of the naming that is an alias, if the words around it do not forbid it.
    fn by_part(&self, naming: &Naming, ask: &Ask<'_>) -> Vec<Scored> {
        let n = naming.len().min(MAX_WORDS);
        let mut found = Vec::new();
        for width in (1..n).rev() {
            for from in 0..=n - width {
                let until = from + width;
                let key = naming.part(from, until);
                let mut uses = self.aliases.get(key);
                if uses.is_none() && width == 1 && self.words.role(key) == Some(Role::Unidentified) {
                    uses = self.aliases.get(&format!("{key}s"));
                }
                for usage in uses.into_iter().flatten() {
                    let Some(factor) = self.words_around(naming, from, until, usage) else { continue };
                    // A common word needs common words around it: "moderate rebel factions", but not "Kachin rebels".
                    if usage.alias.generic && factor < self.weights.extra_words {
                        continue;
                    }
                    if let Some(mut fit) = self.fit(usage, ask) {
                        fit.score *= factor;
                        found.push(fit);
                    }
                }
            }
            if self.good(&found) {
                break;
            }
        }
        found
    }

    /// What the words beside an alias do to it: `None` forbids it, else a factor up to 1.
    fn words_around(&self, naming: &Naming, from: usize, until: usize, usage: &AliasUse) -> Option<f64> {
        // Words before "-linked", "-backed" only describe what follows.
        let described = (0..from).rev().find(|&idx| self.words.usage(naming.word(idx)) == Some(WordUse::Tied));
        let start = described.map_or(0, |idx| idx + 1);
        let capitals_tell = naming.capitals_tell();
        let (mut factor, mut unit, mut unknown_name) = (1.0, false, false);
        let same = |from: usize, until: usize| {
            let uses = if from < until { self.aliases.get(naming.part(from, until)) } else { None };
            uses.is_some_and(|uses| uses.iter().any(|it| it.entry == usage.entry))
        };
        // Named twice: "Communist Party of India (Maoist) CPI (Maoist)".
        let before = if same(start, from) { from..from } else { start..from };
        let after_end = naming.len().min(MAX_WORDS.max(until));
        let twice = (until + 1..=after_end).rev().find(|&end| same(until, end)).unwrap_or(until);
        // "ISIS in Raqqa", "the coalition against ISIS": what follows says where, or whom it is against.
        let joint = |idx: &usize| {
            let key = naming.word(*idx);
            key == "against" || (self.words.joins_place(key) && !matches!(key, "of" | "de" | "du"))
        };
        let end = (twice..naming.len()).find(joint).unwrap_or(naming.len());
        for idx in before.chain(twice..end) {
            let (key, word) = (naming.word(idx), &naming.words[idx]);
            match self.words.usage(key) {
                Some(WordUse::Light | WordUse::Member) => {}
                Some(WordUse::Unit) => unit = true,
                Some(WordUse::Tied) if idx == until && until < naming.len() => return None,
                Some(WordUse::Breaker) if !word.bracketed => return None,
                Some(WordUse::Tied | WordUse::Breaker) => {}
                None if word.bracketed => {}
                None => {
                    if let Some(forms) = self.countries.get(key) {
                        let entry = &self.entries[usage.entry];
                        let here = |iso3: &str| entry.active.iter().any(|it| it.country == iso3);
                        if !entry.active.is_empty() && !forms.iter().any(|it| here(&self.states[it.state].iso3)) {
                            factor *= self.weights.second;
                        }
                    } else if let Some(role) = self.words.role(key) {
                        if !role.is_force() && !matches!(role, Role::Unidentified | Role::Militia) {
                            return None;
                        }
                    } else if word.capital && capitals_tell && !(idx == 0 && is_participle(key)) {
                        unknown_name = true;
                    } else {
                        factor *= self.weights.extra_words;
                    }
                }
            }
        }
        if unknown_name {
            // "the Domingo Laín front (ELN)", "MILF 105th Base Command".
            let in_brackets = naming.words[from..until].iter().all(|it| it.bracketed);
            if !unit && !in_brackets {
                return None;
            }
            factor *= self.weights.unit;
        }
        Some(factor)
    }

    /// The naming without its common words has the consonants of an alias.
    fn by_bones(&self, naming: &Naming, ask: &Ask<'_>) -> Vec<Scored> {
        let ends = |it: &Naming| {
            let usage = |idx| self.words.usage(it.word(idx));
            let common = |idx| matches!(usage(idx), Some(WordUse::Light | WordUse::Member));
            let from = (0..it.len()).find(|&idx| !common(idx));
            let until = (0..it.len()).rev().find(|&idx| !common(idx));
            from.zip(until.map(|idx| idx + 1))
        };
        let Some((from, until)) = ends(naming) else { return Vec::new() };
        let whole = (0, naming.len());
        let mut found = Vec::new();
        for (from, until) in [whole, (from, until)] {
            let broken = (0..naming.len()).any(|idx| self.words.usage(naming.word(idx)) == Some(WordUse::Breaker));
            if broken || naming.words[from..until].iter().all(|it| it.acronym) {
                continue;
            }
            let Some(bones) = skeleton(naming.part(from, until)) else { continue };
            for usage in self.alias_bones.get(&bones).into_iter().flatten() {
                if let Some(mut fit) = self.fit(usage, ask) {
                    fit.score *= self.weights.skeleton;
                    fit.why = format!("spelled much like {:?}; {}", usage.alias.name, fit.why);
                    found.push(fit);
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    /// The part of a state that acts when the whole is named: its air force in an air strike, its army in a fight.
    pub(crate) fn acting(&self, role: Role, ask: &Ask<'_>) -> Role {
        match (role, ask.act) {
            (Role::Government | Role::Military, Some(EventType::AirStrike)) if ask.part == Part::Agent => {
                Role::AirForce
            }
            (Role::Government, Some(act)) if ask.part != Part::Unknown && ARMED_ACTS.contains(&act) => Role::Military,
            _ => role,
        }
    }

    /// How well an alias fits the place, the day and the company; `None` when its own rules forbid it.
    pub(crate) fn fit(&self, usage: &AliasUse, ask: &Ask<'_>) -> Option<Scored> {
        let alias = &usage.alias;
        if let (Some(date), true) = (ask.date, alias.era != Era::default()) {
            // Reports use a new name before its birthday is settled.
            let soon = date.saturating_add(self.weights.alias_grace_days.days());
            if !alias.era.holds(date) && !alias.era.holds(soon) {
                return None;
            }
        }
        let called = if alias.generic { "by the common word" } else { "named" };
        let mut why = format!("{called} {:?}", alias.name);
        if !alias.needs.is_empty() {
            let met = alias.needs.iter().find(|it| self.in_company(it, ask.company))?;
            add(&mut why, &format!("{met} is named beside it"));
        }
        let mut score = if alias.second { self.weights.second } else { 1.0 };
        if alias.generic {
            score *= self.weights.generic;
        }
        let entry = self.follow(usage.entry, ask, &mut why, &mut score);
        score *= self.place_fit(entry, alias, ask, &mut why)?;
        score *= self.date_fit(entry, ask, &mut why);
        if let Some(words) = self.related(entry, ask.company) {
            score *= self.weights.company;
            add(&mut why, &words);
        }
        if self.entries[entry].uncertain {
            add(&mut why, "the entry is marked uncertain");
        }
        Some(Scored { entry, score: score.min(1.0), why })
    }

    /// Whoever goes on with an actor at the place and day of the event.
    fn follow(&self, start: usize, ask: &Ask<'_>, why: &mut String, score: &mut f64) -> usize {
        let Some(date) = ask.date else { return start };
        let mut at = start;
        // A registry without cycles of `continues` ends by itself; the bound guards mixed chains of merger and renaming.
        for _ in 0..8 {
            let ended = self.entries[at].until.is_some_and(|it| it.last < date);
            let next = self.successors.get(&at).into_iter().flatten().find(|next| {
                let here =
                    next.countries.is_empty() || ask.country.is_some_and(|it| next.countries.iter().any(|c| c == it));
                let since = next.era.from.map_or(ended, |from| from.first <= date);
                let until = next.era.until.is_none_or(|until| date <= until.last);
                let entry = &self.entries[next.entry];
                // Where the former is still known to act and the latter is not, the name means the former.
                let known = ended
                    || !next.countries.is_empty()
                    || ask
                        .country
                        .is_none_or(|it| active(entry, it, Some(date)) >= active(&self.entries[at], it, Some(date)));
                here && since && until && known
            });
            let Some(next) = next else { break };
            let from = next.era.from.or(self.entries[at].until).map_or(String::new(), |it| format!(" since {it}"));
            let (old, new) = (self.entries[at].short_name(), self.entries[next.entry].short_name());
            add(why, &format!("{old} goes on as {new}{from}"));
            at = next.entry;
        }
        if at != start {
            *score *= self.weights.successor;
        }
        at
    }

    fn place_fit(&self, idx: usize, alias: &Alias, ask: &Ask<'_>, why: &mut String) -> Option<f64> {
        let (entry, weights) = (&self.entries[idx], &self.weights);
        let Some(country) = ask.country else {
            // A naming bound to some countries tells nothing without one.
            let bound = if alias.countries.is_empty() { 1.0 } else { weights.second };
            return (!alias.generic).then_some(weights.no_country * bound);
        };
        let name = self.state(country).map_or(country, |it| it.name.as_str());
        if !alias.countries.is_empty() {
            if !alias.countries.iter().any(|it| it == country) {
                return None;
            }
            add(why, &format!("so called in {name}"));
        }
        if entry.active.is_empty() || (self.is_of_state(idx) && entry.home() != Some(country)) {
            return (!alias.generic).then_some(weights.world_wide);
        }
        let known = entry.active.iter().find(|it| it.country == country);
        match active(entry, country, ask.date) {
            Activity::Then => {
                if let Some(known) = known.filter(|it| it.era != Era::default()) {
                    add(why, &format!("active in {name} {}", known.era));
                } else if !self.is_of_state(idx) {
                    add(why, &format!("active in {name}"));
                }
                Some(1.0)
            }
            Activity::OtherYears if alias.generic => None,
            Activity::OtherYears => {
                add(why, &format!("active in {name} in other years"));
                Some(weights.other_years)
            }
            Activity::Never if !alias.countries.is_empty() => Some(1.0),
            Activity::Never => {
                let naming = Naming::new(&alias.name);
                let common = |at: usize| {
                    self.words.usage(naming.word(at)).is_some() || self.words.role(naming.word(at)).is_some()
                };
                let telling = !(0..naming.len()).all(common)
                    && (naming.len() > 1 || (naming.key().len() >= 6 && !naming.words[0].acronym));
                // An acronym far from home is believed beside others of its home.
                let home = |it: &usize| !self.is_of_state(*it) && self.entries[*it].home() == entry.home();
                let at_home = || ask.company.entries.iter().any(|it| *it != idx && home(it));
                if alias.generic || alias.second || (!telling && !at_home()) {
                    return None;
                }
                add(why, &format!("not known in {name}"));
                Some(weights.elsewhere)
            }
        }
    }

    fn date_fit(&self, idx: usize, ask: &Ask<'_>, why: &mut String) -> f64 {
        let (entry, weights) = (&self.entries[idx], &self.weights);
        let Some(date) = ask.date else { return weights.no_date };
        let grace = weights.grace_days.days();
        let early = |since: &Rough| date < since.first.saturating_sub(grace);
        let late = |until: &Rough| date > until.last.saturating_add(grace);
        if let Some(since) = entry.since.filter(early) {
            add(why, &format!("founded only in {since}"));
            return weights.before_founding;
        }
        if let Some(until) = entry.until.filter(late) {
            add(why, &format!("it had ended in {until}"));
            return weights.after_end;
        }
        1.0
    }

    fn in_company(&self, needed: &str, company: &Company) -> bool {
        self.index_of(needed).is_some_and(|it| company.entries.binary_search(&it).is_ok())
            || company.words.contains(&normal_form(needed))
    }

    /// A parent, ally, rival or other tie that stands in the company, in words.
    fn related(&self, idx: usize, company: &Company) -> Option<String> {
        if company.entries.is_empty() {
            return None;
        }
        let entry = &self.entries[idx];
        for link in &entry.links {
            if let Some(other) = self.index_of(&link.to)
                && company.entries.binary_search(&other).is_ok()
            {
                return Some(format!("{} {} named in the text", role_of(link.tie), self.entries[other].short_name()));
            }
        }
        for &other in company.entries.iter().filter(|it| **it != idx) {
            if let Some(link) = self.entries[other].links.iter().find(|it| it.to == entry.id) {
                let name = self.entries[other].short_name();
                return Some(format!("{name}, {} it, named in the text", link.tie.words()));
            }
        }
        None
    }
}

/// **Units**: words. Longer namings are read to here only.
const MAX_WORDS: usize = 14;

/// What a government does by its army.
const ARMED_ACTS: &[EventType] = &[
    EventType::ChemicalAttack,
    EventType::AirStrike,
    EventType::Shelling,
    EventType::TerritoryTaken,
    EventType::ArmedClash,
    EventType::Siege,
];

/// "Uniformed", "Retreating": no name, though it opens a sentence.
fn is_participle(word: &str) -> bool {
    ["ed", "ing", "ly"].iter().any(|it| word.ends_with(it))
}

/// What the registry knows of an actor in a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Activity {
    Never,
    OtherYears,
    Then,
}

fn active(entry: &ActorEntry, country: &str, date: Option<Date>) -> Activity {
    let mut best = Activity::Never;
    for known in entry.active.iter().filter(|it| it.country == country) {
        let then = date.is_none_or(|it| known.era.holds(it));
        best = best.max(if then { Activity::Then } else { Activity::OtherYears });
    }
    best
}

/// What the other actor is to this one.
fn role_of(tie: Tie) -> &'static str {
    match tie {
        Tie::PartOf => "parent",
        Tie::Allegiance => "its liege",
        Tie::BackedBy => "its backer",
        Tie::Allied => "its ally",
        Tie::Rival => "its rival",
        Tie::Continues | Tie::SplitFrom => "its forerunner",
        Tie::MergedInto => "its successor",
    }
}

pub(crate) fn add(why: &mut String, words: &str) {
    why.push_str("; ");
    why.push_str(words);
}
