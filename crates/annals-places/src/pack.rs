//! The pack: a gazetteer in one stretch of bytes, used where it lies.
//!
//! In: bytes, built into the program or read from a user's file. Out: entries, names, outlines. Never: copies of the whole.
//!
//! # Form
//! All numbers are little-endian. Header: magic `ANPLACE1`, then for each of six sections its offset and length (u32).
//!
//! | section | what |
//! |---|---|
//! | meta | TOML: name, version, sources |
//! | index | fst map: folded key → offset into postings |
//! | postings | per key: varint count, then 4 bytes each: entry (23 bits), main-name flag (1 bit), check of the normalised name (8 bits) |
//! | entries | 20 bytes each, see [`Pack::entry`]; continents and countries first, then by country and kind |
//! | names | UTF-8, one after the other; an entry's name ends where the next one's starts |
//! | extra | ISO 3166-2 codes (9 bytes each: entry, code), outline table (7 bytes each: entry, offset), outlines |

mod build;
mod bytes;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use build::{PackBuilder, PackRow};
use bytes::{Section, read_varint, u24, u32_at};

use crate::kind::Kind;

/// The first bytes of every pack; the digit is the version of the form.
const MAGIC: &[u8; 8] = b"ANPLACE1";
const N_SECTIONS: usize = 6;
const HEADER_BYTES: usize = 8 + N_SECTIONS * 8;
const ENTRY_BYTES: usize = 20;
/// "No parent" and "no name".
const NONE24: u32 = 0x00ff_ffff;
/// Ids from here on are the project's numbering of geoBoundaries units.
const GEOBOUNDARIES_FROM: u32 = 15_000_000;

/// A gazetteer in one stretch of bytes.
#[derive(Clone)]
pub struct Pack {
    meta: PackMeta,
    index: fst::Map<Section>,
    postings: Section,
    entries: Section,
    names: Section,
    codes: Section,
    outline_table: Section,
    outlines: Section,
}

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PackMeta {
    /// Short name.
    pub name: String,
    /// Version, such as `2026.11`.
    pub version: String,
    /// Where its data come from, with versions and licences.
    pub sources: Vec<String>,
}

/// One gazetteer entry, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) id: u32,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) parent: Option<u32>,
    pub(crate) iso2: [u8; 2],
    pub(crate) kind: Kind,
    /// Natural logarithm of one more than the population.
    pub(crate) log_population: f32,
    /// Kilometres, where told.
    pub(crate) radius_km: Option<f64>,
}

/// One name of one entry, as found in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    pub(crate) entry: u32,
    pub(crate) is_main: bool,
    pub(crate) check: u8,
}

/// Why bytes are no pack.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The bytes do not start as a pack does.
    #[error("this is no places pack of a form that this program knows")]
    Magic,
    /// The bytes end too early or point outside themselves.
    #[error("the places pack is damaged: {0}")]
    Damaged(&'static str),
}

impl Pack {
    /// Opens a pack that is part of the program.
    pub fn from_static(bytes: &'static [u8]) -> Result<Self, PackError> {
        Self::open(Cow::Borrowed(bytes))
    }

    /// Opens a pack that was read from a file.
    pub fn from_vec(bytes: Vec<u8>) -> Result<Self, PackError> {
        let pack = Self::open(Cow::Owned(bytes))?;
        // The index trusts its bytes; in a file they may be anything.
        pack.index.as_fst().verify().map_err(|_| PackError::Damaged("its name index is not as it was written"))?;
        Ok(pack)
    }

    fn open(bytes: Cow<'static, [u8]>) -> Result<Self, PackError> {
        if bytes.len() < HEADER_BYTES || &bytes[..8] != MAGIC {
            return Err(PackError::Magic);
        }
        let all = Arc::new(bytes);
        let section = |n: usize| {
            let from = u32_at(&all, 8 + n * 8) as usize;
            let length = u32_at(&all, 12 + n * 8) as usize;
            Section::new(&all, from, length).ok_or(PackError::Damaged("a section lies outside the file"))
        };
        let meta = std::str::from_utf8(section(0)?.get()).ok().and_then(|it| toml::from_str(it).ok());
        let meta = meta.ok_or(PackError::Damaged("its description cannot be read"))?;
        let index = fst::Map::new(section(1)?).map_err(|_| PackError::Damaged("its name index cannot be read"))?;
        let entries = section(3)?;
        if entries.get().len() % ENTRY_BYTES != 0 {
            return Err(PackError::Damaged("its entries are cut off"));
        }
        let extra = section(5)?;
        let head = extra.get();
        if head.len() < 8 {
            return Err(PackError::Damaged("its outlines are cut off"));
        }
        let (codes, table) = (u32_at(head, 0) as usize, u32_at(head, 4) as usize);
        let part =
            |from: usize, length: usize| extra.part(from, length).ok_or(PackError::Damaged("its outlines are cut off"));
        Ok(Self {
            meta,
            index,
            postings: section(2)?,
            entries,
            names: section(4)?,
            codes: part(8, codes)?,
            outline_table: part(8 + codes, table)?,
            outlines: part(8 + codes + table, head.len().saturating_sub(8 + codes + table))?,
        })
    }

    /// What the pack says of itself.
    pub fn meta(&self) -> &PackMeta {
        &self.meta
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.get().len() / ENTRY_BYTES
    }

    /// True for a pack without entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of distinct folded names.
    pub fn n_keys(&self) -> usize {
        self.index.len()
    }

    pub(crate) fn index(&self) -> &fst::Map<impl AsRef<[u8]>> {
        &self.index
    }

    fn record(&self, entry: u32) -> Option<&[u8]> {
        let from = entry as usize * ENTRY_BYTES;
        self.entries.get().get(from..from + ENTRY_BYTES)
    }

    /// Reads one entry: id, latitude, longitude, name offset, parent (24 bits each), ISO code (2 bytes), kind, population and
    /// radius (a byte each, logarithmic).
    pub(crate) fn entry(&self, entry: u32) -> Option<Entry> {
        let it = self.record(entry)?;
        let parent = u24(it, 12);
        Some(Entry {
            id: u24(it, 0),
            lat: degrees(u24(it, 3), 90.0),
            lon: degrees(u24(it, 6), 180.0),
            parent: (parent != NONE24).then_some(parent),
            iso2: [it[15], it[16]],
            kind: Kind::from_byte(it[17])?,
            log_population: f32::from(it[18]) / 12.0,
            radius_km: (it[19] > 0).then(|| (f64::from(it[19]) / 28.0).exp() - 1.0),
        })
    }

    pub(crate) fn name(&self, entry: u32) -> &str {
        let names = self.names.get();
        let from = self.record(entry).map_or(names.len(), |it| u24(it, 9) as usize);
        let to = self.record(entry + 1).map_or(names.len(), |it| u24(it, 9) as usize);
        names.get(from..to).and_then(|it| std::str::from_utf8(it).ok()).unwrap_or("")
    }

    /// The entry's public id.
    pub(crate) fn public_id(&self, entry: u32) -> String {
        match self.record(entry).map_or(0, |it| u24(it, 0)) {
            id if id >= GEOBOUNDARIES_FROM => format!("geoboundaries:{}", id - GEOBOUNDARIES_FROM),
            id => format!("geonames:{id}"),
        }
    }

    /// The entry of a public id, looked for from one end to the other.
    pub(crate) fn number_of(&self, source: &str, number: u32) -> Option<u32> {
        let id = match source {
            "geonames" if number < GEOBOUNDARIES_FROM => number,
            "geoboundaries" => number.checked_add(GEOBOUNDARIES_FROM)?,
            _ => return None,
        };
        let at = self.entries.get().chunks_exact(ENTRY_BYTES).position(|it| u24(it, 0) == id)?;
        u32::try_from(at).ok()
    }

    pub(crate) fn postings(&self, key: &str) -> impl Iterator<Item = Posting> + '_ {
        self.index.get(key).into_iter().flat_map(|offset| self.postings_at(offset))
    }

    pub(crate) fn postings_at(&self, offset: u64) -> impl Iterator<Item = Posting> + '_ {
        let bytes = usize::try_from(offset).ok().and_then(|from| self.postings.get().get(from..)).unwrap_or(&[]);
        let mut at = 0;
        let count = read_varint(bytes, &mut at).unwrap_or(0);
        bytes[at..].chunks_exact(4).take(usize::try_from(count).unwrap_or(0)).map(|it| {
            let word = u24(it, 0);
            Posting { entry: word & 0x007f_ffff, is_main: word & 0x0080_0000 != 0, check: it[3] }
        })
    }

    /// ISO 3166-2 code of a level-1 unit, where known.
    pub(crate) fn iso_code(&self, entry: u32) -> Option<&str> {
        let it = find_row(self.codes.get(), 9, entry)?;
        std::str::from_utf8(&it[3..]).ok().map(|it| it.trim_end_matches('\0'))
    }

    /// The outline of a unit or country: rings of (lon, lat) points, outer ones and holes alike.
    pub(crate) fn outline(&self, entry: u32) -> Option<Vec<Vec<(f64, f64)>>> {
        let row = find_row(self.outline_table.get(), 7, entry)?;
        let bytes = self.outlines.get().get(u32_at(row, 3) as usize..)?;
        let mut at = 0;
        let n_rings = read_varint(bytes, &mut at)?;
        let mut rings = Vec::new();
        for _ in 0..n_rings {
            let n_points = read_varint(bytes, &mut at)?;
            let (mut lon, mut lat) = (0_i64, 0_i64);
            let mut ring = Vec::new();
            for _ in 0..n_points {
                lon += bytes::unzigzag(read_varint(bytes, &mut at)?);
                lat += bytes::unzigzag(read_varint(bytes, &mut at)?);
                ring.push((lon as f64 / 1000.0, lat as f64 / 1000.0));
            }
            rings.push(ring);
        }
        Some(rings)
    }
}

/// Finds the row of an entry in a table sorted by entry number (its first three bytes).
fn find_row(table: &[u8], row_bytes: usize, entry: u32) -> Option<&[u8]> {
    let n_rows = table.len() / row_bytes;
    let (mut low, mut high) = (0, n_rows);
    while low < high {
        let middle = low.midpoint(high);
        if u24(table, middle * row_bytes) < entry { low = middle + 1 } else { high = middle }
    }
    let row = table.get(low * row_bytes..(low + 1) * row_bytes)?;
    (u24(row, 0) == entry).then_some(row)
}

/// A signed 24-bit fraction of `most` degrees.
fn degrees(word: u32, most: f64) -> f64 {
    f64::from((word << 8).cast_signed() >> 8) / f64::from(0x007f_ffff) * most
}
