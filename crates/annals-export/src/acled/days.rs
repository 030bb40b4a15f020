//! On which days a battle was fought: ACLED has a row for each of them.

use annals_incidents::{Incident, ReviewState};
use annals_record::{DateRef, Scope};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::sub_event::Tables;

/// How it is told that fighting went on from one day to another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BattleDays {
    /// Rules of dates that tell a first and a last day.
    first_to_last: Vec<String>,
    /// Rules of dates that tell a length of days, within which a campaign went on.
    campaigns: Vec<String>,
    /// Words that leave open which of the days it was.
    open: Vec<String>,
    /// Longer fighting has pauses, of which nothing is told.
    most_days: i32,
}

/// Each day of fighting that is told to have gone on from one day to the next; none where it fell on one day of these.
///
/// **Source**: ACLED codebook: an event is one day's, and fighting over several days is an event on each of them; what is
/// only known to have happened within some days is one event of coarser time precision.
pub(crate) fn days_of_fighting(incident: &Incident) -> Vec<Date> {
    let rules = &Tables::get().battle_days;
    let Some(days) = &incident.date else { return Vec::new() };
    let n_days = (days.end - days.start).get_days() + 1;
    if !(2..=rules.most_days).contains(&n_days) {
        return Vec::new();
    }
    let dates = || incident.tellings.iter().filter_map(|it| Some((it.event.scope, it.event.date.as_ref()?)));
    let mut same = dates().filter(|it| (it.1.start, it.1.end) == (days.start, days.end)).peekable();
    let goes_on = match same.peek() {
        Some(_) => same.any(|(scope, date)| rules.goes_on(scope, date)),
        // Days that a person set for a campaign are its days.
        None => incident.review == ReviewState::Corrected && incident.scope == Scope::Campaign,
    };
    if goes_on { days.start.series(1.day()).take_while(|it| *it <= days.end).collect() } else { Vec::new() }
}

impl BattleDays {
    fn goes_on(&self, scope: Scope, date: &DateRef) -> bool {
        // Without words of its own the day is only implied.
        let Some(words) = &date.span else { return false };
        let words = words.text.to_lowercase();
        let is_open = words.split(|it: char| !it.is_alphanumeric()).any(|it| self.open.iter().any(|word| word == it));
        !is_open
            && (self.first_to_last.contains(&date.rule)
                || scope == Scope::Campaign && self.campaigns.contains(&date.rule))
    }
}
