//! The main text of a page, by the `trafilatura` crate.

use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::scan::{Page, scan, words};
use crate::sentences::is_furniture;

/// What the library takes for the report.
#[derive(Debug)]
pub(super) struct MainText {
    pub(super) title: String,
    /// Blocks parted by blank lines.
    pub(super) text: String,
}

/// Finds title and main text; `None` when the library finds none.
///
/// What repeats the title at the beginning, and lines known as page furniture, are left out: the library keeps them.
pub(super) fn extract(html: &str, page: &Page) -> Option<MainText> {
    let mut options = Options::default();
    options.focus = ExtractionFocus::FavorPrecision;
    options.enable_fallback = true;
    options.exclude_comments = true;
    // It would compare with the clock; days are found elsewhere.
    options.html_date_mode = HtmlDateMode::Disabled;
    let result = trafilatura::extract(html, &options).ok()?;
    let title = words(&result.metadata.title);
    let text = scan(&result.content_html).text;
    let told = page.metas.iter().filter(|(name, _)| name.ends_with("title")).map(|(_, content)| content);
    let titles: Vec<String> =
        [&title, &page.heading, &page.title].into_iter().chain(told).map(|it| letters(it)).collect();
    let mut blocks: Vec<&str> = text.split("\n\n").collect();
    blocks.drain(..blocks.iter().take_while(|it| repeats(it, &titles)).count());
    blocks.retain(|it| !is_furniture(it));
    Some(MainText { text: blocks.join("\n\n"), title })
}

/// Shortest block that may be a part of a title ("Raid on Arda" of "Raid on Arda - Arda Daily"). Letters.
const PART_OF_TITLE: usize = 20;

fn repeats(block: &str, titles: &[String]) -> bool {
    let block = letters(block);
    titles.iter().any(|it| *it == block || (block.len() >= PART_OF_TITLE && it.starts_with(&block)))
}

/// Letters and digits, small.
fn letters(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
