//! A mention's words → the names to look up and how the event lies to them.
//!
//! In: the naming with the words around it. Out: heads, containers, the kind asked for, the relation. Never: a look-up.

use crate::words::{Class, Words};

use super::Mention;

/// A mention taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parsed {
    /// The naming as written, cleaned; looked up first.
    pub(crate) whole: String,
    /// The name without kind words; a second one for "between" and roads. Never empty.
    pub(crate) heads: Vec<String>,
    /// What the kind word asks for.
    pub(crate) wanted: Option<Class>,
    /// Names told to hold it: "X, Y", "X in Y province".
    pub(crate) containers: Vec<String>,
    /// How many of the containers, the first ones, stand in the naming itself.
    pub(crate) n_own_containers: usize,
    /// How the event lies to the heads.
    pub(crate) relation: Relation,
    /// No name, but a capital is spoken of.
    pub(crate) says_capital: bool,
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
struct Text {
    words: Vec<String>,
    lower: Vec<String>,
}

impl Text {
    fn new(text: &str) -> Self {
        let words: Vec<String> = text
            .replace(['(', ')', '"', '“', '”', '«', '»', ';'], " ")
            .replace(',', " , ")
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        let lower = words.iter().map(|it| it.to_lowercase().replace('’', "'")).collect();
        Self { words, lower }
    }

    fn join(&self, from: usize, to: usize) -> String {
        self.words.get(from..to).map_or_else(String::new, |it| it.join(" ").replace(" , ", ", "))
    }

    fn len(&self) -> usize {
        self.words.len()
    }
}

const CONNECTORS: &[&str] = &["of", "from", "de", "du", "des", "del", "d'"];
/// What a town is called before its name.
const TITLES: &[&str] = &["capital", "city", "town", "village", "capitale", "ville", "localité", "ciudad"];
const ARTICLES: &[&str] = &["the", "la", "le", "les", "l'", "el", "los", "las"];

/// Takes a mention apart.
pub(crate) fn parse(mention: &Mention<'_>, words: &Words) -> Parsed {
    let name = clean(mention.name);
    let (name, in_brackets) = bracketed(&name);
    let before = tail(mention.before);
    let after = mention.after.get(..mention.after.floor_char_boundary(80)).unwrap_or("");
    let text = Text::new(&name);
    let mut parsed = offset(&text, words)
        .or_else(|| between(&text))
        .or_else(|| road(&text, after, words))
        .or_else(|| border(&text, &before, words))
        .or_else(|| offset_before(&text, &before, words))
        .or_else(|| between_around(&text, &before, after))
        .or_else(|| near(&text, &before, words))
        .unwrap_or_else(|| Parsed {
            whole: name.clone(),
            heads: vec![name.clone()],
            wanted: None,
            containers: Vec::new(),
            n_own_containers: 0,
            relation: Relation::At,
            says_capital: false,
        });
    split_containers(&mut parsed);
    parsed.containers.extend(in_brackets);
    parsed.n_own_containers = parsed.containers.len();
    containers_around(&mut parsed, &before, after);
    if parsed.relation == Relation::At {
        parsed.whole = parsed.heads[0].clone();
    }
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
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    name.split_whitespace().collect::<Vec<_>>().join(" ")
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

fn is_one(word: &str, list: &[&str]) -> bool {
    list.contains(&word)
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

fn made(text: &Text, heads: Vec<String>, relation: Relation) -> Option<Parsed> {
    let heads: Vec<String> = heads.into_iter().map(|it| strip_connector(&it)).filter(|it| !it.is_empty()).collect();
    if heads.is_empty() {
        return None;
    }
    Some(Parsed {
        whole: text.join(0, text.len()),
        heads,
        wanted: None,
        containers: Vec::new(),
        n_own_containers: 0,
        relation,
        says_capital: false,
    })
}

fn strip_connector(head: &str) -> String {
    let mut head = head.trim().trim_matches(',').trim();
    head = head.strip_suffix("'s").or_else(|| head.strip_suffix("’s")).unwrap_or(head);
    for start in ["d'", "d’", "l'", "l’", "D'", "L'"] {
        head = head.strip_prefix(start).unwrap_or(head);
    }
    for word in ["the ", "of ", "de ", "du "] {
        head = head.strip_prefix(word).unwrap_or(head);
    }
    head.to_owned()
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

/// The run of capitalised words from `at` on.
fn capitalised(text: &Text, at: usize) -> Option<String> {
    let starts_high = |it: &String| it.chars().next().is_some_and(char::is_uppercase);
    let n = text.words.get(at..)?.iter().take(4).take_while(|it| starts_high(it)).count();
    let run = text.join(at, at + n);
    (n > 0).then(|| run.trim_end_matches(['.', ':']).to_owned())
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

/// "[Ansongo], Gao region", "[Ansongo] in Gao", "Mali's [Ansongo]".
fn containers_around(parsed: &mut Parsed, before: &Text, after: &str) {
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
            parsed.containers.push(run);
        }
    }
    if let Some(owner) = before.words.last().and_then(|it| it.strip_suffix("'s").or_else(|| it.strip_suffix("’s"))) {
        parsed.containers.push(owner.to_owned());
    }
}

/// The kind that a single word asks for.
pub(crate) fn kind_of_word(word: &str, words: &Words) -> Option<Class> {
    words.kinds.iter().find(|(it, _)| it.len() == 1 && it[0] == word).map(|(_, class)| *class)
}

/// The kind word beside a mention: "[Gao] region", "the city of [Gao]".
fn kind_around(before: &Text, after: &str, words: &Words) -> Option<Class> {
    let class_of =
        |word: &str| words.kinds.iter().find(|(it, _)| it.len() == 1 && it[0] == word).map(|(_, class)| *class);
    let next =
        after.strip_prefix([' ', '-']).and_then(|it| it.split(|c: char| !c.is_alphanumeric()).next()).unwrap_or("");
    let named = |class: &Class| *class != Class::Area;
    if let Some(class) = class_of(&next.to_lowercase()).filter(named) {
        return Some(class);
    }
    let n = before.len();
    let of = n.checked_sub(2).filter(|_| is_one(&before.lower[n - 1], &["of", "de", "du", "d'"]))?;
    class_of(&before.lower[of]).filter(named)
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
