//! `annals review`: a person judges incidents one by one.

use std::io::{BufRead, Write};

use annals_incidents::{Incident, IncidentId, ReviewState};
use annals_ledger::{Ledger, Query, Sort, Verdict};
use anyhow::anyhow;

use super::args::ReviewArgs;
use super::{changing, page, stamp, values, writable};
use crate::Outcome;
use crate::problem::Problem;
use crate::ui::Ui;

const HELP: &str = "a [reason]         accept\n\
    r reason           reject\n\
    e FIELD VALUE      correct: title, type, date, place, disputed, killed, killed:civilian …\n\
    m ID [reason]      merge with another incident\n\
    s N [N …]          these tellings are a happening of their own\n\
    u N                take back operation N\n\
    n                  next, undecided\n\
    q                  end";

/// What a line of a reviewer led to.
enum Next {
    /// The same incident again, as it is now.
    Stay,
    Go,
    End,
}

pub(super) fn run(args: &ReviewArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut ledger = writable(&args.doing.ledger)?;
    let given = [(args.accept, Verdict::Accept), (args.reject, Verdict::Reject), (args.reopen, Verdict::Reopen)];
    let verdict = given.into_iter().find(|it| it.0).map(|it| it.1);
    if let (Some(id), Some(verdict)) = (&args.id, verdict) {
        let id = ledger.resolve(id)?;
        let seq = ledger.decide(&stamp(args.doing.by.as_deref()), &id, verdict, args.doing.reason.as_deref())?;
        ui.summary(&format!("kept as operation {seq}"));
        return Ok(Outcome::Done);
    }
    let one = args.id.as_ref().map(|it| ledger.resolve(it)).transpose()?;
    let mut query = Query { review: vec![ReviewState::Unreviewed], sort: Sort::Newest, limit: 1, ..Query::default() };
    let mut n_seen = 0;
    let mut lines = std::io::stdin().lock().lines();
    loop {
        let (incident, next) = match &one {
            Some(id) if n_seen == 0 => (ledger.incident(id, None)?, None),
            Some(_) => (None, None),
            None => {
                let page = ledger.incidents(&query)?;
                (page.incidents.into_iter().next(), page.next)
            }
        };
        let Some(incident) = incident else { break };
        n_seen += 1;
        if !walk(&mut ledger, &incident.id, args, &mut lines)? {
            break;
        }
        match next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    ui.summary(&format!("{n_seen} looked at"));
    Ok(if n_seen == 0 { Outcome::Incomplete } else { Outcome::Done })
}

/// Shows an incident until the reviewer goes on; gives false at the end of the review.
fn walk(
    ledger: &mut Ledger,
    id: &IncidentId,
    args: &ReviewArgs,
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
) -> Result<bool, Problem> {
    loop {
        // It may have been merged into another.
        let Some(incident) = ledger.incident(id, None)? else { return Ok(true) };
        writeln!(anstream::stdout(), "{}", page::page(ledger, &incident)?)?;
        loop {
            write!(
                anstream::stderr(),
                "a accept, r reject, e correct, m merge, s split, u undo, n next, q end, ? help: "
            )?;
            let Some(line) = lines.next().transpose()? else { return Ok(false) };
            match act(ledger, &incident, args, &line) {
                Ok(Next::Stay) => break,
                Ok(Next::Go) => return Ok(true),
                Ok(Next::End) => return Ok(false),
                Err(problem) => writeln!(anstream::stderr(), "{:#}", problem.error)?,
            }
        }
    }
}

fn act(ledger: &mut Ledger, incident: &Incident, args: &ReviewArgs, line: &str) -> Result<Next, Problem> {
    let stamp = stamp(args.doing.by.as_deref());
    let (command, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
    let rest = rest.trim();
    let reason = Some(rest).filter(|it| !it.is_empty()).or(args.doing.reason.as_deref());
    match command {
        "a" => ledger.decide(&stamp, &incident.id, Verdict::Accept, reason)?,
        "r" if reason.is_none() => return Err(anyhow!("say why: r REASON").into()),
        "r" => ledger.decide(&stamp, &incident.id, Verdict::Reject, reason)?,
        "e" => {
            let (field, value) = rest.split_once(' ').ok_or_else(|| anyhow!("e FIELD VALUE"))?;
            let (field, value) = values::edit_of(incident, field, value.trim())?;
            ledger.edit(&stamp, &incident.id, &field, value, args.doing.reason.as_deref())?;
            return Ok(Next::Stay);
        }
        "m" => {
            let (other, reason) = rest.split_once(' ').map_or((rest, None), |it| (it.0, Some(it.1)));
            let other = ledger.resolve(other)?;
            ledger.merge(&stamp, &[incident.id.clone(), other], reason.or(args.doing.reason.as_deref()))?;
            return Ok(Next::Stay);
        }
        "s" => {
            let numbers: Vec<usize> = rest.split([' ', ',']).filter_map(|it| it.parse().ok()).collect();
            let anchors = changing::anchors(ledger, &incident.id, &numbers)?;
            ledger.split(&stamp, &incident.id, &anchors, args.doing.reason.as_deref())?;
            return Ok(Next::Stay);
        }
        "u" => {
            let seq = rest.parse().map_err(|_| anyhow!("u NUMBER, as the history counts"))?;
            ledger.undo(&stamp, seq, args.doing.reason.as_deref())?;
            return Ok(Next::Stay);
        }
        "n" | "" => return Ok(Next::Go),
        "q" => return Ok(Next::End),
        _ => return Err(anyhow!("{HELP}").into()),
    };
    Ok(Next::Go)
}
