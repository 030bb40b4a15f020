//! Resolutions a second, of exact and of misspelt names, and the start-up time.

use std::hint::black_box;

use annals_places::{Gazetteer, Mention, ReportContext};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const EXACT: &[&str] =
    &["Ansongo", "Gao", "Ménaka", "Tessalit", "Kidal", "Bamako", "Mopti", "Djenné", "Gossi", "Hombori"];
const MISSPELT: &[&str] =
    &["Ansongho", "Mayanka", "Tesalyt", "Kydall", "Bamaku", "Mopty", "Gosy", "Homborri", "Tisseit", "Entillet"];

fn resolve(criterion: &mut Criterion) {
    let gazetteer = Gazetteer::embedded();
    let context = ReportContext { countries: &["MLI"], ..ReportContext::default() };
    let mut group = criterion.benchmark_group("resolve");
    for (name, names) in [("exact", EXACT), ("misspelt", MISSPELT)] {
        group.throughput(Throughput::Elements(names.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for name in names {
                    black_box(gazetteer.resolve(Mention { name, ..Mention::default() }, &context));
                }
            });
        });
    }
    group.finish();
    criterion.bench_function("load", |bencher| bencher.iter(|| black_box(Gazetteer::embedded().len())));
}

criterion_group!(benches, resolve);
criterion_main!(benches);
