//! Acronyms that a report explains itself: "National Front of Arda (NFA)".

use std::collections::HashMap;

use crate::naming::normal_form;

/// **Units**: bytes of the longest explanation looked for in or before brackets.
const EXPLANATION_REACH: usize = 120;

/// Acronyms that the text explains: "National Front of Arda (NFA)", "NFA (National Front of Arda)".
///
/// Each comes with the phrases that may be its words, longest first.
pub(crate) fn explained_acronyms(text: &str) -> HashMap<String, Vec<String>> {
    let mut explained: HashMap<String, Vec<String>> = HashMap::new();
    for (open, _) in text.match_indices('(') {
        let near = &text[open + 1..text.floor_char_boundary(open + 1 + EXPLANATION_REACH)];
        let Some(inside) = near.split_once(')').map(|it| it.0.trim()) else { continue };
        let before = &text[text.floor_char_boundary(open.saturating_sub(EXPLANATION_REACH))..open];
        if is_acronym(inside) {
            let phrases = words_before(&text[..open], inside.chars().count());
            explained.entry(normal_form(inside)).or_default().extend(phrases);
        } else if let Some(acronym) = before.split_whitespace().next_back().filter(|it| is_acronym(it))
            && inside.chars().next().is_some_and(char::is_uppercase)
            && inside.len() < 80
        {
            explained.entry(normal_form(acronym)).or_default().push(inside.to_owned());
        }
    }
    explained
}

/// The words before a bracket, from the longest run that may be a name to a single word.
fn words_before(text: &str, n_letters: usize) -> Vec<String> {
    let start = text
        .rfind(['.', '\n', ';', ':', ')', '(', '"', '“', '!', '?'])
        .map_or(0, |it| it + text[it..].chars().next().map_or(1, char::len_utf8));
    let words: Vec<&str> = text[start..].split_whitespace().collect();
    let most = (n_letters * 2 + 2).min(words.len());
    let runs = (1..=most).rev().map(|n| &words[words.len() - n..]);
    // A name starts with a capital; commas end it.
    runs.filter(|run| run[0].chars().next().is_some_and(char::is_uppercase))
        .filter(|run| !run[..run.len()].iter().any(|it| it.ends_with(',')))
        .map(|run| run.join(" "))
        .collect()
}

fn is_acronym(text: &str) -> bool {
    let n = text.chars().count();
    let capitals = text.chars().filter(|it| it.is_uppercase()).count();
    (2..=12).contains(&n) && !text.contains(' ') && capitals >= 2 && capitals * 2 >= n
}

/// First letters of the words with a capital: "National Front of Arda" gives "NFA".
pub(crate) fn initials(phrase: &str) -> String {
    phrase.split([' ', '-']).filter_map(|it| it.chars().next()).filter(|it| it.is_uppercase()).collect()
}
