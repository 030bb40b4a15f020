//! Overlay entries, and the names that the program brings along, made into a layer over the layers below.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::fold::fold;
use crate::gazetteer::{Gazetteer, PlaceNo};
use crate::geometry::distance_km;
use crate::kind::Kind;
use crate::overlay::{Overlay, OverlayKind, Unit};
use crate::overlay_layer::{OverlayLayer, Row};
use crate::pack::Entry;

/// Places of one name in one unit are one as long as they lie no farther apart.
///
/// **Units**: kilometres.
const SAME_PLACE_KM: f64 = 25.0;

static OTHER_NAMES: &str = include_str!("../../../data/places/names.toml");

/// data/places/names.toml.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherNames {
    continent: Vec<Continent>,
    unit: BTreeMap<String, Vec<String>>,
    english: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Continent {
    id: String,
    name: String,
    names: Vec<String>,
    point: [f64; 2],
    radius_km: f64,
}

/// A layer in the making.
struct Builder {
    layer: OverlayLayer,
    names: BTreeMap<String, Vec<(PlaceNo, bool, u8)>>,
    by_id: BTreeMap<String, PlaceNo>,
    /// New units, and the unit of a lower layer that each was made from.
    made_from: BTreeMap<PlaceNo, PlaceNo>,
    gathering: Vec<Gathering>,
}

/// A unit that takes the points of its country that are nearest to it.
struct Gathering {
    unit: PlaceNo,
    iso2: [u8; 2],
    point: (f64, f64),
}

impl OverlayLayer {
    /// The names of countries, continents and units that the program brings along.
    pub(crate) fn of_names(gazetteer: &Gazetteer, first: u32) -> Self {
        let mut layer = Builder::new(first);
        for (_, country) in gazetteer.countries.iter() {
            let Some(place) = country.place else { continue };
            layer.add_names(&country.names, place, true);
            for people in &country.people {
                layer.add_name(people, place, false);
                if !people.ends_with(['s', 'h', 'e']) {
                    layer.add_name(&format!("{people}s"), place, false);
                }
            }
        }
        let other: OtherNames = toml::from_str(OTHER_NAMES).expect("the embedded table is checked by a test");
        for it in other.continent {
            let entry = Entry {
                id: 0,
                lat: it.point[0],
                lon: it.point[1],
                parent: None,
                iso2: *b"  ",
                kind: Kind::Continent,
                log_population: 18.0,
                radius_km: Some(it.radius_km),
            };
            let place = layer.push(it.id, &it.name, entry);
            layer.add_names(&it.names, place, false);
        }
        for (unit, name) in other.english {
            if let Some(place) = unit_at(gazetteer, &unit) {
                layer.add_name(&name, place, true);
                layer.layer.english.insert(place, name);
            }
        }
        for (unit, names) in other.unit {
            if let Some(place) = unit_at(gazetteer, &unit) {
                layer.add_names(&names, place, true);
            }
        }
        layer.finish()
    }

    /// An overlay file over the layers below; a parent that is not found leaves the place with the next greater unit.
    pub(crate) fn of_overlay(overlay: &Overlay, below: &Gazetteer, first: u32) -> Self {
        let mut layer = Builder::new(first);
        let blank = |iso3: &str, kind| {
            let iso2 = below.countries.iso2(iso3).unwrap_or(*b"  ");
            let country = below.countries.place(iso2);
            let entry = Entry {
                id: 0,
                lat: 0.0,
                lon: 0.0,
                parent: country.map(|it| it.0),
                iso2,
                kind,
                log_population: 0.0,
                radius_km: None,
            };
            (iso2, entry)
        };
        for area in &overlay.areas {
            let (_, mut entry) = blank(&area.countries[0], Kind::Area);
            (entry.lat, entry.lon, entry.radius_km) = (area.lat, area.lon, Some(area.radius_km));
            if area.countries.len() > 1 {
                entry.parent = None;
            }
            // Areas are named because they matter: they weigh as much as a large town.
            entry.log_population = 12.0;
            let place = layer.push(area.id.clone(), &area.name, entry);
            layer.add_names(area.names.values().flatten(), place, false);
        }
        for unit in &overlay.units {
            let kind = [Kind::Adm1, Kind::Adm2, Kind::Adm3][usize::from(unit.level.clamp(1, 3)) - 1];
            let (iso2, mut entry) = blank(&unit.country, kind);
            let is_parent = |it: Kind| it.is_unit() && it < kind;
            let parent =
                unit.parent.as_deref().and_then(|name| layer.find_or_below(below, name, iso2, None, is_parent));
            entry.parent = parent.map(|it| it.0).or(entry.parent);
            let same = layer.same_unit(below, unit, iso2, parent, kind);
            let was = unit.was.iter().find_map(|name| below.within(name, iso2, None, |it| it == kind));
            let like = same.or(was).or(parent).and_then(|it| below.entry(it));
            layer.place_at(&mut entry, unit.lat.zip(unit.lon), unit.radius_km, like.as_ref());
            entry.log_population = like.map_or(9.0, |it| it.log_population);
            match same {
                // A unit that the pack knows gets more names, not a double.
                Some(place) if unit.until.is_none() => {
                    layer.layer.english.insert(place, unit.name.clone());
                    layer.add_name(&unit.name, place, true);
                    layer.add_names(unit.names.values().flatten(), place, false);
                    if let (true, Some((lat, lon))) = (unit.moves, unit.lat.zip(unit.lon)) {
                        layer.layer.moved.insert(place, (lat, lon, unit.radius_km));
                    }
                    layer.layer.codes.extend(unit.iso.clone().map(|it| (place, it)));
                    let point = unit.lat.zip(unit.lon).filter(|_| unit.gathers);
                    layer.gathering.extend(point.map(|point| Gathering { unit: place, iso2, point }));
                }
                _ => {
                    let place = layer.push(unit.id.clone(), &unit.name, entry);
                    layer.layer.codes.extend(unit.iso.clone().map(|it| (place, it)));
                    layer.add_names(unit.names.values().flatten(), place, false);
                    layer.made_from.extend(was.map(|it| (place, it)));
                }
            }
        }
        layer.gather(below);
        for it in &overlay.places {
            let kind = kind_of(it.kind);
            let (iso2, mut entry) = blank(&it.country, kind);
            let adm1 = layer.find_or_below(below, &it.adm1, iso2, None, |kind| kind == Kind::Adm1);
            // The lower layers know a new unit's places under the old one.
            let within = adm1.map(|it| layer.made_from.get(&it).copied().unwrap_or(it));
            let parent = it.parent.as_deref().and_then(|name| {
                let fits = |kind: Kind| kind.is_unit() || kind.is_point();
                layer
                    .find_or_below(below, name, iso2, within, fits)
                    .or_else(|| layer.find_or_below(below, name, iso2, None, fits))
            });
            let holder = parent.or(adm1);
            let like = holder.and_then(|it| layer.entry_or_below(below, it));
            // A town is no unit: its places lie in the unit that the town lies in.
            entry.parent = match (holder, &like) {
                (Some(_), Some(town)) if town.kind.is_point() => town.parent,
                (Some(holder), _) => Some(holder.0),
                (None, _) => entry.parent,
            };
            layer.place_at(&mut entry, it.lat.zip(it.lon), it.radius_km, like.as_ref());
            if it.lat.is_some() && it.approximate && it.radius_km.is_none() {
                entry.radius_km = Some(10.0);
            }
            let known = within.and_then(|adm1| below.within(&it.name, iso2, Some(adm1), Kind::is_point));
            let is_same = |known: &PlaceNo| match (it.lat.zip(it.lon), below.entry(*known)) {
                (Some(point), Some(known)) => distance_km(point, (known.lat, known.lon)) <= SAME_PLACE_KM,
                _ => true,
            };
            // A town that the packs know gets more names, not a double.
            if let Some(place) = known.filter(|place| kind.is_point() && is_same(place)) {
                layer.layer.english.insert(place, it.name.clone());
                layer.add_names(it.names.values().flatten(), place, false);
                continue;
            }
            entry.log_population = match kind {
                Kind::City => 11.5,
                Kind::Town => 9.5,
                _ => 7.0,
            };
            let place = layer.push(it.id.clone(), &it.name, entry);
            layer.add_names(it.names.values().flatten(), place, false);
        }
        layer.finish()
    }
}

impl Builder {
    fn new(first: u32) -> Self {
        let layer = OverlayLayer {
            first,
            rows: Vec::new(),
            names: Vec::new(),
            english: BTreeMap::new(),
            moved: BTreeMap::new(),
            gathered: BTreeMap::new(),
            codes: BTreeMap::new(),
        };
        Self {
            layer,
            names: BTreeMap::new(),
            by_id: BTreeMap::new(),
            made_from: BTreeMap::new(),
            gathering: Vec::new(),
        }
    }

    fn finish(mut self) -> OverlayLayer {
        for (key, postings) in self.names {
            let naming = |(place, is_main, check)| (key.clone(), place, is_main, check);
            self.layer.names.extend(postings.into_iter().map(naming));
        }
        self.layer
    }

    /// The unit of a lower layer that an overlay's unit is: of its name or one of its names, and in the same first-level unit where
    /// the lower layers know its parent.
    fn same_unit(
        &self,
        below: &Gazetteer,
        unit: &Unit,
        iso2: [u8; 2],
        parent: Option<PlaceNo>,
        kind: Kind,
    ) -> Option<PlaceNo> {
        let known = parent.filter(|it| !self.layer.holds(*it));
        let adm1 = known.and_then(|it| below.units(it, &below.entry(it)?).adm1);
        let names = std::iter::once(&unit.name).chain(unit.names.values().flatten().filter(|_| adm1.is_some()));
        names.into_iter().find_map(|name| below.within(name, iso2, adm1, |it| it == kind))
    }

    fn find_or_below(
        &self,
        below: &Gazetteer,
        name: &str,
        iso2: [u8; 2],
        adm1: Option<PlaceNo>,
        wanted: impl Fn(Kind) -> bool,
    ) -> Option<PlaceNo> {
        let folded = fold(name);
        let fits = |place: PlaceNo| {
            let is_inside =
                |entry: &Entry| self.layer.holds(place) || adm1.is_none() || below.units(place, entry).adm1 == adm1;
            self.entry_or_below(below, place).is_some_and(|it| it.iso2 == iso2 && wanted(it.kind) && is_inside(&it))
        };
        let named = self.names.get(&folded.key).into_iter().flatten().copied();
        let own = named
            .chain(self.by_id.get(name).map(|it| (*it, true, folded.check)))
            .filter(|(place, ..)| fits(*place))
            .min_by_key(|(_, _, check)| *check != folded.check)
            .map(|(place, ..)| place);
        own.or_else(|| below.within(name, iso2, adm1, wanted))
    }

    fn entry_or_below(&self, below: &Gazetteer, place: PlaceNo) -> Option<Entry> {
        if self.layer.holds(place) {
            return Some(self.layer.entry(place));
        }
        let mut entry = below.entry(place)?;
        if let Some((lat, lon, radius_km)) = self.layer.moved(place) {
            (entry.lat, entry.lon, entry.radius_km) = (lat, lon, radius_km);
        }
        entry.parent = self.layer.gathered(place).map(|it| it.0).or(entry.parent);
        Some(entry)
    }

    /// Puts the points of a country into the nearest of its units that gather.
    fn gather(&mut self, below: &Gazetteer) {
        if self.gathering.is_empty() {
            return;
        }
        for place in (0..self.layer.first).map(PlaceNo) {
            let Some(entry) = below.entry(place).filter(|it| it.kind.is_point()) else { continue };
            let distance = |it: &&Gathering| distance_km(it.point, (entry.lat, entry.lon));
            let units = self.gathering.iter().filter(|it| it.iso2 == entry.iso2);
            let nearest = units.min_by(|a, b| distance(a).total_cmp(&distance(b)));
            self.layer.gathered.extend(nearest.map(|it| (place, it.unit)));
        }
    }

    #[expect(clippy::unused_self, reason = "reads as a step of the layer")]
    fn place_at(&self, entry: &mut Entry, point: Option<(f64, f64)>, radius_km: Option<f64>, like: Option<&Entry>) {
        match (point, like) {
            (Some((lat, lon)), _) => (entry.lat, entry.lon, entry.radius_km) = (lat, lon, radius_km),
            (None, Some(like)) => {
                (entry.lat, entry.lon) = (like.lat, like.lon);
                entry.radius_km = radius_km.or(like.radius_km).or(Some(like.kind.usual_radius_km().max(20.0)));
            }
            (None, None) => entry.radius_km = Some(Kind::Country.usual_radius_km()),
        }
    }

    fn push(&mut self, id: String, name: &str, entry: Entry) -> PlaceNo {
        let place = PlaceNo(self.layer.first + self.layer.len());
        self.by_id.insert(id.clone(), place);
        self.layer.rows.push(Row { id, name: name.to_owned(), entry });
        self.add_name(name, place, true);
        place
    }

    fn add_name(&mut self, name: &str, place: PlaceNo, is_main: bool) {
        let folded = fold(name);
        if !folded.key.is_empty() {
            self.names.entry(folded.key).or_default().push((place, is_main, folded.check));
        }
    }

    fn add_names<'a>(&mut self, names: impl IntoIterator<Item = &'a String>, place: PlaceNo, is_main: bool) {
        for name in names {
            self.add_name(name, place, is_main);
        }
    }
}

/// Finds `XX/Name`, a level-1 unit by country code and name.
fn unit_at(gazetteer: &Gazetteer, path: &str) -> Option<PlaceNo> {
    let (iso2, name) = path.split_once('/')?;
    gazetteer.within(name, iso2.as_bytes().try_into().ok()?, None, |it| it == Kind::Adm1)
}

fn kind_of(kind: OverlayKind) -> Kind {
    match kind {
        OverlayKind::City => Kind::City,
        OverlayKind::Town => Kind::Town,
        OverlayKind::Village => Kind::Village,
        OverlayKind::Quarter => Kind::Quarter,
        OverlayKind::Camp => Kind::Camp,
        OverlayKind::Base => Kind::Base,
        OverlayKind::Airport => Kind::Airport,
        OverlayKind::Crossing => Kind::Crossing,
        OverlayKind::Site => Kind::Site,
        OverlayKind::Island => Kind::Island,
        OverlayKind::Water => Kind::Water,
        OverlayKind::Mountain => Kind::Mountain,
    }
}
