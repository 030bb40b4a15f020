//! What goes wrong is told by its kind, and nothing is lost.

use std::fs;

use annals_ledger::{Access, Ledger, LedgerError, Query, Stamp};
use expect_test::expect;

use crate::bench::{Bench, arrivals, reports};

const ONE: &str = "post The-Post 2024-03-12\narmed_clash 2024-03-11 Belu Front>Army killed=12";
const TWO: &str = "times Arda-Times 2024-03-13\nshelling 2024-03-12 Arda Army>Front killed=2";

fn told(error: &LedgerError) -> String {
    format!("{error}\n{}\n", error.hint().unwrap_or_default())
}

#[test]
fn no_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let error = Ledger::find(folder.path()).unwrap_err();
    assert!(matches!(error, LedgerError::NotFound { .. }));
    expect!["make one with: annals init"].assert_eq(error.hint().unwrap());
}

#[test]
fn a_ledger_of_an_older_version_is_brought_up() {
    let mut bench = Bench::new();
    bench.ingest(ONE);
    let folder = bench.closed();
    let connection = rusqlite::Connection::open(folder.path().join(".annals/ledger.db")).unwrap();
    connection.execute_batch("PRAGMA user_version = 1; DELETE FROM keys;").unwrap();
    drop(connection);
    let error = Ledger::open(folder.path(), Access::Read).unwrap_err();
    assert!(matches!(error, LedgerError::Older { found: 1, .. }), "{error}");
    let mut ledger = Ledger::open(folder.path(), Access::Write).unwrap();
    let again = reports("times Times 2024-03-13\narmed_clash 2024-03-11 Belu Front>Army killed=12");
    let stamp = Stamp { who: "ana".to_owned(), at: "2024-06-02T12:00:00Z".parse().unwrap() };
    ledger.ingest(&stamp, arrivals(again)).unwrap();
    assert_eq!(ledger.incidents(&Query::default()).unwrap().incidents.len(), 1, "both meet under new keys");
}

#[test]
fn a_ledger_of_a_newer_version() {
    let bench = Bench::new();
    let connection = rusqlite::Connection::open(bench.ledger.path()).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    for access in [Access::Read, Access::Write] {
        let error = Ledger::open(bench.path(), access).unwrap_err();
        assert!(matches!(error, LedgerError::Newer { found: 99, .. }), "{error}");
    }
}

#[test]
fn two_writers_at_once() {
    let mut bench = Bench::new();
    let other = rusqlite::Connection::open(bench.ledger.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let stamp = bench.tick();
    bench.ledger.set_patience(std::time::Duration::ZERO).unwrap();
    let error = bench.ledger.ingest(&stamp, arrivals(reports(ONE))).unwrap_err();
    expect![[r#"
        the ledger is being written by another program
        wait until it has ended and try again; all that was acknowledged is kept
    "#]]
    .assert_eq(&told(&error));
    other.execute_batch("ROLLBACK").unwrap();
    bench.ingest(ONE);
    let mut second = bench.reopened();
    let stamp = bench.tick();
    second.ingest(&stamp, arrivals(reports(TWO))).unwrap();
    // The first writer has its own memory of what it wrote.
    bench.ingest("radio Radio 2024-03-14\nshelling 2024-03-12 Arda Army>Front killed=3");
    assert_eq!(bench.incidents(&Query::default())[0].tellings.len(), 2);
}

#[test]
fn reading_only() {
    let mut bench = Bench::new();
    bench.ingest(ONE);
    let mut reader = Ledger::open(bench.path(), Access::Read).unwrap();
    let error = reader.ingest(&bench.tick(), arrivals(reports(TWO))).unwrap_err();
    expect![[r#"
        the ledger cannot be written here
        check that you may write the folder .annals and the files in it
    "#]]
    .assert_eq(&told(&error));
}

#[test]
fn a_full_disk() {
    let mut bench = Bench::new();
    bench.ingest(ONE);
    let before = bench.list(&Query::default());
    bench.ledger.limit_pages_to_present().unwrap();
    let many = (0..300).fold(String::new(), |many, it| {
        many + &format!("r{it} Post 2024-03-12\nbombing 2024-03-01 Tolma Front>Army killed={it}\n\n")
    });
    let stamp = bench.tick();
    let error = bench.ledger.ingest(&stamp, arrivals(reports(&many))).unwrap_err();
    expect![[r#"
        the disk is full; the last operation was not kept
        make room and run the command again; it goes on where it stopped
    "#]]
    .assert_eq(&told(&error));
    assert_eq!(bench.list(&Query::default()), before);
    assert_eq!(bench.reopened().head().unwrap(), 1);
}

#[test]
fn a_damaged_page() {
    let mut bench = Bench::new();
    bench.ingest(ONE);
    assert!(bench.ledger.check().unwrap().is_empty());
    let path = bench.ledger.path().to_path_buf();
    let folder = bench.closed();
    let mut bytes = fs::read(&path).unwrap();
    let page = 8192;
    for at in (3 * page..bytes.len()).step_by(page) {
        bytes[at..at + 64].fill(0xa5);
    }
    fs::write(&path, bytes).unwrap();
    let found = Ledger::open(folder.path(), Access::Write).and_then(|it| it.check());
    assert!(matches!(&found, Err(LedgerError::Damaged { .. })) || found.is_ok_and(|it| !it.is_empty()));
    fs::write(&path, "no database").unwrap();
    assert!(matches!(Ledger::open(folder.path(), Access::Read), Err(LedgerError::Damaged { .. })));
}

#[test]
fn what_is_withdrawn_leaves_the_file() {
    let mut bench = Bench::new();
    bench.ingest(&format!("{ONE} trigger=zugzwang"));
    bench.ingest("times Arda-Times 2024-03-13\narmed_clash 2024-03-11 Belu Front>Army killed=12 says=mayor");
    let id = bench.find("Belu");
    let first = bench.ledger.reports(None, 10).unwrap().pop().unwrap();
    let anchor = bench.ledger.anchors(&id).unwrap()[0].clone();
    let stamp = bench.tick();
    bench.ledger.edit_telling(&stamp, &anchor, "type", "shelling".into(), Some("zugzwang")).unwrap();
    let stamp = bench.tick();
    let seq = bench.ledger.withdraw(&stamp, &first.id, "names a witness").unwrap();
    expect![[r#"
        Clash between Front and Army, Belu, 11 March 2024 | killed 12 | times | Unreviewed
    "#]]
    .assert_eq(&bench.list(&Query::default()));
    assert!(bench.ledger.report(&first.id).unwrap().is_none());
    assert!(bench.ledger.undo(&stamp, seq, None).is_err());
    let again = bench.ingest(&format!("{ONE} trigger=zugzwang"));
    assert_eq!((again.n_withdrawn, again.operation), (1, None));
    let path = bench.ledger.path().to_path_buf();
    let _folder = bench.closed();
    for file in [path.clone(), path.with_extension("db-wal")] {
        let bytes = fs::read(file).unwrap_or_default();
        assert!(!bytes.windows(8).any(|it| it == b"zugzwang"));
    }
}
