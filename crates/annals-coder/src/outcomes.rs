//! What events cost: counts with their bounds, each at the event that it belongs to best.

use annals_reader::{ReadSpan, Role, SpanKind, Thresholds};
use annals_record::{Event, Item, Outcome, OutcomeKind, Party, Side, Span};
use annals_text::Document;
use annals_values::{Count, Tables, Unit, count_phrase, find_quantities};

use crate::{draft::Draft, outcome_words::OutcomeWords, words::telling};

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
        if !once.iter().any(|known| same(known, &outcome)) {
            once.push(outcome);
        }
    }
    for what in [OutcomeKind::Killed, OutcomeKind::Injured, OutcomeKind::Captured] {
        part_total(what, &mut once, words);
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

/// "Several insurgents were killed" when insurgents had attacked: people told by a party's own noun are of its side, whatever stands
/// around them.
pub(crate) fn take_sides_by_noun(event: &mut Event) {
    let tells = |parties: &[Party], noun: &str| {
        parties.iter().any(|it| it.span.text.split_whitespace().any(|word| word.eq_ignore_ascii_case(noun)))
    };
    let (agents, targets) = (&event.agents, &event.targets);
    for it in event.outcomes.iter_mut().filter(|it| people(it.what) && matches!(it.side, Side::Agent | Side::Target)) {
        let Some(noun) = it.span.text.split_whitespace().next_back() else { continue };
        match (tells(agents, noun), tells(targets, noun)) {
            (true, false) => it.side = Side::Agent,
            (false, true) => it.side = Side::Target,
            _ => {}
        }
    }
}

/// A single person told by name: "Amdou Moussa".
fn one_by_name(outcome: &Outcome) -> bool {
    let mut words = outcome.span.text.split_whitespace();
    outcome.best == Some(1) && words.all(|it| it.starts_with(char::is_uppercase))
}

/// "Two militants were detained" beside "a commander" and "another militant": where one count is the sum of all others, they are its parts.
fn part_total(what: OutcomeKind, outcomes: &mut [Outcome], words: &OutcomeWords) {
    let counts = |it: &Outcome| it.what == what && !it.part;
    let sum: u64 = outcomes.iter().filter(|it| counts(it)).filter_map(|it| it.low).fold(0, u64::saturating_add);
    let n_counts = outcomes.iter().filter(|it| counts(it)).count();
    let is_total = |it: &Outcome| counts(it) && !words.is_further(it) && it.low.is_some_and(|low| sum - low == low);
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

fn people(what: OutcomeKind) -> bool {
    !matches!(what, OutcomeKind::Seized | OutcomeKind::Destroyed)
}

/// Only a blank stands between two outcomes.
fn touches(document: &Document, first: &Outcome, second: &Outcome) -> bool {
    document.bytes(first.span.end, second.span.start).is_some_and(|gap| &document.text[gap] == " ")
}

fn outcome(document: &Document, span: &ReadSpan, tables: &Tables) -> Option<Outcome> {
    let SpanKind::Outcome { what, side, part, item } = span.kind else { return None };
    let text = &document.text[span.range.clone()];
    let Count { low, high, best } = count_phrase(text, tables);
    let counted = counted_item(text, tables);
    let (what, item) = match (what, counted) {
        // A toll counts people alone: "a shepherd and 40 head of sheep".
        (OutcomeKind::Killed | OutcomeKind::Injured, Some(Item::Livestock)) => (OutcomeKind::Destroyed, counted),
        (OutcomeKind::Captured, Some(Item::Livestock)) => (OutcomeKind::Seized, counted),
        _ if people(what) => (what, item),
        _ => (what, counted.or(item)),
    };
    Some(Outcome { span: document.span(span.range.clone()), what, low, high, best, side, part, item, source: None })
}

/// The class of things that a phrase counts, where its noun is known: "8 motorcycles" are vehicles, whatever stands around them.
fn counted_item(text: &str, tables: &Tables) -> Option<Item> {
    let unit = find_quantities(text, tables).into_iter().find_map(|it| it.counted).map(|it| it.unit)?;
    Some(match unit {
        Unit::Vehicle | Unit::Motorcycle => Item::Vehicle,
        Unit::Armour => Item::Armour,
        Unit::Aircraft => Item::Aircraft,
        Unit::Weapon => Item::Weapons,
        Unit::Ammunition => Item::Ammunition,
        Unit::Building => Item::Building,
        Unit::Livestock => Item::Livestock,
        Unit::Supplies => Item::Supplies,
        _ => return None,
    })
}

/// The same figure: equal, and more than one or told in shared words.
fn same(a: &Outcome, b: &Outcome) -> bool {
    let figure = a.what == b.what && a.low == b.low && a.part == b.part && a.item == b.item;
    figure && (a.low.is_some_and(|it| it > 1) || !telling(&a.span.text).is_disjoint(&telling(&b.span.text)))
}

#[cfg(test)]
mod tests {
    use annals_record::Side;

    use super::*;

    #[test]
    fn a_known_noun_says_what_kind_of_thing_is_counted() {
        let tables = Tables::english();
        assert_eq!(counted_item("8 motorcycles", &tables), Some(Item::Vehicle));
        assert_eq!(counted_item("three rifles", &tables), Some(Item::Weapons));
        assert_eq!(counted_item("two walnuts", &tables), None);
    }

    #[test]
    fn a_toll_counts_people_alone() {
        let tables = Tables::english();
        let text = "The raid killed a shepherd and 40 head of sheep.";
        let report = annals_text::Report::from_bytes(text.as_bytes(), &annals_text::Origin::stdin())
            .expect("plain text is a report");
        let document = annals_text::document(&report, &annals_text::Options::default());
        let told = |phrase: &str| {
            let start = document.text.find(phrase).expect("the phrase stands in the text");
            let kind = SpanKind::Outcome { what: OutcomeKind::Killed, side: Side::Unknown, part: false, item: None };
            let span = ReadSpan { range: start..start + phrase.len(), kind, score: 1.0 };
            outcome(&document, &span, &tables).map(|it| (it.what, it.item, it.low))
        };
        assert_eq!(told("a shepherd"), Some((OutcomeKind::Killed, None, Some(1))));
        assert_eq!(told("40 head of sheep"), Some((OutcomeKind::Destroyed, Some(Item::Livestock), Some(40))));
    }

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
    fn people_told_by_a_partys_noun_are_of_its_side() {
        let span = |text: &str| Span { start: 0, end: text.len(), text: text.to_owned() };
        let party = |text: &str| Party { span: span(text), name: None, kind: None, actor: None };
        let mut event = Event::bare(annals_record::EventType::ArmedClash, span("attacked"));
        (event.agents, event.targets) = (vec![party("armed insurgents")], vec![party("coalition patrol")]);
        event.outcomes = ["several insurgents", "two members of the patrol", "three others"]
            .map(|text| Outcome {
                span: span(text),
                what: OutcomeKind::Killed,
                low: None,
                high: None,
                best: None,
                side: if text == "several insurgents" { Side::Target } else { Side::Agent },
                part: false,
                item: None,
                source: None,
            })
            .into();
        take_sides_by_noun(&mut event);
        let sides: Vec<&str> = event.outcomes.iter().map(|it| it.side.as_str()).collect();
        assert_eq!(sides, ["agent", "target", "agent"]);
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
