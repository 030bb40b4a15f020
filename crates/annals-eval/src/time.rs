//! Scores the resolving of time expressions against `TimeML` documents (`TimeBank`, AQUAINT, `TempEval-3`).
//!
//! For each TIMEX3 of type DATE the words of the expression alone are read and resolved, with the document's creation time as the
//! day of publication and the last expression resolved before it (by us, not by the gold) as the time spoken of; an expression that is itself counted back ("a year earlier") leaves that as it is. The result is
//! written as a TIMEX3 value and compared with the gold's, character by character:
//!
//! - a day is `YYYY-MM-DD`, a calendar month `YYYY-MM`, a year `YYYY`, an ISO week `YYYY-Wnn`, its weekend `YYYY-Wnn-WE`;
//! - a quarter is `YYYY-Qn`, a half year `YYYY-Hn`, a season `YYYY-SP`, `-SU`, `-FA` or `-WI`, a decade `YYY`, a century `YY`;
//! - an edge ("early 2015") has its period's value, as TimeML keeps "early" in an attribute of its own;
//! - "since X" and "until X" have X's value; "recently", "now" and "soon" are `PAST_REF`, `PRESENT_REF` and `FUTURE_REF`;
//! - anything else, an interval above all, has no value and counts as wrong.
//!
//! Creation times themselves are not scored: they are given.

use std::io::Read;
use std::path::{Path, PathBuf};

use annals_values::{
    Anchor, CalendarSpan, Direction, Grain, Tables, TimeExpr, TimeUnit, Vague, When, parse_time, resolve_calendar,
};
use jiff::civil::Date;

use crate::EvalError;

/// How many time expressions are right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeScore {
    /// Documents read.
    pub n_documents: usize,
    /// Expressions whose gold value is a full date (`YYYY-MM-DD`).
    pub full_dates: Tally,
    /// Expressions whose gold value is a month (`YYYY-MM`) or year (`YYYY`).
    pub months_and_years: Tally,
    /// All other expressions of type DATE: weeks, quarters, seasons, vague ones.
    pub others: Tally,
    /// One row an expression, in the order of the documents' names.
    pub cases: Vec<TimeCase>,
}

impl TimeScore {
    /// The main figure's tally: full dates, months and years together.
    pub fn dated(&self) -> Tally {
        Tally {
            n_right: self.full_dates.n_right + self.months_and_years.n_right,
            n_total: self.full_dates.n_total + self.months_and_years.n_total,
        }
    }
}

/// Right answers among all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Right answers.
    pub n_right: usize,
    /// All questions.
    pub n_total: usize,
}

impl Tally {
    /// The share of right answers, from 0 to 1; 1 where nothing was asked.
    pub fn share(self) -> f64 {
        if self.n_total == 0 { 1.0 } else { self.n_right as f64 / self.n_total as f64 }
    }

    fn add(&mut self, right: bool) {
        self.n_right += usize::from(right);
        self.n_total += 1;
    }
}

/// One expression, its gold value and ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeCase {
    /// File name of the document.
    pub document: String,
    /// The words of the expression.
    pub words: String,
    /// The gold's TIMEX3 value.
    pub gold: String,
    /// Ours; `None` when the words do not resolve to a value.
    pub ours: Option<String>,
}

/// Scores the TimeML documents of a folder (searched to its depth) or of a `.tar.gz` archive.
///
/// # Errors
/// When the folder, archive or one of its `.tml` files cannot be read, or a file is not TimeML.
pub fn score_time(dir_or_archive: &Path) -> Result<TimeScore, EvalError> {
    score_with(dir_or_archive, &Tables::english())
}

/// As [`score_time`], with other tables: to measure what a change of the word lists does.
///
/// # Errors
/// As [`score_time`].
pub fn score_with(dir_or_archive: &Path, tables: &Tables) -> Result<TimeScore, EvalError> {
    let mut score = TimeScore::default();
    for (name, text) in documents(dir_or_archive)? {
        let cases = cases(&name, &text, tables).map_err(|()| {
            EvalError::format(&dir_or_archive.join(&name), 1, "a TimeML document with a creation time", None)
        })?;
        score.n_documents += 1;
        for case in cases {
            let right = case.ours.as_deref() == Some(&case.gold);
            match case.gold.len() {
                10 if is_date(&case.gold) => score.full_dates.add(right),
                4 | 7 if is_date(&case.gold) => score.months_and_years.add(right),
                _ => score.others.add(right),
            }
            score.cases.push(case);
        }
    }
    Ok(score)
}

fn is_date(value: &str) -> bool {
    value.bytes().all(|it| it.is_ascii_digit() || it == b'-')
}

/// The names and texts of all `.tml` files, sorted by name.
fn documents(path: &Path) -> Result<Vec<(String, String)>, EvalError> {
    let fail = |source| EvalError::Read { path: path.to_owned(), source };
    let mut documents = Vec::new();
    if path.is_dir() {
        let mut folders = vec![path.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).map_err(fail)? {
                let inner = entry.map_err(fail)?.path();
                if inner.is_dir() {
                    folders.push(inner);
                } else if is_timeml(&inner) {
                    documents.push((file_name(&inner), crate::error::read_to_string(&inner)?));
                }
            }
        }
    } else {
        let file = std::fs::File::open(path).map_err(fail)?;
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
        for entry in archive.entries().map_err(fail)? {
            let mut entry = entry.map_err(fail)?;
            let inner: PathBuf = entry.path().map_err(fail)?.into_owned();
            if is_timeml(&inner) {
                let mut text = String::new();
                entry.read_to_string(&mut text).map_err(fail)?;
                documents.push((file_name(&inner), text));
            }
        }
    }
    documents.sort();
    Ok(documents)
}

fn is_timeml(path: &Path) -> bool {
    // Archives made on a Mac hold "._" companions.
    path.extension().is_some_and(|it| it == "tml") && !file_name(path).starts_with("._")
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The cases of one document; `Err` when it is not TimeML.
fn cases(name: &str, text: &str, tables: &Tables) -> Result<Vec<TimeCase>, ()> {
    let xml = roxmltree::Document::parse(text).map_err(|_| ())?;
    let timexes = || xml.descendants().filter(|it| it.has_tag_name("TIMEX3"));
    let created = timexes()
        .find(|it| it.attribute("functionInDocument") == Some("CREATION_TIME"))
        .and_then(|it| it.attribute("value"))
        .and_then(|it| it.get(..10)?.parse::<Date>().ok())
        .ok_or(())?;
    let mut anchor = Anchor::published(created);
    let mut cases = Vec::new();
    for timex in timexes() {
        if timex.attribute("functionInDocument") == Some("CREATION_TIME") {
            continue;
        }
        let words: String = timex.descendants().filter(roxmltree::Node::is_text).filter_map(|it| it.text()).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let expr = parse_time(&words, tables);
        let span = expr.as_ref().and_then(|it| resolve_calendar(it, &anchor, tables).ok());
        if timex.attribute("type") == Some("DATE") {
            let gold = timex.attribute("value").unwrap_or_default().to_owned();
            let ours = expr.as_ref().and_then(|it| timex_value(it, &anchor, tables));
            cases.push(TimeCase { document: name.to_owned(), words, gold, ours });
        }
        // A time counted back from another is an aside: the story goes on from that other.
        let aside = matches!(expr, Some(TimeExpr::Relative { direction: Direction::Earlier, .. }));
        if let Some(span) = span.filter(|_| !aside) {
            let precision = annals_record::TimePrecision::Day;
            anchor.previous = Some(When { start: span.start, end: span.end, precision, rule: span.rule });
        }
    }
    Ok(cases)
}

/// The TIMEX3 value of an expression, by the rules at the top of this file.
pub fn timex_value(expr: &TimeExpr, anchor: &Anchor, tables: &Tables) -> Option<String> {
    match expr {
        TimeExpr::Vague(Vague::Past) => Some("PAST_REF".to_owned()),
        TimeExpr::Vague(Vague::Present) => Some("PRESENT_REF".to_owned()),
        TimeExpr::Vague(Vague::Future) => Some("FUTURE_REF".to_owned()),
        TimeExpr::Stretch { amount, ahead } if amount.count.is_none() => {
            Some(if *ahead { "FUTURE_REF" } else { "PAST_REF" }.to_owned())
        }
        TimeExpr::Since(of) | TimeExpr::Until(of) => timex_value(of, anchor, tables),
        _ => value_of(resolve_calendar(expr, anchor, tables).ok()?),
    }
}

fn value_of(span: CalendarSpan) -> Option<String> {
    let start = span.start;
    let year = start.year();
    Some(match span.grain {
        Grain::One(TimeUnit::Day | TimeUnit::Hour | TimeUnit::Minute) => start.to_string(),
        Grain::One(TimeUnit::Month) => format!("{year:04}-{:02}", start.month()),
        Grain::One(TimeUnit::Year) => format!("{year:04}"),
        Grain::One(TimeUnit::Week | TimeUnit::Fortnight) => week(start),
        Grain::One(TimeUnit::Weekend) => format!("{}-WE", week(start)),
        Grain::One(TimeUnit::Quarter) => format!("{year:04}-Q{}", (start.month() - 1) / 3 + 1),
        Grain::One(TimeUnit::Half) => format!("{year:04}-H{}", (start.month() - 1) / 6 + 1),
        Grain::One(TimeUnit::Decade) => format!("{:03}", year / 10),
        Grain::One(TimeUnit::Century) => format!("{:02}", year / 100),
        Grain::Season(season) => {
            let name = ["SP", "SU", "FA", "WI"].get(usize::from(season).checked_sub(1)?)?;
            format!("{year:04}-{name}")
        }
        Grain::Interval => return None,
    })
}

fn week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}
