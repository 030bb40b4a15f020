//! How well an alias fits the place, the day and the company that it is asked with.

use annals_record::EventType;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::entry::{ActorEntry, Alias, Tie};
use crate::era::{Era, Rough};
use crate::naming::{Naming, normal_form};
use crate::registry::{AliasUse, Registry};
use crate::resolve::{Ask, Company, Part, Scored, add};
use crate::words::Role;

impl Registry {
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

/// The part of a state that acts when the whole is named: its air force in an air strike, its army in a fight.
pub(crate) fn acting(role: Role, ask: &Ask<'_>) -> Role {
    match (role, ask.act) {
        (Role::Government | Role::Military, Some(EventType::AirStrike)) if ask.part == Part::Agent => Role::AirForce,
        (Role::Government, Some(act)) if ask.part != Part::Unknown && ARMED_ACTS.contains(&act) => Role::Military,
        _ => role,
    }
}

/// What a government does by its army.
const ARMED_ACTS: &[EventType] = &[
    EventType::ChemicalAttack,
    EventType::AirStrike,
    EventType::Shelling,
    EventType::TerritoryTaken,
    EventType::ArmedClash,
    EventType::Siege,
];

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
