//! The word lists of a language, read from data/values/<lang>/ and made ready for look-up by word.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::quantity::{Role, Unit};
use crate::time::{Edge, Lean, PartOfDay, TimeUnit, Vague};
use crate::words::split;

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

/// What a phrase of several tokens means.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PhraseSense {
    Time(TimeWord),
    Before(Bound),
    After(Bound),
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
}

impl Tables {
    /// The English tables that come with Annals.
    ///
    /// # Panics
    /// Never in a build whose tests pass: the tables are part of the program.
    pub fn english() -> Self {
        Self::from_toml(
            include_str!("../../../data/values/en/times.toml"),
            include_str!("../../../data/values/en/numbers.toml"),
            include_str!("../../../data/values/en/units.toml"),
        )
        .expect("the tables built in are read by every test")
    }

    /// Reads the three tables of a language.
    ///
    /// # Errors
    /// When a table is not TOML of the form of data/values/en/.
    pub fn from_toml(times: &str, numbers: &str, units: &str) -> Result<Self, TablesError> {
        let times: TimesToml = read("times", times)?;
        let numbers: NumbersToml = read("numbers", numbers)?;
        let units: UnitsToml = read("units", units)?;
        let mut building = Building::default();
        building.add_times(&times)?;
        building.add_numbers(&numbers);
        building.add_units(&units);
        Ok(building.finish(times.rules))
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimesToml {
    senses: FxHashMap<String, Vec<String>>,
    phrases: FxHashMap<String, Vec<String>>,
    weak: WordsToml,
    rules: Rules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsToml {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersToml {
    cardinals: FxHashMap<String, Vec<String>>,
    scales: FxHashMap<String, Vec<String>>,
    ordinals: FxHashMap<String, Vec<String>>,
    vague: FxHashMap<String, VagueToml>,
    words: RolesToml,
    bounds: FxHashMap<Bound, Vec<String>>,
    bounds_after: FxHashMap<Bound, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VagueToml {
    low: Option<u64>,
    high: Option<u64>,
    scale: Option<u64>,
    times: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RolesToml {
    articles: Vec<String>,
    definite: Vec<String>,
    and: Vec<String>,
    half: Vec<String>,
    of: Vec<String>,
    of_previous: Vec<String>,
    to: Vec<String>,
    between: Vec<String>,
    another: Vec<String>,
    more: Vec<String>,
    including: Vec<String>,
    ordinal_suffixes: Vec<String>,
    rolling: Vec<String>,
    old: Vec<String>,
    collective: Vec<String>,
    not_counting: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitsToml {
    things: ThingsToml,
    plurals: FxHashMap<String, String>,
    endings: FxHashMap<String, String>,
    same: WordsToml,
    mass: WordsToml,
    adjectival: WordsToml,
    adjectives: WordsToml,
    participles: WordsToml,
    stops: WordsToml,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThingsToml {
    civilian: Vec<String>,
    combatant: Vec<String>,
    state_force: Vec<String>,
    any: Vec<String>,
    group: Vec<String>,
    vehicle: Vec<String>,
    motorcycle: Vec<String>,
    armour: Vec<String>,
    aircraft: Vec<String>,
    weapon: Vec<String>,
    ammunition: Vec<String>,
    explosive: Vec<String>,
    building: Vec<String>,
    livestock: Vec<String>,
    supplies: Vec<String>,
    place: Vec<String>,
    happening: Vec<String>,
    money: Vec<String>,
    distance: Vec<String>,
    weight: Vec<String>,
    duration: Vec<String>,
    percentage: Vec<String>,
    calibre: Vec<String>,
}

impl ThingsToml {
    fn classes(&self) -> [(Unit, &[String]); 23] {
        [
            (Unit::Person(Role::Civilian), &self.civilian),
            (Unit::Person(Role::Combatant), &self.combatant),
            (Unit::Person(Role::StateForce), &self.state_force),
            (Unit::Person(Role::Any), &self.any),
            (Unit::Group, &self.group),
            (Unit::Vehicle, &self.vehicle),
            (Unit::Motorcycle, &self.motorcycle),
            (Unit::Armour, &self.armour),
            (Unit::Aircraft, &self.aircraft),
            (Unit::Weapon, &self.weapon),
            (Unit::Ammunition, &self.ammunition),
            (Unit::Explosive, &self.explosive),
            (Unit::Building, &self.building),
            (Unit::Livestock, &self.livestock),
            (Unit::Supplies, &self.supplies),
            (Unit::Place, &self.place),
            (Unit::Happening, &self.happening),
            (Unit::Money, &self.money),
            (Unit::Distance, &self.distance),
            (Unit::Weight, &self.weight),
            (Unit::Duration, &self.duration),
            (Unit::Percentage, &self.percentage),
            (Unit::Calibre, &self.calibre),
        ]
    }
}

fn read<T: serde::de::DeserializeOwned>(table: &'static str, text: &str) -> Result<T, TablesError> {
    toml::from_str(text).map_err(|source| TablesError::Toml { table, source: Box::new(source) })
}

/// Tables under construction: words by spelling, phrases by their first word.
#[derive(Default)]
struct Building {
    words: FxHashMap<Box<str>, Entry>,
    phrases: Vec<Phrase>,
}

impl Building {
    fn word(&mut self, word: &str) -> &mut Entry {
        self.words.entry(word.into()).or_default()
    }

    /// Adds a word, or a phrase if it is made of several tokens.
    fn add(&mut self, text: &str, sense: PhraseSense) {
        let tokens = split(text);
        if tokens.len() > 1 {
            self.phrases.push(Phrase { tokens, sense });
            return;
        }
        match sense {
            PhraseSense::Time(it) => self.word(text).time = Some(it),
            PhraseSense::Thing(it) => {
                let entry = self.word(text);
                // A noun may stand in two classes; the first one listed keeps it.
                entry.thing.get_or_insert(it);
            }
            PhraseSense::Before(_) | PhraseSense::After(_) => {
                self.phrases.push(Phrase { tokens, sense });
            }
        }
    }

    fn add_times(&mut self, table: &TimesToml) -> Result<(), TablesError> {
        for (sense, words) in sorted(&table.senses).into_iter().chain(sorted(&table.phrases)) {
            let sense = time_word(sense).ok_or_else(|| TablesError::Sense(sense.clone()))?;
            for word in words {
                self.add(word, PhraseSense::Time(sense));
            }
        }
        for word in &table.weak.words {
            self.word(word).weak = true;
        }
        Ok(())
    }

    fn add_numbers(&mut self, table: &NumbersToml) {
        for (value, words) in sorted(&table.cardinals) {
            for word in words {
                self.word(word).number = Some(NumberWord::Cardinal(value.parse().unwrap_or(0)));
            }
        }
        for (value, words) in sorted(&table.scales) {
            for word in words {
                self.word(word).number = Some(NumberWord::Scale(value.parse().unwrap_or(1)));
            }
        }
        for (value, words) in sorted(&table.ordinals) {
            for word in words {
                self.word(word).number = Some(NumberWord::Ordinal(value.parse().unwrap_or(0)));
            }
        }
        for (word, it) in sorted(&table.vague) {
            let sense = NumberWord::Vague { low: it.low, high: it.high, scale: it.scale, times: it.times };
            self.word(word).number = Some(sense);
        }
        let roles = &table.words;
        for (role, words) in [
            (WordRole::Article, &roles.articles),
            (WordRole::Definite, &roles.definite),
            (WordRole::And, &roles.and),
            (WordRole::Half, &roles.half),
            (WordRole::Of, &roles.of),
            (WordRole::OfPrevious, &roles.of_previous),
            (WordRole::To, &roles.to),
            (WordRole::Between, &roles.between),
            (WordRole::Another, &roles.another),
            (WordRole::More, &roles.more),
            (WordRole::Including, &roles.including),
            (WordRole::OrdinalSuffix, &roles.ordinal_suffixes),
            (WordRole::Rolling, &roles.rolling),
            (WordRole::Old, &roles.old),
            (WordRole::Collective, &roles.collective),
            (WordRole::NotCounting, &roles.not_counting),
        ] {
            for word in words {
                self.word(word).role = role;
            }
        }
        for (bound, phrases) in sorted(&table.bounds) {
            for phrase in phrases {
                self.add(phrase, PhraseSense::Before(*bound));
            }
        }
        for (bound, phrases) in sorted(&table.bounds_after) {
            for phrase in phrases {
                self.add(phrase, PhraseSense::After(*bound));
            }
        }
    }

    fn add_units(&mut self, table: &UnitsToml) {
        let of_form = |word: &str, unit: Unit, form: Form| {
            let last = word.rsplit(' ').next().unwrap_or(word);
            let listed = |list: &WordsToml| list.words.iter().any(|it| it == last);
            if listed(&table.mass) {
                Form::Mass
            } else if listed(&table.same) || unit.is_measure() || word.contains(|it: char| it.is_ascii_digit()) {
                Form::Same
            } else {
                form
            }
        };
        for (unit, words) in table.things.classes() {
            for word in words {
                self.add(word, PhraseSense::Thing(Thing { unit, form: of_form(word, unit, Form::Singular) }));
            }
        }
        // Plurals after all singulars: "others" must not hide behind a later class.
        for (unit, words) in table.things.classes() {
            for word in words {
                let form = if of_form(word, unit, Form::Singular) == Form::Mass { Form::Mass } else { Form::Plural };
                self.add(&plural(word, table), PhraseSense::Thing(Thing { unit, form }));
            }
        }
        for (plural, singular) in sorted(&table.plurals) {
            let Some(unit) = self.words.get(singular.as_str()).and_then(|it| it.thing).map(|it| it.unit) else {
                continue;
            };
            self.word(plural).thing = Some(Thing { unit, form: of_form(plural, unit, Form::Plural) });
        }
        for word in &table.stops.words {
            self.word(word).stop = true;
        }
        for word in &table.participles.words {
            let entry = self.word(word);
            entry.stop = true;
            entry.participle = true;
        }
        for word in &table.adjectives.words {
            self.word(word).adjective = true;
        }
        for word in &table.adjectival.words {
            self.word(word).adjectival = true;
        }
    }

    fn finish(mut self, rules: Rules) -> Tables {
        for at in 0..self.phrases.len() {
            let first = self.phrases[at].tokens[0].clone();
            self.words.entry(first).or_default();
        }
        // By first word, longest first, so that each word owns one slice.
        self.phrases
            .sort_by(|a, b| (&a.tokens[0], b.tokens.len(), &a.tokens).cmp(&(&b.tokens[0], a.tokens.len(), &b.tokens)));
        let mut words: Vec<(Box<str>, Entry)> = self.words.into_iter().collect();
        words.sort_by(|a, b| a.0.cmp(&b.0));
        let mut index = FxHashMap::default();
        let mut entries = Vec::with_capacity(words.len());
        for (word, mut entry) in words {
            let first = self.phrases.partition_point(|it| it.tokens[0] < word);
            let last = self.phrases.partition_point(|it| it.tokens[0] <= word);
            entry.phrases = (small(first), small(last - first));
            index.insert(word, small(entries.len()));
            entries.push(entry);
        }
        Tables { index, entries, phrases: self.phrases, rules }
    }
}

/// A table's rows in a fixed order, so that the first word listed wins on every run.
fn sorted<K: Ord, V>(table: &FxHashMap<K, V>) -> Vec<(&K, &V)> {
    #[expect(clippy::iter_over_hash_type, reason = "sorted on the next line")]
    let mut rows: Vec<_> = {
        let mut rows = Vec::with_capacity(table.len());
        for row in table {
            rows.push(row);
        }
        rows
    };
    rows.sort_by(|a, b| a.0.cmp(b.0));
    rows
}

fn small(n: usize) -> u32 {
    u32::try_from(n).expect("the tables are far below four thousand million rows")
}

fn plural(word: &str, table: &UnitsToml) -> String {
    for (singular, plural) in sorted(&table.endings) {
        if let Some(stem) = word.strip_suffix(singular.as_str()) {
            return format!("{stem}{plural}");
        }
    }
    let consonant_y = word.ends_with('y') && !word.ends_with(['a', 'e', 'o', 'u']) && {
        let before = word.chars().rev().nth(1).unwrap_or('a');
        !"aeiou".contains(before)
    };
    if consonant_y {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") {
        return format!("{word}es");
    }
    format!("{word}s")
}

fn time_word(sense: &str) -> Option<TimeWord> {
    let (kind, value) = sense.split_once('.').unwrap_or((sense, ""));
    Some(match (kind, value) {
        ("weekday", n) => TimeWord::Weekday(n.parse().ok()?),
        ("month", n) => TimeWord::Month(n.parse().ok()?),
        ("day", n) => TimeWord::Day(n.parse().ok()?),
        ("fixed", month_day) => {
            let (month, day) = month_day.split_once('-')?;
            TimeWord::Fixed(month.parse().ok()?, day.parse().ok()?)
        }
        ("floating", it) => {
            let mut parts = it.split('-');
            let month = parts.next()?.parse().ok()?;
            TimeWord::Floating(month, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
        }
        ("filler", "") => TimeWord::Filler,
        ("unit", name) => TimeWord::Unit(named(name)?),
        ("part", name) => TimeWord::Part(named(name)?),
        ("season", n) => TimeWord::Season(n.parse().ok()?),
        ("lean", name) => TimeWord::Lean(named(name)?),
        ("edge", name) => TimeWord::Edge(named(name)?),
        ("vague", name) => TimeWord::Vague(named(name)?),
        ("tonight", "") => TimeWord::Tonight,
        ("overnight", "") => TimeWord::Overnight,
        ("recent", "") => TimeWord::Recent,
        ("following", "") => TimeWord::Following,
        ("previous", "") => TimeWord::Previous,
        ("eve", "") => TimeWord::Eve,
        ("ago", "") => TimeWord::Ago,
        ("earlier", "") => TimeWord::Earlier,
        ("later", "") => TimeWord::Later,
        ("since", "") => TimeWord::Since,
        ("until", "") => TimeWord::Until,
        ("from", "") => TimeWord::From,
        ("to", "") => TimeWord::To,
        ("between", "") => TimeWord::Between,
        ("and", "") => TimeWord::And,
        ("in", "") => TimeWord::In,
        ("on", "") => TimeWord::On,
        ("of", "") => TimeWord::Of,
        ("the", "") => TimeWord::The,
        ("long", "") => TimeWord::Long,
        ("am", "") => TimeWord::Am,
        ("pm", "") => TimeWord::Pm,
        ("clock", "") => TimeWord::Clock,
        ("about", "") => TimeWord::About,
        ("for", "") => TimeWord::For,
        ("named", "") => TimeWord::Named,
        _ => return None,
    })
}

/// Reads a code by its snake-case name.
fn named<'de, T: Deserialize<'de>>(name: &'de str) -> Option<T> {
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};
    let deserializer: StrDeserializer<'de, Error> = name.into_deserializer();
    T::deserialize(deserializer).ok()
}
