//! Tables for a terminal: columns by their widest cell, the last one takes what is left.

use std::io::{IsTerminal, Write};

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::output::quote::{shown, wrap};
use crate::problem::Problem;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const PLAIN: Style = Style::new();

/// One cell: words and how they look.
pub(super) type Cell = (String, Style);

/// Columns of the terminal; 100 where there is none.
pub(super) fn width() -> usize {
    if !std::io::stdout().is_terminal() {
        return 100;
    }
    terminal_size::terminal_size().map_or(100, |it| usize::from(it.0.0)).clamp(40, 160)
}

/// Words on one line, with nothing that steers a terminal.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(shown).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Prints rows; numbers (`right`) are set to the right. The last column is broken into lines.
pub(super) fn print(rows: &[Vec<Cell>], right: &[usize]) -> Result<(), Problem> {
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let columns = |text: &str| text.width();
    let widths: Vec<usize> = (0..n_columns.saturating_sub(1))
        .map(|at| rows.iter().filter_map(|it| it.get(at)).map(|it| columns(&it.0)).max().unwrap_or_default())
        .collect();
    let indent: usize = widths.iter().map(|it| it + 2).sum();
    let mut out = anstream::stdout().lock();
    for row in rows {
        let mut line = String::new();
        for (at, (text, style)) in row.iter().enumerate() {
            if at + 1 < n_columns {
                let gap = " ".repeat(widths[at].saturating_sub(columns(text)));
                let cell = format!("{style}{text}{style:#}");
                line += &if right.contains(&at) { format!("{gap}{cell}  ") } else { format!("{cell}{gap}  ") };
                continue;
            }
            let room = width().saturating_sub(indent).max(20);
            for (idx, range) in wrap(text, 0..text.len(), room).into_iter().enumerate() {
                let margin = if idx == 0 { String::new() } else { format!("\n{:indent$}", "") };
                line += &format!("{margin}{style}{}{style:#}", &text[range]);
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Prints rows as CSV.
pub(super) fn print_csv(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Result<(), Problem> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(head).map_err(anyhow::Error::from)?;
    for row in rows {
        writer.write_record(row).map_err(anyhow::Error::from)?;
    }
    let bytes = writer.into_inner().map_err(|it| anyhow::anyhow!("{it}"))?;
    std::io::stdout().lock().write_all(&bytes)?;
    Ok(())
}

/// Prints indented JSON.
pub(super) fn print_json(value: &impl serde::Serialize) -> Result<(), Problem> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    Ok(writeln!(out)?)
}

/// A bar of at most `room` columns, in eighths of one.
pub(super) fn bar(value: u64, most: u64, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if most == 0 {
        return String::new();
    }
    let eighths = usize::try_from(u128::from(value) * 8 * room as u128 / u128::from(most)).unwrap_or_default();
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::bar;

    #[test]
    fn bars_are_to_scale() {
        assert_eq!((bar(10, 10, 4).as_str(), bar(5, 10, 4).as_str(), bar(1, 32, 4).as_str()), ("████", "██", "▏"));
        assert_eq!((bar(0, 10, 4).as_str(), bar(0, 0, 4).as_str()), ("", ""));
    }
}
