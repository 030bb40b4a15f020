//! Times as the registry knows them: "2017", "2017-03" or "2017-03-02", and stretches between two of them.

use jiff::civil::Date;
use serde::Deserialize;

/// A day known only as finely as told: all days from `first` to `last` are possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Rough {
    /// First possible day.
    pub first: Date,
    /// Last possible day.
    pub last: Date,
}

impl Rough {
    /// Reads a year, a month or a day.
    ///
    /// # Errors
    /// In words, when `text` is none of `2017`, `2017-03`, `2017-03-02`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no year, month or day (2017, 2017-03, 2017-03-02)");
        let mut parts = text.split('-');
        let year: i16 = parts.next().filter(|it| it.len() == 4).and_then(|it| it.parse().ok()).ok_or_else(wrong)?;
        let month: Option<i8> = parts.next().map(str::parse).transpose().map_err(|_| wrong())?;
        let day: Option<i8> = parts.next().map(str::parse).transpose().map_err(|_| wrong())?;
        if parts.next().is_some() {
            return Err(wrong());
        }
        let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| wrong())?;
        let last = match (month, day) {
            (_, Some(_)) => first,
            (Some(_), None) => first.last_of_month(),
            (None, None) => first.last_of_year(),
        };
        Ok(Self { first, last })
    }
}

impl TryFrom<String> for Rough {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl std::fmt::Display for Rough {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else if self.first.month() == self.last.month() {
            write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
        } else {
            write!(f, "{}", self.first.year())
        }
    }
}

/// A stretch of time, both ends inclusive; `None` is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Era {
    /// First day.
    pub from: Option<Rough>,
    /// Last day.
    pub until: Option<Rough>,
}

impl Era {
    /// Tells whether `date` may lie within, reading rough ends generously.
    pub fn holds(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from.first <= date) && self.until.is_none_or(|until| date <= until.last)
    }

    /// Tells whether the two stretches share a day however their rough ends are read.
    pub fn surely_overlaps(&self, other: &Era) -> bool {
        let before = |until: Option<Rough>, from: Option<Rough>| match (until, from) {
            (Some(until), Some(from)) => until.first <= from.last,
            _ => false,
        };
        !before(self.until, other.from) && !before(other.until, self.from)
    }

    /// The days in both stretches; `None` when there are surely none.
    pub fn meet(&self, other: &Era) -> Option<Era> {
        let from = match (self.from, other.from) {
            (Some(a), Some(b)) => Some(if a.first >= b.first { a } else { b }),
            (a, b) => a.or(b),
        };
        let until = match (self.until, other.until) {
            (Some(a), Some(b)) => Some(if a.last <= b.last { a } else { b }),
            (a, b) => a.or(b),
        };
        match (from, until) {
            (Some(from), Some(until)) if from.first > until.last => None,
            _ => Some(Era { from, until }),
        }
    }

    /// Reads `2017-2020`, `2017-`, `-2020` or `2017`, all inclusive.
    ///
    /// # Errors
    /// In words, when `text` is none of them.
    pub fn parse_years(text: &str) -> Result<Self, String> {
        let year = |it: &str| if it.is_empty() { Ok(None) } else { Rough::parse(it).map(Some) };
        match text.split_once('-') {
            Some((from, until)) => {
                let era = Era { from: year(from)?, until: year(until)? };
                if era.ends_before_it_starts() {
                    return Err(format!("{text:?} ends before it starts"));
                }
                Ok(era)
            }
            None => Ok(Era { from: year(text)?, until: year(text)? }),
        }
    }

    /// Tells whether the end lies surely before the start.
    pub fn ends_before_it_starts(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until.last < from.first)
    }
}

impl std::fmt::Display for Era {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.from, self.until) {
            (None, None) => write!(f, "always"),
            (Some(from), None) => write!(f, "since {from}"),
            (None, Some(until)) => write!(f, "until {until}"),
            (Some(from), Some(until)) => write!(f, "{from} to {until}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn era(text: &str) -> Era {
        Era::parse_years(text).unwrap()
    }

    #[test]
    fn rough_days_print_as_they_were_told() {
        for told in ["2017", "2017-03", "2017-03-02"] {
            assert_eq!(Rough::parse(told).unwrap().to_string(), told);
        }
        for wrong in ["", "17-3", "2017-13", "2017-02-30", "2017-01-01-01", "March 2017"] {
            assert!(Rough::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn eras_that_touch_in_one_rough_year_do_not_surely_overlap() {
        assert!(!era("2010-2014").surely_overlaps(&era("2014-")));
        assert!(era("2010-2015").surely_overlaps(&era("2014-")));
        assert!(era("2010-").surely_overlaps(&era("2014-2015")));
        assert!(!era("2010-2012").surely_overlaps(&era("2014-2015")));
    }

    #[test]
    fn meeting_is_what_both_hold() {
        assert_eq!(era("2010-2015").meet(&era("2014-")).unwrap().to_string(), "2014 to 2015");
        assert_eq!(era("2010-2012").meet(&era("2014-")), None);
    }
}
