//! Numbers in bytes, and stretches of shared bytes.

use std::borrow::Cow;
use std::sync::Arc;

/// A stretch of bytes that several owners look at.
#[derive(Clone)]
pub(crate) struct Section {
    all: Arc<Cow<'static, [u8]>>,
    from: usize,
    to: usize,
}

impl Section {
    /// `None` when the stretch does not lie within the bytes.
    pub(super) fn new(all: &Arc<Cow<'static, [u8]>>, from: usize, length: usize) -> Option<Self> {
        let to = from.checked_add(length).filter(|to| *to <= all.len())?;
        Some(Self { all: Arc::clone(all), from, to })
    }

    pub(super) fn part(&self, from: usize, length: usize) -> Option<Self> {
        let part = Self::new(&self.all, self.from.checked_add(from)?, length)?;
        (part.to <= self.to).then_some(part)
    }

    pub(super) fn get(&self) -> &[u8] {
        &self.all[self.from..self.to]
    }
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.get()
    }
}

/// The three bytes at `at`, which the caller knows to be there.
pub(super) fn u24(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], 0])
}

/// The four bytes at `at`, which the caller knows to be there.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

pub(super) fn push_u24(out: &mut Vec<u8>, word: u32) {
    out.extend_from_slice(&word.to_le_bytes()[..3]);
}

pub(super) fn push_varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

/// Reads a number of seven bits a byte; `None` at the end of the bytes or past 64 bits.
pub(super) fn read_varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

pub(super) fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

pub(super) fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}
