//! Scores the ACLED sub-types of short snippets: the shared task CASE 2021, task 2.
//!
//! A snippet has one label: one of ACLED's 25 sub-types, or one of five others (disasters, diplomacy, crime, …) that Annals
//! does not code. The predicted one is the sub-type of the surest event that is coded in the snippet, through the exporter's
//! own mapping.

use std::path::Path;

use annals_text::{Content, Fields, Report};

use crate::EvalError;
use crate::error::read_to_string;

/// The set's names of ACLED's sub-types.
///
/// **Source**: label list of the task, with its own spellings.
pub const SUB_TYPES: [(&str, &str); 25] = [
    ("GOV_REGAINS_TERIT", "Government regains territory"),
    ("NON_STATE_ACTOR_OVERTAKES_TER", "Non-state actor overtakes territory"),
    ("ARMED_CLASH", "Armed clash"),
    ("CHEM_WEAP", "Chemical weapon"),
    ("AIR_STRIKE", "Air/drone strike"),
    ("SUIC_BOMB", "Suicide bomb"),
    ("ART_MISS_ATTACK", "Shelling/artillery/missile attack"),
    ("REM_EXPLOS", "Remote explosive/landmine/IED"),
    ("GRENADE", "Grenade"),
    ("SEX_VIOL", "Sexual violence"),
    ("ATTACK", "Attack"),
    ("ABDUCT_DISSAP", "Abduction/forced disappearance"),
    ("FORCE_AGAINST_PROTEST", "Excessive force against protesters"),
    ("PROTEST_WITH_INTER", "Protest with intervention"),
    ("PEACE_PROTEST", "Peaceful protest"),
    ("VIOL_DEMONSTR", "Violent demonstration"),
    ("MOB_VIOL", "Mob violence"),
    ("AGREEMENT", "Agreement"),
    ("ARREST", "Arrests"),
    ("CHANGE_TO_GROUP_ACT", "Change to group/activity"),
    ("DISR_WEAP", "Disrupted weapons use"),
    ("HQ_ESTABLISHED", "Headquarters or base established"),
    ("PROPERTY_DISTRUCT", "Looting/property destruction"),
    ("NON_VIOL_TERRIT_TRANSFER", "Non-violent transfer of territory"),
    ("OTHER", "Other"),
];

/// One snippet.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// The snippet, to be coded.
    pub report: Report,
    /// The set's label.
    pub label: String,
}

/// Tells whether a label is one of ACLED's.
pub fn is_acled(label: &str) -> bool {
    SUB_TYPES.iter().any(|it| it.0 == label)
}

/// The set's label of one of ACLED's sub-types.
pub fn label_of(sub_type: &str) -> Option<&'static str> {
    SUB_TYPES.iter().find(|it| it.1 == sub_type).map(|it| it.0)
}

/// Reads a file of snippets: id, text and label, parted by tabs.
///
/// # Errors
/// When it cannot be read, or a line has not three parts.
pub fn read_snippets(path: &Path) -> Result<Vec<Snippet>, EvalError> {
    let text = read_to_string(path)?;
    let lines = text.lines().enumerate().filter(|it| !it.1.trim().is_empty());
    lines
        .map(|(number, line)| {
            let fail = || EvalError::format(path, number + 1, "an id, a snippet and a label", None);
            let mut parts = line.splitn(2, '\t');
            let id = parts.next().ok_or_else(fail)?;
            let (snippet, label) = parts.next().and_then(|it| it.rsplit_once('\t')).ok_or_else(fail)?;
            Ok(Snippet { report: report("case21", id, snippet), label: label.trim().to_owned() })
        })
        .collect()
}

/// A text of a set as a report.
pub(crate) fn report(set: &str, id: &str, text: &str) -> Report {
    Report {
        id: format!("{set}:{id}"),
        place: format!("{set} {id}"),
        source: None,
        doc: Some(format!("{set}-{id}")),
        content: Content::Fields(Fields { text: text.to_owned(), ..Fields::default() }),
    }
}
