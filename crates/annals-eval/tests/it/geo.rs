//! Toponyms found and placed.

use std::ops::Range;

use annals_eval::geo::GeoSet;
use annals_places::Gazetteer;
use expect_test::expect;

/// Two articles in the form of the sets; "Arda" has no coordinates.
const SET: &str = r#"<articles>
  <article><text>Soldiers left Gao for Ansongo. Arda was quiet.</text><toponyms>
    <toponym><start>14</start><phrase>Gao</phrase>
      <gaztag geonameid="2457163"><name>Gao</name><lat>16.27</lat><lon>-0.04</lon></gaztag></toponym>
    <toponym><start>22</start><phrase>Ansongo</phrase>
      <gaztag><name>Ansongo</name><lat>15.66</lat><lon>0.50</lon></gaztag></toponym>
    <toponym><start>31</start><phrase>Arda</phrase></toponym>
  </toponyms></article>
  <article><text>A road to Kidal was cut.</text><toponyms>
    <toponym><start>10</start><phrase>Kidal</phrase>
      <gaztag><name>Kidal</name><lat>18.44</lat><lon>1.41</lon></gaztag></toponym>
  </toponyms></article>
</articles>"#;

#[test]
fn a_naming_is_right_when_found_and_placed_and_counts_once() {
    let set = GeoSet::parse("set.xml", SET).unwrap();
    let at = |start: usize, name: &str| start..start + name.len();
    // Gao twice, Ansongo not at all, Arda, which nothing tells of; then "road" and Kidal.
    let found: [Vec<Range<usize>>; 2] =
        [vec![at(14, "Gao"), at(14, "Gao"), at(31, "Arda")], vec![at(2, "road"), at(10, "Kidal")]];
    expect!["set.xml      end to end: n 3  found 2 of them  namings 4  answered 3  right 2  precision 0.667  recall 0.667  F1 0.667"]
        .assert_eq(&set.score_found(&Gazetteer::embedded(), &found).to_string());
}
