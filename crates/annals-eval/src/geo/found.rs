//! End to end: place namings that a reader found in the articles, resolved, against the annotated toponyms.

use std::fmt;
use std::ops::Range;

use annals_incidents::distance_km;
use annals_places::{Gazetteer, Mention, ReportContext, Resolution};
use annals_reader::{Reading, SpanKind};
use annals_text::Document;

use super::sets::Article;
use super::{NEAR_KM, share};

/// How many of a set's toponyms were both found and placed right.
///
/// A toponym is found by a naming that overlaps it, and placed right when that naming's place lies within 161 km. Each naming counts
/// for one toponym. Namings of toponyms without gold coordinates are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundScores {
    /// The data set's file name.
    pub set: String,
    /// Toponyms with gold coordinates.
    pub n: usize,
    /// Of these, overlapped by a naming.
    pub n_found: usize,
    /// Namings.
    pub n_namings: usize,
    /// Of these, answered with a place.
    pub n_answered: usize,
    /// Of these, right.
    pub n_right: usize,
}

/// The place namings that a reader found in an article's document.
///
/// **Units**: bytes of the article's text.
pub fn namings(document: &Document, reading: &Reading) -> Vec<Range<usize>> {
    let body = document.title_end + 1;
    let places = reading.spans.iter().filter(|it| it.kind == SpanKind::Place);
    places.filter_map(|it| Some(it.range.start.checked_sub(body)?..it.range.end - body)).collect()
}

impl FoundScores {
    /// Share of the answered namings that are right.
    pub fn precision(&self) -> f64 {
        share(self.n_right, self.n_answered)
    }

    /// Share of the toponyms that are found and placed right.
    pub fn recall(&self) -> f64 {
        share(self.n_right, self.n)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        share(2 * self.n_right, self.n_answered + self.n)
    }

    pub(super) fn add(&mut self, gazetteer: &Gazetteer, article: &Article, namings: &[Range<usize>]) {
        let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        let gold: Vec<(&Range<usize>, (f64, f64))> =
            article.toponyms.iter().filter_map(|it| Some((it.bytes.as_ref()?, (it.lat, it.lon)))).collect();
        self.n += article.toponyms.len();
        self.n_found += gold.iter().filter(|(it, _)| namings.iter().any(|naming| meets(naming, it))).count();
        let counts = |it: &&Range<usize>| {
            gold.iter().any(|(gold, _)| meets(it, gold)) || !article.unplaced.iter().any(|gold| meets(it, gold))
        };
        let mentions: Vec<(&Range<usize>, Mention<'_>)> = (namings.iter().filter(counts))
            .filter_map(|it| Some((it, Mention::in_text(&article.text, it.start, it.end)?)))
            .collect();
        let context = ReportContext { text: &article.text, ..ReportContext::default() };
        let resolutions = gazetteer.resolve_document(&mentions.iter().map(|(_, it)| *it).collect::<Vec<_>>(), &context);
        self.n_namings += mentions.len();
        let mut taken = vec![false; gold.len()];
        for ((naming, _), resolution) in mentions.iter().zip(&resolutions) {
            let Some(point) = point(resolution) else { continue };
            self.n_answered += 1;
            let is_right =
                |n: &usize| !taken[*n] && meets(naming, gold[*n].0) && distance_km(gold[*n].1, point) <= NEAR_KM;
            if let Some(n) = (0..gold.len()).find(is_right) {
                taken[n] = true;
                self.n_right += 1;
            }
        }
    }
}

/// The place's own point, of countries too; that of a stretch where it has no place.
fn point(resolution: &Resolution) -> Option<(f64, f64)> {
    let place = resolution.place.as_ref().and_then(|it| it.lat.zip(it.lon));
    place.or(resolution.lat.zip(resolution.lon))
}

impl fmt::Display for FoundScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:<12} end to end: n {}  found {} of them  namings {}  answered {}  right {}  precision {:.3}  recall {:.3}  F1 {:.3}",
            self.set,
            self.n,
            self.n_found,
            self.n_namings,
            self.n_answered,
            self.n_right,
            self.precision(),
            self.recall(),
            self.f1()
        )
    }
}
