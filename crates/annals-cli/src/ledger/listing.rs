//! Lists: incidents, possible matches, the log.

use annals_incidents::{Incident, ReviewState};
use annals_ledger::{Access, Entry, Operation, Query};
use anstyle::{AnsiColor, Style};

use super::args::{IncidentsArgs, ListFormat, LogArgs, MatchesArgs, Which};
use super::table::{BOLD, Cell, DIM, PLAIN, clean, print, print_csv, print_json};
use crate::Outcome;
use crate::ledger_query::open;
use crate::problem::Problem;

/// What a list shows of an incident's name: enough to be the only one.
pub(super) fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

/// The query of a command's filters, actors with their sub-groups.
pub(super) fn query(which: &Which) -> Result<Query, Problem> {
    let mut query = which.query.query()?;
    query.bounds = which.bounds;
    if which.unreviewed {
        query.review = vec![ReviewState::Unreviewed];
    }
    if which.rejected {
        query.review = vec![ReviewState::Rejected];
    }
    Ok(query)
}

pub(super) fn incidents(args: &IncidentsArgs) -> Result<Outcome, Problem> {
    let ledger = args.which.query.open(Access::Read)?;
    let query = Query { sort: args.sort.into(), limit: args.limit, after: args.after.clone(), ..query(&args.which)? };
    let page = ledger.incidents(&query)?;
    match args.format {
        ListFormat::Json => print_json(&page.incidents)?,
        ListFormat::Csv => print_csv(&CSV, page.incidents.iter().map(csv_row))?,
        ListFormat::Table => {
            let mut rows = vec![head(&["day", "id", "killed", "sources", "", "what"])];
            rows.extend(page.incidents.iter().map(row));
            if !page.incidents.is_empty() {
                print(&rows, &[2, 3])?;
            }
            if let Some(next) = &page.next {
                print(&[vec![(format!("more with --after {next}"), DIM)]], &[])?;
            }
        }
    }
    Ok(if page.incidents.is_empty() { Outcome::Incomplete } else { Outcome::Done })
}

pub(super) fn head(names: &[&str]) -> Vec<Cell> {
    names.iter().map(|it| ((*it).to_owned(), DIM)).collect()
}

pub(super) fn days(incident: &Incident) -> String {
    match &incident.date {
        None => "undated".to_owned(),
        Some(days) if days.start == days.end => days.start.to_string(),
        Some(days) => format!("{}…", days.start),
    }
}

/// The best number of people killed over all sides; empty when not told.
pub(super) fn killed(incident: &Incident) -> String {
    let killed = incident.figures.iter().filter(|it| it.what == annals_record::OutcomeKind::Killed);
    let total = killed.filter_map(|it| it.best.or(it.low)).reduce(u64::saturating_add);
    total.map(|it| it.to_string()).unwrap_or_default()
}

/// A sign for what people have said, readable without colour.
pub(super) fn sign(review: ReviewState) -> Cell {
    match review {
        ReviewState::Unreviewed => ("·".to_owned(), DIM),
        ReviewState::Accepted => ("✓".to_owned(), Style::new().fg_color(Some(AnsiColor::Green.into()))),
        ReviewState::Corrected => ("✎".to_owned(), Style::new().fg_color(Some(AnsiColor::Green.into()))),
        ReviewState::Rejected => ("✗".to_owned(), Style::new().fg_color(Some(AnsiColor::Red.into()))),
    }
}

fn row(incident: &Incident) -> Vec<Cell> {
    vec![
        (days(incident), PLAIN),
        (short(&incident.id.0), DIM),
        (killed(incident), BOLD),
        (incident.n_independent.to_string(), DIM),
        sign(incident.review),
        (clean(&incident.title), PLAIN),
    ]
}

const CSV: [&str; 20] = [
    "id",
    "type",
    "scope",
    "realis",
    "title",
    "date_start",
    "date_end",
    "date_precision",
    "place",
    "iso3",
    "adm1",
    "adm2",
    "lat",
    "lon",
    "killed",
    "disputed",
    "review",
    "tellings",
    "independent_sources",
    "last_changed",
];

fn csv_row(it: &Incident) -> Vec<String> {
    let text = |value: Option<String>| value.unwrap_or_default();
    let place = it.location.as_ref();
    vec![
        it.id.0.clone(),
        it.event_type.to_string(),
        it.scope.to_string(),
        it.realis.to_string(),
        it.title.clone(),
        text(it.date.as_ref().map(|it| it.start.to_string())),
        text(it.date.as_ref().map(|it| it.end.to_string())),
        text(it.date.as_ref().map(|it| it.precision.to_string())),
        text(it.place.clone()),
        text(place.and_then(|it| it.iso3.clone())),
        text(place.and_then(|it| it.adm1.clone())),
        text(place.and_then(|it| it.adm2.clone())),
        text(place.and_then(|it| it.lat).map(|it| it.to_string())),
        text(place.and_then(|it| it.lon).map(|it| it.to_string())),
        killed(it),
        it.disputed.to_string(),
        format!("{:?}", it.review).to_lowercase(),
        it.tellings.len().to_string(),
        it.n_independent.to_string(),
        it.last_changed.to_string(),
    ]
}

pub(super) fn matches(args: &MatchesArgs) -> Result<Outcome, Problem> {
    let ledger = open(&args.listed.ledger, Access::Read)?;
    let proposals = ledger.proposals(args.limit)?;
    match args.listed.format {
        ListFormat::Json => print_json(&proposals)?,
        ListFormat::Csv => {
            let rows = proposals
                .iter()
                .map(|it| vec![it.score.to_string(), it.one.0.clone(), it.other.0.clone(), it.why.clone()]);
            print_csv(&["score", "one", "other", "why"], rows)?;
        }
        ListFormat::Table => {
            for it in &proposals {
                let title = |id| ledger.incident(id, None).map(|it| it.map(|it| it.title).unwrap_or_default());
                print(
                    &[
                        vec![
                            (format!("{:.2}", it.score), BOLD),
                            (short(&it.one.0), DIM),
                            (clean(&title(&it.one)?), PLAIN),
                        ],
                        vec![(String::new(), PLAIN), (short(&it.other.0), DIM), (clean(&title(&it.other)?), PLAIN)],
                        vec![(String::new(), PLAIN), (String::new(), PLAIN), (clean(&it.why), DIM)],
                    ],
                    &[],
                )?;
            }
        }
    }
    Ok(if proposals.is_empty() { Outcome::Incomplete } else { Outcome::Done })
}

pub(super) fn log(args: &LogArgs) -> Result<Outcome, Problem> {
    let ledger = open(&args.listed.ledger, Access::Read)?;
    let entries: Vec<Entry> = if args.lost {
        ledger.lost_decisions()?.into_iter().map(|it| it.0).collect()
    } else {
        ledger.log(None, args.limit)?
    };
    let time = |it: &Entry| it.at.strftime("%Y-%m-%d %H:%M:%S").to_string();
    match args.listed.format {
        ListFormat::Json => print_json(&entries)?,
        ListFormat::Csv => {
            let row = |it: &Entry| {
                let force = it.in_force.to_string();
                vec![
                    it.seq.to_string(),
                    time(it),
                    it.who.clone(),
                    it.operation.kind().to_owned(),
                    force,
                    in_words(&it.operation),
                ]
            };
            print_csv(&["seq", "time", "who", "kind", "in_force", "what"], entries.iter().map(row))?;
        }
        ListFormat::Table => {
            let row = |it: &Entry| {
                let style = if it.in_force { PLAIN } else { DIM.strikethrough() };
                vec![
                    (it.seq.to_string(), BOLD),
                    (time(it), DIM),
                    (clean(&it.who), PLAIN),
                    (it.operation.kind().to_owned(), style),
                    (clean(&in_words(&it.operation)) + if it.in_force { "" } else { " (undone)" }, style),
                ]
            };
            print(&entries.iter().map(row).collect::<Vec<_>>(), &[0])?;
        }
    }
    Ok(if entries.is_empty() { Outcome::Incomplete } else { Outcome::Done })
}

/// What an operation did, in a line.
pub(super) fn in_words(operation: &Operation) -> String {
    let because = |reason: &Option<String>| reason.as_ref().map(|it| format!(": {it}")).unwrap_or_default();
    match operation {
        Operation::Coding { reports, model, .. } => format!("{} reports by {model}", reports.len()),
        Operation::Import { reports, format } => format!("{} records of {format}", reports.len()),
        Operation::Add { anchor, event, reason } => {
            let words = event.as_ref().map_or("withdrawn", |it| it.trigger.text.as_str());
            format!("“{words}” in {}{}", anchor.report(), because(reason))
        }
        Operation::Decide { incident, verdict, reason, .. } => {
            format!("{} {}{}", format!("{verdict:?}").to_lowercase(), short(&incident.0), because(reason))
        }
        Operation::Edit { field, value, reason, .. } => format!("{field} = {value}{}", because(reason)),
        Operation::Merge { tellings, reason } => format!("{} tellings{}", tellings.len(), because(reason)),
        Operation::Split { groups, reason } => {
            let sizes: Vec<String> = groups.iter().map(|it| it.len().to_string()).collect();
            format!("{} tellings{}", sizes.join(" and "), because(reason))
        }
        Operation::Undo { operation, reason } => format!("operation {operation}{}", because(reason)),
        Operation::Withdraw { report, reason } => format!("{report}: {reason}"),
        Operation::Settings { rule } => format!("figures by {rule}"),
    }
}
