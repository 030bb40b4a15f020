//! Questions beyond the list: what changed, what happened to whom, who holds what, how many.

use std::io::Write as _;

use annals_incidents::Incident;
use annals_ledger::{
    Access, By, Change, ControlState, Counts, Fate, Holding, Ledger, Query, Sort, Stated, StatementQuery, called,
};
use annals_record::StatementKind;
use anstyle::{AnsiColor, Style};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;

use super::args::{ControlArgs, DiffArgs, ListFormat, StatsArgs, StatsBy, TimelineArgs};
use super::listing::{days, head, killed, query, short, sign};
use super::table::{BOLD, Cell, DIM, PLAIN, bar, clean, print, print_csv, print_json};
use crate::Outcome;
use crate::ledger_query::open;
use crate::problem::Problem;

pub(super) fn diff(args: &DiffArgs) -> Result<Outcome, Problem> {
    let ledger = open(&args.listed.ledger, Access::Read)?;
    let changes = ledger.diff(args.since, args.as_of)?;
    match args.listed.format {
        ListFormat::Json => print_json(&changes)?,
        ListFormat::Csv => {
            let rows = changes.iter().flat_map(|change| {
                let (fate, id) = (fate(change), change.incident.0.clone());
                let own = vec![
                    id.clone(),
                    fate.clone(),
                    change.title.clone(),
                    String::new(),
                    String::new(),
                    String::new(),
                    String::new(),
                ];
                let fields = change.fields.iter().map(move |it| {
                    let because = it.because.join("; ");
                    vec![
                        id.clone(),
                        fate.clone(),
                        change.title.clone(),
                        it.field.clone(),
                        it.before.clone(),
                        it.after.clone(),
                        because,
                    ]
                });
                if change.fields.is_empty() { vec![own] } else { fields.collect() }
            });
            print_csv(&["incident", "fate", "title", "field", "before", "after", "because"], rows)?;
        }
        ListFormat::Table => {
            for change in &changes {
                let first = vec![
                    (fate(change), fate_style(change)),
                    (short(&change.incident.0), DIM),
                    (clean(&change.title), BOLD),
                ];
                print(&[first], &[])?;
                let rows: Vec<Vec<Cell>> = change
                    .fields
                    .iter()
                    .map(|it| {
                        let value = |it: &str| if it.is_empty() { "–".to_owned() } else { clean(it) };
                        let because = if it.because.is_empty() {
                            String::new()
                        } else {
                            format!("  {}", clean(&it.because.join("; ")))
                        };
                        let moved = format!("{} → {}{because}", value(&it.before), value(&it.after));
                        vec![("   ".to_owned(), PLAIN), (it.field.clone(), DIM), (moved, PLAIN)]
                    })
                    .collect();
                print(&rows, &[])?;
            }
        }
    }
    Ok(if changes.is_empty() { Outcome::Incomplete } else { Outcome::Done })
}

fn fate(change: &Change) -> String {
    let names = |ids: &[annals_incidents::IncidentId]| ids.iter().map(|it| short(&it.0)).collect::<Vec<_>>().join(", ");
    match &change.fate {
        Fate::New => "new".to_owned(),
        Fate::Changed => "changed".to_owned(),
        Fate::Gone => "gone".to_owned(),
        Fate::Merged { into } => format!("merged into {}", names(into)),
        Fate::Parted { from } => format!("parted from {}", names(from)),
    }
}

fn fate_style(change: &Change) -> Style {
    let colour = match change.fate {
        Fate::New | Fate::Parted { .. } => AnsiColor::Green,
        Fate::Changed => AnsiColor::Yellow,
        Fate::Gone | Fate::Merged { .. } => AnsiColor::Red,
    };
    colour.on_default()
}

/// Kinds that tell of an actor's own life.
const TIES: [StatementKind; 6] = [
    StatementKind::Leads,
    StatementKind::Member,
    StatementKind::Allegiance,
    StatementKind::Alliance,
    StatementKind::Rivalry,
    StatementKind::Toll,
];

pub(super) fn timeline(args: &TimelineArgs) -> Result<Outcome, Problem> {
    let ledger = open(&args.asked.listed.ledger, Access::Read)?;
    let actors = args.packs.registry()?.with_sub_groups(&[&args.name]);
    let of_actor = Query { actors: actors.clone(), ..Query::default() };
    let of_place = Query { place: Some(args.name.clone()), ..Query::default() };
    let is_actor = ledger.count(&of_actor, 1)? > 0;
    let query = Query {
        sort: Sort::Oldest,
        limit: 1000,
        as_of: args.asked.as_of,
        ..if is_actor { of_actor } else { of_place }
    };
    let incidents = all(&ledger, query)?;
    let asked = if is_actor {
        StatementQuery { subjects: actors, kinds: TIES.to_vec(), ..StatementQuery::default() }
    } else {
        StatementQuery { place: Some(args.name.clone()), ..StatementQuery::default() }
    };
    let statements = ledger.statements(&StatementQuery { as_of: args.asked.as_of, ..asked })?;
    let n = incidents.len() + statements.len();
    let mut moments: Vec<(Option<Date>, Vec<Cell>)> = incidents.iter().map(moment).collect();
    moments.extend(statements.iter().map(saying));
    // Undated ones stand first; of one day, incidents do.
    moments.sort_by_key(|it| it.0);
    match args.asked.listed.format {
        ListFormat::Json => print_json(&json!({"incidents": incidents, "statements": statements}))?,
        ListFormat::Csv => {
            let rows = moments.into_iter().map(|it| it.1.into_iter().map(|it| it.0).collect());
            print_csv(&["day", "id", "killed", "review", "what"], rows)?;
        }
        ListFormat::Table => print(&moments.into_iter().map(|it| it.1).collect::<Vec<_>>(), &[2])?,
    }
    Ok(if n == 0 { Outcome::Incomplete } else { Outcome::Done })
}

fn all(ledger: &Ledger, mut query: Query) -> Result<Vec<Incident>, Problem> {
    let mut incidents = Vec::new();
    loop {
        let page = ledger.incidents(&query)?;
        incidents.extend(page.incidents);
        query.after = page.next;
        if query.after.is_none() {
            return Ok(incidents);
        }
    }
}

fn moment(it: &Incident) -> (Option<Date>, Vec<Cell>) {
    let row =
        vec![(days(it), PLAIN), (short(&it.id.0), DIM), (killed(it), BOLD), sign(it.review), (clean(&it.title), PLAIN)];
    (it.date.as_ref().map(|it| it.start), row)
}

fn saying(it: &Stated) -> (Option<Date>, Vec<Cell>) {
    let statement = &it.statement;
    let day = statement.date.as_ref().map(|it| it.start).or(it.published);
    let object = statement.object.as_ref().map(|it| format!(" {}", called(it))).unwrap_or_default();
    let kind = statement.kind.as_str().replace('_', " ");
    let outlet = it.publisher.as_deref().unwrap_or(&it.doc);
    let text = format!("{} {kind}{object}: “{}” ({outlet})", called(&statement.subject), statement.span.text);
    let day_text = day.map_or("undated".to_owned(), |it| it.to_string());
    let row =
        vec![(day_text, DIM), (String::new(), DIM), (String::new(), DIM), ("“".to_owned(), DIM), (clean(&text), DIM)];
    (day, row)
}

pub(super) fn control(args: &ControlArgs) -> Result<Outcome, Problem> {
    let ledger = open(&args.asked.listed.ledger, Access::Read)?;
    let on = args.on.unwrap_or_else(|| args.asked.as_of.unwrap_or_else(Timestamp::now).to_zoned(TimeZone::UTC).date());
    let actors = args.packs.registry()?.with_sub_groups(&[&args.name]);
    let mut holdings = ledger.control_of_actor(&actors, on, args.asked.as_of)?;
    if holdings.is_empty() {
        holdings.extend(ledger.control_of_place(&args.name, on, args.asked.as_of)?);
    }
    match args.asked.listed.format {
        ListFormat::Json => print_json(&holdings)?,
        ListFormat::Csv => {
            let rows = holdings.iter().flat_map(|holding| {
                holding.holders.iter().map(|it| {
                    let state = format!("{:?}", holding.state).to_lowercase();
                    let worth = format!("{:.3}", it.worth);
                    vec![
                        holding.place.clone(),
                        state,
                        it.party.clone(),
                        it.since.to_string(),
                        it.last_said.to_string(),
                        worth,
                    ]
                })
            });
            print_csv(&["place", "state", "party", "since", "last_said", "worth"], rows)?;
        }
        ListFormat::Table => {
            for holding in &holdings {
                print_holding(holding, on)?;
            }
        }
    }
    Ok(if holdings.is_empty() { Outcome::Incomplete } else { Outcome::Done })
}

fn print_holding(holding: &Holding, on: Date) -> Result<(), Problem> {
    let (state, colour) = match holding.state {
        ControlState::Held => ("held", AnsiColor::Green),
        ControlState::Contested => ("contested", AnsiColor::Red),
        ControlState::Unclear => ("unclear", AnsiColor::Yellow),
    };
    print(&[vec![(clean(&holding.place), BOLD), (format!("{state} on {on}"), colour.on_default())]], &[])?;
    let holders = holding.holders.iter().map(|it| {
        let text = format!("since {}, last said {}, worth {:.2}", it.since, it.last_said, it.worth);
        vec![("  ".to_owned(), PLAIN), (clean(&it.party), BOLD), (text, PLAIN)]
    });
    print(&holders.collect::<Vec<_>>(), &[])?;
    let said = holding.assertions.iter().map(|it| {
        let party = it.party.as_deref().unwrap_or("");
        let kind = format!("{:?}", it.kind).to_lowercase();
        let text = format!("{party} {kind}: “{}” ({})", it.words, it.outlet);
        vec![("  ".to_owned(), PLAIN), (it.day.to_string(), DIM), (clean(&text), DIM)]
    });
    print(&said.collect::<Vec<_>>(), &[])
}

/// Columns of a chart's longest bar.
const BAR: usize = 30;

pub(super) fn stats(args: &StatsArgs) -> Result<Outcome, Problem> {
    let ledger = args.which.query.open(Access::Read)?;
    let by = match args.by {
        StatsBy::Year => By::Year,
        StatsBy::Month => By::Month,
        StatsBy::Country => By::Country,
        StatsBy::Adm1 => By::Adm1,
        StatsBy::Type => By::Type,
        StatsBy::Actor => By::Actor,
        StatsBy::Review => By::Review,
    };
    let mut counts = ledger.stats(&query(&args.which)?, by)?;
    if by == By::Actor {
        let registry = args.which.query.packs.registry()?;
        for it in &mut counts {
            it.group = it.group.take().map(|id| registry.get(&id).map_or(id, |it| it.name.clone()));
        }
    }
    match args.format {
        ListFormat::Json => print_json(&counts)?,
        ListFormat::Csv => {
            let row = |it: &Counts| {
                let numbers = [it.incidents, it.with_killed, it.killed, it.killed_low, it.killed_high];
                std::iter::once(it.group.clone().unwrap_or_default()).chain(numbers.map(|it| it.to_string())).collect()
            };
            let head = ["group", "incidents", "with_killed", "killed", "killed_low", "killed_high"];
            print_csv(&head, counts.iter().map(row))?;
        }
        ListFormat::Table if !counts.is_empty() => {
            let most = counts.iter().map(|it| it.killed).max().unwrap_or_default();
            let mut rows = vec![head(&["", "incidents", "killed", "low", "high", ""])];
            rows.extend(counts.iter().map(|it| {
                vec![
                    (clean(&it.group.clone().unwrap_or_else(|| "not known".to_owned()).replace('_', " ")), PLAIN),
                    (it.incidents.to_string(), PLAIN),
                    (it.killed.to_string(), BOLD),
                    (it.killed_low.to_string(), DIM),
                    (it.killed_high.to_string(), DIM),
                    (bar(it.killed, most, BAR), AnsiColor::Red.on_default()),
                ]
            }));
            print(&rows, &[1, 2, 3, 4])?;
        }
        ListFormat::Table => {}
    }
    std::io::stdout().flush()?;
    Ok(if counts.is_empty() { Outcome::Incomplete } else { Outcome::Done })
}
