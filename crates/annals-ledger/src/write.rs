//! Operations from outside: each is one transaction, acknowledged when it is on the disk.

use std::collections::{BTreeMap, BTreeSet};

use annals_incidents::{IncidentId, Rule};
use annals_record::{CodedReport, Event};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde_json::Value;

use crate::anchors::new_name;
use crate::blob::{pack, pack_json, timestamp};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::log;
use crate::operation::{Anchor, Operation, Stamp, Target, Verdict};
use crate::views::{self, STANDS, Views};

/// A coded report on its way into the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// The record.
    pub coded: CodedReport,
    /// The bytes as received, whose hash is the report's id; `None` when they are not at hand.
    pub received: Option<Vec<u8>>,
}

/// What became of a batch of reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// The operation; `None` when there was nothing new.
    pub operation: Option<u64>,
    /// Reports that were not there before.
    pub n_new: usize,
    /// Reports that were there, and say something else by their new coding.
    pub n_recoded: usize,
    /// Reports that were there, with the same coding.
    pub n_known: usize,
    /// Reports that were withdrawn before, and are not taken again.
    pub n_withdrawn: usize,
    /// Events in the new and recoded reports.
    pub n_events: usize,
}

impl Ledger {
    /// Takes in a batch of coded reports as one operation; after an error nothing of the batch is there.
    ///
    /// A batch of some hundred reports writes fastest: each waits for the disk once.
    pub fn ingest(&mut self, stamp: &Stamp, arrivals: Vec<Arrival>) -> Result<Ingested> {
        self.take_in(stamp, arrivals, |reports, first| Operation::Coding {
            reports,
            coder: first.report.coder.clone(),
            model: first.report.model.clone(),
        })
    }

    /// Takes over the records of another data set; each stands in as a report. `format` names the data set and its form.
    pub fn import(&mut self, stamp: &Stamp, arrivals: Vec<Arrival>, format: &str) -> Result<Ingested> {
        self.take_in(stamp, arrivals, |reports, _| Operation::Import { reports, format: format.to_owned() })
    }

    fn take_in(
        &mut self,
        stamp: &Stamp,
        arrivals: Vec<Arrival>,
        operation: impl FnOnce(Vec<String>, &CodedReport) -> Operation,
    ) -> Result<Ingested> {
        self.transact(|views| {
            let mut done = Ingested::default();
            let mut kept: Vec<(Arrival, bool)> = Vec::new();
            let mut seen = BTreeSet::new();
            for arrival in arrivals.into_iter().filter(|it| seen.insert(it.coded.report.id.clone())) {
                let standing = standing(views.connection, &arrival.coded.report.id)?;
                let is_first = matches!(standing, Standing::Absent);
                match standing {
                    Standing::Absent => done.n_new += 1,
                    Standing::Withdrawn => {
                        done.n_withdrawn += 1;
                        continue;
                    }
                    Standing::Coded(row) => match views::last_coding(views.connection, row)? {
                        Some(coded) if coded == arrival.coded => {
                            done.n_known += 1;
                            continue;
                        }
                        Some(_) => done.n_recoded += 1,
                        None => done.n_new += 1,
                    },
                }
                done.n_events += arrival.coded.events.len();
                kept.push((arrival, is_first));
            }
            let Some(first) = kept.first() else { return Ok(done) };
            let ids = kept.iter().map(|it| it.0.coded.report.id.clone()).collect();
            let operation = operation(ids, &first.0.coded);
            let (seq, at) = log::append(views.connection, stamp, &operation)?;
            for (arrival, is_first) in kept {
                let row = keep(views.connection, seq, &arrival)?;
                if is_first {
                    views.arrived.insert(row, arrival.coded);
                }
            }
            views.work_in(seq, at, &operation)?;
            done.operation = Some(seq.cast_unsigned());
            Ok(done)
        })
    }

    /// Adds an event to a report that the coder missed; it outlives later codings. Its id is given anew; gives the operation's number.
    ///
    /// A coded event on the same words, or words that overlap, is the same telling from then on, and gives way.
    ///
    /// **Errors**: [`LedgerError::Unknown`]; [`LedgerError::Refused`] when a span is no stretch of the document, or an event
    /// stands on the same trigger.
    pub fn add(&mut self, stamp: &Stamp, report: &str, event: Event, reason: Option<&str>) -> Result<u64> {
        let unknown = || LedgerError::unknown("report", report);
        self.transact(|views| {
            let row = log::report_row(views.connection, report)?.ok_or_else(unknown)?;
            let present = views::present(views.connection, row, STANDS)?.ok_or_else(unknown)?;
            if present.coded.events.iter().any(|it| it.trigger == event.trigger) {
                return Err(LedgerError::refused("an event is named by these words already"));
            }
            if views::placed(event.clone(), &present.coded.document.text).as_ref() != Some(&event) {
                return Err(LedgerError::refused("words of the event are no stretch of this report"));
            }
            let anchor = Anchor(format!("{report}@{}", new_name(&present.known, &event.trigger)));
            let operation = Operation::Add { anchor, event: Some(Box::new(event)), reason: owned(reason) };
            work(views, stamp, &operation)
        })
    }

    /// Keeps a person's judgement of an incident; gives the operation's number.
    ///
    /// **Errors**: [`LedgerError::Unknown`].
    pub fn decide(
        &mut self,
        stamp: &Stamp,
        incident: &IncidentId,
        verdict: Verdict,
        reason: Option<&str>,
    ) -> Result<u64> {
        let anchor = self.first_anchor(incident)?;
        let incident = incident.clone();
        self.operate(stamp, &Operation::Decide { incident, anchor, verdict, reason: owned(reason) })
    }

    /// Corrects a field of one report's telling: the coder read it wrongly. `field` and `value` are of the JSON of [`annals_record::Event`].
    ///
    /// **Errors**: [`LedgerError::Unknown`]; [`LedgerError::Refused`] when the value does not fit the field.
    pub fn edit_telling(
        &mut self,
        stamp: &Stamp,
        telling: &Anchor,
        field: &str,
        value: Value,
        reason: Option<&str>,
    ) -> Result<u64> {
        let told = self.telling(telling)?;
        if field == "id" || views::with_field(&told.event, field, value.clone()).is_none() {
            return Err(LedgerError::refused(format!("{value} is no value for the field {field} of an event")));
        }
        let target = Target::Telling(telling.clone());
        self.operate(stamp, &Operation::Edit { target, field: field.to_owned(), value, reason: owned(reason) })
    }

    /// Corrects a field of an incident's account: a person knows better than its reports, whose claims stay as they are.
    ///
    /// `field` and `value` are of the JSON of [`annals_incidents::Incident`]: `type`, `scope`, `realis`, `title`, `agents`, `targets`,
    /// `disputed`, `place`, `where`, `date` or `weapons`; or `figure` with one [`annals_incidents::Figure`], which takes the place of
    /// the one of the same outcome, side and class.
    ///
    /// **Errors**: [`LedgerError::Unknown`]; [`LedgerError::Refused`] when the value does not fit the field.
    pub fn edit(
        &mut self,
        stamp: &Stamp,
        incident: &IncidentId,
        field: &str,
        value: Value,
        reason: Option<&str>,
    ) -> Result<u64> {
        let anchor = self.first_anchor(incident)?;
        let account = self.incident(incident, None)?.ok_or_else(|| LedgerError::unknown("incident", &incident.0))?;
        if views::overlaid(&account, field, &value, 0, None).is_none() {
            return Err(LedgerError::refused(format!("{value} is no value for the field {field} of an incident")));
        }
        let target = Target::Incident { id: incident.clone(), anchor };
        self.operate(stamp, &Operation::Edit { target, field: field.to_owned(), value, reason: owned(reason) })
    }

    /// Says that incidents are one happening.
    ///
    /// **Errors**: [`LedgerError::Unknown`]; [`LedgerError::Refused`] for fewer than two.
    pub fn merge(&mut self, stamp: &Stamp, incidents: &[IncidentId], reason: Option<&str>) -> Result<u64> {
        let distinct: BTreeSet<&IncidentId> = incidents.iter().collect();
        if distinct.len() < 2 {
            return Err(LedgerError::refused("a merge needs two incidents"));
        }
        let mut tellings = Vec::new();
        for incident in distinct {
            tellings.extend(self.anchors(incident)?);
        }
        self.operate(stamp, &Operation::Merge { tellings, reason: owned(reason) })
    }

    /// Says that some tellings of an incident are a happening of their own.
    ///
    /// **Errors**: [`LedgerError::Unknown`]; [`LedgerError::Refused`] when a telling is not the incident's, or none would be left.
    pub fn split(
        &mut self,
        stamp: &Stamp,
        incident: &IncidentId,
        apart: &[Anchor],
        reason: Option<&str>,
    ) -> Result<u64> {
        let all = self.anchors(incident)?;
        if let Some(stranger) = apart.iter().find(|it| !all.contains(it)) {
            return Err(LedgerError::refused(format!("{stranger} is no telling of {incident}")));
        }
        let (apart, rest): (Vec<Anchor>, Vec<Anchor>) = all.into_iter().partition(|it| apart.contains(it));
        if apart.is_empty() || rest.is_empty() {
            return Err(LedgerError::refused("a split needs tellings on both sides"));
        }
        self.operate(stamp, &Operation::Split { groups: vec![rest, apart], reason: owned(reason) })
    }

    /// Says that two incidents are not one happening: they are no longer proposed, nor joined by later reports.
    ///
    /// **Errors**: [`LedgerError::Unknown`]; [`LedgerError::Refused`] when both are one.
    pub fn keep_apart(
        &mut self,
        stamp: &Stamp,
        one: &IncidentId,
        other: &IncidentId,
        reason: Option<&str>,
    ) -> Result<u64> {
        if one == other {
            return Err(LedgerError::refused("an incident cannot be kept apart from itself"));
        }
        let groups = vec![self.anchors(one)?, self.anchors(other)?];
        self.operate(stamp, &Operation::Split { groups, reason: owned(reason) })
    }

    /// Takes back an operation; an undo can itself be taken back. Gives the undo's number.
    ///
    /// **Errors**: [`LedgerError::Unknown`]; [`LedgerError::Refused`] for what is undone already, and for withdrawals.
    pub fn undo(&mut self, stamp: &Stamp, operation: u64, reason: Option<&str>) -> Result<u64> {
        let entry = log::entry(&self.connection, operation)?;
        if !entry.in_force {
            return Err(LedgerError::refused(format!("operation {operation} is undone already")));
        }
        if matches!(entry.operation, Operation::Withdraw { .. }) {
            return Err(LedgerError::refused("what was withdrawn is erased and cannot come back"));
        }
        self.operate(stamp, &Operation::Undo { operation, reason: owned(reason) })
    }

    /// Chooses the rule by which figures are made; every account is made anew.
    pub fn set_rule(&mut self, stamp: &Stamp, rule: Rule) -> Result<u64> {
        self.operate(stamp, &Operation::Settings { rule })
    }

    fn operate(&mut self, stamp: &Stamp, operation: &Operation) -> Result<u64> {
        self.transact(|views| work(views, stamp, operation))
    }

    /// Does all of `work` or nothing.
    pub(crate) fn transact<T>(&mut self, work: impl FnOnce(&mut Views<'_>) -> Result<T>) -> Result<T> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: i64 = transaction.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        if version != self.cache.data_version {
            // Another program has written meanwhile.
            self.cache.tellings.clear();
            self.cache.data_version = version;
        }
        let mut views = Views {
            connection: &transaction,
            cache: &mut self.cache,
            matcher: &self.matcher,
            seq: 0,
            at: timestamp(0),
            rule: Rule::default(),
            arrived: BTreeMap::new(),
        };
        let result = work(&mut views).and_then(|done| {
            transaction.commit()?;
            Ok(done)
        });
        if result.is_err() {
            self.cache.tellings.clear();
        }
        result
    }
}

impl Views<'_> {
    pub(crate) fn work_in(&mut self, seq: i64, at: i64, operation: &Operation) -> Result<()> {
        (self.seq, self.at) = (seq, timestamp(at));
        views::apply(self, operation)
    }
}

/// Adds an operation and works it in; gives its number.
fn work(views: &mut Views<'_>, stamp: &Stamp, operation: &Operation) -> Result<u64> {
    let (seq, at) = log::append(views.connection, stamp, operation)?;
    views.work_in(seq, at, operation)?;
    Ok(seq.cast_unsigned())
}

enum Standing {
    Absent,
    Coded(i64),
    Withdrawn,
}

fn standing(connection: &Connection, hash: &str) -> Result<Standing> {
    let Some(row) = log::report_row(connection, hash)? else { return Ok(Standing::Absent) };
    let sql = "SELECT 1 FROM codings WHERE report = ?1 AND body IS NOT NULL LIMIT 1";
    let coded = connection.prepare_cached(sql)?.query_row([row], |_| Ok(())).optional()?;
    Ok(if coded.is_some() { Standing::Coded(row) } else { Standing::Withdrawn })
}

/// Stores a report; gives its row.
fn keep(connection: &Connection, seq: i64, arrival: &Arrival) -> Result<i64> {
    let received = arrival.received.as_deref().map(pack);
    let sql = "INSERT INTO reports (hash, received) VALUES (?1, ?2)
        ON CONFLICT (hash) DO UPDATE SET received = COALESCE(received, excluded.received) RETURNING id";
    let row: i64 =
        connection.prepare_cached(sql)?.query_row(params![arrival.coded.report.id, received], |row| row.get(0))?;
    let body = pack_json(&arrival.coded)?;
    let sql = "INSERT INTO codings (report, seq, body) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![row, seq, body])?;
    Ok(row)
}

fn owned(reason: Option<&str>) -> Option<String> {
    reason.map(str::to_owned).filter(|it| !it.trim().is_empty())
}
