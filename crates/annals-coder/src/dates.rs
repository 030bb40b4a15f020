//! When events happened: the words of the event, else those of its passage, else the report's own day or that of its other news.

use std::ops::Range;

use annals_reader::{Dated, Role, Thresholds};
use annals_record::{DateRef, Event, Finding, Realis, Scope, Severity, TimePrecision};
use annals_text::Document;
use annals_values::{
    Anchor, CalendarDate, Lean, Tables, TimeExpr, TimeMention, When, dateline_conflict, weekday_conflict,
};
use jiff::civil::Date;

use crate::draft::Draft;
use crate::times::Times;

/// How an event without time words is dated by the report's own day.
const OWN_DAYS: [Dated; 3] = [Dated::Other, Dated::Published, Dated::DayBefore];

/// The times of one document, and what was resolved so far.
pub(crate) struct Dates<'d> {
    document: &'d Document,
    times: Times<'d>,
    anchor: Anchor,
    /// The last date that an event's own words told, for events of the same passage without any.
    passage: Option<DateRef>,
    /// Events of which nothing tells when, by their place in the document.
    untold: Vec<usize>,
    /// How the report dates its own news without time words.
    news: Dated,
}

impl<'d> Dates<'d> {
    /// Finds all times of a document, and its own day.
    pub(crate) fn new(document: &'d Document, tables: &'d Tables) -> Self {
        let times = Times::new(&document.text, tables);
        let dateline = times.own_day(document.published);
        let anchor = Anchor { published: document.published, dateline, previous: None };
        Dates { document, times, anchor, passage: None, untold: Vec::new(), news: Dated::Other }
    }

    /// Settles how the report dates its own news, one way for all of it: its writer had one day in mind.
    ///
    /// A report that names its own weekday and not the one before tells of its day.
    pub(crate) fn settle(&mut self, drafts: &[Draft]) {
        let names = |day: Option<Date>| day.is_some_and(|it| self.times.names_weekday(it.weekday()));
        let day = self.anchor.day();
        let (own, before) = (names(day), names(day.and_then(|it| it.yesterday().ok())));
        let share = |way: Dated| match way {
            Dated::Published if before => 0.0,
            Dated::Published if own => f32::MAX,
            _ => drafts.iter().map(|it| it.dated_share(way)).sum::<f32>(),
        };
        self.news =
            OWN_DAYS.into_iter().fold(OWN_DAYS[0], |best, next| if share(next) > share(best) { next } else { best });
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

    /// The date of the event at a place in the document; the first is its lead.
    pub(crate) fn date(
        &mut self,
        draft: &Draft,
        at: usize,
        thresholds: &Thresholds,
        findings: &mut Vec<Finding>,
    ) -> Option<DateRef> {
        let (mut own_day, mut left_open) = (None, false);
        let told = draft.dated() == Dated::Phrase;
        let threshold = if told { thresholds.date_told } else { thresholds.date };
        for filler in draft.fillers(self.document, Role::Date, threshold, thresholds.more_places) {
            let range = filler.span.range.clone();
            let Some(mut mention) = self.times.mention(&range) else { continue };
            if draft.scope() == Scope::Campaign {
                mention = self.times.going_on(mention);
            }
            let trigger = draft.main().range.start;
            let mut resolved = self.times.resolve(&mention, trigger, &self.anchor);
            let is_actual = draft.realis() == Realis::Actual;
            if is_actual && resolved.as_ref().is_ok_and(|when| self.lies_ahead(when.end)) {
                mention = looking_back(mention);
                resolved = self.times.resolve(&mention, trigger, &self.anchor);
            }
            if resolved.as_ref().is_ok_and(|when| weekday_conflict(&mention.expr, when)) {
                let message = "the weekday told beside this date is not that of the date; the date was kept";
                findings.push(self.note("V008", message, mention.range.clone()));
            }
            match resolved {
                Ok(when) if is_actual && self.lies_ahead(when.start) => {
                    left_open = true;
                    let message = "these words would put what has happened after the report; they were left out";
                    findings.push(self.note("V009", message, range));
                }
                Ok(when) if self.is_own_day(&mention, &when) => own_day = own_day.or(Some((mention.range, when))),
                Ok(when) => return Some(self.told(mention.range, when)),
                Err(unresolved) => {
                    left_open = true;
                    findings.push(self.note(unresolved.reason.code(), unresolved.reason.message(), range));
                }
            }
        }
        if let Some((range, when)) = own_day {
            return Some(self.told(range, when));
        }
        if left_open {
            // It is told when: no other day may stand in for it, unless it is news that came "a day after" something.
            return self.implied(draft, false, thresholds.implied);
        }
        let passed_on = self.passage.as_ref().filter(|_| thresholds.pass_on_dates).map(|date| DateRef {
            span: None,
            rule: "date of the event told before it".to_owned(),
            ..date.clone()
        });
        let date = passed_on.or_else(|| self.implied(draft, at == 0, thresholds.implied));
        if date.is_none() {
            self.untold.push(at);
        }
        date
    }

    /// An event of which nothing tells when, and which the reader takes for the report's news, happened when most of that news did.
    pub(crate) fn share(&self, drafts: &[Draft], events: &mut [Event], threshold: f32) {
        let told: Vec<&DateRef> = events
            .iter()
            .filter_map(|it| it.date.as_ref())
            .filter(|it| it.span.is_some() && self.is_fresh(it))
            .collect();
        let often = |date: &DateRef| told.iter().filter(|it| (it.start, it.end) == (date.start, date.end)).count();
        let Some(most) = told.iter().rev().max_by_key(|it| often(it)).filter(|it| 2 * often(it) >= told.len()) else {
            return;
        };
        let rule = "date of most of the report's events".to_owned();
        let most = DateRef { span: None, rule, ..(*most).clone() };
        for &at in self.untold.iter().filter(|at| is_news(&drafts[**at]) >= threshold) {
            events[at].date = Some(most.clone());
        }
    }

    /// A day or two, not long before the report's own day.
    fn is_fresh(&self, date: &DateRef) -> bool {
        const DAYS: i32 = 7;
        let days = |from: Date, to: Date| (to - from).get_days();
        let is_short = days(date.start, date.end) <= 1;
        is_short && self.anchor.day().is_none_or(|it| (0..=DAYS).contains(&days(date.start, it)))
    }

    /// The first time told within a clause; `None` where none is told or it stays unresolved.
    pub(crate) fn within(&self, clause: &Range<usize>) -> Option<DateRef> {
        let mention = self.times.first_within(clause)?;
        let when = self.times.resolve(mention, clause.start, &self.anchor).ok()?;
        Some(date_ref(Some(self.document.span(mention.range.clone())), &when))
    }

    /// Keeps a date told by the event's own words.
    fn told(&mut self, range: Range<usize>, when: When) -> DateRef {
        self.anchor.previous = Some(when);
        let date = date_ref(Some(self.document.span(range)), &when);
        self.passage = Some(date.clone());
        date
    }

    fn lies_ahead(&self, day: Date) -> bool {
        self.anchor.day().is_some_and(|it| day > it)
    }

    /// The report's own day written out is its date line more often than an event's date.
    fn is_own_day(&self, mention: &TimeMention, when: &When) -> bool {
        matches!(mention.expr, TimeExpr::Date(_)) && when.start == when.end && Some(when.start) == self.anchor.day()
    }

    /// A report that gives no time for its own news tells of its own day, of the day before it, or of either.
    fn implied(&self, draft: &Draft, lead: bool, threshold: f32) -> Option<DateRef> {
        let day = self.anchor.day()?;
        let before = day.yesterday().ok()?;
        let is_likely = OWN_DAYS.into_iter().map(|it| draft.dated_share(it)).sum::<f32>() >= threshold;
        let (start, end, precision, rule) = match self.news {
            _ if !is_likely && !lead => return None,
            Dated::Published if is_likely => (day, day, TimePrecision::Day, "the report's own news: its day"),
            Dated::DayBefore if is_likely => {
                (before, before, TimePrecision::Day, "the report's own news: the day before")
            }
            _ => (before, day, TimePrecision::Days, "the report's own news: its day or the day before"),
        };
        Some(DateRef { span: None, start, end, precision, rule: rule.to_owned() })
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

/// Of the days that the words may mean, the last before the report: "on the 20th" told on the 9th, "had left by Friday".
fn looking_back(mention: TimeMention) -> TimeMention {
    fn turned(expr: TimeExpr) -> TimeExpr {
        match expr {
            TimeExpr::Date(date) if date.year.is_none() && date.month.is_none() => {
                TimeExpr::Date(CalendarDate { lean: Lean::Last, ..date })
            }
            TimeExpr::Until(of) if matches!(*of, TimeExpr::Weekday { lean: Lean::Plain, .. }) => *of,
            TimeExpr::DayPart { part, of: Some(of) } => TimeExpr::DayPart { part, of: Some(Box::new(turned(*of))) },
            _ => expr,
        }
    }
    TimeMention { expr: turned(mention.expr), ..mention }
}

/// How likely an event without time words is news of the report, dated or not.
fn is_news(draft: &Draft) -> f32 {
    let news: f32 = OWN_DAYS.into_iter().map(|it| draft.dated_share(it)).sum();
    news / (news + draft.dated_share(Dated::None)).max(f32::MIN_POSITIVE)
}

fn date_ref(span: Option<annals_record::Span>, when: &When) -> DateRef {
    DateRef { span, start: when.start, end: when.end, precision: when.precision, rule: when.rule.to_owned() }
}
