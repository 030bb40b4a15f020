//! JSON Lines: one incident a line, whole. `annals schema` tells its shape.

use std::io::Write;

use annals_incidents::Incident;

use crate::loss::{Loss, Lost};
use crate::writer::{ExportError, Out, Writer};

pub(crate) const LACKS: &[Lost] = &[];

/// The exporter.
pub(crate) struct Jsonl<'a>(Out<'a>);

impl<'a> Jsonl<'a> {
    pub(crate) fn new(out: Out<'a>) -> Self {
        Self(out)
    }
}

impl Writer for Jsonl<'_> {
    fn write(&mut self, incident: &Incident, loss: &mut Loss) -> Result<(), ExportError> {
        serde_json::to_writer(&mut self.0, incident)?;
        self.0.write_all(b"\n")?;
        loss.n_rows += 1;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.0.flush()?)
    }
}
