//! How an event lies to the places that its naming is built on: distances, stretches, borders, nearness.
//!
//! In: the words of a naming and around it. Out: a naming taken apart, where it tells such a thing. Never: a look-up.

use crate::words::{Class, Words};

use super::parse::{ARTICLES, CONNECTORS, Parsed, Relation, TITLES, Text, capitalised, is_one, kind_of_word, made};

/// The first relation that a naming tells, if any.
pub(super) fn relation(text: &Text, before: &Text, after: &str, words: &Words) -> Option<Parsed> {
    offset(text, words)
        .or_else(|| between(text))
        .or_else(|| road(text, after, words))
        .or_else(|| border(text, before, words))
        .or_else(|| offset_before(text, before, words))
        .or_else(|| between_around(text, before, after))
        .or_else(|| near(text, before, words))
}

/// "15 km south of Ansongo": where the distance ends and the head starts, with what it says.
fn distance_at(text: &Text, at: usize, words: &Words) -> Option<(usize, f64, Option<f64>)> {
    let word = text.lower.get(at)?;
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',').len();
    let number: f64 = word[..digits].replace(',', ".").trim_end_matches('.').parse().ok()?;
    let (unit, mut next) = match word[digits..].trim_start_matches('-') {
        "" => (text.lower.get(at + 1)?.clone(), at + 2),
        unit => (unit.to_owned(), at + 1),
    };
    let unit = unit.trim_matches('.').to_owned();
    let km = match () {
        () if words.kilometres.contains(&unit) => number,
        () if words.miles.contains(&unit) => number * 1.609,
        () => return None,
    };
    let skip = |next: &mut usize, list: &[&str]| {
        while text.lower.get(*next).is_some_and(|it| is_one(it, list)) {
            *next += 1;
        }
    };
    skip(&mut next, &["to", "the", "au", "à", "al", "a", "in", "away", "l'", "dans", "environ"]);
    let mut bearing = None;
    for (direction, degrees) in &words.directions {
        let found = text.lower.get(next..next + direction.len());
        let bare = |it: &String| it.trim_start_matches("l'").to_owned();
        if found.is_some_and(|it| it.iter().map(bare).eq(direction.iter().cloned())) {
            (bearing, next) = (Some(*degrees), next + direction.len());
            break;
        }
    }
    skip(&mut next, CONNECTORS);
    skip(&mut next, ARTICLES);
    (number.is_finite() && (0.0..=500.0).contains(&km)).then_some((next, km, bearing))
}

fn offset(text: &Text, words: &Words) -> Option<Parsed> {
    let (next, km, bearing) = (0..text.len()).find_map(|at| distance_at(text, at, words))?;
    made(text, vec![text.join(next, text.len())], Relation::Offset { km, bearing })
}

fn offset_before(text: &Text, before: &Text, words: &Words) -> Option<Parsed> {
    let leads_here = |next: usize| next == before.len() || is_title(&before.lower[next..]);
    let found = (0..before.len()).find_map(|at| distance_at(before, at, words).filter(|(next, ..)| leads_here(*next)));
    let (_, km, bearing) = found?;
    made(text, vec![text.join(0, text.len())], Relation::Offset { km, bearing })
}

/// "provincial capital ,": a few words that say what the place is.
fn is_title(words: &[String]) -> bool {
    let words = words.strip_suffix(&[",".to_owned()]).unwrap_or(words);
    words.len() <= 3 && words.last().is_some_and(|it| is_one(it, TITLES))
}

fn is_and(word: &str) -> bool {
    is_one(word, &["and", "et", "y", "&"])
}

fn between(text: &Text) -> Option<Parsed> {
    let start = text.lower.iter().position(|it| is_one(it, &["between", "entre"]))?;
    let middle = start + text.lower[start..].iter().position(|it| is_and(it))?;
    let heads = vec![text.join(start + 1, middle), text.join(middle + 1, text.len())];
    made(text, heads, Relation::Between)
}

/// "between [Gao] and Ansongo", "between Gao and [Ansongo]".
fn between_around(text: &Text, before: &Text, after: &str) -> Option<Parsed> {
    let whole = text.join(0, text.len());
    let start = before.lower.iter().rposition(|it| is_one(it, &["between", "entre"]))?;
    let rest = start + 1..before.len();
    if rest.is_empty() {
        let after = Text::new(after);
        if !is_and(after.lower.first()?) {
            return None;
        }
        let other = capitalised(&after, 1)?;
        return made(text, vec![whole, other], Relation::Between);
    }
    (rest.len() <= 5 && is_and(before.lower.last()?))
        .then(|| made(text, vec![before.join(rest.start, rest.end - 1), whole], Relation::Between))?
}

fn road(text: &Text, after: &str, words: &Words) -> Option<Parsed> {
    let next_word =
        after.split_whitespace().next().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let inside = text.lower.iter().position(|it| words.road.contains(it));
    let (from, to) = match inside {
        Some(0) => (1, text.len()),
        Some(at) if at + 1 == text.len() => (0, at),
        None if words.road.contains(&next_word) => (0, text.len()),
        _ => return None,
    };
    let rest = text.join(from, to);
    let rest = rest.trim_start_matches("from ").trim_start_matches("between ");
    let (one, other) =
        [" to ", " - ", " – ", "–", "—", "/", " and ", " et ", "-"].iter().find_map(|it| rest.split_once(it))?;
    // "Deir ez-Zor road" is no road from "Deir ez" to "Zor".
    let is_name = |it: &str| it.trim().chars().next().is_some_and(char::is_uppercase);
    (is_name(one) && is_name(other)).then(|| made(text, vec![one.to_owned(), other.to_owned()], Relation::Road))?
}

fn border(text: &Text, before: &Text, words: &Words) -> Option<Parsed> {
    let ends = |at: usize| {
        words
            .border
            .iter()
            .find(|it| text.lower.get(at..at + it.len()).is_some_and(|found| found == it.as_slice()))
            .map(|it| at + it.len())
    };
    if let Some((start, end)) = (0..text.len()).find_map(|at| Some((at, ends(at)?))) {
        // "The Syrian border town of Kobani" is that town.
        let is_of_town = text.lower.get(end).and_then(|it| kind_of_word(it, words)).is_some_and(|it| it != Class::Area);
        if is_of_town && text.words.get(end + 1).is_some_and(|it| it == "of" || it.starts_with(char::is_uppercase)) {
            return None;
        }
        let rest = |from: usize| {
            let with = text.lower[from..].iter().take_while(|it| {
                is_one(it, &["with", "between", "of", "avec", "con", "de", "du", "la", "le", "the", "entre"])
            });
            from + with.count()
        };
        let named = rest(end);
        let one = text.join(0, start);
        let other = text.join(named, text.len());
        let mut heads: Vec<String> =
            [one, other].into_iter().filter(|it| it.starts_with(|c: char| c.is_uppercase())).collect();
        if let [only] = heads.as_slice() {
            let halves = ["-", "–", " and ", " et "].iter().find_map(|it| only.split_once(it));
            heads = halves.map_or_else(|| vec![only.clone()], |(a, b)| vec![a.to_owned(), b.to_owned()]);
        }
        return made(text, heads, Relation::Border);
    }
    let n = before.len();
    let with = n.checked_sub(1).filter(|at| is_one(&before.lower[*at], &["with", "avec", "con"]))?;
    let said = words.border.iter().any(|it| it.len() == 1 && with > 0 && before.lower[with - 1] == it[0]);
    said.then(|| made(text, vec![text.join(0, text.len())], Relation::Border))?
}

fn near(text: &Text, before: &Text, words: &Words) -> Option<Parsed> {
    for phrase in &words.near {
        if text.lower.len() > phrase.len() && text.lower.starts_with(phrase) {
            let mut from = phrase.len();
            while from + 1 < text.len() && is_one(&text.lower[from], ARTICLES) {
                from += 1;
            }
            return made(text, vec![text.join(from, text.len())], Relation::Near);
        }
        let mut end = before.len();
        while end > 0
            && (is_one(&before.lower[end - 1], ARTICLES)
                || is_kind_word(&before.lower[end - 1], words)
                || before.lower[end - 1] == "of")
        {
            end -= 1;
        }
        if before.lower[..end].ends_with(phrase) || before.lower.ends_with(phrase) {
            return made(text, vec![text.join(0, text.len())], Relation::Near);
        }
    }
    None
}

fn is_kind_word(word: &str, words: &Words) -> bool {
    words.kinds.iter().any(|(it, class)| class.is_point() && it.len() == 1 && it[0] == word)
}

/// A place told with what it lies by: "Inates, close to the border with Mali", "Rutshuru north of Goma". Gives the place, and the
/// other where the place lies in a direction from it; the whole naming where it tells no such thing.
pub(super) fn lead(name: &str, words: &Words) -> (String, Option<String>) {
    let text = Text::new(name);
    let is_name = |at: usize| {
        let (word, lower) = (&text.words[at], &text.lower[at]);
        word.starts_with(char::is_uppercase)
            && !(is_one(lower, ARTICLES) || words.part.contains(lower) || words.plain.contains(lower))
            && !is_kind_word(lower, words)
    };
    let border = (0..text.len()).find(|at| words.border.iter().any(|it| text.lower[*at..].starts_with(it)));
    let beside = border.and_then(|end| (1..end).find(|at| is_one(&text.lower[*at], BESIDE)));
    if let Some(at) = beside.filter(|at| (0..*at).any(is_name)) {
        return (text.join(0, at), None);
    }
    let direction = (1..text.len().saturating_sub(2)).find(|at| {
        is_one(&text.lower[*at + 1], &["of", "from"])
            && words.directions.iter().any(|(it, _)| it.len() == 1 && it[0] == text.lower[*at])
    });
    if let Some(at) = direction.filter(|_| !name.contains(|c: char| c.is_ascii_digit())) {
        let until = (0..at).rev().find(|it| !is_one(&text.lower[*it], &[",", "just", "due"])).unwrap_or(0);
        // "Kurdish positions north of Aleppo" are in no place of that name, and a "UN base" even less.
        if is_name(until) && text.words[until] != text.words[until].to_uppercase() {
            return (text.join(0, until + 1), Some(text.join(at + 2, text.len())));
        }
    }
    (name.to_owned(), None)
}

/// Words that lead from a place to the border that it lies by.
const BESIDE: &[&str] = &[",", "close", "near", "on", "along", "at", "by", "next", "outside", "around"];
