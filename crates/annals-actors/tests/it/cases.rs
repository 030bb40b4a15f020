//! The table of naming cases: tests/cases/*.txt, a case a line (form: data/actors/README.md).

use std::fmt::Write as _;
use std::path::Path;

use annals_actors::{Ask, Part};
use jiff::civil::Date;

use crate::registry;

struct Case {
    line: String,
    name: String,
    country: Option<String>,
    date: Option<Date>,
    company: Vec<String>,
    /// `None`: must not resolve.
    expected: Option<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files.iter().filter(|it| it.extension().is_some_and(|it| it == "txt")) {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let place = format!("{name}:{}: {line}", number + 1);
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [name, country, date, company, expected] = fields[..] else { panic!("five fields wanted: {place}") };
            let told = |it: &str| (!it.is_empty()).then(|| it.to_owned());
            cases.push(Case {
                name: name.to_owned(),
                country: told(country),
                date: told(date).map(|it| day(&it).unwrap_or_else(|| panic!("no date: {place}"))),
                company: company.split(';').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect(),
                expected: told(expected).filter(|it| it != "-"),
                line: place,
            });
        }
    }
    cases
}

fn day(text: &str) -> Option<Date> {
    annals_actors::Rough::parse(text).ok().map(|it| it.first)
}

#[test]
fn namings_find_their_actors() {
    let registry = registry();
    let cases = cases();
    let (mut n_right, mut wrong, mut false_finds) = (0_usize, String::new(), String::new());
    for case in &cases {
        let company = registry.company(&case.company);
        let ask = Ask {
            name: &case.name,
            country: case.country.as_deref(),
            date: case.date,
            company: &company,
            part: Part::Unknown,
            act: None,
        };
        let found = registry.resolve(&ask);
        let best = found.best().map(|it| it.id.clone());
        // Expected ids that the registry does not know are mistakes of the table.
        if let Some(id) = &case.expected {
            assert!(registry.get(id).is_some(), "no such actor: {}", case.line);
        }
        if best == case.expected {
            n_right += 1;
        } else {
            let why =
                found.candidates.first().map_or(String::new(), |it| format!("{} {:.2} ({})", it.id, it.score, it.why));
            let report = if case.expected.is_none() { &mut false_finds } else { &mut wrong };
            writeln!(report, "{}\n    found {best:?}; first {why}; {:?}", case.line, found.unresolved).unwrap();
        }
    }
    let share = n_right as f64 / cases.len().max(1) as f64;
    assert!(false_finds.is_empty(), "resolved what must not resolve:\n{false_finds}\nand wrong:\n{wrong}");
    assert!(share >= 0.97, "only {n_right} of {} right:\n{wrong}", cases.len());
}
