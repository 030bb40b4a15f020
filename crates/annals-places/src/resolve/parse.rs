//! A mention's words → the names to look up and how the event lies to them.
//!
//! In: the naming with the words around it. Out: heads, containers, the kind asked for, the relation. Never: a look-up.

use crate::words::{Class, Words};

use super::Mention;
use super::relations::{lead, relation};

/// A mention taken apart.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing seen in the words")]
pub(crate) struct Parsed {
    /// The naming as written, cleaned; looked up first.
    pub(crate) whole: String,
    /// The name without kind words, but with a word for a part of it: "North Darfur" of "State of North Darfur".
    pub(crate) with_part: String,
    /// The name without either; a second one for "between" and roads. Never empty.
    pub(crate) heads: Vec<String>,
    /// What the kind word asks for.
    pub(crate) wanted: Option<Class>,
    /// Names told to hold it: "X, Y", "X in Y province".
    pub(crate) containers: Vec<String>,
    /// How many of the containers, the first ones, stand in the naming itself.
    pub(crate) n_own_containers: usize,
    /// How many more are told after it by "in": no items of a list.
    pub(crate) n_told_containers: usize,
    /// How the event lies to the heads.
    pub(crate) relation: Relation,
    /// No name, but a capital is spoken of.
    pub(crate) says_capital: bool,
    /// The words around are not all in capitals, so that a word in capitals is an acronym.
    pub(crate) is_mixed_case: bool,
    /// The heads are part of a longer name that is not known: "Weyne" of "Hamar Weyne".
    pub(crate) is_partial: bool,
    /// It opens a line and says where the news comes from: "NARATHIWAT: Two rangers …".
    pub(crate) is_dateline: bool,
}

impl Parsed {
    fn of(whole: String, heads: Vec<String>, relation: Relation) -> Self {
        Self {
            whole,
            with_part: String::new(),
            heads,
            wanted: None,
            containers: Vec::new(),
            n_own_containers: 0,
            n_told_containers: 0,
            relation,
            says_capital: false,
            is_mixed_case: false,
            is_partial: false,
            is_dateline: false,
        }
    }
}

/// How an event lies to the place that its naming is built on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Relation {
    At,
    Near,
    /// In a part of it: "northern Aleppo".
    Part,
    Offset {
        km: f64,
        /// Degrees from north, where told.
        bearing: Option<f64>,
    },
    Between,
    Road,
    Border,
}

/// Words with the case kept for names and a lower-case copy for matching.
pub(super) struct Text {
    pub(super) words: Vec<String>,
    pub(super) lower: Vec<String>,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let words: Vec<String> = text
            .replace(['(', ')', '"', '“', '”', '«', '»', ';'], " ")
            .replace(',', " , ")
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let lower = words.iter().map(|it| it.to_lowercase().replace('’', "'")).collect();
        Self { words, lower }
    }

    pub(super) fn join(&self, from: usize, to: usize) -> String {
        self.words.get(from..to).map_or_else(String::new, |it| it.join(" ").replace(" , ", ", "))
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

pub(super) const CONNECTORS: &[&str] = &["of", "from", "de", "du", "des", "del", "d'"];
/// What a town is called before its name.
pub(super) const TITLES: &[&str] = &["capital", "city", "town", "village", "capitale", "ville", "localité", "ciudad"];
pub(super) const ARTICLES: &[&str] = &["the", "la", "le", "les", "l'", "el", "los", "las"];

/// Takes a mention apart.
pub(crate) fn parse(mention: &Mention<'_>, words: &Words) -> Parsed {
    let name = clean(mention.name);
    let (name, in_brackets) = bracketed(&name);
    let (name, beside) = lead(&name, words);
    let before = tail(mention.before);
    let after = mention.after.get(..mention.after.floor_char_boundary(80)).unwrap_or("");
    let text = Text::new(&name);
    let mut parsed =
        relation(&text, &before, after, words).unwrap_or_else(|| Parsed::of(name.clone(), vec![name], Relation::At));
    parsed.is_mixed_case =
        [mention.name, mention.before, mention.after].iter().any(|it| it.contains(char::is_lowercase));
    parsed.is_dateline =
        mention.before.lines().next_back().is_none_or(|it| it.trim().is_empty() || mention.before.ends_with('\n'))
            && mention.after.trim_start().starts_with([':', '—', '–']);
    split_containers(&mut parsed);
    parsed.containers.extend(in_brackets);
    if parsed.relation == Relation::At {
        parsed.whole = parsed.heads[0].clone();
    }
    split_owner(&mut parsed, words);
    parsed.n_own_containers = parsed.containers.len();
    containers_around(&mut parsed, &before, after, words);
    parsed.containers.extend(beside);
    for n in 0..parsed.heads.len() {
        let (head, wanted) = strip_kind(&parsed.heads[n], words);
        if n == 0 {
            parsed.wanted = wanted;
        }
        parsed.heads[n] = head;
    }
    if parsed.wanted.is_none() && parsed.heads.len() == 1 {
        parsed.wanted = kind_around(&before, after, words);
    }
    parsed.with_part = parsed.heads[0].clone();
    if parsed.relation == Relation::At {
        let head = Text::new(&parsed.heads[0]);
        if head.len() > 1 && words.part.contains(&head.lower[0]) {
            let mut from = 1;
            while from + 1 < head.len()
                && (CONNECTORS.contains(&head.lower[from].as_str()) || words.part.contains(&head.lower[from]))
            {
                from += 1;
            }
            parsed.heads[0] = head.join(from, head.len());
            parsed.relation = Relation::Part;
        } else if parsed.wanted == Some(Class::Area) {
            // "Piela area" is around Piela, unless the gazetteer knows an area of that name.
            parsed.relation = Relation::Near;
        }
    }
    parsed
}

/// Strips quotes, outer punctuation, control characters and possessives.
fn clean(name: &str) -> String {
    if name.len() > crate::MAX_NAME_BYTES {
        return String::new();
    }
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let name = name.trim_matches(|c: char| c.is_whitespace() || ",;:!?\"“”«»()[]-–—'‘".contains(c));
    possessor(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Dawa village (Bourzanga)": the name, and what stands in brackets after it and begins like a name.
fn bracketed(name: &str) -> (String, Option<String>) {
    let inner = name.split_once('(').map(|(head, rest)| (head.trim(), rest.split(')').next().unwrap_or("").trim()));
    match inner {
        Some((head, inner)) if !head.is_empty() && inner.starts_with(char::is_uppercase) => {
            (head.to_owned(), Some(inner.to_owned()))
        }
        _ => (name.to_owned(), None),
    }
}

/// The last words before a mention, in its own sentence.
fn tail(before: &str) -> Text {
    let last = &before[before.ceil_char_boundary(before.len().saturating_sub(80))..];
    // Machines translate "the capital, Bamako" as "the capital. Bamako".
    let ends_in_title =
        |it: &&str| it.rsplit(|c: char| !c.is_alphanumeric()).next().is_some_and(|it| is_one(it, TITLES));
    let ended = last.trim_end().strip_suffix('.').filter(ends_in_title);
    let last = ended.unwrap_or(last);
    let tail = last.rsplit(['.', '\n', ';', '!', '?']).next().unwrap_or("");
    // "12.5 km" is no end of a sentence.
    let tail = if tail.starts_with(|c: char| c.is_ascii_digit()) { last } else { tail };
    Text::new(tail)
}

pub(super) fn is_one(word: &str, list: &[&str]) -> bool {
    list.contains(&word)
}

pub(super) fn made(text: &Text, heads: Vec<String>, relation: Relation) -> Option<Parsed> {
    let heads: Vec<String> = heads.into_iter().map(|it| strip_connector(&it)).filter(|it| !it.is_empty()).collect();
    (!heads.is_empty()).then(|| Parsed::of(text.join(0, text.len()), heads, relation))
}

fn strip_connector(head: &str) -> String {
    let mut head = head.trim().trim_matches(',').trim();
    head = possessor(head);
    for start in ["d'", "d’", "l'", "l’", "D'", "L'"] {
        head = head.strip_prefix(start).unwrap_or(head);
    }
    for word in ["the ", "of ", "de ", "du "] {
        head = head.strip_prefix(word).unwrap_or(head);
    }
    head.to_owned()
}

/// The run of capitalised words from `at` on, within one sentence.
pub(super) fn capitalised(text: &Text, at: usize) -> Option<String> {
    let starts_high = |it: &String| it.chars().next().is_some_and(char::is_uppercase);
    let words = text.words.get(at..)?.iter().take(4).take_while(|it| starts_high(it));
    // "St." ends no sentence.
    let ends = |it: &String| it.ends_with(['.', ':']) && it.len() > 3;
    let n = words.clone().position(ends).map_or_else(|| words.clone().count(), |last| last + 1);
    let run = text.join(at, at + n);
    (n > 0).then(|| run.trim_end_matches(['.', ':']).to_owned())
}

/// "Nouna, Kossi province" and "Kalari in Piela area" name what holds the head.
fn split_containers(parsed: &mut Parsed) {
    let last = parsed.heads.len() - 1;
    let head = parsed.heads[last].clone();
    let mut parts = head.split(',').map(str::trim).filter(|it| !it.is_empty());
    let mut first = parts.next().unwrap_or("").to_owned();
    parsed.containers.extend(parts.map(str::to_owned));
    for middle in [" in ", " dans ", " en "] {
        if let Some((inner, outer)) = first.split_once(middle).map(|(a, b)| (a.to_owned(), b.to_owned()))
            && outer.trim_start_matches("the ").starts_with(char::is_uppercase)
        {
            parsed.containers.insert(0, outer);
            first = inner;
            break;
        }
    }
    if !first.is_empty() {
        parsed.heads[last] = first;
    }
}

/// "Omdurman's El Thawra neighbourhood": the owner holds the head.
fn split_owner(parsed: &mut Parsed, words: &Words) {
    let head = &parsed.heads[0];
    let Some((owner, rest)) = head.split_once("'s ").or_else(|| head.split_once("’s ")) else { return };
    let is_kind = |it: &str| it.split(' ').next().is_some_and(|it| kind_of_word(&it.to_lowercase(), words).is_some());
    let starts_as_name = |it: &str| it.starts_with(char::is_uppercase) && !is_kind(it);
    let starts_with_part = |it: &str| {
        it.split_once(' ').is_some_and(|(part, rest)| words.part.contains(&part.to_lowercase()) && starts_as_name(rest))
    };
    if parsed.heads.len() == 1 && starts_as_name(owner) && (starts_as_name(rest) || starts_with_part(rest)) {
        parsed.containers.insert(0, owner.to_owned());
        parsed.heads[0] = rest.to_owned();
    }
}

/// "Aleppo's" without its ending; where the apostrophe was lost, nothing changes.
pub(super) fn possessor(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// "[Ansongo], Gao region", "[Ansongo] in Gao", "Mali's [Ansongo]".
fn containers_around(parsed: &mut Parsed, before: &Text, after: &str, words: &Words) {
    let opened = after.trim_start();
    let rest =
        opened.strip_prefix([',', '(']).or_else(|| opened.strip_prefix("in ")).or_else(|| opened.strip_prefix("dans "));
    if let Some(rest) = rest {
        let rest = Text::new(rest);
        let from = rest
            .lower
            .iter()
            .take_while(|it| {
                is_one(it, &["in", "the", "la", "le", "l'", "northern", "southern", "eastern", "western", "central"])
            })
            .count();
        if let Some(run) = capitalised(&rest, from) {
            let next = rest.lower.get(from + run.split(' ').count()).map(|it| it.trim_end_matches(['.', ':']));
            let kind = next.filter(|it| kind_of_word(it, words).is_some_and(Class::is_unit));
            parsed.containers.push(kind.map_or_else(|| run.clone(), |kind| format!("{run} {kind}")));
            parsed.n_told_containers = usize::from(!opened.starts_with([',', '(']));
        }
    }
    if before.words.last().is_some_and(|it| possessor(it) != it) {
        let n = before.words.iter().rev().take_while(|it| it.starts_with(char::is_uppercase)).count();
        let owner = before.join(before.len() - n.max(1), before.len());
        parsed.containers.push(possessor(&owner).to_owned());
    }
}

/// The kind that a single word asks for.
pub(crate) fn kind_of_word(word: &str, words: &Words) -> Option<Class> {
    words.kinds.iter().find(|(it, _)| it.len() == 1 && it[0] == word).map(|(_, class)| *class)
}

/// The kind word beside a mention: "[Gao] region", "the city of [Gao]".
fn kind_around(before: &Text, after: &str, words: &Words) -> Option<Class> {
    let next =
        after.strip_prefix([' ', '-']).and_then(|it| it.split(|c: char| !c.is_alphanumeric()).next()).unwrap_or("");
    let named = |class: &Class| *class != Class::Area;
    // "Youngstown State University" is in no state of that name.
    let rest = after.get(1 + next.len()..).unwrap_or("");
    let is_title = next.starts_with(char::is_uppercase) && rest.trim_start_matches(' ').starts_with(char::is_uppercase);
    if is_title {
        return None;
    }
    if let Some(class) = kind_of_word(&next.to_lowercase(), words).filter(named) {
        return Some(class);
    }
    let n = before.len();
    let of = n.checked_sub(2).filter(|_| is_one(&before.lower[n - 1], &["of", "de", "du", "d'"]))?;
    kind_of_word(&before.lower[of], words).filter(named)
}

/// Takes the kind words off a head: "Gao Region", "the town of Ansongo", "cercle de Gao".
pub(crate) fn strip_kind(head: &str, words: &Words) -> (String, Option<Class>) {
    let text = Text::new(head);
    let (mut from, mut to) = (0, text.len());
    let mut wanted = None;
    while from + 1 < to && is_one(&text.lower[from], ARTICLES) && from == 0 && text.lower[0] == "the" {
        from += 1;
    }
    for (phrase, class) in &words.kinds {
        let n = phrase.len();
        if to - from > n && text.lower[from..to].ends_with(phrase) {
            (to, wanted) = (to - n, Some(*class));
            break;
        }
        if to - from > n && text.lower[from..to].starts_with(phrase) {
            let mut next = from + n;
            while next + 1 < to && words.fillers.contains(&text.lower[next]) {
                next += 1;
            }
            // "City Park" is a name: without "of" between, only lower-case kind words are taken off.
            if next > from + n || text.words[from].starts_with(char::is_lowercase) {
                (from, wanted) = (next, Some(*class));
                break;
            }
        }
    }
    let head = text.join(from, to);
    (strip_connector(&head), wanted)
}
