//! Expected figures were computed by the reference scorer from the same files.

use std::path::{Path, PathBuf};

use annals_eval::gold::{GoldScores, read_coded, read_gold, score};
use expect_test::{Expect, expect};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn scores(coded: &str) -> GoldScores {
    let gold = read_gold(&here("../../corpus/written/gold")).expect("the corpus is in the project");
    score(&gold, &read_coded(&here(coded)).expect("the codings are in the project"))
}

#[track_caller]
fn check(actual: &str, expect: &Expect) {
    expect.assert_eq(actual);
}

#[test]
fn flawed_codings_score_as_by_the_reference() {
    check(
        &scores("tests/it/coded.jsonl").to_string(),
        &expect![[r#"
                       prec    rec     F1   gold
        detect         93.2   77.4   84.5     53
        type           68.2   56.6   61.9     53
        agents         73.5   61.0   66.7     41
        targets        68.2   66.7   67.4     45
        places         72.0   67.8   69.8     87
        date           84.6   71.7   77.6     46
        killed         46.7   30.4   36.8     23
        injured       100.0   25.0   40.0      8
        sources        70.5   57.4   63.3     54
        statements    100.0   78.9   88.2     19
        where          74.3   51.0   60.5     51
        captured       66.7   44.4   53.3      9
        seized         52.4   47.8   50.0     23
        side           29.4   16.1   20.8     31
        weapons        75.0   75.0   75.0      4
        realis         85.4   85.4   85.4     41
        reports without a coding: 1
        overall 65.6
    "#]],
    );
}

#[test]
fn each_report_scores_as_by_the_reference() {
    let lines: Vec<String> = scores("tests/it/coded.jsonl").per_report_lines().collect();
    check(
        &lines.join("\n"),
        &expect![[r#"
        written-a03 {'detect': '92', 'type': '77', 'agents': '89', 'targets': '71', 'places': '74', 'date': '77', 'killed': '100'}
        written-a06 {'detect': '100', 'type': '67', 'agents': '91', 'targets': '89', 'places': '84', 'date': '100', 'killed': '33'}
        written-a12 {'detect': '77', 'type': '77', 'agents': '40', 'targets': '80', 'places': '63', 'date': '73', 'killed': '67'}
        written-a14 {'detect': '100', 'type': '75', 'agents': '86', 'targets': '75', 'places': '67', 'date': '100', 'killed': '67'}
        written-a16 {'detect': '0', 'type': '0', 'agents': '0', 'targets': '0', 'places': '0', 'date': '0', 'killed': '0'}
        written-b08 {'detect': '50', 'type': '0', 'agents': '0', 'targets': '50', 'places': '29', 'date': '0', 'killed': '29'}
        written-b22 {'detect': '92', 'type': '46', 'agents': '67', 'targets': '60', 'places': '62', 'date': '92', 'killed': '0'}
        written-c08 {'detect': '100', 'type': '100', 'agents': '57', 'targets': '67', 'places': '88', 'date': '86', 'killed': '0'}
        written-c21 {'detect': '100', 'type': '100', 'agents': '67', 'targets': '67', 'places': '82', 'date': '80', 'killed': '0'}
        written-d14 {'detect': '57', 'type': '29', 'agents': '44', 'targets': '57', 'places': '55', 'date': '29', 'killed': '0'}
        written-e06 {'detect': '80', 'type': '40', 'agents': '86', 'targets': '67', 'places': '75', 'date': '89', 'killed': '100'}
        written-h14 {'detect': '0', 'type': '0', 'agents': '0', 'targets': '0', 'places': '0', 'date': '0', 'killed': '0'}"#]],
    );
}

#[test]
fn figures_as_json() {
    check(
        &scores("tests/it/coded.jsonl").to_json().to_string(),
        &expect![[
            r#"{"detect":84.5,"type":61.9,"agents":66.7,"targets":67.4,"places":69.8,"date":77.6,"killed":36.8,"injured":40.0,"sources":63.3,"statements":88.2,"where":60.5,"captured":53.3,"seized":50.0,"side":20.8,"weapons":75.0,"realis":85.4,"overall":65.6,"missing":1}"#
        ]],
    );
}

#[test]
fn gold_scored_against_itself_is_perfect() {
    let perfect = scores("../../corpus/written/gold");
    check(&format!("{:.1}", perfect.total.overall()), &expect!["100.0"]);
    assert!(perfect.missing.is_empty());
}

#[test]
fn a_bad_line_is_named() {
    let path = std::env::temp_dir().join(format!("annals-eval-{}.jsonl", std::process::id()));
    std::fs::write(&path, "{\"doc\": \"a\"}\n\n{\"doc\": 5}\n").expect("the temporary folder can be written");
    let error = read_coded(&path).expect_err("the third line has no id");
    std::fs::remove_file(&path).expect("it was just written");
    let message = error.to_string().replace(&path.display().to_string(), "PATH");
    check(&message, &expect![[r#"PATH:3 is not a coded report (a JSON object with a "doc" id)"#]]);
}
