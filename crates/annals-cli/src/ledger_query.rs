//! Which incidents of a ledger: the filters that every command on a ledger's incidents takes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use annals_incidents::{Incident, ReviewState, Rule};
use annals_ledger::{Access, Ledger, LedgerError, Query, Sort, time_asked};
use annals_record::{EventType, Realis};
use anyhow::anyhow;
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::packs::PacksArgs;
use crate::problem::Problem;

/// Filters.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Which incidents")]
pub(crate) struct QueryArgs {
    /// What happened, or may have, on this day or later
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,

    /// What happened, or may have, on this day or before
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<Date>,

    /// Country, by its code of three letters
    #[arg(long, value_name = "ISO3")]
    pub(crate) country: Option<String>,

    /// First-level unit (region, state)
    #[arg(long, value_name = "NAME")]
    pub(crate) adm1: Option<String>,

    /// Second-level unit (district)
    #[arg(long, value_name = "NAME")]
    pub(crate) adm2: Option<String>,

    /// Place name
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,

    /// A party on either side, by registry id or name; may be given again
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Vec<String>,

    /// Type of the codebook, such as `armed_clash`; may be given again
    #[arg(long = "type", value_name = "TYPE", value_parser = event_type)]
    pub(crate) types: Vec<EventType>,

    /// `actual`, `planned`, `denied` or `failed`; may be given again
    #[arg(long, value_name = "REALIS", value_parser = realis)]
    pub(crate) realis: Vec<Realis>,

    /// At least so many killed
    #[arg(long, value_name = "N")]
    pub(crate) killed: Option<u64>,

    /// Words that all stand in the account, or in the text of one of its reports
    #[arg(long, value_name = "WORDS")]
    pub(crate) text: Option<String>,

    /// Only what a person accepted or corrected
    #[arg(long)]
    pub(crate) reviewed: bool,

    /// As it was known then: a day, or a time such as 2024-03-09T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) as_of: Option<Timestamp>,

    /// Folder in a ledger
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) ledger: PathBuf,

    #[command(flatten)]
    pub(crate) packs: PacksArgs,
}

/// A time, or the end of a day in UTC.
pub(crate) fn time(text: &str) -> Result<Timestamp, &'static str> {
    time_asked(text).ok_or("neither a day nor a time")
}

fn event_type(text: &str) -> Result<EventType, String> {
    text.parse().map_err(|_| none_of(EventType::ALL))
}

fn realis(text: &str) -> Result<Realis, String> {
    text.parse().map_err(|_| none_of(Realis::ALL))
}

/// A rule for figures, by its name.
pub(crate) fn rule(text: &str) -> Result<Rule, String> {
    text.parse().map_err(|_| none_of(Rule::ALL))
}

fn none_of(names: &[impl ToString]) -> String {
    format!("none of {}", names.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

impl QueryArgs {
    /// The ledger that is asked.
    pub(crate) fn open(&self, access: Access) -> Result<Ledger, Problem> {
        open(&self.ledger, access)
    }

    /// What is asked for; an actor comes with its sub-groups.
    pub(crate) fn query(&self) -> Result<Query, Problem> {
        let actors = match self.actor.as_slice() {
            [] => Vec::new(),
            names => self.packs.registry()?.with_sub_groups(names),
        };
        Ok(Query {
            from: self.from,
            to: self.to,
            place: self.place.clone(),
            iso3: self.country.as_ref().map(|it| it.to_uppercase()),
            adm1: self.adm1.clone(),
            adm2: self.adm2.clone(),
            actors,
            types: self.types.clone(),
            realis: self.realis.clone(),
            killed_at_least: self.killed,
            review: if self.reviewed { vec![ReviewState::Accepted, ReviewState::Corrected] } else { Vec::new() },
            text: self.text.clone(),
            sort: Sort::Oldest,
            limit: 500,
            as_of: self.as_of,
            ..Query::default()
        })
    }

    /// Hands every incident asked for to `sink`, oldest first, a page at a time.
    pub(crate) fn each(
        &self,
        ledger: &Ledger,
        mut sink: impl FnMut(Incident) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let mut query = self.query()?;
        loop {
            let page = ledger.incidents(&query).map_err(ledger_problem)?;
            page.incidents.into_iter().try_for_each(&mut sink)?;
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// What was asked for, by the names of the options.
    pub(crate) fn filters(&self) -> BTreeMap<String, String> {
        let list = |items: &[String]| Some(items.join(", ")).filter(|it| !it.is_empty());
        let names = |items: Vec<String>| list(&items);
        let all = [
            ("from", self.from.map(|it| it.to_string())),
            ("to", self.to.map(|it| it.to_string())),
            ("country", self.country.clone()),
            ("adm1", self.adm1.clone()),
            ("adm2", self.adm2.clone()),
            ("place", self.place.clone()),
            ("actor", list(&self.actor)),
            ("type", names(self.types.iter().map(ToString::to_string).collect())),
            ("realis", names(self.realis.iter().map(ToString::to_string).collect())),
            ("killed", self.killed.map(|it| it.to_string())),
            ("text", self.text.clone()),
            ("reviewed", self.reviewed.then(|| "true".to_owned())),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

/// The ledger that a folder lies in.
pub(crate) fn open(folder: &Path, access: Access) -> Result<Ledger, Problem> {
    let folder = folder
        .canonicalize()
        .map_err(|it| anyhow!(it).context(format!("cannot open the folder {}", folder.display())))?;
    let found = Ledger::find(&folder).map_err(ledger_problem)?;
    Ledger::open(&found, access).map_err(ledger_problem)
}

/// A ledger's error with its own advice.
pub(crate) fn ledger_problem(error: LedgerError) -> Problem {
    let hint = error.hint();
    Problem { error: error.into(), hint }
}
