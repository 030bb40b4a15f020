//! How likely two triggers name one event: what the reader thinks of the pair, and what speaks for and against it.

use std::collections::BTreeSet;

use annals_reader::{Reading, Role, TieWeights, Trigger};
use annals_record::{EventType, Scope};
use annals_text::Document;
use strum::VariantArray;

use crate::words::telling;

/// A filler of a trigger: its telling words and its link's score.
type Known = (BTreeSet<String>, f32);

/// The ties of all pairs of triggers. **Shape**: triggers by triggers. **Range**: 0 to 1; 0 on the diagonal.
pub(crate) fn ties(document: &Document, reading: &Reading, weights: &TieWeights) -> Vec<Vec<f32>> {
    let n = reading.triggers.len();
    let mut ties = vec![vec![0.0_f32; n]; n];
    let fillers = |role| fillers(document, reading, role);
    let (dates, places, weapons) = (fillers(Role::Date), fillers(Role::Place), fillers(Role::Weapon));
    let words: Vec<BTreeSet<String>> =
        reading.triggers.iter().map(|it| stems(&document.text[it.range.clone()])).collect();
    for same in &reading.same {
        let (a, b) = (same.first.0, same.second.0);
        let (first, second) = (&reading.triggers[a], &reading.triggers[b]);
        let shares_word = if words[a].is_disjoint(&words[b]) { 0.0 } else { 1.0 };
        let sum = weights.base
            + weights.reader * log_odds(same.score)
            + weights.event_type * same_type(first, second)
            + weights.scope * (first.scope.of(Scope::Incident) - second.scope.of(Scope::Incident)).abs()
            + weights.dates * conflict(&dates[a], &dates[b])
            + weights.places * conflict(&places[a], &places[b])
            + weights.weapons * conflict(&weapons[a], &weapons[b])
            + weights.word * shares_word;
        let tie = 1.0 / (1.0 + (-sum).exp());
        ties[a][b] = tie;
        ties[b][a] = tie;
    }
    ties
}

fn log_odds(share: f32) -> f32 {
    let share = share.clamp(1e-4, 1.0 - 1e-4);
    (share / (1.0 - share)).ln()
}

/// How far the odds of two triggers' types overlap.
fn same_type(a: &Trigger, b: &Trigger) -> f32 {
    EventType::VARIANTS.iter().map(|&it| a.event_type.of(it).min(b.event_type.of(it))).sum()
}

/// The fillers of a role for every trigger, weak ones left out.
fn fillers(document: &Document, reading: &Reading, role: Role) -> Vec<Vec<Known>> {
    const WEAK: f32 = 0.1;
    let mut list = vec![Vec::new(); reading.triggers.len()];
    for link in reading.links.iter().filter(|it| it.role == role && it.score > WEAK) {
        let span = &reading.spans[link.span.0];
        list[link.trigger.0].push((telling(&document.text[span.range.clone()]), link.score));
    }
    list
}

/// How surely two triggers have fillers and none that share words: 0 where either has none.
fn conflict(a: &[Known], b: &[Known]) -> f32 {
    let best = |list: &[Known]| list.iter().map(|it| it.1).fold(0.0, f32::max);
    let known = best(a).min(best(b));
    let agreement = |x: &Known, y: &Known| {
        let least = x.0.len().min(y.0.len()).max(1);
        x.1.min(y.1) * x.0.intersection(&y.0).count() as f32 / least as f32
    };
    let agreed = a.iter().flat_map(|x| b.iter().map(move |y| agreement(x, y))).fold(0.0, f32::max);
    (known - agreed).max(0.0)
}

/// The words of a naming without their endings.
fn stems(text: &str) -> BTreeSet<String> {
    const ENDINGS: [&str; 5] = ["ings", "ing", "ed", "es", "s"];
    const LEAST: usize = 3;
    let stem = |word: &str| {
        let cut = ENDINGS.iter().find_map(|it| word.strip_suffix(it).filter(|it| it.len() >= LEAST));
        cut.unwrap_or(word).to_owned()
    };
    text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).map(|it| stem(&it.to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use annals_reader::{Dated, Link, Odds, ReadSpan, SameEvent, SpanIdx, SpanKind, TriggerIdx};
    use annals_record::Realis;
    use annals_text::{Content, Fields, Options, Report, document};

    use super::*;

    /// Of a pair that the reader is in doubt about. The triggers stand in `[` and `]`, the time words of each in `<` and `>` behind it.
    fn tie(marked: &str, types: [EventType; 2], scopes: [Scope; 2], weights: &TieWeights) -> f32 {
        let text = marked.replace(['[', ']', '<', '>'], "");
        let fields = Fields { text, ..Fields::default() };
        let content = Content::Fields(fields);
        let report = Report { id: "test".into(), place: "test".into(), source: None, doc: None, content };
        let document = document(&report, &Options::default());
        let mut reading = Reading::default();
        let mut from = 0;
        let mut place = |words: &str| {
            let start = from + document.text[from..].find(words).expect("the words stand in the text");
            from = start + words.len();
            start..from
        };
        for (part, (event_type, scope)) in marked.split('[').skip(1).zip(types.into_iter().zip(scopes)) {
            let (trigger, rest) = part.split_once(']').expect("a mark is closed");
            reading.triggers.push(Trigger {
                range: place(trigger),
                score: 0.9,
                main: 0.9,
                event_type: Odds::mostly(event_type, 1.0),
                scope: Odds::mostly(scope, 1.0),
                realis: Odds::mostly(Realis::Actual, 1.0),
                dated: Odds::mostly(Dated::Phrase, 1.0),
            });
            if let Some((time, _)) = rest.split_once('<').and_then(|it| it.1.split_once('>')) {
                reading.spans.push(ReadSpan { range: place(time), kind: SpanKind::Time, score: 0.9 });
                let (trigger, span) = (TriggerIdx(reading.triggers.len() - 1), SpanIdx(reading.spans.len() - 1));
                reading.links.push(Link { trigger, span, role: Role::Date, score: 0.9 });
            }
        }
        reading.same.push(SameEvent { first: TriggerIdx(0), second: TriggerIdx(1), score: 0.5 });
        ties(&document, &reading, weights)[0][1]
    }

    #[test]
    fn types_scopes_dates_and_words_speak_for_and_against() {
        use EventType::{Bombing, Shelling};
        let weights = TieWeights { event_type: 2.0, scope: -2.0, dates: -2.0, word: 1.0, ..TieWeights::default() };
        let one = [Scope::Incident; 2];
        let plain = tie("[Shells] fell. The [fire] went on.", [Shelling, Shelling], one, &weights);
        let other_type = tie("[Shells] fell. The [fire] went on.", [Shelling, Bombing], one, &weights);
        let other_scope =
            tie("[Shells] fell. The [fire] went on.", [Shelling; 2], [Scope::Incident, Scope::Campaign], &weights);
        let same_day = tie("[Shells] fell <on Monday>. The [fire] killed two <Monday>.", [Shelling; 2], one, &weights);
        let other_day =
            tie("[Shells] fell <on Monday>. The [fire] killed two <on Friday>.", [Shelling; 2], one, &weights);
        let same_word = tie("[Shells] fell. The [shelling] went on.", [Shelling, Bombing], one, &weights);
        assert!(plain > 0.8, "{plain}");
        assert!((other_type - 0.5).abs() < 1e-3, "{other_type}");
        assert!((other_scope - 0.5).abs() < 1e-3, "{other_scope}");
        assert!((same_day - plain).abs() < 1e-3, "{same_day}");
        assert!(other_day < 0.6, "{other_day}");
        assert!(same_word > other_type, "{same_word}");
    }

    #[test]
    fn by_default_the_readers_tie_stands() {
        let text = "[Shells] fell <on Monday>. A [bomb] killed two <on Friday>.";
        let types = [EventType::Shelling, EventType::Bombing];
        let told = tie(text, types, [Scope::Incident, Scope::Campaign], &TieWeights::default());
        assert!((told - 0.5).abs() < 1e-6, "{told}");
    }
}
