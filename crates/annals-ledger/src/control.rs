//! Who is said to hold what, since when, by whom.
//!
//! Reports assert: a statement of control, of its loss, that a place is contested; an event in which a place was taken or
//! handed over. Assertions fade with age by the rule of data/ledger/control.toml; nothing is concluded beyond what is said.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use annals_incidents::{Incident, IncidentId};
use annals_record::{EventType, Realis, StatementKind};
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::blob::day_number;
use crate::error::Result;
use crate::ledger::Ledger;
use crate::query::{Query, Sort};
use crate::statements::{self, Stated, StatementQuery};

/// What is said of who holds a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Holding {
    /// The place's usual name.
    pub place: String,
    /// How it stands on the day asked for.
    pub state: ControlState,
    /// Parties whose assertions count, the strongest first.
    pub holders: Vec<Holder>,
    /// Everything that was asserted, oldest first.
    pub assertions: Vec<Assertion>,
}

/// How control of a place stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ControlState {
    /// One party is said to hold it.
    Held,
    /// Several are, or it is said to be contested.
    Contested,
    /// What was said is too old, or only of losses.
    Unclear,
}

/// A party that is said to hold a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Holder {
    /// Its name.
    pub party: String,
    /// Registry id, where resolved.
    pub actor: Option<String>,
    /// Day of the first assertion since it was last said to have lost the place.
    pub since: Date,
    /// Day of the last assertion.
    pub last_said: Date,
    /// What its last assertion is worth. **Range**: 0 to 1.
    pub worth: f64,
}

/// One report's word on a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Assertion {
    /// The day that it holds for, else the day of publication.
    pub day: Date,
    /// What is asserted.
    pub kind: AssertionKind,
    /// Of whom; `None` for contested places without a party.
    pub party: Option<String>,
    /// Registry id, where resolved.
    pub actor: Option<String>,
    /// The words.
    pub words: String,
    /// Outlet, else the input's id of the report.
    pub outlet: String,
    /// The report's id.
    pub report: String,
    /// The incident that it is drawn from; `None` for statements.
    pub incident: Option<IncidentId>,
}

/// What is asserted of a party and a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssertionKind {
    /// It holds it.
    Holds,
    /// It took it.
    Took,
    /// It lost it.
    Lost,
    /// It is fought over or partly held.
    Contested,
}

#[derive(Deserialize)]
struct Fading {
    half_life_days: f64,
    min_share: f64,
    min_worth: f64,
    contested_share: f64,
}

fn fading() -> &'static Fading {
    static FADING: LazyLock<Fading> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/ledger/control.toml")).expect("a test loads the rule")
    });
    &FADING
}

impl Ledger {
    /// Tells who is said to hold a place on a day, as it was known at a time (`None`: now).
    pub fn control_of_place(&self, place: &str, on: Date, as_of: Option<Timestamp>) -> Result<Option<Holding>> {
        let stated = self.statements(&StatementQuery {
            kinds: KINDS.to_vec(),
            place: Some(place.to_owned()),
            as_of,
            ..StatementQuery::default()
        })?;
        let taken = self.taken(Query { place: Some(place.to_owned()), as_of, ..Query::default() })?;
        let by_place = assertions(&stated, &taken);
        let all = by_place.into_values().next().map(|(name, it)| weigh(name, it, on));
        Ok(all)
    }

    /// Tells of every place that a party is said to hold or have held; `actor` has its registry id and those of its sub-groups.
    pub fn control_of_actor(&self, actor: &[String], on: Date, as_of: Option<Timestamp>) -> Result<Vec<Holding>> {
        let stated =
            self.statements(&StatementQuery { kinds: KINDS.to_vec(), subjects: actor.to_vec(), place: None, as_of })?;
        let taken = self.taken(Query { actors: actor.to_vec(), as_of, ..Query::default() })?;
        let places: Vec<String> = assertions(&stated, &taken).into_keys().collect();
        let mut holdings = Vec::new();
        for place in places {
            // Others may hold it by now.
            holdings.extend(self.control_of_place(&place, on, as_of)?);
        }
        Ok(holdings)
    }

    fn taken(&self, query: Query) -> Result<Vec<Incident>> {
        let types = vec![EventType::TerritoryTaken, EventType::TerritoryTransfer];
        let mut query = Query { types, realis: vec![Realis::Actual], sort: Sort::Oldest, limit: 1000, ..query };
        let mut incidents = Vec::new();
        loop {
            let page = self.incidents(&query)?;
            incidents.extend(page.incidents);
            query.after = page.next;
            if query.after.is_none() {
                return Ok(incidents);
            }
        }
    }
}

const KINDS: [StatementKind; 3] = [StatementKind::Control, StatementKind::Contested, StatementKind::Lost];

/// Assertions by place: its name in small letters, then its name and what is asserted of it.
fn assertions(stated: &[Stated], taken: &[Incident]) -> BTreeMap<String, (String, Vec<Assertion>)> {
    let mut by_place: BTreeMap<String, (String, Vec<Assertion>)> = BTreeMap::new();
    let mut add = |place: &str, assertion: Assertion| {
        by_place.entry(place.to_lowercase()).or_insert_with(|| (place.to_owned(), Vec::new())).1.push(assertion);
    };
    for it in stated {
        let statement = &it.statement;
        let Some(day) = statement.date.as_ref().map(|it| it.end).or(it.published) else { continue };
        let kind = match statement.kind {
            StatementKind::Lost => AssertionKind::Lost,
            StatementKind::Contested => AssertionKind::Contested,
            _ => AssertionKind::Holds,
        };
        let party = statement.object.is_some().then_some(&statement.subject);
        let assertion = Assertion {
            day,
            kind,
            party: party.map(|it| statements::called(it).to_owned()),
            actor: party.and_then(|it| it.actor.as_ref()).map(|it| it.id.clone()),
            words: statement.span.text.clone(),
            outlet: it.publisher.clone().unwrap_or_else(|| it.doc.clone()),
            report: it.report.clone(),
            incident: None,
        };
        add(statements::called(statements::place(statement)), assertion);
    }
    for incident in taken {
        let (Some(place), Some(days)) = (&incident.place, &incident.date) else { continue };
        for (members, kind) in [(&incident.agents, AssertionKind::Took), (&incident.targets, AssertionKind::Lost)] {
            for member in members {
                let teller = incident.tellings.iter().find(|it| member.named_by.contains(&it.id));
                let Some(telling) = teller.or(incident.tellings.first()) else { continue };
                let assertion = Assertion {
                    day: days.end,
                    kind,
                    party: Some(member.name.clone()),
                    actor: member.actor.clone(),
                    words: telling.event.trigger.text.clone(),
                    outlet: telling.report.publisher.clone().unwrap_or_else(|| telling.doc.clone()),
                    report: telling.report.id.clone(),
                    incident: Some(incident.id.clone()),
                };
                add(place, assertion);
            }
        }
    }
    for (_, assertions) in by_place.values_mut() {
        // Of one day, who lost the place is told before who took it.
        assertions.sort_by_key(|it| (it.day, it.kind != AssertionKind::Lost));
    }
    by_place
}

/// Weighs what was asserted up to a day.
fn weigh(place: String, assertions: Vec<Assertion>, on: Date) -> Holding {
    let rule = fading();
    let worth = |day: Date| {
        let age = (day_number(on) - day_number(day)) as f64;
        0.5_f64.powf(age / rule.half_life_days)
    };
    let mut holders: BTreeMap<String, Holder> = BTreeMap::new();
    let mut contested = 0.0_f64;
    for it in assertions.iter().filter(|it| it.day <= on) {
        let key = it.actor.clone().or_else(|| it.party.as_ref().map(|it| it.to_lowercase()));
        match (it.kind, key) {
            (AssertionKind::Contested, _) => contested = contested.max(worth(it.day)),
            (AssertionKind::Lost, Some(key)) => {
                holders.remove(&key);
            }
            (AssertionKind::Holds | AssertionKind::Took, Some(key)) => {
                if it.kind == AssertionKind::Took {
                    // Who takes a place ends what was said of others before.
                    holders.retain(|other, _| *other == key);
                    contested = 0.0;
                }
                let party = it.party.clone().unwrap_or_default();
                let new = Holder { party, actor: it.actor.clone(), since: it.day, last_said: it.day, worth: 0.0 };
                let holder = holders.entry(key).or_insert(new);
                (holder.last_said, holder.worth) = (it.day, worth(it.day));
            }
            (_, None) => {}
        }
    }
    let mut holders: Vec<Holder> = holders.into_values().collect();
    holders.sort_by(|a, b| b.worth.total_cmp(&a.worth).then_with(|| a.party.cmp(&b.party)));
    let strongest = holders.first().map_or(0.0, |it| it.worth).max(contested);
    holders.retain(|it| it.worth >= rule.min_share * strongest);
    let is_contested = holders.len() > 1 || (contested > 0.0 && contested >= rule.contested_share * strongest);
    let state = match holders.len() {
        _ if strongest < rule.min_worth => ControlState::Unclear,
        _ if is_contested => ControlState::Contested,
        0 => ControlState::Unclear,
        _ => ControlState::Held,
    };
    Holding { place, state, holders, assertions }
}
