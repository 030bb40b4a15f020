//! Pairs that may be one happening, for a person to judge; and why tellings were put together.

use annals_incidents::{Incident, IncidentId, TellingId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::views;

/// Two incidents that may be one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Proposed {
    /// The one.
    pub one: IncidentId,
    /// The other.
    pub other: IncidentId,
    /// How likely they are one, by their most alike tellings. **Range**: 0 to 1.
    pub score: f64,
    /// What speaks for and against it, in words.
    pub why: String,
    /// Those tellings.
    pub tellings: (TellingId, TellingId),
}

impl Ledger {
    /// Pairs of incidents that may be one, most likely first, at most `limit`.
    ///
    /// [`Ledger::merge`] and [`Ledger::keep_apart`] answer them.
    pub fn proposals(&self, limit: usize) -> Result<Vec<Proposed>> {
        let sql = "SELECT a, b, score FROM proposals ORDER BY score DESC, a, b LIMIT ?1";
        let pairs = self
            .connection
            .prepare_cached(sql)?
            .query_map([limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<Vec<(i64, i64, f64)>>>()?;
        let mut proposed = Vec::new();
        for (a, b, score) in pairs {
            let (a, b) = (views::row(&self.connection, a)?, views::row(&self.connection, b)?);
            let (one, other) = (self.telling(&a.full_anchor())?, self.telling(&b.full_anchor())?);
            proposed.push(Proposed {
                one: IncidentId(a.incident),
                other: IncidentId(b.incident),
                score,
                why: self.matcher.pair(&one, &other).why,
                tellings: (one.id, other.id),
            });
        }
        Ok(proposed)
    }

    /// Why each telling of an incident but the first is part of it: its most alike telling before it, the score and the reason in words.
    pub fn reasons(&self, incident: &Incident) -> Vec<(TellingId, f64, String)> {
        let later = incident.tellings.iter().enumerate().skip(1);
        later
            .filter_map(|(idx, telling)| {
                let pairs = incident.tellings[..idx].iter().map(|before| self.matcher.pair(before, telling));
                let best = pairs.max_by(|a, b| a.score.total_cmp(&b.score))?;
                Some((telling.id.clone(), best.score, best.why))
            })
            .collect()
    }

    /// What speaks for and against two incidents being one: the score and the reason of their most alike tellings.
    ///
    /// **Errors**: [`LedgerError::Unknown`].
    pub fn compare(&self, one: &IncidentId, other: &IncidentId) -> Result<(f64, String)> {
        let known = |id: &IncidentId| self.incident(id, None)?.ok_or_else(|| LedgerError::unknown("incident", &id.0));
        let (one, other) = (known(one)?, known(other)?);
        let pairs = one.tellings.iter().flat_map(|a| other.tellings.iter().map(move |b| self.matcher.pair(a, b)));
        let best = pairs.max_by(|a, b| a.score.total_cmp(&b.score));
        Ok(best.map_or((0.0, String::new()), |it| (it.score, it.barred.unwrap_or(it.why))))
    }
}
