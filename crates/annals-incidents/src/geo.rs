//! Distances on the earth.

/// Great-circle distance of two (lat, lon) points in degrees.
///
/// **Units**: kilometres, on a sphere of radius 6,371 km.
pub fn distance_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (lat1, lon1, lat2, lon2) = (one.0.to_radians(), one.1.to_radians(), other.0.to_radians(), other.1.to_radians());
    let half_chord =
        ((lat2 - lat1) / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * ((lon2 - lon1) / 2.0).sin().powi(2);
    12742.0 * half_chord.sqrt().min(1.0).asin()
}
