//! Web pages: main text, title, day of publication, outlet.
//!
//! The main text is found by the `trafilatura` crate (docs/decisions/001-main-text.md says why); pages that would lead
//! any such library into deep recursion or endless work are read without layout instead.

mod main_text;
mod metadata;
mod scan;

use crate::build::{Parts, doubts};
use crate::encoding::decode;
use crate::findings;

/// Takes title, text and metadata from a page; `source` may be its address.
pub(crate) fn page(bytes: &[u8], source: Option<&str>) -> Parts {
    let decoded = decode(bytes, metadata::declared_encoding(bytes));
    let mut findings = doubts(decoded.doubt.as_ref());
    let page = scan::scan(&decoded.text);
    let main = if page.too_complex {
        findings.push(findings::page_simplified());
        None
    } else {
        main_text::extract(&decoded.text, &page)
    };
    let metadata = metadata::of(&page, source);
    let title = main.as_ref().map(|it| it.title.clone()).filter(|it| !it.is_empty()).unwrap_or(metadata.title);
    let body = match main {
        Some(main) if !main.text.is_empty() => main.text,
        _ => {
            if !page.too_complex && !page.text.is_empty() {
                findings.push(findings::no_main_text());
            }
            page.text
        }
    };
    let (published, publisher, language) = (metadata.published, metadata.publisher, page.language);
    Parts { title, body, published, publisher, language, findings }
}
