//! Quantities: numbers in words or digits, their bounds, and what they count.

mod doubt;
mod find;
mod noun;
mod number;
mod phrase;

use std::ops::Range;

use serde::Deserialize;

pub use find::{find_quantities, find_values};
pub(crate) use number::below_hundred;
pub use phrase::{count_phrase, unit_of};

/// A stated quantity: the whole phrase, as one would quote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The phrase, with its bound words and what it counts ("at least 12 civilians"). **Units**: bytes of the text.
    pub range: Range<usize>,
    /// The number words alone ("12", "dozens", "a" in "a policeman").
    pub number: Range<usize>,
    /// What is counted; `None` where the phrase is a bare number.
    pub counted: Option<Counted>,
    /// Least number; `None` when not told.
    pub low: Option<u64>,
    /// Greatest number; `None` when not told.
    pub high: Option<u64>,
    /// The number told, when one is.
    pub best: Option<u64>,
    /// True for a part of a whole told before it: "six of them", "including six children".
    pub part_of_previous: bool,
    /// True when the number is an article ("a policeman") or left out ("another soldier").
    pub implied: bool,
}

/// What a quantity counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// From the first modifier to the head: "suspected Taliban fighters".
    pub range: Range<usize>,
    /// The head noun.
    pub head: Range<usize>,
    /// Its class.
    pub unit: Unit,
}

/// The low, high and best number that a phrase tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Least number; `None` when not told.
    pub low: Option<u64>,
    /// Greatest number; `None` when not told.
    pub high: Option<u64>,
    /// The number told, when one is.
    pub best: Option<u64>,
}

/// Classes of counted things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// People, with what their word tells of them.
    Person(Role),
    /// Families, groups and other gatherings of people.
    Group,
    /// Cars, trucks, buses, boats.
    Vehicle,
    /// Motorcycles and bicycles.
    Motorcycle,
    /// Tanks, armoured carriers.
    Armour,
    /// Aeroplanes, helicopters, drones.
    Aircraft,
    /// Arms.
    Weapon,
    /// Rounds, shells, magazines.
    Ammunition,
    /// Bombs, mines, explosive devices.
    Explosive,
    /// Buildings and sites.
    Building,
    /// Animals.
    Livestock,
    /// Fuel, food, aid, equipment.
    Supplies,
    /// Places and areas: "five villages".
    Place,
    /// Happenings: "five attacks", "two raids".
    Happening,
    /// Money.
    Money,
    /// Lengths and areas.
    Distance,
    /// Weights and volumes.
    Weight,
    /// Stretches of time.
    Duration,
    /// Percentages.
    Percentage,
    /// Bores of weapons.
    Calibre,
    /// Ages of people.
    Age,
    /// A noun that the tables do not know.
    Unknown,
}

/// What a person noun tells of the people it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Told to be civilians: "civilians", "children", "teachers".
    Civilian,
    /// Members of an armed group: "fighters", "militants".
    Combatant,
    /// Members of a state's force: "soldiers", "policemen".
    StateForce,
    /// Any person: "people", "others", "bodies", "prisoners".
    Any,
}

impl Unit {
    /// Tells whether the things counted are people or groups of them.
    pub fn is_people(self) -> bool {
        matches!(self, Self::Person(_) | Self::Group)
    }

    /// Tells whether the quantity measures something and counts nothing: lengths, weights, times, shares, bores, ages.
    pub fn is_measure(self) -> bool {
        matches!(self, Self::Distance | Self::Weight | Self::Duration | Self::Percentage | Self::Calibre | Self::Age)
    }
}
