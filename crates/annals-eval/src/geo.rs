//! Place resolution: LGL, TR-News and `GeoVirus`, and the place names of the UCDP's Burkina Faso events.
//!
//! In: the data sets' own files, and for the end-to-end figure the toponyms that a reader found. Out: how near the resolver came.
//! Never: finding of toponyms.
//!
//! **Source**: accuracy within 161 km (100 miles) is the measure of Gritta et al., "A Pragmatic Guide to Geoparsing Evaluation"
//! (2020); toponyms without gold coordinates are left out.

mod found;
mod headlines;
mod sets;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use annals_incidents::distance_km;
use annals_places::{Gazetteer, Mention, ReportContext, Resolution};
use annals_text::Report;

use crate::EvalError;
use crate::case21::report;
pub use found::{FoundScores, namings};
pub use headlines::{HeadlineScores, score_headlines};
use sets::{Article, Toponym};

/// Distance within which an answer counts as right.
const NEAR_KM: f64 = 161.0;

/// How well the toponyms of one data set were resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GeoScores {
    /// The data set's file name.
    pub set: String,
    /// Toponyms with gold coordinates.
    pub n: usize,
    /// Toponyms answered with a place.
    pub n_answered: usize,
    /// Answered within 161 km.
    pub n_near: usize,
    /// Toponyms with a gold GeoNames id, and those answered with that very id.
    pub ids: (usize, usize),
    /// Toponyms with a gold country, and those answered in it.
    pub countries: (usize, usize),
    /// **Units**: kilometres; over the answered.
    pub median_km: f64,
    /// Unresolved although a candidate lay within 161 km, and unresolved with none near: the gazetteer has no such place.
    pub unresolved: (usize, usize),
    /// One line an error, for reading.
    pub errors: Vec<String>,
}

impl GeoScores {
    /// Share of all toponyms answered within 161 km.
    pub fn accuracy(&self) -> f64 {
        share(self.n_near, self.n)
    }

    /// Share of the answered that lie within 161 km.
    pub fn precision(&self) -> f64 {
        share(self.n_near, self.n_answered)
    }

    /// Share of right countries.
    pub fn country_accuracy(&self) -> f64 {
        share(self.countries.1, self.countries.0)
    }
}

impl std::fmt::Display for GeoScores {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:<12} n {}  within 161 km {:.3}  of the answered {:.3} ({})  country {:.3}  id {:.3}  median {:.1} km  \
             unresolved {} with and {} without a right candidate",
            self.set,
            self.n,
            self.accuracy(),
            self.precision(),
            self.n_answered,
            self.country_accuracy(),
            share(self.ids.1, self.ids.0),
            self.median_km,
            self.unresolved.0,
            self.unresolved.1
        )
    }
}

pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One data set of articles with annotated toponyms.
pub struct GeoSet {
    file: String,
    articles: Vec<Article>,
}

impl GeoSet {
    /// Reads each of the sets that `dir` holds (`lgl.xml`, `TR-News.xml`, `GeoVirus.xml`), in that order.
    ///
    /// **Errors**: a file that cannot be read or is no such set.
    pub fn read_all(dir: &Path) -> Result<Vec<Self>, EvalError> {
        let mut all = Vec::new();
        for file in ["lgl.xml", "TR-News.xml", "GeoVirus.xml"] {
            let path = dir.join(file);
            if path.exists() {
                all.push(Self { file: file.to_owned(), articles: sets::read(&path)? });
            }
        }
        Ok(all)
    }

    /// Reads the text of one set; `file` is its name.
    ///
    /// **Errors**: a text that is no such set.
    pub fn parse(file: &str, text: &str) -> Result<Self, EvalError> {
        Ok(Self { file: file.to_owned(), articles: sets::parse(Path::new(file), text)? })
    }

    /// The articles, to be read.
    pub fn reports(&self) -> Vec<Report> {
        self.articles.iter().enumerate().map(|(n, it)| report(&self.file, &n.to_string(), &it.text)).collect()
    }

    /// Scores the resolver on the toponyms that the set gives.
    pub fn score_given(&self, gazetteer: &Gazetteer) -> GeoScores {
        let mut scores = GeoScores { set: self.file.clone(), ..GeoScores::default() };
        let mut distances = Vec::new();
        let mut countries = BTreeMap::new();
        for article in &self.articles {
            let mentions: Vec<Mention<'_>> = article.toponyms.iter().map(|it| mention(article, it)).collect();
            let context = ReportContext { text: &article.text, ..ReportContext::default() };
            let resolutions = gazetteer.resolve_document(&mentions, &context);
            for (toponym, resolution) in article.toponyms.iter().zip(&resolutions) {
                let country =
                    toponym.country.map(|id| countries.entry(id).or_insert_with(|| iso3_of(gazetteer, id)).clone());
                score_toponym(toponym, resolution, country.flatten().as_deref(), &mut scores, &mut distances);
            }
        }
        distances.sort_by(f64::total_cmp);
        scores.median_km = distances.get(distances.len() / 2).copied().unwrap_or(f64::NAN);
        scores
    }

    /// Scores the resolver on the place namings that a reader found.
    ///
    /// **Shape**: one list an article, as in [`GeoSet::reports`]. **Units**: bytes of the report's text.
    pub fn score_found(&self, gazetteer: &Gazetteer, found: &[Vec<Range<usize>>]) -> FoundScores {
        let mut scores = FoundScores { set: self.file.clone(), ..FoundScores::default() };
        let none = Vec::new();
        for (n, article) in self.articles.iter().enumerate() {
            scores.add(gazetteer, article, found.get(n).unwrap_or(&none));
        }
        scores
    }
}

fn mention<'a>(article: &'a Article, toponym: &'a Toponym) -> Mention<'a> {
    let around = toponym.bytes.clone().and_then(|it| Mention::in_text(&article.text, it.start, it.end));
    around.unwrap_or(Mention { name: &toponym.name, ..Mention::default() })
}

fn iso3_of(gazetteer: &Gazetteer, geonames: u32) -> Option<String> {
    gazetteer.by_id(&format!("geonames:{geonames}")).and_then(|it| it.iso3)
}

fn score_toponym(
    toponym: &Toponym,
    resolution: &Resolution,
    iso3: Option<&str>,
    scores: &mut GeoScores,
    distances: &mut Vec<f64>,
) {
    scores.n += 1;
    let gold = (toponym.lat, toponym.lon);
    let place = resolution.place.as_ref();
    if let Some(iso3) = iso3 {
        scores.countries.0 += 1;
        scores.countries.1 += usize::from(resolution.iso3.as_deref() == Some(iso3));
    }
    if let Some(id) = toponym.geonames {
        scores.ids.0 += 1;
        scores.ids.1 += usize::from(place.is_some_and(|it| it.id == format!("geonames:{id}")));
    }
    let point = place.and_then(|it| it.lat.zip(it.lon));
    let km = point.map(|it| distance_km(gold, it));
    if let Some(km) = km {
        scores.n_answered += 1;
        distances.push(km);
        if km <= NEAR_KM {
            scores.n_near += 1;
            return;
        }
    } else if resolution
        .candidates
        .iter()
        .any(|it| it.lat.zip(it.lon).is_some_and(|it| distance_km(gold, it) <= NEAR_KM))
    {
        scores.unresolved.0 += 1;
    } else {
        scores.unresolved.1 += 1;
    }
    let said = place.map_or("-".to_owned(), |it| {
        format!("{} {} {} {}", it.name, it.kind, it.iso3.as_deref().unwrap_or(""), it.adm1.as_deref().unwrap_or(""))
    });
    let could = resolution
        .candidates
        .iter()
        .position(|it| it.lat.zip(it.lon).is_some_and(|it| distance_km(gold, it) <= NEAR_KM));
    scores.errors.push(format!(
        "{}\t{}\tgold {} {:.2},{:.2}\tsaid {said}\t{}\tright is {}",
        scores.set,
        toponym.name,
        toponym.gold_name,
        toponym.lat,
        toponym.lon,
        km.map_or(String::new(), |it| format!("{it:.0} km")),
        could.map_or("no candidate".to_owned(), |n| format!("candidate {}", n + 1)),
    ));
}
