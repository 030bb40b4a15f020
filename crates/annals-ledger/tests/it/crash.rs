//! A process that dies while it writes loses nothing that it acknowledged, and leaves nothing half there.
//!
//! The test runs this test binary again as a child that takes in generated reports, and kills it at random points; each time
//! the ledger is opened, checked, and filled on. `ANNALS_KILLS` and `ANNALS_REPORTS` make the run longer.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use annals_incidents::Incident;
use annals_ledger::{Access, Ledger, Query, Stamp};
use annals_record::CodedReport;
use jiff::Timestamp;

use crate::bench::arrivals;
use crate::told::{Tale, told};

const FOLDER: &str = "ANNALS_CRASH_FOLDER";
const BEGUN: &str = "begun";
const BATCH: usize = 10;

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(default)
}

/// Numbers that look random, the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Report number `at` of a small world.
fn report(at: usize) -> CodedReport {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ ((at as u64 + 1) << 20));
    for _ in 0..8 {
        dice.roll(2);
    }
    let tales: Vec<Tale> = (0..=dice.roll(2))
        .map(|_| {
            let place = ["Belu", "Arda", "Korin", "Tolma", "Vesh", "Saru"][usize::try_from(dice.roll(6)).unwrap_or(0)];
            let kind = ["armed_clash", "shelling", "bombing"][usize::try_from(dice.roll(3)).unwrap_or(0)];
            let (month, day, killed) = (1 + dice.roll(12), 1 + dice.roll(28), dice.roll(30));
            Tale::parse(&format!("{kind} 2024-{month:02}-{day:02} {place} Front>Army killed={killed}"))
        })
        .collect();
    told(&format!("r{at}"), ["Post", "Times", "Radio"][at % 3], "2024-12-31".parse().expect("a day"), &tales)
}

fn stamp() -> Stamp {
    Stamp { who: "crash".to_owned(), at: Timestamp::UNIX_EPOCH }
}

/// What the child does: takes in what is not there yet, and tells each batch that is on the disk.
#[test]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let mut ledger = Ledger::open(Path::new(&folder), Access::Write).expect("it can be opened");
    let reports: Vec<CodedReport> = (0..number("ANNALS_REPORTS", 120)).map(report).collect();
    writeln!(std::io::stdout(), "{BEGUN}").expect("the parent listens");
    for batch in reports.chunks(BATCH) {
        let missing: Vec<CodedReport> =
            batch.iter().filter(|it| !ledger.knows(&it.report.id).expect("it can be asked")).cloned().collect();
        if missing.is_empty() {
            continue;
        }
        ledger.ingest(&stamp(), arrivals(missing)).expect("it can be written");
        let mut out = std::io::stdout().lock();
        for it in batch {
            writeln!(out, "kept {}", it.report.id).expect("the parent listens");
        }
        out.flush().expect("the parent listens");
    }
}

fn incidents(ledger: &Ledger) -> Vec<Incident> {
    let mut query = Query { limit: 1000, ..Query::default() };
    let mut incidents = Vec::new();
    loop {
        let page = ledger.incidents(&query).expect("it can be read");
        incidents.extend(page.incidents);
        query.after = page.next;
        if query.after.is_none() {
            return incidents;
        }
    }
}

/// Runs the child, and kills it so long after it has begun to write; gives what it acknowledged.
fn run(folder: &Path, life: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().expect("it runs"))
        .args(["crash::child", "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it can be started");
    let lines = BufReader::new(child.stdout.take().expect("it is piped"));
    let (tell, begun) = channel();
    let reader = std::thread::spawn(move || {
        let mut kept = Vec::new();
        for line in lines.lines().map_while(Result::ok) {
            match line.strip_prefix("kept ") {
                Some(id) => kept.push(id.to_owned()),
                None if line.ends_with(BEGUN) => tell.send(()).expect("the parent waits"),
                None => {}
            }
        }
        kept
    });
    begun.recv().expect("the child begins");
    let end = Instant::now() + life;
    while Instant::now() < end && child.try_wait().expect("it can be asked").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().ok();
    child.wait().expect("it has ended");
    reader.join().expect("it reads")
}

#[test]
fn a_killed_writer_loses_nothing() {
    let (n_kills, n_reports) = (number("ANNALS_KILLS", 6), number("ANNALS_REPORTS", 120));
    let (killed, whole) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(Ledger::init(killed.path()).unwrap());
    let mut undisturbed = Ledger::init(whole.path()).unwrap();
    let begun = Instant::now();
    for batch in (0..n_reports).map(report).collect::<Vec<_>>().chunks(BATCH) {
        undisturbed.ingest(&stamp(), arrivals(batch.to_vec())).unwrap();
    }
    let whole_run = begun.elapsed();
    // On the average the kills together leave time for about the whole run.
    let mut dice = Dice(42);
    let mut acknowledged: Vec<String> = Vec::new();
    let mut n_reports_at_kills = Vec::new();
    for _ in 0..n_kills {
        let share = dice.roll(1000) as f64 / 1000.0;
        acknowledged.extend(run(killed.path(), whole_run.mul_f64(share * 2.5 / n_kills as f64)));
        let ledger = Ledger::open(killed.path(), Access::Write).unwrap();
        assert_eq!(ledger.check().unwrap(), Vec::<String>::new());
        for id in &acknowledged {
            assert!(ledger.knows(id).unwrap(), "{id} was acknowledged");
        }
        let totals = ledger.totals().unwrap();
        let told: usize = incidents(&ledger).iter().map(|it| it.tellings.len()).sum();
        assert_eq!(totals.events, told as u64, "events and accounts must agree");
        n_reports_at_kills.push(totals.reports);
    }
    let n_midway = n_reports_at_kills.iter().filter(|it| (1..n_reports as u64).contains(it)).count();
    // A short run on a slow machine may strike only the beginning.
    assert!(n_kills < 50 || n_midway > n_kills / 2, "{n_midway} kills struck midway");
    run(killed.path(), Duration::from_hours(1));
    let ledger = Ledger::open(killed.path(), Access::Read).unwrap();
    assert_eq!(ledger.totals().unwrap().reports, n_reports as u64);
    assert_eq!(incidents(&ledger), incidents(&undisturbed));
}
