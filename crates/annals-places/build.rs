//! Joins the project's overlay files to one JSON text: a new file is embedded without naming it in code, and a program start does
//! not parse TOML.

use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../data/places");
    let mut paths: Vec<_> =
        fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("overlay-") && name.ends_with(".toml")
    });
    paths.sort();
    let mut all = toml::Table::new();
    for path in &paths {
        let file: toml::Table = toml::from_str(&fs::read_to_string(path)?)?;
        for (key, entries) in file {
            let toml::Value::Array(entries) = entries else { continue };
            let list = all.entry(key).or_insert_with(|| toml::Value::Array(Vec::new()));
            list.as_array_mut().expect("made as an array").extend(entries);
        }
        println!("cargo::rerun-if-changed={}", path.display());
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("overlay.json"), serde_json::to_string(&all)?)?;
    // A folder is watched as its modification time: files added and removed.
    println!("cargo::rerun-if-changed={}", folder.display());
    Ok(())
}
