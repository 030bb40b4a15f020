//! `annals show`: one incident on one page.

use std::fmt::Write as _;
use std::io::Write as _;

use annals_incidents::{Claim, Figure, Incident, Member, Telling};
use annals_ledger::{Access, Ledger, Version};
use anyhow::anyhow;

use super::args::{ListFormat, ShowArgs};
use super::listing::in_words;
use super::table::{BOLD, DIM, clean, print_csv, print_json, width};
use crate::Outcome;
use crate::ledger_query::open;
use crate::output::quote::wrap;
use crate::problem::Problem;

const LABEL: usize = 10;
/// Of a sentence that runs on, what is shown on each side of the trigger. **Units**: characters.
const CONTEXT: usize = 160;

pub(super) fn show(args: &ShowArgs) -> Result<Outcome, Problem> {
    let ledger = open(&args.asked.listed.ledger, Access::Read)?;
    let id = ledger.resolve(&args.id)?;
    let Some(incident) = ledger.incident(&id, args.asked.as_of)? else {
        let now = ledger.successors(&id)?;
        let names: Vec<String> = now.iter().map(|it| it.0.clone()).collect();
        let why = match (args.asked.as_of, names.is_empty()) {
            (Some(time), _) => format!("{id} was not known at {time}"),
            (None, true) => format!("{id} has ended: its reports are gone"),
            (None, false) => format!("{id} has ended: its tellings are in {}", names.join(", ")),
        };
        return Err(anyhow!(why).into());
    };
    match args.asked.listed.format {
        ListFormat::Json => print_json(&incident)?,
        ListFormat::Csv => print_csv(&CLAIMS, incident.figures.iter().flat_map(claim_rows))?,
        ListFormat::Table => write!(anstream::stdout().lock(), "{}", page(&ledger, &incident)?)?,
    }
    Ok(Outcome::Done)
}

const CLAIMS: [&str; 12] =
    ["what", "side", "item", "low", "best", "high", "part", "words", "source", "publisher", "published", "telling"];

fn claim_rows(figure: &Figure) -> Vec<Vec<String>> {
    let number = |it: Option<u64>| it.map(|it| it.to_string()).unwrap_or_default();
    let row = |it: &Claim| {
        vec![
            figure.what.to_string(),
            figure.side.to_string(),
            figure.item.map(|it| it.to_string()).unwrap_or_default(),
            number(it.low),
            number(it.best),
            number(it.high),
            it.part.to_string(),
            it.words.clone(),
            it.source.clone().unwrap_or_default(),
            it.publisher.clone().unwrap_or_default(),
            it.published.map(|it| it.to_string()).unwrap_or_default(),
            it.telling.0.clone(),
        ]
    };
    figure.claims.iter().map(row).collect()
}

/// The whole page.
pub(super) fn page(ledger: &Ledger, incident: &Incident) -> Result<String, Problem> {
    let mut out = String::new();
    for range in wrap(&incident.title, 0..incident.title.len(), width()) {
        out += &format!("{BOLD}{}{BOLD:#}\n", &incident.title[range]);
    }
    let head = format!(
        "{} · {} · {} tellings, {} independent · {}",
        plain(incident.event_type.as_str()),
        format!("{:?}", incident.review).to_lowercase(),
        incident.tellings.len(),
        incident.n_independent,
        incident.id
    );
    out += &format!("{DIM}{head}{DIM:#}\n\n");
    push_account(&mut out, incident);
    out += &format!("\n{BOLD}Reports{BOLD:#}\n");
    for (idx, telling) in incident.tellings.iter().enumerate() {
        push_telling(&mut out, ledger, idx + 1, telling)?;
    }
    let reasons = ledger.reasons(incident);
    if !reasons.is_empty() {
        out += &format!("\n{BOLD}Why they are one{BOLD:#}\n");
        for (telling, score, why) in reasons {
            let number = incident.tellings.iter().position(|it| it.id == telling).map_or(0, |it| it + 1);
            push_line(&mut out, &format!("{number}"), &format!("{score:.2}  {why}"));
        }
    }
    out += &format!("\n{BOLD}History{BOLD:#}\n");
    for version in ledger.history(&incident.id)? {
        push_version(&mut out, &version);
    }
    Ok(out)
}

fn push_account(out: &mut String, incident: &Incident) {
    let names = |members: &[Member]| members.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let sides = [names(&incident.agents), names(&incident.targets)];
    let who = sides.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(" → ");
    push_line(out, "who", &who);
    if incident.disputed {
        push_line(out, "disputed", "reports accuse different parties, or one denies it");
    }
    if let Some(place) = &incident.location {
        let units = [&incident.place, &place.adm2, &place.adm1, &place.iso3];
        let names: Vec<&str> = units.into_iter().flatten().map(String::as_str).collect();
        let point = place.lat.zip(place.lon).map(|(lat, lon)| format!(", {lat:.2}, {lon:.2}")).unwrap_or_default();
        push_line(out, "where", &format!("{} ({}{point})", names.join(", "), plain(place.precision.as_str())));
    }
    if let Some(days) = &incident.date {
        let range =
            if days.start == days.end { days.start.to_string() } else { format!("{} to {}", days.start, days.end) };
        push_line(out, "when", &format!("{range} ({})", plain(days.precision.as_str())));
    }
    push_line(out, "with", &incident.weapons.join(", "));
    for figure in &incident.figures {
        push_figure(out, incident, figure);
    }
}

/// A figure, with the claims side by side below it and how the rule came to it.
fn push_figure(out: &mut String, incident: &Incident, figure: &Figure) {
    let item = figure.item.map(|it| format!(" ({it})")).unwrap_or_default();
    let best = figure.best.map_or("not told".to_owned(), |it| it.to_string());
    let range = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high => String::new(),
        (low, high) => format!(
            ", {} to {}",
            low.map_or("?".to_owned(), |it| it.to_string()),
            high.map_or("?".to_owned(), |it| it.to_string())
        ),
    };
    let side = if figure.side == annals_record::Side::Unknown { String::new() } else { format!(", {}", figure.side) };
    push_line(
        out,
        figure.what.as_str(),
        &format!("{BOLD}{best}{BOLD:#}{range}{side}{item}  {DIM}by {}{DIM:#}", figure.rule),
    );
    for claim in &figure.claims {
        let number = incident.tellings.iter().position(|it| it.id == claim.telling).map_or(0, |it| it + 1);
        let source = claim.source.as_ref().map(|it| format!(", citing {it}")).unwrap_or_default();
        let outlet = claim.publisher.as_deref().unwrap_or("");
        let part = if claim.part { ", part of another" } else { "" };
        let day = claim.published.map(|it| format!(" {it}")).unwrap_or_default();
        push_line(out, "", &clean(&format!("[{number}] “{}” {outlet}{day}{source}{part}", claim.words)));
    }
    if figure.claims.len() > 1 || figure.rule == "reviewer" {
        for step in &figure.trace {
            push_line(out, "", &format!("{DIM}{}{DIM:#}", clean(step)));
        }
    }
}

fn push_telling(out: &mut String, ledger: &Ledger, number: usize, telling: &Telling) -> Result<(), Problem> {
    let info = &telling.report;
    let outlet = info.publisher.as_deref().unwrap_or(&telling.doc);
    let day = info.published.map(|it| it.to_string()).unwrap_or_default();
    let copy = if telling.copy_of.is_some() { " (a copy)" } else { "" };
    push_line(out, &format!("[{number}]"), &clean(&format!("{day} {outlet}{copy}: {}", info.title)));
    if let Some(report) = ledger.report(&info.id)? {
        let trigger = &telling.event.trigger;
        let sentence = around(&report.coded.document.text, trigger.start, trigger.end);
        push_line(out, "", &format!("“{}”", clean(&sentence)));
    }
    push_line(out, "", &format!("{DIM}{}, learned {}{DIM:#}", telling.id, telling.learned.strftime("%Y-%m-%d %H:%M")));
    Ok(())
}

fn push_version(out: &mut String, version: &Version) {
    let entry = &version.operation;
    let state = match &version.account {
        None => "it ended".to_owned(),
        Some(account) => {
            let figures = account.figures.iter().filter_map(|it| Some(format!("{} {}", it.what, it.best?)));
            let figures = figures.collect::<Vec<_>>().join(", ");
            format!("{} tellings{}{figures}", account.tellings.len(), if figures.is_empty() { "" } else { "; " })
        }
    };
    let undone = if entry.in_force { "" } else { ", undone later" };
    let what = format!("{} {} by {}{undone}", entry.operation.kind(), in_words(&entry.operation), entry.who);
    let time = entry.at.strftime("%Y-%m-%d %H:%M");
    push_line(out, &format!("{}", entry.seq), &format!("{time}  {}  {DIM}{}{DIM:#}", state, clean(&what)));
}

/// The sentence that holds a stretch of characters, cut where it runs on.
fn around(text: &str, start: usize, end: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (start, end) = (start.min(chars.len()), end.min(chars.len()));
    let is_end = |at: usize| {
        chars[at] == '\n'
            || (matches!(chars[at], '.' | '!' | '?' | '。' | '؟')
                && chars.get(at + 1).is_none_or(|it| it.is_whitespace()))
    };
    let first = (start.saturating_sub(CONTEXT)..start)
        .rev()
        .find(|it| is_end(*it))
        .map_or(start.saturating_sub(CONTEXT), |it| it + 1);
    let last = (end..(end + CONTEXT).min(chars.len()))
        .find(|it| is_end(*it))
        .map_or((end + CONTEXT).min(chars.len()), |it| it + 1);
    chars[first..last].iter().collect()
}

fn plain(code: &str) -> String {
    code.replace('_', " ")
}

fn push_line(out: &mut String, label: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    let hang = 2 + LABEL;
    // Styles take no room on the screen; lines that hold them are not broken.
    let lines = if value.contains('\u{1b}') {
        std::iter::once(0..value.len()).collect()
    } else {
        wrap(value, 0..value.len(), width().saturating_sub(hang))
    };
    for (idx, range) in lines.into_iter().enumerate() {
        let label = if idx == 0 { label } else { "" };
        let gap = " ".repeat(LABEL.saturating_sub(label.chars().count()));
        let _ = writeln!(out, "  {DIM}{label}{DIM:#}{gap}{}", &value[range]);
    }
}
