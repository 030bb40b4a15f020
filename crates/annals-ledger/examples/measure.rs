//! Fills a ledger with generated coded reports and measures it: rate of ingest, cost of matching as it grows, queries, memory.
//!
//! `cargo run --release -p annals-ledger --example measure -- FOLDER [EVENTS]`; figures stand in docs/PERFORMANCE.md.
//! A folder that has a ledger already is only asked.

#![expect(clippy::print_stdout, reason = "it is a tool for the terminal")]

#[path = "../tests/it/told.rs"]
#[expect(dead_code, reason = "tests need more of it")]
mod told;

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use annals_ledger::{Access, Arrival, Bounds, Ledger, Query, Sort, Stamp};
use annals_record::{CodedReport, EventType};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use told::{Tale, told};

const BATCH: usize = 500;
const SEED: u64 = 0x0a11_a150_5eed;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("name a folder")?;
    let n_events: usize = args.next().map_or(Ok(1_000_000), |it| it.parse())?;
    let folder = Path::new(&folder);
    if Ledger::find(folder).is_err() {
        fill(&mut Ledger::init(folder)?, n_events)?;
    }
    let ledger = Ledger::open(folder, Access::Read)?;
    println!("queries, by processor time:");
    println!("{:?}, {} MB", ledger.totals()?, std::fs::metadata(ledger.path())?.len() / 1_000_000);
    ask(&ledger)?;
    println!("memory of the process: {}", memory());
    Ok(())
}

/// A generated war: happenings over years and villages, each told by one to four outlets, now and then copied.
struct World {
    dice: Dice,
    waiting: Vec<CodedReport>,
    n: u64,
}

struct Dice(u64);

impl Dice {
    /// A number below `sides`, by `SplitMix64`.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (value ^ (value >> 31)) % sides
    }

    fn choose<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[usize::try_from(self.roll(list.len() as u64)).unwrap_or_default()]
    }
}

const OUTLETS: [&str; 12] =
    ["Post", "Times", "Radio", "Herald", "Agency", "Courier", "Voice", "Mail", "Star", "Journal", "Echo", "Wire"];
const TRIGGERS: [&str; 8] = ["attacked", "raided", "ambushed", "shelled", "stormed", "struck", "bombed", "overran"];
const TYPES: [EventType; 6] = [
    EventType::ArmedClash,
    EventType::Shelling,
    EventType::Bombing,
    EventType::TargetedViolence,
    EventType::AirStrike,
    EventType::Abduction,
];

impl World {
    /// Happenings come in the order of their days: 40 a day over 9,000 villages.
    fn happening(&mut self) -> Tale {
        let dice = &mut self.dice;
        let village = dice.roll(9_000);
        let day = Date::constant(1990, 1, 1) + i64::try_from(self.n / 40).unwrap_or_default().days();
        self.n += 1;
        let agent = dice.roll(60);
        Tale {
            event_type: TYPES[usize::try_from(dice.roll(6)).unwrap_or_default()],
            day,
            place: (format!("Village{village}"), (village / 100) as f64 * 0.5 - 20.0, (village % 100) as f64 * 0.5),
            agent: format!("Group{agent}"),
            target: format!("Side{}", (agent + 1 + dice.roll(58)) % 60),
            killed: (dice.roll(3) > 0).then(|| 1 + dice.roll(40)),
            trigger: dice.choose(&TRIGGERS).to_owned(),
            source: (dice.roll(4) == 0).then(|| format!("official{}", dice.roll(50))),
        }
    }

    fn refill(&mut self) {
        let tales: Vec<Tale> = (0..=self.dice.roll(2)).map(|_| self.happening()).collect();
        for telling in 0..=self.dice.roll(4) {
            let mut tales = tales.clone();
            for tale in &mut tales {
                if self.dice.roll(5) == 0 {
                    tale.killed = tale.killed.map(|it| it + 1 + self.dice.roll(3));
                }
            }
            let outlet = self.dice.choose(&OUTLETS);
            let published = tales[0].day + 1.day();
            self.waiting.push(told(&format!("r{}-{telling}", self.n), outlet, published, &tales));
        }
    }

    fn next(&mut self) -> CodedReport {
        loop {
            if let Some(report) = self.waiting.pop() {
                return report;
            }
            self.refill();
        }
    }
}

fn fill(ledger: &mut Ledger, n_events: usize) -> Result<(), Box<dyn std::error::Error>> {
    let mut world = World { dice: Dice(SEED), waiting: Vec::new(), n: 0 };
    let (mut done, mut spent, mut batch_no) = (0, Duration::ZERO, 0_i64);
    let (mut step, mut step_done, mut step_spent) = (10_000, 0, Duration::ZERO);
    let mut step_cpu = cpu();
    let start: Timestamp = "2024-01-01T00:00:00Z".parse()?;
    while done < n_events {
        let batch: Vec<Arrival> = (0..BATCH).map(|_| Arrival { coded: world.next(), received: None }).collect();
        batch_no += 1;
        let stamp = Stamp { who: "measure".to_owned(), at: start + (batch_no * 10).seconds() };
        let begun = Instant::now();
        let ingested = ledger.ingest(&stamp, batch)?;
        let took = begun.elapsed();
        (done, spent) = (done + ingested.n_events, spent + took);
        (step_done, step_spent) = (step_done + ingested.n_events, step_spent + took);
        if done >= step {
            let rate = step_done as f64 / step_spent.as_secs_f64();
            let processor = cpu().saturating_sub(step_cpu).as_secs_f64() * 1000.0 / step_done as f64;
            step_cpu = cpu();
            println!("{done} events: {rate:.0} events/s; {processor:.3} ms of processor time an event; {}", memory());
            (step, step_done, step_spent) = ((step * 2).min(step + 100_000), 0, Duration::ZERO);
        }
    }
    println!(
        "ingest: {done} events in {:.0} s, {:.0} events/s",
        spent.as_secs_f64(),
        done as f64 / spent.as_secs_f64()
    );
    Ok(())
}

fn ask(ledger: &Ledger) -> Result<(), Box<dyn std::error::Error>> {
    let mut dice = Dice(SEED + 1);
    let query = Query::default;
    let mut all = Vec::new();
    for round in 0..40 {
        let day = Date::constant(1990, 1, 1) + i64::try_from(dice.roll(10_000)).unwrap_or_default().days();
        let south = dice.roll(40) as f64 - 20.0;
        let group = vec![format!("test:group{}", dice.roll(60)), format!("test:side{}", dice.roll(60))];
        let village = format!("village{}", dice.roll(9_000));
        let as_of = "2024-01-01T00:40:00Z".parse::<Timestamp>()?
            + i64::try_from(dice.roll(3_600)).unwrap_or_default().seconds();
        let kinds = [
            ("newest", query()),
            ("days", Query { from: Some(day), to: Some(day + 30.days()), ..query() }),
            ("box", Query { bounds: Some(Bounds { south, west: 3.0, north: south + 2.0, east: 5.0 }), ..query() }),
            (
                "box, killed",
                Query {
                    bounds: Some(Bounds { south: -20.0, west: 0.0, north: 25.0, east: 50.0 }),
                    killed_at_least: Some(44),
                    ..query()
                },
            ),
            ("actor", Query { actors: group.clone(), ..query() }),
            ("actor, days", Query { actors: group, from: Some(day), to: Some(day + 60.days()), ..query() }),
            ("type, killed", Query { types: vec![EventType::AirStrike], killed_at_least: Some(40), ..query() }),
            ("place", Query { place: Some(village.clone()), ..query() }),
            ("text", Query { text: Some(format!("{village} stormed")), ..query() }),
            ("common word", Query { text: Some("ambushed".to_owned()), ..query() }),
            ("killed first", Query { sort: Sort::Killed, ..query() }),
            (
                "unit, as of",
                Query {
                    iso3: Some("VEL".to_owned()),
                    adm1: Some("V Province".to_owned()),
                    as_of: Some(as_of),
                    ..query()
                },
            ),
        ];
        for (name, query) in kinds {
            let begun = cpu();
            let page = ledger.incidents(&query)?;
            all.push((name, cpu().saturating_sub(begun)));
            if round == 0 {
                println!("  {name}: {} of the first page", page.incidents.len());
            }
            if let Some(incident) = page.incidents.first() {
                let begun = cpu();
                ledger.incident(&incident.id, None)?;
                ledger.history(&incident.id)?;
                all.push(("incident page", cpu().saturating_sub(begun)));
            }
        }
    }
    let mut names: Vec<&str> = all.iter().map(|it| it.0).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let mut times: Vec<Duration> = all.iter().filter(|it| it.0 == name).map(|it| it.1).collect();
        times.sort_unstable();
        let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
        println!("{name}: median {:.1} ms, p95 {:.1} ms, worst {:.1} ms", at(50), at(95), at(100));
    }
    let mut times: Vec<Duration> = all.iter().filter(|it| it.0 != "incident page").map(|it| it.1).collect();
    times.sort_unstable();
    println!("all queries: p95 {:.1} ms", times[times.len() * 95 / 100].as_secs_f64() * 1000.0);
    Ok(())
}

/// Processor time of the main thread, generating included; where the system does not tell, the time on the clock.
fn cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanos = stat.split_whitespace().next().and_then(|it| it.parse().ok());
    nanos.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Resident memory as the system counts it, greatest so far; where it tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line =
        status.lines().find(|it| it.starts_with("VmHWM")).map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    line.unwrap_or_else(|| "not told".to_owned())
}
