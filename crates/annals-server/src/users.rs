//! Who may use a ledger's workbench: a small file beside the ledger, written by `annals users`.

use std::path::{Path, PathBuf};

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, VariantArray};
use thiserror::Error;

/// What a person may do; each role may do all that the ones before it may.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    Display,
    EnumString,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Sees everything.
    Reader,
    /// Brings in reports, corrects, merges, undoes.
    Coder,
    /// Withdraws reports and sets rules.
    Admin,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// What the person logs in with; the name that stands in the history.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The password by argon2id, in the PHC form.
    pub password: String,
    /// When the person was added.
    pub added: Timestamp,
}

/// The people of one ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Users {
    /// By name.
    pub list: Vec<User>,
    path: PathBuf,
}

/// Why a person cannot be added or the file not be read.
#[derive(Debug, Error)]
pub enum UserError {
    /// The file system failed.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was being done.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// The reason.
        #[source]
        source: std::io::Error,
    },
    /// The file is damaged.
    #[error("{} is no list of users", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The reason.
        #[source]
        source: serde_json::Error,
    },
    /// The name is taken.
    #[error("there is a user {0} already")]
    Taken(String),
    /// There is no such person.
    #[error("there is no user {0}")]
    Unknown(String),
    /// The name cannot be used.
    #[error("a name has 1 to 60 letters, digits, blanks, dots, hyphens or underscores")]
    Name,
    /// The password cannot be used.
    #[error("a password has {MIN_PASSWORD} to {MAX_PASSWORD} characters")]
    Password,
    /// No random numbers or no memory are to be had.
    #[error("the password cannot be hashed")]
    Hash,
}

/// **Units**: characters.
const MIN_PASSWORD: usize = 10;
/// **Units**: characters. Longer ones would cost time to refuse.
const MAX_PASSWORD: usize = 200;
const FILE: &str = "users.json";

impl Users {
    /// The file of a ledger's users.
    pub fn path(ledger: &Path) -> PathBuf {
        ledger.join(annals_ledger::FOLDER).join(FILE)
    }

    /// Reads the users of a ledger; there are none when there is no file.
    pub fn read(ledger: &Path) -> Result<Self, UserError> {
        let path = Self::path(ledger);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self { list: Vec::new(), path }),
            Err(source) => return Err(UserError::Io { action: "read", path, source }),
        };
        match serde_json::from_str(&text) {
            Ok(list) => Ok(Self { list, path }),
            Err(source) => Err(UserError::Damaged { path, source }),
        }
    }

    /// Adds a person, in memory.
    pub fn add(&mut self, name: &str, role: Role, password: &str, now: Timestamp) -> Result<(), UserError> {
        let name = name.trim();
        let is_plain = |it: char| it.is_alphanumeric() || " .-_".contains(it);
        if name.is_empty() || name.chars().count() > 60 || !name.chars().all(is_plain) {
            return Err(UserError::Name);
        }
        if self.list.iter().any(|it| it.name.eq_ignore_ascii_case(name)) {
            return Err(UserError::Taken(name.to_owned()));
        }
        if !(MIN_PASSWORD..=MAX_PASSWORD).contains(&password.chars().count()) {
            return Err(UserError::Password);
        }
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| UserError::Hash)?;
        let salt = SaltString::encode_b64(&bytes).map_err(|_| UserError::Hash)?;
        let hash = hasher().hash_password(password.as_bytes(), &salt).map_err(|_| UserError::Hash)?;
        self.list.push(User { name: name.to_owned(), role, password: hash.to_string(), added: now });
        self.list.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(())
    }

    /// Removes a person, in memory.
    pub fn remove(&mut self, name: &str) -> Result<(), UserError> {
        let at = self.list.iter().position(|it| it.name == name).ok_or_else(|| UserError::Unknown(name.to_owned()))?;
        self.list.remove(at);
        Ok(())
    }

    /// Writes the file, whole or not at all; only its owner may read it.
    pub fn write(&self) -> Result<(), UserError> {
        let io = |action, source| UserError::Io { action, path: self.path.clone(), source };
        let text = serde_json::to_string_pretty(&self.list)
            .map_err(|source| UserError::Damaged { path: self.path.clone(), source })?;
        let fresh = self.path.with_extension("json.new");
        write_private(&fresh, &text).map_err(|it| io("write", it))?;
        std::fs::rename(&fresh, &self.path).map_err(|it| io("write", it))
    }

    /// The person of that name and password. Takes as long for an unknown name as for a wrong password.
    pub(crate) fn check(&self, name: &str, password: &str) -> Option<&User> {
        let user = self.list.iter().find(|it| it.name == name);
        let hash = user.map_or(NOBODY, |it| &it.password);
        let parsed = PasswordHash::new(hash).ok()?;
        let is_right =
            password.len() <= MAX_PASSWORD * 4 && hasher().verify_password(password.as_bytes(), &parsed).is_ok();
        user.filter(|_| is_right)
    }
}

/// A hash that no password has, with the parameters of real ones.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The least that OWASP advises: 19 MiB, two rounds, one lane.
fn hasher() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(unix)]
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(not(unix))]
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    std::fs::write(path, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn users() -> (tempfile::TempDir, Users) {
        let folder = tempfile::tempdir().expect("a folder can be made");
        std::fs::create_dir(folder.path().join(annals_ledger::FOLDER)).expect("a folder can be made");
        let users = Users::read(folder.path()).expect("no file means no users");
        (folder, users)
    }

    #[test]
    fn a_person_comes_in_with_the_right_password_only() {
        let (folder, mut users) = users();
        users.add("Amina", Role::Coder, "correct horse", Timestamp::UNIX_EPOCH).expect("the name is free");
        users.write().expect("the file can be written");
        let users = Users::read(folder.path()).expect("the file was just written");
        assert_eq!(users.check("Amina", "correct horse").map(|it| it.role), Some(Role::Coder));
        assert!(users.check("Amina", "wrong horse").is_none());
        assert!(users.check("Omar", "correct horse").is_none());
        assert!(users.list[0].password.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    #[test]
    fn odd_names_and_short_passwords_are_refused() {
        let (_folder, mut users) = users();
        let mut add = |name: &str, password: &str| users.add(name, Role::Reader, password, Timestamp::UNIX_EPOCH);
        assert!(matches!(add("<script>", "long enough"), Err(UserError::Name)));
        assert!(matches!(add("  ", "long enough"), Err(UserError::Name)));
        assert!(matches!(add("Amina", "short"), Err(UserError::Password)));
        assert!(add("Amina", "long enough").is_ok());
        assert!(matches!(add("amina", "long enough"), Err(UserError::Taken(_))));
    }

    #[test]
    fn the_hash_of_nobody_is_well_formed() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
