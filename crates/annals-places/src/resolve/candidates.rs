//! Heads → candidates: exact, normalised, folded, and near spellings within a country that is known.

use super::Mention;
use super::parse::{Parsed, Relation, strip_kind};
use super::weigh::Evidence;
use crate::fold::{FoldedName, fold};
use crate::gazetteer::{Gazetteer, Hit, PlaceNo};
use crate::geometry::distance_km;
use crate::kind::Kind;
use crate::pack::Entry;
use crate::similar::NearKey;
use crate::words::Class;

/// Most candidates of one name that are weighed; more common names than that mean nothing without context.
const MOST_CANDIDATES: usize = 250;

/// One distinct name of a report, with all that may be meant by it.
pub(crate) struct Node {
    pub(crate) name: FoldedName,
    pub(crate) wanted: Option<Class>,
    pub(crate) containers: Vec<PlaceNo>,
    pub(crate) n_mentions: usize,
    /// Other names of the same events.
    pub(crate) mates: Vec<usize>,
    pub(crate) candidates: Vec<Candidate>,
    /// The name was looked up as written, kind words and all.
    pub(crate) is_whole: bool,
    /// An acronym, which is seldom a place and never a misspelt one.
    pub(crate) is_acronym: bool,
    /// Part of a longer name that is not known.
    pub(crate) is_partial: bool,
}

/// One place that may be meant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) place: PlaceNo,
    pub(crate) entry: Entry,
    pub(crate) adm1: Option<PlaceNo>,
    pub(crate) spelling: Spelling,
    /// It lies in, or is held by, one of the node's containers.
    pub(crate) is_contained: bool,
    pub(crate) score: f64,
    pub(crate) probability: f64,
}

/// How a candidate's name and the mention's meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spelling {
    Main,
    Other,
    Folded,
    Similar { cost: u8 },
}

impl Spelling {
    pub(crate) fn pass(self) -> &'static str {
        match self {
            Self::Main => "look_up_exact",
            Self::Other => "look_up_normalised",
            Self::Folded => "look_up_folded",
            Self::Similar { .. } => "look_up_similar",
        }
    }
}

/// The nodes of one mention, by number.
#[derive(Default)]
pub(crate) struct NodesOf {
    pub(crate) heads: Vec<usize>,
    pub(crate) containers: Vec<usize>,
}

/// Adds the nodes of a parsed mention, or finds them where the name was seen before.
pub(crate) fn add_nodes(gazetteer: &Gazetteer, parsed: &Parsed, only: &[[u8; 2]], nodes: &mut Vec<Node>) -> NodesOf {
    let containers: Vec<PlaceNo> = parsed.containers.iter().flat_map(|it| holders(gazetteer, it)).collect();
    let mut of = NodesOf::default();
    for container in &parsed.containers {
        let (head, wanted) = strip_kind(container, &gazetteer.words);
        let name = fold(&head);
        let hits = gazetteer.hits(&name);
        let at = node_of(gazetteer, name, wanted, &hits, only, nodes);
        nodes[at].n_mentions += 1;
        of.containers.push(at);
    }
    for (n, head) in parsed.heads.iter().enumerate() {
        let mut name = fold(head);
        let mut wanted = if n == 0 { parsed.wanted } else { None };
        let mut hits = gazetteer.hits(&name);
        let (mut is_whole, mut is_acronym) = (false, false);
        // The whole naming first: "Gao Region", "South Sudan", "Mexico City" are names.
        if matches!(parsed.relation, Relation::At | Relation::Part | Relation::Near) && n == 0 && parsed.whole != *head
        {
            let whole = fold(&parsed.whole);
            let is_open =
                |it: &Hit| only.is_empty() || gazetteer.entry(it.place).is_some_and(|entry| only.contains(&entry.iso2));
            let mut found: Vec<Hit> =
                gazetteer.hits(&whole).into_iter().filter(|it| it.is_normal && is_open(it)).collect();
            if !found.is_empty() {
                // "Department of Ayacucho" is the whole name of one department, and means those elsewhere too; not so "Western Province".
                let point = |it: &Hit| gazetteer.entry(it.place).map_or((0.0, 0.0), |entry| (entry.lat, entry.lon));
                let points: Vec<(f64, f64)> = found.iter().map(point).collect();
                let is_elsewhere = |it: &Hit| {
                    points.iter().all(|known| distance_km(*known, point(it)) > gazetteer.weights.choice.same_km)
                };
                let is_unit = |it: &&Hit| {
                    let is_held = |class: Class| {
                        class.is_unit() && gazetteer.entry(it.place).is_some_and(|it| class.holds(it.kind))
                    };
                    it.is_normal && wanted.is_some_and(is_held) && is_elsewhere(it)
                };
                if !gazetteer.words.part.contains(&head.to_lowercase()) {
                    found.extend(hits.iter().filter(is_unit));
                }
                is_whole = true;
                (name, wanted) = (whole, None);
                hits = found;
            }
        }
        if !is_whole && parsed.is_mixed_case && is_acronym_like(head) {
            is_acronym = true;
            hits.retain(|it| {
                it.is_normal && (it.is_main || gazetteer.entry(it.place).is_some_and(|it| it.kind <= Kind::Adm1))
            });
        }
        let at = node_of(gazetteer, name, wanted, &hits, only, nodes);
        let node = &mut nodes[at];
        node.is_whole |= is_whole;
        node.is_acronym |= is_acronym;
        node.is_partial |= parsed.is_partial;
        // A border says where a country ends, not that the event is in it.
        node.n_mentions += usize::from(parsed.relation != Relation::Border);
        for holder in &containers {
            if !node.containers.contains(holder) {
                node.containers.push(*holder);
            }
        }
        for candidate in &mut node.candidates {
            candidate.is_contained |= containers.iter().any(|it| holds(gazetteer, *it, candidate));
        }
        of.heads.push(at);
    }
    of
}

fn node_of(
    gazetteer: &Gazetteer,
    name: FoldedName,
    wanted: Option<Class>,
    hits: &[Hit],
    only: &[[u8; 2]],
    nodes: &mut Vec<Node>,
) -> usize {
    let seen = nodes.iter().position(|it| it.name == name && it.wanted == wanted);
    let at = seen.unwrap_or(nodes.len());
    if seen.is_none() {
        let mut candidates = candidates(gazetteer, hits);
        candidates.retain(|it| only.is_empty() || only.contains(&it.entry.iso2));
        nodes.push(Node {
            name,
            wanted,
            containers: Vec::new(),
            n_mentions: 0,
            mates: Vec::new(),
            candidates,
            is_whole: false,
            is_acronym: false,
            is_partial: false,
        });
    }
    at
}

/// "PMF", "ALP", "DRG"; not "Goa".
fn is_acronym_like(head: &str) -> bool {
    (2..=4).contains(&head.len()) && head.bytes().all(|it| it.is_ascii_uppercase())
}

/// What a container's name may mean: units and countries.
fn holders(gazetteer: &Gazetteer, container: &str) -> Vec<PlaceNo> {
    let mut found = gazetteer.hits(&fold(container));
    let (head, _) = strip_kind(container, &gazetteer.words);
    if head != container {
        found.extend(gazetteer.hits(&fold(&head)));
    }
    found.retain(|it| it.is_normal);
    found.iter().map(|it| it.place).take(MOST_CANDIDATES).collect()
}

/// True when the holder is a unit of the candidate's, or a town or area that it lies by.
pub(crate) fn holds(gazetteer: &Gazetteer, holder: PlaceNo, candidate: &Candidate) -> bool {
    if holder == candidate.place {
        return false;
    }
    if gazetteer.ancestors(&candidate.entry).any(|(place, _)| place == holder) {
        return true;
    }
    // A town names its surroundings too: "Kalari in Piela", "Jobar, Damascus".
    let Some(entry) = gazetteer.entry(holder) else { return false };
    let radius = entry.radius_km.unwrap_or(20.0).clamp(20.0, 60.0);
    (entry.kind.is_point() || matches!(entry.kind, Kind::Adm2 | Kind::Adm3 | Kind::Area))
        && entry.iso2 == candidate.entry.iso2
        && distance_km((entry.lat, entry.lon), (candidate.entry.lat, candidate.entry.lon)) < radius
}

fn candidates(gazetteer: &Gazetteer, hits: &[Hit]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = hits
        .iter()
        .filter_map(|hit| {
            let spelling = match (hit.is_normal, hit.is_main) {
                (true, true) => Spelling::Main,
                (true, false) => Spelling::Other,
                _ => Spelling::Folded,
            };
            candidate(gazetteer, hit.place, spelling)
        })
        .collect();
    if found.len() > MOST_CANDIDATES {
        found.sort_by(|a, b| {
            (a.spelling.cmp(&b.spelling)).then(b.entry.log_population.total_cmp(&a.entry.log_population))
        });
        found.truncate(MOST_CANDIDATES);
    }
    // Whatever the layers' order, the same candidates come in the same order.
    found.sort_by_key(|it| it.place);
    found
}

fn candidate(gazetteer: &Gazetteer, place: PlaceNo, spelling: Spelling) -> Option<Candidate> {
    let entry = gazetteer.entry(place)?;
    let adm1 = gazetteer.units(place, &entry).adm1;
    Some(Candidate { place, entry, adm1, spelling, is_contained: false, score: 0.0, probability: 0.0 })
}

/// Tells each name the other names of its events.
pub(crate) fn add_mates(mentions: &[Mention<'_>], of: &[NodesOf], nodes: &mut [Node]) {
    for (n, mention) in mentions.iter().enumerate().filter(|(_, it)| it.event.is_some()) {
        for (m, other) in mentions.iter().enumerate() {
            if n == m || mention.event != other.event {
                continue;
            }
            for own in &of[n].heads {
                for mate in &of[m].heads {
                    // What is only told of a border is no place of the event.
                    if own != mate && nodes[*mate].n_mentions > 0 && !nodes[*own].mates.contains(mate) {
                        nodes[*own].mates.push(*mate);
                    }
                }
            }
        }
    }
}

/// Part of a name alone, or an acronym, says too little to look for it all over the world: only where it is told or likely to lie.
pub(crate) fn drop_unlikely(gazetteer: &Gazetteer, nodes: &mut [Node], evidence: &Evidence) {
    for n in 0..nodes.len() {
        if !nodes[n].is_partial && !nodes[n].is_acronym {
            continue;
        }
        let own = std::mem::take(&mut nodes[n].candidates);
        let is_acronym = nodes[n].is_acronym;
        let shares = super::weigh::country_shares(gazetteer, nodes, evidence);
        let is_likely = |it: &Candidate| {
            it.is_contained
                || (is_acronym && it.entry.kind <= Kind::Adm1)
                || shares
                    .iter()
                    .any(|(iso2, share)| *iso2 == it.entry.iso2 && *share >= gazetteer.weights.choice.similar_share)
        };
        nodes[n].candidates = own.into_iter().filter(is_likely).collect();
    }
}

/// "The capital" is the capital of the country that the report is about, where that is plain.
///
/// Gives true when any was found.
pub(crate) fn add_capitals(
    gazetteer: &Gazetteer,
    parsed: &[Parsed],
    of: &[NodesOf],
    nodes: &mut [Node],
    evidence: &Evidence,
) -> bool {
    let mut any = false;
    for (parsed, of) in parsed.iter().zip(of).filter(|(it, _)| it.says_capital) {
        let shares = super::weigh::country_shares(gazetteer, nodes, evidence);
        let most = shares.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((iso2, _)) = most.filter(|(_, share)| *share >= gazetteer.weights.choice.capital_share) else {
            continue;
        };
        let capital =
            gazetteer.countries.capital(*iso2).and_then(|it| gazetteer.within(it, *iso2, None, Kind::is_point));
        let (Some(place), Some(n)) = (capital, of.heads.first()) else { continue };
        let relation_is_plain = parsed.containers.is_empty();
        if nodes[*n].candidates.is_empty() && relation_is_plain {
            nodes[*n].candidates.extend(candidate(gazetteer, place, Spelling::Other));
            any = true;
        }
    }
    any
}

/// Looks for near spellings of names without a good candidate, within the countries that the report is about.
///
/// Gives true when any were found.
pub(crate) fn add_similar(gazetteer: &Gazetteer, nodes: &mut [Node], evidence: &Evidence) -> bool {
    let weights = &gazetteer.weights;
    let mut shares: Option<Vec<([u8; 2], f64)>> = None;
    let mut any = false;
    for n in 0..nodes.len() {
        // A plain name with an exact candidate needs no guess; a folded one may have a nearer rival.
        let is_known = nodes[n].candidates.iter().any(|it| it.spelling <= Spelling::Other);
        if is_known || nodes[n].is_whole || nodes[n].is_acronym || nodes[n].is_partial {
            continue;
        }
        let shares = shares.get_or_insert_with(|| super::weigh::country_shares(gazetteer, nodes, evidence));
        let open: Vec<[u8; 2]> = shares
            .iter()
            .filter(|(iso2, share)| {
                *share >= weights.choice.similar_share && (evidence.only.is_empty() || evidence.only.contains(iso2))
            })
            .map(|(iso2, _)| *iso2)
            .collect();
        if open.is_empty() {
            continue;
        }
        let key = nodes[n].name.key.clone();
        let Some(near) = NearKey::new(&key) else { continue };
        let mut found: Vec<(PlaceNo, u8)> = Vec::new();
        let mut last: (Vec<u8>, u8) = (Vec::new(), 0);
        gazetteer.search(&near, |key, place| {
            if last.0 != key {
                last = (key.to_vec(), near.cost(key));
            }
            if gazetteer.entry(place).is_some_and(|it| open.contains(&it.iso2)) {
                found.push((place, last.1));
            }
        });
        found.sort_unstable();
        found.dedup_by_key(|it| it.0);
        let known: Vec<PlaceNo> = nodes[n].candidates.iter().map(|it| it.place).collect();
        for (place, cost) in found.into_iter().filter(|(place, _)| !known.contains(place)).take(MOST_CANDIDATES) {
            if let Some(mut it) = candidate(gazetteer, place, Spelling::Similar { cost }) {
                it.is_contained = nodes[n].containers.iter().any(|holder| holds(gazetteer, *holder, &it));
                nodes[n].candidates.push(it);
                any = true;
            }
        }
    }
    any
}
