//! Events that Annals itself coded, as tellings, with the gold's incidents carried over to them.

use std::collections::BTreeMap;
use std::path::Path;

use annals_incidents::{Telling, TellingId};
use annals_record::CodedReport;
use jiff::Timestamp;

use super::Truth;
use super::gold::outlet;
use crate::EvalError;
use crate::error::read_to_string;
use crate::gold::{Coding, pair_events};

/// Reads coded reports (JSON Lines of `annals code`) of the gold's documents as tellings, with the incidents that they belong to.
///
/// A coded event belongs to the incident of the gold event that `annals eval gold` pairs it with. Outlets are those that the
/// gold's ids tell; `annotated` are all tellings of the gold ([`super::read_tellings`]). The number is that of the gold's pairs that no pair of coded events stands for.
///
/// **Errors**: a file that cannot be read or holds no coded reports.
pub fn read_coded_tellings(
    path: &Path,
    gold: &[Coding],
    annotated: &[Telling],
    truth: &Truth,
) -> Result<(Vec<Telling>, Truth, usize), EvalError> {
    let gold: BTreeMap<&str, &Coding> = gold.iter().map(|it| (it.doc.as_str(), it)).collect();
    let mut tellings = Vec::new();
    let mut carried = Truth { labels: truth.labels.clone(), ..Truth::default() };
    for (number, line) in read_to_string(path)?.lines().enumerate().filter(|it| !it.1.trim().is_empty()) {
        let report: CodedReport =
            serde_json::from_str(line).map_err(|it| EvalError::format(path, number + 1, "a coded report", it))?;
        let Some(gold) = gold.get(report.doc.as_str()) else { continue };
        let own: Vec<&Telling> = annotated.iter().filter(|it| it.doc == report.doc).collect();
        for (coded, annotated) in pair_events(&Coding::from(&report), gold) {
            let incident = own.get(annotated).and_then(|it| truth.of.get(&it.id));
            if let Some(incident) = incident {
                carried.of.insert(TellingId::new(&report.doc, &report.events[coded].id), *incident);
            }
        }
        let mut info = report.report.clone();
        info.id.clone_from(&report.doc);
        info.publisher = Some(outlet(&report.doc));
        let telling = |event: &annals_record::Event| Telling {
            id: TellingId::new(&report.doc, &event.id),
            doc: report.doc.clone(),
            report: info.clone(),
            event: event.clone(),
            learned: Timestamp::UNIX_EPOCH,
            copy_of: None,
        };
        tellings.extend(report.events.iter().map(telling));
    }
    let n_lost = truth.n_pairs() - carried.n_pairs();
    Ok((tellings, carried, n_lost))
}
