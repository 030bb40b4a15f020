//! `annals places`: the gazetteer, and a user's own packs over it.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use annals_actors::PackFile;
use annals_places::{Gazetteer, Mention, Resolution, geonames, overlay::Overlay};
use anyhow::{Context as _, anyhow};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::Outcome;
use crate::packs;
use crate::problem::Problem;
use crate::ui::Ui;

/// Look into the gazetteer, and add places to it
#[derive(Debug, Args)]
pub(crate) struct PlacesArgs {
    /// Folder of your own packs and overlays [default: annals/places in your data folder]
    #[arg(long, value_name = "DIR", global = true)]
    own: Option<PathBuf>,

    #[command(subcommand)]
    command: PlacesCommand,
}

#[derive(Debug, Subcommand)]
enum PlacesCommand {
    Find(FindArgs),
    /// Tell what the gazetteer holds, and from where
    Info,
    #[command(subcommand)]
    Import(ImportCommand),
}

/// Find the place that a name means, or the places that it may mean
///
/// The name may be a phrase, such as "15 km south of Ansongo" or "the Gao-Ansongo road".
///
/// Exit code: 0 resolved; 1 nothing is sure enough.
#[derive(Debug, Args)]
struct FindArgs {
    /// The name, as a report has it
    name: String,

    /// A place that the report is about too; may be given again
    #[arg(long, value_name = "PLACE")]
    near: Vec<String>,

    /// Country of the place: its name, or its code of two or three letters
    #[arg(long)]
    country: Option<String>,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Add places from a file to your own folder; nothing is added from a file with anything wrong in it
#[derive(Debug, Subcommand)]
enum ImportCommand {
    /// Import a country dump of GeoNames: ML.zip or ML.txt
    Geonames {
        /// The zip or text file
        file: PathBuf,
    },
    /// Import an overlay: named areas, units and places in TOML
    Overlay {
        /// The TOML file
        file: PathBuf,
    },
}

pub(crate) fn run(args: &PlacesArgs, ui: &Ui) -> Result<Outcome, Problem> {
    let own = args.own.clone().or_else(|| Some(packs::own_folder()?.join("places")));
    match &args.command {
        PlacesCommand::Find(args) => find(args, &load(own.as_deref())?),
        PlacesCommand::Info => info(own.as_deref()),
        PlacesCommand::Import(command) => {
            let own = own.ok_or_else(|| {
                Problem::new(anyhow!("no folder for your own packs is known"), "name one with --own DIR")
            })?;
            import(command, &own, ui)
        }
    }
}

/// The gazetteer of the program, with the user's packs and then the user's overlays laid over it.
pub(crate) fn load(own: Option<&Path>) -> Result<Gazetteer, Problem> {
    packs::read_places(own)?.gazetteer().map_err(packs::problem)
}

fn find(args: &FindArgs, gazetteer: &Gazetteer) -> Result<Outcome, Problem> {
    let country = args.country.as_deref().map(|it| country(gazetteer, it)).transpose()?;
    let only: Vec<&str> = country.iter().map(String::as_str).collect();
    let near: Vec<&str> = args.near.iter().map(String::as_str).collect();
    let context = annals_places::ReportContext { only: &only, near: &near, ..Default::default() };
    let found = gazetteer.resolve(Mention { name: &args.name, ..Mention::default() }, &context);
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", to_json(&found))?;
    } else {
        write_human(&mut out, &found)?;
    }
    Ok(if found.is_resolved() { Outcome::Done } else { Outcome::Incomplete })
}

fn country(gazetteer: &Gazetteer, named: &str) -> Result<String, Problem> {
    gazetteer.country_code(named).map(str::to_owned).ok_or_else(|| {
        Problem::new(anyhow!("no country is called {named:?}"), "give its English name, or its code, such as ML or MLI")
    })
}

fn to_json(found: &Resolution) -> serde_json::Value {
    let passes: Vec<_> = found.passes.iter().map(|it| json!({"pass": it.name, "said": it.said})).collect();
    json!({
        "place": found.place, "precision": found.precision, "lat": found.lat, "lon": found.lon, "radius_km": found.radius_km,
        "iso3": found.iso3, "adm1": found.adm1, "adm2": found.adm2, "iso_3166_2": found.iso_3166_2, "candidates": found.candidates, "passes": passes,
    })
}

fn write_human(out: &mut impl Write, found: &Resolution) -> std::io::Result<()> {
    let units = [&found.adm2, &found.adm1, &found.iso3].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    match (&found.place, found.precision) {
        (Some(place), Some(precision)) => writeln!(out, "{} ({}), {units}: {precision}", place.name, place.id)?,
        (None, Some(precision)) => writeln!(out, "a spot in {units}: {precision}")?,
        _ if units.is_empty() => writeln!(out, "unresolved")?,
        _ => writeln!(out, "unresolved, but in {units}")?,
    }
    if let (Some(lat), Some(lon), Some(radius)) = (found.lat, found.lon, found.radius_km) {
        writeln!(out, "  {lat:.4}, {lon:.4}, give or take {radius:.0} km")?;
    }
    for it in &found.passes {
        writeln!(out, "  {}: {}", it.name, it.said)?;
    }
    for it in &found.candidates {
        let units = [&it.adm1, &it.iso3].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
        writeln!(out, "  {:>5.2} {} ({}, {}), {units}", it.score, it.name, it.kind, it.id)?;
    }
    Ok(())
}

fn info(own: Option<&Path>) -> Result<Outcome, Problem> {
    let gazetteer = load(own)?;
    let mut out = std::io::stdout().lock();
    for (meta, n_places) in gazetteer.packs() {
        writeln!(out, "{} {}: {n_places} places", meta.name, meta.version)?;
        for source in &meta.sources {
            writeln!(out, "  {source}")?;
        }
    }
    writeln!(out, "overlays: {} places", gazetteer.n_overlay_places())?;
    if let Some(own) = own {
        writeln!(out, "your own folder: {}", own.display())?;
    }
    Ok(Outcome::Done)
}

fn import(command: &ImportCommand, own: &Path, ui: &Ui) -> Result<Outcome, Problem> {
    let (file, extension) = match command {
        ImportCommand::Geonames { file } => (file, "pack"),
        ImportCommand::Overlay { file } => (file, "toml"),
    };
    let stem = file.file_stem().ok_or_else(|| anyhow!("{} is no file", file.display()))?;
    let target = own.join(stem).with_extension(extension);
    let laid = target.display().to_string();
    // It must load beside the others before it is written, maybe over an older one.
    let mut packs = packs::read_places(Some(own))?;
    let bytes = match command {
        ImportCommand::Geonames { file } => {
            let bytes = geonames_pack(file)?;
            packs.places.retain(|(name, _)| *name != laid);
            packs.places.push((laid, bytes.clone()));
            packs.places.sort();
            bytes
        }
        ImportCommand::Overlay { file } => {
            let name = file.display().to_string();
            let text = fs::read(file).with_context(|| format!("cannot read {name}"))?;
            let text = String::from_utf8(text).map_err(|_| anyhow!("{name} is not UTF-8 text"))?;
            Overlay::parse(&name, &text).map_err(anyhow::Error::from)?;
            packs.overlays.retain(|it| it.name != laid);
            packs.overlays.push(PackFile { name: laid, text: text.clone() });
            packs.overlays.sort_by(|one, other| one.name.cmp(&other.name));
            text.into_bytes()
        }
    };
    let gazetteer = packs.gazetteer().map_err(packs::problem)?;
    write_whole(&target, &bytes)?;
    ui.summary(&format!("imported into {}; {} places in all", target.display(), gazetteer.len()));
    Ok(Outcome::Done)
}

/// Writes a file in one step: another run sees the old file or the new one, never half of it.
fn write_whole(target: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let part = target.with_extension(format!("part-{}", std::process::id()));
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, target));
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written.with_context(|| format!("cannot write {}", target.display()))?;
    Ok(())
}

fn geonames_pack(file: &Path) -> Result<Vec<u8>, Problem> {
    let name = file.display().to_string();
    let hint = "take a country's file from GeoNames' folder export/dump, such as ML.zip";
    let mut opened = File::open(file).with_context(|| format!("cannot read {name}"))?;
    let mut magic = [0; 4];
    let n_read = read_start(&mut opened, &mut magic).with_context(|| format!("cannot read {name}"))?;
    let opened = File::open(file).with_context(|| format!("cannot read {name}"))?;
    if magic[..n_read] != *b"PK\x03\x04" {
        return pack(&name, BufReader::new(opened), hint);
    }
    let mut archive = zip::ZipArchive::new(opened)
        .with_context(|| format!("{name} is no whole zip file"))
        .map_err(|err| Problem::new(err, hint))?;
    let is_dump =
        |it: &str| Path::new(it).extension() == Some(OsStr::new("txt")) && !it.eq_ignore_ascii_case("readme.txt");
    let dumps: Vec<String> =
        archive.file_names().flatten().filter(|it| is_dump(it)).map(std::borrow::Cow::into_owned).collect();
    let [dump] = dumps.as_slice() else {
        return Err(Problem::new(anyhow!("{name} holds {} dumps instead of one", dumps.len()), hint));
    };
    let inner = archive.by_name(dump).with_context(|| format!("cannot read {dump} in {name}"))?;
    pack(&format!("{name}/{dump}"), BufReader::new(inner), hint)
}

fn read_start(file: &mut File, into: &mut [u8]) -> std::io::Result<usize> {
    let mut n_read = 0;
    while n_read < into.len() {
        match file.read(&mut into[n_read..])? {
            0 => break,
            n => n_read += n,
        }
    }
    Ok(n_read)
}

fn pack(name: &str, dump: impl BufRead, hint: &'static str) -> Result<Vec<u8>, Problem> {
    geonames::dump_to_pack(name, dump).map_err(|err| Problem::new(err, hint))
}
