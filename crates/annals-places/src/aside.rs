//! Countries named beside the point: the other side of a border, where people came from or fled to.

/// Words before a country that an event is not said to be in, without articles.
const BEFORE: &[&[&str]] = &[
    &["border", "with"],
    &["borders", "with"],
    &["frontier", "with"],
    &["bordering"],
    &["crossed", "from"],
    &["fled", "to"],
    &["fled", "into"],
    &["flee", "to"],
    &["flee", "into"],
    &["frontière", "avec"],
    &["frontera", "con"],
];
/// Words after it: "the Somali border".
const AFTER: &[&str] = &["border", "borders", "frontier"];

/// True where the words before or after a country's name say only what lies beyond a border: "close to the border with Mali",
/// "crossed from Nigeria". "Kenya's border" is told of Kenya.
///
/// **Shape**: words, in any case, those nearest to the name last before it and first after it.
pub fn is_aside<W: AsRef<str>>(before: &[W], after: &[W]) -> bool {
    let is = |word: &W, it: &str| word.as_ref().to_lowercase() == it;
    let before = before.split_last().filter(|(last, _)| is(last, "the")).map_or(before, |(_, rest)| rest);
    let ends = |phrase: &[&str]| {
        before.len() >= phrase.len()
            && before[before.len() - phrase.len()..].iter().zip(phrase).all(|(word, it)| is(word, it))
    };
    after.first().is_some_and(|word| AFTER.iter().any(|it| is(word, it))) || BEFORE.iter().any(|it| ends(it))
}

#[cfg(test)]
mod tests {
    use super::is_aside;

    #[track_caller]
    fn check(text: &str, country: &str, expect: bool) {
        let words: Vec<&str> = text.split(' ').collect();
        let at = words.iter().position(|it| *it == country).unwrap();
        assert_eq!(is_aside(&words[..at], &words[at + 1..]), expect, "{text}");
    }

    #[test]
    fn the_other_side_of_a_border() {
        check("Inates lies close to the border with Mali", "Mali", true);
        check("gunmen who crossed from Nigeria", "Nigeria", true);
        check("they fled to the Sudan", "Sudan", true);
        check("near the Somali border", "Somali", true);
        check("Kenya 's border with Somalia", "Kenya", false);
        check("troops from Chad crossed into Nigeria", "Chad", false);
    }
}
