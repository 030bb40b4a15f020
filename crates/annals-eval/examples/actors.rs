//! `cargo run --example actors -- GOLD DOCS [FOLDS]` or `-- HEADLINES.csv`: figures, then errors on standard error.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command")]

use std::path::Path;

use annals_eval::{actors, gold};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let registry = annals_actors::Registry::embedded()?;
    let args: Vec<String> = std::env::args().skip(1).collect();
    let paths: Vec<&Path> = args.iter().map(Path::new).collect();
    let scores = match paths[..] {
        [table] => actors::score_headlines(&registry, table, "BFA")?,
        [gold_dir, docs] => actors::score_gold(&registry, gold_dir, docs, None)?,
        [gold_dir, docs, folds] => {
            actors::score_gold(&registry, gold_dir, docs, Some(&gold::read_folds(folds, None)?))?
        }
        _ => return Err("wanted: GOLD DOCS [FOLDS], or a table".into()),
    };
    print!("{scores}");
    for line in &scores.errors {
        eprintln!("{line}");
    }
    Ok(())
}
