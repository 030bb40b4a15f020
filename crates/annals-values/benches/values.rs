//! Speed of finding times and quantities, in bytes of text a second.

use std::hint::black_box;

use annals_values::{Anchor, Tables, find_quantities, find_times, find_values, resolve_time};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Invented reports of the usual density of dates and counts, repeated to some 500 KB.
fn sample() -> String {
    let report = "GAO, Mali, March 14 (Agency) - Gunmen on motorcycles stormed an army post near the village of Tessit before dawn \
        on Saturday, killing at least 12 soldiers and wounding about 20 others, two security sources and a local official said. \
        The attackers, who came from three directions, set fire to four vehicles and left with a quantity of weapons and \
        ammunition, according to a resident who asked not to be named for fear of reprisals.\n\
        The army said in a statement late on Sunday that it had lost nine men and \"neutralised dozens of terrorists\" in the \
        counter-attack that followed, in which helicopters and a drone took part. It gave no further details. Residents said \
        that seven civilians, among them three children, had died when shells hit two houses on the edge of the village.\n\
        No group has claimed responsibility. In recent weeks the area has seen a series of attacks on convoys; on 28 February \
        a bomb went off under a truck between Ansongo and Labbezanga, and in July 2023 the same post was overrun in a raid that \
        lasted more than two hours. The governor called on the population to stay calm and to report suspicious movements to \
        the authorities, adding that reinforcements would be sent in the coming days.\n";
    report.repeat(512 * 1024 / report.len())
}

fn values(criterion: &mut Criterion) {
    let tables = Tables::english();
    let text = sample();
    let anchor = Anchor::published(jiff::civil::date(2024, 3, 14));
    let mut group = criterion.benchmark_group("values");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("find_times", |it| it.iter(|| find_times(black_box(&text), &tables)));
    group.bench_function("find_quantities", |it| it.iter(|| find_quantities(black_box(&text), &tables)));
    group.bench_function("find_values", |it| it.iter(|| find_values(black_box(&text), &tables)));
    group.bench_function("find and resolve", |it| {
        it.iter(|| {
            let (times, quantities) = find_values(black_box(&text), &tables);
            let n_resolved = times.iter().filter(|it| resolve_time(&it.expr, &anchor, &tables).is_ok()).count();
            (n_resolved, quantities.len())
        });
    });
    group.finish();
    criterion.bench_function("tables", |it| it.iter(Tables::english));
}

criterion_group!(benches, values);
criterion_main!(benches);
