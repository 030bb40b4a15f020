//! Whether an event is told as yet to come: by the words before its naming.

use std::ops::Range;

/// Words that say of what they lead to that it is still to come.
const AHEAD: &str = "will shall would threaten threatens threatened threatening vow vows vowed vowing plan plans planned \
    planning intend intends intended intending prepare prepares prepared preparing promise promises \
    promised expect expects expected possible imminent upcoming looming potential";

/// Words that may stand between those and the naming: "threatened [to carry out more] attacks".
const BETWEEN: &str = "be have been not also soon again continue to now then immediately carry out launch begin start \
    resume conduct stage a an the more new further its their his any another major and";

/// Tells whether a naming is of something announced, threatened or expected. **Units**: bytes of the text.
pub(crate) fn is_ahead(text: &str, naming: &Range<usize>) -> bool {
    /// **Units**: words before the naming.
    const REACH: usize = 6;
    let parts = |it: char| !(it.is_alphanumeric() || matches!(it, ' ' | '-' | '\'' | '\u{2019}'));
    let clause = text[..naming.start].rsplit(parts).next().unwrap_or_default();
    let is_in = |list: &str, word: &str| list.split(' ').any(|it| word.eq_ignore_ascii_case(it));
    let first = text[naming.clone()].split_whitespace().next();
    let leading = clause.split_whitespace().rev().take(REACH).find(|it| !is_in(BETWEEN, it));
    first.into_iter().chain(leading).any(|it| is_in(AHEAD, it))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the naming that is marked by `[` and `]`.
    fn ahead(marked: &str) -> bool {
        let start = marked.find('[').expect("a naming is marked");
        let end = marked.find(']').expect("a mark is closed") - 1;
        is_ahead(&marked.replace(['[', ']'], ""), &(start..end))
    }

    #[test]
    fn words_before_a_naming_tell_what_is_to_come() {
        assert!(ahead("The army will [attack] the town."));
        assert!(ahead("They vowed to carry out more [bombings]."));
        assert!(ahead("Residents fear an imminent [assault]."));
        assert!(ahead("They [threatened to kill] him."));
    }

    #[test]
    fn words_of_another_clause_do_not() {
        assert!(!ahead("The army will go, the minister said after the [attack]."));
        assert!(!ahead("They will not say who [attacked]."));
        assert!(!ahead("What he would:\n[attacked] twice."));
    }
}
