//! The whole way of one report, without files: JSON to document to coded report to JSON.

use std::hint::black_box;
use std::path::Path;

use annals_coder::Coder;
use annals_text::{Options, Origin, Report, document};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn reports() -> Vec<Vec<u8>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/written/docs");
    let mut paths: Vec<_> = std::fs::read_dir(corpus)
        .expect("the corpus is in the project")
        .map(|it| it.expect("it can be listed").path())
        .collect();
    paths.sort();
    paths.iter().map(|it| std::fs::read(it).expect("it can be read")).collect()
}

fn code(criterion: &mut Criterion) {
    let reports = reports();
    let coder = Coder::new();
    let mut group = criterion.benchmark_group("code");
    group.throughput(Throughput::Bytes(reports.iter().map(|it| it.len() as u64).sum()));
    group.bench_function("corpus", |bencher| {
        bencher.iter(|| {
            for bytes in &reports {
                let report = Report::from_bytes(bytes, &Origin::stdin()).expect("the corpus is well formed");
                let coded = coder.code(&document(&report, &Options::default()));
                black_box(serde_json::to_string(&coded).expect("a coded report is JSON"));
            }
        });
    });
    group.finish();
    criterion.bench_function("start", |bencher| bencher.iter(|| black_box(Coder::new())));
}

criterion_group!(benches, code);
criterion_main!(benches);
