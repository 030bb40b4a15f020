//! Persons: leaders known to the registry, by name or by the consonants of their name.

use jiff::civil::Date;

use crate::entry::Leader;
use crate::naming::{Naming, skeleton};
use crate::registry::{LeaderUse, Registry};
use crate::resolve::{Ask, Scored, add};
use crate::words::WordUse;

/// A person of the registry, and the post that links him to an actor.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonLink {
    /// The registry's spelling.
    pub name: String,
    /// Id of the actor that the person leads.
    pub actor: String,
    /// Post.
    pub role: String,
    /// From 0 to 1.
    pub score: f64,
    /// The reason, in words.
    pub why: String,
}

impl Registry {
    /// Finds the known leader that a person's name stands for, titles and all.
    ///
    /// `None` for everybody else: private persons are not in the registry.
    pub fn resolve_person(&self, ask: &Ask<'_>) -> Option<PersonLink> {
        self.person(&Naming::new(ask.name), ask)
    }

    pub(crate) fn person(&self, naming: &Naming, ask: &Ask<'_>) -> Option<PersonLink> {
        let (from, until) = self.name_part(naming)?;
        let key = naming.part(from, until);
        let weights = &self.weights;
        let by_name = self.leaders.get(key).map(|uses| (uses, 1.0));
        // One word alone is too little to go by its consonants.
        let by_bones = || {
            let bones = skeleton(key).filter(|_| until - from > 1)?;
            self.leader_bones.get(&bones).map(|uses| (uses, weights.skeleton))
        };
        let (uses, factor) = by_name.or_else(by_bones)?;
        let mut best: Option<PersonLink> = None;
        for &usage in uses {
            let (score, words) = self.post_fit(usage, ask);
            let (entry, leader) = (&self.entries[usage.entry], self.leader(usage));
            let spelled = if factor < 1.0 { format!("spelled much like {}; ", leader.name) } else { String::new() };
            let link = PersonLink {
                name: leader.name.clone(),
                actor: entry.id.clone(),
                role: leader.role.clone(),
                score: score * factor,
                why: format!("{spelled}{} of {}, {words}", leader.role, entry.short_name()),
            };
            if best.as_ref().is_none_or(|it| it.score < link.score) {
                best = Some(link);
            }
        }
        best.filter(|it| it.score >= weights.least_score)
    }

    /// "Haftar's forces", "men of Hemedti": the actor that the leader leads.
    pub(crate) fn by_leader(&self, naming: &Naming, ask: &Ask<'_>) -> Vec<Scored> {
        let has_men = (0..naming.len()).any(|idx| self.words.usage(naming.word(idx)) == Some(WordUse::Member));
        if !has_men {
            return Vec::new();
        }
        let Some((from, until)) = self.name_part(naming) else { return Vec::new() };
        let mut found = Vec::new();
        for &usage in self.leaders.get(naming.part(from, until)).into_iter().flatten() {
            let (score, words) = self.post_fit(usage, ask);
            let mut why = format!("led by {}", self.leader(usage).name);
            add(&mut why, &words);
            found.push(Scored { entry: usage.entry, score: score * self.weights.led_by, why });
        }
        found
    }

    /// The naming without titles before it and common words after it.
    fn name_part(&self, naming: &Naming) -> Option<(usize, usize)> {
        let common = |idx: usize| matches!(self.words.usage(naming.word(idx)), Some(WordUse::Light | WordUse::Member));
        let from = (0..naming.len()).find(|&idx| !common(idx))?;
        let until = (0..naming.len()).rev().find(|&idx| !common(idx))? + 1;
        Some((from, until))
    }

    /// How well a post fits the place and the day.
    fn post_fit(&self, usage: LeaderUse, ask: &Ask<'_>) -> (f64, String) {
        let (entry, tenure) = (&self.entries[usage.entry], self.leader(usage).tenure());
        let known = |country: &str| entry.active.is_empty() || entry.active.iter().any(|it| it.country == country);
        let place = match ask.country {
            None => self.weights.no_country,
            Some(country) if known(country) => 1.0,
            Some(_) => self.weights.elsewhere,
        };
        let in_office = |date: Date| tenure.holds(date);
        let time = match ask.date {
            None => self.weights.no_date,
            Some(date) if in_office(date) => 1.0,
            Some(_) => self.weights.after_end,
        };
        (place * time, tenure.to_string())
    }

    fn leader(&self, usage: LeaderUse) -> &Leader {
        &self.entries[usage.entry].leaders[usage.leader]
    }
}
