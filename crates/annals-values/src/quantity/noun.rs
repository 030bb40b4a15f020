//! What a number counts: the noun phrase behind it.

use super::Unit;
use super::doubt::age;
use super::number::{Number, number_at};
use crate::tables::{Form, NumberWord, PhraseSense, Thing, TimeWord, WordRole};
use crate::words::{Kind, Words};

/// The tokens of what is counted.
pub(super) struct CountedTokens {
    pub(super) start: usize,
    pub(super) head: usize,
    pub(super) end: usize,
    pub(super) thing: Thing,
    pub(super) of_previous: bool,
    /// "Six of them": nothing is named.
    pub(super) of_pronoun: bool,
}

/// Longest run of modifiers between a number and the noun that it counts.
const MODIFIERS: usize = 6;

pub(super) fn counted(words: &Words<'_>, number: &Number) -> Option<CountedTokens> {
    let mut start = number.next;
    let mut of_previous = false;
    if words.role(start) == WordRole::Of {
        let after = start + 1;
        if words.role(after) == WordRole::OfPrevious {
            // "Six of them", "four of them children", "four of these hostages".
            if let Some((head, end, thing)) =
                head(words, after + 1, false, false).filter(|it| it.0 <= after + 3 && it.2.unit != Unit::Unknown)
            {
                return Some(CountedTokens {
                    start: after + 1,
                    head,
                    end,
                    thing,
                    of_previous: true,
                    of_pronoun: false,
                });
            }
            let thing = Thing { unit: Unit::Unknown, form: Form::Plural };
            return Some(CountedTokens {
                start: after,
                head: after,
                end: after + 1,
                thing,
                of_previous: true,
                of_pronoun: true,
            });
        }
        let definite = words.role(after) == WordRole::Definite;
        of_previous = definite && !number.vague && words.time(after) == Some(TimeWord::The);
        if !(definite || number.vague || words.number(after).is_some() || words.digits(after).is_some()) {
            return None;
        }
        start = after + usize::from(definite);
        // "Two of the 12 soldiers".
        if let Some(whole) = number_at(words, start).filter(|it| !it.implied) {
            start = whole.next;
            of_previous |= !number.vague;
        }
    } else if number.vague && matches!(words.role(start), WordRole::Definite | WordRole::OfPrevious) {
        // "A number of their vehicles", "some of those wounded".
        start += 1;
    }
    let more = more_words(words, start);
    if more > 0
        && words.thing(start).is_some()
        && head(words, start + 1, false, false).is_none_or(|it| it.2.unit == Unit::Unknown)
    {
        // "About 20 others".
        let thing = words.thing(start)?;
        return Some(CountedTokens { start, head: start, end: start + 1, thing, of_previous, of_pronoun: false });
    }
    start += more;
    let singular = number.best == Some(1) && number.low == Some(1) && words.role(number.next) != WordRole::Of;
    let (head, end, thing) = head(words, start, singular, number.implied)?;
    Some(CountedTokens { start, head, end, thing, of_previous, of_pronoun: false })
}

/// Tells whether a noun or "of" follows a number.
pub(super) fn is_counting(words: &Words<'_>, at: usize) -> bool {
    words.role(at) == WordRole::Of || head(words, at + more_words(words, at), false, false).is_some()
}

/// The noun that ends the phrase which starts at `start`: its first token, the token after it, and its class.
fn head(words: &Words<'_>, start: usize, singular: bool, implied: bool) -> Option<(usize, usize, Thing)> {
    let fits = |form: Form| match form {
        Form::Singular => singular,
        Form::Plural => !singular,
        Form::Same | Form::Mass => true,
    };
    let mut found: Option<(usize, usize, Thing)> = None;
    let mut unknown: Option<(usize, usize, Thing)> = None;
    let mut at = start;
    while at < start + MODIFIERS + 2 {
        let Some(word) = words.get(at) else { break };
        if word.new_line && at > start {
            break;
        }
        match word.kind {
            // Inside compounds and names: "al-Shabaab", "pick-up", "AK-47".
            Kind::Mark('-' | '‐' | '‑') if word.glued || at == start => {
                at += 1;
                continue;
            }
            Kind::Mark('\'' | '’' | '"' | '“' | '”' | '‘') if found.is_none() => {
                at += 1;
                continue;
            }
            // "Two Frontier Corps (FC) personnel".
            Kind::Mark('(') if found.is_none() => {
                let Some(close) = (at + 2..at + 6).find(|&it| words.is_mark(it, ')')) else { break };
                at = close + 1;
                continue;
            }
            Kind::Mark(_) => break,
            Kind::Number(_) if word.glued || words.is_glued(at + 1) => {
                at = age(words, at).unwrap_or(at + 1);
                continue;
            }
            Kind::Number(_) => {
                // "One AK 47 rifle": a figure inside a name.
                if found.is_none() && at > start && words.list[at - 1].capital {
                    at += 1;
                    continue;
                }
                break;
            }
            Kind::Word => {}
        }
        let entry = word.entry.copied().unwrap_or_default();
        if at > start && matches!(entry.number, Some(NumberWord::Cardinal(_))) {
            break;
        }
        let phrase = words.phrase(at, |sense| match sense {
            PhraseSense::Thing(it) => Some(it),
            _ => None,
        });
        if let Some((thing, after)) = phrase.or_else(|| entry.thing.map(|it| (it, at + 1))) {
            if entry.adjectival {
                if at == start && !implied {
                    // "40 dead federal soldiers": the noun behind it counts, if there is one close by.
                    let behind = head(words, after, singular, implied).filter(|it| {
                        it.0 <= after + 2
                            && matches!(it.2.unit, Unit::Person(_) | Unit::Group)
                            && it.2.form != Form::Same
                    });
                    return behind.or(Some((at, after, thing)));
                }
                break;
            }
            if !(entry.stop && (at > start || implied)) {
                if fits(thing.form) {
                    found = Some((at, after, thing));
                } else if found.is_some() {
                    break;
                }
                at = after;
                if found.is_some() && !continues(words, at, thing, &fits) {
                    break;
                }
                continue;
            }
        }
        // "Eight abducted workers": a participle right before the noun.
        let before_noun = entry.participle
            && !implied
            && at == start
            && words.thing(at + 1).is_some_and(|it| fits(it.form))
            && !words.get(at + 1).is_some_and(|it| it.new_line || it.entry.is_some_and(|it| it.stop || it.adjectival));
        if before_noun {
            at += 1;
            continue;
        }
        // "A study examining female …": a clause begins.
        if implied && at > start && words.str(at).ends_with("ing") {
            break;
        }
        let names_day =
            matches!(entry.time, Some(TimeWord::Weekday(_) | TimeWord::Month(_) | TimeWord::Day(_))) && !entry.weak;
        if entry.stop || found.is_some() || names_day {
            break;
        }
        if unknown.is_none() && !singular && is_plural_like(words, at) {
            unknown = Some((at, at + 1, Thing { unit: Unit::Unknown, form: Form::Plural }));
        }
        at += 1;
    }
    found.or(unknown.filter(|_| !implied))
}

/// Tells whether the phrase goes on behind a noun: "women fighters", "police officers", but not "guard shot".
fn continues(words: &Words<'_>, at: usize, last: Thing, fits: &impl Fn(Form) -> bool) -> bool {
    let Some(entry) = words.get(at).filter(|it| !it.new_line).and_then(|it| it.entry) else { return false };
    let Some(next) = entry.thing else { return false };
    !entry.stop
        && !entry.adjectival
        && !matches!(entry.number, Some(NumberWord::Cardinal(_)))
        && fits(next.form)
        && next.unit != Unit::Happening
        && (last.form == Form::Singular || next.form == Form::Plural && ends_compound(last, next))
}

/// "Women fighters", "munitions depots", "fuel trucks", "cattle herders".
fn ends_compound(last: Thing, next: Thing) -> bool {
    matches!(next.unit, Unit::Building | Unit::Vehicle)
        || is_person(next) && (is_person(last) || last.unit == Unit::Livestock)
}

fn is_person(thing: Thing) -> bool {
    matches!(thing.unit, Unit::Person(_))
}

/// A word that looks like a plural.
fn is_plural_like(words: &Words<'_>, at: usize) -> bool {
    let text = words.str(at);
    text.len() > 3 && text.ends_with(['s', 'S']) && !text.ends_with("ss") && words.role(at) == WordRole::None
}

/// Tells whether an article before this noun counts one of something that outcomes count: "a policeman", but not "an attack".
pub(super) fn counts_one(words: &Words<'_>, counted: &CountedTokens, definite: bool) -> bool {
    let form = counted.thing.form;
    let person = matches!(counted.thing.unit, Unit::Person(_));
    let counts = !matches!(counted.thing.unit, Unit::Happening | Unit::Place | Unit::Money | Unit::Unknown)
        && !counted.thing.unit.is_measure();
    let fits =
        if definite { person && form == Form::Singular } else { counts && matches!(form, Form::Singular | Form::Same) };
    let last = words.get(counted.end - 1).and_then(|it| it.entry).copied().unwrap_or_default();
    fits && !(last.adjective && goes_on(words, counted.end))
}

/// A noun may follow: the next token is a word on the same line that ends no phrase.
fn goes_on(words: &Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(|it| {
        it.kind == Kind::Word && !it.new_line && !it.entry.is_some_and(|it| it.stop || it.time.is_some())
            || words.is_dash(at) && it.glued
    })
}

/// "Dozens more", "two others": what follows a number without naming anything.
pub(super) fn more_words(words: &Words<'_>, at: usize) -> usize {
    usize::from(words.role(at) == WordRole::More && !words.is_glued(at))
}

/// "12 kg bomb", "107 mm rocket": the measure belongs to one thing.
pub(super) fn measures_one(words: &Words<'_>, after: usize) -> bool {
    words.thing(after).is_some_and(|it| matches!(it.form, Form::Singular | Form::Same) && !it.unit.is_measure())
        && !words.get(after).is_some_and(|it| it.new_line)
}
