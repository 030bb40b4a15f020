//! What the registry refuses: entries that contradict themselves or each other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::entry::{ActorEntry, Alias, Tie};
use crate::era::Era;
use crate::load::{Loaded, Problem};
use crate::naming::normal_form;

/// Sector codes of PLOVER that the registry uses. **Source**: PLOVER coding manual, actor sectors.
const PLOVER: &[&str] = &[
    "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP", "PTY", "REB", "PAR", "UAF", "CVL", "CRM", "BUS", "MNC", "IGO",
    "NGO", "JRN", "MED", "LAB", "REL", "ETH", "REF", "EDU", "HRI", "PRO",
];

/// All contradictions, in the order of the entries.
pub(crate) fn contradictions(loaded: &Loaded) -> Vec<Problem> {
    let by_id: HashMap<&str, usize> =
        loaded.entries.iter().enumerate().map(|(idx, it)| (it.id.as_str(), idx)).collect();
    let countries: HashSet<&str> = loaded.states.iter().map(|it| it.iso3.as_str()).collect();
    let mut problems = loaded.problems.clone();
    for (entry, file) in loaded.entries.iter().zip(&loaded.files) {
        let mut complain = |message: String| {
            problems.push(Problem { file: file.clone(), entry: entry.id.clone(), message });
        };
        check_form(entry, &countries, &mut complain);
        check_leaders(entry, &mut complain);
        check_links(entry, &by_id, &countries, &mut complain);
        for tie in [Tie::PartOf, Tie::Continues] {
            if let Some(cycle) = cycle_through(entry, tie, &loaded.entries, &by_id) {
                complain(format!("it comes back to itself: {} {cycle}", tie.words()));
            }
        }
    }
    for state in &loaded.states {
        for years in &state.regimes {
            if let Err(message) = Era::parse_years(years) {
                let entry = state.iso3.clone();
                problems.push(Problem { file: "states.toml".to_owned(), entry, message });
            }
        }
    }
    check_aliases(loaded, &mut problems);
    problems
}

fn check_form(entry: &ActorEntry, countries: &HashSet<&str>, complain: &mut impl FnMut(String)) {
    let slug = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    if entry.id.is_empty() || !entry.id.bytes().all(slug) {
        complain("an id holds only a-z, 0-9 and '-'".to_owned());
    }
    if entry.life().ends_before_it_starts() {
        complain("it ended before it was founded".to_owned());
    }
    for activity in &entry.active {
        if !countries.contains(activity.country.as_str()) {
            complain(format!("it is active in {}, which is no country of states.toml", activity.country));
        }
        if entry.life().meet(&activity.era).is_none() {
            complain(format!(
                "it is active in {} ({}) outside its own life ({})",
                activity.country,
                activity.era,
                entry.life()
            ));
        }
    }
    for alias in &entry.aliases {
        if normal_form(&alias.name).is_empty() {
            complain(format!("the alias {:?} holds no letter", alias.name));
        }
        if alias.era.ends_before_it_starts() {
            complain(format!("the alias {:?} ends before it starts", alias.name));
        }
        for country in alias.countries.iter().filter(|it| !countries.contains(it.as_str())) {
            complain(format!("the alias {:?} is used in {country}, which is no country of states.toml", alias.name));
        }
    }
    for names in [&entry.acled.0, &entry.ucdp.0] {
        for (idx, name) in names.iter().enumerate() {
            if names[..idx].iter().any(|it| it.era().surely_overlaps(&name.era())) {
                complain(format!("the exported name {:?} overlaps in time with another", name.name));
            }
        }
    }
    if let Some(sector) = entry.plover.as_deref().filter(|it| !PLOVER.contains(it)) {
        complain(format!("{sector:?} is no PLOVER sector ({})", PLOVER.join(", ")));
    }
}

fn check_leaders(entry: &ActorEntry, complain: &mut impl FnMut(String)) {
    for (idx, leader) in entry.leaders.iter().enumerate() {
        let tenure = leader.tenure();
        if tenure.ends_before_it_starts() {
            complain(format!("the tenure of {} ends before it starts", leader.name));
        }
        if let (Some(from), Some(since)) = (leader.from, entry.since)
            && from.last < since.first
        {
            complain(format!("{} leads it since {from}, before its founding in {since}", leader.name));
        }
        for former in &entry.leaders[..idx] {
            let single = !leader.shared && !former.shared && leader.role == former.role;
            if single && former.tenure().surely_overlaps(&tenure) {
                complain(format!(
                    "the tenures of {} ({}) and {} ({tenure}) as {} overlap; mark them `shared = true` if both held the post",
                    former.name,
                    former.tenure(),
                    leader.name,
                    leader.role
                ));
            }
        }
    }
}

fn check_links(
    entry: &ActorEntry,
    by_id: &HashMap<&str, usize>,
    countries: &HashSet<&str>,
    complain: &mut impl FnMut(String),
) {
    for link in &entry.links {
        let words = format!("the link \"{}\" {:?}", link.tie.words(), link.to);
        if link.to == entry.id {
            complain(format!("{words} is to itself"));
        } else if !by_id.contains_key(link.to.as_str()) {
            complain(format!("{words} is to no actor"));
        }
        if link.era().ends_before_it_starts() {
            complain(format!("{words} ends before it starts"));
        }
        for country in link.countries.iter().filter(|it| !countries.contains(it.as_str())) {
            complain(format!("{words} holds in {country}, which is no country of states.toml"));
        }
    }
}

/// The way back to `entry` over links of one tie, if there is one.
fn cycle_through(entry: &ActorEntry, tie: Tie, entries: &[ActorEntry], by_id: &HashMap<&str, usize>) -> Option<String> {
    let mut open: Vec<(&ActorEntry, String)> = vec![(entry, String::new())];
    let mut seen = HashSet::new();
    while let Some((at, way)) = open.pop() {
        for link in at.links.iter().filter(|it| it.tie == tie && it.to != at.id) {
            if link.to == entry.id {
                return Some(at.id.clone()).filter(|it| it != &entry.id).map(|it| format!("{way}{it}"));
            }
            if let Some(&next) = by_id.get(link.to.as_str())
                && seen.insert(next)
            {
                let way = if at.id == entry.id { way.clone() } else { format!("{way}{}, ", at.id) };
                open.push((&entries[next], way));
            }
        }
    }
    None
}

/// One alias means one actor in one country and year, unless a rule tells which.
fn check_aliases(loaded: &Loaded, problems: &mut Vec<Problem>) {
    let mut uses: BTreeMap<String, Vec<(usize, Arc<Alias>)>> = BTreeMap::new();
    for (idx, entry) in loaded.entries.iter().enumerate() {
        for alias in all_aliases(entry).filter(|it| !it.second && it.needs.is_empty() && !it.generic) {
            uses.entry(normal_form(&alias.name)).or_default().push((idx, alias));
        }
    }
    for uses in uses.values() {
        for (at, (idx, alias)) in uses.iter().enumerate() {
            for (other_idx, other_alias) in &uses[..at] {
                if idx == other_idx {
                    continue;
                }
                let (entry, other) = (&loaded.entries[*idx], &loaded.entries[*other_idx]);
                if let Some(country) = shared_country((entry, alias), (other, other_alias)) {
                    problems.push(Problem {
                        file: loaded.files[*idx].clone(),
                        entry: entry.id.clone(),
                        message: format!(
                            "{:?} means also {} in {country} at the same time; \
                             give one of them `second`, `needs`, `generic`, `in` or dates",
                            alias.name, other.id
                        ),
                    });
                }
            }
        }
    }
}

/// Name, short form and aliases.
pub(crate) fn all_aliases(entry: &ActorEntry) -> impl Iterator<Item = Arc<Alias>> {
    let own = std::iter::once(&entry.name).chain(&entry.short).map(|it| Arc::new(Alias::plain(it.as_str())));
    own.chain(entry.aliases.iter().cloned())
}

/// A country in which both aliases hold on the same day.
fn shared_country(one: (&ActorEntry, &Alias), two: (&ActorEntry, &Alias)) -> Option<String> {
    let (places_one, places_two) = (places(one), places(two));
    for (country_one, era_one) in &places_one {
        for (country_two, era_two) in &places_two {
            let same = country_one == country_two || country_one == "*" || country_two == "*";
            if same && era_one.surely_overlaps(era_two) {
                return Some(if country_one == "*" { country_two.clone() } else { country_one.clone() });
            }
        }
    }
    None
}

/// Where and when an alias means its actor; `*` is everywhere.
fn places((entry, alias): (&ActorEntry, &Alias)) -> Vec<(String, Era)> {
    let Some(era) = entry.life().meet(&alias.era) else { return Vec::new() };
    let everywhere = vec![("*".to_owned(), era)];
    if alias.countries.is_empty() {
        if entry.active.is_empty() {
            return everywhere;
        }
        return entry.active.iter().filter_map(|it| Some((it.country.clone(), era.meet(&it.era)?))).collect();
    }
    let within = |country: &String| {
        let active = entry.active.iter().filter(|it| it.country == *country).find_map(|it| era.meet(&it.era));
        (country.clone(), active.unwrap_or(era))
    };
    alias.countries.iter().map(within).collect()
}
