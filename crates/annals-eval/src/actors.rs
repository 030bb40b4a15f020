//! How well party namings are resolved to the actor registry.
//!
//! Two sets: the gold (the namings it quotes, against its own usual names, both resolved), and the headlines of UCDP's
//! Burkina Faso events (side names told in a headline, against UCDP's own side names, both resolved).

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::path::Path;

use annals_actors::{Ask, Company, Mention, Part, Registry, Resolved, Role, Tie};
use annals_record::{ActorKind, EventType};
use jiff::civil::Date;
use serde::Deserialize;

use crate::EvalError;
use crate::error::{json_files, read_to_string};

/// Right, wrong and unanswered among those that can be judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// The same actor.
    pub right: usize,
    /// Another actor.
    pub wrong: usize,
    /// No actor.
    pub missing: usize,
}

impl Judged {
    /// **Units**: per cent of all judged; 0 when there are none.
    pub fn share_right(&self) -> f64 {
        100.0 * self.right as f64 / (self.right + self.wrong + self.missing).max(1) as f64
    }

    fn add(&mut self, found: Option<&str>, expected: &str) -> bool {
        match found {
            Some(found) if found == expected => self.right += 1,
            Some(_) => self.wrong += 1,
            None => self.missing += 1,
        }
        found == Some(expected)
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { right, wrong, missing } = self;
        write!(f, "{:5.1} %  right {right}, wrong {wrong}, unanswered {missing}", self.share_right())
    }
}

/// What [`score_gold`] and [`score_headlines`] found.
#[derive(Clone, Debug, Default)]
pub struct ActorScores {
    /// Parties with a name that the registry knows.
    pub named: Judged,
    /// The same, where a part of the expected actor, or what it is a part of, is right too (army and air force).
    pub named_nearly: Judged,
    /// Parties with a name that the registry does not know, or cannot tell from others.
    pub n_unknown_names: usize,
    /// Parties without a name: soldiers, gunmen, residents.
    pub generic: Judged,
    /// One line a party that was not right, and a name that was not known, for reading.
    pub errors: Vec<String>,
}

impl fmt::Display for ActorScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "named parties    {}", self.named)?;
        let n = self.named.right + self.named.wrong + self.named.missing;
        writeln!(f, "or a part of it  {}", self.named_nearly)?;
        writeln!(
            f,
            "names known      {:5.1} %  {n} of {}",
            100.0 * n as f64 / (n + self.n_unknown_names).max(1) as f64,
            n + self.n_unknown_names
        )?;
        writeln!(f, "generic namings  {}", self.generic)
    }
}

#[derive(Deserialize)]
struct GoldReport {
    doc: String,
    events: Vec<GoldEvent>,
}

#[derive(Deserialize)]
struct GoldEvent {
    #[serde(rename = "type")]
    event_type: Option<EventType>,
    trigger: String,
    agents: Vec<GoldParty>,
    targets: Vec<GoldParty>,
    #[serde(rename = "where")]
    location: Option<GoldPlace>,
    date: Option<GoldDate>,
}

#[derive(Deserialize)]
struct GoldParty {
    quote: Option<String>,
    name: Option<String>,
    kind: Option<String>,
}

#[derive(Deserialize)]
struct GoldPlace {
    iso3: Option<String>,
}

#[derive(Deserialize)]
struct GoldDate {
    start: Option<String>,
}

#[derive(Deserialize)]
struct GoldText {
    published: Option<String>,
    title: Option<String>,
    text: String,
}

/// A party of the gold with what it is asked with.
struct Asked {
    party: GoldParty,
    range: Range<usize>,
    country: Option<String>,
    date: Option<Date>,
    event: usize,
    part: Part,
    act: Option<EventType>,
}

/// Scores the resolver alone on gold namings: quotes, places and days are the gold's.
///
/// `docs` is the folder of reports; with `folds`, only those reports are scored.
/// A name of the gold is resolved with the same country, day and company as the quote, so that what is compared is
/// how the report names the actor. Persons, facilities and others without an actor are left out.
///
/// **Errors**: files that cannot be read or are no gold.
pub fn score_gold(
    registry: &Registry,
    gold: &Path,
    docs: &Path,
    folds: Option<&BTreeSet<String>>,
) -> Result<ActorScores, EvalError> {
    let mut scores = ActorScores::default();
    for path in json_files(gold)? {
        let read = |path: &Path| -> Result<String, EvalError> { read_to_string(path) };
        let report: GoldReport = serde_json::from_str(&read(&path)?)
            .map_err(|it| EvalError::format(&path, it.line(), "an annotation of the gold", it))?;
        if folds.is_some_and(|it| !it.contains(&report.doc)) {
            continue;
        }
        let path = docs.join(format!("{}.json", report.doc));
        let document: GoldText = serde_json::from_str(&read(&path)?)
            .map_err(|it| EvalError::format(&path, it.line(), "a report of the gold", it))?;
        score_report(registry, report, &document, &mut scores);
    }
    Ok(scores)
}

fn score_report(registry: &Registry, report: GoldReport, document: &GoldText, scores: &mut ActorScores) {
    let text = format!("{}\n{}", document.title.as_deref().unwrap_or_default(), document.text);
    let published: Option<Date> = document.published.as_deref().and_then(|it| it.get(..10)?.parse().ok());
    let mut asked = Vec::new();
    for (number, event) in report.events.into_iter().enumerate() {
        let trigger = text.find(&event.trigger).unwrap_or(0);
        let country = event.location.and_then(|it| it.iso3);
        let date = event.date.and_then(|it| it.start?.parse().ok()).or(published);
        let act = event.event_type;
        let agents = event.agents.into_iter().map(|it| (it, Part::Agent));
        let targets = event.targets.into_iter().map(|it| (it, Part::Target));
        for (party, part) in agents.chain(targets) {
            let Some(quote) = party.quote.clone().filter(|it| !it.is_empty()) else { continue };
            let nearest = text.match_indices(&quote).min_by_key(|(at, _)| at.abs_diff(trigger));
            let Some((at, _)) = nearest else { continue };
            let (range, country) = (at..at + quote.len(), country.clone());
            asked.push(Asked { party, range, country, date, event: number, part, act });
        }
    }
    let sentence = |at: usize| text[..at].matches(['.', '\n', '!', '?']).count();
    let mentions: Vec<Mention<'_>> = asked
        .iter()
        .map(|it| Mention {
            range: it.range.clone(),
            sentence: sentence(it.range.start),
            country: it.country.as_deref(),
            date: it.date,
            event: Some(it.event),
            part: it.part,
            act: it.act,
        })
        .collect();
    let names: Vec<&str> = asked.iter().filter_map(|it| it.party.name.as_deref()).collect();
    let company = registry.company(&names);
    let answers = registry.resolve_report(&text, &mentions);
    for (asked, answer) in asked.iter().zip(&answers) {
        judge(registry, asked, answer, &company, &report.doc, scores);
    }
}

fn judge(
    registry: &Registry,
    asked: &Asked,
    answer: &Resolved,
    company: &Company,
    doc: &str,
    scores: &mut ActorScores,
) {
    let quote = asked.party.quote.as_deref().unwrap_or_default();
    let country = asked.country.as_deref();
    let found = answer.resolution.best();
    let found_id = found.map(|it| it.id.as_str());
    let why = found.map_or_else(|| answer.resolution.unresolved.clone().unwrap_or_default(), |it| it.why.clone());
    let place = country.unwrap_or("-");
    let day = asked.date.map_or(String::new(), |it| it.to_string());
    let kind = asked.party.kind.as_deref().unwrap_or_default();
    if let Some(name) = &asked.party.name {
        let own = registry.resolve(&Ask { name, country, date: asked.date, company, part: asked.part, act: asked.act });
        if own.person.is_some() || matches!(kind, "individual" | "facility") {
            return;
        }
        let Some(expected) = own.best() else {
            scores.n_unknown_names += 1;
            let why = own.unresolved.unwrap_or_default();
            scores.errors.push(format!("unknown\t{doc}\t{place} {day}\t{name}\t{kind}\t{why}"));
            return;
        };
        let near = found_id.filter(|id| is_near(registry, id, &expected.id)).map(|_| expected.id.as_str());
        scores.named_nearly.add(near.or(found_id), &expected.id);
        if !scores.named.add(found_id, &expected.id) {
            let found = found_id.unwrap_or("-");
            scores
                .errors
                .push(format!("named\t{doc}\t{place} {day}\t{quote}\t{name} = {}\tsaid {found}\t{why}", expected.id));
        }
        return;
    }
    let roles: &[Role] = match kind {
        "civilians" => &[Role::Civilians, Role::Protesters, Role::Rioters],
        "unidentified" | "armed_group" => &[Role::Unidentified],
        "militia" => &[Role::Militia],
        "government" => &[Role::Government],
        "state_force" => &[
            Role::Military,
            Role::Police,
            Role::Security,
            Role::Gendarmerie,
            Role::AirForce,
            Role::Navy,
            Role::BorderGuard,
            Role::Intelligence,
        ],
        _ => return,
    };
    let Some(country) = country else { return };
    let expected: Vec<String> =
        roles.iter().filter_map(|role| registry.of_state(country, *role)).map(|it| it.id.clone()).collect();
    // An umbrella that the country's own common words stand for ("the rebels") is right too.
    let umbrella = |id: &str| {
        let entry = registry.get(id);
        kind == "armed_group"
            && entry.is_some_and(|it| it.kind == ActorKind::ArmedGroup)
            && !registry.is_name(&annals_actors::normal_form(quote))
            && found.is_some_and(|it| it.why.contains("common word"))
    };
    let right = found_id.is_some_and(|id| expected.iter().any(|it| it == id) || umbrella(id));
    let expected = expected.first().map_or("", String::as_str);
    if !scores.generic.add(if right { Some(expected) } else { found_id }, expected) {
        let found = found_id.unwrap_or("-");
        scores.errors.push(format!("generic\t{doc}\t{place} {day}\t{quote}\t{kind}\tsaid {found}\t{why}"));
    }
}

/// The same actor, a part of it, or forces of one state.
fn is_near(registry: &Registry, one: &str, two: &str) -> bool {
    let forces = |id: &str| {
        let entry = registry.get(id)?;
        matches!(entry.kind, ActorKind::StateForce | ActorKind::Government).then(|| entry.home().map(str::to_owned))?
    };
    with_parents(registry, one).contains(two)
        || with_parents(registry, two).contains(one)
        || forces(one).is_some() && forces(one) == forces(two)
}

/// Scores side names told in the headlines of UCDP's event table of one country against its own side names.
///
/// Names of non-state armed actors are looked for in the headlines (runs of up to six words that are a name or alias);
/// a row counts where a side is such an actor and such a name is told. The name is right when it resolves to a side, or to
/// a part of one (UCDP counts the Volunteers as the government's, and branches as their parent's).
///
/// **Errors**: a file that cannot be read, or a table without the columns.
pub fn score_headlines(registry: &Registry, table: &Path, iso3: &str) -> Result<ActorScores, EvalError> {
    let text = read_to_string(table)?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let wrong = || EvalError::format(table, 1, "a table with side_a, side_b, source_headline and date_start", None);
    let head = reader.headers().map_err(|_| wrong())?.clone();
    let column = |name: &str| head.iter().position(|it| it == name).ok_or_else(wrong);
    let (side_a, side_b) = (column("side_a")?, column("side_b")?);
    let (headlines, start) = (column("source_headline")?, column("date_start")?);
    let mut scores = ActorScores::default();
    for row in reader.records() {
        let row = row.map_err(|_| wrong())?;
        let cell = |idx: usize| row.get(idx).unwrap_or_default();
        let date = us_date(cell(start));
        let none = Company::default();
        let resolve = |name: &str| {
            registry.resolve(&Ask { name, country: Some(iso3), date, company: &none, part: Part::Unknown, act: None })
        };
        let sides: BTreeSet<String> = [side_a, side_b]
            .into_iter()
            .filter_map(|it| {
                let found = resolve(cell(it));
                if found.best().is_none() {
                    scores.errors.push(format!("unknown\t{}", cell(it)));
                    scores.n_unknown_names += 1;
                }
                Some(found.best()?.id.clone())
            })
            .collect();
        let mut told: BTreeSet<(String, String)> = BTreeSet::new();
        for headline in cell(headlines).split(['"', ';']) {
            told.extend(names_in(headline, &resolve, registry));
        }
        let is_armed = |id: &String| {
            registry.get(id).is_some_and(|it| matches!(it.kind, ActorKind::ArmedGroup | ActorKind::Militia))
        };
        if !sides.iter().any(is_armed) {
            continue;
        }
        for (id, words) in told.iter().filter(|it| is_armed(&it.0)) {
            let right = with_parents(registry, id).iter().find(|it| sides.contains(*it)).cloned();
            // A headline may name others than the two sides: it is judged where it names neither side.
            if right.is_none() && told.iter().any(|it| sides.contains(&it.0)) {
                continue;
            }
            let expected = sides.iter().cloned().collect::<Vec<_>>().join(" or ");
            if !scores.named.add(Some(right.as_deref().map_or(id.as_str(), |_| expected.as_str())), &expected) {
                scores.errors.push(format!("headline\t{}\t{words}\tsaid {id}\tUCDP {expected}", cell(start)));
            }
        }
    }
    Ok(scores)
}

/// An actor and all that it is part of or backed by; a state's forces belong to its government.
fn with_parents(registry: &Registry, id: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::from([id.to_owned()]);
    let mut open = vec![id.to_owned()];
    while let Some(id) = open.pop() {
        let Some(entry) = registry.get(&id) else { continue };
        if entry.kind == ActorKind::StateForce {
            let government = entry.home().and_then(|it| registry.of_state(it, Role::Government));
            all.extend(government.map(|it| it.id.clone()));
        }
        let links = &entry.links;
        for link in links.iter().filter(|it| matches!(it.tie, Tie::PartOf | Tie::BackedBy)) {
            if all.insert(link.to.clone()) {
                open.push(link.to.clone());
            }
        }
    }
    all
}

/// The named non-state actors of a headline, with the words that name them.
fn names_in(
    headline: &str,
    resolve: &impl Fn(&str) -> annals_actors::Resolution,
    registry: &Registry,
) -> Vec<(String, String)> {
    let words: Vec<&str> = headline
        .split(|it: char| it.is_whitespace() || matches!(it, ',' | ':' | '(' | ')'))
        .filter(|it| !it.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let capital = words[at].chars().find(|it| it.is_alphabetic()).is_some_and(char::is_uppercase);
        let longest = (1..=6.min(words.len() - at)).rev().find_map(|width| {
            let run = words[at..at + width].join(" ");
            let key = annals_actors::normal_form(&run);
            let best = resolve(&run).best()?.clone();
            let entry = registry.get(&best.id)?;
            let is_name = registry.is_name(&key) && entry.kind != ActorKind::Government;
            (is_name && capital).then_some((width, best.id, run))
        });
        match longest {
            Some((width, id, run)) => {
                found.push((id, run));
                at += width;
            }
            None => at += 1,
        }
    }
    found
}

/// "10/06/2023 00:00:00", as this table writes its days: month first or day first where it cannot be the month.
fn us_date(text: &str) -> Option<Date> {
    let mut parts = text.split([' ', '/']);
    let (month, day, year): (i8, i8, i16) =
        (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Date::new(year, month, day).or_else(|_| Date::new(year, day, month)).ok()
}
