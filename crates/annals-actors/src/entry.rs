//! Entries of the registry as they stand in data/actors/*.toml (README.md there tells what each field means).

use std::fmt;
use std::sync::Arc;

use annals_record::ActorKind;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use strum::IntoStaticStr;

use crate::era::{Era, Rough};

/// One party to conflict: a group, a force, a company, a mission, a people not fighting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActorEntry {
    /// Stable slug, never reused.
    pub id: String,
    /// Usual English name.
    pub name: String,
    /// Usual short form.
    pub short: Option<String>,
    /// The codebook's kind.
    pub kind: ActorKind,
    /// Finer kind.
    #[serde(default)]
    pub sort: Sort,
    /// Founding.
    pub since: Option<Rough>,
    /// End; `None` when still there.
    pub until: Option<Rough>,
    /// Countries with years; the first is home. Empty: world-wide.
    #[serde(default)]
    pub active: Vec<Activity>,
    /// One sentence for people.
    pub note: Option<String>,
    /// What the entry rests on, in words.
    pub source: Option<String>,
    /// True when the entry as a whole is doubtful.
    #[serde(default)]
    pub uncertain: bool,
    /// Other namings.
    #[serde(default, deserialize_with = "shared")]
    pub aliases: Vec<Arc<Alias>>,
    /// Dated ties to other actors.
    #[serde(default)]
    pub links: Vec<Link>,
    /// Who leads it, and when.
    #[serde(default)]
    pub leaders: Vec<Leader>,
    /// ACLED-style names.
    #[serde(default)]
    pub acled: Exported,
    /// UCDP-style names.
    #[serde(default)]
    pub ucdp: Exported,
    /// PLOVER sector code, without the country.
    pub plover: Option<String>,
    /// Ids elsewhere, where certain.
    #[serde(default)]
    pub ids: ExternalIds,
}

impl ActorEntry {
    /// From founding to end.
    pub fn life(&self) -> Era {
        Era { from: self.since, until: self.until }
    }

    /// ISO3 of the country that it is at home in.
    pub fn home(&self) -> Option<&str> {
        self.active.first().map(|it| it.country.as_str())
    }

    /// The short form, else the name.
    pub fn short_name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }
}

/// Finer kinds than the codebook's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "each word says what it is; data/actors/README.md explains the few that do not")]
pub enum Sort {
    Military,
    Police,
    Gendarmerie,
    Security,
    Intelligence,
    BorderGuard,
    AirForce,
    Navy,
    Unit,
    Government,
    Ministry,
    Rebels,
    Separatist,
    Jihadist,
    Communist,
    SelfDefence,
    Communal,
    PoliticalMilitia,
    ProGovernment,
    Gang,
    Cartel,
    Bandits,
    Company,
    Coalition,
    Peacekeeping,
    Organisation,
    Alliance,
    Party,
    Civilians,
    Protesters,
    Rioters,
    Unidentified,
    #[default]
    Other,
}

/// A country and the years of activity there: `"MLI 2017-"`, `"CIV 2020-2021"`, `"MLI"`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Activity {
    /// ISO 3166-1 alpha-3, upper case (XKX for Kosovo).
    pub country: String,
    /// When.
    pub era: Era,
}

impl TryFrom<String> for Activity {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let (country, years) = text.split_once(' ').unwrap_or((&text, ""));
        if country.len() != 3 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(format!("{text:?}: an activity is a country code and years, such as \"MLI 2017-\""));
        }
        let era = if years.is_empty() { Era::default() } else { Era::parse_years(years)? };
        Ok(Self { country: country.to_owned(), era })
    }
}

/// A naming, and when and where it means the actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The words.
    pub name: String,
    /// ISO 639-1; `None` for English or language-neutral.
    pub lang: Option<String>,
    /// ISO 15924; `None` when the letters tell.
    pub script: Option<String>,
    /// Countries (ISO3) where it means this actor, and there only; empty: wherever the actor is.
    pub countries: Vec<String>,
    /// When it means this actor.
    pub era: Era,
    /// It yields to another actor's alias that fits.
    pub second: bool,
    /// It counts only beside one of these actor ids or words.
    pub needs: Vec<String>,
    /// A common word: counts only where and when the actor is active.
    pub generic: bool,
}

impl Alias {
    /// An alias without conditions.
    pub fn plain(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            lang: None,
            script: None,
            countries: Vec::new(),
            era: Era::default(),
            second: false,
            needs: Vec::new(),
            generic: false,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasTable {
    name: String,
    lang: Option<String>,
    script: Option<String>,
    #[serde(default, rename = "in")]
    countries: Vec<String>,
    from: Option<Rough>,
    until: Option<Rough>,
    #[serde(default)]
    second: bool,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    generic: bool,
}

/// Aliases as the registry's index shares them.
pub(crate) fn shared<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Arc<Alias>>, D::Error> {
    Ok(Vec::deserialize(deserializer)?.into_iter().map(Arc::new).collect())
}

impl<'de> Deserialize<'de> for Alias {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AliasForm)
    }
}

/// A word, or a table of the word and its conditions.
struct AliasForm;

impl<'de> Visitor<'de> for AliasForm {
    type Value = Alias;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name, or a table with a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Alias, E> {
        Ok(Alias::plain(name))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Alias, A::Error> {
        let it = AliasTable::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Alias {
            name: it.name,
            lang: it.lang,
            script: it.script,
            countries: it.countries,
            era: Era { from: it.from, until: it.until },
            second: it.second,
            needs: it.needs,
            generic: it.generic,
        })
    }
}

/// A dated tie to another actor.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The other actor's id.
    pub to: String,
    /// What this actor is to it.
    #[serde(rename = "as")]
    pub tie: Tie,
    /// First day.
    pub from: Option<Rough>,
    /// Last day.
    pub until: Option<Rough>,
    /// Countries where it holds; empty: everywhere.
    #[serde(default, rename = "in")]
    pub countries: Vec<String>,
    /// What it rests on, in words.
    pub source: Option<String>,
    /// True when doubtful.
    #[serde(default)]
    pub uncertain: bool,
}

impl Link {
    /// When it holds.
    pub fn era(&self) -> Era {
        Era { from: self.from, until: self.until }
    }
}

/// What one actor is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Tie {
    /// A branch, wing, unit or member of it.
    PartOf,
    /// Sworn or affiliated to it.
    Allegiance,
    /// Armed, paid or led by it.
    BackedBy,
    /// Fights beside it.
    Allied,
    /// Fights against it.
    Rival,
    /// The same under a new name, or who goes on with it after its end.
    Continues,
    /// Merged into it.
    MergedInto,
    /// Broke away from it.
    SplitFrom,
}

impl Tie {
    /// As a person says it: "part of", "split from".
    pub fn words(self) -> &'static str {
        match self {
            Tie::PartOf => "part of",
            Tie::Allegiance => "loyal to",
            Tie::BackedBy => "backed by",
            Tie::Allied => "allied with",
            Tie::Rival => "rival of",
            Tie::Continues => "continues",
            Tie::MergedInto => "merged into",
            Tie::SplitFrom => "split from",
        }
    }

    /// As a person says it from the other end: "has as part", "parted from".
    pub fn words_back(self) -> &'static str {
        match self {
            Tie::PartOf => "has as part",
            Tie::Allegiance => "has the loyalty of",
            Tie::BackedBy => "backs",
            Tie::Allied => "allied with",
            Tie::Rival => "rival of",
            Tie::Continues => "continued by",
            Tie::MergedInto => "took in",
            Tie::SplitFrom => "parted from",
        }
    }
}

/// A person who leads an actor, or speaks for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leader {
    /// Usual English spelling.
    pub name: String,
    /// Other names, noms de guerre.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Post; absent: "leader".
    #[serde(default = "Leader::default_role")]
    pub role: String,
    /// First day.
    pub from: Option<Rough>,
    /// Last day.
    pub until: Option<Rough>,
    /// True when several hold the post at once.
    #[serde(default)]
    pub shared: bool,
    /// What it rests on, in words.
    pub source: Option<String>,
    /// True when doubtful.
    #[serde(default)]
    pub uncertain: bool,
}

impl Leader {
    fn default_role() -> String {
        "leader".to_owned()
    }

    /// When the person holds the post.
    pub fn tenure(&self) -> Era {
        Era { from: self.from, until: self.until }
    }
}

/// Names used by another data set: none, one, or several with years.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "ExportedForm")]
pub struct Exported(pub Vec<DatedName>);

/// A name and when it is used.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedName {
    /// The name.
    pub name: String,
    /// First day.
    pub from: Option<Rough>,
    /// Last day.
    pub until: Option<Rough>,
}

impl DatedName {
    /// When it is used.
    pub fn era(&self) -> Era {
        Era { from: self.from, until: self.until }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ExportedForm {
    One(String),
    Many(Vec<DatedName>),
}

impl From<ExportedForm> for Exported {
    fn from(form: ExportedForm) -> Self {
        match form {
            ExportedForm::One(name) => Self(vec![DatedName { name, from: None, until: None }]),
            ExportedForm::Many(names) => Self(names),
        }
    }
}

/// Ids in other data sets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExternalIds {
    /// UCDP actor id (new).
    pub ucdp: Option<u32>,
    /// Wikidata item, `Q…`.
    pub wikidata: Option<String>,
    /// ACLED's own name, where it is certain to be theirs.
    pub acled: Option<String>,
}
