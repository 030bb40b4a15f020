//! When events happened: of the days that it may have been, those that are judged most likely.

use std::collections::HashMap;
use std::ops::Range;

use annals_reader::{Role, Thresholds};
use annals_record::{DateRef, Finding, Severity};
use annals_text::Document;
use annals_values::{Anchor, Tables, When, dateline_conflict, weekday_conflict};

use crate::choices::{Choice, Watch};
use crate::days::{Candidate, Days, Known, Told, candidates, days, told};
use crate::draft::Draft;
use crate::times::Times;

/// The times of one document, and what was resolved so far.
pub(crate) struct Dates<'d> {
    document: &'d Document,
    times: Times<'d>,
    anchor: Anchor,
    /// For each event, how well it is linked to words for the same days.
    support: Vec<HashMap<Days, f32>>,
    /// The last days that an event's own words told.
    passage: Option<When>,
    /// The days of the events so far.
    before: Vec<Days>,
}

impl<'d> Dates<'d> {
    /// Finds all times of a document, and its own day.
    pub(crate) fn new(document: &'d Document, tables: &'d Tables) -> Self {
        let times = Times::new(&document.text, tables);
        let dateline = times.own_day(document.published);
        let anchor = Anchor { published: document.published, dateline, previous: None };
        Dates { document, times, anchor, support: Vec::new(), passage: None, before: Vec::new() }
    }

    /// The days that a reader's span tells of what a trigger names.
    pub(crate) fn told_by(&self, range: &Range<usize>, trigger: usize) -> Option<When> {
        let mention = self.times.mention(range)?;
        self.times.resolve(&mention, trigger, &self.anchor).ok()
    }

    /// Notes how well each event of the report is linked to words for each day.
    pub(crate) fn weigh(&mut self, drafts: &[Draft]) {
        let support = |draft| {
            let mut best: HashMap<Days, f32> = HashMap::new();
            for it in told(&self.times, &self.anchor, draft) {
                if let Ok(when) = &it.resolved {
                    let known = best.entry(days(when)).or_default();
                    *known = known.max(it.score);
                }
            }
            best
        };
        self.support = drafts.iter().map(support).collect();
    }

    /// Tells when the date line and the publication date contradict each other; the date line wins.
    pub(crate) fn conflict(&self) -> Option<Finding> {
        /// A report may be published some days after the day it is dated; more is a contradiction.
        const TOLERANCE_DAYS: i32 = 3;
        dateline_conflict(&self.anchor, TOLERANCE_DAYS).then(|| Finding {
            code: "V007".to_owned(),
            severity: Severity::Warning,
            span: None,
            message: "the date line contradicts the publication date; dates are counted from the date line".to_owned(),
        })
    }

    /// The date of an event of the document; asked for in the order of the events.
    pub(crate) fn date(
        &mut self,
        drafts: &[Draft],
        at: usize,
        thresholds: &Thresholds,
        findings: &mut Vec<Finding>,
        watch: Watch,
    ) -> Option<DateRef> {
        let told = told(&self.times, &self.anchor, &drafts[at]);
        let known = Known {
            document: self.document,
            times: &self.times,
            anchor: &self.anchor,
            support: &self.support,
            passage: self.passage,
            before: &self.before,
        };
        let least = least_share(at, thresholds);
        let mut best: Option<(f32, When, Option<usize>)> = None;
        for Candidate { when, told: words, signs } in candidates(&known, drafts, at, &told) {
            let values: Vec<f32> = signs.iter().map(|it| it.1).collect();
            let share = thresholds.judges.date.share(&values);
            let range = words.map(|it| told[it].mention.range.clone());
            watch(Choice { event: at, role: Role::Date, range, days: Some(when), share, signs });
            if share >= least && best.as_ref().is_none_or(|it| share > it.0) {
                best = Some((share, when, words));
            }
        }
        let taken = best.and_then(|it| it.2).unwrap_or(told.len());
        self.tell_of_open(&drafts[at], &told[..taken], findings);
        let (_, when, words) = best?;
        self.before.push(days(&when));
        let words = words.map(|it| &told[it].mention);
        if let Some(mention) = words {
            self.anchor.previous = Some(when);
            self.passage = Some(when);
            if weekday_conflict(&mention.expr, &when) {
                let message = "the weekday told beside this date is not that of the date; the date was kept";
                findings.push(self.note("V008", message, mention.range.clone()));
            }
        }
        Some(date_ref(words.map(|it| self.document.span(it.range.clone())), &when))
    }

    /// Tells of words that the reader takes for the event's, and that do not tell its days; better ones stand in for them.
    fn tell_of_open(&self, draft: &Draft, told: &[Told], findings: &mut Vec<Finding>) {
        /// Of a link, from which on the reader takes the words for the event's.
        const SURE: f32 = 0.5;
        for it in told.iter().filter(|it| it.score >= SURE && it.days(&self.anchor, draft).is_none()) {
            let ahead = ("V009", "these words would put what has happened after the report; they were left out");
            let why = it.resolved.as_ref().err().map_or(ahead, |it| (it.reason.code(), it.reason.message()));
            findings.push(self.note(why.0, why.1, it.mention.range.clone()));
        }
    }

    /// The first time told within a clause; `None` where none is told or it stays unresolved.
    pub(crate) fn within(&self, clause: &Range<usize>) -> Option<DateRef> {
        let mention = self.times.first_within(clause)?;
        let when = self.times.resolve(mention, clause.start, &self.anchor).ok()?;
        Some(date_ref(Some(self.document.span(mention.range.clone())), &when))
    }

    fn note(&self, code: &str, message: &str, range: Range<usize>) -> Finding {
        Finding {
            code: code.to_owned(),
            severity: Severity::Note,
            span: Some(self.document.span(range)),
            message: message.to_owned(),
        }
    }
}

/// From which share on days are taken for an event's, by its place in the document.
pub(crate) fn least_share(event: usize, thresholds: &Thresholds) -> f32 {
    if event == 0 { thresholds.lead_date } else { thresholds.date }
}

fn date_ref(span: Option<annals_record::Span>, when: &When) -> DateRef {
    DateRef { span, start: when.start, end: when.end, precision: when.precision, rule: when.rule.to_owned() }
}
