//! What a time expression says, before any day is known.

use std::ops::Range;

use serde::Deserialize;

/// A time expression found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// **Units**: bytes of the text. Takes in the leading preposition ("on Saturday").
    pub range: Range<usize>,
    /// What it says.
    pub expr: TimeExpr,
}

/// What a time expression says, independent of any anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeExpr {
    /// A calendar date, whole or in part: "9 March 2014", "March 9", "July 2023", "the 9th", "2014", "Saturday, May 3".
    Date(CalendarDate),
    /// A weekday alone: "on Saturday", "last Friday".
    Weekday {
        /// 1 (Monday) to 7 (Sunday).
        weekday: u8,
        /// Which of them.
        lean: Lean,
    },
    /// A distance from another day: "yesterday", "two weeks ago", "three days later".
    Relative {
        /// How far; no number means "some".
        amount: Amount,
        /// To which side, and from what.
        direction: Direction,
    },
    /// A distance from a day that the words name: "two days after Friday", "a day before last Tuesday".
    Measured {
        /// How far.
        amount: Amount,
        /// Earlier or later.
        direction: Direction,
        /// From when.
        from: Box<TimeExpr>,
    },
    /// A period that holds, precedes or follows the anchor: "this month", "last week", "that day", "next year".
    Period {
        /// Its length.
        unit: TimeUnit,
        /// Which of them.
        lean: Lean,
    },
    /// A stretch that ends or begins at the anchor: "the past 24 hours", "the coming days".
    Stretch {
        /// Its length; no number means "a few".
        amount: Amount,
        /// True when it lies ahead.
        ahead: bool,
    },
    /// A numbered part of something longer: "the second week of September", "the third quarter of 2014".
    Nth {
        /// From 1; -1 for the last.
        nth: i8,
        /// What is counted.
        unit: TimeUnit,
        /// The longer period; `None` for the anchor's year.
        of: Option<Box<TimeExpr>>,
    },
    /// A season: "last spring", "the summer of 2012".
    Season {
        /// 1 spring, 2 summer, 3 autumn, 4 winter (of the northern half).
        season: u8,
        /// The year, if told.
        year: Option<i16>,
        /// Which of them, if no year is told.
        lean: Lean,
    },
    /// A decade or century told by its first year: "the 1990s", "the 20th century".
    Years {
        /// First year.
        first: i16,
        /// 10 or 100.
        n_years: i16,
    },
    /// An edge of a period: "early 2015", "the end of March", "earlier this month".
    Edge {
        /// Which edge.
        edge: Edge,
        /// Of what.
        of: Box<TimeExpr>,
    },
    /// From one time to another: "from 3 to 5 May", "Saturday and Sunday", "between 2022 and 2024".
    Between {
        /// First.
        from: Box<TimeExpr>,
        /// Last.
        to: Box<TimeExpr>,
    },
    /// From a time on: "since Tuesday".
    Since(Box<TimeExpr>),
    /// Up to a time: "until noon", "by the end of March".
    Until(Box<TimeExpr>),
    /// A part of a day or a time of day: "Friday night", "at dawn", "06:10". Without a day it is the anchor's.
    DayPart {
        /// Which part.
        part: PartOfDay,
        /// Of which day.
        of: Option<Box<TimeExpr>>,
    },
    /// A period that only a moon calendar or outside knowledge can place: "during Ramadan".
    Named,
    /// "Recently", "now", "soon".
    Vague(Vague),
}

/// A calendar date, whole or in part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalendarDate {
    /// Year as written in full; two-digit years are completed by the parser.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; whether the month has such a day is checked when resolving.
    pub day: Option<u8>,
    /// 1 (Monday) to 7 (Sunday), where told beside the date.
    pub weekday: Option<u8>,
    /// True when `day` and `month` could be the other way round ("12/3/2015").
    pub swappable: bool,
    /// Which of the possible ones, where the year or month is not told.
    pub lean: Lean,
}

/// A number of units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// `None` for "some", "a few", "several".
    pub count: Option<u32>,
    /// Of what.
    pub unit: TimeUnit,
}

/// Which one of several possible days or periods is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lean {
    /// Not told: the latest one not after publication.
    #[default]
    Plain,
    /// "last", "past", "previous".
    Last,
    /// "this", "current".
    This,
    /// "next", "coming", "following".
    Next,
    /// "that", "the same": the one spoken of before.
    Same,
}

/// The side to which a distance is measured, and from what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Back from the anchor: "two days ago".
    Ago,
    /// Ahead of the anchor: "in two days", "tomorrow".
    Ahead,
    /// Back from the time spoken of before: "two days earlier".
    Earlier,
    /// Ahead of the time spoken of before: "two days later".
    Later,
}

/// An edge of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// "early", "the beginning of".
    Early,
    /// "mid-", "the middle of".
    Mid,
    /// "late", "the end of".
    Late,
    /// "earlier this month": before the anchor, within the period.
    Before,
    /// "later this year": after the anchor, within the period.
    After,
}

/// Units of time that expressions count or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Seconds and minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days and nights.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Seven days, Monday first.
    Week,
    /// Fourteen days.
    Fortnight,
    /// Calendar months.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    Half,
    /// Calendar years.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl TimeUnit {
    /// How long a time may be that such units are counted from: four days before something "in 2021" is no day. **Units**: days.
    pub fn counted_from(self) -> i32 {
        match self {
            TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day => 7,
            TimeUnit::Week | TimeUnit::Weekend | TimeUnit::Fortnight => 31,
            TimeUnit::Month | TimeUnit::Quarter | TimeUnit::Half => 366,
            TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century => i32::MAX,
        }
    }
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartOfDay {
    /// Morning, dawn.
    Morning,
    /// Noon, afternoon.
    Afternoon,
    /// Evening, dusk.
    Evening,
    /// Night.
    Night,
    /// "overnight", "the night of 26 to 27 October": from one day into the next.
    Overnight,
    /// "during the night", with no day told: from the day spoken of into the next.
    NightThrough,
    /// A time of day: hour and minute, 24-hour clock.
    Clock(u8, u8),
}

/// A direction in time without any distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vague {
    /// "recently", "previously".
    Past,
    /// "now", "currently".
    Present,
    /// "soon".
    Future,
}

/// How long the period is that an expression names, whatever its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// One unit of this length.
    One(TimeUnit),
    /// A season, 1 spring to 4 winter.
    Season(u8),
    /// Any other interval.
    Interval,
}
