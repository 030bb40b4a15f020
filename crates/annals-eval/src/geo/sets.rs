//! LGL, TR-News and `GeoVirus`: XML with articles and their toponyms.

use std::ops::Range;
use std::path::Path;

use roxmltree::{Document, Node};

use crate::EvalError;
use crate::error::read_to_string;

/// One article with its gold.
pub(super) struct Article {
    pub(super) text: String,
    pub(super) toponyms: Vec<Toponym>,
    /// Where the toponyms stand that have no gold coordinates.
    pub(super) unplaced: Vec<Range<usize>>,
}

/// One toponym with gold coordinates.
pub(super) struct Toponym {
    pub(super) name: String,
    /// Where it stands in the text; `None` when the gold's offsets do not fit.
    pub(super) bytes: Option<Range<usize>>,
    pub(super) gold_name: String,
    pub(super) lat: f64,
    pub(super) lon: f64,
    pub(super) geonames: Option<u32>,
    pub(super) country: Option<u32>,
}

/// Reads a set of either form.
pub(super) fn read(path: &Path) -> Result<Vec<Article>, EvalError> {
    parse(path, &read_to_string(path)?)
}

/// Reads the text of a set; `path` is only used in messages.
pub(super) fn parse(path: &Path, text: &str) -> Result<Vec<Article>, EvalError> {
    let wrong = |line| EvalError::format(path, line, "a data set of articles with toponyms", None);
    let document = Document::parse(text).map_err(|err| wrong(err.pos().row as usize))?;
    let articles: Vec<Article> = document.descendants().filter(|it| it.has_tag_name("article")).map(article).collect();
    if articles.is_empty() { Err(wrong(1)) } else { Ok(articles) }
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|it| it.has_tag_name(name))
}

fn text_of<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|it| it.text())
}

fn article(node: Node<'_, '_>) -> Article {
    let text = text_of(node, "text").unwrap_or("").to_owned();
    let (mut toponyms, mut unplaced) = (Vec::new(), Vec::new());
    for it in node.descendants().filter(|it| it.has_tag_name("toponym") || it.has_tag_name("location")) {
        match toponym(it, &text) {
            Some(it) => toponyms.push(it),
            None => unplaced.extend(named(it).and_then(|name| range(it, &name, &text))),
        }
    }
    Article { text, toponyms, unplaced }
}

fn named(node: Node<'_, '_>) -> Option<String> {
    let name = text_of(node, "phrase").or_else(|| text_of(node, "name"))?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn range(node: Node<'_, '_>, name: &str, text: &str) -> Option<Range<usize>> {
    find(text, name, text_of(node, "start")?.trim().parse().ok()?)
}

/// `None` for a toponym without gold coordinates.
fn toponym(node: Node<'_, '_>, text: &str) -> Option<Toponym> {
    let tag = child(node, "gaztag");
    let name = named(node)?;
    let number = |name: &str| {
        let said = tag.and_then(|it| text_of(it, name)).or_else(|| text_of(node, name))?;
        said.trim().parse::<f64>().ok()
    };
    let id_of = |node: Node<'_, '_>| node.attribute("geonameid").and_then(|it| it.parse().ok());
    Some(Toponym {
        bytes: range(node, &name, text),
        gold_name: tag.and_then(|it| text_of(it, "name")).or_else(|| text_of(node, "page")).unwrap_or("").to_owned(),
        lat: number("lat")?,
        lon: number("lon")?,
        geonames: tag.and_then(id_of),
        country: tag.and_then(|it| child(it, "country")).and_then(id_of),
        name,
    })
}

/// The occurrence of a name that is nearest to a character offset; the sets count from 0 or from 1.
fn find(text: &str, name: &str, start: usize) -> Option<Range<usize>> {
    let near = text.char_indices().nth(start).map_or(text.len(), |(at, _)| at);
    text.match_indices(name).map(|(at, _)| at).min_by_key(|at| at.abs_diff(near)).map(|at| at..at + name.len())
}
