//! Anchors, resolved times, and the reasons for which a time stays unresolved.

use annals_record::TimePrecision;
use jiff::civil::Date;

use super::Grain;

/// What relative expressions are measured from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Day of publication, from the report's data.
    pub published: Option<Date>,
    /// Day in the text's own dateline; wins over `published`.
    pub dateline: Option<Date>,
    /// The last time resolved in the passage: "two days earlier", "the next day", "that day".
    pub previous: Option<When>,
}

impl Anchor {
    /// An anchor with a day of publication alone.
    pub fn published(day: Date) -> Self {
        Self { published: Some(day), ..Self::default() }
    }

    /// The day that the report speaks on: its dateline's, else that of its publication.
    pub fn day(&self) -> Option<Date> {
        self.dateline.or(self.published)
    }
}

/// A resolved time: whole days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// First day.
    pub start: Date,
    /// Last day, not before `start`.
    pub end: Date,
    /// How finely the words tell it.
    pub precision: TimePrecision,
    /// The rule that made the interval, in words.
    pub rule: &'static str,
}

/// A resolved time in full, before what lies after publication is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarSpan {
    /// First day.
    pub start: Date,
    /// Last day, not before `start`.
    pub end: Date,
    /// The period that the words name; an edge ("early 2015") keeps its period's.
    pub grain: Grain,
    /// True when the words point ahead ("next week"), so that the end is not cut at publication.
    pub ahead: bool,
    /// The rule that made the interval, in words.
    pub rule: &'static str,
}

/// A time expression that has no days, with the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// Why.
    pub reason: UnresolvedReason,
}

/// Why a time expression has no days; each is a finding of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnresolvedReason {
    /// The words are relative and neither publication day nor dateline is known.
    NoAnchor,
    /// The words refer to a time spoken of before, and there is none.
    NoPrevious,
    /// There is no such day, or it lies outside the years 1000 to 2200.
    Impossible,
    /// Day and month could be swapped and nothing decides.
    Ambiguous,
    /// The period moves with a moon calendar or needs outside knowledge (Ramadan, Eid, Easter).
    NamedPeriod,
    /// The words give no distance ("recently", "some years ago").
    Vague,
}

impl UnresolvedReason {
    /// The code of the finding.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoAnchor => "V001",
            Self::NoPrevious => "V002",
            Self::Impossible => "V003",
            Self::Ambiguous => "V004",
            Self::NamedPeriod => "V005",
            Self::Vague => "V006",
        }
    }

    /// What was found and what to do about it.
    pub fn message(self) -> &'static str {
        match self {
            Self::NoAnchor => "this time is relative and the report's date is not known; give --published",
            Self::NoPrevious => "this time refers to an earlier one that the report does not give",
            Self::Impossible => "there is no such date; it was left out",
            Self::Ambiguous => "day and month could be swapped and nothing decides; check by hand",
            Self::NamedPeriod => "this period has no fixed place in the calendar; enter its dates by hand",
            Self::Vague => "these words give no date",
        }
    }
}

impl From<UnresolvedReason> for Unresolved {
    fn from(reason: UnresolvedReason) -> Self {
        Self { reason }
    }
}
