//! On which days an event may have happened, and what speaks for each.

use std::collections::HashMap;
use std::ops::Range;

use annals_reader::{Dated, Role};
use annals_record::{EventType, Realis, Scope, TimePrecision};
use annals_text::Document;
use annals_values::{Anchor, CalendarDate, Lean, TimeExpr, TimeMention, Unresolved, When};
use jiff::civil::Date;
use strum::VariantArray;

use crate::choices::Signs;
use crate::draft::{Draft, Fit};
use crate::times::Times;

/// First and last day.
pub(crate) type Days = (Date, Date);

/// Sentences and ranks are counted up to here.
const MANY: usize = 10;

/// Time words of the document, and what they would say of one event.
pub(crate) struct Told {
    /// Where the reader, or the table of time words, found them.
    range: Range<usize>,
    /// How they were understood.
    pub(crate) mention: TimeMention,
    /// The days that they name.
    pub(crate) resolved: Result<When, Unresolved>,
    /// How well the reader thinks that they are the event's.
    pub(crate) score: f32,
    /// What the score is made of, and how sure the reader is of the words.
    fit: Fit,
    main: f32,
    span_score: f32,
    /// Read as "since then", for a campaign that began on that day.
    goes_on: bool,
    /// Read as lying before the report, against their plain sense.
    looks_back: bool,
}

/// Days that an event may have happened on.
pub(crate) struct Candidate {
    pub(crate) when: When,
    /// Index into what was told; `None` for days that no words tell.
    pub(crate) told: Option<usize>,
    pub(crate) signs: Signs,
}

/// What is known when an event is dated.
pub(crate) struct Known<'a> {
    pub(crate) document: &'a Document,
    pub(crate) times: &'a Times<'a>,
    pub(crate) anchor: &'a Anchor,
    /// For each event of the report, how well it is linked to words for these days.
    pub(crate) support: &'a [HashMap<Days, f32>],
    /// The days of the event before that words told.
    pub(crate) passage: Option<When>,
    /// The days of all events before.
    pub(crate) before: &'a [Days],
}

impl Told {
    /// The days named, unless they would put what has happened after the report.
    pub(crate) fn days(&self, anchor: &Anchor, draft: &Draft) -> Option<When> {
        let when = self.resolved.as_ref().ok()?;
        (draft.realis() != Realis::Actual || !lies_ahead(anchor, when.start)).then_some(*when)
    }
}

/// All time words of a document as they would date one event, those that the reader links to it first.
pub(crate) fn told(times: &Times, anchor: &Anchor, draft: &Draft) -> Vec<Told> {
    let trigger = draft.main().range.start;
    let is_actual = draft.realis() == Realis::Actual;
    let fits = draft.fits(Role::Date);
    let linked = draft.scores(Role::Date).into_iter().filter_map(|filler| {
        let range = filler.span.range.clone();
        let plain = times.mention(&range)?;
        let is_campaign = draft.scope() == Scope::Campaign;
        let mut mention = if is_campaign { times.going_on(plain.clone()) } else { plain.clone() };
        let goes_on = mention != plain;
        let mut resolved = times.resolve(&mention, trigger, anchor);
        let looks_back = is_actual && resolved.as_ref().is_ok_and(|when| lies_ahead(anchor, when.end));
        if looks_back {
            mention = looking_back(mention);
            resolved = times.resolve(&mention, trigger, anchor);
        }
        let (score, span_score) = (filler.score, filler.span.score);
        let (fit, main) = (fits[filler.idx.0], draft.main_link(Role::Date, filler.idx));
        Some(Told { range, mention, resolved, score, fit, main, span_score, goes_on, looks_back })
    });
    let mut list: Vec<Told> = linked.collect();
    let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let others = times.all().iter().filter(|it| !list.iter().any(|known| overlap(&known.mention.range, &it.range)));
    let unlinked: Vec<Told> = others
        .map(|it| Told {
            range: it.range.clone(),
            mention: it.clone(),
            resolved: times.resolve(it, trigger, anchor),
            score: 0.0,
            fit: Fit::default(),
            main: 0.0,
            span_score: 0.0,
            goes_on: false,
            looks_back: false,
        })
        .collect();
    list.extend(unlinked);
    list.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.range.start.cmp(&b.range.start)));
    list
}

/// The days that an event may have happened on: those of the words, the report's own day or the day before, those of the event before.
///
/// What is planned is on none but those that words tell.
pub(crate) fn candidates(known: &Known, drafts: &[Draft], at: usize, told: &[Told]) -> Vec<Candidate> {
    let draft = &drafts[at];
    let mut list: Vec<(When, Option<usize>)> = Vec::new();
    let is_planned = draft.realis() == Realis::Planned;
    let own = known.anchor.day().filter(|_| !is_planned).into_iter().flat_map(own_days);
    let named = told.iter().enumerate().filter_map(|(n, it)| Some((it.days(known.anchor, draft)?, Some(n))));
    let passage =
        known.passage.filter(|_| !is_planned).map(|it| When { rule: "date of the event told before it", ..it });
    let all = named.chain(passage.into_iter().chain(own).map(|it| (it, None)));
    for (when, words) in all {
        if !list.iter().any(|it| days(&it.0) == days(&when)) {
            list.push((when, words));
        }
    }
    list.into_iter()
        .map(|(when, n)| Candidate { when, told: n, signs: signs(known, drafts, at, told, &when, n) })
        .collect()
}

fn signs(known: &Known, drafts: &[Draft], at: usize, told: &[Told], when: &When, n: Option<usize>) -> Signs {
    let draft = &drafts[at];
    let main = draft.main();
    let words = n.map(|it| &told[it]);
    let sentence = |at: usize| known.document.sentences.partition_point(|it| it.range.start <= at);
    let yes = |it: bool| f32::from(u8::from(it));
    let number = |it: usize| it as f32;
    let same = || told.iter().filter(|it| it.days(known.anchor, draft).is_some_and(|it| days(&it) == days(when)));
    let near = same()
        .flat_map(|it| draft.triggers().map(move |trigger| (it.range.start, trigger.0.range.start)))
        .map(|(a, b)| sentence(a).abs_diff(sentence(b)));
    let is_open = |it: &&Told| it.days(known.anchor, draft).is_none();
    let open = told.iter().filter(is_open).map(|it| it.score).fold(0.0, f32::max);
    let day = known.anchor.day();
    let age = |of: Date| day.map_or(-1.0, |it| (it - of).get_days() as f32);
    let own = day.map(own_days);
    let is_own = |k: usize| own.is_some_and(|it| days(&it[k]) == days(when));
    let ways = [Dated::Published, Dated::DayBefore, Dated::Other];
    let implied = draft.dated_share((0..ways.len()).find(|it| is_own(*it)).map_or(Dated::Phrase, |it| ways[it]));
    let others = || known.support.iter().enumerate().filter(|it| it.0 != at).filter_map(|it| it.1.get(&days(when)));
    let all_think = |way: Dated| drafts.iter().map(|it| it.dated_share(way)).sum::<f32>() / number(drafts.len());
    let all_own = ways.map(all_think);
    let own_way = (0..ways.len()).find(|it| is_own(*it));
    let after_passage = known.passage.map_or(0.0, |it| (when.start - it.start).get_days() as f32);
    let names = |day: Option<Date>| yes(day.is_some_and(|it| known.times.names_weekday(it.weekday())));
    let from = words.map_or(main.range.start, |it| it.range.start);
    let expr = words.map(|it| &it.mention.expr);
    let date = expr.and_then(date_in);
    let mut signs = vec![
        ("share", words.map_or(implied, |it| it.score)),
        ("mean", words.map_or(0.0, |it| it.fit.mean)),
        ("best", words.map_or(0.0, |it| it.fit.best)),
        ("main", words.map_or(0.0, |it| it.main)),
        ("span", words.map_or(0.0, |it| it.span_score)),
        ("any", 1.0 - same().map(|it| 1.0 - it.score).product::<f32>()),
        ("rank", number(n.unwrap_or(2 * MANY).min(MANY))),
        ("top", told.first().map_or(0.0, |it| it.score)),
        ("open", open),
        ("implied", yes(words.is_none())),
        ("unlinked", yes(words.is_some_and(|it| it.score == 0.0))),
        ("own_date", yes(words.is_some_and(|it| is_own_day(known.anchor, &it.mention, when)))),
        ("goes_on", yes(words.is_some_and(|it| it.goes_on))),
        ("looks_back", yes(words.is_some_and(|it| it.looks_back))),
        ("sentences_from_any", number(near.min().unwrap_or(MANY).min(MANY))),
        ("sentences_from_main", number(sentence(from).abs_diff(sentence(main.range.start)).min(MANY))),
        ("before", yes(from < main.range.start)),
        ("bytes_from_main", number(from.abs_diff(main.range.start))),
        ("title", yes(words.is_some() && from < known.document.title_end)),
        ("tellings", number(same().count())),
        ("kind", expr.map_or(-1.0, kind)),
        ("year", yes(date.is_some_and(|it| it.year.is_some()))),
        ("month", yes(date.is_some_and(|it| it.month.is_some()))),
        ("day", yes(date.is_some_and(|it| it.day.is_some()))),
        ("length", (when.end - when.start).get_days() as f32),
        ("age", age(when.end)),
        ("age_of_start", age(when.start)),
        ("undated", yes(day.is_none())),
        ("none", draft.dated_share(Dated::None)),
        ("phrase", draft.dated_share(Dated::Phrase)),
        ("published", draft.dated_share(Dated::Published)),
        ("day_before", draft.dated_share(Dated::DayBefore)),
        ("other", draft.dated_share(Dated::Other)),
        ("is_published", yes(is_own(0))),
        ("is_day_before", yes(is_own(1))),
        ("is_other", yes(is_own(2))),
        ("names_day", names(day)),
        ("names_day_before", names(day.and_then(|it| it.yesterday().ok()))),
        ("campaign", yes(draft.scope() == Scope::Campaign)),
        ("actual", yes(draft.realis() == Realis::Actual)),
        ("passage", yes(known.passage.is_some_and(|it| days(&it) == days(when)))),
        ("so_far", number(known.before.iter().filter(|it| **it == days(when)).count())),
        ("after_passage", after_passage),
        ("support", others().sum()),
        ("elsewhere", others().copied().fold(0.0, f32::max)),
        ("events_closer", number(closer(drafts, at, from))),
        ("all_think_so", own_way.map_or(0.0, |it| all_own[it])),
        ("most_think_so", yes(own_way.is_some_and(|it| all_own.iter().all(|other| *other <= all_own[it])))),
        ("event", draft.score()),
        ("events", number(drafts.len())),
        ("event_place", number(at) / number(drafts.len())),
    ];
    signs.extend(EventType::VARIANTS.iter().map(|&it| (it.into(), main.event_type.of(it))));
    signs
}

/// How many other events are told closer to a place in the text.
pub(crate) fn closer(drafts: &[Draft], event: usize, place: usize) -> usize {
    let gap = |draft: &Draft| draft.triggers().map(|it| it.0.range.start.abs_diff(place)).min().unwrap_or(usize::MAX);
    let own = gap(&drafts[event]);
    (0..drafts.len()).filter(|it| *it != event && gap(&drafts[*it]) < own).count().min(MANY)
}

pub(crate) fn days(when: &When) -> Days {
    (when.start, when.end)
}

/// A report that gives no time for its own news tells of its own day, of the day before it, or of either.
fn own_days(day: Date) -> [When; 3] {
    let before = day.yesterday().unwrap_or(day);
    let of = |start, end, precision, rule| When { start, end, precision, rule };
    [
        of(day, day, TimePrecision::Day, "the report's own news: its day"),
        of(before, before, TimePrecision::Day, "the report's own news: the day before"),
        of(before, day, TimePrecision::Days, "the report's own news: its day or the day before"),
    ]
}

fn lies_ahead(anchor: &Anchor, day: Date) -> bool {
    anchor.day().is_some_and(|it| day > it)
}

/// The report's own day written out is its date line more often than an event's date.
fn is_own_day(anchor: &Anchor, mention: &TimeMention, when: &When) -> bool {
    matches!(mention.expr, TimeExpr::Date(_)) && when.start == when.end && Some(when.start) == anchor.day()
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

/// The sort of an expression, as a number.
fn kind(expr: &TimeExpr) -> f32 {
    match expr {
        TimeExpr::Date(_) => 0.0,
        TimeExpr::Weekday { lean: Lean::Plain, .. } => 1.0,
        TimeExpr::Weekday { .. } => 2.0,
        TimeExpr::DayPart { .. } => 3.0,
        TimeExpr::Relative { .. } => 4.0,
        TimeExpr::Measured { .. } => 5.0,
        TimeExpr::Between { .. } => 6.0,
        TimeExpr::Since(_) => 7.0,
        TimeExpr::Until(_) => 8.0,
        TimeExpr::Stretch { .. } => 9.0,
        TimeExpr::Period { lean: Lean::Same, .. } => 10.0,
        TimeExpr::Period { .. } => 11.0,
        TimeExpr::Edge { .. } => 12.0,
        TimeExpr::Nth { .. } => 13.0,
        TimeExpr::Season { .. } => 14.0,
        TimeExpr::Years { .. } => 15.0,
        TimeExpr::Named => 16.0,
        TimeExpr::Vague(_) => 17.0,
    }
}

/// The calendar date that an expression is made of.
fn date_in(expr: &TimeExpr) -> Option<&CalendarDate> {
    match expr {
        TimeExpr::Date(date) => Some(date),
        TimeExpr::DayPart { of: Some(of), .. } | TimeExpr::Edge { of, .. } | TimeExpr::Since(of) => date_in(of),
        TimeExpr::Between { to, .. } => date_in(to),
        _ => None,
    }
}
