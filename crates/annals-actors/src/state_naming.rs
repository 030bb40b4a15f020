//! Namings made of a country and common words: "Malian soldiers", "army of Mali", "gunmen", "Assad's forces", "Damascus".

use crate::fit::acting;
use crate::naming::Naming;
use crate::registry::{CountryForm, Form, Registry};
use crate::resolve::{Ask, Part, Scored};
use crate::words::{Role, WordUse};

/// What the common words of a naming say.
#[derive(Debug, Default)]
pub(crate) struct StateNaming {
    /// What they stand for, with or without a country.
    pub(crate) role: Option<Role>,
    pub(crate) found: Option<Scored>,
}

/// The words of a naming, sorted by what they do.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent observations of one naming")]
struct Sorted {
    roles: Vec<Role>,
    countries: Vec<Vec<CountryForm>>,
    /// "forces" and the like.
    forces: bool,
    /// A naming that is no party of the state ("hospital", "Kurdish").
    broken: bool,
    /// Words with a capital that the registry does not know, other than places after "in" or "of".
    unknown_names: usize,
    unknown_words: i32,
    /// A noun of organisation with a capital, as proper names have: "Arda Youth Front".
    proper: bool,
    /// All words but the country's were without meaning of their own.
    bare: bool,
}

impl Registry {
    pub(crate) fn state_naming(&self, naming: &Naming, ask: &Ask<'_>) -> StateNaming {
        let sorted = self.sort_words(naming, ask);
        let Some(role) = Self::role_of(&sorted) else {
            return StateNaming { role: None, found: self.bare_country(naming, &sorted, ask) };
        };
        let country = self.pick_country(&sorted, ask);
        let Some(mut factor) = self.believable(role, &sorted, country.is_some()) else { return StateNaming::default() };
        let (iso3, why) = match (country, ask.country) {
            (Some(idx), _) => (self.states[idx].iso3.as_str(), "by the country's name beside it"),
            (None, Some(here)) => {
                factor *= self.weights.generic;
                (here, "in the country of the event")
            }
            (None, None) => return StateNaming { role: Some(role), found: None },
        };
        let found = self.state(iso3).and_then(|state| {
            // "the regime" fights by its army; "army" stays what it says.
            let role = if role == Role::Government { acting(role, ask) } else { role };
            // Where there are no gendarmes, whoever is called so belongs to the police.
            let role = if role == Role::Gendarmerie && !state.gendarmerie { Role::Police } else { role };
            let entry = self.index_of(&state.actor_id(role))?;
            let words: &str = role.into();
            let words = words.replace('_', " ");
            Some(Scored { entry, score: factor.min(1.0), why: format!("words for {words} of {}, {why}", state.name) })
        });
        StateNaming { role: Some(role), found }
    }

    fn sort_words(&self, naming: &Naming, ask: &Ask<'_>) -> Sorted {
        let mut sorted = Sorted { bare: true, ..Sorted::default() };
        let capitals_tell = naming.capitals_tell();
        let mut at = 0;
        let mut first_role_end = None;
        // Words that describe and do not name: after "anti-" or "former".
        let mut turned = false;
        while at < naming.len() {
            let (role_width, role) = self.role_at(naming, at);
            let (country_width, forms) = self.country_at(naming, at, ask);
            let key = naming.word(at);
            let usage = self.words.usage(key);
            if role_width > 0 && role_width >= country_width {
                // "People's" in "Arda People's Front" is no people.
                let owned =
                    naming.words[at + role_width - 1].possessive && role.is_some_and(|it| it >= Role::Protesters);
                let role = match role {
                    Some(Role::Civilians)
                        if ask.part == Part::Agent && self.words.is_ambiguous(naming.part(at, at + role_width)) =>
                    {
                        Some(Role::Unidentified)
                    }
                    other => other,
                };
                if !turned && !owned {
                    let owner_first =
                        first_role_end.is_some_and(|end| at > end && self.words.joins_place(naming.word(end)));
                    let people_first = sorted.roles.iter().any(|it| *it >= Role::Protesters);
                    // "families of soldiers" are families.
                    if !(owner_first && people_first) {
                        sorted.roles.extend(role);
                    }
                    first_role_end = first_role_end.or(Some(at + role_width));
                }
                turned = false;
                sorted.bare = false;
                at += role_width;
            } else if country_width > 0 {
                let placed = at > 0
                    && self.words.joins_place(naming.word(at - 1))
                    && !matches!(naming.word(at - 1), "of" | "de" | "du");
                if !turned && !placed {
                    sorted.countries.push(forms);
                }
                turned = false;
                at += country_width;
            } else {
                match usage {
                    Some(WordUse::Tied) => {
                        // "Iran-backed militia": Iran is not the militia's country.
                        sorted.countries.clear();
                        sorted.roles.clear();
                        sorted.unknown_names = 0;
                        sorted.bare = false;
                    }
                    Some(WordUse::Breaker) if matches!(key, "anti" | "against" | "former" | "ex" | "pro" | "non") => {
                        turned = true;
                    }
                    Some(WordUse::Breaker) => sorted.broken = true,
                    Some(WordUse::Unit | WordUse::Member) => {
                        sorted.proper |= at > 0 && naming.words[at].capital && !naming.words[at].acronym;
                    }
                    Some(_) => {}
                    None if self.words.is_forces(key) => {}
                    None => {
                        let word = &naming.words[at];
                        let placed = at > 0 && self.follows_joint(naming, at);
                        if placed || word.bracketed {
                        } else if word.capital && capitals_tell {
                            sorted.unknown_names += 1;
                        } else {
                            sorted.unknown_words += 1;
                        }
                        sorted.bare = false;
                        turned = false;
                    }
                }
                sorted.forces |= self.words.is_forces(key);
                at += 1;
            }
        }
        sorted
    }

    /// The longest role phrase that starts at a word: width and role.
    fn role_at(&self, naming: &Naming, at: usize) -> (usize, Option<Role>) {
        let most = self.words.longest_role().min(naming.len() - at);
        for width in (1..=most).rev() {
            if let Some(role) = self.words.role(naming.part(at, at + width)) {
                return (width, Some(role));
            }
        }
        (0, None)
    }

    /// The longest word or words for a country that start at a word, as of the day of the event.
    fn country_at(&self, naming: &Naming, at: usize, ask: &Ask<'_>) -> (usize, Vec<CountryForm>) {
        for width in (1..=LONGEST_COUNTRY.min(naming.len() - at)).rev() {
            let word = &naming.words[at];
            let then = |it: &CountryForm| {
                let in_era = ask.date.is_none_or(|date| it.era.holds(date));
                in_era && (!it.acronym || word.acronym || width > 1) && self.tells_state(it, ask)
            };
            // A possessive may have lost its apostrophe: "Assads forces".
            let lost =
                naming.part(at, at + width).strip_suffix('s').filter(|_| word.capital && at + width < naming.len());
            let owner = |it: &CountryForm| then(it) && it.form != Form::Adjective;
            let whole = self.countries.get(naming.part(at, at + width)).into_iter().flatten().filter(|it| then(it));
            let mut forms: Vec<_> = whole.copied().collect();
            if forms.is_empty() {
                let lost = lost.and_then(|it| self.countries.get(it)).into_iter().flatten();
                forms.extend(lost.filter(|it| owner(it)));
            }
            if !forms.is_empty() {
                return (width, forms);
            }
        }
        (0, Vec::new())
    }

    /// "Turkmen" and "Uzbek" are peoples of several countries: away from their state the word tells nothing of it.
    fn tells_state(&self, it: &CountryForm, ask: &Ask<'_>) -> bool {
        let state = &self.states[it.state];
        !(state.ethnic && it.form == Form::Adjective && ask.country.is_some_and(|here| here != state.iso3))
    }

    /// Tells whether the words before `at`, back to a joint, are all names: "residents of Tin Akoff".
    fn follows_joint(&self, naming: &Naming, at: usize) -> bool {
        for idx in (0..at).rev() {
            if self.words.joins_place(naming.word(idx)) {
                return true;
            }
            let light = self.words.usage(naming.word(idx)) == Some(WordUse::Light);
            if !naming.words[idx].capital && !light {
                return false;
            }
        }
        false
    }

    /// The strongest of the roles told; "forces" beside a country are its army.
    fn role_of(sorted: &Sorted) -> Option<Role> {
        let has = |role: Role| sorted.roles.contains(&role);
        let strongest = match sorted.roles.iter().copied().min() {
            // "police and soldiers" are the security forces.
            Some(Role::Police | Role::Gendarmerie) if has(Role::Military) => Some(Role::Security),
            other => other,
        };
        let army = (sorted.forces && !sorted.countries.is_empty()).then_some(Role::Military);
        match (strongest, army) {
            (Some(role), Some(army)) if role >= Role::Government => Some(army),
            (role, army) => role.or(army),
        }
    }

    fn pick_country(&self, sorted: &Sorted, ask: &Ask<'_>) -> Option<usize> {
        let forms = sorted.countries.first()?;
        let here = forms.iter().find(|it| ask.country == Some(self.states[it.state].iso3.as_str()));
        here.or(forms.first()).map(|it| it.state)
    }

    /// What unknown words leave of a role: `None` when they forbid it.
    fn believable(&self, role: Role, sorted: &Sorted, country: bool) -> Option<f64> {
        let weights = &self.weights;
        let people = role >= Role::Protesters;
        if (sorted.broken && !people) || (sorted.proper && people) {
            return None;
        }
        let mut factor = weights.extra_words.powi(sorted.unknown_words.min(4));
        if sorted.unknown_names > 0 {
            // An unknown name before "police" is a district's; before "army" it is some other army.
            match role {
                Role::Police | Role::Gendarmerie => factor *= weights.other_police,
                _ if people => factor *= weights.extra_words,
                Role::Government | Role::Security if country => factor *= weights.other_police,
                _ => return None,
            }
        }
        Some(factor)
    }

    /// A country, its capital or its people alone.
    fn bare_country(&self, naming: &Naming, sorted: &Sorted, ask: &Ask<'_>) -> Option<Scored> {
        if sorted.broken || !sorted.bare {
            return self.plural_people(naming, ask);
        }
        let idx = self.pick_country(sorted, ask)?;
        let form = sorted.countries.first()?.iter().find(|it| it.state == idx)?.form;
        let state = &self.states[idx];
        let (factor, role, words) = match form {
            Form::Name => (self.weights.bare_country, Role::Government, "the country's name alone"),
            Form::Capital => (self.weights.metonym, Role::Government, "the capital for the government"),
            // "Russian" of "Russian shells": whoever acts with arms for a state is its army.
            Form::Adjective if ask.part != Part::Unknown => {
                (self.weights.bare_adjective, Role::Military, "the adjective alone, acting")
            }
            Form::Ruler if ask.part != Part::Unknown => {
                (self.weights.metonym, Role::Government, "the ruler for the government")
            }
            Form::Adjective | Form::Ruler => return None,
        };
        let entry = self.index_of(&state.actor_id(acting(role, ask)))?;
        Some(Scored { entry, score: factor, why: format!("{words}: {}", state.name) })
    }

    /// "Syrians", "three Kenyans".
    fn plural_people(&self, naming: &Naming, ask: &Ask<'_>) -> Option<Scored> {
        let last = naming.len() - 1;
        let light = (0..last).all(|idx| self.words.usage(naming.word(idx)) == Some(WordUse::Light));
        let singular = naming.word(last).strip_suffix('s')?;
        let forms = self.countries.get(singular).filter(|_| light)?;
        // "Two cars" are no people of the CAR.
        let is_people = |it: &&CountryForm| it.form == Form::Adjective && !it.acronym && self.tells_state(it, ask);
        let forms: Vec<_> = forms.iter().filter(is_people).copied().collect();
        let here = forms.iter().find(|it| ask.country == Some(self.states[it.state].iso3.as_str()));
        let state = &self.states[here.or(forms.first())?.state];
        let entry = self.index_of(&state.actor_id(Role::Civilians))?;
        Some(Scored { entry, score: self.weights.generic, why: format!("people of {}", state.name) })
    }
}

/// **Units**: words of the longest country name that is looked for ("democratic republic of congo").
const LONGEST_COUNTRY: usize = 5;
