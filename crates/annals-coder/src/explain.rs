//! Why events came out as they did: the reader's scores beside the thresholds, and the rules that resolved their values.

use std::fmt::Write as _;
use std::ops::Range;

use annals_reader::{Odds, Reading, Role, Thresholds, Trigger};
use annals_record::{CodedReport, Event, Realis, Span};
use annals_text::Document;
use strum::VariantArray;

use crate::choices::Choice;
use crate::clusters::clusters;
use crate::dates::{Dates, least_share};
use crate::draft::{Draft, drafts};

/// Scores below this explain nothing.
const LEAST: f32 = 0.05;

/// At most so many things are named a line.
const MOST: usize = 6;

/// Explains the events of a report, as text: one paragraph an event, one for what nearly was one.
pub(crate) fn explain(
    document: &Document,
    reading: &Reading,
    dates: &Dates,
    thresholds: &Thresholds,
    coded: &CodedReport,
    choices: &[Choice],
) -> String {
    let mut text = String::new();
    for (at, (draft, event)) in drafts(document, reading, dates, thresholds).iter().zip(&coded.events).enumerate() {
        let choices = choices.iter().filter(|it| it.event == at).collect();
        let least_date = least_share(at, thresholds);
        let paragraph = Paragraph { document, draft, event, thresholds, choices, least_date };
        paragraph.write(&mut text);
    }
    let passed_over = passed_over(document, reading, dates, thresholds);
    if !passed_over.is_empty() {
        _ = writeln!(text, "no event: {}", passed_over.join(", "));
    }
    text
}

struct Paragraph<'a> {
    document: &'a Document,
    draft: &'a Draft<'a>,
    event: &'a Event,
    thresholds: &'a Thresholds,
    /// What was judged for this event.
    choices: Vec<&'a Choice>,
    /// From which share on days are taken for its own.
    least_date: f32,
}

impl Paragraph<'_> {
    fn write(&self, text: &mut String) {
        let Paragraph { draft, event, thresholds, .. } = self;
        _ = writeln!(text, "{} {}, confidence {:.2}", event.id, event.event_type, event.confidence);
        let namings: Vec<String> =
            draft.triggers().map(|(it, _)| self.quoted(&it.range, it.score)).take(MOST).collect();
        line(text, "told by", &format!("{} (an event from {:.2})", namings.join(", "), thresholds.event));
        line(text, "type", &best_odds(draft, |it| &it.event_type));
        let realis = draft.realis();
        let by_words = realis != Realis::Actual && draft.realis_share(realis) < thresholds.not_actual;
        let why = if by_words { format!(", {realis} by the words before it") } else { String::new() };
        let odds = best_odds(draft, |it| &it.realis);
        let realis = format!("{odds} (other than actual from {:.2}){why}", thresholds.not_actual);
        line(text, "told as", &format!("{realis}; {}", best_odds(draft, |it| &it.scope)));
        let spans = |parties: &[annals_record::Party]| parties.iter().map(|it| it.span.clone()).collect::<Vec<_>>();
        self.role(text, "agents", Role::Agent, thresholds.agent, &spans(&event.agents));
        self.role(text, "targets", Role::Target, thresholds.target, &spans(&event.targets));
        for party in event.agents.iter().chain(&event.targets) {
            if let Some(actor) = &party.actor {
                line(text, "", &format!("{:?} is {}: {} ({:.2})", party.span.text, actor.name, actor.why, actor.score));
            }
        }
        let places: Vec<Span> = event.places.iter().map(|it| it.span.clone()).collect();
        self.role(text, "places", Role::Place, thresholds.place, &places);
        for place in &event.places {
            let others = place.candidates.len();
            let answer = match &place.place {
                Some(it) => {
                    format!("is {} ({}, {:.2}), one of {} candidates", it.name, it.kind, it.score, others.max(1))
                }
                None => format!("is left open, with {others} candidates"),
            };
            line(text, "", &format!("{:?} {answer}", place.span.text));
        }
        self.days(text);
        if let Some(date) = &event.date {
            line(text, "", &format!("{} to {}: {}", date.start, date.end, date.rule));
        }
        let outcomes: Vec<Span> = event.outcomes.iter().map(|it| it.span.clone()).collect();
        self.role(text, "outcomes", Role::Outcome, thresholds.outcome, &outcomes);
        let sources: Vec<Span> = event.sources.iter().map(|it| it.span.clone()).collect();
        self.role(text, "sources", Role::Source, thresholds.source, &sources);
    }

    /// The spans that may fill a role, best first: with a plus what was taken.
    fn role(&self, text: &mut String, name: &str, role: Role, threshold: f32, taken: &[Span]) {
        let judged = self.choices.iter().filter(|it| it.role == role);
        let mut scored: Vec<(f32, Range<usize>)> =
            judged.filter_map(|it| Some((it.share, it.range.clone()?))).collect();
        if scored.is_empty() {
            scored.extend(self.draft.scores(role).iter().map(|it| (it.score, it.span.range.clone())));
        }
        let named = best(scored).into_iter().map(|(share, range)| {
            let span = self.document.span(range.clone());
            let mark = if taken.iter().any(|known| known.overlaps(&span)) { '+' } else { '-' };
            format!("{mark}{}", self.quoted(&range, share))
        });
        let named: Vec<String> = named.collect();
        if !named.is_empty() {
            line(text, name, &format!("{} (from {threshold:.2})", named.join(", ")));
        }
    }

    /// The days that it may have happened on, best first.
    fn days(&self, text: &mut String) {
        let judged = self.choices.iter().filter_map(|it| Some((it.share, (it.days?, it.range.clone()))));
        let named = best(judged.collect()).into_iter().map(|(share, (days, range))| {
            let words = range.map(|it| format!(" by {:?}", &self.document.text[it])).unwrap_or_default();
            format!("{} to {}{words} {share:.2}", days.start, days.end)
        });
        let named: Vec<String> = named.collect();
        if !named.is_empty() {
            line(text, "date", &format!("{} (from {:.2})", named.join(", "), self.least_date));
        }
    }

    fn quoted(&self, range: &std::ops::Range<usize>, score: f32) -> String {
        format!("{:?} {score:.2}", &self.document.text[range.clone()])
    }
}

/// What is worth telling of what was judged, best first.
fn best<T>(mut scored: Vec<(f32, T)>) -> Vec<(f32, T)> {
    scored.retain(|it| it.0 >= LEAST);
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.truncate(MOST);
    scored
}

/// What the triggers of an event say, weighted, best first.
fn best_odds<T: VariantArray + Copy + PartialEq + std::fmt::Display>(
    draft: &Draft,
    odds: fn(&Trigger) -> &Odds<T>,
) -> String {
    let mut list: Vec<(f32, T)> = (T::VARIANTS.iter())
        .map(|&code| (draft.triggers().map(|(it, weight)| odds(it).of(code) * weight).sum(), code))
        .collect();
    list.sort_by(|a, b| b.0.total_cmp(&a.0));
    let named = list.iter().take(3).filter(|it| it.0 >= LEAST).map(|(odds, code)| format!("{code} {odds:.2}"));
    named.collect::<Vec<_>>().join(", ")
}

/// Namings that the reader marked, but not surely enough for an event.
fn passed_over(document: &Document, reading: &Reading, dates: &Dates, thresholds: &Thresholds) -> Vec<String> {
    let groups = clusters(document, reading, dates, thresholds).into_iter().filter_map(|group| {
        let triggers = group.iter().map(|it| &reading.triggers[it.0]);
        let best = triggers.clone().max_by(|a, b| a.score.total_cmp(&b.score))?;
        let main = triggers.map(|it| it.main).fold(0.0, f32::max);
        let words = &document.text[best.range.clone()];
        if best.score < thresholds.event {
            Some(format!("{words:?} {:.2} (from {:.2})", best.score, thresholds.event))
        } else if main < thresholds.main {
            Some(format!("{words:?} {main:.2} as a main naming (from {:.2})", thresholds.main))
        } else {
            None
        }
    });
    groups.take(2 * MOST).collect()
}

fn line(text: &mut String, name: &str, content: &str) {
    _ = writeln!(text, "  {name:<9} {content}");
}
