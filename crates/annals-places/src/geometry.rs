//! Points on a round earth.

/// Mean radius of the earth.
///
/// **Units**: kilometres.
const EARTH_KM: f64 = 6371.0;

/// Great-circle distance of two (lat, lon) points in degrees.
///
/// **Units**: kilometres.
pub(crate) fn distance_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (lat1, lat2) = (one.0.to_radians(), other.0.to_radians());
    let (half_lat, half_lon) = ((lat2 - lat1) / 2.0, (other.1 - one.1).to_radians() / 2.0);
    let haversine = half_lat.sin().powi(2) + lat1.cos() * lat2.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_KM * haversine.sqrt().min(1.0).asin()
}

/// The point some kilometres from another in a bearing (degrees from north).
pub(crate) fn moved(from: (f64, f64), km: f64, bearing: f64) -> (f64, f64) {
    let (lat, lon, bearing) = (from.0.to_radians(), from.1.to_radians(), bearing.to_radians());
    let angle = km / EARTH_KM;
    let to_lat = (lat.sin() * angle.cos() + lat.cos() * angle.sin() * bearing.cos()).asin();
    let to_lon = lon + (bearing.sin() * angle.sin() * lat.cos()).atan2(angle.cos() - lat.sin() * to_lat.sin());
    (to_lat.to_degrees(), (to_lon.to_degrees() + 540.0).rem_euclid(360.0) - 180.0)
}

/// The point half-way between two points, over the shorter way.
pub(crate) fn middle(one: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    let mut lon = other.1;
    if lon - one.1 > 180.0 {
        lon -= 360.0;
    } else if one.1 - lon > 180.0 {
        lon += 360.0;
    }
    let lon = (f64::midpoint(one.1, lon) + 540.0).rem_euclid(360.0) - 180.0;
    (f64::midpoint(one.0, other.0), lon)
}

#[cfg(test)]
mod tests {
    use super::{distance_km, middle, moved};

    #[test]
    fn a_degree_is_some_111_km() {
        assert!((distance_km((0.0, 0.0), (1.0, 0.0)) - 111.2).abs() < 0.1);
        assert!((distance_km((60.0, 179.5), (60.0, -179.5)) - 55.6).abs() < 0.1);
    }

    #[test]
    fn moving_goes_as_far_as_told() {
        let to = moved((15.66, 0.5), 15.0, 180.0);
        assert!((distance_km((15.66, 0.5), to) - 15.0).abs() < 1e-6 && to.0 < 15.66);
    }

    #[test]
    fn the_middle_goes_the_short_way() {
        let (_, lon) = middle((0.0, 179.0), (0.0, -179.0));
        assert!((lon.abs() - 180.0).abs() < 1e-9);
    }
}
