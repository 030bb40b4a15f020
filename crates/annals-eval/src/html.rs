//! Main text of web pages against the article extraction benchmark.
//!
//! In: a folder with `ground-truth.json` and pages. Out: precision, recall and F1 by the benchmark's own measure.
//! **Source**: scrapinghub/article-extraction-benchmark, `evaluate.py`: runs of four words, counted; each page weighs the
//! same; F1 of mean precision and mean recall.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use annals_text::{Options, Origin, document, read_reports};
use regex::Regex;
use serde::Deserialize;

use crate::EvalError;
use crate::error::read_to_string;

/// Words in a run.
const RUN_WORDS: usize = 4;

/// How well the main text of all pages was found.
#[derive(Clone, Debug, PartialEq)]
pub struct HtmlScore {
    /// Mean over pages with any predicted text.
    pub precision: f64,
    /// Mean over pages with any expected text.
    pub recall: f64,
    /// Harmonic mean of the two means.
    pub f1: f64,
    /// Page by page, by name.
    pub pages: Vec<PageScore>,
}

/// How well the main text of one page was found.
#[derive(Clone, Debug, PartialEq)]
pub struct PageScore {
    /// Name of the page: its file without `.html.gz`.
    pub page: String,
    /// Share of the predicted runs that are expected.
    pub precision: f64,
    /// Share of the expected runs that are predicted.
    pub recall: f64,
}

#[derive(Deserialize)]
struct Truth {
    #[serde(rename = "articleBody", default)]
    article_body: String,
}

/// Reads every page that `ground-truth.json` names (`NAME.html.gz` beside it or in `html/`) and scores its main text.
///
/// **Errors**: a file is missing or is not of the benchmark's form. A page that cannot be read has no text and scores so.
pub fn score_html(dir: &Path) -> Result<HtmlScore, EvalError> {
    let path = dir.join("ground-truth.json");
    let truths: BTreeMap<String, Truth> = serde_json::from_str(&read_to_string(&path)?)
        .map_err(|error| EvalError::format(&path, error.line(), "an object of pages with articleBody", error))?;
    let mut counts = Vec::new();
    for (page, truth) in truths {
        let text = main_text(dir, &page)?;
        counts.push((page, count(&truth.article_body, &text)));
    }
    Ok(score(counts))
}

/// The body of the page's document.
fn main_text(dir: &Path, page: &str) -> Result<String, EvalError> {
    let name = format!("{page}.html.gz");
    let beside = dir.join(&name);
    let path = if beside.exists() { beside } else { dir.join("html").join(name) };
    let file = std::fs::File::open(&path).map_err(|source| EvalError::Read { path: path.clone(), source })?;
    // The benchmark scores any page; one that is refused has predicted nothing.
    let Some(Ok(report)) = read_reports(file, &Origin::path(&path)).next() else { return Ok(String::new()) };
    let document = document(&report, &Options::default());
    Ok(document.text[document.title_end..].to_owned())
}

/// Runs found, found wrongly and missed, as shares of all: long pages weigh no more than short ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    found: f64,
    wrong: f64,
    missed: f64,
}

impl Count {
    fn precision(self) -> f64 {
        share(self.found, self.wrong, self.missed)
    }

    fn recall(self) -> f64 {
        share(self.found, self.missed, self.wrong)
    }
}

/// Whole when nothing is amiss on either side; nothing when there is nothing to divide.
fn share(found: f64, amiss: f64, amiss_elsewhere: f64) -> f64 {
    if amiss + amiss_elsewhere <= 0.0 {
        1.0
    } else if found + amiss <= 0.0 {
        0.0
    } else {
        found / (found + amiss)
    }
}

fn score(counts: Vec<(String, Count)>) -> HtmlScore {
    let precision = mean(counts.iter().filter(|(_, it)| it.found + it.wrong > 0.0).map(|(_, it)| it.precision()));
    let recall = mean(counts.iter().filter(|(_, it)| it.found + it.missed > 0.0).map(|(_, it)| it.recall()));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    let pages = counts
        .into_iter()
        .map(|(page, it)| PageScore { page, precision: it.precision(), recall: it.recall() })
        .collect();
    HtmlScore { precision, recall, f1, pages }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0_usize), |(sum, n), value| (sum + value, n + 1));
    if n == 0 { 0.0 } else { sum / n as f64 }
}

fn count(expected: &str, predicted: &str) -> Count {
    // What Python's `\w` takes: letters, numbers and the underscore, but no combining marks.
    let words = Regex::new(r"[\p{L}\p{N}_]+").expect("the pattern is constant");
    let tokens = |text| words.find_iter(text).map(|it| it.as_str()).collect::<Vec<&str>>();
    let (expected, predicted) = (tokens(expected), tokens(predicted));
    let (expected, predicted) = (runs(&expected), runs(&predicted));
    let total = |of: &HashMap<&[&str], usize>| of.values().sum::<usize>();
    let found: usize = expected.iter().map(|(run, n)| *n.min(predicted.get(run).unwrap_or(&0))).sum();
    let (wrong, missed) = (total(&predicted) - found, total(&expected) - found);
    let all = (found + wrong + missed).max(1) as f64;
    Count { found: found as f64 / all, wrong: wrong as f64 / all, missed: missed as f64 / all }
}

/// Each run with how often it occurs; a shorter text is one run.
fn runs<'t>(words: &'t [&'t str]) -> HashMap<&'t [&'t str], usize> {
    let mut runs = HashMap::new();
    if !words.is_empty() {
        for run in words.windows(RUN_WORDS.min(words.len())) {
            *runs.entry(run).or_default() += 1;
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_runs_as_the_benchmark_does() {
        // Expected runs: abcd, bcde. Predicted: abcd, bcdx, cdxy.
        let mixed = count("a b c d e", "a, b c d x y");
        assert_eq!(mixed, Count { found: 1.0 / 4.0, wrong: 2.0 / 4.0, missed: 1.0 / 4.0 });
        assert!((mixed.precision() - 1.0 / 3.0).abs() < 1e-12 && (mixed.recall() - 0.5).abs() < 1e-12);
        assert_eq!(count("one two", "one two"), Count { found: 1.0, wrong: 0.0, missed: 0.0 });
        assert_eq!(count("", ""), Count::default());
    }

    #[test]
    fn pages_without_prediction_cost_recall_only() {
        let score = score(vec![("a".to_owned(), count("a b c d", "a b c d")), ("b".to_owned(), count("a b c d", ""))]);
        assert!((score.precision - 1.0).abs() < 1e-12 && (score.recall - 0.5).abs() < 1e-12);
    }
}
