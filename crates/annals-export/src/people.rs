//! Figures as the formats ask for them: totals and deaths a side, parts counted once.

use std::collections::BTreeMap;

use annals_incidents::{Figure, Incident, ReviewState, TellingId};
use annals_record::{OutcomeKind, Side};

/// The code of what people said of an incident.
pub(crate) fn review(state: ReviewState) -> &'static str {
    match state {
        ReviewState::Unreviewed => "unreviewed",
        ReviewState::Accepted => "accepted",
        ReviewState::Corrected => "corrected",
        ReviewState::Rejected => "rejected",
    }
}

/// A number with its bounds; each is `None` when not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) low: Option<u64>,
    pub(crate) best: Option<u64>,
    pub(crate) high: Option<u64>,
}

impl Number {
    /// The least and greatest are unknown as soon as one of the two is; the best is what is known of it.
    fn plus(self, other: Self) -> Self {
        Self {
            low: self.low.zip(other.low).map(|(a, b)| a.saturating_add(b)).or(self.low).or(other.low),
            best: self.best.zip(other.best).map(|(a, b)| a.saturating_add(b)).or(self.best).or(other.best),
            high: self.high.zip(other.high).map(|(a, b)| a.saturating_add(b)),
        }
    }

    /// The number, as near as it is told.
    pub(crate) fn point(self) -> Option<u64> {
        self.best.or(self.low)
    }
}

impl From<&Figure> for Number {
    /// The figure's own numbers; of one that is only part of another, which rules leave unweighed, what its claims say.
    fn from(figure: &Figure) -> Self {
        let weighed = Self { low: figure.low, best: figure.best, high: figure.high };
        if weighed == Self::default() && is_part(figure) { of_claims(figure) } else { weighed }
    }
}

/// What the middle one of the tellings says, each telling's claims added up.
fn of_claims(figure: &Figure) -> Number {
    let mut by_telling: BTreeMap<&TellingId, Number> = BTreeMap::new();
    for claim in &figure.claims {
        let number = Number { low: claim.low, best: claim.best.or(claim.low), high: claim.high };
        by_telling.entry(&claim.telling).and_modify(|it| *it = it.plus(number)).or_insert(number);
    }
    let mut numbers: Vec<Number> = by_telling.into_values().collect();
    numbers.sort_by_key(|it| it.best);
    numbers.get(numbers.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

/// Tells whether a figure is counted in another one: some telling says so.
pub(crate) fn is_part(figure: &Figure) -> bool {
    figure.claims.iter().any(|it| it.part)
}

/// The figures of one outcome that are no part of another.
pub(crate) fn wholes(incident: &Incident, what: OutcomeKind) -> impl Iterator<Item = &Figure> {
    incident.figures.iter().filter(move |it| it.what == what && !is_part(it))
}

/// The sum over all sides; `None` when the outcome is not told at all.
pub(crate) fn total(incident: &Incident, what: OutcomeKind) -> Option<Number> {
    wholes(incident, what).map(Number::from).reduce(Number::plus)
}

/// What is told of one side; `None` when nothing is.
pub(crate) fn of_side(incident: &Incident, what: OutcomeKind, side: Side) -> Option<Number> {
    let figures = incident.figures.iter().filter(|it| it.what == what && it.side == side);
    figures.map(Number::from).reduce(Number::plus)
}

/// Tells whether an outcome is told, with or without a number, but for a number of zero.
pub(crate) fn any(incident: &Incident, what: OutcomeKind) -> bool {
    incident.figures.iter().any(|it| it.what == what && it.high != Some(0))
}
