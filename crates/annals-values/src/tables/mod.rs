//! The word lists of a language, read from data/values/<lang>/ and made ready for look-up by word.

mod read;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::quantity::Unit;
use crate::time::{Direction, Edge, Lean, PartOfDay, TimeUnit, Vague};

/// The word lists and rules of one language.
#[derive(Debug)]
pub struct Tables {
    index: FxHashMap<Box<str>, u32>,
    entries: Vec<Entry>,
    phrases: Vec<Phrase>,
    pub(crate) rules: Rules,
}

/// A table that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TablesError {
    /// Not TOML, or not of the form wanted.
    #[error("reading the {table} table")]
    Toml {
        /// `times`, `numbers` or `units`.
        table: &'static str,
        /// What is wrong and where.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A sense that the grammar does not know.
    #[error("the times table has an unknown sense {0:?}")]
    Sense(String),
}

/// What one word can mean; every part is small enough to copy.
#[expect(clippy::struct_excessive_bools, reason = "independent marks of a word, each from a list of its own")]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) time: Option<TimeWord>,
    pub(crate) number: Option<NumberWord>,
    pub(crate) thing: Option<Thing>,
    pub(crate) role: WordRole,
    /// First of the phrases that this word opens, and how many.
    phrases: (u32, u32),
    pub(crate) weak: bool,
    pub(crate) stop: bool,
    /// May stand between a number and its noun although it ends a phrase.
    pub(crate) participle: bool,
    /// Also an adjective, so that a singular counts one only at the end of its phrase.
    pub(crate) adjective: bool,
    /// Gives way to a noun behind it.
    pub(crate) adjectival: bool,
}

/// What a word does in a time expression. Names are those of the senses in times.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeWord {
    Weekday(u8),
    Month(u8),
    Day(i8),
    Fixed(u8, u8),
    /// Month, week of it, weekday: "Thanksgiving".
    Floating(u8, i8, i8),
    Tonight,
    Overnight,
    Unit(TimeUnit),
    Part(PartOfDay),
    Season(u8),
    Lean(Lean),
    /// As `Lean`, but behind what it places: "lundi dernier".
    Behind(Lean),
    /// The day before or after: "la veille".
    Neighbour(Direction),
    Recent,
    Following,
    Previous,
    Eve,
    Ago,
    Earlier,
    Later,
    Edge(Edge),
    Since,
    Until,
    From,
    To,
    Between,
    And,
    In,
    On,
    Of,
    The,
    Long,
    Am,
    Pm,
    Clock,
    About,
    For,
    Filler,
    Ahead,
    Begin,
    /// One after another: "the third straight day", "in a row".
    Running,
    /// The time spoken of: "since then".
    Then,
    Named,
    Vague(Vague),
}

/// What a word does in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberWord {
    /// "seven", "forty".
    Cardinal(u64),
    /// "dozen", "hundred".
    Scale(u64),
    /// "ninth".
    Ordinal(u8),
    /// "dozens", "several", "a couple": `scale` follows a number's tail ("tens of thousands"), `times` precedes one.
    Vague { low: Option<u64>, high: Option<u64>, scale: Option<u64>, times: Option<u64> },
}

/// What a small word does in a quantity phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum WordRole {
    #[default]
    None,
    Article,
    Definite,
    And,
    Half,
    Of,
    OfPrevious,
    To,
    Between,
    Another,
    More,
    Including,
    Odd,
    OrdinalSuffix,
    Rolling,
    Old,
    Collective,
    NotCounting,
}

/// A noun that quantities count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Thing {
    pub(crate) unit: Unit,
    pub(crate) form: Form,
}

/// Grammatical number of a noun as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Singular,
    Plural,
    /// Alike in both.
    Same,
    /// Never one when it stands alone: "personnel", "equipment".
    Mass,
}

/// A bound on the number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bound {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    About,
    Untold,
    Nothing,
}

/// A word by which a phrase tells no count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Opening {
    /// "half", "thirds".
    Share,
    /// "in" between two numbers: "one in five".
    OutOf,
    /// "none", "nobody".
    Nobody,
}

/// What a phrase of several tokens means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PhraseSense {
    Time(TimeWord),
    Cardinal(u64),
    Before(Bound),
    After(Bound),
    Opening(Opening),
    Thing(Thing),
}

#[derive(Debug)]
pub(crate) struct Phrase {
    /// Lower-case tokens, the first included.
    pub(crate) tokens: Vec<Box<str>>,
    pub(crate) sense: PhraseSense,
}

/// The numbers of `[rules]` in times.toml, where they are explained.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    pub(crate) days_ahead: i32,
    pub(crate) months_ahead: i32,
    pub(crate) days_spoken_of: i32,
    pub(crate) ahead_tokens: usize,
    pub(crate) few_days: i32,
    pub(crate) few_weeks: i32,
    pub(crate) few_months: i32,
    pub(crate) few_years: i32,
    pub(crate) coming_days: i32,
    pub(crate) early_month: [i8; 2],
    pub(crate) mid_month: [i8; 2],
    pub(crate) late_month: [i8; 2],
    pub(crate) early_year: [i8; 2],
    pub(crate) mid_year: [i8; 2],
    pub(crate) late_year: [i8; 2],
    pub(crate) two_digit_pivot: i16,
    pub(crate) month_first: bool,
    pub(crate) capitals: bool,
}

impl Tables {
    /// The English tables that come with Annals.
    ///
    /// # Panics
    /// Never in a build whose tests pass: the tables are part of the program.
    pub fn english() -> Self {
        Self::from_toml(
            include_str!("../../../../data/values/en/times.toml"),
            include_str!("../../../../data/values/en/numbers.toml"),
            include_str!("../../../../data/values/en/units.toml"),
        )
        .expect("the tables built in are read by every test")
    }

    /// The French tables that come with Annals.
    ///
    /// # Panics
    /// As [`Tables::english`].
    pub fn french() -> Self {
        Self::from_toml(
            include_str!("../../../../data/values/fr/times.toml"),
            include_str!("../../../../data/values/fr/numbers.toml"),
            include_str!("../../../../data/values/fr/units.toml"),
        )
        .expect("the tables built in are read by every test")
    }

    /// Reads the three tables of a language.
    ///
    /// # Errors
    /// When a table is not TOML of the form of data/values/en/.
    pub fn from_toml(times: &str, numbers: &str, units: &str) -> Result<Self, TablesError> {
        read::tables(times, numbers, units)
    }

    /// What a word means, whatever its case.
    pub(crate) fn entry(&self, word: &str) -> Option<&Entry> {
        // Nearly all words are short and ASCII: those are folded on the stack.
        let mut folded = [0_u8; 24];
        if word.len() <= folded.len() && word.is_ascii() {
            let folded = &mut folded[..word.len()];
            folded.copy_from_slice(word.as_bytes());
            folded.make_ascii_lowercase();
            let key = std::str::from_utf8(folded).ok()?;
            return self.index.get(key).map(|&at| &self.entries[at as usize]);
        }
        if word.len() > 64 {
            return None;
        }
        self.index.get(word.to_lowercase().as_str()).map(|&at| &self.entries[at as usize])
    }

    /// The phrases that open with a word, longest first.
    pub(crate) fn phrases(&self, entry: &Entry) -> &[Phrase] {
        let (first, n_phrases) = entry.phrases;
        &self.phrases[first as usize..(first + n_phrases) as usize]
    }
}
