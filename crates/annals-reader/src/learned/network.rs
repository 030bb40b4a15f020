//! The two graphs of the model, run on one thread: documents go side by side instead.

use std::sync::Arc;

use annals_record::{Finding, Severity};
use rten::{Dimension, Model, ModelOptions, NodeId, RunError, RunOptions, ThreadPool, ValueOrView};
use rten_tensor::{NdTensor, prelude::*};

use super::{
    package::{Package, PackageError},
    pieces::Window,
};

/// Vectors of equal length, one a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) values: Vec<f32>,
    pub(crate) width: usize,
}

impl Table {
    pub(crate) fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..(at + 1) * self.width]
    }

    pub(crate) fn push(&mut self, row: &[f32]) {
        self.width = row.len();
        self.values.extend_from_slice(row);
    }

    fn tensor(&self, rows: &[usize]) -> NdTensor<f32, 2> {
        let values: Vec<f32> = rows.iter().flat_map(|&it| self.row(it)).copied().collect();
        NdTensor::from_data([rows.len(), self.width], values)
    }
}

/// What the model says of every word.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordTables {
    /// Logits.
    pub(crate) scores: Table,
    pub(crate) row: Table,
    pub(crate) column: Table,
    pub(crate) row_narrow: Table,
    pub(crate) column_narrow: Table,
}

/// A loaded graph with the ids of its inputs and outputs.
struct Graph {
    model: Model,
    inputs: Vec<NodeId>,
    outputs: Vec<NodeId>,
}

impl Graph {
    fn new(
        file: &'static str,
        options: &ModelOptions,
        bytes: &'static [u8],
        inputs: &[&str],
        outputs: &[&str],
    ) -> Result<Self, PackageError> {
        let model = options.load_static_slice(bytes).map_err(|it| PackageError::file(file, it))?;
        let ids = |names: &[&str]| -> Result<Vec<NodeId>, PackageError> {
            names.iter().map(|it| model.node_id(it).map_err(|error| PackageError::file(file, error))).collect()
        };
        Ok(Graph { inputs: ids(inputs)?, outputs: ids(outputs)?, model })
    }

    fn run(&self, values: Vec<ValueOrView>, pool: &Arc<ThreadPool>) -> Result<Vec<rten::Value>, RunError> {
        let inputs = self.inputs.iter().copied().zip(values).collect();
        let mut options = RunOptions::default();
        options.thread_pool = Some(Arc::clone(pool));
        self.model.run(inputs, &self.outputs, Some(options))
    }
}

/// Word pairs that are scored at once: bounds the memory of long reports (a kilobyte a pair).
const MOST_PAIRS: usize = 8192;

/// The encoder and the linker.
pub(crate) struct Network {
    encoder: Graph,
    linker: Graph,
}

thread_local! {
    /// Each thread that codes documents runs the model on a pool of its own with one thread.
    static POOL: Arc<ThreadPool> = Arc::new(ThreadPool::with_num_threads(1));
}

const ENCODED: [&str; 5] = ["words", "row", "column", "row_narrow", "column_narrow"];
const LINKED: [&str; 6] = ["row", "row_kind", "row_narrow", "column", "column_narrow", "distance"];

impl Network {
    pub(crate) fn new(package: &Package) -> Result<Self, PackageError> {
        let mut options = ModelOptions::with_all_ops();
        // Packing takes as long as one window does; without it each window packs them again.
        options.prepack_weights(true).external_data_static("reader.onnx_data", package.weights);
        let (reader, linker) = (package.reader, package.linker);
        Ok(Network {
            encoder: Graph::new("reader.onnx", &options, reader, &["ids", "shapes", "first"], &ENCODED)?,
            linker: Graph::new("linker.onnx", &options, linker, &LINKED, &["links"])?,
        })
    }

    /// Scores that the encoder gives for each word; `None` where its file does not say.
    pub(crate) fn width(&self) -> Option<usize> {
        let words = self.encoder.model.node_info(self.encoder.outputs[0])?;
        match words.shape()?.last()? {
            Dimension::Fixed(width) => Some(*width),
            Dimension::Symbolic(_) => None,
        }
    }

    /// The word tables of one window.
    pub(crate) fn encode(&self, window: &Window) -> Result<WordTables, RunError> {
        let line = |list: &[i32]| NdTensor::from_data([1, list.len()], list.to_vec());
        let first = NdTensor::from_data([window.first.len()], window.first.clone());
        let inputs = vec![line(&window.ids).into(), line(&window.shapes).into(), first.into()];
        let mut outputs = POOL.with(|pool| self.encoder.run(inputs, pool))?.into_iter().map(|value| {
            let tensor = value.into_tensor::<f32>().expect("the encoder gives floats");
            Table { width: tensor.size(1), values: tensor.into_data() }
        });
        let mut next = || outputs.next().expect("one value an output");
        Ok(WordTables { scores: next(), row: next(), column: next(), row_narrow: next(), column_narrow: next() })
    }

    /// Link logits [rows, columns, planes] of word pairs; `distance` gives the step between two words.
    pub(crate) fn link(
        &self,
        words: &WordTables,
        rows: &[(usize, i32)],
        columns: &[usize],
        distance: impl Fn(usize, usize) -> i32,
    ) -> Result<Vec<f32>, RunError> {
        let mut links = Vec::new();
        for some in rows.chunks((MOST_PAIRS / columns.len().max(1)).max(1)) {
            links.extend(self.link_some(words, some, columns, &distance)?);
        }
        Ok(links)
    }

    fn link_some(
        &self,
        words: &WordTables,
        rows: &[(usize, i32)],
        columns: &[usize],
        distance: impl Fn(usize, usize) -> i32,
    ) -> Result<Vec<f32>, RunError> {
        if columns.is_empty() {
            return Ok(Vec::new());
        }
        let at: Vec<usize> = rows.iter().map(|(word, _)| *word).collect();
        let kinds = NdTensor::from_data([rows.len()], rows.iter().map(|(_, kind)| *kind).collect::<Vec<_>>());
        let steps: Vec<i32> = at
            .iter()
            .flat_map(|&row| columns.iter().map(move |&column| (row, column)))
            .map(|(row, column)| distance(row, column))
            .collect();
        let inputs = vec![
            words.row.tensor(&at).into(),
            kinds.into(),
            words.row_narrow.tensor(&at).into(),
            words.column.tensor(columns).into(),
            words.column_narrow.tensor(columns).into(),
            NdTensor::from_data([rows.len(), columns.len()], steps).into(),
        ];
        let outputs = POOL.with(|pool| self.linker.run(inputs, pool))?;
        let links = outputs.into_iter().next().and_then(rten::Value::into_tensor::<f32>);
        Ok(links.expect("the linker gives floats").into_data())
    }
}

/// What a person is told when the model could not be run on a document.
pub(crate) fn finding(error: &super::scores::ScoreError) -> Finding {
    Finding {
        code: "R001".to_owned(),
        severity: Severity::Error,
        span: None,
        message: format!("the reader could not read this report: {error}"),
    }
}
