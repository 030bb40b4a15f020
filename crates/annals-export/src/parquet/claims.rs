//! The table of claims: one row a claim, with who makes it, to be joined by `incident`.

use annals_incidents::Incident;

use super::column::{Cell, Kind, ParquetRows, cell};
use crate::loss::Loss;
use crate::writer::{ExportError, Out, Writer};

const COLUMNS: [(&str, Kind); 14] = [
    ("incident", Kind::Text),
    ("telling", Kind::Text),
    ("what", Kind::Text),
    ("side", Kind::Text),
    ("item", Kind::Text),
    ("low", Kind::Long),
    ("best", Kind::Long),
    ("high", Kind::Long),
    ("part", Kind::Bool),
    ("words", Kind::Text),
    ("source", Kind::Text),
    ("publisher", Kind::Text),
    ("published", Kind::Day),
    ("learned", Kind::Time),
];

/// The exporter.
pub(crate) struct Claims<'a>(ParquetRows<'a>);

impl<'a> Claims<'a> {
    pub(crate) fn new(out: Out<'a>) -> Result<Self, ExportError> {
        Ok(Self(ParquetRows::new(out, "claims", &COLUMNS, &[])?))
    }
}

impl Writer for Claims<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        for figure in &incident.figures {
            for claim in &figure.claims {
                let text = |it: Option<&String>| cell(it.cloned(), Cell::Text);
                let cells = vec![
                    Cell::Text(incident.id.0.clone()),
                    Cell::Text(claim.telling.0.clone()),
                    Cell::Code(figure.what.as_str()),
                    Cell::Code(figure.side.as_str()),
                    cell(figure.item, |it| Cell::Code(it.as_str())),
                    cell(claim.low, Cell::Long),
                    cell(claim.best, Cell::Long),
                    cell(claim.high, Cell::Long),
                    Cell::Bool(claim.part),
                    Cell::Text(claim.words.clone()),
                    text(claim.source.as_ref()),
                    text(claim.publisher.as_ref()),
                    cell(claim.published, Cell::Day),
                    Cell::Time(claim.learned),
                ];
                self.0.row(cells, loss)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        self.0.finish()
    }
}
