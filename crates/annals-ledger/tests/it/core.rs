//! Making, filling, asking.

use annals_ledger::{Access, Ledger, LedgerError, Operation, Query, Sort, Verdict};
use annals_record::EventType;
use expect_test::expect;

use crate::bench::{Bench, reports};
use crate::told::{added, report};

const THREE: &str = "
    post The-Post 2024-03-12
    armed_clash 2024-03-11 Belu Front>Army killed=12

    times Arda-Times 2024-03-13
    armed_clash 2024-03-11 Belu Front>Army killed=12 says=mayor
    shelling 2024-03-12 Arda Army>Front killed=2

    radio Radio-Korin 2024-03-20
    abduction 2024-03-18 Korin Front>teachers";

fn three() -> Bench {
    let mut bench = Bench::new();
    bench.ingest(THREE);
    bench
}

#[test]
fn reports_of_one_happening_are_one_incident() {
    let bench = three();
    expect![[r#"
        Abduction by Front of teachers, Korin, 18 March 2024 | killed  | radio | Unreviewed
        Shelling by Army of Front, Arda, 12 March 2024 | killed 2 | times | Unreviewed
        Clash between Front and Army, Belu, 11 March 2024 | killed 12 | post times | Unreviewed
    "#]]
    .assert_eq(&bench.list(&Query::default()));
}

#[test]
fn a_ledger_is_found_from_the_folders_below() {
    let bench = three();
    let below = bench.path().join("a/b");
    std::fs::create_dir_all(&below).unwrap();
    assert_eq!(Ledger::find(&below).unwrap(), bench.path());
    assert!(matches!(Ledger::init(bench.path()), Err(LedgerError::AlreadyThere { .. })));
    let elsewhere = tempfile::tempdir().unwrap();
    assert!(matches!(Ledger::open(elsewhere.path(), Access::Read), Err(LedgerError::NotFound { .. })));
}

#[test]
fn what_is_there_is_not_taken_twice() {
    let mut bench = three();
    let again = bench.ingest(THREE);
    assert_eq!((again.operation, again.n_known, again.n_new), (None, 3, 0));
    assert_eq!(bench.ledger.head().unwrap(), 1);
}

#[test]
fn a_reader_sees_what_the_writer_has_acknowledged() {
    let mut bench = three();
    let reader = Ledger::open(bench.path(), Access::Read).unwrap();
    let before = reader.incidents(&Query::default()).unwrap();
    bench.ingest("late The-Post 2024-04-02\nbombing 2024-04-01 Tolma Front>Army killed=1");
    let after = reader.incidents(&Query::default()).unwrap();
    assert_eq!((before.incidents.len(), after.incidents.len()), (3, 4));
}

#[track_caller]
fn check(query: &Query, expect: &expect_test::Expect) {
    expect.assert_eq(&three().list(query));
}

#[test]
fn filters() {
    let query = Query::default;
    check(
        &Query { from: "2024-03-12".parse().ok(), ..query() },
        &expect![[r#"
        Abduction by Front of teachers, Korin, 18 March 2024 | killed  | radio | Unreviewed
        Shelling by Army of Front, Arda, 12 March 2024 | killed 2 | times | Unreviewed
    "#]],
    );
    check(
        &Query { to: "2024-03-11".parse().ok(), ..query() },
        &expect![[r#"
            Clash between Front and Army, Belu, 11 March 2024 | killed 12 | post times | Unreviewed
        "#]],
    );
    check(
        &Query { place: Some("ARDA".to_owned()), ..query() },
        &expect![[r#"
        Shelling by Army of Front, Arda, 12 March 2024 | killed 2 | times | Unreviewed
    "#]],
    );
    check(
        &Query { adm1: Some("K Province".to_owned()), iso3: Some("VEL".to_owned()), ..query() },
        &expect![[r#"
        Abduction by Front of teachers, Korin, 18 March 2024 | killed  | radio | Unreviewed
    "#]],
    );
    check(
        &Query { actors: vec!["test:teachers".to_owned()], ..query() },
        &expect![[r#"
        Abduction by Front of teachers, Korin, 18 March 2024 | killed  | radio | Unreviewed
    "#]],
    );
    check(
        &Query { types: vec![EventType::Shelling, EventType::Abduction], ..query() },
        &expect![[r#"
        Abduction by Front of teachers, Korin, 18 March 2024 | killed  | radio | Unreviewed
        Shelling by Army of Front, Arda, 12 March 2024 | killed 2 | times | Unreviewed
    "#]],
    );
    check(
        &Query { killed_at_least: Some(10), ..query() },
        &expect![[r#"
            Clash between Front and Army, Belu, 11 March 2024 | killed 12 | post times | Unreviewed
        "#]],
    );
    check(
        &Query { text: Some("mayor belu".to_owned()), ..query() },
        &expect![[r#"
            Shelling by Army of Front, Arda, 12 March 2024 | killed 2 | times | Unreviewed
            Clash between Front and Army, Belu, 11 March 2024 | killed 12 | post times | Unreviewed
        "#]],
    );
    check(
        &Query { text: Some("teach*".to_owned()), ..query() },
        &expect![[r#"
        Abduction by Front of teachers, Korin, 18 March 2024 | killed  | radio | Unreviewed
    "#]],
    );
    check(&Query { text: Some("\"quoted\" OR (".to_owned()), ..query() }, &expect![""]);
    let bounds = annals_ledger::Bounds { south: 11.5, west: 18.0, north: 12.5, east: 19.0 };
    check(
        &Query { bounds: Some(bounds), ..query() },
        &expect![[r#"
        Shelling by Army of Front, Arda, 12 March 2024 | killed 2 | times | Unreviewed
    "#]],
    );
}

#[test]
fn the_text_of_reports_is_found() {
    let mut bench = Bench::new();
    let [mut post, mut times] = ["post The-Post 2024-03-12", "times Times 2024-04-13"].map(|head| {
        let day = if head.starts_with("post") { "2024-03-11" } else { "2024-04-12" };
        report(&format!("{head}\narmed_clash {day} Belu Front>Army"))
    });
    post.document.text += "The bakery had been rebuilt in spring.\n";
    times.document.text += "It is the second fight here.\n";
    bench.ingest_coded(vec![post.clone(), times]);
    let found = |bench: &Bench, words: &str, as_of| {
        bench.list(&Query { text: Some(words.to_owned()), as_of, ..Query::default() })
    };
    let bakery = found(&bench, "rebuilt BAKERY", None);
    expect![[r#"
        Clash between Front and Army, Belu, 11 March 2024 | killed  | post | Unreviewed
    "#]]
    .assert_eq(&bakery);
    assert_eq!(found(&bench, "baker*", None), bakery);
    assert_eq!(found(&bench, "bakery second", None), "", "no report has both");
    assert_eq!(found(&bench, "bakery", Some("2024-01-01T00:00:00Z".parse().unwrap())), "");
    let many = Query { text: Some("attacked".to_owned()), ..Query::default() };
    assert_eq!(bench.ledger.count(&many, 10).unwrap(), 2);

    // A newer reading of the same report, and its withdrawal.
    post.document.text = post.document.text.replace("bakery", "school");
    bench.ingest_coded(vec![post.clone()]);
    assert_eq!((found(&bench, "bakery", None), found(&bench, "school", None)), (String::new(), bakery));
    let stamp = bench.tick();
    bench.ledger.withdraw(&stamp, &post.report.id, "asked to").unwrap();
    assert_eq!(found(&bench, "school", None), "");
}

#[test]
fn words_that_many_have_are_found_page_by_page() {
    let mut bench = Bench::new();
    let villages = ["Belu", "Arda", "Korin", "Tolma", "Vesh", "Saru", "Ilmet", "Ozda"];
    let days: Vec<_> =
        "2023-01-05".parse::<jiff::civil::Date>().unwrap().series(jiff::ToSpan::days(12)).take(30).collect();
    for (n, day) in days.iter().enumerate() {
        let told = villages.iter().enumerate().map(|(at, village)| {
            // Of four one has the words in its report alone, one not at all.
            let (trigger, said) = match (n + at) % 4 {
                0 => ("shelled", "The bakery burned.\n"),
                1 => ("shelled", ""),
                _ => ("bakery", ""),
            };
            let mut told =
                report(&format!("r{n}-{at} Post {day}\narmed_clash {day} {village} Front>Army trigger={trigger}"));
            told.document.text += said;
            told
        });
        bench.ingest_coded(told.collect());
    }
    for sort in [Sort::Newest, Sort::Oldest, Sort::Changed, Sort::Killed] {
        let all = bench.incidents(&Query { sort, limit: 1000, ..Query::default() });
        let lacking =
            bench.incidents(&Query { sort, limit: 1000, text: Some("shelled".to_owned()), ..Query::default() });
        let begun = if sort == Sort::Newest { "bak*" } else { "bakery" };
        let mut query = Query { sort, limit: 7, text: Some(begun.to_owned()), ..Query::default() };
        let mut found = Vec::new();
        loop {
            let page = bench.ledger.incidents(&query).unwrap();
            found.extend(page.incidents);
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        assert_eq!((all.len(), lacking.len(), found.len()), (240, 120, 180), "{sort:?}");
        let expected: Vec<_> = all.into_iter().filter(|it| found.contains(it)).collect();
        assert_eq!(found, expected, "{sort:?}");
    }
    let query = Query { text: Some("bakery".to_owned()), ..Query::default() };
    assert_eq!(bench.ledger.count(&query, 1000).unwrap(), 180);
    let front = Query { actors: vec!["test:front".to_owned()], ..query.clone() };
    assert_eq!(bench.incidents(&Query { limit: 1000, ..front.clone() }).len(), 180);
    assert_eq!(bench.ledger.count(&front, 100).unwrap(), 100);
}

#[test]
fn a_beginning_that_many_words_share_is_found() {
    let mut bench = Bench::new();
    let mut day = "1990-01-01".parse::<jiff::civil::Date>().unwrap();
    for n in 0..32 {
        let mut told = format!("r{n} Post 2024-01-01");
        for at in 0..110 {
            day = day.saturating_add(jiff::ToSpan::days(3));
            // Reports of one word, and of 110 with one beginning.
            let trigger = if n % 8 == 3 { "shelled".to_owned() } else { format!("bakery{at}") };
            told += &format!("\narmed_clash {day} Belu Front>Army trigger={trigger}");
        }
        bench.ingest_coded(vec![report(&told)]);
    }
    let query = |text: &str| Query { text: Some(text.to_owned()), limit: 1000, ..Query::default() };
    let ids = |query: &Query| -> Vec<_> { bench.incidents(query).into_iter().map(|it| it.id).collect() };
    let (all, shelled) = (ids(&Query { limit: 1000, ..Query::default() }), ids(&query("shelled")));
    let expected: Vec<_> = all.into_iter().filter(|it| !shelled.contains(it)).collect();
    assert_eq!(ids(&query("bak*"))[..expected.len()], expected);
    assert_eq!(bench.ledger.count(&query("bak*"), 10_000).unwrap(), 28 * 110);
    assert_eq!(bench.ledger.count(&query("bak* shel*"), 10_000).unwrap(), 0);
}

#[test]
fn pages_follow_each_other() {
    let bench = three();
    for sort in [Sort::Newest, Sort::Oldest, Sort::Changed, Sort::Killed] {
        let whole = bench.incidents(&Query { sort, ..Query::default() });
        let mut query = Query { sort, limit: 1, ..Query::default() };
        let mut parts = Vec::new();
        loop {
            let page = bench.ledger.incidents(&query).unwrap();
            parts.extend(page.incidents);
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        assert_eq!(parts, whole, "{sort:?}");
    }
    let wrong = Query { after: Some("nonsense".to_owned()), ..Query::default() };
    assert!(matches!(bench.ledger.incidents(&wrong), Err(LedgerError::Refused { .. })));
    assert_eq!(bench.ledger.count(&Query::default(), 100).unwrap(), 3);
}

#[test]
fn an_undone_ingest_is_gone_and_comes_back() {
    let mut bench = three();
    let before = bench.list(&Query::default());
    let stamp = bench.tick();
    bench.ledger.undo(&stamp, 1, Some("wrong folder")).unwrap();
    assert_eq!(bench.list(&Query::default()), "");
    let stamp = bench.tick();
    assert!(bench.ledger.undo(&stamp, 1, None).is_err(), "it is undone already");
    bench.ledger.undo(&stamp, 2, None).unwrap();
    assert_eq!(bench.list(&Query::default()), before);
    let kinds: Vec<_> =
        bench.ledger.log(None, 10).unwrap().into_iter().map(|it| (it.seq, it.operation.kind(), it.in_force)).collect();
    assert_eq!(kinds, [(3, "undo", true), (2, "undo", false), (1, "coding", true)]);
}

#[test]
fn decisions_outlive_a_new_coding() {
    let mut bench = three();
    let id = bench.find("Belu");
    let stamp = bench.tick();
    bench.ledger.decide(&stamp, &id, Verdict::Accept, Some("checked")).unwrap();
    let mut recoded = reports(THREE);
    for report in &mut recoded {
        report.report.model = "told 2".to_owned();
        // The newer model finds another event before the others.
        let mut first = report.events[0].clone();
        first.trigger = annals_record::Span { start: 0, end: 4, text: "News".to_owned() };
        first.event_type = EventType::Other;
        first.location = None;
        first.places.clear();
        report.events.insert(0, first);
        for (idx, event) in report.events.iter_mut().enumerate() {
            event.id = format!("e{}", idx + 1);
        }
    }
    let done = bench.ingest_coded(recoded);
    assert_eq!((done.n_recoded, done.n_new), (3, 0));
    let account = bench.ledger.incident(&id, None).unwrap().expect("it keeps its name");
    assert_eq!(account.review, annals_incidents::ReviewState::Accepted);
    assert_eq!(account.tellings[0].id.0.rsplit_once('#').unwrap().1, "e2");
    assert!(bench.ledger.lost_decisions().unwrap().is_empty());
}

#[test]
fn what_a_person_adds_outlives_a_new_coding() {
    let mut bench = three();
    let report = reports(THREE).remove(0);
    let event = added(&report, 1, EventType::Abduction);
    let stamp = bench.tick();
    bench.ledger.add(&stamp, &report.report.id, event.clone(), Some("missed")).unwrap();
    let has = |bench: &Bench| {
        let stored = bench.ledger.report(&report.report.id).unwrap().unwrap();
        let kinds: Vec<_> = stored.coded.events.iter().map(|it| (it.id.clone(), it.event_type.as_str())).collect();
        (kinds, stored.added.iter().map(|it| it.0.rsplit_once('@').unwrap().1.to_owned()).collect::<Vec<_>>())
    };
    let told = (vec![("e1".to_owned(), "armed_clash"), ("e2".to_owned(), "abduction")], vec!["5-9".to_owned()]);
    assert_eq!(has(&bench), told);
    assert!(bench.ledger.add(&stamp, &report.report.id, event, None).is_err(), "it is there");

    // The same coding again is no new one; a newer model that finds nothing there leaves it.
    assert_eq!(bench.ingest_coded(vec![report.clone()]).n_known, 1);
    let mut newer = report.clone();
    newer.report.model = "told 2".to_owned();
    bench.ingest_coded(vec![newer.clone()]);
    assert_eq!(has(&bench), told);

    // One that finds something else on the same words gives way.
    let mut found = added(&newer, 1, EventType::Protest);
    "e1".clone_into(&mut found.id);
    "e2".clone_into(&mut newer.events[0].id);
    newer.events.insert(0, found);
    bench.ingest_coded(vec![newer.clone()]);
    assert_eq!(has(&bench).0, [("e1".to_owned(), "abduction"), ("e2".to_owned(), "armed_clash")]);

    // A text that was taken anew moves it; one without the words loses it, and that is told.
    newer.events.clear();
    newer.document.text = format!("Late {}", newer.document.text);
    bench.ingest_coded(vec![newer.clone()]);
    let moved = bench.ledger.report(&report.report.id).unwrap().unwrap().coded.events.remove(0);
    assert_eq!((moved.trigger.start, moved.trigger.text.as_str()), (10, "from"));
    newer.document.text = "Nothing".to_owned();
    bench.ingest_coded(vec![newer]);
    let lost = bench.ledger.lost_decisions().unwrap();
    assert!(matches!(lost[0].0.operation, Operation::Add { .. }));
}

#[test]
fn what_a_person_adds_leaves_with_a_withdrawn_report() {
    let mut bench = three();
    let report = reports(THREE).remove(0);
    let stamp = bench.tick();
    let event = added(&report, 1, EventType::Abduction);
    let seq = bench.ledger.add(&stamp, &report.report.id, event, Some("missed")).unwrap();
    bench.ledger.withdraw(&stamp, &report.report.id, "a name that must not be told").unwrap();
    let Operation::Add { event, reason, .. } = bench.ledger.operation(seq).unwrap().operation else { panic!() };
    assert_eq!((event, reason), (None, None));
}

#[test]
fn a_decision_whose_telling_is_gone_is_told_of() {
    let mut bench = three();
    let id = bench.find("Korin");
    let stamp = bench.tick();
    bench.ledger.decide(&stamp, &id, Verdict::Reject, Some("rumour")).unwrap();
    let mut recoded = reports(THREE).pop().unwrap();
    recoded.events.clear();
    bench.ingest_coded(vec![recoded]);
    let lost = bench.ledger.lost_decisions().unwrap();
    assert!(matches!(lost[0].0.operation, Operation::Decide { verdict: Verdict::Reject, .. }));
}
