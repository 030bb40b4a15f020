//! CSV: one row an incident, with plain names. Columns are documented in docs/formats/csv.md.

use std::io::Write;

use annals_incidents::{Figure, Incident, Member};
use annals_record::{OutcomeKind, Side};

use crate::loss::{Loss, Lost};
use crate::options::Options;
use crate::outlets::unique;
use crate::people::{Number, is_part, of_side, review, total};
use crate::writer::{ExportError, Out, Writer};

pub(crate) const LACKS: &[Lost] = &[Lost::Claims];

const COLUMNS: [&str; 46] = [
    "doc",
    "source",
    "title",
    "published",
    "event",
    "type",
    "scope",
    "realis",
    "confidence",
    "trigger",
    "summary",
    "agents",
    "agent_kinds",
    "targets",
    "target_kinds",
    "disputed",
    "places",
    "place",
    "iso3",
    "adm1",
    "adm2",
    "iso_3166_2",
    "lat",
    "lon",
    "place_precision",
    "radius_km",
    "date_start",
    "date_end",
    "date_precision",
    "killed_low",
    "killed_best",
    "killed_high",
    "civilians_killed",
    "injured_low",
    "injured_best",
    "injured_high",
    "captured_low",
    "captured_high",
    "outcomes",
    "weapons",
    "sources",
    "publishers",
    "n_tellings",
    "n_independent",
    "review",
    "incident",
];

/// Bytes that tell spreadsheets that a text is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Rows of cells, quoted as RFC 4180 has it.
pub(crate) struct Rows<'a>(csv::Writer<Out<'a>>);

impl<'a> Rows<'a> {
    /// Begins with the row of column names.
    pub(crate) fn new(
        mut out: Out<'a>,
        columns: &[&str],
        delimiter: u8,
        options: Options<'_>,
    ) -> Result<Self, ExportError> {
        if options.byte_order_mark {
            out.write_all(BYTE_ORDER_MARK)?;
        }
        let mut rows = Self(csv::WriterBuilder::new().delimiter(delimiter).from_writer(out));
        rows.0.write_record(columns)?;
        Ok(rows)
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N], loss: &mut Loss) -> Result<(), ExportError> {
        self.0.write_record(cells)?;
        loss.n_rows += 1;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<(), ExportError> {
        Ok(self.0.flush()?)
    }
}

/// The exporter.
pub(crate) struct Csv<'a>(Rows<'a>);

impl<'a> Csv<'a> {
    pub(crate) fn new(options: Options<'a>, out: Out<'a>) -> Result<Self, ExportError> {
        Ok(Self(Rows::new(out, &COLUMNS, b',', options)?))
    }
}

impl Writer for Csv<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        self.0.row(row(incident), loss)
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        self.0.finish()
    }
}

fn row(incident: &Incident) -> [String; COLUMNS.len()] {
    let (place, date) = (incident.location.as_ref(), incident.date.as_ref());
    let number = |what| total(incident, what).unwrap_or_default();
    let (killed, injured, captured) =
        (number(OutcomeKind::Killed), number(OutcomeKind::Injured), number(OutcomeKind::Captured));
    let civilians = of_side(incident, OutcomeKind::Killed, Side::Civilian).and_then(Number::point);
    let tellings = &incident.tellings;
    let of_tellings =
        |text: &dyn Fn(&annals_incidents::Telling) -> String| unique(tellings.iter().map(text)).join("; ");
    let places = tellings.iter().flat_map(|it| &it.event.places).map(|it| it.span.text.clone());
    let sources =
        tellings.iter().flat_map(|it| &it.event.sources).map(|it| format!("{} ({})", it.span.text, it.stance));
    let publishers = tellings.iter().filter_map(|it| it.report.publisher.clone());
    let confidence = tellings.iter().map(|it| it.event.confidence).fold(0.0_f64, f64::max);
    [
        of_tellings(&|it| it.doc.clone()),
        of_tellings(&|it| it.report.source.clone().unwrap_or_default()),
        of_tellings(&|it| it.report.title.clone()),
        of_tellings(&|it| text(it.report.published)),
        of_tellings(&|it| it.event.id.clone()),
        incident.event_type.to_string(),
        incident.scope.to_string(),
        incident.realis.to_string(),
        confidence.to_string(),
        of_tellings(&|it| it.event.trigger.text.clone()),
        incident.title.clone(),
        list(&incident.agents, |it| it.name.clone()),
        kinds(&incident.agents),
        list(&incident.targets, |it| it.name.clone()),
        kinds(&incident.targets),
        incident.disputed.to_string(),
        unique(places).join("; "),
        incident.place.clone().unwrap_or_default(),
        text(place.and_then(|it| it.iso3.clone())),
        text(place.and_then(|it| it.adm1.clone())),
        text(place.and_then(|it| it.adm2.clone())),
        text(place.and_then(|it| it.iso_3166_2.clone())),
        text(place.and_then(|it| it.lat)),
        text(place.and_then(|it| it.lon)),
        text(place.map(|it| it.precision)),
        text(place.and_then(|it| it.radius_km)),
        text(date.map(|it| it.start)),
        text(date.map(|it| it.end)),
        text(date.map(|it| it.precision)),
        text(killed.low),
        text(killed.best),
        text(killed.high),
        text(civilians),
        text(injured.low),
        text(injured.best),
        text(injured.high),
        text(captured.low),
        text(captured.high),
        list(&incident.figures, figure),
        incident.weapons.join("; "),
        unique(sources).join("; "),
        unique(publishers).join("; "),
        tellings.len().to_string(),
        incident.n_independent.to_string(),
        review(incident.review).to_owned(),
        incident.id.0.clone(),
    ]
}

fn kinds(members: &[Member]) -> String {
    list(members, |it| text(it.kind))
}

fn figure(figure: &Figure) -> String {
    let number = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => format!("{}..{}", text(low), text(high)),
    };
    let item = figure.item.map(|it| format!(" {it}")).unwrap_or_default();
    let part = if is_part(figure) { ", part" } else { "" };
    let words = unique(figure.claims.iter().map(|it| it.words.clone())).join(" / ");
    format!("{} {number}{item} ({}{part}): {words}", figure.what, figure.side)
}

pub(crate) fn text(value: Option<impl ToString>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join("; ")
}
