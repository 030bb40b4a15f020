//! All party namings of one report: who "the group", "its fighters", "the ABC" and "they" are.
//!
//! What the report itself explains ("Arda Liberation Front (ALF)") beats the registry; then each naming is resolved by
//! itself; what names nobody is linked to whoever was named before.

use std::collections::HashMap;
use std::ops::Range;

use annals_record::{ActorKind, EventType};
use jiff::civil::Date;

use crate::acronyms::{explained_acronyms, initials};
use crate::check::all_aliases;
use crate::entry::Sort;
use crate::naming::{Naming, normal_form};
use crate::registry::Registry;
use crate::resolve::{Ask, Company, Part, Resolution};
use crate::words::{Pointer, Role};

/// One naming of a party in a document.
#[derive(Clone, Debug)]
pub struct Mention<'a> {
    /// **Units**: bytes of the document's text, on character boundaries.
    pub range: Range<usize>,
    /// Number of the sentence that it stands in.
    pub sentence: usize,
    /// ISO3 of the country of its event; `None` when not known.
    pub country: Option<&'a str>,
    /// A day of its event; `None` when not known.
    pub date: Option<Date>,
    /// Number of its event; `None` outside of events.
    pub event: Option<usize>,
    /// Whether it acts or suffers.
    pub part: Part,
    /// What happened; `None` when not known.
    pub act: Option<EventType>,
}

/// The answer for one naming of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// Who is meant.
    pub resolution: Resolution,
    /// The mention that it stands for, as an index into the mentions; `None` when it speaks for itself.
    pub antecedent: Option<usize>,
}

/// What is known of the namings read so far.
struct Reading<'a> {
    registry: &'a Registry,
    text: &'a str,
    mentions: &'a [Mention<'a>],
    namings: Vec<Naming>,
    company: Company,
    /// Comparable form of an acronym to the words that the text explains it by.
    explained: HashMap<String, Vec<String>>,
    answers: Vec<Option<Resolved>>,
    /// Mentions answered so far, in the order of the text.
    before: Vec<usize>,
}

impl Registry {
    /// Resolves all party namings of one report together.
    ///
    /// **Shape**: one answer a mention, in the order of `mentions`, which may be any.
    /// Mentions whose range does not lie on the text are left unresolved.
    pub fn resolve_report(&self, text: &str, mentions: &[Mention<'_>]) -> Vec<Resolved> {
        let words = |it: &Mention<'_>| text.get(it.range.clone()).unwrap_or_default();
        let names: Vec<&str> = mentions.iter().map(words).collect();
        let mut reading = Reading {
            registry: self,
            text,
            mentions,
            namings: names.iter().map(|it| Naming::new(it)).collect(),
            company: self.company(&names),
            explained: explained_acronyms(text),
            answers: vec![None; mentions.len()],
            before: Vec::with_capacity(mentions.len()),
        };
        let mut order: Vec<usize> = (0..mentions.len()).collect();
        order.sort_by_key(|&idx| (mentions[idx].range.start, mentions[idx].range.end, idx));
        for idx in order {
            let answer = reading.answer(idx, names[idx]);
            reading.answers[idx] = Some(answer);
            reading.before.push(idx);
        }
        let none = || Resolved { resolution: Resolution::default(), antecedent: None };
        reading.answers.into_iter().map(|it| it.unwrap_or_else(none)).collect()
    }
}

impl Reading<'_> {
    fn answer(&self, idx: usize, name: &str) -> Resolved {
        let naming = &self.namings[idx];
        let alone = self.explained_or_alone(idx, name);
        if alone.best().is_some() && alone.role.is_none() {
            return Resolved { resolution: alone, antecedent: None };
        }
        // "two members of the organization" point back by their last words.
        let of = (1..naming.len()).rev().find(|&at| matches!(naming.word(at - 1), "of" | "de" | "du"));
        let tail = of.map(|at| naming.part(at, naming.len()));
        let pointer = self.registry.words.pointer(naming.key());
        let pointer = pointer.or_else(|| tail.and_then(|it| self.registry.words.pointer(it)));
        let linked = self
            .apposed(idx, &alone)
            .or_else(|| self.owned(idx, pointer).filter(|_| alone.role.is_none_or(|it| it < Role::Protesters)))
            .or_else(|| self.pointed(idx, pointer, &alone))
            .or_else(|| self.shortened(idx, &alone));
        match linked {
            Some((antecedent, reason)) => self.stand_for(idx, antecedent, reason, alone),
            None => Resolved { resolution: alone, antecedent: None },
        }
    }

    /// By the report's own explanation of an acronym, else by itself.
    fn explained_or_alone(&self, idx: usize, name: &str) -> Resolution {
        let mention = &self.mentions[idx];
        let ask = |name| {
            let ask = Ask {
                name,
                country: mention.country,
                date: mention.date,
                company: &self.company,
                part: mention.part,
                act: mention.act,
            };
            self.registry.resolve(&ask)
        };
        let naming = &self.namings[idx];
        let acronym = (0..naming.len()).find(|&at| naming.words[at].acronym).map(|at| naming.word(at));
        let Some(phrases) = acronym.and_then(|it| self.explained.get(it)) else { return ask(name) };
        for phrase in phrases.iter().filter(|it| self.registry.is_name(&normal_form(it))) {
            let mut found = ask(phrase);
            if found.best().is_some() && found.role.is_none() {
                if let Some(best) = found.candidates.first_mut() {
                    best.why = format!("the report explains {name:?} as {phrase:?}; {}", best.why);
                }
                return found;
            }
        }
        let alone = ask(name);
        // The registry may know the acronym by other words, of which the explained ones are a spelling.
        let known = alone.best().and_then(|it| self.registry.get(&it.id));
        let spelled = phrases.iter().find(|it| initials(it).eq_ignore_ascii_case(acronym.unwrap_or_default()));
        match (known, spelled) {
            (Some(entry), Some(phrase)) if !all_aliases(entry).any(|it| self.shares_word(&it.name, phrase)) => {
                let why = format!("the report explains {name:?} as {phrase:?}, which the registry does not know");
                Resolution { sure: false, unresolved: Some(why), ..alone }
            }
            _ => alone,
        }
    }

    /// "JNIM, the al-Qaeda affiliate": the second naming only describes the first.
    fn apposed(&self, idx: usize, alone: &Resolution) -> Option<(usize, &'static str)> {
        if alone.best().is_some() && alone.role.is_none_or(Role::is_force) {
            return None;
        }
        let &last = self.before.last()?;
        let (here, there) = (&self.mentions[idx].range, &self.mentions[last].range);
        if here.start <= there.end || self.mentions[idx].sentence != self.mentions[last].sentence {
            return None;
        }
        let gap = self.text.get(there.end..here.start)?.trim();
        let joins = matches!(
            gap,
            ", a"
                | ", an"
                | ", the"
                | ", une"
                | ", un"
                | ", le"
                | ", la"
                | ", el"
                | ", which is a"
                | ", also known as"
                | ", also known as the"
                | "- a"
                | "– the"
                | "– a"
                | ", known as"
                | ", formerly"
                | ", a local"
                | ", a militant"
                | ", an armed"
                | ", an Islamist"
        );
        (joins && self.names_somebody(last)).then_some((last, "in apposition to"))
    }

    /// "its fighters", with or without the "its" in the naming.
    fn owned(&self, idx: usize, pointer: Option<Pointer>) -> Option<(usize, &'static str)> {
        let owner_told = pointer == Some(Pointer::Owner) || {
            let before = self.text.get(..self.mentions[idx].range.start)?.trim_end();
            let word = before.rsplit(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
            matches!(word, "its" | "their" | "his" | "ses" | "leurs" | "Its" | "Their") && self.is_common(idx)
        };
        let near = |at: &usize| self.mentions[idx].sentence.abs_diff(self.mentions[*at].sentence) <= OWNER_REACH;
        let fits = |at: &usize| near(at) && self.may_own(*at) && !self.are_opponents(idx, *at);
        let owner = self.before.iter().rev().copied().find(fits);
        owner.filter(|_| owner_told).map(|at| (at, "belongs to"))
    }

    /// "the group", "they", "the militants".
    fn pointed(&self, idx: usize, pointer: Option<Pointer>, alone: &Resolution) -> Option<(usize, &'static str)> {
        let mention = &self.mentions[idx];
        let naming = &self.namings[idx];
        match pointer? {
            Pointer::Owner => None,
            Pointer::Anyone => {
                let personal = matches!(naming.key(), "he" | "him" | "she" | "her");
                let near = |at: &usize| mention.sentence.abs_diff(self.mentions[*at].sentence) <= PRONOUN_REACH;
                let fits = |at: &usize| self.names_somebody(*at) && personal == self.is_person(*at);
                self.before.iter().rev().copied().find(|at| near(at) && fits(at)).map(|at| (at, "stands for"))
            }
            Pointer::Group => {
                if !self.is_definite(mention.range.start) {
                    return None;
                }
                let groups: Vec<usize> = self.before.iter().rev().copied().filter(|&at| self.is_group(at)).collect();
                // The same noun in the name decides: "the Front" after "Arda Front".
                let noun = naming.word(naming.len() - 1);
                let same_noun = groups.iter().copied().find(|&at| self.has_word(at, noun));
                if let Some(at) = same_noun {
                    return Some((at, "stands for"));
                }
                if alone.role.is_some() {
                    // "the militants": only where a single group has been named.
                    let mut ids: Vec<_> = groups.iter().map(|&at| self.identity(at)).collect();
                    ids.sort_unstable();
                    ids.dedup();
                    let near = |at: &usize| mention.sentence.abs_diff(self.mentions[*at].sentence) <= GROUP_REACH;
                    return groups
                        .first()
                        .copied()
                        .filter(|at| ids.len() == 1 && near(at))
                        .map(|at| (at, "stands for"));
                }
                let fits = |at: &usize| self.fits_noun(*at, noun);
                groups.iter().copied().find(fits).or(groups.first().copied()).map(|at| (at, "stands for"))
            }
        }
    }

    /// "Koufa" after "Amadou Koufa", "Arda" after "Arda Front".
    fn shortened(&self, idx: usize, alone: &Resolution) -> Option<(usize, &'static str)> {
        let naming = &self.namings[idx];
        if alone.role.is_some()
            || alone.person.is_some()
            || !naming.words.iter().all(|it| it.capital)
            || naming.len() == 0
        {
            return None;
        }
        let longer = |at: &usize| {
            let other = &self.namings[*at];
            let (n, all) = (naming.len(), other.len());
            let ends = all >= n && (other.part(all - n, all) == naming.key() || other.part(0, n) == naming.key());
            ends && self.names_somebody(*at)
        };
        self.before.iter().rev().copied().find(longer).map(|at| (at, "is short for"))
    }

    /// The answer of a mention that stands for an earlier one.
    fn stand_for(&self, idx: usize, antecedent: usize, reason: &str, alone: Resolution) -> Resolved {
        let Some(there) = &self.answers[antecedent] else { return Resolved { resolution: alone, antecedent: None } };
        let mut resolution = there.resolution.clone();
        // What stands for an unknown is no better than common words.
        if there.resolution.best().is_none() && alone.best().is_some() {
            return Resolved { resolution: alone, antecedent: None };
        }
        let words = |at: usize| self.text.get(self.mentions[at].range.clone()).unwrap_or_default();
        for candidate in &mut resolution.candidates {
            candidate.score *= self.registry.weights.coreference;
            candidate.why = format!("{:?} {reason} {:?}; {}", words(idx), words(antecedent), candidate.why);
        }
        resolution.role = None;
        Resolved { resolution, antecedent: Some(there.antecedent.unwrap_or(antecedent)) }
    }

    /// Named by words of its own, resolved or not: no common words, no pointer.
    fn names_somebody(&self, at: usize) -> bool {
        let Some(answer) = &self.answers[at] else { return false };
        let naming = &self.namings[at];
        answer.antecedent.is_some()
            || (answer.resolution.role.is_none_or(Role::is_force)
                && (answer.resolution.best().is_some() || naming.words.iter().any(|it| it.capital)))
    }

    fn is_person(&self, at: usize) -> bool {
        self.answers[at].as_ref().is_some_and(|it| it.resolution.person.is_some())
    }

    /// A named party that is no state, no people and no person.
    fn is_group(&self, at: usize) -> bool {
        let Some(answer) = &self.answers[at] else { return false };
        if answer.resolution.role.is_some() || answer.resolution.person.is_some() || !self.names_somebody(at) {
            return false;
        }
        match answer.resolution.best().and_then(|it| self.registry.get(&it.id)) {
            Some(entry) => matches!(
                entry.kind,
                ActorKind::ArmedGroup | ActorKind::Militia | ActorKind::ForeignForce | ActorKind::Other
            ),
            None => true,
        }
    }

    fn may_own(&self, at: usize) -> bool {
        self.is_group(at) || (self.names_somebody(at) && !self.is_person(at))
    }

    /// Tells whether one sentence sets two mentions against each other: nobody in it attacks "its fighters" of their own.
    fn are_opponents(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.mentions[one], &self.mentions[other]);
        let opposed = |it: &Mention<'_>| {
            let sides = (it.part, one.part);
            it.event == one.event && matches!(sides, (Part::Agent, Part::Target) | (Part::Target, Part::Agent))
        };
        // A naming may have a part in several events.
        let mut parts_of_other = self.mentions.iter().filter(|it| it.range == other.range);
        one.event.is_some() && one.sentence == other.sentence && parts_of_other.any(opposed)
    }

    fn is_common(&self, idx: usize) -> bool {
        let naming = &self.namings[idx];
        (0..naming.len()).all(|at| {
            self.registry.words.usage(naming.word(at)).is_some() || self.registry.words.role(naming.word(at)).is_some()
        })
    }

    /// Tells whether two names share a word that tells whose they are.
    fn shares_word(&self, one: &str, two: &str) -> bool {
        let (one, two) = (Naming::new(one), Naming::new(two));
        let telling = |word: &str| word.len() > 3 && !self.registry.words.tells_nobody(word);
        (0..one.len()).any(|a| telling(one.word(a)) && (0..two.len()).any(|b| two.word(b) == one.word(a)))
    }

    fn has_word(&self, at: usize, word: &str) -> bool {
        let naming = &self.namings[at];
        (0..naming.len()).any(|idx| naming.word(idx) == word && naming.words[idx].capital)
    }

    /// "the militia" for a militia, "the coalition" for a coalition.
    fn fits_noun(&self, at: usize, noun: &str) -> bool {
        let entry =
            self.answers[at].as_ref().and_then(|it| it.resolution.best()).and_then(|it| self.registry.get(&it.id));
        entry.is_some_and(|entry| match noun {
            "militia" => entry.kind == ActorKind::Militia,
            "coalition" | "alliance" => matches!(entry.sort, Sort::Coalition | Sort::Alliance),
            "cartel" => entry.sort == Sort::Cartel,
            "gang" => matches!(entry.sort, Sort::Gang | Sort::Bandits | Sort::Cartel),
            "company" => entry.sort == Sort::Company,
            "party" => entry.sort == Sort::Party,
            _ => entry.kind == ActorKind::ArmedGroup,
        })
    }

    /// The actor id, else the naming's own words.
    fn identity(&self, at: usize) -> String {
        let answer = self.answers[at].as_ref();
        let id = answer.and_then(|it| it.resolution.best()).map(|it| it.id.clone());
        let root = answer.and_then(|it| it.antecedent).unwrap_or(at);
        id.unwrap_or_else(|| self.namings[root].key().to_owned())
    }

    /// Tells whether "the", "this" or the like stands before or at the start of a naming.
    fn is_definite(&self, start: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        let word = before.rsplit(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
        let inside = self.text.get(start..).unwrap_or_default().split(' ').next().unwrap_or_default();
        [word, inside].iter().any(|it| self.registry.words.is_definite(&it.to_lowercase()))
    }
}

/// **Units**: sentences between a pronoun or owned thing and whom it stands for.
const PRONOUN_REACH: usize = 2;
const OWNER_REACH: usize = 2;
const GROUP_REACH: usize = 5;
