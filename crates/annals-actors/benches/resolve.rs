//! Resolutions a second over a mix of namings. `cargo bench -p annals-actors`.

use std::hint::black_box;

use annals_actors::{Ask, Part, Registry};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;

/// Names, common words, long namings, misspelt and unknown ones, as reports have them.
const NAMINGS: &[(&str, &str)] = &[
    ("JNIM", "MLI"),
    ("soldiers", "MLI"),
    ("the Islamic State in the Greater Sahara", "NER"),
    ("suspected Boko Haram gunmen", "NGA"),
    ("gunmen", "BFA"),
    ("Syrian government forces", "SYR"),
    ("residents of Tin Akoff", "BFA"),
    ("fighters from the Rapid Support Forces (RSF)", "SDN"),
    ("Al-Nusra camp", "MLI"),
    ("Jabhet al-Nusrah", "SYR"),
    ("Amadou Kouffa", "MLI"),
    ("the Arda People's Liberation Front", "MLI"),
    ("police officers", "KEN"),
    ("al-Qaeda-linked militants", "YEM"),
    ("Haftar's forces", "LBY"),
    ("two women and a child", "SOM"),
];

fn resolve(c: &mut Criterion) {
    let registry = Registry::embedded().expect("the embedded registry is tested");
    let company = registry.company(&["al-Qaeda", "Malian army", "Gao"]);
    let mut group = c.benchmark_group("resolve");
    group.throughput(Throughput::Elements(NAMINGS.len() as u64));
    group.bench_function("mixed namings", |b| {
        b.iter(|| {
            for (name, country) in NAMINGS {
                let ask = Ask {
                    name,
                    country: Some(country),
                    date: Some(date(2024, 3, 14)),
                    company: &company,
                    part: Part::Unknown,
                    act: None,
                };
                black_box(registry.resolve(black_box(&ask)));
            }
        });
    });
    group.finish();
    c.bench_function("load the registry", |b| b.iter(Registry::embedded));
}

criterion_group!(benches, resolve);
criterion_main!(benches);
