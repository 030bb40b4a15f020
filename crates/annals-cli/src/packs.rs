//! The user's own packs: where they lie, and what is in them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use annals_actors::{PackFile, Registry};
use annals_coder::{Coder, OwnPackError, OwnPacks};
use anyhow::{Context as _, anyhow};
use clap::Args;

use crate::problem::Problem;

/// The folder of a user's own packs.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct PacksArgs {
    /// Folder of your own packs, in its folders actors and places [default: annals in your data folder]
    #[arg(long, value_name = "DIR")]
    packs: Option<PathBuf>,
}

impl PacksArgs {
    /// Reads the packs; a folder that is not there holds none, unless it was named.
    pub(crate) fn read(&self) -> Result<OwnPacks, Problem> {
        Ok(OwnPacks { actors: self.actors()?, ..self.places()? })
    }

    /// The packs and overlays of places alone.
    pub(crate) fn places(&self) -> Result<OwnPacks, Problem> {
        read_places(self.folder("places")?.as_deref())
    }

    /// The registry with the packs of actors over it.
    pub(crate) fn registry(&self) -> Result<Registry, Problem> {
        OwnPacks { actors: self.actors()?, ..OwnPacks::default() }.registry().map_err(problem)
    }

    fn actors(&self) -> Result<Vec<PackFile>, Problem> {
        read_toml(self.folder("actors")?.as_deref())
    }

    fn folder(&self, name: &str) -> Result<Option<PathBuf>, Problem> {
        if let Some(named) = self.packs.as_ref().filter(|it| !it.is_dir()) {
            return Err(Problem::new(
                anyhow!("{} is no folder", named.display()),
                "name the folder that holds actors and places",
            ));
        }
        Ok(self.packs.clone().or_else(own_folder).map(|it| it.join(name)))
    }

    /// A coder over the packs.
    pub(crate) fn coder(&self) -> Result<Coder, Problem> {
        Coder::with_packs(&self.read()?).map_err(problem)
    }
}

/// The user's own folder: `annals` in the data folder of the system.
pub(crate) fn own_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    let data = set("XDG_DATA_HOME").or_else(|| set("APPDATA")).or_else(|| Some(set("HOME")?.join(".local/share")))?;
    Some(data.join("annals"))
}

/// The packs and overlays of places in a folder, each by file name.
pub(crate) fn read_places(folder: Option<&Path>) -> Result<OwnPacks, Problem> {
    let mut packs = OwnPacks::default();
    for path in files(folder, "pack")? {
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        packs.places.push((path.display().to_string(), content));
    }
    packs.overlays = read_toml(folder)?;
    Ok(packs)
}

/// The TOML files of a folder, by file name.
pub(crate) fn read_toml(folder: Option<&Path>) -> Result<Vec<PackFile>, Problem> {
    files(folder, "toml")?.iter().map(|it| read_file(it)).collect()
}

pub(crate) fn read_file(path: &Path) -> Result<PackFile, Problem> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(PackFile { name: path.display().to_string(), text })
}

fn files(folder: Option<&Path>, extension: &str) -> Result<Vec<PathBuf>, Problem> {
    let Some(folder) = folder.filter(|it| it.is_dir()) else { return Ok(Vec::new()) };
    let cannot = || format!("cannot read {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(cannot)? {
        let path = entry.with_context(cannot)?.path();
        if path.extension() == Some(OsStr::new(extension)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

pub(crate) fn problem(error: OwnPackError) -> Problem {
    let hint = match &error {
        OwnPackError::Actors(_) => "correct the entries named, or leave the file out",
        OwnPackError::Places { .. } => "import its dump again, or remove the file",
        OwnPackError::Overlay(_) => "correct the file, or remove it",
    };
    Problem::new(error, hint)
}
