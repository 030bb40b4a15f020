//! Descriptions → the name within them: "the northern Syrian province of Idlib", "farms of Al Maleh".

use std::ops::Range;

use super::parse::{Parsed, Relation, kind_of_word, possessor, strip_kind};
use crate::fold::fold;
use crate::gazetteer::{Gazetteer, PlaceNo};
use crate::kind::Kind;
use crate::pack::Entry;
use crate::words::Class;

/// Longest name within a description.
///
/// **Units**: words.
const MOST_WORDS: usize = 4;

/// Where the whole naming and its head are no names of the gazetteer, looks for the longest name within them.
///
/// Words for countries and their people in the description become containers. A description without any name loses its heads.
pub(crate) fn find_within(gazetteer: &Gazetteer, parsed: &mut Parsed) {
    if parsed.heads.len() != 1 || parsed.relation == Relation::Border {
        return;
    }
    let is_name = |name: &str| is_named(gazetteer, name, |_| true);
    let whole = parsed.whole.clone();
    let has_capitals =
        whole.chars().any(char::is_uppercase) || whole.chars().any(|c| c.is_alphabetic() && !c.is_lowercase());
    if !has_capitals || (is_empty_of_names(gazetteer, &whole) && !is_unit_name(gazetteer, parsed)) {
        parsed.heads = vec![String::new()];
        parsed.whole = String::new();
        parsed.wanted = None;
        parsed.says_capital = says_capital(&whole);
        return;
    }
    if parsed.relation == Relation::Part && parsed.wanted.is_some() && is_name(&parsed.with_part) {
        // "State of North Darfur" is no part of Darfur.
        parsed.heads[0].clone_from(&parsed.with_part);
        parsed.relation = Relation::At;
    }
    if (parsed.relation == Relation::At && is_name(&whole)) || is_name(&parsed.heads[0]) {
        return;
    }
    if split_holder(gazetteer, parsed) {
        return;
    }
    let text = if matches!(parsed.relation, Relation::Offset { .. }) { parsed.heads[0].clone() } else { whole };
    let words: Vec<&str> =
        text.split([' ', '/']).map(|it| it.trim_matches([',', '.', '(', ')'])).filter(|it| !it.is_empty()).collect();
    if words.len() < 2 {
        return;
    }
    let countries = countries_in(gazetteer, &words);
    let Some((from, to)) = longest_name(gazetteer, &words, &countries) else {
        add_countries(gazetteer, parsed, &words, &countries, 0..0);
        parsed.says_capital = says_capital(&text);
        return;
    };
    add_countries(gazetteer, parsed, &words, &countries, from..to);
    let is_unknown = |at: usize| {
        words.get(at).is_some_and(|it| starts_high(it) && !is_plain_word(gazetteer, it) && possessor(it) == *it)
            && !countries.iter().any(|it| it.contains(&at) && is_country(gazetteer, &words[it.clone()].join(" ")))
    };
    if is_unknown(to) || from.checked_sub(1).is_some_and(is_unknown) {
        // "Ouro Modi village" is no village of the name Ouro, "Dogon Daji" nowhere called Daji; other spellings may be known.
        if parsed.wanted.is_some_and(Class::is_point) || !gazetteer.hits(&fold(&parsed.heads[0])).is_empty() {
            return;
        }
        parsed.is_partial = true;
    }
    parsed.heads = vec![possessor(&words[from..to].join(" ")).to_owned()];
    let class = |at: Option<usize>| {
        at.and_then(|at| words.get(at)).and_then(|it| kind_of_word(&it.to_lowercase(), &gazetteer.words))
    };
    let of = from > 1 && matches!(words[from - 1].to_lowercase().as_str(), "of" | "de" | "du" | "d'");
    let wanted = class(Some(to)).or_else(|| class(from.checked_sub(if of { 2 } else { 1 })));
    parsed.wanted = wanted.filter(|it| *it != Class::Area);
    if parsed.relation == Relation::At || parsed.relation == Relation::Part {
        parsed.relation = if parsed.wanted.is_some() { Relation::At } else { Relation::Near };
    }
}

/// "Panjwai district of Kandahar": a unit or place told with the unit that holds it, where both are known and it does.
///
/// Gives true when so. "The Idlib town of Saraqib" is told the other way round.
fn split_holder(gazetteer: &Gazetteer, parsed: &mut Parsed) -> bool {
    let Some((inner, outer)) = parsed.heads[0].split_once(" of ") else { return false };
    let (head, Some(wanted)) = strip_kind(inner, &gazetteer.words) else { return false };
    let outer = outer.trim_start_matches("the ").to_owned();
    let (outer_head, _) = strip_kind(&outer, &gazetteer.words);
    let holders: Vec<PlaceNo> =
        [&outer, &outer_head].iter().flat_map(|it| gazetteer.hits(&fold(it))).map(|it| it.place).collect();
    let is_held = |entry: &Entry| gazetteer.ancestors(entry).any(|(place, _)| holders.contains(&place));
    if !is_named(gazetteer, &head, |entry| (wanted.holds(entry.kind) || entry.kind.is_point()) && is_held(entry)) {
        return false;
    }
    parsed.heads[0] = head;
    parsed.wanted = Some(wanted);
    parsed.relation = Relation::At;
    parsed.containers.insert(0, outer);
    parsed.n_own_containers += 1;
    true
}

fn starts_high(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase())
}

/// Where countries, continents and their people are named: "Central African Republic", "Syrian", "Central American".
fn countries_in(gazetteer: &Gazetteer, words: &[&str]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let is_country = |n: &usize| {
            let name = words[at..at + n].join(" ");
            is_country(gazetteer, &name) || is_named(gazetteer, &name, |entry| entry.kind == Kind::Continent)
        };
        let n = (1..=MOST_WORDS.min(words.len() - at)).rev().find(is_country);
        found.extend(n.map(|n| at..at + n));
        at += n.unwrap_or(1);
    }
    found
}

fn is_country(gazetteer: &Gazetteer, name: &str) -> bool {
    gazetteer.countries.named(&fold(possessor(name)).normal).is_some()
}

fn add_countries(
    gazetteer: &Gazetteer,
    parsed: &mut Parsed,
    words: &[&str],
    countries: &[Range<usize>],
    but: Range<usize>,
) {
    for it in countries.iter().filter(|it| it.start < but.start || it.end > but.end) {
        let name = words[it.clone()].join(" ");
        if is_country(gazetteer, &name) {
            parsed.containers.push(possessor(&name).to_owned());
        }
    }
}

/// The rightmost of the longest names, since descriptions end with theirs, most often; neither a country nor a part of its name.
fn longest_name(gazetteer: &Gazetteer, words: &[&str], countries: &[Range<usize>]) -> Option<(usize, usize)> {
    let is_name = |from: usize, to: usize| {
        let name = words[from..to].join(" ");
        let crosses = |it: &Range<usize>| it.start < to && from < it.end;
        let within = |it: &Range<usize>| from < it.start && it.end <= to || from <= it.start && it.end < to;
        starts_high(words[from])
            && starts_high(words[to - 1])
            && !words[from..to].iter().all(|it| is_plain_word(gazetteer, it))
            // "AL" and "IN" are states only where they stand alone.
            && fold(&name).key.len() > 2
            && countries.iter().filter(|it| crosses(it)).all(within)
            && is_named(gazetteer, possessor(&name), |entry| entry.kind != Kind::Continent)
    };
    (1..=MOST_WORDS.min(words.len()))
        .rev()
        .flat_map(|n| (0..=words.len() - n).rev().map(move |from| (from, from + n)))
        .find(|(from, to)| is_name(*from, *to))
}

/// True for a name, as written, of a place that is wanted.
fn is_named(gazetteer: &Gazetteer, name: &str, is_wanted: impl Fn(&Entry) -> bool) -> bool {
    let hits = gazetteer.hits(&fold(name));
    hits.iter().filter(|it| it.is_normal).any(|it| gazetteer.entry(it.place).is_some_and(|entry| is_wanted(&entry)))
}

fn says_capital(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.iter().any(|it| matches!(*it, "capital" | "capitale"))
        && !words.iter().any(|it| matches!(*it, "provincial" | "regional"))
}

/// True for kind words, directions, fillers and nearness words, none of which is a name.
fn is_plain_word(gazetteer: &Gazetteer, word: &str) -> bool {
    let lower = word.to_lowercase();
    let words = &gazetteer.words;
    kind_of_word(&lower, words).is_some()
        || words.fillers.contains(&lower)
        || words.part.contains(&lower)
        || words.plain.contains(&lower)
        || words.near.iter().flatten().any(|it| *it == lower)
}

/// "Nord region": a unit may be named by a word that is none elsewhere.
fn is_unit_name(gazetteer: &Gazetteer, parsed: &Parsed) -> bool {
    let (Some(class), head) = (parsed.wanted.filter(|it| it.is_unit()), &parsed.heads[0]) else { return false };
    head.starts_with(char::is_uppercase) && is_named(gazetteer, head, |it| class.holds(it.kind))
}

fn is_empty_of_names(gazetteer: &Gazetteer, text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|it| !it.is_empty());
    !gazetteer.words.plain_names.contains(&text.to_lowercase()) && words.all(|it| is_plain_word(gazetteer, it))
}
