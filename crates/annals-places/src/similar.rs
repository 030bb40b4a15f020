//! Near spellings: an automaton that accepts the keys within a weighted edit distance of one key.
//!
//! Vowels are cheap, because transliteration guesses at them; consonants are dear, less so where one sound is meant.

/// Longest key that near spellings are looked for.
const MAX_KEY: usize = 24;
/// Cost of a vowel put in, left out or changed for another.
const VOWEL: u8 = 1;
/// Cost of a consonant put in, left out or changed.
const CONSONANT: u8 = 2;

/// Consonants that stand for one sound in different transliterations, or are often mistaken; in alphabetical order.
const ALIKE: &[(u8, u8)] = &[
    (b'b', b'p'),
    (b'b', b'u'),
    (b'd', b't'),
    (b'd', b'z'),
    (b'f', b'p'),
    (b'f', b'u'),
    (b'g', b'j'),
    (b'g', b'k'),
    (b'g', b'r'),
    (b'j', b'x'),
    (b'j', b'z'),
    (b'l', b'r'),
    (b'm', b'n'),
    (b's', b't'),
    (b's', b'x'),
    (b's', b'z'),
];

/// Accepts the keys within a weighted edit distance of one key.
pub(crate) struct NearKey<'a> {
    key: &'a [u8],
    most: u8,
}

/// One row of the distance table: the cost of each prefix of the key against the bytes read so far.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    costs: [u8; MAX_KEY + 1],
}

impl<'a> NearKey<'a> {
    /// `None` for keys too short or too long to be told apart.
    pub(crate) fn new(key: &'a str) -> Option<Self> {
        let most = match key.len() {
            0..=3 => return None,
            4 => 1,
            5..=6 => 2,
            7..=9 => 3,
            10..=MAX_KEY => 4,
            _ => return None,
        };
        Some(Self { key: key.as_bytes(), most })
    }

    /// The cost of a whole key that was accepted.
    pub(crate) fn cost(&self, key: &[u8]) -> u8 {
        use fst::Automaton;
        let row = key.iter().fold(self.start(), |row, byte| self.accept(&row, *byte));
        row.costs[self.key.len()]
    }
}

impl fst::Automaton for NearKey<'_> {
    type State = Row;

    fn start(&self) -> Row {
        let mut costs = [0_u8; MAX_KEY + 1];
        for (n, byte) in self.key.iter().enumerate() {
            costs[n + 1] = costs[n].saturating_add(weight(*byte));
        }
        Row { costs }
    }

    fn is_match(&self, row: &Row) -> bool {
        row.costs[self.key.len()] <= self.most
    }

    fn can_match(&self, row: &Row) -> bool {
        row.costs[..=self.key.len()].iter().any(|cost| *cost <= self.most)
    }

    fn accept(&self, row: &Row, byte: u8) -> Row {
        let mut costs = [u8::MAX; MAX_KEY + 1];
        // Names that are misspelt in their first sound are too rare to search the whole index for.
        if row.costs[0] == 0 && change(self.key[0], byte) > VOWEL {
            return Row { costs };
        }
        costs[0] = row.costs[0].saturating_add(weight(byte));
        for (n, own) in self.key.iter().enumerate() {
            let changed = row.costs[n].saturating_add(change(*own, byte));
            let put_in = row.costs[n + 1].saturating_add(weight(byte));
            let left_out = costs[n].saturating_add(weight(*own));
            costs[n + 1] = changed.min(put_in).min(left_out);
        }
        Row { costs }
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn weight(byte: u8) -> u8 {
    if is_vowel(byte) { VOWEL } else { CONSONANT }
}

fn change(one: u8, other: u8) -> u8 {
    if one == other {
        return 0;
    }
    if is_vowel(one) && is_vowel(other) {
        return VOWEL;
    }
    let pair = if one < other { (one, other) } else { (other, one) };
    let alike = ALIKE.contains(&pair);
    if alike { VOWEL } else { CONSONANT }
}

#[cfg(test)]
mod tests {
    use super::NearKey;
    use crate::fold::fold;

    fn cost(one: &str, other: &str) -> u8 {
        NearKey::new(&fold(one).key).map_or(99, |it| it.cost(fold(other).key.as_bytes()))
    }

    #[test]
    fn costs_of_well_known_pairs() {
        let pairs = [
            ("Tisseit", "Tessit"),
            ("Entillet", "N'Tillit"),
            ("Kameshli", "Qamishli"),
            ("Mayanka", "mynka"),
            ("Haribanda", "Aribinda"),
        ];
        let said: Vec<String> =
            pairs.iter().map(|(one, other)| format!("{one} {other} {}", cost(one, other))).collect();
        expect_test::expect![[r"
            Tisseit Tessit 2
            Entillet N'Tillit 1
            Kameshli Qamishli 1
            Mayanka mynka 2
            Haribanda Aribinda 1"]]
        .assert_eq(&said.join("\n"));
    }
}
