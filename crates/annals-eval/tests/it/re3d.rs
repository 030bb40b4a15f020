//! Relations of re3d against those told.

use annals_eval::re3d::{Pair, Relation, score};
use expect_test::expect;

#[test]
fn counts_what_is_found_as_directed_and_either_way() {
    let pair = |relation, source, target| Pair { relation, source, target };
    let gold = [
        pair(Relation::BelongsTo, 0..4, 10..14),
        pair(Relation::BelongsTo, 30..34, 40..44),
        pair(Relation::AlliesOf, 50..54, 60..64),
        pair(Relation::InChargeOf, 70..74, 80..84),
    ];
    let told = [
        // One as it is, one the wrong way round, one mutual, one of another kind.
        pair(Relation::BelongsTo, 2..6, 8..12),
        pair(Relation::BelongsTo, 40..44, 30..34),
        pair(Relation::AlliesOf, 60..64, 50..54),
        pair(Relation::BelongsTo, 70..74, 80..84),
    ];
    expect![[r#"
        F1, prec., rec.  re3d  told   as directed         either way round
        BelongsTo           2     3   0.400 0.333 0.500   0.800 0.667 1.000
        InChargeOf          1     0   0.000 0.000 0.000   0.000 0.000 0.000
        AlliesOf            1     1   1.000 1.000 1.000   1.000 1.000 1.000
        FightingAgainst     0     0   0.000 0.000 0.000   0.000 0.000 0.000
        IsSynonymOf         0     0   0.000 0.000 0.000   0.000 0.000 0.000
        all                 4     4   0.500 0.500 0.500   0.750 0.750 0.750
    "#]]
    .assert_eq(&score([(gold.as_slice(), told.as_slice())].into_iter()).to_string());
}
