//! GeoNames' dump format → rows of a pack.
//!
//! In: lines of 19 tab-separated columns, as in GeoNames' country files. Out: a pack builder. Never: half a file.

use std::collections::BTreeMap;
use std::io::BufRead;

use crate::kind::Kind;
use crate::pack::{PackBuilder, PackRow};

/// Number of columns of a dump.
const N_COLUMNS: usize = 19;
/// Longest line that is read: GeoNames' longest lists of names take some 15 kB.
const MAX_LINE_BYTES: usize = 200_000;

/// What is wrong with a dump.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The file cannot be read further.
    #[error("cannot read {file} after line {line}")]
    Read {
        /// File name as given.
        file: String,
        /// Last good line.
        line: usize,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A line is not as GeoNames writes it.
    #[error("{file}:{line}: {what}")]
    Line {
        /// File name as given.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// Nothing in the file is a place.
    #[error("{file} holds no place")]
    Empty {
        /// File name as given.
        file: String,
    },
    /// The rows do not fit into a pack.
    #[error("cannot pack {file}: {what}")]
    Pack {
        /// File name as given.
        file: String,
        /// What is wrong.
        what: String,
    },
}

/// Reads a whole dump into a pack builder; `file` is only used in messages.
///
/// Features that reports do not name as places (streams, roads, trees) are left out.
///
/// **Errors**: the first wrong line: not UTF-8, another number of columns than 19, an id that is no number or stands twice,
/// coordinates out of range, a country code that is not two letters.
pub fn read_dump(file: &str, from: impl BufRead) -> Result<PackBuilder, DumpError> {
    let mut builder = PackBuilder::default();
    let mut seen = BTreeMap::new();
    let mut from = from;
    let mut buffer = Vec::new();
    for line in 1.. {
        buffer.clear();
        let n_read = std::io::Read::take(&mut from, MAX_LINE_BYTES as u64).read_until(b'\n', &mut buffer);
        let n_read = n_read.map_err(|source| DumpError::Read { file: file.to_owned(), line: line - 1, source })?;
        if n_read == 0 {
            break;
        }
        let wrong = |what: String| DumpError::Line { file: file.to_owned(), line, what };
        if n_read == MAX_LINE_BYTES {
            return Err(wrong(format!("the line is longer than {MAX_LINE_BYTES} bytes")));
        }
        let text = std::str::from_utf8(&buffer).map_err(|_| wrong("the line is not UTF-8".to_owned()))?;
        let text = text.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}');
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let Some(row) = read_line(text).map_err(&wrong)? else { continue };
        if let Some(other) = seen.insert(row.id, line) {
            return Err(wrong(format!("id {} stands in line {other} already", row.id)));
        }
        builder.push(row);
    }
    if builder.is_empty() {
        return Err(DumpError::Empty { file: file.to_owned() });
    }
    Ok(builder)
}

/// Reads a whole dump and writes it as the bytes of a pack, described by its file name.
pub fn dump_to_pack(file: &str, from: impl BufRead) -> Result<Vec<u8>, DumpError> {
    let text = |it: &str| toml::Value::from(it).to_string();
    let source = text(&format!("GeoNames dump {file}"));
    let meta = format!("name = {}\nversion = \"user\"\nsources = [{source}]\n", text(file));
    read_dump(file, from)?.finish(&meta).map_err(|what| DumpError::Pack { file: file.to_owned(), what })
}

/// One line; `None` for a feature that is left out.
fn read_line(text: &str) -> Result<Option<PackRow>, String> {
    let columns: Vec<&str> = text.split('\t').collect();
    if columns.len() != N_COLUMNS {
        return Err(format!("{} columns instead of {N_COLUMNS}", columns.len()));
    }
    let id: u32 = columns[0]
        .parse()
        .ok()
        .filter(|id| *id < 0x00ff_ffff)
        .ok_or_else(|| format!("id {:?} is no id", columns[0]))?;
    let number = |column: usize, most: f64| match columns[column].parse::<f64>() {
        Ok(it) if it.abs() <= most => Ok(it),
        _ => Err(format!("{:?} is out of range ±{most}", columns[column])),
    };
    let (lat, lon) = (number(4, 90.0)?, number(5, 180.0)?);
    let population = match columns[14] {
        "" => 0,
        digits => digits.parse::<u64>().map_err(|_| format!("population {digits:?} is no number"))?,
    };
    let (class, code) = (columns[6], columns[7]);
    let Some(kind) = Kind::of_geonames(class, code, population) else { return Ok(None) };
    let iso2 = match columns[8].as_bytes() {
        [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => [*a, *b],
        [] if kind.is_country_or_more() => *b"  ",
        [] if !kind.is_point() => *b"  ",
        _ => return Err(format!("country {:?} is not two letters", columns[8])),
    };
    let name = columns[1].trim();
    if name.is_empty() || name.len() > crate::MAX_NAME_BYTES {
        return Err(format!("a name of {} bytes", name.len()));
    }
    let others = columns[3].split(',').chain([columns[2]]).map(str::trim);
    let others = others.filter(|it| !it.is_empty() && it.len() <= crate::MAX_NAME_BYTES && !it.contains("://"));
    Ok(Some(PackRow {
        id,
        name: name.to_owned(),
        others: others.map(str::to_owned).collect(),
        lat,
        lon,
        kind,
        iso2,
        adm1: columns[10].to_owned(),
        adm2: columns[11].to_owned(),
        population,
    }))
}
