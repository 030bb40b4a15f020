//! One event in the making: its triggers, and how well every span fits each of its roles.

use std::ops::Range;

use annals_reader::{Odds, ReadSpan, Reading, Role, SpanIdx, Thresholds, Trigger, TriggerIdx};
use annals_record::{EventType, Realis, Scope};
use annals_text::Document;
use strum::VariantArray;

use crate::clusters::clusters;
use crate::dates::Dates;
use crate::realis;

/// The triggers of one event with their weights.
pub(crate) struct Draft<'r> {
    reading: &'r Reading,
    /// In text order.
    triggers: Vec<TriggerIdx>,
    /// Each trigger's say; together 1.
    weights: Vec<f32>,
    realis: Realis,
}

/// A span that fills a role of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filler<'r> {
    pub(crate) idx: SpanIdx,
    pub(crate) span: &'r ReadSpan,
    pub(crate) score: f32,
}

/// How well a span fits a role, by the links of an event's triggers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fit {
    /// Mean over the triggers, each by its say.
    pub(crate) mean: f32,
    /// Of the best link.
    pub(crate) best: f32,
}

/// Drafts the events of a reading, in the order of their main triggers.
pub(crate) fn drafts<'r>(
    document: &Document,
    reading: &'r Reading,
    dates: &Dates,
    thresholds: &Thresholds,
) -> Vec<Draft<'r>> {
    let best = |group: &[TriggerIdx], score: fn(&Trigger) -> f32| {
        group.iter().map(|it| score(&reading.triggers[it.0])).fold(0.0, f32::max)
    };
    let mut list: Vec<Draft> = clusters(document, reading, dates, thresholds)
        .into_iter()
        .filter(|group| best(group, |it| it.score) >= thresholds.event && best(group, |it| it.main) >= thresholds.main)
        .map(|triggers| Draft::new(document, reading, triggers, thresholds))
        .collect();
    list.sort_by_key(|draft| draft.main().range.start);
    list
}

/// A trigger's say grows with the square of its score.
fn weights(reading: &Reading, triggers: &[TriggerIdx]) -> Vec<f32> {
    let squares: Vec<f32> = triggers.iter().map(|it| reading.triggers[it.0].score.powi(2)).collect();
    let sum: f32 = squares.iter().sum();
    squares.into_iter().map(|it| it / sum.max(f32::MIN_POSITIVE)).collect()
}

impl<'r> Draft<'r> {
    fn new(document: &Document, reading: &'r Reading, triggers: Vec<TriggerIdx>, thresholds: &Thresholds) -> Self {
        let weights = weights(reading, &triggers);
        let mut draft = Draft { reading, triggers, weights, realis: Realis::Actual };
        // Few happenings are told of that did not take place: by a vote they would nearly all be actual.
        let others = Realis::VARIANTS.iter().filter(|it| **it != Realis::Actual);
        let likeliest = others.map(|&it| (draft.realis_share(it), it)).max_by(|a, b| a.0.total_cmp(&b.0));
        let main = draft.main().range.start;
        let is_ahead = |it: &Range<usize>| it.contains(&main) && realis::is_ahead(&document.text, it);
        if let Some((_, realis)) = likeliest.filter(|it| it.0 >= thresholds.not_actual) {
            draft.realis = realis;
        } else if draft.namings(document).iter().any(is_ahead) {
            draft.realis = Realis::Planned;
        }
        draft
    }

    /// Its triggers with their weights, in text order.
    pub(crate) fn triggers(&self) -> impl Iterator<Item = (&'r Trigger, f32)> + Clone {
        let reading = self.reading;
        self.triggers.iter().map(move |it| &reading.triggers[it.0]).zip(self.weights.iter().copied())
    }

    /// The trigger that names the event best; the first of equals.
    pub(crate) fn main(&self) -> &'r Trigger {
        let better = |best: &'r Trigger, next: &'r Trigger| if next.main > best.main { next } else { best };
        self.triggers().map(|(it, _)| it).reduce(better).expect("a draft has a trigger")
    }

    /// How well a span fits a role of its main trigger.
    pub(crate) fn main_link(&self, role: Role, span: SpanIdx) -> f32 {
        let is_main = |it: TriggerIdx| std::ptr::eq(&raw const self.reading.triggers[it.0], self.main());
        let links = self.reading.links.iter().filter(|it| it.role == role && it.span == span);
        links.filter(|it| is_main(it.trigger)).map(|it| it.score).fold(0.0, f32::max)
    }

    /// How sure the reader is of its surest trigger.
    pub(crate) fn score(&self) -> f32 {
        self.triggers().map(|(it, _)| it.score).fold(0.0, f32::max)
    }

    /// The namings: its triggers as whole words ("bullet-riddled"), joined where they stand beside each other with at most a small
    /// word between.
    pub(crate) fn namings(&self, document: &Document) -> Vec<Range<usize>> {
        const SMALL: usize = 5;
        let mut list: Vec<Range<usize>> = Vec::new();
        for trigger in self.triggers().map(|(it, _)| with_hyphens(&document.text, &it.range)) {
            match list.last_mut() {
                Some(last) if trigger.start <= last.end => last.end = last.end.max(trigger.end),
                Some(last) if joins(&document.text, last, &trigger, SMALL) => last.end = trigger.end,
                _ => list.push(trigger),
            }
        }
        list
    }

    /// What its triggers agree on.
    pub(crate) fn event_type(&self) -> EventType {
        Odds::vote(self.triggers().map(|(it, weight)| (&it.event_type, weight)))
    }

    /// What its triggers agree on.
    pub(crate) fn scope(&self) -> Scope {
        Odds::vote(self.triggers().map(|(it, weight)| (&it.scope, weight)))
    }

    /// Actual, unless another is likely enough, or words before its naming say that it is to come.
    pub(crate) fn realis(&self) -> Realis {
        self.realis
    }

    /// How likely its triggers think it.
    pub(crate) fn realis_share(&self, realis: Realis) -> f32 {
        self.triggers().map(|(it, weight)| weight * it.realis.of(realis)).sum()
    }

    /// How likely its triggers think one way of dating it.
    pub(crate) fn dated_share(&self, dated: annals_reader::Dated) -> f32 {
        self.triggers().map(|(it, weight)| weight * it.dated.of(dated)).sum()
    }

    /// Whether a trigger is one of its own.
    pub(crate) fn has(&self, trigger: TriggerIdx) -> bool {
        self.triggers.binary_search(&trigger).is_ok()
    }

    /// How well each span of the reading fits a role.
    pub(crate) fn fits(&self, role: Role) -> Vec<Fit> {
        let mut fits = vec![Fit::default(); self.reading.spans.len()];
        for link in self.reading.links.iter().filter(|link| link.role == role) {
            if let Ok(at) = self.triggers.binary_search(&link.trigger) {
                let fit = &mut fits[link.span.0];
                fit.mean += self.weights[at] * link.score;
                fit.best = fit.best.max(link.score);
            }
        }
        fits
    }

    /// The spans that are linked to it in a role, in text order.
    pub(crate) fn scores(&self, role: Role) -> Vec<Filler<'r>> {
        let reading = self.reading;
        let fits = self.fits(role).into_iter().enumerate().filter(|it| it.1.best > 0.0);
        fits.map(|(it, fit)| Filler { idx: SpanIdx(it), span: &reading.spans[it], score: fit.share() }).collect()
    }
}

impl Fit {
    /// The reader's score: half the weighted mean, half the best.
    pub(crate) fn share(self) -> f32 {
        f32::midpoint(self.mean, self.best)
    }
}

/// By their scores; the earlier of equals.
pub(crate) fn best_first(list: &mut [Filler]) {
    list.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.span.range.start.cmp(&b.span.range.start)));
}

/// The fillers to take of those that may fill a role, best first: each further one must score `more` above the threshold; one with
/// the words of a better one is left out.
pub(crate) fn taken<'r>(document: &Document, mut list: Vec<Filler<'r>>, threshold: f32, more: f32) -> Vec<Filler<'r>> {
    best_first(&mut list);
    let mut taken: Vec<Filler> = Vec::new();
    for filler in list {
        if filler.score < threshold + if taken.is_empty() { 0.0 } else { more } {
            break;
        }
        let text = |it: &Filler| &document.text[it.span.range.clone()];
        if !taken.iter().any(|known| crate::words::alike(text(known), text(&filler))) {
            taken.push(filler);
        }
    }
    taken
}

/// A word with what hyphens tie to it: "cross-border" for "cross".
fn with_hyphens(text: &str, word: &Range<usize>) -> Range<usize> {
    let is_word = |it: char| it.is_alphanumeric();
    let mut whole = word.clone();
    while let Some(rest) = text[..whole.start].strip_suffix('-').filter(|it| it.ends_with(is_word)) {
        whole.start =
            rest.rfind(|it| !is_word(it)).map_or(0, |it| it + rest[it..].chars().next().map_or(1, char::len_utf8));
    }
    while let Some(rest) = text[whole.end..].strip_prefix('-').filter(|it| it.starts_with(is_word)) {
        whole.end = text.len() - rest.len() + rest.find(|it| !is_word(it)).unwrap_or(rest.len());
    }
    whole
}

/// White space with at most one small word between two: "shot | and | killed", "SHOT | TO | DEATH".
fn joins(text: &str, one: &Range<usize>, other: &Range<usize>, small: usize) -> bool {
    let loud = [one, other].iter().all(|it| !text[(*it).clone()].contains(char::is_lowercase));
    let between = &text[one.end..other.start];
    between.len() <= small && between.chars().all(|it| it == ' ' || it.is_lowercase() || loud && it.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_join_two_words_of_a_naming() {
        let joined = |text: &str, one: &str, other: &str| {
            let at = |word: &str| text.find(word).map(|it| it..it + word.len()).expect("it stands in the text");
            joins(text, &at(one), &at(other), 5)
        };
        assert!(joined("was shot and killed", "shot", "killed"));
        assert!(joined("HE WAS SHOT TO DEATH", "SHOT", "DEATH"));
        assert!(!joined("attacked US bases", "attacked", "bases"));
        assert!(!joined("shot, then burnt", "shot", "burnt"));
    }

    #[test]
    fn a_naming_holds_whole_words() {
        let whole = |text: &'static str, word: &str| {
            let at = text.find(word).expect("it stands in the text");
            &text[with_hyphens(text, &(at..at + word.len()))]
        };
        assert_eq!(whole("a bullet-riddled body", "riddled"), "bullet-riddled");
        assert_eq!(whole("the hit-and-run attack", "hit"), "hit-and-run");
        assert_eq!(whole("Aleppo - raid", "raid"), "raid");
        assert_eq!(whole("contre-attaqué", "attaqué"), "contre-attaqué");
    }
}
