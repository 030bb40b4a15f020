//! Overlay files: named areas, changed admin units and missing places, written by people.
//!
//! In: the text of one TOML file. Out: checked entries. Never: looking anything up in the gazetteer.
//! The form is documented in data/places/README.md.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

/// All entries of one overlay file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// Named areas that are no admin units.
    pub areas: Vec<Area>,
    /// Admin units that are new, changed or gone.
    pub units: Vec<Unit>,
    /// Points that gazetteers lack.
    pub places: Vec<OverlayPlace>,
}

/// Other names by ISO 639-1 language code, or `any`.
pub type Names = BTreeMap<String, Vec<String>>;

/// A named area that is no admin unit, such as the Sahel.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Unique over all overlay files.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub names: Names,
    /// ISO 3166-1 alpha-3 codes, the one with the largest share first.
    pub countries: Vec<String>,
    /// **Units**: degrees north.
    pub lat: f64,
    /// **Units**: degrees east.
    pub lon: f64,
    /// **Units**: kilometres around the point that cover the area.
    pub radius_km: f64,
    /// Admin units that it covers, `country/adm1` or `country/adm1/adm2`.
    #[serde(default)]
    pub units: Vec<String>,
    /// Where the facts come from.
    pub note: String,
}

/// An admin unit that is new, changed or gone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Unique over all overlay files.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub names: Names,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// 1, 2 or 3.
    pub level: u8,
    /// Name or overlay id of the unit that it lies in; `None` at level 1.
    pub parent: Option<String>,
    /// ISO 3166-2 code.
    pub iso: Option<String>,
    /// First year of validity.
    pub since: Option<u16>,
    /// Last year of validity; `None` means that it still stands.
    pub until: Option<u16>,
    /// The set of units that it belongs to, such as `MLI-2023`.
    pub vintage: Option<String>,
    /// Names of the units that it was made from or renamed from.
    #[serde(default)]
    pub was: Vec<String>,
    /// **Units**: degrees north.
    pub lat: Option<f64>,
    /// **Units**: degrees east.
    pub lon: Option<f64>,
    /// **Units**: kilometres around the point that cover the unit.
    pub radius_km: Option<f64>,
    /// Its point replaces that of the unit that the packs know by its name.
    #[serde(default)]
    pub moves: bool,
    /// The packs have it wrong which unit of this level their places lie in: those nearest to its point are its own.
    #[serde(default)]
    pub gathers: bool,
    /// Where the facts come from.
    pub note: String,
}

/// A town, village or other point that gazetteers lack.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverlayPlace {
    /// Unique over all overlay files.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub names: Names,
    /// What sort of point it is.
    pub kind: OverlayKind,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// First-level unit, by its usual name today.
    pub adm1: String,
    /// Smallest unit or town known to hold it.
    pub parent: Option<String>,
    /// True where the point is from memory or only the parent is known.
    #[serde(default)]
    pub approximate: bool,
    /// **Units**: degrees north.
    pub lat: Option<f64>,
    /// **Units**: degrees east.
    pub lon: Option<f64>,
    /// **Units**: kilometres around the point that cover the place.
    pub radius_km: Option<f64>,
    /// Where the facts come from.
    pub note: String,
}

/// What sort of point an overlay place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words speak for themselves; data/places/README.md lists them")]
pub enum OverlayKind {
    City,
    Town,
    Village,
    Quarter,
    Camp,
    Base,
    Airport,
    Crossing,
    Site,
    Island,
    Water,
    Mountain,
}

/// What is wrong with an overlay file.
#[derive(Debug, thiserror::Error)]
pub enum OverlayError {
    /// The file is no TOML, or an entry has the wrong form.
    #[error("cannot read overlay {file}")]
    Form {
        /// File name as given.
        file: String,
        /// The parser's message, with line and column.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// An entry says something that cannot be.
    #[error("{file}:{line}: {what} (entry {id:?})")]
    Entry {
        /// File name as given.
        file: String,
        /// Line of the entry's first key, from 1.
        line: usize,
        /// Id of the entry.
        id: String,
        /// What is wrong.
        what: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    area: Vec<Spanned<Area>>,
    #[serde(default)]
    unit: Vec<Spanned<Unit>>,
    #[serde(default)]
    place: Vec<Spanned<OverlayPlace>>,
}

impl Overlay {
    /// Takes the entries of another file behind its own.
    pub fn extend(&mut self, other: Self) {
        self.areas.extend(other.areas);
        self.units.extend(other.units);
        self.places.extend(other.places);
    }

    /// Reads and checks one overlay file; `file` is only used in messages.
    ///
    /// **Errors**: the first thing wrong in the file, with its line.
    pub fn parse(file: &str, text: &str) -> Result<Self, OverlayError> {
        let read: File =
            toml::from_str(text).map_err(|err| OverlayError::Form { file: file.to_owned(), source: Box::new(err) })?;
        let mut seen = BTreeSet::new();
        let mut wrong = |start: usize, id: &str, what: Result<(), String>| {
            let what = match what {
                Ok(()) if seen.insert(id.to_owned()) => return Ok(()),
                Ok(()) => "the id stands twice in the file".to_owned(),
                Err(what) => what,
            };
            let line = text[..start.min(text.len())].matches('\n').count() + 1;
            Err(OverlayError::Entry { file: file.to_owned(), line, id: id.to_owned(), what })
        };
        for entry in &read.area {
            wrong(entry.span().start, &entry.get_ref().id, check_area(entry.get_ref()))?;
        }
        for entry in &read.unit {
            wrong(entry.span().start, &entry.get_ref().id, check_unit(entry.get_ref()))?;
        }
        for entry in &read.place {
            wrong(entry.span().start, &entry.get_ref().id, check_place(entry.get_ref()))?;
        }
        Ok(Self {
            areas: read.area.into_iter().map(Spanned::into_inner).collect(),
            units: read.unit.into_iter().map(Spanned::into_inner).collect(),
            places: read.place.into_iter().map(Spanned::into_inner).collect(),
        })
    }
}

fn check_area(area: &Area) -> Result<(), String> {
    check_common(&area.id, &area.name, &area.names, &area.note)?;
    if area.countries.is_empty() {
        return Err("an area needs at least one country".to_owned());
    }
    area.countries.iter().try_for_each(|code| check_iso3(code))?;
    for unit in &area.units {
        let country = unit.split('/').next().unwrap_or_default();
        if !(2..=3).contains(&unit.split('/').count()) || check_iso3(country).is_err() {
            return Err(format!("unit {unit:?} is not of the form country/adm1 or country/adm1/adm2"));
        }
    }
    check_point(Some(area.lat), Some(area.lon), Some(area.radius_km))
}

fn check_unit(unit: &Unit) -> Result<(), String> {
    check_common(&unit.id, &unit.name, &unit.names, &unit.note)?;
    check_iso3(&unit.country)?;
    match (unit.level, &unit.parent) {
        (1, None) | (2 | 3, Some(_)) => {}
        (1, Some(_)) => return Err("a unit of level 1 has no parent".to_owned()),
        (2 | 3, None) => return Err("a unit of level 2 or 3 needs a parent".to_owned()),
        (level, _) => return Err(format!("level {level} is not 1, 2 or 3")),
    }
    if let Some(iso) = &unit.iso
        && !(iso.len() >= 4 && iso.as_bytes()[2] == b'-' && iso.is_ascii())
    {
        return Err(format!("iso {iso:?} is no ISO 3166-2 code"));
    }
    if let (Some(since), Some(until)) = (unit.since, unit.until)
        && until < since
    {
        return Err(format!("until {until} lies before since {since}"));
    }
    check_point(unit.lat, unit.lon, unit.radius_km)
}

fn check_place(place: &OverlayPlace) -> Result<(), String> {
    check_common(&place.id, &place.name, &place.names, &place.note)?;
    check_iso3(&place.country)?;
    if place.adm1.trim().is_empty() {
        return Err("adm1 is empty".to_owned());
    }
    if place.lat.is_none() && place.parent.is_none() {
        return Err("a place without lat and lon needs a parent".to_owned());
    }
    check_point(place.lat, place.lon, place.radius_km)
}

fn check_common(id: &str, name: &str, names: &Names, note: &str) -> Result<(), String> {
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err("an id is made of lower-case letters, digits and -".to_owned());
    }
    if note.trim().is_empty() {
        return Err("the note is empty".to_owned());
    }
    if let Some(lang) = names.keys().find(|lang| *lang != "any" && lang.len() != 2) {
        return Err(format!("names: {lang:?} is no ISO 639-1 code nor \"any\""));
    }
    for name in names.values().flatten().map(String::as_str).chain([name]) {
        if name.trim().is_empty() || name.trim() != name || name.chars().any(char::is_control) {
            return Err(format!("name {name:?} is empty, padded or holds control characters"));
        }
        if name.len() > crate::MAX_NAME_BYTES {
            return Err(format!("a name is longer than {} bytes", crate::MAX_NAME_BYTES));
        }
    }
    Ok(())
}

fn check_iso3(code: &str) -> Result<(), String> {
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(format!("{code:?} is no ISO 3166-1 alpha-3 code"))
}

fn check_point(lat: Option<f64>, lon: Option<f64>, radius_km: Option<f64>) -> Result<(), String> {
    match (lat, lon) {
        (None, None) => {}
        (Some(lat), Some(lon)) if (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon) => {}
        (Some(lat), Some(lon)) => return Err(format!("point {lat}, {lon} is out of range")),
        _ => return Err("lat and lon go together".to_owned()),
    }
    if let Some(radius) = radius_km
        && !(radius > 0.0 && radius <= 5000.0)
    {
        return Err(format!("radius_km {radius} is out of range"));
    }
    Ok(())
}
