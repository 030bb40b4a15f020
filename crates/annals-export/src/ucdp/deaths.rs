//! Deaths as UCDP counts them: four numbers that make the best estimate, and bounds around it.

use annals_incidents::{Figure, Incident};
use annals_record::{OutcomeKind, Side};

use super::Tables;
use super::dyad::Dyad;
use crate::people::{Number, is_part, wholes};

/// Numbers of dead.
///
/// **Range**: `low <= best <= high`, `best` is the sum of the four, `high` is never 0 unless nobody is told to have died.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Deaths {
    pub(crate) side_a: u64,
    pub(crate) side_b: u64,
    pub(crate) civilians: u64,
    pub(crate) unknown: u64,
    pub(crate) best: u64,
    pub(crate) low: u64,
    pub(crate) high: u64,
}

/// The dead of an incident between these sides.
pub(crate) fn deaths(incident: &Incident, dyad: &Dyad) -> Deaths {
    let by_side = by_side(incident);
    let of = |side: Side| by_side.iter().find(|it| it.0 == side).map_or(0, |it| it.1);
    let (agents, targets) = (of(Side::Agent), of(Side::Target));
    let (civilians, unknown) = (of(Side::Civilian), of(Side::Unknown));
    let mut deaths = if dyad.violence == 3 {
        // Only civilians die in one-sided violence; whoever died of the attackers is told as unknown.
        Deaths { civilians: civilians + targets, unknown: unknown + agents, ..Deaths::default() }
    } else {
        let (side_a, side_b) = if dyad.swapped { (targets, agents) } else { (agents, targets) };
        Deaths { side_a, side_b, civilians, unknown, ..Deaths::default() }
    };
    deaths.best = deaths.side_a + deaths.side_b + deaths.civilians + deaths.unknown;
    let lows = wholes(incident, OutcomeKind::Killed).map(|it| it.low.unwrap_or_else(|| point(it)));
    let highs = wholes(incident, OutcomeKind::Killed).map(|it| it.high.unwrap_or_else(|| point(it)));
    deaths.low = lows.fold(0, u64::saturating_add).min(deaths.best);
    deaths.high = highs.fold(0, u64::saturating_add).max(deaths.best);
    deaths
}

/// The number that stands for a figure: somebody died where no number is told.
fn point(figure: &Figure) -> u64 {
    let untold = || Tables::get().untold_deaths.min(figure.high.unwrap_or(u64::MAX));
    Number::from(figure).point().unwrap_or_else(untold)
}

/// Best numbers by side, each person counted once: a part ("22 dead, six of them civilians") is taken off its whole.
fn by_side(incident: &Incident) -> [(Side, u64); 4] {
    // Whom a part is taken from, in this order.
    let mut all = [Side::Unknown, Side::Target, Side::Agent, Side::Civilian].map(|it| (it, 0_u64));
    for figure in wholes(incident, OutcomeKind::Killed) {
        let side = all.iter_mut().find(|it| it.0 == figure.side).expect("all four sides stand there");
        side.1 = side.1.saturating_add(point(figure));
    }
    let parts = incident.figures.iter().filter(|it| it.what == OutcomeKind::Killed && is_part(it));
    for part in parts {
        let mut left = point(part);
        let mut moved = 0;
        for whole in all.iter_mut().filter(|it| it.0 != part.side) {
            let taken = left.min(whole.1);
            whole.1 -= taken;
            left -= taken;
            moved += taken;
        }
        let side = all.iter_mut().find(|it| it.0 == part.side).expect("all four sides stand there");
        side.1 += moved;
    }
    all
}
