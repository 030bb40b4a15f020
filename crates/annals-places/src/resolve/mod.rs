//! Place namings → places: a chain of small named passes over all mentions of a report.
//!
//! In: namings with the words around them, and what is known of the report. Out: one [`Resolution`] a mention.
//! Never: a guess without its score and its rivals; a mention's failure never touches another's.

mod candidates;
mod elsewhere;
mod outcome;
mod parse;
mod relations;
mod weigh;
mod where_of;
mod within;

use annals_record::{Place, PlacePrecision};

pub use where_of::where_of;

use crate::gazetteer::Gazetteer;
use candidates::{Node, NodesOf};
use parse::Parsed;

/// A place naming with the words around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mention<'a> {
    /// The naming, with or without words such as "15 km south of" or "district".
    pub name: &'a str,
    /// The text before it; only the last 80 bytes or so matter. May be empty.
    pub before: &'a str,
    /// The text after it; only the first 80 bytes or so matter. May be empty.
    pub after: &'a str,
    /// Number of the event that it is a place of, where known: the namings of one event lie in or by each other.
    pub event: Option<usize>,
}

impl<'a> Mention<'a> {
    /// The same mention as a place of an event.
    #[must_use]
    pub fn of_event(self, event: usize) -> Self {
        Self { event: Some(event), ..self }
    }

    /// The mention at a stretch of a text.
    ///
    /// **Units**: bytes; `None` where the stretch does not lie on character boundaries of the text.
    pub fn in_text(text: &'a str, start: usize, end: usize) -> Option<Self> {
        Some(Self { name: text.get(start..end)?, before: text.get(..start)?, after: text.get(end..)?, event: None })
    }
}

/// What is known of the report around its place mentions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportContext<'a> {
    /// The report's text, searched for countries and their people; may be empty.
    pub text: &'a str,
    /// ISO 3166-1 alpha-3 codes of countries that the report is likely about: its actors' homes, its focus, its publisher's
    /// country. Unknown codes are passed over.
    pub countries: &'a [&'a str],
    /// ISO 3166-1 alpha-3 codes of the only countries that places may lie in; empty for all. For callers who know, not for hints.
    pub only: &'a [&'a str],
    /// Names of places that are known from elsewhere ("--near Gao"); weighed like mentions of the report.
    pub near: &'a [&'a str],
}

/// What became of one mention.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// The place chosen; `None` when no candidate is sure enough, or when the naming is of a stretch between places.
    pub place: Option<Place>,
    /// How finely the naming tells where; `None` when unresolved.
    pub precision: Option<PlacePrecision>,
    /// How finely it would, were the unit meant that is called like this town and holds it; `None` where that cannot be.
    pub as_unit: Option<PlacePrecision>,
    /// **Units**: degrees north. `None` when unresolved and for countries.
    pub lat: Option<f64>,
    /// **Units**: degrees east. `None` when unresolved and for countries.
    pub lon: Option<f64>,
    /// **Units**: kilometres around the point. `None` without a point.
    pub radius_km: Option<f64>,
    /// ISO 3166-1 alpha-3; also told for an unresolved mention when all likely candidates lie in one country.
    pub iso3: Option<String>,
    /// First-level unit; also told for an unresolved mention when all likely candidates lie in one unit.
    pub adm1: Option<String>,
    /// Second-level unit.
    pub adm2: Option<String>,
    /// ISO 3166-2 code of the first-level unit; `None` where it is not told or has none.
    pub iso_3166_2: Option<String>,
    /// All likely places, best first, the chosen one among them.
    pub candidates: Vec<Place>,
    /// What each pass that had a say decided, in order.
    pub passes: Vec<Pass>,
}

impl Resolution {
    /// True when the mention has a place or at least a point.
    pub fn is_resolved(&self) -> bool {
        self.precision.is_some()
    }
}

/// What one pass said of a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Name of the pass, such as `look_up_exact`.
    pub name: &'static str,
    /// What it decided, in words.
    pub said: String,
}

impl Gazetteer {
    /// Resolves one naming alone; see [`Gazetteer::resolve_document`].
    pub fn resolve(&self, mention: Mention<'_>, context: &ReportContext<'_>) -> Resolution {
        self.resolve_document(&[mention], context).pop().unwrap_or_default()
    }

    /// Resolves all place namings of a report together: each speaks for places near the others.
    ///
    /// **Shape**: one resolution a mention, in the same order.
    pub fn resolve_document(&self, mentions: &[Mention<'_>], context: &ReportContext<'_>) -> Vec<Resolution> {
        if mentions.is_empty() {
            return Vec::new();
        }
        let mut parsed: Vec<Parsed> = mentions.iter().map(|it| parse::parse(it, &self.words)).collect();
        for it in &mut parsed {
            within::find_within(self, it);
        }
        let evidence = weigh::Evidence::of_report(self, context);
        let mut nodes: Vec<Node> = Vec::new();
        let nodes_of: Vec<NodesOf> =
            parsed.iter().map(|it| candidates::add_nodes(self, it, &evidence.only, &mut nodes)).collect();
        for near in context.near {
            let plain = parse::parse(&Mention { name: near, ..Mention::default() }, &self.words);
            candidates::add_nodes(self, &plain, &evidence.only, &mut nodes);
        }
        candidates::add_mates(mentions, &nodes_of, &mut nodes);
        weigh::weigh(self, &mut nodes, &evidence);
        candidates::drop_unlikely(self, &mut nodes, &evidence);
        if candidates::add_capitals(self, &parsed, &nodes_of, &mut nodes, &evidence) {
            weigh::weigh(self, &mut nodes, &evidence);
        }
        if candidates::add_similar(self, &mut nodes, &evidence) {
            weigh::weigh(self, &mut nodes, &evidence);
        }
        parsed.iter().zip(&nodes_of).map(|(parsed, of)| outcome::outcome(self, parsed, of, &nodes)).collect()
    }
}
