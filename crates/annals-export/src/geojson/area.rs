//! What a place looks like on a map: its point, the outline of its unit, or the circle that it lies in.

use annals_record::{PlacePrecision, Where};
use serde_json::{Value, json};

use crate::options::{Options, Unit};

/// Corners of the polygon that stands for a circle.
const N_CORNERS: u32 = 48;
/// **Units**: kilometres; mean radius of the Earth.
const EARTH_KM: f64 = 6371.0088;

/// Longitude and latitude in degrees, the first point again at the end.
type Ring = Vec<[f64; 2]>;

/// A geometry, and what it is.
pub(super) struct Drawn {
    pub(super) geometry: Value,
    /// `point`, `unit` for an admin unit's outline, or `circle`.
    pub(super) what: &'static str,
}

/// The point of a place; where areas are asked for, the outline of the unit that it is known by, else the circle of its radius.
pub(super) fn drawn(place: &Where, options: &Options<'_>) -> Option<Drawn> {
    let (lat, lon) = place.lat.zip(place.lon)?;
    if options.areas {
        let outline = unit(place).and_then(|unit| options.outline_of?(&unit)).and_then(|it| multi_polygon(&it));
        if let Some(geometry) = outline {
            return Some(Drawn { geometry, what: "unit" });
        }
        if let Some(radius_km) = place.radius_km.filter(|it| *it > 0.0) {
            let geometry = json!({"type": "Polygon", "coordinates": [circle(lat, lon, radius_km)]});
            return Some(Drawn { geometry, what: "circle" });
        }
    }
    Some(Drawn { geometry: json!({"type": "Point", "coordinates": [lon, lat]}), what: "point" })
}

/// The admin unit that a place is known by, where it is known no finer.
fn unit(place: &Where) -> Option<Unit<'_>> {
    let unit = Unit::of(place)?;
    match place.precision {
        PlacePrecision::Adm2 => unit.adm2.map(|_| unit),
        PlacePrecision::Adm1 => unit.adm1.map(|_| Unit { adm2: None, ..unit }),
        _ => None,
    }
}

/// Rings of any order as polygons: each that lies in an even number of others is an outer one, the rest are holes.
fn multi_polygon(rings: &[Vec<(f64, f64)>]) -> Option<Value> {
    let rings: Vec<Ring> = rings.iter().filter_map(|it| closed(it)).collect();
    let around = |at: usize| {
        let others = rings.iter().enumerate().filter(move |it| it.0 != at);
        others.filter(|it| holds(it.1, rings[at][0])).map(|it| it.0).collect::<Vec<_>>()
    };
    let within: Vec<Vec<usize>> = (0..rings.len()).map(around).collect();
    let is_outer = |at: usize| within[at].len().is_multiple_of(2);
    let polygon = |outer: usize| {
        // A hole's own outer ring is the one that lies as deep as all the others around it together.
        let own = |hole: &usize| within[*hole].len() == within[outer].len() + 1 && within[*hole].contains(&outer);
        let holes = (0..rings.len()).filter(|it| !is_outer(*it)).filter(own).map(|it| turned(&rings[it], false));
        std::iter::once(turned(&rings[outer], true)).chain(holes).collect::<Vec<Ring>>()
    };
    let polygons: Vec<Vec<Ring>> = (0..rings.len()).filter(|it| is_outer(*it)).map(polygon).collect();
    match &polygons[..] {
        [] => None,
        [one] => Some(json!({"type": "Polygon", "coordinates": one})),
        all => Some(json!({"type": "MultiPolygon", "coordinates": all})),
    }
}

/// A ring with its first point at the end; `None` for one that encloses nothing.
fn closed(points: &[(f64, f64)]) -> Option<Ring> {
    let mut ring: Ring = points.iter().map(|(lon, lat)| [rounded(*lon), rounded(*lat)]).collect();
    ring.dedup();
    if ring.len() > 1 && ring.first() != ring.last() {
        ring.push(ring[0]);
    }
    (ring.len() > 3 && doubled_area(&ring) != 0.0).then_some(ring)
}

/// Positive for a ring that runs counter-clockwise.
fn doubled_area(ring: &Ring) -> f64 {
    ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum()
}

/// Outer rings run counter-clockwise, holes clockwise (RFC 7946, 3.1.6).
fn turned(ring: &Ring, counter_clockwise: bool) -> Ring {
    let mut ring = ring.clone();
    if (doubled_area(&ring) > 0.0) != counter_clockwise {
        ring.reverse();
    }
    ring
}

/// Tells whether a point lies in a ring: a ray to the east crosses it an odd number of times.
fn holds(ring: &Ring, [lon, lat]: [f64; 2]) -> bool {
    let crosses = |pair: &&[[f64; 2]]| {
        let ([x1, y1], [x2, y2]) = (pair[0], pair[1]);
        (y1 > lat) != (y2 > lat) && lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
    };
    ring.windows(2).filter(crosses).count() % 2 == 1
}

/// Corners counter-clockwise, the first again at the end; longitudes may pass 180 where the circle does.
fn circle(lat: f64, lon: f64, radius_km: f64) -> Ring {
    let (lat, angle) = (lat.to_radians(), radius_km / EARTH_KM);
    let corner = |number: u32| {
        let bearing = -std::f64::consts::TAU * f64::from(number % N_CORNERS) / f64::from(N_CORNERS);
        let to_lat = (lat.sin() * angle.cos() + lat.cos() * angle.sin() * bearing.cos()).asin();
        let east = (bearing.sin() * angle.sin() * lat.cos()).atan2(angle.cos() - lat.sin() * to_lat.sin());
        [rounded(lon + east.to_degrees()), rounded(to_lat.to_degrees())]
    };
    (0..=N_CORNERS).map(corner).collect()
}

/// To about a metre. **Units**: degrees.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f64, to: f64) -> Vec<(f64, f64)> {
        vec![(from, from), (from, to), (to, to), (to, from)]
    }

    #[test]
    fn holes_go_to_their_own_outer_ring_and_rings_turn_as_geojson_asks() {
        let rings = [square(2.0, 3.0), square(0.0, 10.0), square(20.0, 21.0), square(2.2, 2.8)];
        let value = multi_polygon(&rings).expect("there are outer rings");
        assert_eq!(value["type"], "MultiPolygon");
        let polygons: Vec<Vec<Ring>> = serde_json::from_value(value["coordinates"].clone()).expect("rings");
        // The large square with its hole, the one apart, and the island in the hole.
        assert_eq!(polygons.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 1]);
        for polygon in polygons {
            let turns: Vec<bool> = polygon.iter().map(|it| doubled_area(it) > 0.0).collect();
            assert!(turns[0] && turns[1..].iter().all(|it| !it));
            assert!(polygon.iter().all(|it| it.first() == it.last()));
        }
        assert_eq!(multi_polygon(&[vec![(0.0, 0.0), (1.0, 1.0)]]), None);
    }
}
