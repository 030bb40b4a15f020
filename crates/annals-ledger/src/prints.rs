//! Fingerprints of texts: copies are found without reading them again.
//!
//! A text's words are taken in runs; 36 hash functions each keep their least hash over all runs (`MinHash`). The share of
//! equal least hashes estimates the share of common runs. Twelve bands of three hashes each are kept as look-up keys:
//! two texts that share 0.6 of their runs have a band in common with a chance of 0.95, at 0.7 of 0.99, at 0.2 of 0.1.

use std::sync::LazyLock;

use serde::Deserialize;

const N_BANDS: usize = 12;
const BAND: usize = 3;
const N_HASHES: usize = N_BANDS * BAND;

/// The least hash of a text's runs by each of 36 hash functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Print([u32; N_HASHES]);

#[derive(Deserialize)]
struct Settings {
    run_words: usize,
    min_words: usize,
    min_shared: f64,
}

fn settings() -> &'static Settings {
    static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/ledger/copies.toml")).expect("a test loads the settings")
    });
    &SETTINGS
}

impl Print {
    /// Takes the print of a text; case, punctuation and spacing do not count.
    pub(crate) fn new(text: &str) -> Print {
        let words: Vec<u64> = text
            .split(|it: char| !it.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(|word| {
                word.chars().flat_map(char::to_lowercase).fold(FNV, |hash, it| fnv(hash, u64::from(u32::from(it))))
            })
            .collect();
        let run = if words.len() < settings().min_words { words.len().max(1) } else { settings().run_words };
        let mut least = [u32::MAX; N_HASHES];
        for words in words.windows(run) {
            let run = words.iter().fold(FNV, |hash, it| mix(fnv(hash, *it)));
            for (seed, least) in (0_u64..).zip(&mut least) {
                // The upper half of a well mixed number.
                let hash = (mix(run ^ mix(seed + 1)) >> 32) as u32;
                *least = hash.min(*least);
            }
        }
        Print(least)
    }

    /// Keys under which copies of the text are found.
    pub(crate) fn bands(&self) -> [i64; N_BANDS] {
        let mut bands = [0; N_BANDS];
        for ((idx, band), hashes) in (0_u64..).zip(&mut bands).zip(self.0.chunks(BAND)) {
            *band = hashes.iter().fold(mix(idx + 1), |hash, it| mix(hash ^ u64::from(*it))).cast_signed();
        }
        bands
    }

    /// Whether the two are copies of one text.
    pub(crate) fn is_copy(&self, other: &Print) -> bool {
        let n_equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        n_equal as f64 >= settings().min_shared * N_HASHES as f64
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|it| it.to_le_bytes()).collect()
    }

    /// Reads what [`Print::to_bytes`] wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Print {
        let mut least = [u32::MAX; N_HASHES];
        for (least, bytes) in least.iter_mut().zip(bytes.as_chunks::<4>().0) {
            *least = u32::from_le_bytes(*bytes);
        }
        Print(least)
    }
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0100_0000_01b3)
}

/// Spreads every bit over all others (the finaliser of `SplitMix64`).
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Gunmen on motorcycles attacked the market of Belu on Monday morning and killed at least twelve people, \
        the mayor said. The attackers burnt stalls and drove off cattle before soldiers arrived from the garrison at Arda. \
        No group has claimed the raid, which is the third in the district since the rains began.";

    #[track_caller]
    fn check(one: &str, other: &str, is_copy: bool) {
        let (one, other) = (Print::new(one), Print::new(other));
        assert_eq!(one.is_copy(&other), is_copy);
        if is_copy {
            assert!(one.bands().iter().zip(other.bands()).any(|(a, b)| *a == b), "they would not meet");
        }
        assert_eq!(Print::from_bytes(&one.to_bytes()), one);
    }

    #[test]
    fn the_same_words_are_a_copy() {
        check(STORY, &STORY.to_uppercase().replace(", ", " – "), true);
    }

    #[test]
    fn a_new_headline_and_a_cut_end_are_a_copy() {
        let cut = STORY.rsplit_once(", which").unwrap().0;
        check(STORY, &format!("Raid on market: {cut}"), true);
    }

    #[test]
    fn another_report_of_the_same_happening_is_none() {
        let other = "At least twelve people died on Monday when gunmen on motorcycles raided a market in Belu, residents told \
            reporters. Stalls were set on fire and herds taken. The army says that it is pursuing the attackers, of whom \
            nothing is known so far.";
        check(STORY, other, false);
    }

    #[test]
    fn short_notes_are_copies_only_when_whole() {
        check("Three killed in bombing in Arda", "three killed in bombing in Arda.", true);
        check("Three killed in bombing in Arda", "Three killed in bombing in Belu", false);
        check("", "", true);
    }
}
