//! What changed, who holds what, how many: questions beyond the list.

use annals_ledger::{Assertion, By, Change, Fate, Holding, Query, StatementQuery, Verdict};
use annals_record::StatementKind;
use expect_test::{Expect, expect};
use jiff::civil::Date;

use crate::bench::{Bench, reports};
use crate::told::with_statement;

const POST: &str = "post The-Post 2024-03-12\narmed_clash 2024-03-11 Belu Front>Army killed=12";
const TIMES: &str = "times Arda-Times 2024-03-13\narmed_clash 2024-03-11 Belu Front>Army killed=12";
const RADIO: &str = "radio Radio 2024-03-13\narmed_clash 2024-03-11 Belu Front>Army killed=14 says=mayor";

fn told(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let fate = match &change.fate {
            Fate::New => "new".to_owned(),
            Fate::Changed => "changed".to_owned(),
            Fate::Gone => "gone".to_owned(),
            Fate::Merged { into } => format!("merged into {}", into.len()),
            Fate::Parted { from } => format!("parted from {}", from.len()),
        };
        text += &format!("{fate}: {}\n", change.title);
        for field in &change.fields {
            text +=
                &format!("  {}: {:?} → {:?} {}\n", field.field, field.before, field.after, field.because.join("; "));
        }
    }
    text
}

#[test]
fn what_moved_a_figure_is_told() {
    let mut bench = Bench::new();
    bench.ingest(POST);
    let then = bench.now();
    bench.ingest(TIMES);
    bench.ingest("late Late-News 2024-04-01\nbombing 2024-03-30 Tolma Front>Army");
    let id = bench.find("Belu");
    let stamp = bench.tick();
    let figure = serde_json::json!({"what": "killed", "side": "target", "item": null, "low": 13, "best": 13, "high": 13,
        "rule": "", "trace": [], "claims": []});
    bench.ledger.edit(&stamp, &id, "figure", figure, Some("graves counted")).unwrap();
    expect![[r#"
        changed: Clash between Front and Army, Belu, 11 March 2024
          review: "unreviewed" → "corrected" 
          killed, target: "12" → "13" “12” by Arda-Times, 2024-03-13; rule reviewer in place of ucdp
          tellings: "1 tellings, 1 independent" → "2 tellings, 2 independent" told by Arda-Times, 2024-03-13
        new: Bombing by Front of Army, Tolma, 30 March 2024
    "#]]
    .assert_eq(&told(&bench.ledger.diff(then, None).unwrap()));
    assert!(bench.ledger.diff(bench.now(), None).unwrap().is_empty());
    assert_eq!(bench.ledger.history(&id).unwrap().len(), 3);
}

#[test]
fn merged_and_parted_ones_tell_of_each_other() {
    let mut bench = Bench::new();
    bench.ingest(&format!("{POST}\n\nother Other 2024-03-20\nshelling 2024-03-19 Arda Army>Front"));
    let (one, other, then) = (bench.find("Belu"), bench.find("Arda"), bench.now());
    let stamp = bench.tick();
    bench.ledger.merge(&stamp, &[one.clone(), other.clone()], Some("one offensive")).unwrap();
    let merged = bench.now();
    let told_merge = told(&bench.ledger.diff(then, None).unwrap());
    let kept = if bench.ledger.incident(&one, None).unwrap().is_some() { &one } else { &other };
    let gone = if kept == &one { &other } else { &one };
    assert_eq!(&bench.ledger.successors(gone).unwrap()[..], std::slice::from_ref(kept));
    let anchors = bench.ledger.anchors(kept).unwrap();
    let stamp = bench.tick();
    bench.ledger.split(&stamp, kept, &anchors[1..], None).unwrap();
    let told_split = told(&bench.ledger.diff(merged, None).unwrap());
    assert!(told_merge.contains("merged into 1"), "{told_merge}");
    assert!(told_split.contains("parted from 1"), "{told_split}");
    assert!(bench.ledger.incident(gone, None).unwrap().is_some(), "it has its name again");
}

#[test]
fn counts() {
    let mut bench = Bench::new();
    bench.ingest(&format!("{POST}\n\n{TIMES}\n\nlate Late 2024-04-02\nbombing 2024-04-01 Tolma Front>Army killed=3"));
    let mut text = String::new();
    for by in [By::Year, By::Month, By::Adm1, By::Type, By::Actor, By::Review] {
        for it in bench.ledger.stats(&Query::default(), by).unwrap() {
            text += &format!(
                "{} {} killed {} in {}\n",
                it.group.unwrap_or_default(),
                it.incidents,
                it.killed,
                it.with_killed
            );
        }
    }
    expect![[r#"
        2024 2 killed 15 in 2
        2024-03 1 killed 12 in 1
        2024-04 1 killed 3 in 1
        B Province 1 killed 12 in 1
        T Province 1 killed 3 in 1
        armed_clash 1 killed 12 in 1
        bombing 1 killed 3 in 1
        test:army 2 killed 15 in 2
        test:front 2 killed 15 in 2
        unreviewed 2 killed 15 in 2
    "#]]
    .assert_eq(&text);
    assert_eq!(bench.ledger.totals().unwrap().events, 3);
}

#[test]
fn a_report_is_kept_as_it_came() {
    let mut bench = Bench::new();
    bench.ingest(&format!("{POST}\n\n{RADIO}"));
    let lines = bench.ledger.reports(None, 10).unwrap();
    assert_eq!(lines.iter().map(|it| it.doc.as_str()).collect::<Vec<_>>(), ["radio", "post"]);
    assert_eq!(bench.ledger.reports(Some(&lines[0].id), 10).unwrap(), lines[1..]);
    let stored = bench.ledger.report(&lines[0].id).unwrap().unwrap();
    assert_eq!(stored.coded, reports(RADIO)[0]);
    assert_eq!(stored.received.unwrap(), stored.coded.document.text.as_bytes());
    assert_eq!(bench.ledger.telling(&stored.tellings[0].0).unwrap().event, stored.coded.events[0]);
}

#[test]
fn copies_are_one_source() {
    let mut bench = Bench::new();
    let body =
        "armed_clash 2024-03-11 Belu Front>Army killed=12 says=mayor\nshelling 2024-03-11 Belu Army>Front killed=2
        bombing 2024-03-09 Tolma Front>Army killed=3 says=colonel";
    bench.ingest(&format!("copy Zeta-Post 2024-03-13\n{body}"));
    bench.ingest(&format!("post Post 2024-03-12\n{body}"));
    let copy = bench.ledger.reports(None, 10).unwrap().into_iter().find(|it| it.doc == "copy").unwrap();
    assert!(copy.copy_of.is_some());
    for incident in bench.incidents(&Query::default()) {
        assert_eq!((incident.tellings.len(), incident.n_independent), (2, 1), "{}", incident.title);
    }
}

#[test]
fn what_people_keep_apart_is_not_proposed_again() {
    let mut bench = Bench::new();
    bench.ingest(&format!(
        "{POST}\n\nnear Near 2024-03-13\ntargeted_violence 2024-03-12 Belu Front>villagers killed=12"
    ));
    let proposals = bench.ledger.proposals(10).unwrap();
    let incidents = bench.incidents(&Query::default());
    if incidents.len() == 2 {
        let (score, _) = bench.ledger.compare(&incidents[0].id, &incidents[1].id).unwrap();
        assert!((0.0..=1.0).contains(&score));
        let stamp = bench.tick();
        bench.ledger.keep_apart(&stamp, &incidents[0].id, &incidents[1].id, Some("another day")).unwrap();
    }
    assert!(proposals.len() <= 1);
    assert!(bench.ledger.proposals(10).unwrap().is_empty());
}

#[test]
fn the_last_judgement_counts() {
    let mut bench = Bench::new();
    bench.ingest(POST);
    let id = bench.find("Belu");
    for (verdict, expected) in
        [(Verdict::Accept, "Accepted"), (Verdict::Reject, "Rejected"), (Verdict::Reopen, "Unreviewed")]
    {
        let stamp = bench.tick();
        bench.ledger.decide(&stamp, &id, verdict, None).unwrap();
        assert_eq!(format!("{:?}", bench.ledger.incident(&id, None).unwrap().unwrap().review), expected);
        assert_eq!(bench.incidents(&Query::default()).is_empty(), expected == "Rejected");
    }
}

/// Who holds Belu on a day, after these statements: day of publication, kind, party.
#[track_caller]
fn check_control(statements: &[(&str, StatementKind, &str)], on: &str, expect: &Expect) {
    let mut bench = Bench::new();
    for (idx, (day, kind, party)) in statements.iter().enumerate() {
        let report = reports(&format!("r{idx} Outlet-{idx} {day}")).remove(0);
        bench.ingest_coded(vec![with_statement(report, *kind, party, "Belu")]);
    }
    let on: Date = on.parse().expect("a day");
    let holding = bench.ledger.control_of_place("belu", on, None).expect("it can be read");
    expect.assert_eq(&holding.map(|it| in_words(&it)).unwrap_or_default());
}

fn in_words(holding: &Holding) -> String {
    let mut text = format!("{} {:?}\n", holding.place, holding.state);
    for it in &holding.holders {
        text += &format!("  {} since {}, last said {}, worth {:.2}\n", it.party, it.since, it.last_said, it.worth);
    }
    text
}

#[test]
fn control_is_what_is_said() {
    use StatementKind::{Contested, Control, Lost};
    check_control(
        &[("2024-01-01", Control, "Army"), ("2024-03-01", Control, "Army")],
        "2024-03-10",
        &expect![[r#"
        Belu Held
          Army since 2024-01-01, last said 2024-03-01, worth 0.97
    "#]],
    );
    check_control(
        &[("2024-01-01", Control, "Army"), ("2024-03-01", Lost, "Army")],
        "2024-03-10",
        &expect![[r#"
        Belu Unclear
    "#]],
    );
    check_control(
        &[("2024-03-01", Control, "Army"), ("2024-03-05", Control, "Front")],
        "2024-03-10",
        &expect![[r#"
            Belu Contested
              Front since 2024-03-05, last said 2024-03-05, worth 0.98
              Army since 2024-03-01, last said 2024-03-01, worth 0.97
        "#]],
    );
    check_control(
        &[("2023-01-01", Control, "Army"), ("2024-03-05", Control, "Front")],
        "2024-03-10",
        &expect![[r#"
            Belu Held
              Front since 2024-03-05, last said 2024-03-05, worth 0.98
        "#]],
    );
    check_control(
        &[("2024-03-01", Control, "Army"), ("2024-03-05", Contested, "Army")],
        "2024-03-10",
        &expect![[r#"
            Belu Contested
              Army since 2024-03-01, last said 2024-03-01, worth 0.97
        "#]],
    );
    check_control(
        &[("2020-03-01", Control, "Army")],
        "2024-03-10",
        &expect![[r#"
        Belu Unclear
          Army since 2020-03-01, last said 2020-03-01, worth 0.00
    "#]],
    );
}

#[test]
fn who_takes_a_place_ends_what_was_said_before() {
    let mut bench = Bench::new();
    let said = with_statement(reports("r1 Post 2024-03-01").remove(0), StatementKind::Control, "Army", "Belu");
    bench.ingest_coded(vec![said]);
    bench.ingest("r2 Post 2024-03-12\nterritory_taken 2024-03-11 Belu Front>Army trigger=captured");
    let on: Date = "2024-03-20".parse().unwrap();
    let holdings = bench.ledger.control_of_actor(&["test:army".to_owned()], on, None).unwrap();
    expect![[r#"
        Belu Held
          Front since 2024-03-11, last said 2024-03-11, worth 0.97
    "#]]
    .assert_eq(&holdings.iter().map(in_words).collect::<String>());
    let words: Vec<&str> = holdings[0].assertions.iter().map(|it: &Assertion| it.words.as_str()).collect();
    assert_eq!(words.last(), Some(&"captured"));
    let stated = bench
        .ledger
        .statements(&StatementQuery { place: Some("BELU".to_owned()), ..StatementQuery::default() })
        .unwrap();
    assert_eq!(stated.len(), 1);
}
