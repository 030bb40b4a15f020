//! The time words of one document: which expression a reader's span stands for, and which days it means.

use std::ops::Range;

use annals_values::{
    Amount, Anchor, CalendarDate, Direction, Lean, Tables, TimeExpr, TimeMention, TimeUnit, Unresolved, When,
    find_dateline, find_times, parse_length, parse_time, resolve_time,
};
use jiff::civil::{Date, Weekday};

/// All times that stand in a document, and the years that it tells.
pub(crate) struct Times<'d> {
    text: &'d str,
    tables: &'d Tables,
    mentions: Vec<TimeMention>,
    /// Where the document tells a year, and the days meant there.
    years: Vec<(usize, When)>,
}

impl<'d> Times<'d> {
    pub(crate) fn new(text: &'d str, tables: &'d Tables) -> Self {
        let mentions = find_times(text, tables);
        let years = mentions
            .iter()
            .filter(|it| matches!(&it.expr, TimeExpr::Date(date) if date.year.is_some()))
            .filter_map(|it| Some((it.range.start, resolve_time(&it.expr, &Anchor::default(), tables).ok()?)))
            .collect();
        Times { text, tables, mentions, years }
    }

    /// The day that the report is dated: its date line's, else one told in full near its beginning.
    ///
    /// Stripped pages keep their date there, and it is right where their metadata is not.
    pub(crate) fn own_day(&self, published: Option<Date>) -> Option<Date> {
        /// **Units**: bytes of title and text.
        const HEAD: usize = 250;
        let anchor = Anchor { published, ..Anchor::default() };
        let line = find_dateline(self.text, self.tables);
        let is_placed = line.as_ref().is_some_and(|it| it.place.is_some());
        let dateline = line.and_then(|it| it.date);
        let day = dateline
            .and_then(|it| resolve_time(&it, &anchor, self.tables).ok())
            .filter(|it| it.start == it.end)
            .map(|it| it.start)
            .filter(|it| is_placed || !self.opens_chronicle(*it));
        day.or_else(|| {
            let mut heads = self.mentions.iter().take_while(|it| it.range.start < HEAD);
            let first = heads.find(|it| is_full(it) && !self.stands_in_sentence(&it.range))?;
            let day = resolve_time(&first.expr, &Anchor::default(), self.tables).ok()?.start;
            (!self.opens_chronicle(day)).then_some(day)
        })
    }

    /// "May 24, 1988: ... April 18, 1995: ... April 19, 1995: ...": a day that others told in full follow is none of the report's.
    fn opens_chronicle(&self, day: Date) -> bool {
        const LATER: usize = 2;
        let full = self.mentions.iter().filter(|it| is_full(it));
        let days = full.filter_map(|it| resolve_time(&it.expr, &Anchor::default(), self.tables).ok());
        days.filter(|it| it.start > day).nth(LATER - 1).is_some()
    }

    /// "The town fell on [12 January 2013]": an event's date, not the report's.
    fn stands_in_sentence(&self, range: &Range<usize>) -> bool {
        /// "Last [updated] at Oct 04 2017" stamps the report.
        const STAMPS: [&str; 4] = ["updated", "published", "posted", "modified"];
        let before = self.text[..range.start].trim_end_matches(' ');
        let mut words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).take(2);
        let word = words.next().unwrap_or_default();
        let preposition = self.text[range.clone()].get(..3).is_some_and(|it| it.eq_ignore_ascii_case("on "));
        let is_stamp =
            [word, words.next().unwrap_or_default()].iter().any(|it| STAMPS.contains(&it.to_lowercase().as_str()));
        !is_stamp && (preposition || before.ends_with(word) && word.starts_with(char::is_lowercase))
    }

    /// The expression that a span stands for. **Units**: bytes of the text.
    pub(crate) fn mention(&self, range: &Range<usize>) -> Option<TimeMention> {
        let shared = |it: &TimeMention| it.range.end.min(range.end).saturating_sub(it.range.start.max(range.start));
        // "On Sunday, at two in the afternoon": the day says more than its part.
        let telling = |it: &&TimeMention| (!matches!(it.expr, TimeExpr::DayPart { of: None, .. }), shared(it));
        let Some(longest) = self.mentions.iter().filter(|it| shared(it) > 0).max_by_key(telling) else {
            // Too weak to be found in running text: "the [2013] bombing", "the [two-week-old] battle".
            let range = &self.hyphenated(range);
            let words = &self.text[range.clone()];
            let year =
                parse_time(words, self.tables).filter(|it| matches!(it, TimeExpr::Date(date) if date.year.is_some()));
            let expr = year.or_else(|| {
                let amount = parse_length(words, self.tables)?;
                Some(TimeExpr::Stretch { amount, ahead: false })
            })?;
            return Some(TimeMention { range: range.clone(), expr });
        };
        let opens_before = longest.range.start < range.start
            && is_compound(&longest.expr)
            && !matches!(longest.expr, TimeExpr::Until(_));
        if opens_before {
            // "Since [1 August]", "three days after [the April 15] bombing": the reader means that day alone.
            let rest = range.start..longest.range.end;
            let expr = parse_time(&self.text[rest.clone()], self.tables);
            if let Some(expr) = expr.filter(|it| !is_compound(it)) {
                return Some(TimeMention { range: rest, expr });
            }
        }
        Some(longest.clone())
    }

    /// A span with the rest of the word that a hyphen parts from it: "two-[week-old]".
    fn hyphenated(&self, range: &Range<usize>) -> Range<usize> {
        let before = &self.text[..range.start];
        let parted = before.ends_with('-').then(|| before.rfind(char::is_whitespace).map_or(0, |it| it + 1));
        parted.unwrap_or(range.start)..range.end
    }

    /// A campaign that "began in June" goes on.
    pub(crate) fn going_on(&self, mention: TimeMention) -> TimeMention {
        /// **Units**: bytes.
        const REACH: usize = 60;
        const BEGINNINGS: [&str; 3] = ["began", "begun", "started"];
        if is_compound(&mention.expr) {
            return mention;
        }
        let sentence = self.text[..mention.range.start].rsplit(['.', '\n']).next().unwrap_or_default();
        let near = &sentence[sentence.ceil_char_boundary(sentence.len().saturating_sub(REACH))..];
        let mut words = near.split(|it: char| !it.is_alphanumeric());
        let begins = words.any(|word| BEGINNINGS.iter().any(|it| word.eq_ignore_ascii_case(it)));
        if begins { TimeMention { expr: TimeExpr::Since(Box::new(mention.expr)), ..mention } } else { mention }
    }

    /// All times that stand in the text, in its order.
    pub(crate) fn all(&self) -> &[TimeMention] {
        &self.mentions
    }

    /// Whether a day of the week is named anywhere.
    pub(crate) fn names_weekday(&self, weekday: Weekday) -> bool {
        self.mentions.iter().any(|it| is_weekday(&it.expr, weekday))
    }

    /// The first time that stands wholly within a clause. **Units**: bytes of the text.
    pub(crate) fn first_within(&self, clause: &Range<usize>) -> Option<&TimeMention> {
        self.mentions.iter().find(|it| clause.start <= it.range.start && it.range.end <= clause.end)
    }

    /// The days of an expression told of an event whose trigger begins at `trigger`.
    pub(crate) fn resolve(&self, mention: &TimeMention, trigger: usize, anchor: &Anchor) -> Result<When, Unresolved> {
        if let Some(amount) = self.counted_from(mention, trigger)
            && let Some(day) = anchor.day().or(anchor.previous.map(|it| it.start))
        {
            let base = When { start: day, end: day, precision: annals_record::TimePrecision::Day, rule: "" };
            let expr = TimeExpr::Relative { amount, direction: Direction::Earlier };
            return resolve_time(&expr, &Anchor { previous: Some(base), ..*anchor }, self.tables);
        }
        if anchor.day().is_none()
            && let Some(expr) = self.year_near(mention.range.start).and_then(|it| with_year(&mention.expr, &it))
        {
            let when = resolve_time(&expr, anchor, self.tables)?;
            return Ok(When { rule: "in the year that the text tells", ..when });
        }
        let spoken_of =
            leans_on(&mention.expr).and_then(|most_days| self.told_before(mention.range.start, most_days, anchor));
        resolve_time(&mention.expr, &Anchor { previous: spoken_of.or(anchor.previous), ..*anchor }, self.tables)
    }

    /// The time told last before a place in the text that is no longer than asked for, for "the following month" and "two days later".
    fn told_before(&self, at: usize, most_days: i32, anchor: &Anchor) -> Option<When> {
        /// **Units**: bytes.
        const REACH: usize = 400;
        let before = self.mentions.iter().rev().filter(|it| it.range.end <= at);
        let near = before.take_while(|it| at - it.range.end < REACH);
        // "Three days later ... The next day": what leans is counted from what it leans on.
        let days = |it: &TimeMention| {
            let previous = match leans_on(&it.expr) {
                Some(most_days) => Some(self.told_before(it.range.start, most_days, anchor)?),
                None => anchor.previous,
            };
            resolve_time(&it.expr, &Anchor { previous, ..*anchor }, self.tables).ok()
        };
        let mut resolved = near.filter_map(days);
        resolved.find(|it| (it.end - it.start).get_days() <= most_days)
    }

    /// "It came a day after [the strikes]": the event is what is counted from, so it lies that much earlier.
    fn counted_from(&self, mention: &TimeMention, trigger: usize) -> Option<Amount> {
        /// **Units**: bytes between the words of time and the event.
        const NEAR: usize = 60;
        let amount = match &mention.expr {
            TimeExpr::Relative { amount, direction: Direction::Later } => *amount,
            TimeExpr::Measured { amount, direction: Direction::Later, from }
                if matches!(**from, TimeExpr::Vague(_)) =>
            {
                *amount
            }
            _ => return None,
        };
        let between = self.text.get(mention.range.end..trigger)?;
        let opens = self.text[mention.range.clone()].to_lowercase().ends_with("after");
        // "A week after the blast, [police arrested]": the event is another one.
        (opens && between.len() < NEAR && !between.contains(['.', ',', '\n'])).then_some(amount)
    }

    /// The year told last before a place in the text, else the first one told after it.
    fn year_near(&self, at: usize) -> Option<When> {
        let after = self.years.partition_point(|it| it.0 < at);
        let told = after.checked_sub(1).unwrap_or(after);
        self.years.get(told).map(|it| it.1)
    }
}

/// Names a weekday, alone or beside a date: "on Saturday night", "Saturday, May 3".
fn is_weekday(expr: &TimeExpr, wanted: Weekday) -> bool {
    match expr {
        TimeExpr::Weekday { weekday: told, .. } | TimeExpr::Date(CalendarDate { weekday: Some(told), .. }) => {
            i8::try_from(*told) == Ok(wanted.to_monday_one_offset())
        }
        TimeExpr::DayPart { of: Some(of), .. } | TimeExpr::Since(of) => is_weekday(of, wanted),
        TimeExpr::Between { from, to } => is_weekday(from, wanted) || is_weekday(to, wanted),
        _ => false,
    }
}

/// How long the time spoken of before may be that an expression tells its own by; `None` where it tells it by itself.
///
/// "The same day" as something "in 2021" is no day. **Units**: days.
fn leans_on(expr: &TimeExpr) -> Option<i32> {
    match expr {
        TimeExpr::Relative { amount, direction: Direction::Earlier | Direction::Later } => {
            Some(amount.unit.counted_from())
        }
        // A night is told as two days.
        TimeExpr::Period { unit: TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day, lean: Lean::Same } => Some(1),
        TimeExpr::Weekday { lean: Lean::Same, .. } | TimeExpr::Period { lean: Lean::Same, .. } => Some(i32::MAX),
        TimeExpr::DayPart { of: Some(of), .. } => leans_on(of),
        TimeExpr::Nth { of: Some(of), .. } | TimeExpr::Since(of) => leans_on(of).map(|_| i32::MAX),
        _ => None,
    }
}

/// Tells year, month and day.
fn is_full(mention: &TimeMention) -> bool {
    matches!(&mention.expr, TimeExpr::Date(CalendarDate { year: Some(_), month: Some(_), day: Some(_), .. }))
}

/// An expression that takes another one in.
fn is_compound(expr: &TimeExpr) -> bool {
    matches!(expr, TimeExpr::Since(_) | TimeExpr::Until(_) | TimeExpr::Between { .. } | TimeExpr::Measured { .. })
}

/// The expression with the year of `near` put where it tells a month and no year; `None` where it does not.
fn with_year(expr: &TimeExpr, near: &When) -> Option<TimeExpr> {
    let boxed = |it: &TimeExpr| with_year(it, near).map(Box::new);
    Some(match expr {
        TimeExpr::Date(date) if date.year.is_none() && date.month.is_some() => {
            TimeExpr::Date(CalendarDate { year: Some(nearest_year(date, near)), ..*date })
        }
        TimeExpr::Edge { edge, of } => TimeExpr::Edge { edge: *edge, of: boxed(of)? },
        TimeExpr::DayPart { part, of: Some(of) } => TimeExpr::DayPart { part: *part, of: Some(boxed(of)?) },
        TimeExpr::Between { from, to } => TimeExpr::Between { from: boxed(from)?, to: boxed(to)? },
        _ => return None,
    })
}

/// A date told in full may stand just across New Year; a year told alone is the year.
fn nearest_year(date: &CalendarDate, near: &When) -> i16 {
    let told = near.start.year();
    if near.start != near.end {
        return told;
    }
    let months = |year: i16| {
        let away = i32::from(year - told) * 12 + i32::from(date.month.unwrap_or(1)) - i32::from(near.start.month());
        away.abs()
    };
    (told - 1..=told + 1).min_by_key(|it| (months(*it), (it - told).abs())).unwrap_or(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days of the words in brackets, told of the event whose first letter the bar stands before.
    fn days(marked: &str, published: Option<&str>) -> String {
        let tables = Tables::english();
        let at = |mark: char| {
            let marks = |it: char| "[]|".contains(it);
            marked.chars().take_while(|it| *it != mark).filter(|it| !marks(*it)).map(char::len_utf8).sum::<usize>()
        };
        let (open, close, trigger) = (at('['), at(']'), at('|'));
        let text = marked.replace(['[', ']', '|'], "");
        let times = Times::new(&text, &tables);
        let anchor = Anchor { published: published.map(|it| it.parse().expect("a date")), ..Anchor::default() };
        match times.mention(&(open..close)).map(|it| times.resolve(&it, trigger, &anchor)) {
            None => "no time".to_owned(),
            Some(Err(why)) => format!("{:?}", why.reason),
            Some(Ok(when)) => format!("{}..{}: {}", when.start, when.end, when.rule),
        }
    }

    #[test]
    fn the_readers_words_are_taken_out_of_longer_ones() {
        let told = days("Since the |truce began on [February 27] clashes have gone on.", Some("2016-06-17"));
        assert_eq!(told, "2016-02-27..2016-02-27: month and day, last near or before publication");
        let told = days("The |fighting has gone on [since February 27].", Some("2016-06-17"));
        assert_eq!(told, "2016-02-27..2016-06-17: from then until the report's day");
    }

    #[test]
    fn a_date_within_a_sentence_is_not_the_reports_day() {
        let tables = Tables::english();
        let own_day = |text| Times::new(text, &tables).own_day(None).map(|it| it.to_string());
        assert_eq!(own_day("The town fell on 12 January 2013 and was retaken. Yesterday gunmen came."), None);
        assert_eq!(own_day("Since the attack of 7 October 2023 the border has been shut."), None);
        assert_eq!(own_day("Car bomb kills 17 13 Oct 2016 At least 17 people died."), Some("2016-10-13".to_owned()));
        let chronicle = "May 24, 1988: He enlists. April 18, 1995: They mix the bomb. April 19, 1995: It kills 168.";
        assert_eq!(own_day(chronicle), None);
        assert_eq!(
            own_day("Jordan Times Last updated at Oct 042017 BEIRUT A strike hit."),
            Some("2017-10-04".to_owned())
        );
        assert_eq!(own_day("Gunmen kill two / 05.10.2017(updated 1935) A mortar fell."), Some("2017-10-05".to_owned()));
    }

    #[test]
    fn a_year_alone_counts_where_the_reader_points_at_it() {
        assert_eq!(days("He planned the [2013] |bombing.", None), "2013-01-01..2013-12-31: year");
    }

    #[test]
    fn a_length_counts_where_the_reader_points_at_it() {
        let told = days("Nine died in the [two-week-old] |battle.", Some("2015-07-21"));
        assert_eq!(told, "2015-07-07..2015-07-21: up to publication, for the length told");
        let parted = days("Nine died in the two-[week-old] |battle.", Some("2015-07-21"));
        assert_eq!(parted, told);
        let told = days("A [week-long] |offensive ended.", Some("2015-07-21"));
        assert_eq!(told, "2015-07-14..2015-07-21: up to publication, for the length told");
        let told = days("Its [weeks-long] |offensive ended.", Some("2015-07-21"));
        assert_eq!(told, "2015-06-30..2015-07-21: up to publication, for the length told");
        for text in ["A [two-hour] |battle ended.", "They |fled on the fifth [day].", "|Killed on market [day]."] {
            assert_eq!(days(text, Some("2015-07-21")), "no time");
        }
    }

    #[test]
    fn what_something_came_after_lies_before_it() {
        let told = days("The assault came [two days after] heavy |strikes on Idlib.", Some("2016-08-15"));
        assert_eq!(told, "2016-08-13..2016-08-13: counted back from the time spoken of");
    }

    #[test]
    fn the_following_month_follows_the_one_told_before_it() {
        let told = days("An offensive in May failed. The army |struck back [the following month].", Some("2016-08-15"));
        assert_eq!(told, "2016-06-01..2016-06-30: counted on from the time spoken of");
    }

    #[test]
    fn the_same_day_is_a_day_told_before_it() {
        let told = days("It came on 3 August. Since May 40 had died. |Six fell [on the same day].", Some("2016-08-15"));
        assert_eq!(told, "2016-08-03..2016-08-03: the day spoken of");
    }

    #[test]
    fn a_day_says_more_than_its_part() {
        let told = days("They |came [on Sunday, soon after ten in the evening].", Some("2016-08-15"));
        assert_eq!(told, "2016-08-14..2016-08-14: weekday, last on or before publication");
    }

    #[test]
    fn since_then_is_since_the_time_told_before() {
        let told = days("The truce of 2 May failed. They have |fought [since then].", Some("2016-08-15"));
        assert_eq!(told, "2016-05-02..2016-08-15: from then until the report's day");
    }

    #[test]
    fn an_undated_report_lends_its_dates_the_year_that_it_tells() {
        let told = days("On January 3, 2014 the town fell. Shells had |hit it on [December 28].", None);
        assert_eq!(told, "2013-12-28..2013-12-28: in the year that the text tells");
        assert_eq!(days("Shells |hit the town on [Saturday], in January 2014.", None), "NoAnchor");
    }
}
