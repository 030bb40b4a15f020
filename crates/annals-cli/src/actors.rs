//! `annals actors`: the registry of actors, for people.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use annals_actors::{ActorEntry, Ask, PackFile, Part, Registry, RegistryError};
use annals_record::{CodedReport, Statement};
use anyhow::{Context as _, anyhow};

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::Outcome;
use crate::packs;
use crate::problem::Problem;
use crate::ui::Ui;

/// Look into the registry of actors: who is who, since when, by which names
#[derive(Debug, Args)]
pub(crate) struct ActorsArgs {
    /// A pack of your own, over the registry that comes with Annals: a file, or a folder of .toml files
    #[arg(long, value_name = "PATH", global = true)]
    pack: Vec<PathBuf>,

    #[command(subcommand)]
    command: ActorsCommand,
}

#[derive(Debug, Subcommand)]
enum ActorsCommand {
    Show(ShowArgs),
    Find(FindArgs),
    /// Look for contradictions in the registry and the packs
    Check,
    Propose(ProposeArgs),
    Import(ImportArgs),
}

/// Show all that is known of one actor
#[derive(Debug, Args)]
struct ShowArgs {
    /// Id, or a name that leaves no doubt
    id: String,
}

/// Find who is meant by a name, at a place and a time
///
/// Exit code: 0 found; 1 nobody is sure enough.
#[derive(Debug, Args)]
struct FindArgs {
    /// The name, as a report has it
    name: String,

    /// Country of the event: its name, or its code of two or three letters
    #[arg(long)]
    country: Option<String>,

    /// Day of the event (2024-03-14), or its month or year
    #[arg(long, value_parser = day)]
    date: Option<Date>,

    /// Someone else who is named in the report; may be given several times
    #[arg(long, value_name = "NAME")]
    with: Vec<String>,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Read coded reports for leaders and ties that the registry does not hold, and write them as entries to be checked
#[derive(Debug, Args)]
struct ProposeArgs {
    /// Coded reports, as annals code --format jsonl writes them
    #[arg(required = true)]
    coded: Vec<PathBuf>,
}

/// Accept a file of entries into your own packs, if nothing in it contradicts the registry
#[derive(Debug, Args)]
struct ImportArgs {
    /// The file
    file: PathBuf,

    /// Folder of your own packs [default: annals/actors in your data folder, whose packs are always used]
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

/// A day, or the first of a month or year.
fn day(text: &str) -> Result<Date, String> {
    annals_actors::Rough::parse(text).map(|it| it.first)
}

pub(crate) fn run(args: &ActorsArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let own = packs::own_folder().map(|it| it.join("actors"));
    let mut packs = packs::read_toml(own.as_deref())?;
    packs.extend(read_packs(&args.pack)?);
    match &args.command {
        ActorsCommand::Check => check(&packs, ui),
        ActorsCommand::Show(it) => show(&load(&packs)?, it),
        ActorsCommand::Find(it) => find(&load(&packs)?, it),
        ActorsCommand::Propose(it) => propose(&load(&packs)?, it, ui),
        ActorsCommand::Import(it) => import(packs, it, own, ui),
    }
}

fn load(packs: &[PackFile]) -> Result<Registry, Problem> {
    Registry::with_overlays(packs).map_err(|it| Problem::new(it, "correct the entries named, or leave the pack out"))
}

/// Reads packs: files, or folders with `.toml` files, taken in the order of their names.
fn read_packs(paths: &[PathBuf]) -> Result<Vec<PackFile>, Problem> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(packs::read_toml(Some(path))?);
        } else {
            files.push(packs::read_file(path)?);
        }
    }
    Ok(files)
}

fn check(packs: &[PackFile], ui: &Ui) -> Result<Outcome, Problem> {
    match Registry::with_overlays(packs) {
        Ok(registry) => {
            let by_hand =
                registry.entries().iter().filter(|it| registry.file_of(&it.id) != Some("states.toml")).count();
            let states = registry.states().len();
            let made = registry.entries().len() - by_hand;
            ui.summary(&format!("{by_hand} actors, and {made} parts and peoples of {states} states: no contradiction"));
            Ok(Outcome::Done)
        }
        Err(RegistryError::Contradictions(problems)) => {
            let mut out = std::io::stdout().lock();
            for problem in &problems {
                writeln!(out, "{problem}")?;
            }
            ui.summary(&format!("{} contradictions", problems.len()));
            Ok(Outcome::Incomplete)
        }
        Err(error) => Err(Problem::new(error, "see data/actors/README.md for the form")),
    }
}

fn show(registry: &Registry, args: &ShowArgs) -> Result<Outcome, Problem> {
    let entry = match registry.get(&args.id) {
        Some(entry) => entry,
        None => by_name(registry, &args.id)?,
    };
    write!(std::io::stdout(), "{}", page(registry, entry))?;
    Ok(Outcome::Done)
}

/// The entry of a name, where the registry is sure whom it means.
fn by_name<'r>(registry: &'r Registry, name: &str) -> Result<&'r ActorEntry, Problem> {
    let company = registry.company::<&str>(&[]);
    let found =
        registry.resolve(&Ask { name, country: None, date: None, company: &company, part: Part::Unknown, act: None });
    found.best().and_then(|it| registry.get(&it.id)).ok_or_else(|| {
        let why = found.unresolved.unwrap_or_default();
        Problem::new(
            anyhow!("there is no actor {name:?}: {why}"),
            "look for it with annals actors find NAME --country ISO3",
        )
    })
}

/// An actor's page: name, life, countries, ties, leaders, namings, names elsewhere.
fn page(registry: &Registry, entry: &ActorEntry) -> String {
    let name_of = |id: &str| registry.get(id).map_or(id, |it| it.short_name()).to_owned();
    let sort: &str = entry.sort.into();
    let mut lines = vec![entry.name.clone(), format!("  id         {}", entry.id)];
    let mut add = |head: &str, text: String| lines.push(format!("  {head:<10} {text}"));
    add("kind", format!("{} ({})", entry.kind, sort.replace('_', " ")));
    if entry.life() != annals_actors::Era::default() {
        add("life", entry.life().to_string());
    }
    for activity in &entry.active {
        let country = registry.state(&activity.country).map_or(activity.country.as_str(), |it| it.name.as_str());
        add("active", format!("{country}, {}", activity.era));
    }
    for text in entry.note.iter().chain(&entry.source.as_ref().map(|it| format!("source: {it}"))) {
        add("note", text.clone());
    }
    if entry.uncertain {
        add("note", "uncertain".to_owned());
    }
    for link in &entry.links {
        let source = link.source.as_ref().map_or(String::new(), |it| format!(" ({it})"));
        let doubt = if link.uncertain { ", uncertain" } else { "" };
        add("tie", format!("{} {}, {}{doubt}{source}", link.tie.words(), name_of(&link.to), link.era()));
    }
    for other in registry.entries() {
        for link in other.links.iter().filter(|it| it.to == entry.id) {
            add("tied", format!("{} is {} it, {}", other.short_name(), link.tie.words(), link.era()));
        }
    }
    for leader in &entry.leaders {
        let doubt = if leader.uncertain { ", uncertain" } else { "" };
        add("leader", format!("{}, {}, {}{doubt}", leader.name, leader.role, leader.tenure()));
    }
    for alias in &entry.aliases {
        let mut text = alias.name.clone();
        if !alias.countries.is_empty() {
            text += &format!(", in {}", alias.countries.join(" "));
        }
        if alias.era != annals_actors::Era::default() {
            text += &format!(", {}", alias.era);
        }
        let rules = [
            (alias.generic, "common word"),
            (alias.second, "less usual meaning"),
            (!alias.needs.is_empty(), "only beside others"),
        ];
        for (_, rule) in rules.iter().filter(|it| it.0) {
            text += &format!(", {rule}");
        }
        add("naming", text);
    }
    let acled: BTreeSet<&str> = entry.acled.0.iter().map(|it| it.name.as_str()).collect();
    add(
        "ACLED",
        if acled.is_empty() {
            registry.acled_name(entry, None)
        } else {
            acled.into_iter().collect::<Vec<_>>().join("; ")
        },
    );
    add("UCDP", registry.ucdp_name(entry, None).unwrap_or_else(|| "-".to_owned()));
    add("PLOVER", registry.plover_code(entry));
    if let Some(file) = registry.file_of(&entry.id) {
        add("file", file.to_owned());
    }
    lines.join("\n") + "\n"
}

fn find(registry: &Registry, args: &FindArgs) -> Result<Outcome, Problem> {
    let country = args.country.as_deref().map(|it| iso3(registry, it)).transpose()?;
    let company = registry.company(&args.with);
    let ask = Ask { name: &args.name, country, date: args.date, company: &company, part: Part::Unknown, act: None };
    let found = registry.resolve(&ask);
    let mut out = std::io::stdout().lock();
    if args.json {
        let taken = found.best().map(|it| it.id.clone());
        let answer = serde_json::json!({
            "taken": taken,
            "candidates": found.candidates,
            "person": found.person.as_ref().map(|it| serde_json::json!({"name": it.name, "actor": it.actor, "role": it.role, "score": it.score, "why": it.why})),
            "unresolved": found.unresolved,
        });
        writeln!(out, "{answer}")?;
    } else {
        for (place, it) in found.candidates.iter().enumerate() {
            let mark = if place == 0 && found.sure { '*' } else { ' ' };
            writeln!(out, "{mark} {:.2}  {}  {}", it.score, it.id, it.name)?;
            writeln!(out, "        {}", it.why)?;
        }
        if let Some(person) = &found.person {
            writeln!(out, "* {:.2}  {} ({} of {})", person.score, person.name, person.role, person.actor)?;
            writeln!(out, "        {}", person.why)?;
        }
        if let Some(why) = found.unresolved.as_ref().filter(|_| found.person.is_none()) {
            writeln!(out, "nobody is taken: {why}")?;
        }
    }
    Ok(if found.best().is_some() || found.person.is_some() { Outcome::Done } else { Outcome::Incomplete })
}

/// A country as people write it: code of two or three letters, or name.
fn iso3<'r>(registry: &'r Registry, told: &str) -> Result<&'r str, Problem> {
    let matches = |it: &&annals_actors::State| {
        it.iso3.eq_ignore_ascii_case(told)
            || it.iso2.eq_ignore_ascii_case(told)
            || it.name.eq_ignore_ascii_case(told)
            || it.also.iter().any(|it| it.eq_ignore_ascii_case(told))
    };
    registry.states().iter().find(matches).map(|it| it.iso3.as_str()).ok_or_else(|| {
        Problem::new(
            anyhow!("{told:?} is no country"),
            "give its name or its code of two or three letters, such as ML or MLI",
        )
    })
}

fn propose(registry: &Registry, args: &ProposeArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let mut proposed = BTreeSet::new();
    let mut out = std::io::stdout().lock();
    for path in &args.coded {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        for (number, line) in text.lines().enumerate().filter(|it| !it.1.trim().is_empty()) {
            let report: CodedReport = serde_json::from_str(line)
                .with_context(|| format!("{}:{} is no coded report", path.display(), number + 1))?;
            for statement in &report.statements {
                let Some(proposal) = examine(registry, &report, statement) else { continue };
                if proposed.insert(proposal.toml.clone()) {
                    writeln!(out, "# {} {}\n{}", proposal.finding.code, proposal.finding.message, proposal.toml)?;
                }
            }
        }
    }
    ui.summary(&format!("{} proposals; check them, then annals actors import", proposed.len()));
    Ok(if proposed.is_empty() { Outcome::Incomplete } else { Outcome::Done })
}

fn examine(registry: &Registry, report: &CodedReport, statement: &Statement) -> Option<annals_actors::Proposal> {
    let source = match (&report.report.publisher, report.report.published) {
        (Some(publisher), Some(day)) => format!("{publisher}, {day} ({})", report.doc),
        (None, Some(day)) => format!("report of {day} ({})", report.doc),
        _ => format!("report {}", report.doc),
    };
    registry.examine(statement, report.report.published, &source)
}

/// Puts a checked file into the user's own packs, if all of them together do not contradict the registry.
fn import(mut packs: Vec<PackFile>, args: &ImportArgs, own: Option<PathBuf>, ui: &Ui) -> Result<Outcome, Problem> {
    let is_own = args.into.is_none() || args.into == own;
    let into = args.into.clone().or(own);
    let into = into
        .ok_or_else(|| Problem::new(anyhow!("no folder for your own packs is known"), "name one with --into FOLDER"))?;
    if !is_own {
        packs.extend(packs::read_toml(Some(&into))?);
    }
    let new = packs::read_file(&args.file)?;
    packs.push(new.clone());
    load(&packs)?;
    let name = args.file.file_name().ok_or_else(|| anyhow!("{} is no file", args.file.display()))?;
    let target = into.join(name);
    if target.exists() {
        return Err(Problem::new(
            anyhow!("{} is there already", target.display()),
            "give the file another name, or remove the old one",
        ));
    }
    fs::create_dir_all(&into).with_context(|| format!("cannot make {}", into.display()))?;
    fs::write(&target, new.text).with_context(|| format!("cannot write {}", target.display()))?;
    let use_it = if is_own { String::new() } else { format!("; use it with --pack {}", into.display()) };
    ui.summary(&format!("accepted as {}{use_it}", target.display()));
    Ok(Outcome::Done)
}
