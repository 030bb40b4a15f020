use expect_test::expect;

use crate::{findings, read, sentences};

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Raid on Arda - Arda Daily</title>
<meta property="og:title" content="Raid on Arda"><meta property="og:site_name" content="Arda Daily">
<meta property="article:published_time" content="2024-03-14T08:00:00+01:00">
<script>var menu = "Two men";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Raid on Arda</h1>
<p>Armed men attacked the village of Arda on Monday night, killing at least two people and wounding five, the
mayor said. They came on motorcycles and left before dawn, witnesses told this newspaper.</p>
<p>The army sent <b>two columns</b> to the area on Tuesday. A spokesman said that the attackers had burned the school,
the clinic and a dozen houses &amp; had taken the cattle of the village with them.</p>
<h2>What is known</h2>
<ul><li>Two people are dead, among them a teacher of the school.</li><li>Five were taken to the hospital of the district.</li></ul>
<p>No group has claimed the attack, which is the third in the district since the beginning of the year.</p>
<p>Follow us on Chirper</p></article>
<footer><p>© Arda Daily. All rights reserved.</p></footer></body></html>"#;

#[test]
fn takes_main_text_and_metadata() {
    let document = read(PAGE.as_bytes());
    assert_eq!(document.published.map(|it| it.to_string()).as_deref(), Some("2024-03-14"));
    assert_eq!(document.publisher.as_deref(), Some("Arda Daily"));
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(findings(&document), "");
    expect![[r"
        0 title     Raid on Arda
        1 prose     Armed men attacked the village of Arda on Monday night, killing at least two people and wounding five, the mayor said.
        1 prose     They came on motorcycles and left before dawn, witnesses told this newspaper.
        2 prose     The army sent two columns to the area on Tuesday.
        2 prose     A spokesman said that the attackers had burned the school, the clinic and a dozen houses & had taken the cattle of the village with them.
        3 heading   What is known
        4 bullet    • Two people are dead, among them a teacher of the school.
        5 bullet    • Five were taken to the hospital of the district.
        6 prose     No group has claimed the attack, which is the third in the district since the beginning of the year.
    "]]
    .assert_eq(&sentences(&document));
}

#[test]
fn heeds_the_encoding_that_the_page_tells() {
    let page = PAGE.replace("utf-8", "windows-1256").replace("Armed men attacked", "هاجم مسلحون");
    let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(&page);
    assert!(read(&bytes).text.contains("هاجم مسلحون the village"));
}

/// Each must end soon and keep the words.
#[test]
fn bombs_are_read_without_layout() {
    let told = "T007 the page is nested too deep or is too large for a report; its layout was not used\n";
    let many = |n: usize, one: fn(usize) -> String| (0..n).map(one).collect::<Vec<String>>().concat();
    let attributes = many(100_000, |it| format!(" a{it}=1"));
    for bomb in [
        format!("<html>{}<p>Two men were killed near the river.", "<div>".repeat(1_000_000)),
        format!("<html>{}<p>Two men were killed near the river.", "<p><span>".repeat(100_000)),
        format!("<html>{}<p>Two men were killed near the river.", "<p>a</p>".repeat(100_000)),
        format!("<html><div{attributes}><p>Two men were killed near the river."),
        format!("<html>{}<p>Two men were killed near the river.", many(5000, |it| format!("<div><b a={it}>x</div>"))),
        format!("<html><p>{}<p>Two men were killed near the river.", "&amp;".repeat(2_100_000)),
        format!("<html><svg>{}</svg><p>Two men were killed near the river.", "<p>".repeat(5000)),
    ] {
        let document = read(bomb.as_bytes());
        assert!(findings(&document).contains(told), "{}", &bomb[..60]);
        assert!(document.text.ends_with("Two men were killed near the river."), "{}", &bomb[..60]);
    }
}

#[test]
fn long_attributes_are_no_bomb() {
    let page = PAGE.replace("<article>", &format!("<article data-x=\"{}\">", "x".repeat(1_000_000)));
    assert_eq!(read(page.as_bytes()).text, read(PAGE.as_bytes()).text);
}

#[test]
fn a_page_without_main_text_keeps_its_words() {
    let document = read(b"<html><body>");
    assert_eq!(findings(&document), "T005 there is a title and no text\n");
}
