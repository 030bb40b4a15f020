//! Who the other data sets' names stand for in the registry.

use std::collections::HashMap;

use annals_actors::{ActorEntry, Ask, Company, Part, Registry, Role};
use annals_record::{Actor, ActorKind, Party, Span};
use jiff::civil::Date;

use crate::countries::iso3_of;

/// The registry by the names and ids of other data sets.
pub(crate) struct Actors<'a> {
    registry: &'a Registry,
    by_name: HashMap<String, &'a ActorEntry>,
    by_ucdp_id: HashMap<u32, &'a ActorEntry>,
}

/// What is known of a name.
#[derive(Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) name: &'a str,
    pub(crate) ucdp_id: Option<u32>,
    pub(crate) iso3: Option<&'a str>,
    pub(crate) date: Option<Date>,
    pub(crate) part: Part,
    /// For names that the registry does not know.
    pub(crate) kind: Option<ActorKind>,
}

impl<'a> Actors<'a> {
    pub(crate) fn new(registry: &'a Registry) -> Self {
        let mut by_name = HashMap::new();
        let mut by_ucdp_id = HashMap::new();
        for entry in registry.entries() {
            let names = entry.acled.0.iter().map(|it| &it.name).chain(&entry.ids.acled).chain([&entry.name]);
            for name in names {
                by_name.entry(name.clone()).or_insert(entry);
            }
            if let Some(id) = entry.ids.ucdp {
                by_ucdp_id.entry(id).or_insert(entry);
            }
        }
        Self { registry, by_name, by_ucdp_id }
    }

    /// The party of a name.
    pub(crate) fn party(&self, span: Span, named: Named<'_>) -> Party {
        let found = self.find(named);
        let kind = match found.as_ref().map(|it| it.0) {
            Some(entry) => Some(self.registry.kind_in(entry, named.iso3)),
            None => named.kind,
        };
        let actor = found.map(|(entry, why)| Actor { id: entry.id.clone(), name: entry.name.clone(), score: 1.0, why });
        Party { name: actor.as_ref().map(|it| it.name.clone()), span, kind, actor }
    }

    fn find(&self, named: Named<'_>) -> Option<(&'a ActorEntry, String)> {
        if let Some(entry) = named.ucdp_id.and_then(|it| self.by_ucdp_id.get(&it)) {
            return Some((entry, "the data set's own id".to_owned()));
        }
        if let Some(entry) = named.name.strip_prefix("Government of ").and_then(|it| self.government(it)) {
            return Some((entry, "a government".to_owned()));
        }
        if named.name == "Civilians" {
            return Some((
                self.registry.of_state(named.iso3?, Role::Civilians)?,
                "civilians of the country".to_owned(),
            ));
        }
        if let Some(entry) = self.by_name.get(named.name) {
            return Some((entry, "the data set's own name".to_owned()));
        }
        // "Military Forces of Mali (2021-2024)" may stand by other years here.
        let (bare, _) = named.name.split_once(" (").unwrap_or((named.name, ""));
        let company = Company::default();
        let ask =
            |name| Ask { name, country: named.iso3, date: named.date, company: &company, part: named.part, act: None };
        [named.name, bare].into_iter().find_map(|name| {
            let resolution = self.registry.resolve(&ask(name));
            let best = resolution.best()?;
            Some((self.registry.get(&best.id)?, best.why.clone()))
        })
    }

    fn government(&self, country: &str) -> Option<&'a ActorEntry> {
        self.registry.of_state(iso3_of(country, None, None)?, Role::Government)
    }
}
