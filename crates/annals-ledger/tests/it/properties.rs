//! What holds whatever is done.

use annals_incidents::{Incident, Rule};
use annals_ledger::{Ledger, Query, Stamp, StoredReport, Verdict};
use annals_record::{CodedReport, EventType};
use jiff::{Timestamp, ToSpan};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::bench::{Bench, arrivals};
use crate::told::{Tale, added, told};

/// A tale out of a small world, so that many tell of the same happening.
fn tale() -> impl Strategy<Value = Tale> {
    let sides = select(vec!["Front>Army", "Army>Front", "Front>villagers", "League>Front"]);
    let types = select(vec!["armed_clash", "shelling", "targeted_violence", "bombing"]);
    (types, 0..5_i8, select(vec!["Belu", "Arda", "Korin"]), sides, proptest::option::of(1..6_u64)).prop_map(
        |(event_type, day, place, sides, killed)| {
            let killed = killed.map(|it| format!(" killed={it}")).unwrap_or_default();
            Tale::parse(&format!("{event_type} 2024-03-{:02} {place} {sides}{killed}", 10 + day))
        },
    )
}

fn reports(n: std::ops::Range<usize>) -> impl Strategy<Value = Vec<CodedReport>> {
    vec((select(vec!["Post", "Times", "Radio"]), vec(tale(), 1..3)), n).prop_map(|tales| {
        let report = |(idx, (outlet, tales)): (usize, (&str, Vec<Tale>))| {
            let day = "2024-03-16".parse().expect("a day");
            told(&format!("r{idx}"), outlet, day, &tales)
        };
        tales.into_iter().enumerate().map(report).collect()
    })
}

/// Something that is done to a ledger; indexes choose among what is there.
#[derive(Clone, Debug)]
enum Deed {
    Ingest(usize),
    Recode(Index, Index),
    Add(Index, usize, EventType),
    Decide(Index, Verdict),
    EditTelling(Index, EventType),
    EditIncident(Index, String),
    Merge(Index, Index),
    Split(Index, Index),
    KeepApart(Index, Index),
    Undo(Index),
    Rule(Rule),
}

fn deed() -> impl Strategy<Value = Deed> {
    let any = any::<Index>;
    prop_oneof![
        3 => (1..4_usize).prop_map(Deed::Ingest),
        2 => (any(), any()).prop_map(|it| Deed::Recode(it.0, it.1)),
        2 => (any(), 0..6_usize, select(EventType::ALL)).prop_map(|it| Deed::Add(it.0, it.1, it.2)),
        1 => (any(), select(vec![Verdict::Accept, Verdict::Reject, Verdict::Reopen])).prop_map(|it| Deed::Decide(it.0, it.1)),
        1 => (any(), select(EventType::ALL)).prop_map(|it| Deed::EditTelling(it.0, it.1)),
        1 => (any(), "[a-z]{3}").prop_map(|it| Deed::EditIncident(it.0, it.1)),
        1 => (any(), any()).prop_map(|it| Deed::Merge(it.0, it.1)),
        1 => (any(), any()).prop_map(|it| Deed::Split(it.0, it.1)),
        1 => (any(), any()).prop_map(|it| Deed::KeepApart(it.0, it.1)),
        2 => any().prop_map(Deed::Undo),
        1 => select(Rule::ALL).prop_map(Deed::Rule),
    ]
}

/// Does a deed; those that cannot be done now are refused, which is right too.
fn act(bench: &mut Bench, deed: &Deed, waiting: &mut Vec<CodedReport>) -> Option<u64> {
    let stamp = bench.tick();
    let all = everything(&bench.ledger, None);
    let choose = |index: &Index| (!all.is_empty()).then(|| index.get(&all));
    let ledger = &mut bench.ledger;
    match deed {
        Deed::Ingest(n) => {
            let batch: Vec<_> = waiting.drain(..(*n).min(waiting.len())).collect();
            ledger.ingest(&stamp, arrivals(batch)).expect("it can be written").operation
        }
        Deed::Recode(at, gone) => {
            let mut coded = any_report(ledger, *at)?.coded;
            coded.report.model = format!("told {}", stamp.at);
            // A newer model tells everything but one event; those that people have added it may find or not.
            if !coded.events.is_empty() {
                coded.events.remove(gone.index(coded.events.len()));
            }
            ledger.ingest(&stamp, arrivals(vec![coded])).expect("it can be written").operation
        }
        Deed::Add(at, word, event_type) => {
            let coded = any_report(ledger, *at)?.coded;
            let event = added(&coded, *word, *event_type);
            ledger.add(&stamp, &coded.report.id, event, Some("missed")).ok()
        }
        Deed::Decide(at, verdict) => ledger.decide(&stamp, &choose(at)?.id, *verdict, None).ok(),
        Deed::EditTelling(at, event_type) => {
            let anchor = ledger.anchor_of(&choose(at)?.tellings[0]).expect("it is there");
            ledger.edit_telling(&stamp, &anchor, "type", event_type.as_str().into(), Some("misread")).ok()
        }
        Deed::EditIncident(at, title) => {
            ledger.edit(&stamp, &choose(at)?.id, "title", title.as_str().into(), None).ok()
        }
        Deed::Merge(a, b) => ledger.merge(&stamp, &[choose(a)?.id.clone(), choose(b)?.id.clone()], None).ok(),
        Deed::Split(at, which) => {
            let incident = choose(at)?;
            let anchors = ledger.anchors(&incident.id).expect("it is there");
            ledger.split(&stamp, &incident.id, &[which.get(&anchors).clone()], None).ok()
        }
        Deed::KeepApart(a, b) => ledger.keep_apart(&stamp, &choose(a)?.id, &choose(b)?.id, None).ok(),
        Deed::Undo(at) => {
            let head = ledger.head().expect("it can be read");
            let head = usize::try_from(head).expect("it is small");
            (head > 0).then(|| ledger.undo(&stamp, at.index(head) as u64 + 1, None).ok())?
        }
        Deed::Rule(rule) => ledger.set_rule(&stamp, *rule).ok(),
    }
}

fn any_report(ledger: &Ledger, index: Index) -> Option<StoredReport> {
    let lines = ledger.reports(None, 100).expect("it can be read");
    let line = (!lines.is_empty()).then(|| index.get(&lines))?;
    ledger.report(&line.id).expect("it can be read")
}

/// All incidents, rejected ones too.
fn everything(ledger: &Ledger, as_of: Option<Timestamp>) -> Vec<Incident> {
    use annals_incidents::ReviewState::{Accepted, Corrected, Rejected, Unreviewed};
    let review = vec![Unreviewed, Accepted, Corrected, Rejected];
    ledger.incidents(&Query { review, limit: 1000, as_of, ..Query::default() }).expect("it can be read").incidents
}

/// The accounts without what must differ: when they changed.
fn timeless(mut incidents: Vec<Incident>) -> Vec<Incident> {
    for incident in &mut incidents {
        incident.last_changed = Timestamp::UNIX_EPOCH;
    }
    incidents
}

/// Every row of the views, without their numbers.
fn views(bench: &Bench) -> Vec<String> {
    let connection = rusqlite::Connection::open(bench.ledger.path()).expect("it can be opened");
    let telling =
        "(SELECT hash || '@' || anchor FROM tellings JOIN reports ON reports.id = report WHERE tellings.id = {})";
    let selects = [
        "SELECT 'undone', seq FROM undone".to_owned(),
        "SELECT 'touches', anchor, seq FROM touches".to_owned(),
        "SELECT 'documents', * FROM documents".to_owned(),
        "SELECT 'prints', * FROM prints".to_owned(),
        "SELECT 'bands', * FROM bands".to_owned(),
        "SELECT 'tellings', report, event, anchor, born, incident FROM tellings".to_owned(),
        format!("SELECT 'keys', key, {} FROM keys", telling.replace("{}", "telling")),
        format!("SELECT 'proposals', {}, {}, score FROM proposals", telling.replace("{}", "a"), telling.replace("{}", "b")),
        "SELECT 'accounts', incident, since, until, day, last_day, changed, type, scope, realis, review, killed, lat, lon, cell, iso3,
            adm1, adm2, place, n_tellings, n_independent, body FROM accounts JOIN bodies ON account = accounts.id".to_owned(),
        "SELECT 'parties', actor, incident, since FROM parties JOIN accounts ON account = accounts.id".to_owned(),
        "SELECT 'statements', report, kind, subject, place, day, body FROM statements".to_owned(),
        "SELECT 'sources', report, incident, since FROM sources JOIN accounts ON account = accounts.id".to_owned(),
        "SELECT 'texts', rowid FROM texts WHERE texts MATCH 'news'".to_owned(),
        "SELECT 'words', incident, since FROM words JOIN accounts ON words.rowid = accounts.id WHERE words MATCH 'news'".to_owned(),
    ];
    let mut lines = Vec::new();
    for select in selects {
        let mut statement = connection.prepare(&select).expect("it is SQL");
        let n = statement.column_count();
        let mut rows = statement.query([]).expect("it can be asked");
        while let Some(row) = rows.next().expect("it can be read") {
            let values = (0..n).map(|it| format!("{:?}", row.get_ref(it).expect("it is there")));
            lines.push(values.collect::<Vec<_>>().join(" "));
        }
    }
    lines.sort();
    lines
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    /// Whatever the order and the batches in which reports come, the same tellings make the same accounts.
    #[test]
    fn the_order_of_reports_does_not_matter(
        (reports, shuffled) in reports(2..12).prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle())),
        sizes in vec(1..5_usize, 12),
    ) {
        let stamp = Stamp { who: "ana".to_owned(), at: "2024-06-01T12:00:00Z".parse().unwrap() };
        let (mut whole, mut again, mut parts) = (Bench::new(), Bench::new(), Bench::new());
        whole.ledger.ingest(&stamp, arrivals(reports)).unwrap();
        again.ledger.ingest(&stamp, arrivals(shuffled.clone())).unwrap();
        let mut waiting = shuffled;
        for size in sizes {
            let batch = waiting.drain(..size.min(waiting.len())).collect();
            parts.ledger.ingest(&stamp, arrivals(batch)).unwrap();
        }
        parts.ledger.ingest(&stamp, arrivals(waiting)).unwrap();
        let nameless = |bench: &Bench| {
            let mut incidents = everything(&bench.ledger, None);
            for incident in &mut incidents {
                incident.id = annals_incidents::IncidentId(String::new());
            }
            incidents.sort_by(|a, b| a.tellings[0].id.cmp(&b.tellings[0].id));
            incidents
        };
        prop_assert_eq!(everything(&whole.ledger, None), everything(&again.ledger, None));
        prop_assert_eq!(nameless(&whole), nameless(&parts));
    }

    /// What is done and undone leaves every account as it was.
    #[test]
    fn undo_is_nothing(reports in reports(3..10), deeds in vec(deed(), 1..10), more in vec(deed(), 1..4)) {
        let (mut bench, mut waiting) = (Bench::new(), reports);
        for deed in &deeds {
            act(&mut bench, deed, &mut waiting);
        }
        let before = timeless(everything(&bench.ledger, None));
        let done: Vec<u64> = more.iter().filter_map(|it| act(&mut bench, it, &mut waiting)).collect();
        for seq in done.into_iter().rev() {
            let stamp = bench.tick();
            bench.ledger.undo(&stamp, seq, None).unwrap();
        }
        prop_assert_eq!(before, timeless(everything(&bench.ledger, None)));
    }

    /// Views that are made anew are the views.
    #[test]
    fn a_rebuild_changes_nothing(reports in reports(3..10), deeds in vec(deed(), 1..12)) {
        let (mut bench, mut waiting) = (Bench::new(), reports);
        for deed in &deeds {
            act(&mut bench, deed, &mut waiting);
        }
        let before = views(&bench);
        bench.ledger.rebuild(|_| ()).unwrap();
        prop_assert_eq!(before, views(&bench));
    }

    /// Asked as of any time, the ledger says what it said then; as of now it says what it says.
    #[test]
    fn the_past_stays(reports in reports(3..10), deeds in vec(deed(), 1..12)) {
        let (mut bench, mut waiting) = (Bench::new(), reports);
        let mut seen = vec![(bench.now(), Vec::new())];
        for deed in &deeds {
            act(&mut bench, deed, &mut waiting);
            seen.push((bench.now(), everything(&bench.ledger, None)));
        }
        for (time, then) in &seen {
            prop_assert_eq!(&everything(&bench.ledger, Some(*time)), then);
            for incident in then {
                let alone = bench.ledger.incident(&incident.id, Some(*time)).unwrap();
                prop_assert_eq!(alone.as_ref(), Some(incident));
            }
        }
        let later = bench.now() + 1.hour();
        prop_assert_eq!(everything(&bench.ledger, Some(later)), everything(&bench.ledger, None));
    }
}
