//! Makes data/places/layers.postcard of the overlay files and tables of names; run it when one of them or the world pack has changed.

use std::fs;
use std::path::Path;

use annals_places::Gazetteer;
use annals_places::overlay::Overlay;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/places");
    let mut overlay = Overlay::default();
    let mut paths: Vec<_> =
        fs::read_dir(&folder)?.collect::<Result<Vec<_>, _>>()?.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("overlay-") && name.ends_with(".toml")
    });
    paths.sort();
    for path in paths {
        overlay.extend(Overlay::parse(&path.display().to_string(), &fs::read_to_string(&path)?)?);
    }
    fs::write(folder.join("layers.postcard"), Gazetteer::layers_of(&overlay))?;
    Ok(())
}
