//! The manifest beside an export: all that is needed to make the same bytes again, and whom to name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use annals_incidents::Incident;
use serde::{Deserialize, Serialize};

use crate::Loss;

/// What an export was made of. Two exports with the same manifest hold the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Program and version.
    pub program: String,
    /// The format's name.
    pub format: String,
    /// Number of the ledger's last operation.
    pub ledger_position: u64,
    /// The time that the ledger was asked about; `None`: as it stood at that position.
    pub as_of: Option<String>,
    /// What was asked for, by the names of the options.
    pub filters: BTreeMap<String, String>,
    /// The rule for figures.
    pub rule: String,
    /// Options that change the file, by their names.
    pub options: BTreeMap<String, String>,
    /// Why victims who are private persons are named; `None` when they are not.
    pub victim_names: Option<String>,
    /// Files written.
    pub files: Vec<WrittenFile>,
    /// What the format could not hold.
    pub loss: Loss,
    /// Readers and coders that the incidents rest on.
    pub coders: BTreeSet<String>,
    /// Data behind the incidents.
    pub packs: BTreeMap<String, Attribution>,
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrittenFile {
    /// File name, without its folder.
    pub name: String,
    /// Length in bytes.
    pub size_bytes: u64,
    /// `sha256:` and the hash of its bytes.
    pub hash: String,
}

/// Whom to name for data, and under which licence it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// Licence.
    pub licence: String,
    /// Whom to name.
    pub attribution: String,
}

impl Manifest {
    /// Takes down what an incident rests on.
    pub fn take(&mut self, incident: &Incident) {
        for report in incident.tellings.iter().map(|it| &it.report) {
            if !self.coders.contains(&report.model) {
                self.coders.insert(report.model.clone());
            }
            if !self.coders.contains(&report.coder) {
                self.coders.insert(report.coder.clone());
            }
            for pack in report.packs.iter().chain([&report.model]) {
                if !self.packs.contains_key(pack)
                    && let Some(attribution) = attribution(pack)
                {
                    self.packs.insert(pack.clone(), attribution);
                }
            }
        }
    }
}

/// `places 2026.11` → who is behind the places.
fn attribution(pack: &str) -> Option<Attribution> {
    static TABLE: LazyLock<BTreeMap<String, Attribution>> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/export/attribution.toml")).expect("a test reads the table")
    });
    let name = pack.split(' ').next()?;
    TABLE.get(name).cloned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn packs_have_an_attribution() {
        for pack in ["places 1.0", "actors 1.0", "ucdp-ged", "acled"] {
            assert!(super::attribution(pack).is_some(), "{pack}");
        }
    }
}
