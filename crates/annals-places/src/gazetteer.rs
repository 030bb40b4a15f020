//! The gazetteer: packs and overlays laid over each other.
//!
//! In: a name, an id. Out: entries with their units and outlines. Never: a choice between entries; that is `resolve`.

use std::collections::BTreeMap;

use annals_record::Place;
use serde::{Deserialize, Serialize};

use crate::countries::Countries;
use crate::fold::{FoldedName, fold};
use crate::kind::Kind;
use crate::overlay::{Overlay, OverlayError};
use crate::overlay_layer::OverlayLayer;
use crate::pack::{Entry, Pack, PackError};
use crate::words::{Weights, Words};

/// The world pack, part of the program: the system maps it on demand, so that it costs no start-up time and little memory.
static WORLD: &[u8] = include_bytes!("../../../data/places/world.pack");

/// Number of a place over all layers of one gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct PlaceNo(pub(crate) u32);

/// Packs and overlays laid over each other; the later layer wins where both hold a place.
pub struct Gazetteer {
    packs: Vec<(u32, Pack)>,
    overlays: Vec<OverlayLayer>,
    n_places: u32,
    pub(crate) countries: Countries,
    pub(crate) words: Words,
    pub(crate) weights: Weights,
}

/// One entry found by name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Hit {
    pub(crate) place: PlaceNo,
    pub(crate) is_main: bool,
    /// The normalised spelling is the same, not only the folded one.
    pub(crate) is_normal: bool,
}

/// A place's units, from the smallest to the country.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Units {
    pub(crate) adm3: Option<PlaceNo>,
    pub(crate) adm2: Option<PlaceNo>,
    pub(crate) adm1: Option<PlaceNo>,
}

impl Gazetteer {
    /// The world pack and the project's own overlay, both part of the program.
    #[expect(clippy::missing_panics_doc, reason = "what is embedded is checked by a test")]
    pub fn embedded() -> Self {
        let mut gazetteer = Self::bare(Pack::from_static(WORLD).expect("the embedded pack is checked by a test"));
        for layer in OverlayLayer::embedded() {
            gazetteer.lay(layer);
        }
        gazetteer
    }

    /// Makes data/places/layers.postcard: what lies over the world pack, of the tables of names and the project's own overlay.
    #[expect(clippy::missing_panics_doc, reason = "what is embedded is checked by a test")]
    pub fn layers_of(overlay: &Overlay) -> Vec<u8> {
        let mut gazetteer = Self::of_pack(Pack::from_static(WORLD).expect("the embedded pack is checked by a test"));
        gazetteer.lay_over(overlay);
        postcard::to_allocvec(&gazetteer.overlays).expect("numbers and texts can always be written")
    }

    /// A gazetteer of one pack only; with the names and words of countries that are part of the program.
    pub fn of_pack(pack: Pack) -> Self {
        let mut gazetteer = Self::bare(pack);
        gazetteer.lay(OverlayLayer::of_names(&gazetteer, gazetteer.n_places));
        gazetteer
    }

    fn bare(pack: Pack) -> Self {
        let mut gazetteer = Self {
            packs: Vec::new(),
            overlays: Vec::new(),
            n_places: 0,
            countries: Countries::embedded(),
            words: Words::embedded(),
            weights: Weights::embedded(),
        };
        gazetteer.lay_pack_over(pack);
        gazetteer
    }

    /// Lays a user's pack (see [`crate::geonames::dump_to_pack`]) over what is there.
    pub fn with_pack(mut self, bytes: Vec<u8>) -> Result<Self, PackError> {
        self.lay_pack_over(Pack::from_vec(bytes)?);
        Ok(self)
    }

    /// Lays a user's overlay file over what is there; `file` is only used in messages.
    pub fn with_overlay(mut self, file: &str, text: &str) -> Result<Self, OverlayError> {
        self.lay_over(&Overlay::parse(file, text)?);
        Ok(self)
    }

    /// Takes other weights than the program's own, for measuring.
    #[must_use]
    pub fn with_weights(mut self, weights: Weights) -> Self {
        self.weights = weights;
        self
    }

    fn lay_pack_over(&mut self, pack: Pack) {
        let first = self.n_places;
        self.n_places += u32::try_from(pack.len()).unwrap_or(0);
        for n in 0..u32::try_from(pack.len()).unwrap_or(0) {
            // Countries stand first in a pack.
            match pack.entry(n) {
                Some(it) if it.kind == Kind::Country => {
                    self.countries.set_place(it.iso2, PlaceNo(first + n));
                    self.countries.add_name(it.iso2, pack.name(n));
                }
                Some(it) if it.kind == Kind::Continent => {}
                _ => break,
            }
        }
        self.packs.push((first, pack));
    }

    fn lay_over(&mut self, overlay: &Overlay) {
        self.lay(OverlayLayer::of_overlay(overlay, self, self.n_places));
    }

    fn lay(&mut self, layer: OverlayLayer) {
        self.n_places += layer.len();
        self.overlays.push(layer);
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.n_places as usize
    }

    /// True without any place.
    pub fn is_empty(&self) -> bool {
        self.n_places == 0
    }

    /// What each pack says of itself, lowest first.
    pub fn packs(&self) -> impl Iterator<Item = (&crate::PackMeta, usize)> {
        self.packs.iter().map(|(_, pack)| (pack.meta(), pack.len()))
    }

    /// Number of places that the overlays add.
    pub fn n_overlay_places(&self) -> usize {
        self.overlays.iter().map(|it| it.len() as usize).sum()
    }

    /// Every place of that name, folded spellings included; in no order, each place once.
    pub(crate) fn hits(&self, name: &FoldedName) -> Vec<Hit> {
        let mut found: Vec<Hit> = Vec::new();
        let mut push = |place: u32, is_main: bool, check: u8| {
            let is_normal = check == name.check;
            match found.iter_mut().find(|it| it.place.0 == place) {
                Some(it) => {
                    it.is_normal |= is_normal;
                    it.is_main |= is_main && is_normal;
                }
                None => found.push(Hit { place: PlaceNo(place), is_main, is_normal }),
            }
        };
        if name.key.is_empty() {
            return found;
        }
        for (first, pack) in &self.packs {
            pack.postings(&name.key).for_each(|it| push(first + it.entry, it.is_main, it.check));
        }
        for layer in &self.overlays {
            layer.postings(&name.key).for_each(|(place, is_main, check)| push(place.0, is_main, check));
        }
        if self.packs.len() > 1 {
            self.drop_covered(&mut found);
        }
        found
    }

    /// Drops places of lower packs that a later pack holds too.
    pub(crate) fn drop_covered(&self, found: &mut Vec<Hit>) {
        let mut latest = BTreeMap::new();
        for hit in &*found {
            if let Some((layer, id)) = self.geonames_id(hit.place) {
                let best = latest.entry(id).or_insert(layer);
                *best = layer.max(*best);
            }
        }
        found.retain(|hit| self.geonames_id(hit.place).is_none_or(|(layer, id)| latest.get(&id) == Some(&layer)));
    }

    fn geonames_id(&self, place: PlaceNo) -> Option<(usize, u32)> {
        let (layer, (first, pack)) = self.packs.iter().enumerate().rfind(|(_, (first, _))| *first <= place.0)?;
        pack.entry(place.0 - first).map(|it| (layer, it.id))
    }

    /// The level-1 unit of a normalised name, where one unit of the world has it.
    pub(crate) fn unit_named(&self, name: &FoldedName) -> Option<(PlaceNo, [u8; 2])> {
        let mut found = None;
        for hit in self.hits(name).iter().filter(|it| it.is_normal) {
            if let Some(entry) = self.entry(hit.place).filter(|it| it.kind == Kind::Adm1) {
                if found.is_some() {
                    return None;
                }
                found = Some((hit.place, entry.iso2));
            }
        }
        found
    }

    /// Every key within the reach of the automaton, with its hits.
    pub(crate) fn search<A: fst::Automaton>(&self, near: &A, mut each: impl FnMut(&[u8], PlaceNo)) {
        use fst::{IntoStreamer, Streamer};
        for (first, pack) in &self.packs {
            let mut stream = pack.index().search(near).into_stream();
            while let Some((key, offset)) = stream.next() {
                pack.postings_at(offset).for_each(|it| each(key, PlaceNo(first + it.entry)));
            }
        }
        for layer in &self.overlays {
            layer.search(near, &mut each);
        }
    }

    pub(crate) fn entry(&self, place: PlaceNo) -> Option<Entry> {
        if let Some(layer) = self.overlays.iter().find(|it| it.holds(place)) {
            return Some(layer.entry(place));
        }
        let (first, pack) = self.packs.iter().rfind(|(first, _)| *first <= place.0)?;
        let mut entry = pack.entry(place.0 - first)?;
        entry.parent = entry.parent.map(|it| it + first);
        if entry.kind == Kind::Country
            && let Some((lat, lon)) = self.countries.point(entry.iso2)
        {
            (entry.lat, entry.lon) = (lat, lon);
        }
        if entry.kind.is_unit()
            && let Some(spot) = self.overlays.iter().rev().find_map(|it| it.moved(place))
        {
            (entry.lat, entry.lon, entry.radius_km) = spot;
        }
        if let Some(unit) = self.overlays.iter().rev().find_map(|it| it.gathered(place)) {
            entry.parent = Some(unit.0);
        }
        Some(entry)
    }

    pub(crate) fn name(&self, place: PlaceNo) -> &str {
        if let Some(layer) = self.overlays.iter().find(|it| it.holds(place)) {
            return layer.name(place);
        }
        if let Some(name) = self.overlays.iter().find_map(|it| it.english(place)) {
            return name;
        }
        self.packs.iter().rfind(|(first, _)| *first <= place.0).map_or("", |(first, pack)| pack.name(place.0 - first))
    }

    /// The places that hold a place, smallest first, itself not among them.
    pub(crate) fn ancestors(&self, entry: &Entry) -> impl Iterator<Item = (PlaceNo, Entry)> {
        let mut next = entry.parent;
        // A chain of units is short; the bound guards against a ring in a user's file.
        std::iter::from_fn(move || {
            let place = PlaceNo(next?);
            let entry = self.entry(place)?;
            next = entry.parent;
            Some((place, entry))
        })
        .take(6)
    }

    pub(crate) fn units(&self, place: PlaceNo, entry: &Entry) -> Units {
        let mut units = Units::default();
        for (place, kind) in
            std::iter::once((place, entry.kind)).chain(self.ancestors(entry).map(|(p, it)| (p, it.kind)))
        {
            match kind {
                Kind::Adm1 => units.adm1 = units.adm1.or(Some(place)),
                Kind::Adm2 => units.adm2 = units.adm2.or(Some(place)),
                Kind::Adm3 => units.adm3 = units.adm3.or(Some(place)),
                _ => {}
            }
        }
        units
    }

    /// The public form of a place, with the score given.
    pub(crate) fn place(&self, place: PlaceNo, score: f64) -> Option<Place> {
        let entry = self.entry(place)?;
        let units = self.units(place, &entry);
        let name = |unit: Option<PlaceNo>| unit.map(|it| plain_unit_name(self.name(it)).to_owned());
        Some(Place {
            id: self.public_id(place),
            name: self.name(place).to_owned(),
            kind: entry.kind.as_str().to_owned(),
            iso3: self.countries.iso3(entry.iso2).map(str::to_owned),
            adm1: name(units.adm1),
            adm2: name(units.adm2),
            lat: Some(rounded(entry.lat)),
            lon: Some(rounded(entry.lon)),
            score: (score * 1000.0).round() / 1000.0,
        })
    }

    fn public_id(&self, place: PlaceNo) -> String {
        if let Some(layer) = self.overlays.iter().find(|it| it.holds(place)) {
            return layer.public_id(place);
        }
        let pack = self.packs.iter().rfind(|(first, _)| *first <= place.0);
        pack.map_or_else(String::new, |(first, pack)| pack.public_id(place.0 - first))
    }

    /// Finds a place by its public id, such as `geonames:2449067` or `overlay:liptako-gourma`.
    pub fn by_id(&self, id: &str) -> Option<Place> {
        self.number_of(id).and_then(|place| self.place(place, 1.0))
    }

    fn number_of(&self, id: &str) -> Option<PlaceNo> {
        let (source, rest) = id.split_once(':')?;
        if source == "overlay" {
            return self.overlays.iter().rev().find_map(|it| it.number_of(rest));
        }
        self.packs
            .iter()
            .rev()
            .find_map(|(first, pack)| pack.number_of(source, rest.parse().ok()?).map(|it| PlaceNo(first + it)))
    }

    /// ISO 3166-1 alpha-3 code of a country, by its code of two or three letters or its name.
    pub fn country_code(&self, named: &str) -> Option<&str> {
        let upper = named.trim().to_uppercase();
        let by_code = match upper.as_bytes() {
            [a, b] => self.countries.iso3([*a, *b]),
            _ => self.countries.iso2(&upper).and_then(|it| self.countries.iso3(it)),
        };
        by_code.or_else(|| self.countries.named(&fold(named).normal).and_then(|it| self.countries.iso3(it)))
    }

    /// ISO 3166-2 code of the level-1 unit that a place is or lies in.
    ///
    /// **Range and missing**: `None` where it lies in none, as countries, or where the unit has none or is not known.
    pub fn iso_3166_2(&self, id: &str) -> Option<&str> {
        self.unit_code(self.number_of(id)?)
    }

    /// The code that [`Gazetteer::iso_3166_2`] tells.
    pub(crate) fn unit_code(&self, place: PlaceNo) -> Option<&str> {
        self.iso_code(self.units(place, &self.entry(place)?).adm1?)
    }

    fn iso_code(&self, place: PlaceNo) -> Option<&str> {
        if let Some(code) = self.overlays.iter().find_map(|it| it.iso_code(place)) {
            return Some(code);
        }
        let (first, pack) = self.packs.iter().rfind(|(first, _)| *first <= place.0)?;
        pack.iso_code(place.0 - first)
    }

    /// The outline of a country or admin unit, for a map: rings of (lon, lat) in degrees, outer rings and holes alike.
    ///
    /// **Range and missing**: simplified to some kilometres; `None` where no outline is known.
    pub fn outline(&self, id: &str) -> Option<Vec<Vec<(f64, f64)>>> {
        self.outline_of(self.number_of(id)?)
    }

    pub(crate) fn outline_of(&self, place: PlaceNo) -> Option<Vec<Vec<(f64, f64)>>> {
        if self.overlays.iter().any(|it| it.holds(place)) {
            return None;
        }
        let (first, pack) = self.packs.iter().rfind(|(first, _)| *first <= place.0)?;
        pack.outline(place.0 - first)
    }

    /// The one place of a name and kinds within a country and, where given, a level-1 unit.
    pub(crate) fn within(
        &self,
        name: &str,
        iso2: [u8; 2],
        adm1: Option<PlaceNo>,
        wanted: impl Fn(Kind) -> bool,
    ) -> Option<PlaceNo> {
        let mut best: Option<(bool, Kind, PlaceNo)> = None;
        for hit in self.hits(&fold(name)) {
            let Some(entry) = self.entry(hit.place) else { continue };
            let inside = adm1.is_none() || self.units(hit.place, &entry).adm1 == adm1;
            if entry.iso2 == iso2 && inside && wanted(entry.kind) {
                let rank = (!hit.is_normal, entry.kind, hit.place);
                best = Some(best.map_or(rank, |it| it.min(rank)));
            }
        }
        best.map(|(_, _, place)| place)
    }
}

/// A unit's name without its kind word: "Gao Region" → "Gao".
pub(crate) fn plain_unit_name(name: &str) -> &str {
    const BEFORE: &[&str] =
        &["Cercle de ", "Cercle d’", "Province of ", "Région de ", "Departamento de ", "Muḩāfaz̧at "];
    const AFTER: &[&str] = &[
        " Region",
        " Cercle",
        " Province",
        " Governorate",
        " District",
        " Oblast",
        " Raion",
        " Division",
        " Prefecture",
        " Municipality",
    ];
    let name = BEFORE.iter().find_map(|it| name.strip_prefix(it)).unwrap_or(name);
    AFTER.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name).trim()
}

/// Degrees to four places: eleven metres, finer than any gazetteer.
fn rounded(degrees: f64) -> f64 {
    (degrees * 10_000.0).round() / 10_000.0
}
