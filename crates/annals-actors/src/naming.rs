//! Words of a naming, made comparable: case, accents, scripts, apostrophes, hyphens and articles do not matter.

use deunicode::deunicode_char;

/// A naming cut into comparable words.
///
/// `key` holds the kept words, lower-case ASCII, one space between them, so that a run of words is a slice of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Naming {
    key: String,
    pub(crate) words: Vec<Word>,
}

/// One word of a [`Naming`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent observations of one word")]
pub(crate) struct Word {
    start: usize,
    end: usize,
    /// Written with a capital first letter.
    pub(crate) capital: bool,
    /// Written in capitals or with digits, two letters or more: an acronym, unless all of the text is.
    pub(crate) acronym: bool,
    /// Ended in a possessive: "Mali's", "rebels'".
    pub(crate) possessive: bool,
    /// Stood in brackets.
    pub(crate) bracketed: bool,
}

/// Words that say nothing before another word: English, Arabic and Spanish articles and the Arabic "and".
const ARTICLES: &[&str] =
    &["the", "a", "an", "al", "el", "ul", "as", "ash", "ad", "at", "ar", "az", "wal", "wul", "l", "d"];
/// Most words are no longer. **Units**: bytes.
const LONG_WORD: usize = 24;

impl Naming {
    pub(crate) fn new(text: &str) -> Self {
        let mut cutter = Cutter::default();
        cutter.naming.key.reserve(text.len());
        cutter.current.reserve(LONG_WORD);
        cutter.read(text);
        cutter.finish()
    }

    /// The whole key.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The key of the words `from..until`.
    ///
    /// **Range**: `from < until <= self.len()`.
    pub(crate) fn part(&self, from: usize, until: usize) -> &str {
        &self.key[self.words[from].start..self.words[until - 1].end]
    }

    pub(crate) fn word(&self, idx: usize) -> &str {
        self.part(idx, idx + 1)
    }

    /// A naming of the words for which `keep` holds.
    pub(crate) fn filter(&self, mut keep: impl FnMut(usize, &Word) -> bool) -> Self {
        let mut kept = Self::default();
        for (idx, word) in self.words.iter().enumerate() {
            if keep(idx, word) {
                kept.push(self.word(idx), *word);
            }
        }
        kept
    }

    /// Tells whether a capital marks a name here: not where all is written in capitals.
    pub(crate) fn capitals_tell(&self) -> bool {
        self.len() == 1 || self.words.iter().any(|it| !it.acronym)
    }

    /// The whole key, kept.
    pub(crate) fn into_key(self) -> String {
        self.key
    }

    fn push(&mut self, text: &str, mut word: Word) {
        if !self.key.is_empty() {
            self.key.push(' ');
        }
        word.start = self.key.len();
        self.key.push_str(text);
        word.end = self.key.len();
        self.words.push(word);
    }
}

/// The comparable form of a name: `"Jama'at Nusrat al-Islam"` and `"Jamaat Nusrat Al Islam"` have the same.
///
/// Two names with the same form are the same alias to the registry.
pub fn normal_form(name: &str) -> String {
    Naming::new(name).key
}

#[derive(Default)]
struct Cutter {
    naming: Naming,
    current: String,
    /// Where the first apostrophe stands in `current`.
    apostrophe: Option<usize>,
    n_capitals: usize,
    n_letters: usize,
    starts_capital: bool,
    dotted: bool,
    depth: usize,
}

impl Cutter {
    fn read(&mut self, text: &str) {
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | 'ʿ' | 'ʾ' | 'ʻ' => self.apostrophe(chars.peek().copied()),
                '.' if self.current.len() == 1 || self.dotted => self.dotted = true,
                '(' | '[' => {
                    self.end_word(false);
                    self.depth += 1;
                }
                ')' | ']' => {
                    self.end_word(false);
                    self.depth = self.depth.saturating_sub(1);
                }
                // Combining marks (vowel signs, accents) belong to the letter before them.
                _ if is_mark(c) => {}
                _ if c.is_alphanumeric() => self.letter(c),
                _ => self.end_word(false),
            }
        }
        self.end_word(false);
    }

    fn letter(&mut self, c: char) {
        let is_capital = c.is_uppercase();
        self.starts_capital |= self.n_letters == 0 && is_capital;
        self.n_letters += 1;
        self.n_capitals += usize::from(is_capital || c.is_ascii_digit());
        if c.is_ascii() {
            self.current.push(c.to_ascii_lowercase());
        } else if let Some(ascii) = deunicode_char(c) {
            self.current.extend(ascii.chars().filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()));
        }
    }

    /// "Mali's", "rebels'", "l'armée", "Jama'at".
    fn apostrophe(&mut self, next: Option<char>) {
        let next_is_letter = next.is_some_and(char::is_alphanumeric);
        if matches!(self.current.as_str(), "l" | "d" | "qu") && next_is_letter {
            self.clear();
        } else if !next_is_letter && self.current.ends_with('s') {
            self.end_word(true);
        } else if matches!(next, Some('s' | 'S')) {
            // The "s" is taken as the possessive if the word ends right after it; `end_word` decides.
            self.apostrophe.get_or_insert(self.current.len());
            self.current.push('\'');
        }
    }

    fn end_word(&mut self, possessive: bool) {
        let mut possessive = possessive;
        let mut n_letters = self.n_letters;
        if let Some(at) = self.apostrophe {
            if self.current.len() == at + 2 {
                self.current.truncate(at);
                possessive = true;
                n_letters -= 1;
            } else {
                self.current.retain(|it| it != '\'');
            }
        }
        if !self.current.is_empty() {
            let word = Word {
                start: 0,
                end: 0,
                capital: self.starts_capital,
                // One small letter is let pass: "FAMa", "IDPs".
                acronym: self.n_capitals >= 2 && self.n_capitals + 1 >= n_letters,
                possessive,
                bracketed: self.depth > 0,
            };
            self.naming.push(&self.current, word);
        }
        self.clear();
    }

    fn clear(&mut self) {
        self.current.clear();
        self.apostrophe = None;
        self.n_capitals = 0;
        self.n_letters = 0;
        self.starts_capital = false;
        self.dotted = false;
    }

    fn finish(self) -> Naming {
        let last = self.naming.len().saturating_sub(1);
        let word = |idx: usize| self.naming.word(idx);
        let is_article = |idx: usize| match word(idx) {
            // "wa al-", but not the Wa people.
            "wa" => idx < last && word(idx + 1) == "al",
            // What is left of a possessive whose apostrophe was lost: "People s Army".
            "s" => idx > 0 && !self.naming.words[idx].acronym && !self.naming.words[idx].capital,
            other => idx < last && ARTICLES.contains(&other),
        };
        if (0..self.naming.len()).any(is_article) { self.naming.filter(|idx, _| !is_article(idx)) } else { self.naming }
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{200b}'..='\u{200f}')
}

/// Least consonants of a skeleton that is worth comparing.
pub(crate) const SKELETON_MIN: usize = 4;

/// The consonants of a name, folded over the usual ways of transliterating Arabic, Cyrillic and African names.
///
/// `None` when fewer than [`SKELETON_MIN`] remain, or when a word holds a digit: a number is not spelled in two ways.
pub(crate) fn skeleton(key: &str) -> Option<String> {
    if key.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let mut bones = String::with_capacity(key.len());
    for bytes in key.as_bytes().split(|it| *it == b' ') {
        // Written or left out at will.
        if matches!(bytes, b"bin" | b"ibn" | b"ben") {
            continue;
        }
        let mut last = 0;
        let mut at = 0;
        while at < bytes.len() {
            let pair = (bytes[at], bytes.get(at + 1).copied().unwrap_or(0));
            let (bone, width) = match pair {
                (b's' | b'c', b'h') => (b's', 2),
                (b'k' | b'g', b'h') => (if pair.0 == b'k' { b'k' } else { b'g' }, 2),
                (b'd', b'h') => (b'd', 2),
                (b'd', b'j' | b'z') => (b'j', 2),
                (b't', b'h') => (b't', 2),
                (b'p', b'h') => (b'f', 2),
                (b'c' | b'q' | b'k' | b'x', _) => (b'k', 1),
                (b'z' | b's', _) => (b's', 1),
                (b'v', _) => (b'w', 1),
                (b'w', _) if at == 0 => (b'w', 1),
                (b'a' | b'e' | b'i' | b'o' | b'u', _) if bones.is_empty() && at == 0 => (b'a', 1),
                (b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'w' | b'h', _) => (0, 1),
                (other, _) => (other, 1),
            };
            if bone != 0 && bone != last {
                bones.push(char::from(bone));
            }
            // A vowel between two like consonants keeps them apart; a doubled letter is one.
            last = if bone == 0 && pair.0 != b'h' {
                0
            } else if bone == 0 {
                last
            } else {
                bone
            };
            at += width;
        }
    }
    (bones.len() >= SKELETON_MIN).then_some(bones)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(names: &[&str]) {
        for pair in names.windows(2) {
            assert_eq!(normal_form(pair[0]), normal_form(pair[1]), "{pair:?}");
        }
    }

    #[track_caller]
    fn same_bones(names: &[&str]) {
        for pair in names.windows(2) {
            assert_eq!(skeleton(&normal_form(pair[0])), skeleton(&normal_form(pair[1])), "{pair:?}");
        }
    }

    #[test]
    fn spelling_habits_do_not_matter() {
        same(&["al-Nusra", "Al Nusra", "the Nusra", "AL-NUSRA", "Nusra", "An-Nusra".replace("An", "al").as_str()]);
        same(&["Jama'at Nusrat al-Islam wal-Muslimin", "Jamaat Nusrat Al Islam wa al-Muslimin"]);
        same(&["R.S.F.", "RSF", "rsf", "the RSF's"]);
        same(&["U.S.-led coalition", "US led coalition"]);
        same(&["Côte d'Ivoire", "Cote d’Ivoire"]);
        same(&["l'armée malienne", "Armee malienne"]);
        same(&["Mali's army", "Mali army"]);
        same(&["النُّصرة", "النصرة"]);
    }

    #[test]
    fn transliterations_share_their_bones() {
        same_bones(&["Amadou Koufa", "Amadu Kufa", "Amadou Kouffa"]);
        same_bones(&["Iyad Ag Ghaly", "Iyad ag Ghali"]);
        same_bones(&["Jabhat an-Nusra", "Jabhet al Nusrah"]);
        same_bones(&["Wagner", "Vagner", "Вагнер"]);
        same_bones(&["Hay'at Tahrir al-Sham", "Hayat Tahrir ash-Sham"]);
        assert_ne!(skeleton("ansar dine"), skeleton("ansar sunna"));
        assert_eq!(skeleton("m23 movement"), None);
    }

    #[test]
    fn words_remember_how_they_were_written() {
        let naming = Naming::new("National Liberation Army (ELN)'s fighters");
        assert_eq!(naming.key(), "national liberation army eln fighters");
        let words: Vec<_> = naming.words.iter().map(|it| (it.capital, it.acronym, it.bracketed)).collect();
        assert_eq!(words[3], (true, true, true));
        assert_eq!(words[4], (false, false, false));
        assert!(Naming::new("Mali's army").words[0].possessive);
        assert!(Naming::new("the rebels' camp").words[0].possessive);
    }
}
