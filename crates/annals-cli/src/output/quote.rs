//! Sentences of a report with the evidence underlined: by the terminal, or by a line of marks below.

use std::fmt::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Effects, Style};
use unicode_width::UnicodeWidthChar;

/// What a piece of evidence says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    What,
    Who,
    Where,
    When,
    Cost,
    Source,
}

impl Role {
    pub(crate) fn style(self) -> Style {
        let colour = match self {
            Self::What => AnsiColor::Red,
            Self::Who => AnsiColor::Cyan,
            Self::Where => AnsiColor::Green,
            Self::When => AnsiColor::Yellow,
            Self::Cost => AnsiColor::Magenta,
            Self::Source => AnsiColor::Blue,
        };
        colour.on_default()
    }

    /// The mark below a word where there is no underline.
    fn mark(self) -> char {
        if self == Self::What { '^' } else { '~' }
    }
}

/// A stretch of text that says something. **Units**: bytes of the text quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) range: Range<usize>,
    pub(crate) role: Role,
}

/// Appends `text[range]`, wrapped to `width` columns, each line after `prefix`, with the marks that lie within.
pub(crate) fn quote(
    out: &mut String,
    text: &str,
    range: &Range<usize>,
    marks: &[Mark],
    prefix: &str,
    width: usize,
    colour: bool,
) -> fmt::Result {
    for line in wrap(text, range.clone(), width) {
        out.push_str(prefix);
        if colour {
            push_styled(out, text, &line, marks)?;
            out.push('\n');
        } else {
            out.extend(text[line.clone()].chars().map(shown));
            out.push('\n');
            push_marks(out, text, &line, marks, prefix);
        }
    }
    Ok(())
}

/// Breaks `text[range]` into lines at spaces; a word wider than a line is broken between characters.
pub(crate) fn wrap(text: &str, range: Range<usize>, width: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut n_columns) = (range.start, 0);
    // The end of the last word, and where the next one begins.
    let mut last_space: Option<(usize, usize)> = None;
    for (at, char) in text[range.clone()].char_indices().map(|(at, char)| (range.start + at, char)) {
        if char.is_whitespace() {
            let word_end = last_space.filter(|(_, next)| *next == at).map_or(at, |(end, _)| end);
            last_space = Some((word_end, at + char.len_utf8()));
        }
        n_columns += columns(char);
        if n_columns <= width || char.is_whitespace() || columns(char) == 0 {
            continue;
        }
        let (end, next) = last_space.take().filter(|(end, _)| *end > start).unwrap_or((at, at));
        lines.push(start..end);
        start = next;
        n_columns = text[start..at].chars().map(columns).sum::<usize>() + columns(char);
    }
    let end = start + text[start..range.end].trim_end().len();
    if end > start || lines.is_empty() {
        lines.push(start..end);
    }
    lines
}

/// Whether the text has letters that run from right to left.
pub(crate) fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|it| matches!(it, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'))
}

/// A character as it may be shown: control characters would steer the terminal.
pub(crate) fn shown(char: char) -> char {
    if char.is_control() { ' ' } else { char }
}

fn columns(char: char) -> usize {
    shown(char).width().unwrap_or(0)
}

fn role_at(marks: &[Mark], at: usize) -> Option<Role> {
    marks.iter().filter(|it| it.range.contains(&at)).map(|it| it.role).min()
}

fn push_styled(out: &mut String, text: &str, line: &Range<usize>, marks: &[Mark]) -> fmt::Result {
    let mut current = Style::new();
    for (at, char) in text[line.clone()].char_indices() {
        let style = match role_at(marks, line.start + at) {
            Some(role) => role
                .style()
                .effects(Effects::UNDERLINE | if role == Role::What { Effects::BOLD } else { Effects::new() }),
            None => Style::new(),
        };
        if style != current {
            write!(out, "{current:#}{style}")?;
            current = style;
        }
        out.push(shown(char));
    }
    write!(out, "{current:#}")
}

fn push_marks(out: &mut String, text: &str, line: &Range<usize>, marks: &[Mark], prefix: &str) {
    // Where words run from right to left a mark below would stand under the wrong one; the card quotes them.
    if has_right_to_left(&text[line.clone()]) {
        return;
    }
    let mut below = String::new();
    for (at, char) in text[line.clone()].char_indices() {
        let mark = role_at(marks, line.start + at).map_or(' ', Role::mark);
        below.extend(std::iter::repeat_n(mark, columns(char)));
    }
    if !below.trim_end().is_empty() {
        out.push_str(prefix);
        out.push_str(below.trim_end());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    /// Quotes a text in 24 columns, with `[` and `]` around the trigger and `<` and `>` around other evidence.
    #[track_caller]
    fn check(marked: &str, colour: bool, expect: &Expect) {
        let (mut text, mut marks, mut start) = (String::new(), Vec::new(), 0);
        for char in marked.chars() {
            match char {
                '[' | '<' => start = text.len(),
                ']' => marks.push(Mark { range: start..text.len(), role: Role::What }),
                '>' => marks.push(Mark { range: start..text.len(), role: Role::Who }),
                _ => text.push(char),
            }
        }
        let mut out = String::new();
        quote(&mut out, &text, &(0..text.len()), &marks, "| ", 24, colour).expect("a string can be written");
        expect.assert_eq(&out.replace('\u{1b}', "ESC"));
    }

    #[test]
    fn evidence_is_marked_below() {
        check(
            "Fighters of the <Arda Front> [attacked] a post on Monday.",
            false,
            &expect![[r"
                | Fighters of the Arda
                |                 ~~~~
                | Front attacked a post on
                | ~~~~~ ^^^^^^^^
                | Monday.
            "]],
        );
    }

    #[test]
    fn or_underlined_by_the_terminal() {
        check(
            "The <Front> [fled].",
            true,
            &expect![[r"
            | The ESC[4mESC[36mFrontESC[0m ESC[1mESC[4mESC[31mfledESC[0m.
        "]],
        );
    }

    #[test]
    fn wide_characters_take_two_columns() {
        check(
            "東京 [攻撃]",
            false,
            &expect![[r"
            | 東京 攻撃
            |      ^^^^
        "]],
        );
    }

    #[test]
    fn long_words_are_broken_and_control_characters_are_not_shown() {
        check(
            "abcdefghijklmnopqrstuvwxyzabc\u{1b}[31m \n x",
            false,
            &expect![[r"
            | abcdefghijklmnopqrstuvwx
            | yzabc 31m   x
        "]],
        );
    }

    #[test]
    fn right_to_left_lines_have_no_marks_below() {
        check(
            "قال <الجيش> إنه",
            false,
            &expect![[r"
            | قال الجيش إنه
        "]],
        );
    }
}
