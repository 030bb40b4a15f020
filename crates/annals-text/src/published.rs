//! The day of publication, as metadata writes it.

use jiff::civil::Date;
use jiff::fmt::{rfc2822, strtime};

/// Days that a report can have been published on: before is no news, after is a slip of the keyboard.
const PLAUSIBLE: std::ops::RangeInclusive<i16> = 1800..=2100;

/// Ways that pages and feeds write a day, beyond ISO 8601 and mail dates.
const FORMS: &[&str] = &[
    "%B %d, %Y",
    "%b %d, %Y",
    "%b. %d, %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%A, %B %d, %Y",
    "%a, %d %b %Y",
    "%A %d %B %Y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
];

/// Reads a day: ISO 8601 with or without a time (its own clock's day counts), a mail date, or a day in English words.
///
/// **Range and missing**: `None` when it is none of these, or lies outside the years 1800 to 2100.
pub(crate) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    iso(text).or_else(|| mail(text)).or_else(|| words(text)).filter(|it| PLAUSIBLE.contains(&it.year()))
}

fn iso(text: &str) -> Option<Date> {
    let length = if text.get(4..5) == Some("-") { 10 } else { 8 };
    let (day, rest) = text.split_at_checked(length)?;
    if rest.starts_with(|it: char| it.is_ascii_digit() || it == '-') {
        return None;
    }
    day.parse().ok()
}

fn mail(text: &str) -> Option<Date> {
    static PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new();
    Some(PARSER.parse_zoned(text).ok()?.date())
}

/// The day may be followed by a time: "March 14, 2024 9:30 am".
fn words(text: &str) -> Option<Date> {
    FORMS.iter().find_map(|form| {
        let (time, _) = strtime::BrokenDownTime::parse_prefix(form, text).ok()?;
        time.to_date().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(day(text), expected.map(|it| it.parse().unwrap()), "{text}");
    }

    #[test]
    fn reads_days() {
        check("2024-03-14", Some("2024-03-14"));
        check(" 20240314 ", Some("2024-03-14"));
        check("2024-03-14T23:30:00+03:00", Some("2024-03-14"));
        check("2024-03-14 08:00", Some("2024-03-14"));
        check("Thu, 14 Mar 2024 08:00:00 GMT", Some("2024-03-14"));
        check("March 14, 2024 9:30 am", Some("2024-03-14"));
        check("14 March 2024", Some("2024-03-14"));
        check("Thursday, March 14, 2024", Some("2024-03-14"));
        check("2024/03/14", Some("2024-03-14"));
    }

    #[test]
    fn leaves_out_what_is_no_day() {
        for text in ["", "soon", "99999-01-01", "+99999-01-01", "2024-13-40", "2024-03-145", "0024-03-14", "1710374400"]
        {
            check(text, None);
        }
    }
}
