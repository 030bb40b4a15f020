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
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
];

/// Reads a day: ISO 8601 with or without a time (its own clock's day counts), a mail date, or a day in English words.
///
/// With slashes and the year last, one of the two other numbers must be greater than 12 or they must be the same.
/// **Errors**: it is none of these, or lies outside the years 1800 to 2100.
pub(crate) fn day(text: &str) -> Result<Date, Unread> {
    let text = text.trim();
    let day = match (prefix("%d/%m/%Y", text), prefix("%m/%d/%Y", text)) {
        (Some(one), Some(other)) if one != other => return Err(Unread::DayOrMonthFirst),
        (one, other) => one.or(other),
    };
    let day = day.or_else(|| iso(text)).or_else(|| mail(text)).or_else(|| words(text));
    day.filter(|it| PLAUSIBLE.contains(&it.year())).ok_or(Unread::NoDay)
}

/// Why no day was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is none, or none of these years.
    NoDay,
    /// It is one of two: 05/03/2024.
    DayOrMonthFirst,
}

/// The one day that an address or a name bears: "/2024/03/14/", "2024-03-14-attack.html".
///
/// Year, month and day stand beside each other as four, two and two digits; a name with two such days bears none.
pub(crate) fn in_name(name: &str) -> Option<Date> {
    let parts: Vec<&str> = name.split(|it: char| !it.is_ascii_alphanumeric()).collect();
    let is_day = |it: &&[&str]| {
        let digits = it.iter().all(|part| part.bytes().all(|it| it.is_ascii_digit()));
        digits && it[0].len() == 4 && it[1].len() == 2 && it[2].len() == 2
    };
    let mut days = parts.windows(3).filter(is_day).filter_map(|it| day(&it.join("-")).ok());
    let first = days.next()?;
    days.all(|it| it == first).then_some(first)
}

fn iso(text: &str) -> Option<Date> {
    let length = if text.get(4..5) == Some("-") { 10 } else { 8 };
    let (day, rest) = text.split_at_checked(length)?;
    day.parse().ok().filter(|_| !goes_on(rest))
}

fn mail(text: &str) -> Option<Date> {
    static PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new();
    Some(PARSER.parse_zoned(text).ok()?.date())
}

/// The day may be followed by a time: "March 14, 2024 9:30 am".
fn words(text: &str) -> Option<Date> {
    FORMS.iter().find_map(|form| prefix(form, text))
}

fn prefix(form: &str, text: &str) -> Option<Date> {
    let (time, length) = strtime::BrokenDownTime::parse_prefix(form, text).ok()?;
    time.to_date().ok().filter(|_| !goes_on(&text[length..]))
}

fn goes_on(rest: &str) -> bool {
    rest.starts_with(|it: char| it.is_ascii_digit() || it == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(day(text).ok(), expected.map(|it| it.parse().unwrap()), "{text}");
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
        check("2024-3-5", Some("2024-03-05"));
        check("14.03.2024", Some("2024-03-14"));
        check("14/03/2024", Some("2024-03-14"));
        check("3/14/2024 09:30", Some("2024-03-14"));
        check("03/03/2024", Some("2024-03-03"));
    }

    #[test]
    fn does_not_guess_whether_day_or_month_comes_first() {
        assert_eq!(day("05/03/2024"), Err(Unread::DayOrMonthFirst));
        assert_eq!(day("14/13/2024"), Err(Unread::NoDay));
    }

    #[test]
    fn names_and_addresses_bear_days() {
        let day = |name| in_name(name).map(|it| it.to_string());
        let told = Some("2024-03-14".to_owned());
        assert_eq!(day("https://news.example/world/2024/03/14/clashes-near-gao.html"), told);
        assert_eq!(day("we-VOA_EN_NW_2024_03_14_2937448"), told);
        assert_eq!(day("reports/2024-03-14 Gao.txt"), told);
        assert_eq!(day("2024-03-01_2024-03-14.jsonl"), None);
        for name in ["fakes-0039-asharqalawsat", "isaf-000", "12024-03-14", "2024-13-14", "2024/3/14", "20240314"] {
            assert_eq!(day(name), None, "{name}");
        }
    }

    #[test]
    fn leaves_out_what_is_no_day() {
        for text in ["", "soon", "99999-01-01", "+99999-01-01", "2024-13-40", "2024-03-145", "0024-03-14", "1710374400"]
        {
            check(text, None);
        }
    }
}
