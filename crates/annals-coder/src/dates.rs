//! When events happened: the words of the event, else those of its passage, else the report's own day.

use std::ops::Range;

use annals_reader::{Dated, Role, Thresholds};
use annals_record::{DateRef, Finding, Severity, TimePrecision};
use annals_text::Document;
use annals_values::{
    Anchor, Tables, TimeExpr, TimeMention, Unresolved, When, dateline_conflict, find_dateline, find_times, resolve_time,
};
use jiff::civil::Date;

use crate::draft::Draft;

/// The times of one document, and what was resolved so far.
pub(crate) struct Dates<'d> {
    document: &'d Document,
    tables: &'d Tables,
    times: Vec<TimeMention>,
    anchor: Anchor,
    /// The last date that an event's own words told, for events of the same passage without any.
    passage: Option<DateRef>,
}

impl<'d> Dates<'d> {
    /// Finds all times of a document, and its own day.
    pub(crate) fn new(document: &'d Document, tables: &'d Tables) -> Self {
        let times = find_times(&document.text, tables);
        let own_day = dateline_day(document, tables).or_else(|| head_day(&times, tables));
        let anchor = Anchor { published: document.published, dateline: own_day, previous: None };
        Dates { document, tables, times, anchor, passage: None }
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

    /// The date of one event.
    pub(crate) fn date(
        &mut self,
        draft: &Draft,
        lead: bool,
        thresholds: &Thresholds,
        findings: &mut Vec<Finding>,
    ) -> Option<DateRef> {
        let mut own_day = None;
        let told = draft.dated() == Dated::Phrase;
        let threshold = if told { thresholds.date_told } else { thresholds.date };
        for filler in draft.fillers(self.document, Role::Date, threshold, thresholds.more) {
            let range = filler.span.range.clone();
            match self.resolve(&range) {
                Some(Ok((mention, when))) => {
                    let range = mention.range.clone();
                    if !self.is_own_day(mention, &when) {
                        return Some(self.told(range, when));
                    }
                    own_day = own_day.or(Some((range, when)));
                }
                Some(Err(unresolved)) => findings.push(self.finding(range, unresolved)),
                None => {}
            }
        }
        if let Some((range, when)) = own_day {
            return Some(self.told(range, when));
        }
        let passed_on = self.passage.as_ref().filter(|_| thresholds.pass_on_dates).map(|date| DateRef {
            span: None,
            rule: "date of the event told before it".to_owned(),
            ..date.clone()
        });
        passed_on.or_else(|| self.implied(draft.dated(), lead))
    }

    /// Keeps a date told by the event's own words.
    fn told(&mut self, range: Range<usize>, when: When) -> DateRef {
        self.anchor.previous = Some(when);
        let date = date_ref(Some(self.document.span(range)), &when);
        self.passage = Some(date.clone());
        date
    }

    /// The report's own day written out is its date line more often than an event's date.
    fn is_own_day(&self, mention: &TimeMention, when: &When) -> bool {
        matches!(mention.expr, TimeExpr::Date(_)) && when.start == when.end && Some(when.start) == self.anchor.day()
    }

    /// A report that gives no time for its own news tells of its own day, of the day before it, or of either.
    fn implied(&self, dated: Dated, lead: bool) -> Option<DateRef> {
        let day = self.anchor.day()?;
        let before = day.yesterday().ok()?;
        let (start, end, precision, rule) = match dated {
            Dated::None | Dated::Phrase if !lead => return None,
            Dated::Published => (day, day, TimePrecision::Day, "the report's own news: its day"),
            Dated::DayBefore => (before, before, TimePrecision::Day, "the report's own news: the day before"),
            Dated::Other | Dated::None | Dated::Phrase => {
                (before, day, TimePrecision::Days, "the report's own news: its day or the day before")
            }
        };
        Some(DateRef { span: None, start, end, precision, rule: rule.to_owned() })
    }

    fn resolve(&self, range: &Range<usize>) -> Option<Result<(&TimeMention, When), Unresolved>> {
        let shared = |it: &TimeMention| it.range.end.min(range.end).saturating_sub(it.range.start.max(range.start));
        let mention = self.times.iter().filter(|it| shared(it) > 0).max_by_key(|it| shared(it))?;
        Some(resolve_time(&mention.expr, &self.anchor, self.tables).map(|when| (mention, when)))
    }

    fn finding(&self, range: Range<usize>, unresolved: Unresolved) -> Finding {
        Finding {
            code: unresolved.reason.code().to_owned(),
            severity: Severity::Note,
            span: Some(self.document.span(range)),
            message: unresolved.reason.message().to_owned(),
        }
    }
}

/// The day of the report's date line.
fn dateline_day(document: &Document, tables: &Tables) -> Option<Date> {
    let anchor = Anchor { published: document.published, ..Anchor::default() };
    let when = resolve_time(&find_dateline(&document.text, tables)?.date?, &anchor, tables).ok()?;
    (when.start == when.end).then_some(when.start)
}

/// A day told in full near the beginning: stripped pages keep their date there, and it is right where their metadata is not.
fn head_day(times: &[TimeMention], tables: &Tables) -> Option<Date> {
    /// **Units**: bytes of title and text.
    const HEAD: usize = 250;
    let full = |it: &&TimeMention| matches!(&it.expr, TimeExpr::Date(date) if date.year.is_some() && date.month.is_some() && date.day.is_some());
    let first = times.iter().take_while(|it| it.range.start < HEAD).find(full)?;
    resolve_time(&first.expr, &Anchor::default(), tables).ok().map(|when| when.start)
}

fn date_ref(span: Option<annals_record::Span>, when: &When) -> DateRef {
    DateRef { span, start: when.start, end: when.end, precision: when.precision, rule: when.rule.to_owned() }
}
