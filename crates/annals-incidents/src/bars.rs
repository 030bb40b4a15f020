//! What forbids that two tellings are one happening, whatever the score.

use crate::features::gap_days;
use crate::parties::{Likeness, likeness};
use crate::profile::Profile;
use crate::words::Lists;

/// The reason why these two can never be one happening; `None` where they can.
pub(crate) fn barred(one: &Profile<'_>, other: &Profile<'_>, max_gap_days: i32) -> Option<String> {
    let (a, b) = (&one.telling.event, &other.telling.event);
    if one.telling.report.id == other.telling.report.id {
        return Some("two events of one report".to_owned());
    }
    if let (Some(set), Some(other_set)) = (data_set(one), data_set(other))
        && set == other_set
    {
        return Some(format!("two rows of one data set, {set}"));
    }
    if a.scope != b.scope {
        return Some("one is a campaign, the other an incident".to_owned());
    }
    if is_opposite(one, other) {
        return Some("each side is named as the attacker of the other".to_owned());
    }
    let fine = |it: &Profile<'_>| it.days.is_some_and(|it| it.is_fine);
    match gap_days(one, other) {
        Some(gap) if gap > max_gap_days && !one.is_campaign() && fine(one) && fine(other) => {
            Some(format!("{gap} days apart"))
        }
        _ => None,
    }
}

/// The data set whose row a telling is, where it is one: such a report is named after its reader, `ucdp-ged:1234`.
///
/// Each row of a data set is an event of its own there.
fn data_set<'a>(one: &Profile<'a>) -> Option<&'a str> {
    let report = &one.telling.report;
    let is_row = report.id.strip_prefix(report.model.as_str()).is_some_and(|it| it.starts_with(':'));
    is_row.then_some(report.model.as_str())
}

/// One-sided acts of which one is done by the side that suffers the other.
fn is_opposite(one: &Profile<'_>, other: &Profile<'_>) -> bool {
    let lists = Lists::get();
    if [one, other].iter().any(|it| lists.is_mutual(it.telling.event.event_type)) {
        return false;
    }
    let same = |a, b| likeness(a, b) == Likeness::Same;
    let crossed = [same(&one.agents, &other.targets), same(&one.targets, &other.agents)];
    let straight = same(&one.agents, &other.agents) || same(&one.targets, &other.targets);
    crossed.contains(&true) && !straight
}
