//! How long, and in how much memory, a million incidents become a Parquet file.
//!
//! `cargo bench -p annals-export --bench parquet [N]` prints seconds, bytes and the greatest memory of the process.
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::io::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use annals_actors::Registry;
use annals_export::{Export, Format, Options};
use annals_incidents::Incident;
use jiff::ToSpan;
use serde_json::json;

/// Counts bytes and drops them: what is measured is the export, not the disk.
struct Counter<'a>(&'a AtomicU64);

impl Write for Counter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() {
    let asked = std::env::args().find_map(|it| it.parse().ok());
    let n_incidents: u64 = asked.unwrap_or(1_000_000);
    let registry = Registry::embedded().expect("the registry reads");
    let models = models();
    for format in [Format::Parquet, Format::Geoparquet] {
        let n_bytes = AtomicU64::new(0);
        let started = Instant::now();
        let mut export =
            Export::new(format, &registry, Options::default(), Counter(&n_bytes)).expect("a counter can be written");
        let mut seed = 1_u64;
        let mut making = std::time::Duration::ZERO;
        for number in 0..n_incidents {
            let begun = Instant::now();
            let incident = varied(&models, number, &mut seed);
            making += begun.elapsed();
            export.add(&incident).expect("a counter can be written");
        }
        let loss = export.finish().expect("a counter can be written");
        let seconds = started.elapsed().saturating_sub(making).as_secs_f64();
        let n_bytes = n_bytes.into_inner();
        println!(
            "{format}: {} rows in {seconds:.1} s (and {:.1} s to make them), {} bytes a row, {} MB of memory at most",
            loss.n_rows,
            making.as_secs_f64(),
            n_bytes / loss.n_rows.max(1),
            peak_mb(),
        );
    }
}

/// Three incidents that the others vary.
fn models() -> Vec<Incident> {
    let claim = json!({"telling": "r#e1", "low": 12, "high": 20, "best": 12, "part": false, "words": "at least 12 fighters",
        "source": "residents", "publisher": "Arda News", "published": "2031-03-10", "learned": "2031-03-11T00:00:00Z"});
    let telling = json!({"id": "r#e1", "doc": "doc", "learned": "2031-03-11T00:00:00Z", "copy_of": null,
        "report": {"id": "r", "source": "https://arda.example/1", "title": "Twelve fighters die near Arda", "published": "2031-03-10",
            "publisher": "Arda News", "language": "en", "coder": "annals", "model": "reader", "packs": []},
        "event": {"id": "e1", "type": "armed_clash", "scope": "incident", "realis": "actual", "confidence": 0.9,
            "trigger": {"start": 0, "end": 6, "text": "attack"}, "mentions": [], "agents": [], "targets": [], "places": [],
            "where": null, "date": null, "outcomes": [], "weapons": [],
            "sources": [{"span": {"start": 10, "end": 19, "text": "residents"}, "stance": "reports"}]}});
    let model = |event_type: &str, target: &str, n_tellings: usize| {
        let value = json!({
            "id": "i", "type": event_type, "scope": "incident", "realis": "actual", "title": "JNIM attacked a post near Arda",
            "agents": [{"actor": "jnim", "name": "JNIM", "kind": "armed_group", "named_by": []}],
            "targets": [{"actor": null, "name": target, "kind": "state_force", "named_by": []}], "disputed": false,
            "place": "Arda", "where": {"iso3": "MLI", "adm1": "Gao", "adm2": "Ansongo", "lat": 15.6, "lon": 0.5,
                "precision": "near", "radius_km": 10.0, "from": null},
            "date": {"start": "2031-03-09", "end": "2031-03-09", "precision": "day"},
            "figures": [{"what": "killed", "side": "target", "item": null, "low": 12, "best": 12, "high": 20, "rule": "ucdp",
                "trace": [], "claims": vec![claim.clone(); n_tellings]}],
            "weapons": ["rocket"], "tellings": vec![telling.clone(); n_tellings], "n_independent": 1, "review": "unreviewed",
            "first_learned": "2031-03-11T00:00:00Z", "last_changed": "2031-03-11T00:00:00Z",
        });
        serde_json::from_value(value).expect("the model is an incident")
    };
    vec![model("armed_clash", "Malian army", 2), model("bombing", "convoy", 1), model("shelling", "soldiers", 3)]
}

/// The next incident of the seed: its own name, day, place and numbers.
fn varied(models: &[Incident], number: u64, seed: &mut u64) -> Incident {
    let mut next = |below: u64| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) % below
    };
    let mut incident = models[usize::try_from(next(models.len() as u64)).expect("it is small")].clone();
    incident.id.0 = format!("i{number:07}");
    incident.title = format!("{} {}", incident.title, next(100_000));
    incident.place = Some(format!("Arda {}", next(20_000)));
    if let Some(place) = &mut incident.location {
        place.lat = Some(10.0 + next(1_000_000) as f64 / 1e5);
        place.lon = Some(next(1_000_000) as f64 / 1e5);
    }
    if let Some(date) = &mut incident.date {
        let n_days = i32::try_from(next(9_000)).expect("it is small");
        date.start = jiff::civil::date(2000, 1, 1).checked_add(n_days.days()).expect("it is within the calendar");
        date.end = date.start;
    }
    for figure in &mut incident.figures {
        figure.low = Some(next(40));
        figure.best = figure.low;
        figure.high = figure.low.map(|it| it + next(20));
    }
    incident
}

/// The greatest memory of this process so far. **Units**: megabytes; 0 where the system does not tell.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    line.and_then(|it| it.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
