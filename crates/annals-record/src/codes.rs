//! The closed lists of the codebook, as enums; each variant's JSON form is its name in `snake_case`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// Declares a code list: a fieldless enum with its JSON, text and `ALL` forms.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, EnumString,
            IntoStaticStr, VariantArray,
        )]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in codebook order.
            pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

            /// The code as it stands in JSON.
            pub fn as_str(self) -> &'static str {
                self.into()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

codes! {
    /// What happened. Where two types fit equally, the first in this order is used.
    EventType {
        /// A chemical weapon is used.
        ChemicalAttack,
        /// An aircraft, helicopter or drone hits something, barrel bombs included.
        AirStrike,
        /// Artillery, mortar, rocket, missile or tank fire at a place or people.
        Shelling,
        /// An explosive device: mine, car bomb, suicide bomb, grenade, planted bomb.
        Bombing,
        /// A side takes a place by force and holds it.
        TerritoryTaken,
        /// A place changes hands without a fight.
        TerritoryTransfer,
        /// Two armed sides fight, or one assaults the other's forces, camp, base, checkpoint or convoy.
        ArmedClash,
        /// Rape and other sexual violence.
        SexualViolence,
        /// Kidnapping, hostage-taking, disappearance; detention by a non-state group.
        Abduction,
        /// Other violence by an armed side against people not fighting.
        TargetedViolence,
        /// Detention by a state's authorities.
        Arrest,
        /// Captives freed, rescued, exchanged or escaped.
        Release,
        /// Goods, cattle, aid or civilian vehicles taken.
        Looting,
        /// Property burnt, blown up or sabotaged, with no person as target.
        Destruction,
        /// Arms or explosives found, seized outside a battle, defused; a missile intercepted.
        WeaponsSeizure,
        /// A siege, blockade or encirclement laid or lifted.
        Siege,
        /// Forces moved, massed or reinforced; a base set up.
        Deployment,
        /// Surrender, defection, merger, split, new leader, recruitment.
        GroupChange,
        /// Ceasefire, truce, evacuation or exchange deal, peace accord, made or broken off.
        Agreement,
        /// Force used against protesters.
        ProtestCrackdown,
        /// A violent crowd.
        Riot,
        /// A peaceful demonstration.
        Protest,
        /// People flee or are moved out.
        Displacement,
        /// A conflict happening that fits none of the others.
        Other,
    }
}

codes! {
    /// How much one event covers.
    Scope {
        /// A single happening.
        Incident,
        /// An operation or a repeated pattern over days or more.
        Campaign,
    }
}

codes! {
    /// Whether the event is told as having happened.
    Realis {
        /// Told as having happened, even by one side only.
        Actual,
        /// Announced, threatened, expected or being prepared.
        Planned,
        /// The only telling is a denial.
        Denied,
        /// Attempted or foiled.
        Failed,
    }
}

codes! {
    /// What sort of party a naming stands for.
    ActorKind {
        /// Army, police or other force of the state in its own country.
        StateForce,
        /// A government or its civil offices.
        Government,
        /// A non-state armed group.
        ArmedGroup,
        /// A militia.
        Militia,
        /// A state's force in another country, or a private military company.
        ForeignForce,
        /// An international organisation or its mission.
        InternationalOrg,
        /// People not fighting.
        Civilians,
        /// One person.
        Individual,
        /// A building or site.
        Facility,
        /// An armed party that nobody names.
        Unidentified,
        /// Anything else.
        Other,
    }
}

codes! {
    /// What a stated quantity (or named victim) suffered or what was done with the things counted.
    OutcomeKind {
        /// Died.
        Killed,
        /// Hurt.
        Injured,
        /// Taken prisoner, abducted or arrested.
        Captured,
        /// Not to be found.
        Missing,
        /// Fled or moved out.
        Displaced,
        /// Freed.
        Released,
        /// Gave themselves up.
        Surrendered,
        /// Things taken.
        Seized,
        /// Things destroyed.
        Destroyed,
    }
}

codes! {
    /// Who suffered an outcome.
    Side {
        /// Members of the event's agents.
        Agent,
        /// Members of the event's targets.
        Target,
        /// People told to be civilians.
        Civilian,
        /// Not told.
        Unknown,
    }
}

codes! {
    /// The class of things seized or destroyed.
    Item {
        /// Arms.
        Weapons,
        /// Rounds, shells, explosives.
        Ammunition,
        /// Cars, trucks, motorcycles.
        Vehicle,
        /// Tanks and armoured carriers.
        Armour,
        /// Aircraft and drones.
        Aircraft,
        /// Buildings.
        Building,
        /// Fuel, food, aid, money, equipment.
        Supplies,
        /// Animals.
        Livestock,
        /// Anything else.
        Other,
    }
}

codes! {
    /// How a source stands to the event that it tells of.
    Stance {
        /// Tells of it.
        Reports,
        /// Claims responsibility for it.
        Claims,
        /// Accuses a party of it.
        Accuses,
        /// Denies it or its own part in it.
        Denies,
    }
}

codes! {
    /// The sort of a standing fact told by a report.
    StatementKind {
        /// The subject holds a place.
        Control,
        /// A place is fought over or partly held.
        Contested,
        /// The subject is active in a place.
        Presence,
        /// The subject lost a place.
        Lost,
        /// A person leads a group or unit.
        Leads,
        /// A person or group belongs to a group.
        Member,
        /// The subject is loyal to, backed by or affiliated with the object.
        Allegiance,
        /// Two parties are allied.
        Alliance,
        /// Two parties are enemies.
        Rivalry,
        /// What a side wants, and why.
        Objective,
        /// What is said to come next.
        Expected,
        /// How a side usually acts.
        Pattern,
        /// Casualties over a long period or over several events.
        Toll,
    }
}

codes! {
    /// How finely a date is known.
    TimePrecision {
        /// One day.
        Day,
        /// Two to six days.
        Days,
        /// A week or about a week.
        Week,
        /// A month or about a month.
        Month,
        /// A season or a few months.
        Season,
        /// A year or more.
        Year,
    }
}

codes! {
    /// How finely a place is known.
    PlacePrecision {
        /// A named town, village or quarter.
        Exact,
        /// Near or around a named place.
        Near,
        /// A second-level administrative unit.
        Adm2,
        /// A first-level administrative unit.
        Adm1,
        /// A named area that is no administrative unit.
        Area,
        /// A country.
        Country,
    }
}
