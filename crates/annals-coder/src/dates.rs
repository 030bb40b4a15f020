//! When events happened: the words of the event, else those of its passage, else the report's own day.

use std::ops::Range;

use annals_reader::Role;
use annals_record::{DateRef, Finding, Severity, TimePrecision};
use annals_text::Document;
use annals_values::{Anchor, Tables, TimeExpr, TimeMention, Unresolved, When, find_dateline, find_times, resolve_time};

use crate::assemble::Draft;

/// The times of one document, and what was resolved so far.
pub(crate) struct Dates<'d> {
    document: &'d Document,
    tables: &'d Tables,
    times: Vec<TimeMention>,
    anchor: Anchor,
    /// The last date that an event's own words told, for events of the same passage without any.
    passage: Option<(usize, DateRef)>,
}

impl<'d> Dates<'d> {
    /// Finds all times of a document, and its own day.
    pub(crate) fn new(document: &'d Document, tables: &'d Tables) -> Self {
        let published = document.published;
        let times = find_times(&document.text, tables);
        let dateline = find_dateline(&document.text, tables).and_then(|it| it.date).and_then(|expr| {
            let anchor = Anchor { published, ..Anchor::default() };
            resolve_time(&expr, &anchor, tables).ok().filter(|when| when.start == when.end)
        });
        let anchor = Anchor { published, dateline: dateline.map(|when| when.start), previous: None };
        Dates { document, tables, times, anchor, passage: None }
    }

    /// The date of one event.
    pub(crate) fn date(&mut self, draft: &Draft, lead: bool, findings: &mut Vec<Finding>) -> Option<DateRef> {
        let paragraph = self.paragraph(draft.main().range.start);
        let mut own_day = None;
        for link in draft.links.iter().filter(|link| link.role == Role::Date) {
            let range = draft.reading.spans[link.span.0].range.clone();
            match self.resolve(&range) {
                Some(Ok((mention, when))) if self.is_own_day(&mention, &when) => {
                    own_day = own_day.or(Some((mention.range.clone(), when)));
                }
                Some(Ok((mention, when))) => {
                    let range = mention.range.clone();
                    return Some(self.told(range, when, paragraph));
                }
                Some(Err(unresolved)) => findings.push(self.finding(range, unresolved)),
                None => {}
            }
        }
        if let Some((range, when)) = own_day {
            return Some(self.told(range, when, paragraph));
        }
        let passed_on = self.passage.as_ref().map(|(_, date)| DateRef {
            span: None,
            rule: "date of the event told before it".to_owned(),
            ..date.clone()
        });
        passed_on.or_else(|| if lead { self.implied() } else { None })
    }

    /// Keeps a date told by the event's own words.
    fn told(&mut self, range: Range<usize>, when: When, paragraph: usize) -> DateRef {
        self.anchor.previous = Some(when);
        let date = date_ref(Some(self.document.span(range)), &when);
        self.passage = Some((paragraph, date.clone()));
        date
    }

    /// The report's own day written out is its date line more often than an event's date.
    fn is_own_day(&self, mention: &TimeMention, when: &When) -> bool {
        matches!(mention.expr, TimeExpr::Date(_)) && when.start == when.end && Some(when.start) == self.anchor.day()
    }

    /// A report that gives no time for its own news tells of the day before it or of its own day.
    fn implied(&self) -> Option<DateRef> {
        let day = self.anchor.day()?;
        Some(DateRef {
            span: None,
            start: day.yesterday().ok()?,
            end: day,
            precision: TimePrecision::Days,
            rule: "the report's own news: its day or the day before".to_owned(),
        })
    }

    fn resolve(&self, range: &Range<usize>) -> Option<Result<(&TimeMention, When), Unresolved>> {
        let shared = |it: &TimeMention| it.range.end.min(range.end).saturating_sub(it.range.start.max(range.start));
        let mention = self.times.iter().filter(|it| shared(it) > 0).max_by_key(|it| shared(it))?;
        Some(resolve_time(&mention.expr, &self.anchor, self.tables).map(|when| (mention, when)))
    }

    fn paragraph(&self, at: usize) -> usize {
        self.document.sentences.iter().rfind(|it| it.range.start <= at).map_or(0, |it| it.paragraph)
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

fn date_ref(span: Option<annals_record::Span>, when: &When) -> DateRef {
    DateRef { span, start: when.start, end: when.end, precision: when.precision, rule: when.rule.to_owned() }
}
