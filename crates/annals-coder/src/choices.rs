//! What may fill the roles of events: every span that the reader links to one, judged by all signs that speak for and against it.

use std::collections::BTreeSet;
use std::mem::discriminant;
use std::ops::Range;

use annals_reader::{Judges, Reading, Role, SpanKind, TriggerIdx};
use annals_record::{EventType, Scope};
use annals_text::Document;
use annals_values::When;
use strum::VariantArray;

use crate::days::closer;
use crate::draft::{Draft, Filler, Fit, best_first};
use crate::words::telling;

/// Signs by name, in the order of their judge's.
pub(crate) type Signs = Vec<(&'static str, f32)>;

/// One thing that may fill a role of an event, and how it was judged.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Index into the report's events.
    pub event: usize,
    /// The role.
    pub role: Role,
    /// Its words. **Units**: bytes of the document's text. Days may be implied.
    pub range: Option<Range<usize>>,
    /// Days, where the role is the date.
    pub days: Option<When>,
    /// How likely it is right. **Range**: 0 to 1.
    pub share: f32,
    /// What it was judged by.
    pub signs: Vec<(&'static str, f32)>,
}

/// Is told of every choice as it is judged.
pub(crate) type Watch<'w> = &'w mut dyn FnMut(Choice);

/// The judged roles of which spans are fillers.
const ROLES: [Role; 4] = [Role::Agent, Role::Target, Role::Place, Role::Source];

/// The roles that have links.
const LINKED: [Role; 7] =
    [Role::Agent, Role::Target, Role::Place, Role::Source, Role::Date, Role::Weapon, Role::Outcome];

/// Sentences and alike namings are counted up to here.
const MANY: usize = 10;

/// The judged fillers of all events of a document.
pub(crate) struct Choices<'r> {
    /// By event and role; best first.
    fillers: Vec<[Vec<Filler<'r>>; ROLES.len()]>,
}

impl<'r> Choices<'r> {
    /// Judges all that is linked to the events of a document.
    pub(crate) fn new(
        document: &Document,
        reading: &'r Reading,
        drafts: &[Draft<'r>],
        judges: &Judges,
        watch: Watch,
    ) -> Self {
        let scene = Scene::new(document, reading, drafts);
        let judge = |role| match role {
            Role::Agent => &judges.agent,
            Role::Target => &judges.target,
            Role::Place => &judges.place,
            _ => &judges.source,
        };
        let mut judged = |event: usize, role: Role| {
            let mut list: Vec<Filler> = Vec::new();
            for (filler, signs) in scene.fillers(event, role) {
                let values: Vec<f32> = signs.iter().map(|it| it.1).collect();
                let share = judge(role).share(&values);
                let range = Some(filler.span.range.clone());
                watch(Choice { event, role, range, days: None, share, signs });
                list.push(Filler { score: share, ..filler });
            }
            best_first(&mut list);
            list
        };
        let fillers = (0..drafts.len()).map(|event| ROLES.map(|role| judged(event, role))).collect();
        Choices { fillers }
    }

    /// What may fill a role of an event, best first; its score is how likely it is right.
    pub(crate) fn of(&self, event: usize, role: Role) -> &[Filler<'r>] {
        ROLES.iter().position(|it| *it == role).map_or(&[], |at| &self.fillers[event][at])
    }
}

/// What is known of the spans and events of one document.
struct Scene<'a, 'r> {
    document: &'a Document,
    drafts: &'a [Draft<'r>],
    words: Vec<BTreeSet<String>>,
    /// For each span, those of its kind with the same words, or more, or fewer of them.
    alike: Vec<Vec<usize>>,
    /// How often the words of each span stand in the text, up to [`MANY`].
    told: Vec<usize>,
    /// How well spans fit the roles of events. **Shape**: events, roles, spans.
    fits: Vec<[Vec<Fit>; LINKED.len()]>,
    /// How likely two events are one, by their best tied triggers. **Shape**: events by events.
    ties: Vec<Vec<f32>>,
}

impl<'a, 'r> Scene<'a, 'r> {
    fn new(document: &'a Document, reading: &'r Reading, drafts: &'a [Draft<'r>]) -> Self {
        let text = document.text.to_lowercase();
        let naming = |range: &Range<usize>| &document.text[range.clone()];
        let words: Vec<_> = reading.spans.iter().map(|it| telling(naming(&it.range))).collect();
        let is_alike = |a: usize, b: usize| {
            a != b
                && discriminant(&reading.spans[a].kind) == discriminant(&reading.spans[b].kind)
                && !words[b].is_empty()
                && (words[a].is_subset(&words[b]) || words[b].is_subset(&words[a]))
        };
        let spans = 0..reading.spans.len();
        let alike = spans.clone().map(|a| spans.clone().filter(|&b| is_alike(a, b)).collect()).collect();
        let told = (reading.spans.iter())
            .map(|it| text.matches(&naming(&it.range).to_lowercase()).take(MANY).count())
            .collect();
        let fits = drafts.iter().map(|it| LINKED.map(|role| it.fits(role))).collect();
        Scene { document, drafts, words, alike, told, fits, ties: ties(reading, drafts) }
    }

    fn share(&self, event: usize, role: Role, span: usize) -> f32 {
        let at = LINKED.iter().position(|it| *it == role).expect("all roles have links");
        self.fits[event][at][span].share()
    }

    /// The best share of a naming in an event, told here or with the same words elsewhere.
    fn best(&self, event: usize, role: Role, span: usize) -> f32 {
        self.alike[span].iter().map(|&it| self.share(event, role, it)).fold(self.share(event, role, span), f32::max)
    }

    /// What is linked to an event in a role, by the reader's score, with the signs of each.
    fn fillers(&self, event: usize, role: Role) -> Vec<(Filler<'r>, Signs)> {
        let is_kind = |kind: &SpanKind| match role {
            Role::Place => *kind == SpanKind::Place,
            Role::Source => matches!(kind, SpanKind::Source(_)),
            _ => matches!(kind, SpanKind::Party(_)),
        };
        let mut list = self.drafts[event].scores(role);
        list.retain(|it| is_kind(&it.span.kind));
        best_first(&mut list);
        (0..list.len()).map(|rank| (list[rank], self.signs(event, role, &list, rank))).collect()
    }

    fn signs(&self, event: usize, role: Role, list: &[Filler<'r>], rank: usize) -> Signs {
        let draft = &self.drafts[event];
        let (main, filler) = (draft.main(), list[rank]);
        let (span, range) = (filler.idx.0, &filler.span.range);
        let fit = |role: Role| {
            let at = LINKED.iter().position(|it| *it == role).expect("all roles have links");
            self.fits[event][at][span]
        };
        let other_side = if role == Role::Agent { Role::Target } else { Role::Agent };
        let others = || (0..self.drafts.len()).filter(|it| *it != event);
        let most = |values: &mut dyn Iterator<Item = f32>| values.fold(0.0, f32::max);
        let alike = &self.alike[span];
        let alike_shares = || alike.iter().map(|&it| self.share(event, role, it));
        let encloses = |a: &Range<usize>, b: &Range<usize>| a.start <= b.start && b.end <= a.end;
        let rivals = |is_one: &dyn Fn(&Range<usize>) -> bool| {
            most(&mut list.iter().filter(|it| it.idx != filler.idx && is_one(&it.span.range)).map(|it| it.score))
        };
        let better: Vec<&Filler> = list[..rank].iter().filter(|it| !alike.contains(&it.idx.0)).collect();
        let names: BTreeSet<_> = better.iter().map(|it| &self.words[it.idx.0]).collect();
        let sentence = |at: usize| self.document.sentences.partition_point(|it| it.range.start <= at);
        let (here, there) = (sentence(range.start), sentence(main.range.start));
        let near = draft.triggers().map(|it| sentence(it.0.range.start).abs_diff(here)).min().unwrap_or(MANY);
        let further = LINKED.into_iter().filter(|it| ![Role::Agent, Role::Target, role].contains(it));
        let yes = |it: bool| f32::from(u8::from(it));
        let number = |it: usize| it as f32;
        let mut signs = vec![
            ("share", filler.score),
            ("mean", fit(role).mean),
            ("best", fit(role).best),
            ("main", draft.main_link(role, filler.idx)),
            ("other_side", fit(other_side).share()),
            ("other_side_alike", most(&mut alike.iter().map(|&it| self.share(event, other_side, it)))),
            ("other_role", most(&mut further.map(|it| fit(it).share()))),
            ("span", filler.span.score),
            ("sentences_from_main", number(here.abs_diff(there).min(MANY))),
            ("sentences_from_any", number(near.min(MANY))),
            ("before", yes(range.start < main.range.start)),
            ("bytes_from_main", number(range.start.abs_diff(main.range.start))),
            ("events_closer", number(closer(self.drafts, event, range.start))),
            ("alike", number(alike.len().min(MANY))),
            ("alike_any", 1.0 - alike_shares().map(|it| 1.0 - it).product::<f32>()),
            ("alike_best", most(&mut alike_shares())),
            ("elsewhere", most(&mut others().map(|it| self.best(it, role, span)))),
            ("elsewhere_tied", most(&mut others().map(|it| self.best(it, role, span) * self.ties[event][it]))),
            ("elsewhere_other_side", most(&mut others().map(|it| self.best(it, other_side, span)))),
            ("around", rivals(&|it| encloses(it, range))),
            ("inside", rivals(&|it| encloses(range, it))),
            ("better", most(&mut better.iter().map(|it| it.score))),
            ("better_names", number(names.len().min(MANY))),
            ("rank", number(rank.min(MANY))),
            ("top", list[0].score),
            ("triggers", number(draft.triggers().count())),
            ("event", draft.score()),
            ("events", number(self.drafts.len())),
            ("event_place", number(event) / number(self.drafts.len())),
            ("event_sentence", number(there)),
            ("sentences", number(self.document.sentences.len())),
            ("title", yes(range.start < self.document.title_end)),
            ("words", number(self.words[span].len())),
            ("capital", yes(self.document.text[range.start..].starts_with(char::is_uppercase))),
            ("told", number(self.told[span])),
            ("incident", main.scope.of(Scope::Incident)),
        ];
        signs.extend(EventType::VARIANTS.iter().map(|&it| (it.into(), main.event_type.of(it))));
        signs
    }
}

fn ties(reading: &Reading, drafts: &[Draft]) -> Vec<Vec<f32>> {
    let mut ties = vec![vec![0.0_f32; drafts.len()]; drafts.len()];
    let home = |idx: TriggerIdx| drafts.iter().position(|it| it.has(idx));
    for same in &reading.same {
        if let (Some(a), Some(b)) = (home(same.first), home(same.second)) {
            ties[a][b] = ties[a][b].max(same.score);
            ties[b][a] = ties[b][a].max(same.score);
        }
    }
    ties
}

#[cfg(test)]
mod tests {
    use annals_text::{Content, Fields, Options, Report, document};

    use super::*;

    #[test]
    fn the_shipped_judges_know_these_signs() {
        let text = "Gunmen attacked a village near Koro on Monday, killing two farmers, the army said.".to_owned();
        let published = Some("2015-07-21".to_owned());
        let content = Content::Fields(Fields { text, published, ..Fields::default() });
        let report = Report { id: "test".into(), place: "test".into(), source: None, doc: None, content };
        let document = document(&report, &Options::default());
        let coder = crate::Coder::new();
        let judges = &coder.thresholds().judges;
        let (_, choices) = coder.choices(&document, &coder.read(&document), coder.thresholds());
        for choice in &choices {
            let judge = match choice.role {
                Role::Agent => &judges.agent,
                Role::Target => &judges.target,
                Role::Place => &judges.place,
                Role::Source => &judges.source,
                _ => &judges.date,
            };
            let names: Vec<&str> = choice.signs.iter().map(|it| it.0).collect();
            assert_eq!(judge.signs, names, "{:?}", choice.role);
        }
        let roles: BTreeSet<Role> = choices.iter().map(|it| it.role).collect();
        assert_eq!(roles.len(), ROLES.len() + 1);
    }
}
