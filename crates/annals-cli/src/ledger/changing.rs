//! Commands that change a ledger.

use std::io::{IsTerminal, Write};

use annals_incidents::IncidentId;
use annals_ledger::{Access, Anchor, Ledger};
use annals_record::{Event, Span};
use anyhow::anyhow;

use super::args::{AddArgs, EditArgs, MergeArgs, RebuildArgs, RuleArgs, SplitArgs, UndoArgs, WithdrawArgs};
use super::{stamp, values, writable};
use crate::Outcome;
use crate::ledger_query::open;
use crate::problem::Problem;
use crate::ui::Ui;

fn told(ui: &Ui, what: &str, seq: u64) -> Outcome {
    ui.summary(&format!("{what} (operation {seq}; annals undo {seq} takes it back)"));
    Outcome::Done
}

pub(super) fn merge(args: &MergeArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut ledger = writable(&args.doing.ledger)?;
    let ids = args.ids.iter().map(|it| ledger.resolve(it)).collect::<Result<Vec<IncidentId>, _>>()?;
    let seq = ledger.merge(&stamp(args.doing.by.as_deref()), &ids, args.doing.reason.as_deref())?;
    let into = ids.iter().find(|it| ledger.incident(it, None).is_ok_and(|it| it.is_some()));
    Ok(told(ui, &format!("merged into {}", into.map_or("one", |it| &it.0)), seq))
}

pub(super) fn split(args: &SplitArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut ledger = writable(&args.doing.ledger)?;
    let id = ledger.resolve(&args.id)?;
    let (stamp, reason) = (stamp(args.doing.by.as_deref()), args.doing.reason.as_deref());
    let numbers: Option<Vec<usize>> = args.parts.iter().map(|it| it.parse().ok().filter(|it| *it < 1000)).collect();
    let seq = match (numbers, &args.parts[..]) {
        (Some(numbers), _) => {
            let anchors = anchors(&ledger, &id, &numbers)?;
            ledger.split(&stamp, &id, &anchors, reason)?
        }
        (None, [other]) => {
            let other = ledger.resolve(other)?;
            ledger.keep_apart(&stamp, &id, &other, reason)?
        }
        (None, _) => {
            return Err(Problem::new(
                anyhow!("give numbers of tellings, or one other incident"),
                "annals show counts the tellings",
            ));
        }
    };
    Ok(told(ui, "kept apart", seq))
}

/// The anchors of tellings by their numbers from 1, in the order of the account.
pub(super) fn anchors(ledger: &Ledger, id: &IncidentId, numbers: &[usize]) -> Result<Vec<Anchor>, Problem> {
    let all = ledger.anchors(id)?;
    let numbered = numbers.iter().map(|it| {
        let found = it.checked_sub(1).and_then(|it| all.get(it)).cloned();
        found.ok_or_else(|| Problem::new(anyhow!("{id} has no telling number {it}"), "annals show counts the tellings"))
    });
    numbered.collect()
}

pub(super) fn edit(args: &EditArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut ledger = writable(&args.doing.ledger)?;
    let id = ledger.resolve(&args.id)?;
    let incident = ledger.incident(&id, None)?.ok_or_else(|| anyhow!("{id} has ended"))?;
    let (field, value) = values::edit_of(&incident, &args.field, &args.value)?;
    let seq = ledger.edit(&stamp(args.doing.by.as_deref()), &id, &field, value, args.doing.reason.as_deref())?;
    Ok(told(ui, &format!("{} corrected", args.field), seq))
}

pub(super) fn add(args: &AddArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut ledger = writable(&args.doing.ledger)?;
    let report = ledger.report(&args.report)?.ok_or_else(|| anyhow!("there is no report {}", args.report))?;
    let text = &report.coded.document.text;
    let (at, words) = text.match_indices(&args.words).nth(args.nth.get() - 1).ok_or_else(|| {
        Problem::new(
            anyhow!("“{}” does not stand in the report so often", args.words),
            "give the words as the report has them",
        )
    })?;
    let start = text[..at].chars().count();
    let trigger = Span { start, end: start + words.chars().count(), text: words.to_owned() };
    let event = Event::bare(args.event_type, trigger);
    let seq = ledger.add(&stamp(args.doing.by.as_deref()), &args.report, event, args.doing.reason.as_deref())?;
    Ok(told(ui, "event added", seq))
}

pub(super) fn undo(args: &UndoArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut ledger = writable(&args.doing.ledger)?;
    let kind = ledger.operation(args.operation)?.operation.kind();
    let seq = ledger.undo(&stamp(args.doing.by.as_deref()), args.operation, args.doing.reason.as_deref())?;
    Ok(told(ui, &format!("{kind} {} undone", args.operation), seq))
}

pub(super) fn withdraw(args: &WithdrawArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let reason = args.doing.reason.as_deref().filter(|it| !it.trim().is_empty());
    let reason = reason
        .ok_or_else(|| Problem::new(anyhow!("a withdrawal needs a reason, which is kept"), "give it with --reason"))?;
    let mut ledger = writable(&args.doing.ledger)?;
    let report = ledger.report(&args.report)?.ok_or_else(|| anyhow!("there is no report {}", args.report))?;
    if !args.yes {
        if !std::io::stdin().is_terminal() {
            return Err(Problem::new(anyhow!("what is withdrawn cannot come back"), "say --yes when you are sure"));
        }
        write!(anstream::stderr(), "Erase “{}” for good? Type yes: ", report.coded.report.title)?;
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        if answer.trim() != "yes" {
            return Ok(Outcome::Incomplete);
        }
    }
    let seq = ledger.withdraw(&stamp(args.doing.by.as_deref()), &args.report, reason)?;
    ui.summary(&format!("withdrawn (operation {seq})"));
    Ok(Outcome::Done)
}

pub(super) fn rule(args: &RuleArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let Some(rule) = args.rule else {
        let ledger = open(&args.doing.ledger, Access::Read)?;
        writeln!(std::io::stdout(), "{}", ledger.rule()?)?;
        return Ok(Outcome::Done);
    };
    let mut ledger = writable(&args.doing.ledger)?;
    let seq = ledger.set_rule(&stamp(args.doing.by.as_deref()), rule)?;
    Ok(told(ui, &format!("figures are made by {rule}"), seq))
}

pub(super) fn rebuild(args: &RebuildArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut ledger = open(&args.ledger, if args.check { Access::Read } else { Access::Write })?;
    let wrong = ledger.check()?;
    for it in &wrong {
        writeln!(std::io::stdout(), "{it}")?;
    }
    if !args.check {
        let n = ledger.head()?;
        ledger.rebuild(|done| ui.detail(|| format!("{done} of {n} operations")))?;
        ui.summary(&format!("{n} operations worked in anew"));
    } else if wrong.is_empty() {
        ui.summary("every page is sound");
    }
    Ok(if wrong.is_empty() { Outcome::Done } else { Outcome::Incomplete })
}
