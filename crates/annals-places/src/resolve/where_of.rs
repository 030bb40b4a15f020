//! Resolutions of an event's namings → the event's one `where`.

use annals_record::{PlacePrecision, Where};

use super::Resolution;
use crate::gazetteer::{Gazetteer, PlaceNo};
use crate::geometry::distance_km;

/// Chooses the best single place of an event from the resolutions of its place namings, in the order of the namings.
///
/// The finest wins that the others do not gainsay; of equally fine ones, the one that most others hold or lie near, then the
/// first. A town's name counts as its unit's where another naming tells a place elsewhere in that unit. A country gives no point
/// and never wins against a point. `from` is left to the caller, who knows the spans: it is the naming at the index given.
///
/// **Range and missing**: `None` when nothing is resolved.
pub fn where_of(resolutions: &[&Resolution]) -> Option<(usize, Where)> {
    let mut best: Option<(u32, usize, usize)> = None;
    for (n, it) in resolutions.iter().enumerate() {
        let Some(fineness) = fineness(it, resolutions) else { continue };
        let agreeing = resolutions.iter().filter(|other| agrees(it, other)).count();
        let gainsaid = resolutions.iter().filter(|other| gainsays(it, other)).count();
        // Gainsaid once, a place falls behind one that nothing gainsays.
        let rank = (fineness.saturating_sub(u32::try_from(gainsaid).unwrap_or(u32::MAX).min(9) * 10), agreeing, n);
        let better = |old: (u32, usize, usize)| (rank.0, rank.1) > (old.0, old.1);
        if best.is_none_or(better) {
            best = Some(rank);
        }
    }
    let (_, _, n) = best?;
    let it = resolutions[n];
    let precision = it.precision?;
    let has_point = precision != PlacePrecision::Country;
    Some((
        n,
        Where {
            iso3: it.iso3.clone(),
            adm1: it.adm1.clone(),
            adm2: it.adm2.clone(),
            iso_3166_2: it.iso_3166_2.clone(),
            lat: it.lat.filter(|_| has_point),
            lon: it.lon.filter(|_| has_point),
            precision,
            radius_km: it.radius_km.filter(|_| has_point),
            from: None,
        },
    ))
}

/// `None` when nothing is resolved.
fn fineness(it: &Resolution, all: &[&Resolution]) -> Option<u32> {
    let own = own_fineness(it, it.precision?);
    // "Panjwai district of Kandahar" is the province, not the town.
    let unit = it.as_unit.map(|unit| own_fineness(it, unit));
    let told = unit.filter(|unit| {
        let is_finer = |other: &Resolution| other.precision.is_some_and(|it| own_fineness(other, it) > *unit);
        all.iter().any(|other| is_finer(other) && lies_elsewhere_in_unit(it, other))
    });
    Some(told.unwrap_or(own))
}

/// The other is in the unit that a town shares its name with, but not in or by the town.
fn lies_elsewhere_in_unit(town: &Resolution, other: &Resolution) -> bool {
    let is_inside = town.iso3 == other.iso3 && town.adm1.is_some() && town.adm1 == other.adm1;
    let is_same_district = other.precision == Some(PlacePrecision::Adm2) && town.adm2 == other.adm2;
    let radius_km = town.radius_km.unwrap_or(0.0);
    let is_apart = distance_of(town, other).is_some_and(|km| km > radius_km);
    is_inside
        && !is_same_district
        && is_apart
        && (town.as_unit != Some(PlacePrecision::Adm2) || town.adm2 == other.adm2)
}

fn own_fineness(it: &Resolution, precision: PlacePrecision) -> u32 {
    /// "Northern Mali" is wider than any province there; "the outskirts of Gao" is not.
    const WIDE_KM: f64 = 200.0;
    /// "150 km from Bamako" says less than a province does.
    const FAR_KM: f64 = 100.0;
    let is_wide = it.radius_km.is_some_and(|it| it > WIDE_KM);
    let is_far = it.radius_km.is_some_and(|it| it > FAR_KM);
    match precision {
        PlacePrecision::Exact => 107,
        PlacePrecision::Near if !is_far => 106,
        PlacePrecision::Adm2 => 105,
        PlacePrecision::Area if !is_wide => 104,
        PlacePrecision::Adm1 => 103,
        PlacePrecision::Area | PlacePrecision::Near => 102,
        PlacePrecision::Country => 1,
    }
}

fn distance_of(one: &Resolution, other: &Resolution) -> Option<f64> {
    Some(distance_km(one.lat.zip(one.lon)?, other.lat.zip(other.lon)?))
}

/// The other lies in the same unit, or near.
fn agrees(it: &Resolution, other: &Resolution) -> bool {
    distance_of(it, other).is_some_and(|km| km < 100.0)
        || (it.adm1.is_some() && it.adm1 == other.adm1 && it.iso3 == other.iso3)
}

/// The other is a resolved unit or country that does not hold this place.
fn gainsays(it: &Resolution, other: &Resolution) -> bool {
    /// Circles of greater units reach far into their neighbours.
    const SMALL_UNIT_KM: f64 = 70.0;
    let (Some(precision), Some(iso3), Some(own)) = (other.precision, &other.iso3, &it.iso3) else { return false };
    let radius_km = other.radius_km.unwrap_or(0.0).min(SMALL_UNIT_KM);
    let is_by = distance_of(it, other).is_some_and(|km| km < radius_km);
    let other_unit = it.adm1.is_some() && it.adm1 != other.adm1;
    match precision {
        PlacePrecision::Country => own != iso3,
        PlacePrecision::Adm1 | PlacePrecision::Adm2 => own != iso3 || (other_unit && !is_by),
        _ => false,
    }
}

/// The middle of the border that two places share by their outlines, and the radius that covers it.
pub(crate) fn shared_border(gazetteer: &Gazetteer, one: PlaceNo, other: PlaceNo) -> Option<((f64, f64), f64)> {
    /// Outlines are simplified to some kilometres.
    const TOUCHING_DEGREES: f64 = 0.12;
    let ours: Vec<(f64, f64)> = gazetteer.outline_of(one)?.into_iter().flatten().collect();
    let theirs: Vec<(f64, f64)> = gazetteer.outline_of(other)?.into_iter().flatten().collect();
    let near = |a: &(f64, f64)| {
        theirs.iter().any(|b| (a.0 - b.0).abs() < TOUCHING_DEGREES && (a.1 - b.1).abs() < TOUCHING_DEGREES)
    };
    let shared: Vec<(f64, f64)> = ours.iter().filter(|it| near(it)).map(|(lon, lat)| (*lat, *lon)).collect();
    let n = shared.len() as f64;
    if shared.is_empty() {
        return None;
    }
    let mean = shared.iter().fold((0.0, 0.0), |sum, it| (sum.0 + it.0 / n, sum.1 + it.1 / n));
    // The point of the border that is nearest to the mean lies on the border; the mean need not.
    let middle = shared.iter().copied().min_by(|a, b| distance_km(*a, mean).total_cmp(&distance_km(*b, mean)))?;
    let radius = shared.iter().map(|it| distance_km(*it, middle)).fold(10.0, f64::max);
    Some((middle, radius))
}
