use expect_test::expect;

use crate::run::Folder;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/written");

#[test]
fn gold_scored_against_itself_is_perfect() {
    let ran = Folder::new().run(&format!("eval gold {CORPUS}/gold {CORPUS}/docs --coded {CORPUS}/gold"));
    assert!(ran.stdout.ends_with("\noverall 100.0\n"), "{}", ran.stdout);
    ran.said(0, &expect![""]);
}

#[test]
fn reports_are_coded_and_scored() {
    let ran = Folder::new().run(&format!("eval gold {CORPUS}/gold {CORPUS}/docs --json"));
    let figures: serde_json::Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(figures["missing"], 0);
    assert!(figures["detect"].as_f64().is_some_and(|it| it > 0.0), "{figures}");
    ran.said(0, &expect![""]);
}

#[test]
fn a_fold_can_be_chosen() {
    let folder = Folder::new().with("folds.json", r#"{"folds": [["written-a03"], ["written-a06", "written-a14"]]}"#);
    let gold = format!("eval gold {CORPUS}/gold {CORPUS}/docs --coded {CORPUS}/gold --folds folds.json --per-doc");
    let docs = |args: &str| {
        let stdout = folder.run(args).stdout;
        stdout.lines().filter_map(|it| it.split_once(" {")).map(|it| it.0.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(docs(&format!("{gold} --fold 1")), ["written-a06", "written-a14"]);
    assert_eq!(docs(&gold).len(), 3);
    folder.run(&format!("{gold} --fold 2")).said(
        2,
        &expect![[r#"
            error: folds.json:1 is not an object with "folds", a list of lists of report ids, among them the fold asked for
        "#]],
    );
}

#[test]
fn a_row_is_derived_from_each_release() {
    let row = r#"{\"start_date\": \"2011-05-02\", \"min_killed\": 3, \"min_captured\": 0}"#;
    let text = "PRESS RELEASE TEXT: KABUL, Afghanistan (May 3, 2011)\\nSoldiers killed three insurgents in Arda district yesterday.";
    let line = format!(r#"{{"conversations": [{{"value": "task"}}, {{"value": "{text}"}}, {{"value": "{row}"}}]}}"#);
    let ran = Folder::new().with("dev.jsonl", line).run("eval isaf dev.jsonl");
    assert!(ran.stdout.starts_with("start_date ") && ran.stdout.ends_with("releases 1\n"), "{}", ran.stdout);
    ran.said(0, &expect![""]);
}

#[test]
fn what_was_chosen_among_is_printed_for_those_who_fit_judges() {
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/reader-en");
    let ran = Folder::new().run(&format!("eval gold {CORPUS}/gold {CORPUS}/docs --choices --model {model}"));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let fields = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let lines: Vec<Vec<String>> = ran.stdout.lines().map(fields).collect();
    for role in ["agent", "target", "place", "source", "date"] {
        assert!(lines.iter().any(|it| it[0] == role && it[3] == "1" && it[4] == "1"), "no {role} is right");
    }
    assert!(lines.iter().all(|it| it[6].starts_with("share=")), "the reader's own score comes first");
}

#[test]
fn a_model_that_is_not_there_is_told() {
    let ran = Folder::new().run(&format!("eval gold {CORPUS}/gold {CORPUS}/docs --model nowhere"));
    assert_eq!(ran.code, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("cannot use the model in nowhere"), "{}", ran.stderr);
}
