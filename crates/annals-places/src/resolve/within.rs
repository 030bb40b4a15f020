//! Descriptions → the name within them: "the northern Syrian province of Idlib", "farms of Al Maleh".

use super::parse::{Parsed, Relation, kind_of_word};
use crate::fold::fold;
use crate::gazetteer::Gazetteer;
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
    let is_name = |name: &str| gazetteer.hits(&fold(name)).iter().any(|it| it.is_normal);
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
    if (parsed.relation == Relation::At && is_name(&whole)) || is_name(&parsed.heads[0]) {
        return;
    }
    let text = if matches!(parsed.relation, Relation::Offset { .. }) { parsed.heads[0].clone() } else { whole };
    let words: Vec<&str> =
        text.split([' ', '/']).map(|it| it.trim_matches([',', '.', '(', ')'])).filter(|it| !it.is_empty()).collect();
    if words.len() < 2 {
        return;
    }
    let starts_high = |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    let could_be = |from: usize, to: usize| {
        starts_high(words[from])
            && starts_high(words[to - 1])
            && !words[from..to].iter().all(|it| is_plain_word(gazetteer, it))
            // "AL" and "IN" are states only where they stand alone.
            && fold(&words[from..to].join(" ")).key.len() > 2
    };
    // The rightmost of the longest: descriptions end with their name, most often.
    let mut found = None;
    'lengths: for n in (1..=MOST_WORDS.min(words.len())).rev() {
        for from in (0..=words.len() - n).rev() {
            let name = words[from..from + n].join(" ");
            let people = gazetteer.countries.named(&fold(&name).normal).is_some();
            if could_be(from, from + n) && !people && is_name(possessor(&name)) {
                found = Some((from, from + n));
                break 'lengths;
            }
        }
    }
    for (n, word) in words.iter().enumerate() {
        let inside = found.is_some_and(|(from, to)| (from..to).contains(&n));
        if !inside && gazetteer.countries.named(&fold(possessor(word)).normal).is_some() {
            parsed.containers.push(possessor(word).to_owned());
        }
    }
    // "Ouro Modi village" is no village of the name Ouro.
    let found = found.filter(|(_, to)| {
        let is_unknown = |word: &&str| {
            starts_high(word)
                && !is_plain_word(gazetteer, word)
                && gazetteer.countries.named(&fold(possessor(word)).normal).is_none()
        };
        !parsed.wanted.is_some_and(Class::is_point) || !words.get(*to).is_some_and(is_unknown)
    });
    let Some((from, to)) = found else {
        parsed.says_capital = says_capital(&text);
        return;
    };
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

/// "Aleppo's" and, where the apostrophe was lost, nothing.
fn possessor(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
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
    let (Some(class @ (Class::Adm1 | Class::Adm2)), head) = (parsed.wanted, &parsed.heads[0]) else { return false };
    head.starts_with(char::is_uppercase)
        && gazetteer
            .hits(&fold(head))
            .iter()
            .filter(|it| it.is_normal)
            .any(|it| gazetteer.entry(it.place).is_some_and(|entry| class.holds(entry.kind)))
}

fn is_empty_of_names(gazetteer: &Gazetteer, text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || c == ',')
        .filter(|it| !it.is_empty())
        .all(|it| is_plain_word(gazetteer, it))
}
