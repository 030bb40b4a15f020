//! BERT's own way of cutting text: words without case and accents, and the pieces of each.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap};
use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// A longer word is unknown as a whole. **Units**: characters.
const MAX_WORD: usize = 100;
/// Begins a piece that is not its word's first.
const GOES_ON: &str = "##";

/// The pieces by their letters.
pub(crate) struct WordPiece {
    ids: FxHashMap<&'static str, i32>,
    unknown: i32,
}

/// A text cut into words, and these into pieces.
#[derive(Default)]
pub(crate) struct Pieces {
    pub(crate) ids: Vec<i32>,
    /// Bytes of each word in the text: a run of letters and digits, or one mark.
    pub(crate) words: Vec<Range<usize>>,
    /// The first piece of each word.
    pub(crate) starts: Vec<usize>,
}

/// A word on its way: its letters behind [`GOES_ON`], and where they stand in the text.
struct Word {
    letters: String,
    bytes: Range<usize>,
}

impl WordPiece {
    /// Takes a vocabulary, a piece a line; `None` where it has no piece for what is unknown.
    pub(crate) fn new(vocabulary: &'static str) -> Option<Self> {
        let mut ids = FxHashMap::with_capacity_and_hasher(vocabulary.len() / 8, FxBuildHasher);
        ids.extend(vocabulary.lines().zip(0..));
        Some(Self { unknown: *ids.get("[UNK]")?, ids })
    }

    /// The number of a piece.
    pub(crate) fn id(&self, piece: &str) -> Option<i32> {
        self.ids.get(piece).copied()
    }

    /// Cuts a text.
    pub(crate) fn cut(&self, text: &str) -> Pieces {
        let mut cut = Pieces::default();
        let mut word = Word { letters: GOES_ON.to_owned(), bytes: 0..0 };
        for (at, c) in text.char_indices() {
            let bytes = at..at + c.len_utf8();
            if is_dropped(c) {
                continue;
            }
            if c.is_whitespace() {
                self.close(&mut word, &mut cut);
            } else if c.is_ascii_alphanumeric() {
                word.push(c.to_ascii_lowercase(), &bytes);
            } else if is_ideograph(c) {
                self.close(&mut word, &mut cut);
                decompose_canonical(c, |part| word.push(part, &bytes));
                self.close(&mut word, &mut cut);
            } else {
                decompose_canonical(c, |part| self.take(part, &bytes, &mut word, &mut cut));
            }
        }
        self.close(&mut word, &mut cut);
        cut
    }

    /// Takes a letter or mark that a character is made of.
    fn take(&self, part: char, bytes: &Range<usize>, word: &mut Word, cut: &mut Pieces) {
        if part.general_category() == GeneralCategory::NonspacingMark {
            return;
        }
        if is_punctuation(part) {
            self.close(word, cut);
            word.push(part, bytes);
            self.close(word, cut);
        } else {
            part.to_lowercase().for_each(|letter| word.push(letter, bytes));
        }
    }

    /// Ends a word and cuts it into the longest pieces, from its beginning on.
    fn close(&self, word: &mut Word, cut: &mut Pieces) {
        if word.is_empty() {
            return;
        }
        cut.words.push(word.bytes.clone());
        cut.starts.push(cut.ids.len());
        if !self.divide(&mut word.letters, &mut cut.ids) {
            cut.ids.truncate(*cut.starts.last().expect("a word was pushed"));
            cut.ids.push(self.unknown);
        }
        word.letters.truncate(GOES_ON.len());
    }

    /// Adds the pieces of a word, whose letters it uses up; false where there are none for some part.
    fn divide(&self, letters: &mut String, ids: &mut Vec<i32>) -> bool {
        if letters[GOES_ON.len()..].chars().nth(MAX_WORD).is_some() {
            return false;
        }
        // A first piece is looked up without what begins the others.
        let mut from = GOES_ON.len();
        while letters.len() > GOES_ON.len() {
            let Some((end, id)) = self.longest(letters, from) else { return false };
            ids.push(id);
            letters.replace_range(GOES_ON.len()..end, "");
            from = 0;
        }
        true
    }

    /// The longest piece that some letters begin with, and where it ends.
    fn longest(&self, letters: &str, from: usize) -> Option<(usize, i32)> {
        let ends = letters.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        ends.take_while(|end| *end > GOES_ON.len()).find_map(|end| Some((end, self.id(&letters[from..end])?)))
    }
}

impl Word {
    fn is_empty(&self) -> bool {
        self.letters.len() == GOES_ON.len()
    }

    fn push(&mut self, letter: char, bytes: &Range<usize>) {
        if self.is_empty() {
            self.bytes.start = bytes.start;
        }
        self.bytes.end = bytes.end;
        self.letters.push(letter);
    }
}

/// Tells whether a character is left out: controls, marks of layout, what could not be decoded.
fn is_dropped(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' | ' '..='~' => false,
        '\u{fffd}' => true,
        _ => matches!(
            c.general_category(),
            GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse
        ),
    }
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
}

/// Tells whether a character is a word of its own. **Source**: BERT's `_is_chinese_char`.
fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}' | '\u{2b920}'..='\u{2ceaf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::READER_EN;

    fn pieces() -> WordPiece {
        WordPiece::new(READER_EN.vocabulary).expect("the shipped vocabulary is whole")
    }

    /// Each word as it stands in the text, with its pieces.
    #[track_caller]
    fn cuts(text: &str, expected: &str) {
        let vocabulary: Vec<&str> = READER_EN.vocabulary.lines().collect();
        let Pieces { ids, words, mut starts } = pieces().cut(text);
        starts.push(ids.len());
        let of = |from: usize, until: usize| {
            ids[from..until]
                .iter()
                .map(|id| vocabulary[usize::try_from(*id).expect("none is negative")])
                .collect::<Vec<_>>()
                .join(" ")
        };
        let told: Vec<String> = words
            .iter()
            .zip(starts.windows(2))
            .map(|(word, at)| format!("{:?}={}", &text[word.clone()], of(at[0], at[1])))
            .collect();
        assert_eq!(told.join(", "), expected);
    }

    #[test]
    fn words_are_parted_at_spaces_and_marks_and_cut_into_the_longest_pieces() {
        cuts("Rebels took Tessit.", r#""Rebels"=rebels, "took"=took, "Tessit"=tess ##it, "."=."#);
        cuts("“ISIS“At 9:30", r#""“"=“, "ISIS"=isis, "“"=“, "At"=at, "9"=9, ":"=:, "30"=30"#);
        cuts("\n \t", "");
    }

    #[test]
    fn case_accents_and_hidden_characters_do_not_matter() {
        cuts("Déjà VU", r#""Déjà"=de ##ja, "VU"=vu"#);
        cuts("De\u{301}ja\u{300}", r#""De\u{301}ja"=de ##ja"#);
        cuts("at\u{ad}tack\u{200b}", r#""at\u{ad}tack"=attack"#);
    }

    #[test]
    fn what_has_no_pieces_is_unknown_as_a_whole() {
        cuts("𒀀x", r#""𒀀x"=[UNK]"#);
        cuts(&"a".repeat(101), &format!(r#""{}"=[UNK]"#, "a".repeat(101)));
    }

    #[test]
    fn ideographs_are_words_of_their_own() {
        cuts("中Mali", r#""中"=中, "Mali"=mali"#);
    }

    proptest! {
        #[test]
        fn words_lie_in_the_text_one_behind_the_other_and_have_pieces(text in "(\\PC|[a-zA-Z ,.'-]){0,60}") {
            let Pieces { ids, words, starts } = pieces().cut(&text);
            prop_assert_eq!(words.len(), starts.len());
            prop_assert!(words.iter().all(|it| it.start < it.end && text.get(it.clone()).is_some()));
            // One character may be two words: "½" and its like are taken apart.
            prop_assert!(words.windows(2).all(|it| it[0].start <= it[1].start && it[0].end <= it[1].end));
            prop_assert!(starts.windows(2).all(|it| it[0] < it[1]) && starts.last().is_none_or(|it| *it < ids.len()));
        }
    }
}
