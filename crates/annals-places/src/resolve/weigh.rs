//! Weighs the candidates of all mentions of a report together.
//!
//! Each round, the report's countries and units are told from the likely candidates of all names, and each candidate is weighed
//! by them; a name never speaks for itself.

use std::collections::BTreeMap;

use super::ReportContext;
use super::candidates::{Candidate, Node, Spelling, holds};
use crate::aside::is_aside;
use crate::fold::{fold, normalise};
use crate::gazetteer::{Gazetteer, PlaceNo};
use crate::geometry::distance_km;
use crate::kind::Kind;
use crate::words::Class;

/// Logarithm of the population of the largest cities; scales populations to 0..1.
const LOG_LARGEST: f64 = 17.5;
/// Other names' candidates that are looked at for closeness.
const MOST_NEIGHBOURS: usize = 3;

/// What the report says of countries outside its place mentions.
#[derive(Default)]
pub(crate) struct Evidence {
    /// Countries that the caller names.
    hints: Vec<[u8; 2]>,
    /// The only countries that are open; empty for all.
    pub(crate) only: Vec<[u8; 2]>,
    /// Words for countries and their people in the text: normalised word, country, number of times.
    words: BTreeMap<(String, [u8; 2]), usize>,
    /// Names of level-1 units in the text: normalised word, unit, its country, number of times.
    units: BTreeMap<(String, PlaceNo), ([u8; 2], usize)>,
}

impl Evidence {
    pub(crate) fn of_report(gazetteer: &Gazetteer, context: &ReportContext<'_>) -> Self {
        let codes = |of: &[&str]| -> Vec<[u8; 2]> { of.iter().filter_map(|it| gazetteer.countries.iso2(it)).collect() };
        let only = codes(context.only);
        let mut hints = codes(context.countries);
        hints.extend(&only);
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.');
        let all: Vec<&str> =
            context.text.split(|c: char| !is_word(c)).map(|it| it.trim_matches(['-', '\'', '’'])).collect();
        let is_high = |it: &&str| it.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()) && it.len() <= 40;
        let mut words = BTreeMap::new();
        let mut units = BTreeMap::new();
        let mut at = 0;
        while at < all.len() {
            let run = all[at..].iter().take(3).take_while(|it| is_high(it)).count();
            // Up to three words: "Central African Republic".
            let found = (1..=run).rev().find_map(|n| {
                let normal = normalise(&all[at..at + n].join(" "));
                gazetteer.countries.named(&normal).map(|iso2| (n, normal, iso2))
            });
            if let Some((n, normal, iso2)) = found {
                if !is_aside(&all[..at], &all[at + n..]) {
                    *words.entry((normal, iso2)).or_insert(0) += 1;
                }
                at += n;
                continue;
            }
            let found = (1..=run).rev().find_map(|n| {
                let name = fold(&all[at..at + n].join(" "));
                let unit = gazetteer.unit_named(&name)?;
                Some((n, name.normal, unit))
            });
            if let Some((n, normal, (place, iso2))) = found {
                units.entry((normal, place)).or_insert((iso2, 0)).1 += 1;
                at += n;
            } else {
                at += 1;
            }
        }
        Self { hints, only, words, units }
    }

    /// Weight of each country, but for the words that are the name itself.
    fn of_countries(&self, gazetteer: &Gazetteer, but: Option<&Node>) -> BTreeMap<[u8; 2], f64> {
        let weights = &gazetteer.weights.evidence;
        let mut sums = BTreeMap::new();
        for hint in &self.hints {
            *sums.entry(*hint).or_insert(0.0) += weights.hint;
        }
        for ((word, iso2), count) in &self.words {
            if but.is_none_or(|node| node.name.normal != *word) {
                *sums.entry(*iso2).or_insert(0.0) += weights.word * (*count as f64).sqrt();
            }
        }
        for ((word, _), (iso2, count)) in &self.units {
            if but.is_none_or(|node| node.name.normal != *word) {
                *sums.entry(*iso2).or_insert(0.0) += weights.unit_word * (*count as f64).sqrt();
            }
        }
        sums
    }

    /// Weight of each level-1 unit, but for the words that are the name itself.
    fn of_units(&self, gazetteer: &Gazetteer, but: &Node) -> BTreeMap<PlaceNo, f64> {
        let weight = gazetteer.weights.evidence.unit_word;
        let others = self.units.iter().filter(|((word, _), _)| *word != but.name.normal);
        others.map(|((_, unit), (_, count))| (*unit, weight * (*count as f64).sqrt())).collect()
    }
}

/// Each country's share of all evidence, the names' candidates included.
pub(crate) fn country_shares(gazetteer: &Gazetteer, nodes: &[Node], evidence: &Evidence) -> Vec<([u8; 2], f64)> {
    let mut sums = evidence.of_countries(gazetteer, None);
    for candidate in nodes.iter().flat_map(|it| &it.candidates) {
        *sums.entry(candidate.entry.iso2).or_insert(0.0) += candidate.probability;
    }
    let total: f64 = sums.values().sum::<f64>() + gazetteer.weights.evidence.floor;
    sums.into_iter().map(|(iso2, sum)| (iso2, sum / total)).collect()
}

/// Gives each candidate its score and probability.
pub(crate) fn weigh(gazetteer: &Gazetteer, nodes: &mut [Node], evidence: &Evidence) {
    let weights = &gazetteer.weights;
    for node in nodes.iter_mut() {
        for n in 0..node.candidates.len() {
            node.candidates[n].score = own_score(gazetteer, node, &node.candidates[n]);
        }
        to_probabilities(node, &[], weights.sign.absent);
    }
    for _ in 0..weights.evidence.rounds {
        let shifts: Vec<(Vec<f64>, f64)> = (0..nodes.len()).map(|n| shifts(gazetteer, nodes, n, evidence)).collect();
        for (node, (shifts, absent)) in nodes.iter_mut().zip(&shifts) {
            to_probabilities(node, shifts, *absent);
        }
    }
}

/// What speaks for a candidate by itself.
fn own_score(gazetteer: &Gazetteer, node: &Node, it: &Candidate) -> f64 {
    let weights = &gazetteer.weights;
    let spelling = match it.spelling {
        Spelling::Main => weights.r#match.main,
        Spelling::Other => weights.r#match.other,
        Spelling::Folded => weights.r#match.folded,
        Spelling::Similar { cost } => {
            let shortness = (weights.r#match.short / node.name.key.len().max(1) as f64).max(1.0);
            weights.r#match.similar - weights.r#match.edit * f64::from(cost) * shortness * shortness
        }
    };
    let wanted = match node.wanted {
        // Towns are known: their names are seldom misspelt, and nobody calls them villages.
        Some(Class::Village) if it.spelling > Spelling::Folded && it.entry.kind.is_town() => weights.sign.unwanted,
        Some(class) if class.holds(it.entry.kind) => weights.sign.wanted,
        // A commune is named after its seat, so that "X village" may well be the X that only the commune's entry tells of.
        Some(class) if class.is_point() && it.entry.kind == Kind::Adm3 => 0.0,
        Some(_) => weights.sign.unwanted,
        None => 0.0,
    };
    spelling
        + wanted
        + weights.kind.of(it.entry.kind)
        + weights.sign.population * f64::from(it.entry.log_population) / LOG_LARGEST
        + if it.is_contained { weights.sign.container } else { 0.0 }
}

/// What the rest of the report says of each candidate of one name, and of a place that the gazetteer lacks.
fn shifts(gazetteer: &Gazetteer, nodes: &[Node], of: usize, evidence: &Evidence) -> (Vec<f64>, f64) {
    let weights = &gazetteer.weights;
    let node = &nodes[of];
    let mut countries = evidence.of_countries(gazetteer, Some(node));
    let mut units = evidence.of_units(gazetteer, node);
    let mut neighbours: Vec<((f64, f64), f64)> = Vec::new();
    for (n, other) in nodes.iter().enumerate() {
        if n == of || other.name.key == node.name.key {
            continue;
        }
        let times = (other.n_mentions as f64).sqrt();
        let mut likely: Vec<&Candidate> = other.candidates.iter().filter(|it| it.probability > 0.05).collect();
        likely.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.place.cmp(&b.place)));
        for it in &likely {
            *countries.entry(it.entry.iso2).or_insert(0.0) += it.probability * times;
            if let Some(unit) = it.adm1 {
                *units.entry(unit).or_insert(0.0) += it.probability * times;
            }
        }
        for it in likely
            .iter()
            .take(MOST_NEIGHBOURS)
            .filter(|it| !it.entry.kind.is_country_or_more() && it.entry.kind != Kind::Adm1)
        {
            neighbours.push(((it.entry.lat, it.entry.lon), it.probability * times));
        }
    }
    // The better the report's countries are known, the less a place elsewhere is likely.
    let floor = weights.evidence.floor;
    let total = countries.values().sum::<f64>();
    let country_log = |sum: f64| ((sum + floor * weights.evidence.elsewhere) / (total + floor)).ln();
    let n_units = units.values().sum::<f64>() + weights.evidence.floor;
    let shift = |it: &Candidate| {
        let country = country_log(countries.get(&it.entry.iso2).copied().unwrap_or(0.0));
        let mate = node.mates.iter().map(|n| mate_share(gazetteer, &nodes[*n], it)).fold(0.0, f64::max);
        let unit = it.adm1.and_then(|unit| units.get(&unit)).map_or(0.0, |sum| sum / n_units);
        let close: f64 = (neighbours.iter())
            .map(|(point, share)| {
                share * (-distance_km(*point, (it.entry.lat, it.entry.lon)) / weights.evidence.near_km).exp()
            })
            .sum();
        weights.sign.country * country
            + weights.sign.mate * mate
            + weights.sign.unit * unit
            + weights.sign.near * close / (close + 1.0)
    };
    (
        node.candidates.iter().map(shift).collect(),
        weights.sign.absent + weights.sign.country * country_log(total * weights.evidence.absent_share),
    )
}

/// How much a name of the same event says that it lies in, by or around a candidate.
fn mate_share(gazetteer: &Gazetteer, mate: &Node, it: &Candidate) -> f64 {
    let likely = mate.candidates.iter().filter(|other| other.probability > 0.05 && other.place != it.place);
    let of_mate = likely.filter(|other| other.entry.iso2 == it.entry.iso2 || other.entry.kind == Kind::Area);
    of_mate
        .filter(|other| holds(gazetteer, other.place, it) || holds(gazetteer, it.place, other))
        .map(|other| other.probability)
        .sum()
}

fn to_probabilities(node: &mut Node, shifts: &[f64], absent: f64) {
    let shift = |n: usize| shifts.get(n).copied().unwrap_or(0.0);
    let most = node.candidates.iter().enumerate().map(|(n, it)| it.score + shift(n)).fold(absent, f64::max);
    let mut total = (absent - most).exp();
    for (n, it) in node.candidates.iter_mut().enumerate() {
        it.probability = (it.score + shift(n) - most).exp();
        total += it.probability;
    }
    for it in &mut node.candidates {
        it.probability /= total;
    }
}
