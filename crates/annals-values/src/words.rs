//! The one pass over the text: words, numbers and marks, each looked up once.

use crate::tables::{Entry, NumberWord, Phrase, PhraseSense, Tables, Thing, TimeWord, WordRole};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with digits after the first.
    Word,
    /// Digits: "1,200", "12", "1.5".
    Number(Digits),
    /// Any other character.
    Mark(char),
}

/// A number in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digits {
    /// The whole part; saturates.
    pub(crate) whole: u64,
    /// Thousandths after the decimal mark.
    pub(crate) thousandths: u16,
    /// Digits written before the decimal mark.
    pub(crate) len: u8,
    /// True when it is written with thousands or decimal marks, and so can be no part of a date.
    pub(crate) marked: bool,
}

/// One token of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word<'t> {
    /// Bytes.
    pub(crate) start: usize,
    /// Bytes.
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) entry: Option<&'t Entry>,
    /// Nothing stands between this token and the one before.
    pub(crate) glued: bool,
    /// A line break stands before this token.
    pub(crate) new_line: bool,
    /// Its first letter is a capital.
    pub(crate) capital: bool,
}

/// The tokens of a text with their senses.
pub(crate) struct Words<'t> {
    pub(crate) text: &'t str,
    pub(crate) list: Vec<Word<'t>>,
    pub(crate) tables: &'t Tables,
}

impl<'t> Words<'t> {
    /// Reads a text once.
    pub(crate) fn scan(text: &'t str, tables: &'t Tables) -> Self {
        let mut list = Vec::with_capacity(text.len() / 5 + 4);
        tokens(text, |token| {
            let entry = match token.kind {
                Kind::Word => tables.entry(&text[token.start..token.end]),
                Kind::Number(_) | Kind::Mark(_) => None,
            };
            if let Some(elided) = elided(list.last(), &token, text, tables) {
                let last = list.len() - 1;
                list[last] = elided;
                return;
            }
            list.push(Word {
                start: token.start,
                end: token.end,
                kind: token.kind,
                entry,
                glued: token.glued,
                new_line: token.new_line,
                capital: token.capital,
            });
        });
        Self { text, list, tables }
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Word<'t>> {
        self.list.get(at)
    }

    pub(crate) fn str(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |it| &self.text[it.start..it.end])
    }

    pub(crate) fn time(&self, at: usize) -> Option<TimeWord> {
        self.list.get(at)?.entry?.time
    }

    pub(crate) fn number(&self, at: usize) -> Option<NumberWord> {
        self.list.get(at)?.entry?.number
    }

    pub(crate) fn thing(&self, at: usize) -> Option<Thing> {
        self.list.get(at)?.entry?.thing
    }

    pub(crate) fn role(&self, at: usize) -> WordRole {
        self.list.get(at).and_then(|it| it.entry).map_or(WordRole::None, |it| it.role)
    }

    pub(crate) fn digits(&self, at: usize) -> Option<Digits> {
        match self.list.get(at)?.kind {
            Kind::Number(it) => Some(it),
            Kind::Word | Kind::Mark(_) => None,
        }
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|it| it.kind == Kind::Word)
    }

    pub(crate) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.list.get(at).is_some_and(|it| it.kind == Kind::Mark(mark))
    }

    /// A hyphen or dash of any length.
    pub(crate) fn is_dash(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|it| matches!(it.kind, Kind::Mark('-' | '‐' | '‑' | '–' | '—')))
    }

    /// A colon of a time of day.
    pub(crate) fn is_clock_mark(&self, at: usize) -> bool {
        self.is_glued(at) && self.is_mark(at, ':')
    }

    /// "st", "nd", "rd", "th" glued to a number.
    pub(crate) fn is_ordinal_suffix(&self, at: usize) -> bool {
        self.is_glued(at) && self.role(at) == WordRole::OrdinalSuffix
    }

    /// "past" and its like in other languages: a period that ends now, where "last" is the calendar's.
    pub(crate) fn is_rolling(&self, at: usize) -> bool {
        self.role(at) == WordRole::Rolling
    }

    /// The token stands on a new line, or there is none.
    pub(crate) fn new_line_at(&self, at: usize) -> bool {
        self.list.get(at).is_none_or(|it| it.new_line)
    }

    /// No token follows on the same line, or the next one opens with a capital.
    pub(crate) fn ends_text(&self, at: usize) -> bool {
        self.list.get(at + 1).is_none_or(|it| it.new_line || it.capital)
    }

    pub(crate) fn is_glued(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|it| it.glued)
    }

    /// The longest phrase at `at` for which `wanted` gives something, with the token after it.
    pub(crate) fn phrase<T>(&self, at: usize, wanted: impl Fn(PhraseSense) -> Option<T>) -> Option<(T, usize)> {
        let entry = self.list.get(at)?.entry?;
        self.tables.phrases(entry).iter().find_map(|phrase| {
            let it = wanted(phrase.sense)?;
            self.spells(at, phrase).then_some((it, at + phrase.tokens.len()))
        })
    }

    fn spells(&self, at: usize, phrase: &Phrase) -> bool {
        at + phrase.tokens.len() <= self.list.len()
            && phrase.tokens.iter().enumerate().skip(1).all(|(i, token)| {
                let word = self.str(at + i);
                word.eq_ignore_ascii_case(token) || (!word.is_ascii() && word.to_lowercase() == **token)
            })
    }
}

/// A word with the apostrophe behind it, where the tables have that as one word: "d'", "l'".
fn elided<'t>(word: Option<&Word<'t>>, mark: &Token, text: &str, tables: &'t Tables) -> Option<Word<'t>> {
    let word = word.filter(|it| it.kind == Kind::Word && mark.glued && it.end - it.start <= 2)?;
    matches!(mark.kind, Kind::Mark('\'' | '’')).then_some(())?;
    let entry = tables.entry(&format!("{}'", &text[word.start..word.end]))?;
    Some(Word { end: mark.end, entry: Some(entry), ..*word })
}

/// The lower-case tokens of a phrase of the tables.
pub(crate) fn split(phrase: &str) -> Vec<Box<str>> {
    let mut list = Vec::new();
    tokens(phrase, |token| list.push(phrase[token.start..token.end].into()));
    list
}

struct Token {
    start: usize,
    end: usize,
    kind: Kind,
    glued: bool,
    new_line: bool,
    capital: bool,
}

/// Calls `found` for each token in order.
fn tokens(text: &str, mut found: impl FnMut(Token)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut last_end = usize::MAX;
    let mut new_line = true;
    while at < bytes.len() {
        let byte = bytes[at];
        let start = at;
        if byte == b' ' || byte == b'\t' {
            at += 1;
            continue;
        }
        if byte == b'\n' || byte == b'\r' {
            at += 1;
            new_line = true;
            continue;
        }
        let mut capital = false;
        let kind = if byte.is_ascii_alphabetic() {
            capital = byte.is_ascii_uppercase();
            at = word_end(text, at);
            Kind::Word
        } else if byte.is_ascii_digit() {
            let (digits, end) = digits(bytes, at);
            at = end;
            Kind::Number(digits)
        } else if byte.is_ascii() {
            at += 1;
            Kind::Mark(char::from(byte))
        } else {
            let Some(first) = text[at..].chars().next() else { break };
            if first.is_alphabetic() {
                capital = first.is_uppercase();
                at = word_end(text, at);
                Kind::Word
            } else {
                at += first.len_utf8();
                if first.is_whitespace() || first == '\u{feff}' || first == '\u{200b}' {
                    new_line |= matches!(first, '\u{2028}' | '\u{2029}');
                    continue;
                }
                Kind::Mark(first)
            }
        };
        found(Token { start, end: at, kind, glued: last_end == start, new_line, capital });
        last_end = at;
        new_line = false;
    }
}

/// The end of the run of letters and digits that starts at `at`.
fn word_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while end < bytes.len() {
        if bytes[end].is_ascii_alphanumeric() {
            end += 1;
        } else if bytes[end].is_ascii() {
            break;
        } else {
            match text[end..].chars().next() {
                Some(next) if next.is_alphanumeric() || is_joined(next) => end += next.len_utf8(),
                _ => break,
            }
        }
    }
    end
}

/// Marks that belong to the letter before them (Arabic vowel signs, combining accents).
fn is_joined(mark: char) -> bool {
    matches!(mark, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}')
}

/// Reads the number that starts at `at`: "12", "1,200", "1.200.000", "1.5"; dates like "18.10.2021" are left as single numbers.
fn digits(bytes: &[u8], at: usize) -> (Digits, usize) {
    let run = |from: usize| bytes[from..].iter().take_while(|it| it.is_ascii_digit()).count();
    let value = |from: usize, n: usize| {
        bytes[from..from + n].iter().fold(0_u64, |sum, it| sum.saturating_mul(10).saturating_add(u64::from(it - b'0')))
    };
    let n_first = run(at);
    let mut whole = value(at, n_first);
    let mut end = at + n_first;
    let len = u8::try_from(n_first).unwrap_or(u8::MAX);
    let plain = Digits { whole, thousandths: 0, len, marked: false };
    // The middle of "18.10.2021".
    if at > 1 && bytes[at - 1] == b'.' && bytes[at - 2].is_ascii_digit() {
        return (plain, end);
    }
    let Some(&mark) = bytes.get(end).filter(|it| matches!(it, b',' | b'.')) else { return (plain, end) };
    let is_group = |from: usize| bytes.get(from) == Some(&mark) && run(from + 1) == 3;
    if n_first <= 3 && bytes[at] != b'0' && is_group(end) {
        while is_group(end) {
            whole = whole.saturating_mul(1000).saturating_add(value(end + 1, 3));
            end += 4;
        }
        let another_run =
            matches!(bytes.get(end), Some(b',' | b'.')) && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !another_run {
            return (Digits { whole, thousandths: 0, len: len.saturating_add(3), marked: true }, end);
        }
        return (plain, at + n_first);
    }
    let n_decimals = if mark == b'.' { run(end + 1) } else { 0 };
    let after = end + 1 + n_decimals;
    let is_date = bytes.get(after) == Some(&b'.') && bytes.get(after + 1).is_some_and(u8::is_ascii_digit);
    if n_decimals == 0 || is_date {
        return (plain, end);
    }
    let thousandths = (0..3).fold(0_u16, |sum, i| {
        let digit = if i < n_decimals { bytes[end + 1 + i] - b'0' } else { 0 };
        sum * 10 + u16::from(digit)
    });
    (Digits { whole, thousandths, len, marked: true }, after)
}
