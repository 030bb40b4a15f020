//! Title, day of publication, outlet and encoding, as pages tell them. Names: `data/text/page.toml`.

use std::sync::LazyLock;

use encoding_rs::Encoding;
use serde::Deserialize;
use serde_json::Value;

use super::scan::{Page, words};
use crate::published;

/// How much of a page is searched for its encoding. **Units**: bytes. The standard says 1024; older pages need more.
const ENCODING_BYTES: usize = 8192;

/// What a page tells of itself.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) published: Option<String>,
    pub(super) publisher: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    published: Vec<String>,
    publisher: Vec<String>,
    title: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/text/page.toml")).expect("a test reads the shipped table")
});

/// Gathers what a page tells; `source` may be its address.
pub(super) fn of(page: &Page, source: Option<&str>) -> Metadata {
    let json_ld: Vec<Value> = page.json_ld.iter().filter_map(|it| serde_json::from_str(it).ok()).collect();
    let title = told(page, &NAMES.title).next().map(words);
    let title = title.or_else(|| [&page.heading, &page.title].into_iter().find(|it| !it.is_empty()).cloned());
    let publisher = told(page, &NAMES.publisher).next().map(words);
    let publisher = publisher.or_else(|| json_ld.iter().find_map(|it| find(it, &["publisher", "name"])));
    Metadata { title: title.unwrap_or_default(), published: day(page, &json_ld, source), publisher }
}

/// Contents of the `<meta>` elements of these names, in the order of the names.
fn told<'p>(page: &'p Page, names: &'p [String]) -> impl Iterator<Item = &'p str> {
    let of =
        |name: &'p String| page.metas.iter().filter(move |(it, _)| it == name).map(|(_, content)| content.as_str());
    names.iter().flat_map(of).filter(|it| !it.trim().is_empty())
}

/// The first place that tells a day that can be read; else what the first of them says.
fn day(page: &Page, json_ld: &[Value], source: Option<&str>) -> Option<String> {
    let ld = json_ld.iter().find_map(|it| find(it, &["datePublished"]));
    let metas = told(page, &NAMES.published).map(str::to_owned);
    let told: Vec<String> = ld.into_iter().chain(metas).collect();
    let readable = |it: &&String| published::day(it).is_ok();
    if let Some(day) = told.iter().find(readable) {
        return Some(day.clone());
    }
    // Several days are those of other reports too.
    let mut times: Vec<_> = page.times.iter().filter_map(|it| published::day(it).ok()).collect();
    times.dedup();
    if let [day] = times[..] {
        return Some(day.to_string());
    }
    let mut addresses = page.url.as_deref().into_iter().chain(source);
    addresses.find_map(published::in_name).map(|it| it.to_string()).or_else(|| told.into_iter().next())
}

/// Follows the fields down from any object within.
fn find(value: &Value, fields: &[&str]) -> Option<String> {
    match value {
        Value::Object(object) => {
            let here = fields.iter().try_fold(value, |value, field| value.get(*field)).and_then(Value::as_str);
            here.map(str::to_owned).or_else(|| object.values().find_map(|it| find(it, fields)))
        }
        Value::Array(items) => items.iter().find_map(|it| find(it, fields)),
        _ => None,
    }
}

/// The encoding that a page says it is in.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(ENCODING_BYTES)].to_ascii_lowercase();
    [&b"charset="[..], b"encoding="].iter().find_map(|key| {
        let at = head.windows(key.len()).position(|it| it == *key)? + key.len();
        let rest = head[at..].trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|it| !(it.is_ascii_alphanumeric() || b"-_:".contains(it)))?;
        Encoding::for_label(&rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::*;

    #[test]
    fn finds_the_day() {
        for (html, day) in [
            (
                r#"<meta property="article:published_time" content="2024-03-14T08:00:00Z">"#,
                Some("2024-03-14T08:00:00Z"),
            ),
            (r#"<meta name=DC.date content="14 March 2024">"#, Some("14 March 2024")),
            (
                r#"<script type="application/ld+json">{"@graph":[{"datePublished":"2024-03-14"}]}</script>"#,
                Some("2024-03-14"),
            ),
            (
                r#"<meta name=date content="soon"><link rel=canonical href="https://arda.example/2024/03/14/raid">"#,
                Some("2024-03-14"),
            ),
            (r#"<time datetime="2024-03-14T08:00">8 am</time>"#, Some("2024-03-14")),
            (r#"<time datetime="2024-03-14">a</time><time datetime="2024-03-13">b</time>"#, None),
            (r#"<meta name=date content="soon">"#, Some("soon")),
            ("<p>14 March 2024", None),
        ] {
            assert_eq!(of(&scan(html), None).published.as_deref(), day, "{html}");
        }
    }

    #[test]
    fn finds_the_encoding() {
        for (html, name) in [
            (r#"<meta charset="windows-1256">"#, Some("windows-1256")),
            (r#"<META http-equiv=Content-Type content="text/html; charset=ISO-8859-1">"#, Some("windows-1252")),
            (r#"<?xml version="1.0" encoding='utf-8'?>"#, Some("UTF-8")),
            ("<p>a charset=", None),
        ] {
            assert_eq!(declared_encoding(html.as_bytes()).map(Encoding::name), name, "{html}");
        }
    }
}
