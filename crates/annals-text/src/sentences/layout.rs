//! Lines to blocks: headings, bullets, paragraphs, page furniture. Thresholds: `data/text/layout.toml`.

use std::ops::Range;

use super::furniture;
use crate::SentenceKind;
use crate::tables::LAYOUT;

/// A paragraph, heading, list item or piece of furniture. **Units**: bytes into the text.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) range: Range<usize>,
    pub(super) kind: SentenceKind,
}

/// Tells whether a first line can be a title.
pub(crate) fn is_title(line: &str) -> bool {
    !line.is_empty()
        && line.chars().take(LAYOUT.title_max_chars + 1).count() <= LAYOUT.title_max_chars
        && !line.ends_with(['.', ':', ',', ';'])
        && item_mark(line).is_none()
}

/// The blocks of the body, in order.
pub(super) fn blocks(text: &str, title_end: usize) -> Vec<Block> {
    let lines = lines(text, title_end);
    let width = wrap_width(text, &lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut n_lines = 0;
    let mut in_links = false;
    for (index, line) in lines.iter().enumerate() {
        let words = &text[line.range.clone()];
        let after = index.checked_sub(1).map(|it| &lines[it]).filter(|_| !line.after_blank);
        let block = blocks.last_mut().filter(|it| it.kind == SentenceKind::Prose || it.kind == SentenceKind::Bullet);
        if let (Some(before), Some(block)) = (after, block)
            && goes_on(&text[before.range.clone()], words, width)
        {
            block.range.end = line.range.end;
            n_lines += 1;
            continue;
        }
        if n_lines == 1 {
            mark_heading(text, &mut blocks, &line.range);
        }
        in_links = furniture::opens_links(words) || (in_links && !line.after_blank && furniture::is_link(words));
        let kind = if in_links || furniture::is_line(words) {
            SentenceKind::Furniture
        } else if item_mark(words).is_some() {
            SentenceKind::Bullet
        } else {
            SentenceKind::Prose
        };
        blocks.push(Block { range: line.range.clone(), kind });
        n_lines = 1;
    }
    blocks
}

#[derive(Debug)]
struct Line {
    range: Range<usize>,
    after_blank: bool,
}

/// Lines with words, without the white space around them.
fn lines(text: &str, from: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut start = from;
    let mut after_return = false;
    for line in text[from..].split_inclusive(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        match super::trimmed(text, start..start + line.len()) {
            Some(range) => {
                lines.push(Line { range, after_blank });
                after_blank = false;
            }
            // The second half of a line end is no blank line, nor is the line end of the title.
            None => after_blank |= !(after_return && line == "\n"),
        }
        after_return = line.ends_with('\r');
        start += line.len();
    }
    lines
}

/// Width that the text was wrapped at: of three lines or more, all but the last end where the next word had no room.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut width = None;
    for run in lines.chunk_by(|_, next| !next.after_blank).filter(|it| it.len() > 2) {
        let words = |line: &Line| &text[line.range.clone()];
        // Bytes are enough to leave out what is no wrapped text.
        if run.iter().any(|it| it.range.len() > LAYOUT.wrap_max_chars * 4) {
            continue;
        }
        let longest = run.iter().map(|it| words(it).chars().count()).max().unwrap_or_default();
        let full = |pair: &[Line]| fills(words(&pair[0]), words(&pair[1]), longest);
        if longest <= LAYOUT.wrap_max_chars && run.windows(2).all(full) {
            width = width.max(Some(longest));
        }
    }
    width
}

fn fills(line: &str, next: &str, width: usize) -> bool {
    let n_chars = line.chars().count();
    let word = next.split_whitespace().next().unwrap_or_default().chars().count();
    n_chars >= LAYOUT.wrap_min_chars && n_chars <= width && n_chars + 1 + word > width
}

/// Tells whether a line goes on with the sentence or paragraph of the line before.
fn goes_on(before: &str, line: &str, width: Option<usize>) -> bool {
    let wrapped = width.is_some_and(|it| fills(before, line, it));
    let open = !before.ends_with(['.', '!', '?', ':', ';', '"', '”', '…']);
    (wrapped || (open && line.starts_with(char::is_lowercase)))
        && item_mark(line).is_none()
        && !furniture::is_line(line)
}

/// The mark of a list item with the white space behind it, if the line has one: "• ", "- ", "3. ", "8/ ". **Units**: bytes.
fn item_mark(line: &str) -> Option<usize> {
    let mark = line.find(char::is_whitespace).filter(|it| *it <= 8)?;
    let word = &line[..mark];
    let mut chars = word.chars();
    let bullet = chars.next().is_some_and(|it| LAYOUT.bullets.contains(&it)) && chars.next().is_none();
    let digits = word.trim_end_matches(['.', ')', '/']);
    let number = digits.len() < word.len() && digits.len() <= 2 && digits.bytes().all(|it| it.is_ascii_digit());
    (bullet || (number && !digits.is_empty())).then_some(mark)
}

/// Makes the last block a heading when it looks like one over what follows.
fn mark_heading(text: &str, blocks: &mut [Block], next: &Range<usize>) {
    let Some(block) = blocks.last_mut().filter(|it| it.kind == SentenceKind::Prose) else { return };
    if block.range.len() < next.len() && is_heading(&text[block.range.clone()]) {
        block.kind = SentenceKind::Heading;
    }
}

/// Short, begins with a capital or digit, and does not end as sentences, datelines and signatures do.
fn is_heading(line: &str) -> bool {
    line.len() <= LAYOUT.heading_max_chars * 4
        && line.chars().count() <= LAYOUT.heading_max_chars
        && line.split_whitespace().count() <= LAYOUT.heading_max_words
        && !line.starts_with(|it: char| it.is_lowercase() || "\"“«([{".contains(it))
        && line.ends_with(|it: char| it.is_alphanumeric() || it == '?')
        && line.split(|it: char| !it.is_alphabetic()).any(|it| it.len() > 2)
        // "ANCHOR: And the wounded?" is speech.
        && !line.contains(": ")
}
