//! Places that cannot be meant, since the naming or another one of its event tells a unit far from them.

use super::candidates::{Candidate, Node, NodesOf, Spelling, holds};
use super::parse::Parsed;
use crate::gazetteer::{Gazetteer, PlaceNo};
use crate::geometry::distance_km;
use crate::kind::Kind;
use crate::words::Class;

/// A place this far outside the circle of a unit may still be told as in or by it: circles are rough.
const SLACK_KM: f64 = 30.0;

/// The unit that is told to hold a place and cannot.
///
/// A town is believed against what stands around its naming, which may be a list ("Homs, Aleppo and Idlib"), and against the other
/// namings of its event; a village, of whose name there are many, is not.
pub(super) fn told_elsewhere(
    gazetteer: &Gazetteer,
    it: &Candidate,
    of: &NodesOf,
    parsed: &Parsed,
    nodes: &[Node],
) -> Option<PlaceNo> {
    if it.entry.kind <= Kind::Adm1 || it.entry.kind == Kind::Area {
        return None;
    }
    let node = &nodes[*of.heads.first()?];
    let is_common = node.wanted == Some(Class::Village)
        || it.spelling > Spelling::Other
        || !(it.entry.kind.is_town() || it.entry.kind.is_unit());
    let mut listed: Vec<&Candidate> = Vec::new();
    for (at, container) in of.containers.iter().map(|n| &nodes[*n]).enumerate() {
        let is_own = at < parsed.n_own_containers;
        let is_told = at < parsed.n_own_containers + parsed.n_told_containers;
        let Some(holder) = likeliest(gazetteer, container) else { continue };
        if is_own || (is_common && (is_told || container.wanted.is_some_and(Class::is_unit))) {
            if !lies_by(gazetteer, holder, it) {
                return Some(holder.place);
            }
        } else if node.wanted == Some(Class::Village) && !holder.entry.kind.is_point() {
            // "Arda, Gao and Kidal" is a list of towns.
            listed.push(holder);
        }
    }
    if let Some(first) = listed.first() {
        return listed.iter().all(|holder| !lies_by(gazetteer, holder, it)).then_some(first.place);
    }
    if !is_common {
        return None;
    }
    let is_unit_name = |mate: &&Node| mate.is_whole || mate.wanted.is_some_and(Class::is_unit);
    let mates = node.mates.iter().map(|n| &nodes[*n]).filter(is_unit_name);
    let units: Vec<&Candidate> =
        mates.filter_map(|mate| likeliest(gazetteer, mate)).filter(|it| it.entry.kind.is_unit()).collect();
    let first = units.first()?;
    units.iter().all(|unit| !lies_by(gazetteer, unit, it)).then_some(first.place)
}

/// What a name means most likely, where that is fairly sure.
fn likeliest<'a>(gazetteer: &Gazetteer, node: &'a Node) -> Option<&'a Candidate> {
    let best = node.candidates.iter().max_by(|a, b| a.probability.total_cmp(&b.probability))?;
    (best.probability >= gazetteer.weights.choice.answer).then_some(best)
}

fn lies_by(gazetteer: &Gazetteer, holder: &Candidate, it: &Candidate) -> bool {
    if holder.entry.kind == Kind::Continent || holder.place == it.place || holds(gazetteer, holder.place, it) {
        return true;
    }
    if holder.entry.kind == Kind::Country {
        return holder.entry.iso2 == it.entry.iso2;
    }
    let radius = holder.entry.radius_km.unwrap_or_else(|| holder.entry.kind.usual_radius_km());
    distance_km((holder.entry.lat, holder.entry.lon), (it.entry.lat, it.entry.lon)) <= radius + SLACK_KM
}
