//! Weighed candidates → one resolution: choose or abstain, then point, radius and precision.

use annals_record::{Place, PlacePrecision};

use super::candidates::{Candidate, Node, NodesOf, Spelling};
use super::parse::{Parsed, Relation};
use super::{Pass, Resolution, elsewhere};
use crate::fold::fold;
use crate::gazetteer::{Gazetteer, PlaceNo};
use crate::geometry::{distance_km, middle, moved};
use crate::kind::Kind;
use crate::pack::Entry;
use crate::words::Class;

/// A node's answer.
#[derive(Clone, Copy)]
struct Chosen {
    it: Candidate,
    /// With those that mean the same spot.
    probability: f64,
    /// A unit is meant that is not known, only the town that it is called after.
    is_of_unit: bool,
}

/// What a name means that both a unit and its seat have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefer {
    /// The unit: something lies in a part of it.
    Unit,
    /// The seat, where that is most of the unit.
    Seat,
    /// The seat in any case: distances are told from towns.
    Point,
}

/// Makes the resolution of one mention.
pub(crate) fn outcome(gazetteer: &Gazetteer, parsed: &Parsed, of: &NodesOf, nodes: &[Node]) -> Resolution {
    let mut out = Resolution::default();
    let heads: Vec<&Node> = of.heads.iter().map(|n| &nodes[*n]).collect();
    let Some(first) = heads.first() else { return out };
    read_mention(parsed, &mut out);
    out.candidates = told(gazetteer, first);
    let prefer = match parsed.relation {
        Relation::At => Prefer::Seat,
        Relation::Part | Relation::Border => Prefer::Unit,
        Relation::Near | Relation::Offset { .. } | Relation::Between | Relation::Road => Prefer::Point,
    };
    let mut chosen: Vec<Option<Chosen>> = heads.iter().map(|node| choose(gazetteer, node, prefer, &mut out)).collect();
    if let [Some(it)] = chosen.as_slice()
        && let Some(unit) = elsewhere::told_elsewhere(gazetteer, &it.it, of, parsed, nodes)
    {
        let said =
            format!("unresolved: {} does not lie in or by {}", gazetteer.name(it.it.place), gazetteer.name(unit));
        pass(&mut out, "check_container", said);
        chosen[0] = None;
    }
    match (parsed.relation, chosen.as_slice()) {
        (Relation::Border, found) => on_border(gazetteer, found, &mut out),
        (Relation::Between | Relation::Road, [Some(one), Some(other)]) => {
            stretch(gazetteer, parsed, *one, *other, &mut out);
        }
        (_, [Some(it), ..] | [None, Some(it), ..]) => {
            spot(gazetteer, parsed, *it, &mut out);
            out.as_unit = as_unit(gazetteer, parsed, first, &it.it);
        }
        _ => {}
    }
    if out.precision.is_none() {
        fall_back(gazetteer, parsed, of, nodes, &mut out);
    }
    if out.precision.is_none() {
        tell_common_units(gazetteer, first, &mut out);
    }
    out
}

fn pass(out: &mut Resolution, name: &'static str, said: impl Into<String>) {
    out.passes.push(Pass { name, said: said.into() });
}

fn read_mention(parsed: &Parsed, out: &mut Resolution) {
    match parsed.relation {
        Relation::At => {}
        Relation::Offset { km, bearing } => {
            let towards = bearing.map_or_else(String::new, |it| format!(" at {it}°"));
            pass(out, "read_distance", format!("{km:.0} km{towards} from {}", parsed.heads[0]));
        }
        Relation::Near => pass(out, "read_nearness", format!("near {}", parsed.heads[0])),
        Relation::Part => pass(out, "read_part", format!("a part of {}", parsed.heads[0])),
        Relation::Between => pass(out, "read_between", parsed.heads.join(" and ")),
        Relation::Road => pass(out, "read_road", parsed.heads.join(" to ")),
        Relation::Border => pass(out, "read_border", parsed.heads.join(" and ")),
    }
    if let Some(class) = parsed.wanted {
        pass(out, "read_kind_word", format!("{class:?} of the name {}", parsed.heads[0]).to_lowercase());
    }
    if !parsed.containers.is_empty() {
        pass(out, "read_container", parsed.containers.join("; "));
    }
}

/// The likely candidates, best first, as the record tells them.
fn told(gazetteer: &Gazetteer, node: &Node) -> Vec<Place> {
    ranked(node)
        .into_iter()
        .filter(|it| it.probability >= 0.01)
        .take(gazetteer.weights.choice.candidates)
        .filter_map(|it| gazetteer.place(it.place, it.probability))
        .collect()
}

fn ranked(node: &Node) -> Vec<&Candidate> {
    let mut all: Vec<&Candidate> = node.candidates.iter().collect();
    all.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.place.cmp(&b.place)));
    all
}

/// Chooses the best candidate of a name, or none when it is not sure enough.
fn choose(gazetteer: &Gazetteer, node: &Node, prefer: Prefer, out: &mut Resolution) -> Option<Chosen> {
    let weights = &gazetteer.weights.choice;
    let ranked = ranked(node);
    let Some(mut best) = ranked.first().copied() else {
        pass(out, "look_up", format!("no place is called {}", node.name.normal));
        return None;
    };
    let same = |it: &Candidate| is_same_spot(gazetteer, best, it);
    let probability: f64 = ranked.iter().filter(|it| same(it)).map(|it| it.probability).sum();
    let rival = ranked.iter().find(|it| !same(it)).map_or(0.0, |it| it.probability);
    if rival > best.probability * weights.rival {
        pass(out, "require_margin", format!("unresolved: two places of the name {} are as likely", node.name.normal));
        return None;
    }
    if let Some(seat) = seat_of(gazetteer, node, best, prefer) {
        pass(out, "prefer_seat", format!("the town {}, not the unit of that name", gazetteer.name(seat.place)));
        best = seat;
    }
    let least = match best.spelling {
        Spelling::Main | Spelling::Other => weights.answer,
        Spelling::Folded => weights.answer_folded,
        Spelling::Similar { .. } => weights.answer_similar,
    };
    let label = || format!("{} ({}) {probability:.2}", gazetteer.name(best.place), best.entry.kind.as_str());
    if probability < least {
        pass(out, "require_margin", format!("unresolved: {} is below {least}", label()));
        return None;
    }
    pass(out, best.spelling.pass(), format!("{} of {} candidates", label(), ranked.len()));
    let is_of_unit = node.wanted.is_some_and(Class::is_unit) && best.entry.kind.is_point();
    match is_of_unit.then(|| unit_of(gazetteer, node, best)).flatten() {
        Some((place, entry)) => {
            pass(out, "take_unit", format!("{} ({}), not the town", gazetteer.name(place), entry.kind.as_str()));
            out.candidates.extend(gazetteer.place(place, probability));
            Some(Chosen { it: Candidate { place, entry, ..*best }, probability, is_of_unit: false })
        }
        None if is_of_unit && best.spelling > Spelling::Folded => {
            pass(out, "take_unit", "unresolved: only a town of a like name is known");
            None
        }
        None => Some(Chosen { it: *best, probability, is_of_unit }),
    }
}

/// The unit that a kind word asks for where only the town of its name was found: "Bryansk region", "Zolochiv district".
fn unit_of(gazetteer: &Gazetteer, node: &Node, town: &Candidate) -> Option<(PlaceNo, Entry)> {
    let class = node.wanted?;
    // "Bryanskaya Oblast'" is Bryansk's; the Houston region is not Texas.
    let is_namesake = |place: PlaceNo| {
        node.candidates.iter().any(|it| it.place == place)
            || fold(gazetteer.name(place)).key.starts_with(&node.name.key)
    };
    gazetteer.ancestors(&town.entry).find(|(place, it)| class.holds(it.kind) && is_namesake(*place))
}

/// A bare name that a town shares with the unit that holds it may mean either, and a dateline is told of all the province.
fn as_unit(gazetteer: &Gazetteer, parsed: &Parsed, node: &Node, town: &Candidate) -> Option<PlacePrecision> {
    if parsed.relation != Relation::At || node.wanted.is_some() || node.is_whole || !town.entry.kind.is_point() {
        return None;
    }
    if parsed.is_dateline {
        return gazetteer.units(town.place, &town.entry).adm1.map(|_| PlacePrecision::Adm1);
    }
    let units =
        gazetteer.ancestors(&town.entry).filter(|(place, _)| node.candidates.iter().any(|it| it.place == *place));
    let kind = units.map(|(_, it)| it.kind).filter(|it| matches!(it, Kind::Adm1 | Kind::Adm2)).min()?;
    Some(precision_of(kind, true))
}

/// The town that gives a unit its name, where the naming means the town: no kind word asks for the unit, and the town is most of
/// it. Where a distance is told, it is told from the town in any case, not from the middle of its province.
fn seat_of<'a>(gazetteer: &Gazetteer, node: &'a Node, best: &Candidate, prefer: Prefer) -> Option<&'a Candidate> {
    let weights = &gazetteer.weights.choice;
    if prefer == Prefer::Unit || !best.entry.kind.is_unit() || node.is_whole || node.wanted.is_some_and(Class::is_unit)
    {
        return None;
    }
    let radius = best.entry.radius_km.unwrap_or_else(|| best.entry.kind.usual_radius_km());
    let is_most = |it: &Candidate| {
        prefer == Prefer::Point
            || radius <= weights.seat_km
            || f64::from(it.entry.log_population) >= f64::from(best.entry.log_population) + weights.seat_share.ln()
    };
    let inside = |it: &Candidate| {
        gazetteer.ancestors(&it.entry).any(|(place, _)| place == best.place)
            || (it.entry.iso2 == best.entry.iso2
                && distance_km((it.entry.lat, it.entry.lon), (best.entry.lat, best.entry.lon))
                    < radius.min(weights.seat_km))
    };
    let points = node
        .candidates
        .iter()
        .filter(|it| it.entry.kind.is_point() && it.spelling <= best.spelling.max(Spelling::Folded));
    points.filter(|it| inside(it) && is_most(it)).max_by(|a, b| a.probability.total_cmp(&b.probability))
}

/// True for a town and its own district, or two entries of one town.
fn is_same_spot(gazetteer: &Gazetteer, best: &Candidate, it: &Candidate) -> bool {
    if best.place == it.place {
        return true;
    }
    if best.entry.kind.is_country_or_more() || it.entry.kind.is_country_or_more() {
        return false;
    }
    let holds = |inner: &Candidate, outer: PlaceNo| gazetteer.ancestors(&inner.entry).any(|(place, _)| place == outer);
    holds(best, it.place)
        || holds(it, best.place)
        || distance_km((best.entry.lat, best.entry.lon), (it.entry.lat, it.entry.lon))
            < gazetteer.weights.choice.same_km
}

fn fill_units(gazetteer: &Gazetteer, place: PlaceNo, out: &mut Resolution) {
    out.iso_3166_2 = gazetteer.unit_code(place).map(str::to_owned);
    if let Some(place) = gazetteer.place(place, 1.0) {
        (out.iso3, out.adm1, out.adm2) = (place.iso3, place.adm1, place.adm2);
    }
}

/// What is further from a town than this may lie in another unit.
const OWN_UNIT_KM: f64 = 50.0;

/// At, near, in a part of, or at a distance from one place.
fn spot(gazetteer: &Gazetteer, parsed: &Parsed, chosen: Chosen, out: &mut Resolution) {
    let (place, entry) = (chosen.it.place, &chosen.it.entry);
    out.place = gazetteer.place(place, chosen.probability);
    fill_units(gazetteer, place, out);
    let own_radius = entry.radius_km.unwrap_or_else(|| entry.kind.usual_radius_km());
    let mut precision = precision_of(entry.kind, entry.radius_km.is_some());
    let mut point = (entry.lat, entry.lon);
    let mut radius = own_radius;
    match parsed.relation {
        Relation::Offset { km, bearing } if entry.kind.is_point() || km > own_radius => {
            precision = PlacePrecision::Near;
            if km > OWN_UNIT_KM {
                (out.adm1, out.adm2, out.iso_3166_2) = (None, None, None);
            }
            match bearing {
                // A bearing of eight is good to some 22 degrees, a distance to a fifth.
                Some(bearing) => (point, radius) = (moved(point, km, bearing), (km * 0.4).max(2.0)),
                None => radius = km * 1.2,
            }
        }
        Relation::Near | Relation::Offset { .. } if precision == PlacePrecision::Exact => {
            (precision, radius) = (PlacePrecision::Near, own_radius.max(15.0));
        }
        Relation::Part if precision == PlacePrecision::Exact => {
            (precision, radius) = (PlacePrecision::Near, own_radius.max(12.0));
        }
        _ if chosen.is_of_unit && precision == PlacePrecision::Exact => {
            (precision, radius) = (PlacePrecision::Near, own_radius.max(25.0));
        }
        _ => {}
    }
    out.precision = Some(precision);
    if precision != PlacePrecision::Country {
        (out.lat, out.lon, out.radius_km) =
            (Some(rounded(point.0)), Some(rounded(point.1)), Some(radius.round().max(1.0)));
    }
}

/// How finely a place of a kind tells where.
fn precision_of(kind: Kind, has_own_radius: bool) -> PlacePrecision {
    match kind {
        Kind::Continent | Kind::Country => PlacePrecision::Country,
        Kind::Adm1 => PlacePrecision::Adm1,
        Kind::Adm2 => PlacePrecision::Adm2,
        Kind::Area | Kind::Water | Kind::Island | Kind::Mountain => PlacePrecision::Area,
        // A commune is named after its seat, which lies somewhere in it; a point of the overlay with a radius is not sure.
        Kind::Adm3 => PlacePrecision::Near,
        _ if has_own_radius => PlacePrecision::Near,
        _ => PlacePrecision::Exact,
    }
}

/// Between two places, or on the road from one to the other.
fn stretch(gazetteer: &Gazetteer, parsed: &Parsed, one: Chosen, other: Chosen, out: &mut Resolution) {
    let ends = [one.it, other.it].map(|it| (it.entry.lat, it.entry.lon));
    let apart = distance_km(ends[0], ends[1]);
    // Roads between namesakes of two countries are mistakes.
    if apart > 600.0 {
        pass(out, "check_stretch", format!("the ends lie {apart:.0} km apart: no stretch"));
        return spot(gazetteer, parsed, one, out);
    }
    fill_units(gazetteer, one.it.place, out);
    let other_place = gazetteer.place(other.it.place, other.probability);
    let (adm1, adm2) = other_place.as_ref().map_or((None, None), |it| (it.adm1.clone(), it.adm2.clone()));
    if out.adm1 != adm1 {
        (out.adm1, out.adm2, out.iso_3166_2) = (None, None, None);
    } else if out.adm2 != adm2 {
        out.adm2 = None;
    }
    if one.it.entry.iso2 != other.it.entry.iso2 {
        (out.iso3, out.iso_3166_2) = (None, None);
    }
    out.candidates = [gazetteer.place(one.it.place, one.probability), other_place].into_iter().flatten().collect();
    let point = middle(ends[0], ends[1]);
    (out.lat, out.lon) = (Some(rounded(point.0)), Some(rounded(point.1)));
    out.radius_km = Some((apart / 2.0).max(2.0).round());
    out.precision = Some(PlacePrecision::Near);
    pass(out, "place_on_stretch", format!("half-way, {apart:.0} km apart"));
}

/// On the border of a country (and another, where told).
fn on_border(gazetteer: &Gazetteer, found: &[Option<Chosen>], out: &mut Resolution) {
    let named: Vec<&Candidate> = found.iter().flatten().map(|it| &it.it).collect();
    let border = match named.as_slice() {
        [one, other] if one.entry.kind == Kind::Country && other.entry.kind == Kind::Country => {
            super::where_of::shared_border(gazetteer, one.place, other.place).map(|it| (it, None))
        }
        [unit, country] if country.entry.kind == Kind::Country => {
            super::where_of::shared_border(gazetteer, unit.place, country.place).map(|it| (it, Some(unit.place)))
        }
        _ => None,
    };
    match (border, named.first()) {
        (Some(((point, radius), unit)), _) => {
            if let Some(unit) = unit {
                fill_units(gazetteer, unit, out);
                out.adm2 = None;
            }
            (out.lat, out.lon, out.radius_km) = (Some(rounded(point.0)), Some(rounded(point.1)), Some(radius.round()));
            out.precision = Some(PlacePrecision::Area);
            pass(out, "place_on_border", format!("the shared border, {radius:.0} km around its middle"));
        }
        // "On the border with Niger" alone says which border, not which country the event is in.
        (None, Some(one)) if one.entry.kind == Kind::Country => {
            pass(out, "place_on_border", "a border of that country; the other side is not told");
        }
        (None, Some(one)) => {
            out.place = gazetteer.place(one.place, one.probability);
            fill_units(gazetteer, one.place, out);
            (out.lat, out.lon) = (Some(rounded(one.entry.lat)), Some(rounded(one.entry.lon)));
            out.radius_km = Some(one.entry.radius_km.unwrap_or(0.0).max(40.0));
            let unit = precision_of(one.entry.kind, one.entry.radius_km.is_some());
            out.precision = Some(if unit == PlacePrecision::Exact { PlacePrecision::Near } else { unit });
        }
        (None, None) => {}
    }
}

/// A name that is not found lies at least in the unit or town that is told to hold it.
fn fall_back(gazetteer: &Gazetteer, parsed: &Parsed, of: &NodesOf, nodes: &[Node], out: &mut Resolution) {
    for (at, n) in of.containers.iter().enumerate() {
        let Some(holder) = choose(gazetteer, &nodes[*n], Prefer::Unit, out) else { continue };
        let entry = &holder.it.entry;
        // "Arda, Gao and Kidal" is a list of towns; only "Arda in Gao" says where Arda lies.
        if entry.kind.is_point() && at >= parsed.n_own_containers {
            continue;
        }
        fill_units(gazetteer, holder.it.place, out);
        let precision = match precision_of(entry.kind, true) {
            PlacePrecision::Exact => PlacePrecision::Near,
            precision => precision,
        };
        out.precision = Some(precision);
        if precision != PlacePrecision::Country {
            (out.lat, out.lon) = (Some(rounded(entry.lat)), Some(rounded(entry.lon)));
            out.radius_km = Some(entry.radius_km.unwrap_or_else(|| entry.kind.usual_radius_km()).max(20.0).round());
        }
        pass(out, "fall_back_to_container", format!("in or by {}", gazetteer.name(holder.it.place)));
        return;
    }
}

/// An unresolved mention still tells its country or unit when all likely candidates lie there.
fn tell_common_units(gazetteer: &Gazetteer, node: &Node, out: &mut Resolution) {
    let least = gazetteer.weights.choice.answer_folded;
    let ranked = ranked(node);
    let Some(best) = ranked.first() else { return };
    let share =
        |of: &dyn Fn(&Candidate) -> bool| ranked.iter().filter(|it| of(it)).map(|it| it.probability).sum::<f64>();
    if share(&|it| it.entry.iso2 == best.entry.iso2) >= least {
        out.iso3 = gazetteer.countries.iso3(best.entry.iso2).map(str::to_owned);
        if best.adm1.is_some() && share(&|it| it.adm1 == best.adm1) >= least {
            out.adm1 = gazetteer.place(best.place, 1.0).and_then(|it| it.adm1);
            out.iso_3166_2 = gazetteer.unit_code(best.place).map(str::to_owned);
        }
    }
}

/// Degrees to four places: eleven metres, finer than any gazetteer.
fn rounded(degrees: f64) -> f64 {
    (degrees * 10_000.0).round() / 10_000.0
}
