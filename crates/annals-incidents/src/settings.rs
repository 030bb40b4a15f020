//! The numbers of data/incidents/matching.toml.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    lists: Lists,
    compared: Compared,
}

/// Where tellings are looked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lists {
    pub(crate) days_long: i32,
    pub(crate) months_long: i32,
    pub(crate) bucket_days: i32,
    pub(crate) slack_days: i32,
    pub(crate) slack_years: i32,
    pub(crate) news_days: i32,
    pub(crate) fine_km: f64,
    pub(crate) slack_km: f64,
    pub(crate) violence: Vec<String>,
}

/// From where on two tellings count as near.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Compared {
    pub(crate) near_km: f64,
    pub(crate) soon_days: i32,
    pub(crate) near_ratio: f64,
    pub(crate) telling_number: f64,
    pub(crate) open_days: i32,
    pub(crate) name_letters: usize,
    pub(crate) rare_words: usize,
}

fn settings() -> &'static Settings {
    static SETTINGS: LazyLock<Settings> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../data/incidents/matching.toml")).expect("a test loads the settings")
    });
    &SETTINGS
}

pub(crate) fn lists() -> &'static Lists {
    &settings().lists
}

pub(crate) fn compared() -> &'static Compared {
    &settings().compared
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_settings_load() {
        assert!(super::lists().bucket_days > 0 && super::compared().telling_number > 0.0);
    }
}
