//! What a report tells of actors that the registry does not hold: findings, and entries that a person can accept.

use std::fmt::Write as _;

use annals_record::{Finding, Severity, Statement, StatementKind, StatementObject};
use jiff::civil::Date;

use crate::entry::{ActorEntry, Tie};
use crate::naming::{normal_form, skeleton};
use crate::registry::{Registry, leaders_on};
use crate::words::WordUse;

/// Something told by a report that is not in the registry, or against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// For the coded report: `A001` another leader, `A002` a tie that is not known.
    pub finding: Finding,
    /// An `[[amend]]` in the registry's form, to be checked by a person and put into an overlay pack.
    pub toml: String,
}

impl Registry {
    /// Compares a resolved statement with the registry.
    ///
    /// `date` is the day of the report, used where the statement has none; `source` names the report.
    /// `None` where the statement says nothing new, or is not of a kind that the registry holds (leads, member,
    /// allegiance, alliance, rivalry), or its actors are not resolved.
    pub fn examine(&self, statement: &Statement, date: Option<Date>, source: &str) -> Option<Proposal> {
        let date = statement.date.as_ref().map(|it| it.start).or(date);
        let subject = self.entry_of(&statement.subject);
        let object = self.entry_of(statement.object.as_ref()?);
        match statement.kind {
            StatementKind::Leads => self.new_leader(statement, object?, date, source),
            StatementKind::Member => self.new_tie(statement, subject?, Tie::PartOf, object?, date, source),
            StatementKind::Allegiance => self.new_tie(statement, subject?, Tie::Allegiance, object?, date, source),
            StatementKind::Alliance => self.new_tie(statement, subject?, Tie::Allied, object?, date, source),
            StatementKind::Rivalry => self.new_tie(statement, subject?, Tie::Rival, object?, date, source),
            _ => None,
        }
    }

    fn entry_of(&self, object: &StatementObject) -> Option<&ActorEntry> {
        self.get(&object.actor.as_ref()?.id)
    }

    /// A person who is told to lead an actor, and is none of its known leaders.
    fn new_leader(
        &self,
        statement: &Statement,
        led: &ActorEntry,
        date: Option<Date>,
        source: &str,
    ) -> Option<Proposal> {
        let name = statement.subject.name.as_deref().unwrap_or(&statement.subject.span.text);
        let key = normal_form(name);
        // "its commander" is nobody's name.
        let named = statement.subject.span.text.chars().next().is_some_and(char::is_uppercase);
        let common = key.split(' ').all(|it| matches!(self.words.usage(it), Some(WordUse::Light | WordUse::Member)));
        if !named || common || self.index_of(&led.id).is_some_and(|it| self.is_of_state(it)) {
            return None;
        }
        let bones = skeleton(&key);
        let same = |known: &str| {
            let known = normal_form(known);
            known == key || known.ends_with(&format!(" {key}")) || (bones.is_some() && skeleton(&known) == bones)
        };
        if led.leaders.iter().any(|it| same(&it.name) || it.aliases.iter().any(|it| same(it))) {
            return None;
        }
        let known: Vec<&str> = match date {
            Some(date) => leaders_on(led, date).map(|it| it.name.as_str()).collect(),
            None => led.leaders.iter().filter(|it| it.until.is_none()).map(|it| it.name.as_str()).collect(),
        };
        let known = if known.is_empty() { "nobody".to_owned() } else { known.join(", ") };
        let message = format!("{name} is told to lead {}; the registry knows {known}", led.short_name());
        let mut toml = format!("[[amend]]\nid = {}\n", quoted(&led.id));
        let from = date.map_or(String::new(), |it| format!(", from = \"{it}\""));
        let _ = writeln!(
            toml,
            "leaders = [{{ name = {}{from}, source = {}, uncertain = true }}]",
            quoted(name),
            quoted(source)
        );
        Some(Proposal { finding: finding("A001", statement, message), toml })
    }

    /// A tie between two known actors that the registry does not hold.
    fn new_tie(
        &self,
        statement: &Statement,
        subject: &ActorEntry,
        tie: Tie,
        object: &ActorEntry,
        date: Option<Date>,
        source: &str,
    ) -> Option<Proposal> {
        let state = |it: &ActorEntry| self.index_of(&it.id).is_some_and(|it| self.is_of_state(it));
        let tied = |one: &ActorEntry, other: &ActorEntry| one.links.iter().any(|it| it.to == other.id);
        let known = match tie {
            // Any standing tie is more than an alliance; a rivalry with a state goes without saying.
            Tie::Rival => {
                state(subject) || state(object) || {
                    let rival = |it: &ActorEntry, other: &ActorEntry| {
                        it.links.iter().any(|link| link.to == other.id && link.tie == Tie::Rival)
                    };
                    rival(subject, object) || rival(object, subject)
                }
            }
            _ => tied(subject, object) || tied(object, subject),
        };
        if subject.id == object.id || known || (state(subject) && tie != Tie::Allied) {
            return None;
        }
        let tie_code: &str = tie.into();
        let message = format!(
            "{} is told to be {} {}, which the registry does not hold",
            subject.short_name(),
            tie.words(),
            object.short_name()
        );
        let from = date.map_or(String::new(), |it| format!(", from = \"{it}\""));
        let mut toml = format!("[[amend]]\nid = {}\n", quoted(&subject.id));
        let _ = writeln!(
            toml,
            "links = [{{ to = {}, as = \"{tie_code}\"{from}, source = {}, uncertain = true }}]",
            quoted(&object.id),
            quoted(source)
        );
        Some(Proposal { finding: finding("A002", statement, message), toml })
    }
}

fn finding(code: &str, statement: &Statement, message: String) -> Finding {
    Finding { code: code.to_owned(), severity: Severity::Note, span: Some(statement.span.clone()), message }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
