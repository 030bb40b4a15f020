//! A user's own packs, laid over the registry and the gazetteer of the program.
//!
//! In: what somebody else read from files. Out: a registry and a gazetteer with it. Never: IO.

use annals_actors::{PackFile, Registry, RegistryError};
use annals_places::overlay::OverlayError;
use annals_places::{Gazetteer, PackError};
use thiserror::Error;

/// The content of a user's own packs, each list in the order of laying: later ones win.
#[derive(Clone, Debug, Default)]
pub struct OwnPacks {
    /// Files of the registry's form (data/actors/README.md).
    pub actors: Vec<PackFile>,
    /// Packs of places, made of GeoNames dumps: name and content.
    pub places: Vec<(String, Vec<u8>)>,
    /// Overlay files of places (data/places/README.md).
    pub overlays: Vec<PackFile>,
}

/// Why a user's own pack cannot be used.
#[derive(Debug, Error)]
pub enum OwnPackError {
    /// A file of actors is malformed or contradicts the registry.
    #[error(transparent)]
    Actors(#[from] RegistryError),
    /// A pack of places is damaged.
    #[error("cannot use {name}")]
    Places {
        /// What the pack is called.
        name: String,
        /// What is wrong with it.
        source: PackError,
    },
    /// An overlay file is malformed.
    #[error(transparent)]
    Overlay(#[from] OverlayError),
}

impl OwnPacks {
    /// True without any pack.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty() && self.places.is_empty() && self.overlays.is_empty()
    }

    /// The registry of the program with the user's actors over it.
    pub fn registry(&self) -> Result<Registry, OwnPackError> {
        Ok(Registry::with_overlays(&self.actors)?)
    }

    /// The gazetteer of the program with the user's packs and then the user's overlays over it.
    pub fn gazetteer(&self) -> Result<Gazetteer, OwnPackError> {
        let mut gazetteer = Gazetteer::embedded();
        for (name, content) in &self.places {
            let laid = gazetteer.with_pack(content.clone());
            gazetteer = laid.map_err(|source| OwnPackError::Places { name: name.clone(), source })?;
        }
        for file in &self.overlays {
            gazetteer = gazetteer.with_overlay(&file.name, &file.text)?;
        }
        Ok(gazetteer)
    }

    /// The files by name, without their folders, for the record of a coding.
    pub(crate) fn names(&self) -> Vec<String> {
        let places = self.places.iter().map(|(name, _)| ("places", name));
        let overlays = self.overlays.iter().map(|it| ("places", &it.name));
        let actors = self.actors.iter().map(|it| ("actors", &it.name));
        let file = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        actors.chain(places).chain(overlays).map(|(kind, name)| format!("{kind}/{}", file(name))).collect()
    }
}
