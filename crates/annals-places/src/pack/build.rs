//! Rows → the bytes of a pack.
//!
//! The project's own pack and a user's imports are made here alike.

use std::collections::BTreeMap;

use super::bytes::{push_u24, push_varint, zigzag};
use super::{GEOBOUNDARIES_FROM, HEADER_BYTES, MAGIC, NONE24};
use crate::fold::fold;
use crate::kind::Kind;

/// One place on its way into a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct PackRow {
    /// GeoNames id, or 15,000,000 and up for others.
    pub id: u32,
    /// Main name.
    pub name: String,
    /// Other names, in any script.
    pub others: Vec<String>,
    /// **Units**: degrees north.
    pub lat: f64,
    /// **Units**: degrees east.
    pub lon: f64,
    /// Sort of place.
    pub kind: Kind,
    /// ISO 3166-1 alpha-2.
    pub iso2: [u8; 2],
    /// GeoNames code of its level-1 unit; empty where unknown.
    pub adm1: String,
    /// GeoNames code of its level-2 unit; empty where unknown.
    pub adm2: String,
    /// 0 where unknown.
    pub population: u64,
}

/// Collects rows and writes a pack.
#[derive(Default)]
pub struct PackBuilder {
    rows: Vec<PackRow>,
    codes: BTreeMap<u32, String>,
    radii: BTreeMap<u32, f64>,
    outlines: BTreeMap<u32, Vec<Vec<(f64, f64)>>>,
}

impl PackBuilder {
    /// Adds a place.
    pub fn push(&mut self, row: PackRow) {
        self.rows.push(row);
    }

    /// Gives a place its radius in kilometres and its ISO 3166-2 code.
    pub fn facts(&mut self, id: u32, iso_code: Option<&str>, radius_km: f64) {
        self.radii.insert(id, radius_km);
        if let Some(code) = iso_code {
            self.codes.insert(id, code.to_owned());
        }
    }

    /// Gives a unit its outline, as rings of (lon, lat).
    pub fn outline(&mut self, id: u32, rings: Vec<Vec<(f64, f64)>>) {
        self.outlines.insert(id, rings);
    }

    /// Number of places so far.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True before the first place.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the pack; `meta` is its description in TOML, see [`super::PackMeta`].
    ///
    /// **Errors**: more than eight million places, or names of more than 16 MiB.
    pub fn finish(mut self, meta: &str) -> Result<Vec<u8>, String> {
        self.rows.sort_by_key(order);
        if self.rows.len() >= 0x007f_ffff {
            return Err("a pack holds at most eight million places".to_owned());
        }
        let parents = parents(&self.rows);
        let entry_of: BTreeMap<u32, u32> = (0..).zip(&self.rows).map(|(n, row)| (row.id, n)).collect();

        let mut entries = Vec::new();
        let mut names = Vec::new();
        for (row, parent) in self.rows.iter().zip(&parents) {
            push_u24(&mut entries, row.id);
            push_u24(&mut entries, fraction(row.lat, 90.0));
            push_u24(&mut entries, fraction(row.lon, 180.0));
            push_u24(&mut entries, u32::try_from(names.len()).unwrap_or(NONE24));
            push_u24(&mut entries, parent.unwrap_or(NONE24));
            entries.extend_from_slice(&row.iso2);
            entries.push(row.kind as u8);
            entries.push(log_byte(row.population as f64, 12.0));
            entries.push(self.radii.get(&row.id).map_or(0, |km| log_byte(*km, 28.0).max(1)));
            names.extend_from_slice(row.name.as_bytes());
        }
        if names.len() >= NONE24 as usize {
            return Err("the names of a pack take at most 16 MiB".to_owned());
        }
        let (index, postings) = index(&self.rows)?;
        let extra = extra(&self.codes, &self.outlines, &entry_of);

        let sections = [meta.as_bytes(), &index, &postings, &entries, &names, &extra];
        let mut out = MAGIC.to_vec();
        let mut offset = HEADER_BYTES;
        for section in sections {
            let word = |n: usize| u32::try_from(n).map_err(|_| "a pack takes at most 4 GiB".to_owned());
            out.extend_from_slice(&word(offset)?.to_le_bytes());
            out.extend_from_slice(&word(section.len())?.to_le_bytes());
            offset += section.len();
        }
        out.extend(sections.concat());
        Ok(out)
    }
}

/// Continents and countries first, then by country, kind and id.
fn order(row: &PackRow) -> (bool, [u8; 2], Kind, u32) {
    (!row.kind.is_country_or_more(), row.iso2, row.kind, row.id)
}

/// The smallest unit that holds each row: by level-2 code, else level-1 code, else country.
fn parents(rows: &[PackRow]) -> Vec<Option<u32>> {
    let mut units = BTreeMap::new();
    for (n, row) in (0_u32..).zip(rows) {
        match row.kind {
            Kind::Country => units.insert((row.iso2, "", ""), n),
            Kind::Adm1 if !row.adm1.is_empty() => units.insert((row.iso2, row.adm1.as_str(), ""), n),
            Kind::Adm2 if !row.adm2.is_empty() => units.insert((row.iso2, row.adm1.as_str(), row.adm2.as_str()), n),
            _ => None,
        };
    }
    let find = |row: &PackRow, adm1: &str, adm2: &str| units.get(&(row.iso2, adm1, adm2)).copied();
    rows.iter()
        .map(|row| match row.kind {
            Kind::Continent | Kind::Country => None,
            Kind::Adm1 => find(row, "", ""),
            Kind::Adm2 => find(row, &row.adm1, "").or_else(|| find(row, "", "")),
            _ => find(row, &row.adm1, &row.adm2).or_else(|| find(row, &row.adm1, "")).or_else(|| find(row, "", "")),
        })
        .collect()
}

fn index(rows: &[PackRow]) -> Result<(Vec<u8>, Vec<u8>), String> {
    let mut found = Vec::new();
    for (n, row) in (0_u32..).zip(rows) {
        let main = fold(&row.name);
        for other in &row.others {
            let other = fold(other);
            if !other.key.is_empty() {
                found.push((other.key, n, other.check, false));
            }
        }
        if !main.key.is_empty() {
            found.push((main.key, n, main.check, true));
        }
    }
    // The main name's flag survives among equals.
    found.sort_unstable();
    found.reverse();
    found.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1 && a.2 == b.2);
    found.reverse();
    let mut postings = Vec::new();
    let mut index = fst::MapBuilder::memory();
    for group in found.chunk_by(|a, b| a.0 == b.0) {
        let why = |err: fst::Error| format!("the name index cannot be written: {err}");
        index.insert(&group[0].0, postings.len() as u64).map_err(why)?;
        push_varint(&mut postings, group.len() as u64);
        for (_, n, check, is_main) in group {
            push_u24(&mut postings, n | if *is_main { 0x0080_0000 } else { 0 });
            postings.push(*check);
        }
    }
    let index = index.into_inner().map_err(|err| format!("the name index cannot be written: {err}"))?;
    Ok((index, postings))
}

fn extra(
    codes: &BTreeMap<u32, String>,
    outlines: &BTreeMap<u32, Vec<Vec<(f64, f64)>>>,
    entry_of: &BTreeMap<u32, u32>,
) -> Vec<u8> {
    let by_entry = |id: &u32| entry_of.get(id).copied();
    let mut code_rows: Vec<(u32, &str)> =
        codes.iter().filter_map(|(id, code)| Some((by_entry(id)?, code.as_str()))).collect();
    code_rows.sort_unstable();
    let mut code_table = Vec::new();
    for (entry, code) in code_rows {
        push_u24(&mut code_table, entry);
        let mut cell = [0; 6];
        cell.iter_mut().zip(code.bytes()).for_each(|(to, from)| *to = from);
        code_table.extend_from_slice(&cell);
    }
    let mut outline_rows: Vec<_> = outlines.iter().filter_map(|(id, rings)| Some((by_entry(id)?, rings))).collect();
    outline_rows.sort_unstable_by_key(|(entry, _)| *entry);
    let (mut table, mut bodies) = (Vec::new(), Vec::new());
    for (entry, rings) in outline_rows {
        push_u24(&mut table, entry);
        table.extend_from_slice(&u32::try_from(bodies.len()).unwrap_or(u32::MAX).to_le_bytes());
        push_varint(&mut bodies, rings.len() as u64);
        for ring in rings {
            push_varint(&mut bodies, ring.len() as u64);
            let (mut lon0, mut lat0) = (0, 0);
            for (lon, lat) in ring {
                let (lon, lat) = (thousandths(*lon), thousandths(*lat));
                push_varint(&mut bodies, zigzag(lon - lon0));
                push_varint(&mut bodies, zigzag(lat - lat0));
                (lon0, lat0) = (lon, lat);
            }
        }
    }
    let mut out = Vec::new();
    for part in [&code_table, &table] {
        out.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
    }
    out.extend_from_slice(&code_table);
    out.extend_from_slice(&table);
    out.extend_from_slice(&bodies);
    out
}

#[expect(clippy::cast_possible_truncation, reason = "degrees are small")]
fn thousandths(degrees: f64) -> i64 {
    (degrees * 1000.0).round() as i64
}

/// Degrees as a signed 24-bit fraction of `most`.
#[expect(clippy::cast_possible_truncation, reason = "the fraction is at most one")]
fn fraction(degrees: f64, most: f64) -> u32 {
    let scaled = (degrees / most * f64::from(0x007f_ffff)).round() as i32;
    scaled.cast_unsigned() & NONE24
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn log_byte(number: f64, scale: f64) -> u8 {
    ((number + 1.0).ln() * scale).round().clamp(0.0, 255.0) as u8
}

const _: () = assert!(GEOBOUNDARIES_FROM < NONE24);
