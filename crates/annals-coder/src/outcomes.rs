//! What events cost: counts with their bounds, each at the event that it belongs to best.

use annals_reader::{ReadSpan, Role, Thresholds};
use annals_record::{Event, Outcome, OutcomeKind, Scope, Span, Statement, StatementKind};
use annals_text::Document;
use annals_values::{Count, Role as PersonRole, Tables, Unit, count_phrase, unit_of};

use crate::{
    counts::outcome,
    draft::Draft,
    outcome_words::OutcomeWords,
    words::{alike, telling},
};

/// The outcomes of every draft, in text order; the same figure told twice of one event is one outcome.
pub(crate) fn outcomes(
    document: &Document,
    drafts: &[Draft],
    tables: &Tables,
    thresholds: &Thresholds,
) -> Vec<Vec<Outcome>> {
    let mut homes: Vec<Option<(f32, usize, &ReadSpan)>> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        for filler in draft.scores(Role::Outcome).into_iter().filter(|it| it.score >= thresholds.outcome) {
            if homes.len() <= filler.idx.0 {
                homes.resize(filler.idx.0 + 1, None);
            }
            let home = &mut homes[filler.idx.0];
            if home.is_none_or(|(score, ..)| filler.score > score) {
                *home = Some((filler.score, at, filler.span));
            }
        }
    }
    let mut list: Vec<Vec<Outcome>> = drafts.iter().map(|_| Vec::new()).collect();
    for (_, at, span) in homes.into_iter().flatten() {
        list[at].extend(outcome(document, span, tables));
    }
    list.into_iter().map(|outcomes| told_once(document, outcomes, tables)).collect()
}

/// "With this, 81 soldiers have been killed this year": a toll that a statement tells is none of an incident.
pub(crate) fn leave_tolls(event: &mut Event, statements: &[Statement]) {
    if event.scope != Scope::Incident {
        return;
    }
    let holds = |toll: &Statement, it: &Outcome| {
        toll.span.start <= it.span.start
            && it.span.end <= toll.span.end
            && toll.what == Some(it.what)
            && toll.low == it.low
    };
    let tolls = || statements.iter().filter(|it| it.kind == StatementKind::Toll);
    event.outcomes.retain(|it| !tolls().any(|toll| holds(toll, it)));
}

/// The outcomes of one event in text order, without repetitions, sums, and counts of people who are only looked for.
fn told_once(document: &Document, mut outcomes: Vec<Outcome>, tables: &Tables) -> Vec<Outcome> {
    let words = OutcomeWords::english();
    outcomes.sort_by_key(|it| it.span.start);
    let mut list: Vec<Outcome> = Vec::new();
    for mut outcome in outcomes {
        outcome.part |= words.is_part(&outcome);
        if people(outcome.what) && words.sought_before(document, &outcome) {
            continue;
        }
        match list.last_mut() {
            Some(last)
                if (last.low.is_none() || words.is_article(last))
                    && last.what == outcome.what
                    && touches(document, last, &outcome) =>
            {
                // "Taliban | leader", "a | pilot": the reader parted one phrase.
                let text = format!("{} {}", last.span.text, outcome.span.text);
                let Count { low, high, best } = count_phrase(&text, tables);
                let span = Span { start: last.span.start, end: outcome.span.end, text };
                *last = Outcome { span, low, high, best, ..outcome };
            }
            Some(last) if words.names_again(document, last, &outcome) => {}
            _ => list.push(outcome),
        }
    }
    with_sides_of_others(&mut list, words);
    let all = list.clone();
    let superseded = |it: &Outcome| {
        let others = || all.iter().filter(|other| other.span != it.span && other.what == it.what && !other.part);
        let vague = it.best.is_none() && others().any(|other| other.best.is_some() && other.best >= it.low);
        let named = words.describes_one(it) && others().any(|other| one_by_name(other) && other.side == it.side);
        people(it.what) && !it.part && (vague || named || words.sums(it) && others().next().is_some())
    };
    list.retain(|it| !superseded(it));
    let mut once: Vec<Outcome> = Vec::new();
    for outcome in list {
        if !once.iter().any(|known| same(document, known, &outcome, tables)) {
            once.push(outcome);
        }
    }
    parts_of_sentence(document, &mut once, words);
    for what in [OutcomeKind::Killed, OutcomeKind::Injured, OutcomeKind::Captured] {
        part_total(document, what, &mut once, words);
        largest_is_whole(what, &mut once);
    }
    once
}

/// "A leader and about 20 others": the others are of his side.
fn with_sides_of_others(outcomes: &mut [Outcome], words: &OutcomeWords) {
    for at in 1..outcomes.len() {
        let (before, rest) = outcomes.split_at_mut(at);
        let (last, other) = (&before[at - 1], &mut rest[0]);
        if people(other.what) && other.what == last.what && words.is_further(other) {
            other.side = last.side;
        }
    }
}

/// A single person told by name: "Amdou Moussa".
fn one_by_name(outcome: &Outcome) -> bool {
    let mut words = outcome.span.text.split_whitespace();
    outcome.best == Some(1) && words.all(|it| it.starts_with(char::is_uppercase))
}

/// "Two militants were detained" beside "a commander" and "another militant": where one count is the sum of all others, they are its parts.
fn part_total(document: &Document, what: OutcomeKind, outcomes: &mut [Outcome], words: &OutcomeWords) {
    let counts = |it: &Outcome| it.what == what && !it.part;
    let sum: u64 = outcomes.iter().filter(|it| counts(it)).filter_map(|it| it.low).fold(0, u64::saturating_add);
    let n_counts = outcomes.iter().filter(|it| counts(it)).count();
    // "A teacher, a nurse and two drivers": what stands in a list is not the sum of it.
    let is_listed =
        |it: &Outcome| outcomes.iter().any(|other| listed(document, it, other) || listed(document, other, it));
    let is_total = |it: &Outcome| {
        counts(it) && !words.is_further(it) && it.low.is_some_and(|low| sum - low == low) && !is_listed(it)
    };
    if n_counts < 3 {
        return;
    }
    let Some(total) = outcomes.iter().position(is_total) else { return };
    for (at, outcome) in outcomes.iter_mut().enumerate() {
        if at != total && outcome.what == what {
            outcome.part = true;
        }
    }
}

/// "Nine of them were killed", and nothing else: a part needs a whole, so the largest count is that.
fn largest_is_whole(what: OutcomeKind, outcomes: &mut [Outcome]) {
    let of_kind = || outcomes.iter().enumerate().filter(|(_, it)| it.what == what);
    if of_kind().all(|(_, it)| it.part)
        && let Some((at, _)) = of_kind().rev().max_by_key(|(_, it)| it.low)
    {
        outcomes[at].part = false;
    }
}

/// Tells whether such outcomes count people, not things.
pub(crate) fn people(what: OutcomeKind) -> bool {
    !matches!(what, OutcomeKind::Seized | OutcomeKind::Destroyed)
}

/// Only a blank stands between two outcomes.
fn touches(document: &Document, first: &Outcome, second: &Outcome) -> bool {
    document.bytes(first.span.end, second.span.start).is_some_and(|gap| &document.text[gap] == " ")
}

/// The same figure told again: equal, of the same people or things as far as the words tell, and not listed beside the other.
fn same(document: &Document, a: &Outcome, b: &Outcome, tables: &Tables) -> bool {
    let figure = a.what == b.what && a.low == b.low && a.part == b.part && a.item == b.item;
    let unit = |it: &Outcome| {
        let unit = unit_of(&it.span.text, tables);
        unit.filter(|it| !matches!(it, Unit::Unknown | Unit::Person(PersonRole::Any)))
    };
    let classes = || unit(a).zip(unit(b)).is_none_or(|(a, b)| a == b);
    // "One insurgent" and "the suspected insurgent", but not "Mohammad Yusuf" and "Mohammad Aslam".
    let words = || {
        if one_by_name(a) && one_by_name(b) {
            return alike(&a.span.text, &b.span.text);
        }
        a.low.is_some_and(|it| it > 1) || !telling(&a.span.text).is_disjoint(&telling(&b.span.text))
    };
    figure && words() && !listed(document, a, b) && classes()
}

/// "Nine soldiers and nine rebels", "one rifle, one pistol": one right behind the other.
fn listed(document: &Document, a: &Outcome, b: &Outcome) -> bool {
    let between = document.bytes(a.span.end, b.span.start).map(|it| document.text[it].trim());
    a.span.end < b.span.start && between.is_some_and(|it| matches!(it, "," | "and" | ", and" | ",and"))
}

/// "37 people, among them 19 rebels, seven soldiers and 11 civilians": counts behind another in its sentence that make it up are its
/// parts.
fn parts_of_sentence(document: &Document, outcomes: &mut [Outcome], words: &OutcomeWords) {
    let one_sentence = |a: &Outcome, b: &Outcome| {
        document.bytes(a.span.end, b.span.start).is_some_and(|it| !document.text[it].contains(['\n', '.']))
    };
    for at in 0..outcomes.len() {
        let whole = &outcomes[at];
        let Some(total) = whole.best.filter(|_| people(whole.what) && !whole.part) else { continue };
        let behind = outcomes.iter().enumerate().skip(at + 1).filter(|(_, it)| it.what == whole.what);
        let behind = behind.take_while(|(_, it)| one_sentence(whole, it) && !words.is_further(it));
        let mut sum = 0;
        let mut parts = Vec::new();
        for (part, outcome) in behind {
            parts.push(part);
            sum += outcome.best.unwrap_or(total + 1);
            if sum >= total {
                break;
            }
        }
        if sum == total && parts.len() > 1 {
            for part in parts {
                outcomes[part].part = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use annals_record::Side;

    use super::*;

    /// What is kept of deaths told in a text.
    fn deaths(text: &str, told: &[(&str, Side)]) -> Vec<Outcome> {
        let tables = Tables::english();
        let origin = annals_text::Origin::stdin();
        let report = annals_text::Report::from_bytes(text.as_bytes(), &origin).expect("plain text is a report");
        let document = annals_text::document(&report, &annals_text::Options::default());
        let killed = |(phrase, side): &(&str, Side)| {
            let start = document.text.find(phrase).expect("the phrase stands in the text");
            let Count { low, high, best } = count_phrase(phrase, &tables);
            let span = document.span(start..start + phrase.len());
            let (what, side, part, item, source) = (OutcomeKind::Killed, *side, false, None, None);
            Outcome { span, what, low, high, best, side, part, item, source }
        };
        told_once(&document, told.iter().map(killed).collect(), &tables)
    }

    /// Its words with their sides.
    fn kept(text: &str, told: &[(&str, Side)]) -> Vec<(String, &'static str)> {
        deaths(text, told).into_iter().map(|it| (it.span.text, it.side.as_str())).collect()
    }

    #[test]
    fn a_leader_told_by_rank_and_by_name_is_one_and_others_are_of_his_side() {
        let text = "The group lost one of its most senior leaders. Amdou Moussa was killed and about 20 others.";
        let told = [
            ("one of its most senior leaders", Side::Target),
            ("Amdou Moussa", Side::Target),
            ("about 20 others", Side::Agent),
        ];
        assert_eq!(
            kept(text, &told),
            [("Amdou Moussa".to_owned(), "target"), ("about 20 others".to_owned(), "target")]
        );
    }

    #[test]
    fn equal_figures_are_one_only_where_they_may_count_the_same() {
        let killed = |text, told: [&str; 2]| kept(text, &told.map(|it| (it, Side::Unknown))).len();
        assert_eq!(killed("Nine soldiers and nine rebels were killed.", ["Nine soldiers", "nine rebels"]), 2);
        assert_eq!(killed("Two women died, and two children.", ["Two women", "two children"]), 1);
        assert_eq!(killed("Two women and two children died.", ["Two women", "two children"]), 2);
        assert_eq!(killed("Nine soldiers died. The nine died at dawn.", ["Nine soldiers", "The nine"]), 1);
        let names = ["Mohammad Yusuf", "Mohammad Aslam"];
        assert_eq!(killed("They shot Mohammad Yusuf, a teacher, and then Mohammad Aslam.", names), 2);
    }

    #[test]
    fn counts_that_make_up_another_one_of_their_sentence_are_its_parts() {
        let parts = |text, told: &[&str]| {
            let told: Vec<(&str, Side)> = told.iter().map(|it| (*it, Side::Unknown)).collect();
            let killed = deaths(text, &told).into_iter();
            killed.map(|it| if it.part { "part" } else { "whole" }).collect::<Vec<_>>()
        };
        let told = ["37 people", "19 rebels", "seven soldiers", "11 civilians"];
        assert_eq!(
            parts("37 people died, among them 19 rebels, seven soldiers and 11 civilians.", &told),
            ["whole", "part", "part", "part"]
        );
        assert_eq!(parts("Four rebels and two soldiers died.", &["Four rebels", "two soldiers"]), ["whole", "whole"]);
    }

    #[test]
    fn one_person_under_two_names_is_one() {
        let text = "Amdou Moussa, known as \u{201c}Elias\u{201d}, and Omar Tesk were killed.";
        let told = ["Amdou Moussa", "Elias", "Omar Tesk"].map(|it| (it, Side::Target));
        let words: Vec<String> = kept(text, &told).into_iter().map(|it| it.0).collect();
        assert_eq!(words, ["Amdou Moussa", "Omar Tesk"]);
        let text = "Shells killed a driver, Gunars Petersons, and the pilot identified as Omar Tesk.";
        let told = ["a driver", "Gunars Petersons", "the", "pilot", "Omar Tesk"].map(|it| (it, Side::Target));
        let words: Vec<String> = kept(text, &told).into_iter().map(|it| it.0).collect();
        assert_eq!(words, ["a driver", "the pilot"]);
    }

    #[test]
    fn a_part_needs_a_whole() {
        let parts = |texts: &[&str]| {
            let told: Vec<_> = texts.iter().map(|it| (*it, Side::Target)).collect();
            deaths(&texts.join(", "), &told).iter().map(|it| it.part).collect::<Vec<_>>()
        };
        assert_eq!(parts(&["nine of them"]), [false]);
        assert_eq!(parts(&["two of them", "seven of them"]), [true, false]);
        assert_eq!(parts(&["two of them", "seven soldiers"]), [true, false]);
    }
}
