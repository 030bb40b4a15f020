//! Reads the TOML tables into words and phrases.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{
    Bound, Entry, Form, NumberWord, Opening, Phrase, PhraseSense, Rules, Tables, TablesError, Thing, TimeWord, WordRole,
};
use crate::quantity::{Role, Unit};
use crate::words::split;

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
    openings: FxHashMap<Opening, Vec<String>>,
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
    odd: Vec<String>,
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

/// Reads the three tables of a language.
pub(super) fn tables(times: &str, numbers: &str, units: &str) -> Result<Tables, TablesError> {
    let times: TimesToml = read("times", times)?;
    let numbers: NumbersToml = read("numbers", numbers)?;
    let units: UnitsToml = read("units", units)?;
    let mut building = Building::default();
    building.add_times(&times)?;
    building.add_numbers(&numbers);
    building.add_units(&units);
    Ok(building.finish(times.rules))
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

    /// The tokens of a phrase; elided words that are known ("d'") keep their apostrophe, as in a text.
    fn split(&self, text: &str) -> Vec<Box<str>> {
        let mut tokens: Vec<Box<str>> = Vec::new();
        for token in split(text) {
            match tokens.last_mut() {
                Some(last) if matches!(&*token, "'" | "’") && self.words.contains_key(&*format!("{last}'")) => {
                    *last = format!("{last}{token}").into();
                }
                _ => tokens.push(token),
            }
        }
        tokens
    }

    /// Adds a word, or a phrase if it is made of several tokens.
    fn add(&mut self, text: &str, sense: PhraseSense) {
        let tokens = self.split(text);
        if tokens.len() > 1 {
            self.phrases.push(Phrase { tokens, sense });
            return;
        }
        match sense {
            PhraseSense::Time(it) => self.word(text).time = Some(it),
            PhraseSense::Cardinal(it) => self.word(text).number = Some(NumberWord::Cardinal(it)),
            PhraseSense::Thing(it) => {
                let entry = self.word(text);
                // A noun may stand in two classes; the first one listed keeps it.
                entry.thing.get_or_insert(it);
            }
            PhraseSense::Before(_) | PhraseSense::After(_) | PhraseSense::Opening(_) => {
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
                self.add(word, PhraseSense::Cardinal(value.parse().unwrap_or(0)));
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
            (WordRole::Odd, &roles.odd),
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
        for (opening, phrases) in sorted(&table.openings) {
            for phrase in phrases {
                self.add(phrase, PhraseSense::Opening(*opening));
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
        ("ahead", "") => TimeWord::Ahead,
        ("begin", "") => TimeWord::Begin,
        ("running", "") => TimeWord::Running,
        ("then", "") => TimeWord::Then,
        ("unit", name) => TimeWord::Unit(named(name)?),
        ("part", name) => TimeWord::Part(named(name)?),
        ("season", n) => TimeWord::Season(n.parse().ok()?),
        ("lean", name) => TimeWord::Lean(named(name)?),
        ("behind", name) => TimeWord::Behind(named(name)?),
        ("neighbour", name) => TimeWord::Neighbour(named(name)?),
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
