//! Tellings that may be one happening share a key.

use annals_incidents::{Telling, keys};
use proptest::prelude::*;

use crate::tellings;

fn asks(one: &Telling, other: &Telling) -> bool {
    let (one, other) = (keys(one), keys(other));
    one.ask.iter().any(|it| other.under.contains(it))
}

proptest! {
    #[test]
    fn near_in_time_and_place_meet(
        lat in -60.0..60.0_f64, lon in -170.0..170.0_f64, north in -0.1..0.1_f64, east in -0.1..0.1_f64,
        day in 4..25_i32, later in 0..=3_i32,
    ) {
        let text = format!(
            "r1 Arda_News 2024-03-30 | shelling 2024-03-{day:02} Takola@{lat},{lon} | - | -
             r2 Belo_Post 2024-03-30 | bombing 2024-03-{:02} Sirba@{},{} | - | -",
            day + later, lat + north, lon + east,
        );
        let told = tellings::read(&text);
        prop_assert!(asks(&told[0], &told[1]) && asks(&told[1], &told[0]));
    }

    #[test]
    fn a_vague_day_meets_a_day_within_it(day in 1..=31_i32) {
        let text = format!(
            "r1 Arda_News 2024-04-30 | shelling 2024-03-{day:02} Takola@15.7,0.1 | - | -
             r2 Belo_Post 2024-09-30 | shelling 2024-03-01..2024-03-31 Takola@15.7,0.1 | - | -",
        );
        let told = tellings::read(&text);
        prop_assert!(asks(&told[0], &told[1]) && asks(&told[1], &told[0]));
    }

    #[test]
    fn far_days_do_not_meet(gap in 12..300_i64) {
        use jiff::ToSpan as _;
        let first = jiff::civil::date(2023, 1, 1);
        let text = format!(
            "r1 Arda_News 2024-04-30 | shelling {first} Takola@15.7,0.1 | - | -
             r2 Belo_Post 2024-09-30 | shelling {} Takola@15.7,0.1 | - | -",
            first + gap.days(),
        );
        let told = tellings::read(&text);
        prop_assert!(!asks(&told[0], &told[1]));
    }
}
