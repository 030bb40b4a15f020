//! Resolutions of an event's namings → the event's one `where`.

use annals_record::{PlacePrecision, Where};

use super::Resolution;
use crate::gazetteer::{Gazetteer, PlaceNo};
use crate::geometry::distance_km;

/// Chooses the best single place of an event from the resolutions of its place namings, in the order of the namings.
///
/// The finest wins that the others do not gainsay; of equally fine ones, the one that most others hold or lie near, then the
/// first. A country gives no point. `from` is left to the caller, who knows the spans: it is the naming at the index given.
///
/// **Range and missing**: `None` when nothing is resolved.
pub fn where_of(resolutions: &[&Resolution]) -> Option<(usize, Where)> {
    let mut best: Option<(u32, usize, usize)> = None;
    for (n, it) in resolutions.iter().enumerate() {
        let Some(fineness) = fineness(it) else { continue };
        let agreeing = resolutions.iter().filter(|other| agrees(it, other)).count();
        let gainsaid = resolutions.iter().filter(|other| gainsays(it, other)).count();
        // Gainsaid once, a place falls behind one that nothing gainsays.
        let rank =
            (fineness.saturating_sub(u32::try_from(gainsaid).unwrap_or(u32::MAX).saturating_mul(10)), agreeing, n);
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
fn fineness(it: &Resolution) -> Option<u32> {
    /// "Northern Mali" is wider than any province there; "the outskirts of Gao" is not.
    const WIDE_KM: f64 = 200.0;
    /// "150 km from Bamako" says less than a province does.
    const FAR_KM: f64 = 100.0;
    let is_wide = it.radius_km.is_some_and(|it| it > WIDE_KM);
    let is_far = it.radius_km.is_some_and(|it| it > FAR_KM);
    Some(match it.precision? {
        PlacePrecision::Exact => 107,
        PlacePrecision::Near if !is_far => 106,
        PlacePrecision::Adm2 => 105,
        PlacePrecision::Area if !is_wide => 104,
        PlacePrecision::Adm1 => 103,
        PlacePrecision::Area | PlacePrecision::Near => 102,
        PlacePrecision::Country => 101,
    })
}

/// The other lies in the same unit, or near.
fn agrees(it: &Resolution, other: &Resolution) -> bool {
    let close = match (it.lat.zip(it.lon), other.lat.zip(other.lon)) {
        (Some(one), Some(two)) => distance_km(one, two) < 100.0,
        _ => false,
    };
    close || (it.adm1.is_some() && it.adm1 == other.adm1 && it.iso3 == other.iso3)
}

/// The other is a resolved unit or country that does not hold this place.
fn gainsays(it: &Resolution, other: &Resolution) -> bool {
    let (Some(precision), Some(iso3), Some(own)) = (other.precision, &other.iso3, &it.iso3) else { return false };
    match precision {
        PlacePrecision::Country | PlacePrecision::Adm2 => own != iso3,
        PlacePrecision::Adm1 => own != iso3 || (it.adm1.is_some() && it.adm1 != other.adm1),
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
