//! What this crate tells of odd reports; docs/FINDINGS.md explains each.

use annals_record::{Finding, Severity};
use jiff::civil::Date;

use crate::published::Unread;

pub(crate) fn encoding_guessed(name: &str) -> Finding {
    finding("T001", Severity::Note, format!("the encoding is told nowhere; read as {name}"))
}

pub(crate) fn encoding_broken(name: &str) -> Finding {
    finding(
        "T002",
        Severity::Warning,
        format!("some bytes are not {name} and were replaced by U+FFFD; fetch the report again if you can"),
    )
}

pub(crate) fn half_a_character() -> Finding {
    finding(
        "T002",
        Severity::Warning,
        "half a character was escaped and was replaced by U+FFFD; fetch the report again if you can".to_owned(),
    )
}

pub(crate) fn published_unreadable(told: &str, unread: Unread) -> Finding {
    let told: String = told.chars().take(40).collect();
    let why = match unread {
        Unread::NoDay => "is no day from 1800 to 2100",
        Unread::DayOrMonthFirst => "may begin with the day or with the month",
    };
    finding(
        "T003",
        Severity::Warning,
        format!("the publication date \"{told}\" {why} and was left out; write it as 2024-03-14"),
    )
}

pub(crate) fn published_in_name(day: Date) -> Finding {
    finding(
        "T008",
        Severity::Note,
        format!("the publication date is told nowhere; {day} was read from the report's name"),
    )
}

pub(crate) fn language_differs(told: &str, seen: &str) -> Finding {
    finding("T004", Severity::Note, format!("the report is said to be in \"{told}\" but reads like \"{seen}\""))
}

pub(crate) fn no_body() -> Finding {
    finding("T005", Severity::Note, "there is a title and no text".to_owned())
}

pub(crate) fn no_main_text() -> Finding {
    finding(
        "T006",
        Severity::Warning,
        "no main text was found in the page; all its text was taken, with menus and the like".to_owned(),
    )
}

pub(crate) fn page_simplified() -> Finding {
    finding(
        "T007",
        Severity::Warning,
        "the page is nested too deep or is too large for a report; its layout was not used".to_owned(),
    )
}

fn finding(code: &str, severity: Severity, message: String) -> Finding {
    Finding { code: code.to_owned(), severity, span: None, message }
}
