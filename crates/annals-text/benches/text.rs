//! How fast reports become documents: `cargo bench -p annals-text`.

use std::hint::black_box;

use annals_text::{Options, Origin, Report, document, read_reports};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// An invented report with what sentence splitting has to look at.
const REPORT: &str = "ARDA, March 14 (Agency) - Armed men attacked the village of Old Arda on Monday night, killing at least 12 \
people and wounding “dozens”, Lt. Col. Omar Sy of the 5th Brigade said. They came on some 40 motorcycles at about 2 a.m., \
witnesses told this agency, and left before dawn.\n\nThe U.S. and the U.N. condemned the attack. \"We will find them,\" the \
governor, K. B. Touré, said on Tuesday.The army sent two columns to the area, where 2.5 tons of ammonium nitrate were found \
on Jan. 12.\n\nWhat is known\n\n• Six of the dead are civilians, among them two teachers.\n• The clinic, the school and a \
dozen houses were burned; the cattle was driven off.\n\nNo group has claimed the attack, the third in the district since… \
the beginning of the year, according to local officials. The Front for the Defence of Arda, which holds the hills north of \
the river, denied any part in it.\n\nLeave a Comment\n\n";

fn plain(text: &str) -> Report {
    Report::from_bytes(text.as_bytes(), &Origin::stdin()).expect("the sample is text")
}

fn documents(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("document");
    for (name, text) in [
        ("report of 1 kB", REPORT.to_owned()),
        ("report of 5 kB", REPORT.repeat(5)),
        ("report of 1 MB", REPORT.repeat(1_000_000 / REPORT.len())),
    ] {
        let report = plain(&text);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| document(black_box(&report), &Options::default())));
    }
    group.finish();
}

fn lines(criterion: &mut Criterion) {
    let line =
        serde_json::json!({ "doc": "a", "title": "Raid on Old Arda", "text": REPORT.repeat(3) }).to_string() + "\n";
    let lines = line.repeat(1000);
    let mut group = criterion.benchmark_group("read_reports");
    group.throughput(Throughput::Bytes(lines.len() as u64));
    group.bench_function("JSON Lines of 4 kB", |bencher| {
        bencher.iter(|| read_reports(black_box(lines.as_bytes()), &Origin::stdin()).flatten().count());
    });
    group.finish();
}

fn pages(criterion: &mut Criterion) {
    let paragraphs = REPORT.split("\n\n").collect::<Vec<_>>().join("</p></div><div class=part><p>");
    let menu = "<li class=item><a href=\"/section/of/the/site\">Section</a></li>".repeat(300);
    let page = format!(
        "<!doctype html><html><head><title>Raid</title></head><body><nav><ul>{menu}</ul></nav><article><div class=part><p>{paragraphs}</p></div></article></body></html>"
    );
    let report = plain(&page);
    let mut group = criterion.benchmark_group("page");
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("page of 20 kB", |bencher| bencher.iter(|| document(black_box(&report), &Options::default())));
    group.finish();
}

criterion_group!(benches, documents, lines, pages);
criterion_main!(benches);
