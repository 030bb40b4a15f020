//! The place names of the UCDP's Burkina Faso events, given as text with the country only.

use std::path::Path;

use annals_places::{Gazetteer, Mention, ReportContext};
use annals_record::PlacePrecision;

use annals_incidents::distance_km;

use super::share;
use crate::EvalError;
use crate::error::read_to_string;

/// An answer this near is right.
const RIGHT_KM: f64 = 25.0;
/// An answer this far off is wrong.
const WRONG_KM: f64 = 100.0;

/// How well the place names were resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeadlineScores {
    /// Events with a place name and a point.
    pub n: usize,
    /// Answered with a point of a town or finer, or a stretch near one.
    pub n_answered: usize,
    /// Answered within 25 km.
    pub n_right: usize,
    /// Answered as a town or finer, but more than 100 km off.
    pub n_wrong: usize,
    /// Answered with an admin unit, an area or the country.
    pub n_unit: usize,
    /// One line an event that was not right, for reading.
    pub errors: Vec<String>,
}

impl HeadlineScores {
    /// Share of all events within 25 km.
    pub fn right(&self) -> f64 {
        share(self.n_right, self.n)
    }

    /// Share of all events that are wrong by over 100 km.
    pub fn wrong(&self) -> f64 {
        share(self.n_wrong, self.n)
    }
}

impl std::fmt::Display for HeadlineScores {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (right, wrong) = (self.right(), self.wrong());
        let Self { n, n_answered, n_unit, .. } = self;
        write!(
            f,
            "headlines    n {n}  within 25 km {right:.3}  over 100 km off {wrong:.3}  answered {n_answered} as points, {n_unit} as units"
        )
    }
}

/// Scores the resolver on `where_coordinates` of the UCDP's event table, in country `iso3`.
///
/// **Errors**: a file that cannot be read, or a table without those columns.
pub fn score_headlines(gazetteer: &Gazetteer, table: &Path, iso3: &str) -> Result<HeadlineScores, EvalError> {
    let text = read_to_string(table)?;
    let mut rows = csv_rows(&text).into_iter();
    let head = rows.next().unwrap_or_default();
    let column = |name: &str| head.iter().position(|it| it == name);
    let (Some(name), Some(lat), Some(lon)) = (column("where_coordinates"), column("latitude"), column("longitude"))
    else {
        return Err(EvalError::format(table, 1, "a head with where_coordinates, latitude and longitude", None));
    };
    let mut scores = HeadlineScores::default();
    let countries = [iso3];
    let context = ReportContext { only: &countries, ..ReportContext::default() };
    for row in rows {
        let cell = |n: usize| row.get(n).map_or("", String::as_str);
        let (Ok(lat), Ok(lon)) = (cell(lat).parse::<f64>(), cell(lon).parse::<f64>()) else { continue };
        if cell(name).is_empty() {
            continue;
        }
        scores.n += 1;
        let found = gazetteer.resolve(Mention { name: cell(name), ..Mention::default() }, &context);
        let km = found.lat.zip(found.lon).map(|point| distance_km(point, (lat, lon)));
        let is_point = matches!(found.precision, Some(PlacePrecision::Exact | PlacePrecision::Near));
        scores.n_answered += usize::from(is_point);
        scores.n_unit += usize::from(found.precision.is_some() && !is_point);
        scores.n_wrong += usize::from(is_point && km.is_some_and(|it| it > WRONG_KM));
        if km.is_some_and(|it| it <= RIGHT_KM) {
            scores.n_right += 1;
            continue;
        }
        let said =
            found.place.map_or("-".to_owned(), |it| format!("{} {} {}", it.name, it.kind, it.adm1.unwrap_or_default()));
        let km = km.map_or(String::new(), |it| format!("{it:.0} km"));
        scores.errors.push(format!("{}\tsaid {said}\t{km}", cell(name)));
    }
    Ok(scores)
}

/// Rows of a comma-separated table with quoted cells.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            _ => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}
