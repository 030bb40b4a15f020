//! The word lists and weights of the resolver, as data.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::kind::Kind;

static WORDS: &str = include_str!("../../../data/places/words.toml");
static WEIGHTS: &str = include_str!("../../../data/places/weights.toml");

/// data/places/words.toml, with phrases cut into words.
pub(crate) struct Words {
    pub(crate) kinds: Vec<(Vec<String>, Class)>,
    pub(crate) fillers: Vec<String>,
    /// Words of descriptions that are no names, however written.
    pub(crate) plain: Vec<String>,
    /// Names made of such words alone.
    pub(crate) plain_names: Vec<String>,
    pub(crate) near: Vec<Vec<String>>,
    pub(crate) part: Vec<String>,
    pub(crate) kilometres: Vec<String>,
    pub(crate) miles: Vec<String>,
    pub(crate) directions: Vec<(Vec<String>, f64)>,
    pub(crate) road: Vec<String>,
    pub(crate) border: Vec<Vec<String>>,
}

/// The kinds that a kind word asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Class {
    Adm1,
    /// Of the first or the second level: departments are of the first in Latin America, of the second in most of Africa.
    Unit,
    Adm2,
    Adm3,
    Point,
    /// A point that is no town.
    Village,
    Area,
}

impl Class {
    /// Asks for a spot rather than a unit.
    pub(crate) fn is_point(self) -> bool {
        matches!(self, Self::Point | Self::Village)
    }

    /// Asks for an admin unit.
    pub(crate) fn is_unit(self) -> bool {
        matches!(self, Self::Adm1 | Self::Unit | Self::Adm2 | Self::Adm3)
    }

    pub(crate) fn holds(self, kind: Kind) -> bool {
        match self {
            Self::Adm1 => kind == Kind::Adm1,
            Self::Unit => kind.is_unit(),
            Self::Adm2 => kind == Kind::Adm2 || kind == Kind::Adm3,
            Self::Adm3 => kind == Kind::Adm3 || kind == Kind::Adm2,
            Self::Point | Self::Village => kind.is_point(),
            Self::Area => matches!(kind, Kind::Area | Kind::Water | Kind::Island | Kind::Mountain),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    kind: BTreeMap<Class, Vec<String>>,
    filler: Listed,
    plain: Plain,
    near: Listed,
    part: Listed,
    distance: Distance,
    direction: BTreeMap<String, Vec<String>>,
    road: Listed,
    border: Listed,
}

#[derive(Deserialize)]
struct Plain {
    words: Vec<String>,
    names: Vec<String>,
}

#[derive(Deserialize)]
struct Listed {
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Distance {
    kilometres: Vec<String>,
    miles: Vec<String>,
}

impl Words {
    pub(crate) fn embedded() -> Self {
        let file: WordsFile = toml::from_str(WORDS).expect("the embedded table is checked by a test");
        let cut = |phrase: &String| phrase.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let longest_first = |mut phrases: Vec<Vec<String>>| {
            phrases.sort_by_key(|it| std::cmp::Reverse(it.len()));
            phrases
        };
        let mut kinds: Vec<(Vec<String>, Class)> =
            file.kind.iter().flat_map(|(class, words)| words.iter().map(|it| (cut(it), *class))).collect();
        kinds.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        let mut directions: Vec<(Vec<String>, f64)> = (file.direction.iter())
            .filter_map(|(degrees, words)| Some((degrees.parse::<f64>().ok()?, words)))
            .flat_map(|(degrees, words)| words.iter().map(move |it| (cut(it), degrees)))
            .collect();
        directions.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Self {
            kinds,
            fillers: file.filler.words,
            plain: file.plain.words,
            plain_names: file.plain.names,
            near: longest_first(file.near.words.iter().map(cut).collect()),
            part: file.part.words,
            kilometres: file.distance.kilometres,
            miles: file.distance.miles,
            directions,
            road: file.road.words,
            border: longest_first(file.border.words.iter().map(cut).collect()),
        }
    }
}

/// data/places/weights.toml.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub(crate) r#match: MatchWeights,
    pub(crate) kind: KindWeights,
    pub(crate) sign: SignWeights,
    pub(crate) evidence: EvidenceWeights,
    pub(crate) choice: ChoiceWeights,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MatchWeights {
    pub(crate) main: f64,
    pub(crate) other: f64,
    pub(crate) folded: f64,
    pub(crate) similar: f64,
    pub(crate) edit: f64,
    pub(crate) short: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KindWeights {
    pub(crate) continent: f64,
    pub(crate) country: f64,
    pub(crate) adm1: f64,
    pub(crate) adm2: f64,
    pub(crate) adm3: f64,
    pub(crate) area: f64,
    pub(crate) capital: f64,
    pub(crate) city: f64,
    pub(crate) town: f64,
    pub(crate) village: f64,
    pub(crate) other: f64,
}

impl KindWeights {
    pub(crate) fn of(&self, kind: Kind) -> f64 {
        match kind {
            Kind::Continent => self.continent,
            Kind::Country => self.country,
            Kind::Adm1 => self.adm1,
            Kind::Adm2 => self.adm2,
            Kind::Adm3 => self.adm3,
            Kind::Area => self.area,
            Kind::Capital => self.capital,
            Kind::City => self.city,
            Kind::Town => self.town,
            Kind::Village => self.village,
            _ => self.other,
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignWeights {
    pub(crate) population: f64,
    pub(crate) country: f64,
    pub(crate) unit: f64,
    pub(crate) near: f64,
    pub(crate) container: f64,
    pub(crate) wanted: f64,
    pub(crate) unwanted: f64,
    pub(crate) absent: f64,
    pub(crate) mate: f64,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EvidenceWeights {
    pub(crate) hint: f64,
    pub(crate) word: f64,
    pub(crate) unit_word: f64,
    pub(crate) floor: f64,
    pub(crate) elsewhere: f64,
    pub(crate) absent_share: f64,
    pub(crate) near_km: f64,
    pub(crate) rounds: usize,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChoiceWeights {
    pub(crate) answer: f64,
    pub(crate) answer_folded: f64,
    pub(crate) answer_similar: f64,
    pub(crate) same_km: f64,
    pub(crate) rival: f64,
    pub(crate) seat_km: f64,
    pub(crate) seat_share: f64,
    pub(crate) candidates: usize,
    pub(crate) capital_share: f64,
    pub(crate) similar_share: f64,
}

impl Weights {
    /// The weights that are part of the program.
    #[expect(clippy::missing_panics_doc, reason = "what is embedded is checked by a test")]
    pub fn embedded() -> Self {
        Self::parse(WEIGHTS).expect("the embedded weights are checked by a test")
    }

    /// Reads weights in the form of data/places/weights.toml.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}
