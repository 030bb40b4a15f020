//! Embeds the files of data/actors as JSON: a new file is embedded without naming it in code, and a program start does not parse
//! TOML.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../data/actors");
    let mut paths: Vec<_> =
        fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut list = String::from("&[\n");
    for path in &paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let content: toml::Table =
            toml::from_str(&fs::read_to_string(path)?).map_err(|err| format!("{}: {err}", path.display()))?;
        writeln!(list, "({name:?}, {:?}),", serde_json::to_string(&content)?)?;
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("files.rs"), list)?;
    // A folder is watched as its modification time: files added, removed and changed.
    println!("cargo::rerun-if-changed={}", folder.display());
    for path in &paths {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    Ok(())
}
