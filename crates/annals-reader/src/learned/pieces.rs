//! Text to word pieces, words and windows: what the encoder is fed.

use std::ops::Range;

use super::wordpiece::{Pieces, WordPiece};

/// **Units**: pieces, with the two that open and close a window.
const MAX_PIECES: usize = 512;
/// Pieces that a window shares with the one before it.
const OVERLAP: usize = 128;
/// Added to a word's shape in the title.
const IN_TITLE: i32 = 5;
const OTHER: i32 = 4;

/// A text's words and windows.
pub(crate) struct Cut {
    /// Bytes of each word: a run of letters and digits, or one mark.
    pub(crate) words: Vec<Range<usize>>,
    pub(crate) windows: Vec<Window>,
}

/// The pieces of one window.
pub(crate) struct Window {
    pub(crate) ids: Vec<i32>,
    pub(crate) shapes: Vec<i32>,
    /// Position of the first piece of each of its words.
    pub(crate) first: Vec<i32>,
    /// Its first word.
    pub(crate) word_start: usize,
}

/// Cuts texts as the encoder's training did.
pub(crate) struct Cutter {
    pieces: WordPiece,
    open: i32,
    close: i32,
}

impl Cutter {
    /// `None` where the vocabulary, a piece a line, lacks one of BERT's special pieces.
    pub(crate) fn new(vocabulary: &'static str) -> Option<Self> {
        let pieces = WordPiece::new(vocabulary)?;
        Some(Cutter { open: pieces.id("[CLS]")?, close: pieces.id("[SEP]")?, pieces })
    }

    /// Cuts a text; empty where it holds no word.
    pub(crate) fn cut(&self, text: &str, title_end: usize) -> Cut {
        let Pieces { ids, words, mut starts } = self.pieces.cut(text);
        starts.push(ids.len());
        let shapes: Vec<i32> = words.iter().map(|it| shape(&text[it.clone()], it.start < title_end)).collect();
        let windows = self.windows(&ids, &starts, &shapes);
        Cut { words, windows }
    }

    fn windows(&self, ids: &[i32], starts: &[usize], shapes: &[i32]) -> Vec<Window> {
        let room = MAX_PIECES - 2;
        let n_words = shapes.len();
        let mut list = Vec::new();
        let mut begin = 0;
        while begin < n_words {
            let mut end = begin;
            while end < n_words && starts[end + 1] - starts[begin] <= room {
                end += 1;
            }
            // A word longer than a window: its first pieces stand for it.
            let end = end.max(begin + 1);
            let size = (starts[end] - starts[begin]).min(room);
            let mut window = Window {
                ids: vec![self.open],
                shapes: vec![OTHER],
                first: (begin..end).map(|it| position(1 + starts[it] - starts[begin])).collect(),
                word_start: begin,
            };
            window.ids.extend(&ids[starts[begin]..starts[begin] + size]);
            window.ids.push(self.close);
            for word in begin..end {
                window.shapes.extend(std::iter::repeat_n(shapes[word], starts[word + 1] - starts[word]));
            }
            window.shapes.truncate(size + 1);
            window.shapes.push(OTHER);
            list.push(window);
            if end >= n_words {
                break;
            }
            let mut back = end;
            while back - 1 > begin && starts[end] - starts[back - 1] <= OVERLAP {
                back -= 1;
            }
            begin = back;
        }
        list
    }
}

fn position(at: usize) -> i32 {
    i32::try_from(at).expect("a window is short")
}

/// 0 lower, 1 Capitalised, 2 ALL CAPITALS, 3 with a digit, 4 other; 5 more in the title.
fn shape(word: &str, in_title: bool) -> i32 {
    let first = word.chars().next();
    let kind = if word.chars().any(char::is_numeric) {
        3
    } else if !first.is_some_and(char::is_alphabetic) {
        OTHER
    } else if word.chars().nth(1).is_some()
        && !word.chars().any(char::is_lowercase)
        && word.chars().any(char::is_uppercase)
    {
        2
    } else {
        i32::from(first.is_some_and(char::is_uppercase))
    };
    kind + if in_title { IN_TITLE } else { 0 }
}

/// For each word, the window and the place in it that show most of its surroundings.
pub(crate) fn home_windows(cut: &Cut) -> Vec<(usize, usize)> {
    let mut best: Vec<(Option<usize>, usize, usize)> = vec![(None, 0, 0); cut.words.len()];
    for (index, window) in cut.windows.iter().enumerate() {
        let size = window.first.len();
        for at in 0..size {
            let margin = at.min(size - 1 - at);
            let home = &mut best[window.word_start + at];
            if home.0.is_none_or(|it| margin > it) {
                *home = (Some(margin), index, at);
            }
        }
    }
    best.into_iter().map(|(_, window, at)| (window, at)).collect()
}
