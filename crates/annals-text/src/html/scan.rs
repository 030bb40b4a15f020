//! One pass over the tags of a page: its text by blocks, what its head tells, and whether it is safe to build a tree of.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// Deepest nesting given to the main-text library, which recurses. Browsers stop at 512; reports stay below 60.
const MAX_DEPTH: usize = 256;
/// Most tags. Pages of news have some 1,000 to 10,000.
const MAX_TAGS: usize = 60_000;
/// Most text. A long report has 0.1 MB; trees of more take the library many seconds. **Units**: bytes.
const MAX_TEXT_BYTES: usize = 2_000_000;
/// Most attributes of one tag: parsers compare each with all others.
const MAX_ATTRIBUTES: usize = 200;

/// What one pass over a page gives.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// All text outside scripts and the like; blocks are parted by blank lines, list items begin with "• ".
    pub(super) text: String,
    /// `<title>`.
    pub(super) title: String,
    /// First `<h1>`.
    pub(super) heading: String,
    /// Name or property in small letters, and content.
    pub(super) metas: Vec<(String, String)>,
    /// Texts of `<script type="application/ld+json">`.
    pub(super) json_ld: Vec<String>,
    /// Days of `<time datetime="…">`.
    pub(super) times: Vec<String>,
    /// Address that the page gives itself.
    pub(super) url: Option<String>,
    /// `<html lang="…">`.
    pub(super) language: Option<String>,
    /// Nested too deep, too many tags, or too much text.
    pub(super) too_complex: bool,
}

/// Reads a page or a part of one.
pub(super) fn scan(html: &str) -> Page {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut scan = Scan::default();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => scan.start(&tag),
            Token::EndTag(tag) => scan.end(&tag.name),
            Token::String(text) => scan.text(&String::from_utf8_lossy(&text.value)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    scan.flush();
    scan.page.too_complex |= scan.page.text.len() > MAX_TEXT_BYTES;
    scan.page
}

#[derive(Default)]
struct Scan {
    page: Page,
    /// The block being written.
    block: String,
    n_tags: usize,
    nesting: Nesting,
    /// Inside elements whose text is not shown, or goes elsewhere.
    within: Option<Within>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Title,
    JsonLd,
    Hidden,
}

impl Scan {
    fn start(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        self.n_tags += 1;
        self.nesting.open(tag);
        self.page.too_complex |=
            self.n_tags > MAX_TAGS || tag.attributes.len() > MAX_ATTRIBUTES || self.nesting.depth() > MAX_DEPTH;
        let attribute = |name: &str| {
            tag.attributes.get(name.as_bytes()).map(|it| String::from_utf8_lossy(&it.value).trim().to_owned())
        };
        match name {
            b"script" => {
                let json_ld = attribute("type").is_some_and(|it| it.eq_ignore_ascii_case("application/ld+json"));
                self.within = Some(if json_ld { Within::JsonLd } else { Within::Hidden });
            }
            b"title" if self.page.title.is_empty() && self.within.is_none() => self.within = Some(Within::Title),
            b"style" | b"noscript" | b"template" | b"svg" | b"title" | b"textarea" | b"select" | b"iframe" => {
                self.within = self.within.or(Some(Within::Hidden));
            }
            b"meta" => {
                let name = attribute("property").or_else(|| attribute("name")).or_else(|| attribute("itemprop"));
                if let (Some(name), Some(content)) = (name, attribute("content")) {
                    self.page.metas.push((name.to_lowercase(), content));
                }
            }
            b"link" if attribute("rel").as_deref() == Some("canonical") => self.page.url = attribute("href"),
            b"html" => self.page.language = attribute("lang").filter(|it| !it.is_empty()),
            b"time" => self.page.times.extend(attribute("datetime")),
            b"br" => self.line_break(),
            b"li" => {
                self.flush();
                self.block.push_str("• ");
            }
            _ if is_block(name) => self.flush(),
            b"td" | b"th" => self.space(),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        self.nesting.close(name);
        match name {
            b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"title" | b"textarea" | b"select"
            | b"iframe" => {
                self.within = None;
            }
            b"h1" if self.page.heading.is_empty() => {
                self.page.heading = self.block.trim().to_owned();
                self.flush();
            }
            b"li" => self.flush(),
            _ if is_block(name) => self.flush(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.within {
            Some(Within::Title) => self.page.title = words(text),
            Some(Within::JsonLd) => self.page.json_ld.push(text.to_owned()),
            Some(Within::Hidden) => {}
            None => self.shown(text),
        }
    }

    /// White space of the source is one space.
    fn shown(&mut self, text: &str) {
        if text.starts_with(|it: char| it.is_ascii_whitespace()) {
            self.space();
        }
        for (index, word) in text.split_ascii_whitespace().enumerate() {
            if index > 0 {
                self.block.push(' ');
            }
            self.block.push_str(word);
        }
        if text.ends_with(|it: char| it.is_ascii_whitespace()) {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.block.is_empty() && !self.block.ends_with([' ', '\n']) {
            self.block.push(' ');
        }
    }

    fn line_break(&mut self) {
        let n_bytes = self.block.trim_end_matches(' ').len();
        self.block.truncate(n_bytes);
        if !self.block.is_empty() {
            self.block.push('\n');
        }
    }

    fn flush(&mut self) {
        let block = self.block.trim();
        if !block.is_empty() && block != "•" {
            if !self.page.text.is_empty() {
                self.page.text.push_str("\n\n");
            }
            self.page.text.push_str(block);
        }
        self.block.clear();
    }
}

/// The words with one space between them.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"section"
            | b"article"
            | b"main"
            | b"header"
            | b"footer"
            | b"nav"
            | b"aside"
            | b"address"
            | b"ul"
            | b"ol"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"table"
            | b"tr"
            | b"caption"
            | b"blockquote"
            | b"pre"
            | b"figure"
            | b"figcaption"
            | b"form"
            | b"fieldset"
            | b"hr"
            | b"body"
            | b"center"
            | b"details"
            | b"summary"
    )
}

/// Follows how deep a parser would nest, without building a tree.
#[derive(Default)]
struct Nesting {
    open: Vec<Open>,
    /// Formatting elements whose parent was closed over them: parsers open them anew in each block that follows, at most
    /// three of those that are alike.
    kept: HashMap<u64, usize>,
    n_kept: usize,
}

struct Open {
    name: Vec<u8>,
    /// Hash of name and attributes, for formatting elements.
    formatting: Option<u64>,
}

impl Nesting {
    fn depth(&self) -> usize {
        self.open.len() + self.n_kept
    }

    fn open(&mut self, tag: &StartTag<()>) {
        let name: &[u8] = &tag.name;
        // Beyond the limit enough is known; the rest would only cost memory.
        if is_void(name) || self.depth() > MAX_DEPTH {
            return;
        }
        let foreign = self.open.iter().any(|it| it.name == b"svg" || it.name == b"math");
        if foreign || !closes_itself(name) {
            let formatting = is_formatting(name).then(|| hash(tag));
            self.open.push(Open { name: name.to_vec(), formatting });
        }
    }

    fn close(&mut self, name: &[u8]) {
        let Some(at) = self.open.iter().rposition(|it| it.name == name) else { return };
        for formatting in self.open.drain(at..).skip(1).filter_map(|it| it.formatting) {
            let alike = self.kept.entry(formatting).or_default();
            if *alike < 3 {
                *alike += 1;
                self.n_kept += 1;
            }
        }
    }
}

/// The same for tags that are alike.
fn hash(tag: &StartTag<()>) -> u64 {
    let mut hasher = DefaultHasher::new();
    tag.name.hash(&mut hasher);
    for (name, value) in &tag.attributes {
        name.hash(&mut hasher);
        value.value.hash(&mut hasher);
    }
    hasher.finish()
}

fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Elements that the next of their kind closes.
fn closes_itself(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"li"
            | b"dt"
            | b"dd"
            | b"td"
            | b"th"
            | b"tr"
            | b"tbody"
            | b"thead"
            | b"tfoot"
            | b"option"
            | b"optgroup"
            | b"colgroup"
            | b"html"
            | b"head"
            | b"body"
    )
}

/// Without `a`, which closes the one before.
fn is_formatting(name: &[u8]) -> bool {
    matches!(
        name,
        b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"s" | b"small" | b"strike" | b"strong" | b"tt" | b"u"
    )
}
