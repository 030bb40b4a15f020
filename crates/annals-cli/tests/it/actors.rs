//! `annals actors`: proposals and a user's own packs, and that own packs take effect where reports are coded.

use expect_test::expect;
use serde_json::{Value, json};

use crate::run::Folder;

/// A coded report that tells of a leader whom the registry does not know.
fn coded() -> String {
    let text = "Moussa Ag Arda leads JNIM.";
    let span = |start: usize, end: usize| json!({"start": start, "end": end, "text": &text[start..end]});
    let jnim = json!({"id": "jnim", "name": "JNIM", "score": 1.0, "why": ""});
    let leads = json!({
        "kind": "leads", "span": span(0, 25), "date": null, "sources": [], "confidence": 0.9,
        "subject": {"span": span(0, 14), "name": null, "actor": null, "place": null},
        "object": {"span": span(21, 25), "name": "JNIM", "actor": jnim, "place": null},
        "low": null, "high": null, "what": null,
    });
    let report = json!({
        "id": "sha256:0", "source": null, "title": "", "published": "2024-03-14", "publisher": "Sahel Wire",
        "language": "en", "coder": "annals", "model": "none", "packs": [],
    });
    let coded = json!({
        "record": 1, "doc": "d1", "report": report, "document": {"text": text}, "events": [], "statements": [leads],
        "findings": [],
    });
    coded.to_string() + "\n"
}

const FRONT: &str = r#"
[[actor]]
id = "zembra-liberation-front"
name = "Zembra Liberation Front"
kind = "armed_group"
sort = "rebels"
active = ["MLI 2019-"]
note = "Made up for this test."
source = "written for this test"
"#;

const VILLAGE: &str = r#"
[[place]]
id = "mli-ouzelkoro"
name = "Ouzelkoro"
kind = "village"
country = "MLI"
adm1 = "Gao"
parent = "Ansongo"
lat = 15.5
lon = 0.6
note = "written for this test"
"#;

const RAID: &str = "Rebels attack village\n\nRebels of the Zembra Liberation Front attacked the village of Ouzelkoro in \
                    Mali on Monday, killing 12 soldiers.\n";

/// Who attacked, and which village, as the first event has it; and the packs.
fn first(report: &Value) -> String {
    let event = &report["events"][0];
    let places = event["places"].as_array().into_iter().flatten();
    let mut villages = places.filter(|it| it["span"]["text"].as_str().is_some_and(|text| text.contains("Ouzelkoro")));
    let village = villages.next().unwrap_or(&Value::Null);
    let (agent, place) = (&event["agents"][0]["actor"]["id"], &village["place"]["id"]);
    format!("{agent} at {place} by {}", report["report"]["packs"])
}

#[test]
fn a_proposal_is_written_checked_and_accepted() {
    let folder = Folder::new().with("coded.jsonl", coded());
    let proposed = folder.run("actors propose coded.jsonl");
    expect![[r#"
        1 proposals; check them, then annals actors import
    "#]]
    .assert_eq(&proposed.stderr);
    assert_eq!(proposed.code, Some(0));
    expect![[r##"
        # A001 Moussa Ag Arda is told to lead JNIM; the registry knows Iyad Ag Ghali, Amadou Koufa
        [[amend]]
        id = "jnim"
        leaders = [{ name = "Moussa Ag Arda", from = "2024-03-14", source = "Sahel Wire, 2024-03-14 (d1)", uncertain = true }]

    "##]].assert_eq(&proposed.stdout);

    let folder = folder.with("leader.toml", &proposed.stdout);
    let accepted = folder.run("actors import leader.toml");
    assert_eq!(accepted.code, Some(0), "{}", accepted.stderr);
    let shown = folder.run("actors show jnim");
    assert!(shown.stdout.contains("Moussa Ag Arda"), "{}", shown.stdout);
    // What is accepted is no news any more, and no file is written over.
    assert_eq!(folder.run("actors propose coded.jsonl").code, Some(1));
    assert_eq!(folder.run("actors import leader.toml").code, Some(2));
}

#[test]
fn nothing_is_accepted_that_contradicts_the_registry() {
    let folder = Folder::new().with("wrong.toml", "[[amend]]\nid = \"nobody-of-this-name\"\naliases = [\"X\"]\n");
    let ran = folder.run("actors import wrong.toml --into mine");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("wrong.toml") && ran.stderr.contains("nobody-of-this-name"), "{}", ran.stderr);
    assert!(!folder.path("mine").exists());
}

#[test]
fn a_country_is_named_by_either_code() {
    let found = |country: &str| Folder::new().run(&format!("actors find Nusra --country {country} --json"));
    let (two, three) = (found("SY"), found("SYR"));
    assert!(two.stdout.contains("nusra"), "{}{}", two.stdout, two.stderr);
    assert_eq!(two.stdout, three.stdout);
    assert_eq!(found("ZZ").code, Some(2));
}

#[test]
fn own_packs_take_effect_where_reports_are_coded() {
    let folder = Folder::new().with("raid.txt", RAID).with("front.toml", FRONT).with("village.toml", VILLAGE);
    let code = "code raid.txt --published 2024-03-14 -f jsonl";
    let before = folder.run(code);
    expect![[r#"null at null by ["actors 0.1.0","places 0.1.0"]"#]].assert_eq(&first(&before.reports()[0]));

    assert_eq!(folder.run("actors import front.toml").code, Some(0));
    assert_eq!(folder.run("places import overlay village.toml").code, Some(0));
    let after = folder.run(code);
    expect![[r#""zembra-liberation-front" at "overlay:mli-ouzelkoro" by ["actors 0.1.0","places 0.1.0","actors/front.toml","places/village.toml"]"#]].assert_eq(&first(&after.reports()[0]));

    // A ledger holds what was coded with them.
    assert_eq!(folder.run("init ledger").code, Some(0));
    let ingested = folder.run("ingest --ledger ledger raid.txt --published 2024-03-14");
    assert_eq!(ingested.code, Some(0), "{}", ingested.stderr);
    let found = folder.run("incidents --ledger ledger --actor zembra-liberation-front");
    assert_eq!(found.code, Some(0), "{}", found.stderr);

    // Without the folder they do not.
    std::fs::create_dir_all(folder.path("none")).expect("it can be made");
    let without = folder.run(&format!("{code} --packs none"));
    assert_eq!(first(&without.reports()[0]), first(&before.reports()[0]));
}

const ACLED: &str =
    "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,location,latitude,longitude,fatalities
MLI9001,2024-03-02,Battles,Armed clash,Zembra Liberation Front,Military Forces of Mali,Mali,Ouzelkoro,15.5,0.6,4
";

#[test]
fn own_packs_take_effect_in_questions_imports_and_exports() {
    let folder = Folder::new().with("mine/actors/front.toml", FRONT).with("acled.csv", ACLED);
    std::fs::create_dir_all(folder.path("none")).expect("it can be made");
    assert_eq!(folder.run("init").code, Some(0));
    let imported = folder.run("import acled acled.csv --packs mine");
    assert_eq!(imported.code, Some(0), "{}", imported.stderr);
    let with_and_without = |command: &str| {
        let run = |packs: &str| {
            let args = command.split('|').chain(["--packs", packs]);
            crate::run::annals(&folder.path("")).args(args).output().expect("it runs").stdout
        };
        [run("mine"), run("none")].map(|it| String::from_utf8(it).expect("annals writes UTF-8"))
    };
    // Only the pack ties the name to the id that the ledger holds.
    for command in [
        "incidents|--format|csv|--actor|Zembra Liberation Front",
        "timeline|Zembra Liberation Front|--format|csv",
        "export|--format|csv|--actor|Zembra Liberation Front",
        "compare|--with|acled|--actor|Zembra Liberation Front",
    ] {
        let [with, without] = with_and_without(command);
        assert!(with.contains("Ouzelkoro") && !without.contains("Ouzelkoro"), "{command}: {with}{without}");
    }
    let [with, without] = with_and_without("stats|--by|actor|--format|csv");
    assert!(with.contains("Zembra Liberation Front,1,"), "{with}");
    assert!(without.contains("zembra-liberation-front,1,"), "{without}");
    let wrong = folder.run("control Ouzelkoro --packs nowhere");
    assert!(wrong.stderr.contains("nowhere is no folder"), "{}", wrong.stderr);
}

#[test]
fn a_wrong_pack_is_told_with_its_file() {
    let folder = Folder::new()
        .with("raid.txt", RAID)
        .with("data/annals/places/mine.toml", VILLAGE.replace("Gao", "Gao\"\nplanet = \"Mars"));
    for command in ["code raid.txt", "serve --init . --port 0"] {
        let ran = folder.run(command);
        assert_eq!(ran.code, Some(2), "{command}");
        assert!(ran.stderr.contains("mine.toml") && ran.stderr.contains("planet"), "{}", ran.stderr);
    }
    let ran = folder.run("code raid.txt --packs nowhere");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("nowhere is no folder"), "{}", ran.stderr);
}
