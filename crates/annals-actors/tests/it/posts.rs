//! What a report says that a person is. All persons are invented.

use crate::registry;

#[track_caller]
fn check(text: &str, name: &str, expected: Option<(&str, &str)>) {
    let start = text.find(name).unwrap();
    let found = registry().post_of(text, start..start + name.len());
    let found = found.map(|it| (&text[it.title], it.of.map_or("", |it| &text[it])));
    assert_eq!(found, expected, "{text}");
}

#[test]
fn posts_beside_names() {
    check("They killed Abu Arda, Emir of the Intelet region, on Monday.", "Abu Arda", Some(("Emir", "Intelet region")));
    check("JNIM commander Abu Arda was killed.", "Abu Arda", Some(("commander", "JNIM")));
    check("A strike hit the Arda Front's deputy leader, Abu Arda.", "Abu Arda", Some(("deputy leader", "Arda Front")));
    check("Abu Arda, a spokesman for the army, denied it.", "Abu Arda", Some(("spokesman", "army")));
    check("Abu Arda, JNIM's local commander, fled.", "Abu Arda", Some(("local commander", "JNIM")));
    check("Abu Arda said so.", "Abu Arda", None);
    check("The commander left the house of Abu Arda.", "Abu Arda", None);
}
