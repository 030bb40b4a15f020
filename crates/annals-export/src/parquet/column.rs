//! Columns filled row by row and written a row group at a time.

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use crate::loss::Loss;
use crate::writer::{ExportError, Out};

/// Rows of one group: enough for good compression, few enough for little memory.
const GROUP_ROWS: usize = 65_536;

/// Text columns whose cells seldom repeat.
const UNIQUE: [&str; 2] = ["incident", "title"];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// A list of texts, never null.
    Texts,
    Long,
    Double,
    Bool,
    /// Days since 1970-01-01.
    Day,
    /// Microseconds since 1970-01-01T00:00:00Z.
    Time,
    Bytes,
}

/// One cell; `Null` where nothing is told.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Null,
    Text(String),
    /// A text of a closed list.
    Code(&'static str),
    Texts(Vec<String>),
    Long(u64),
    Double(f64),
    Bool(bool),
    Day(jiff::civil::Date),
    Time(jiff::Timestamp),
    Bytes(Vec<u8>),
}

/// `Null` or the cell.
pub(crate) fn cell<T>(value: Option<T>, make: impl FnOnce(T) -> Cell) -> Cell {
    value.map_or(Cell::Null, make)
}

enum Values {
    Bytes(Vec<ByteArray>),
    Long(Vec<i64>),
    Int(Vec<i32>),
    Double(Vec<f64>),
    Bool(Vec<bool>),
}

struct Column {
    kind: Kind,
    values: Values,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

/// A Parquet file under way.
pub(crate) struct ParquetRows<'a> {
    writer: SerializedFileWriter<Out<'a>>,
    columns: Vec<Column>,
    n_rows: usize,
}

impl From<ParquetError> for ExportError {
    fn from(error: ParquetError) -> Self {
        Self::Io(std::io::Error::other(error))
    }
}

impl<'a> ParquetRows<'a> {
    /// Begins a file with these columns and key-value metadata.
    pub(crate) fn new(
        out: Out<'a>,
        table: &str,
        columns: &[(&str, Kind)],
        metadata: &[(&str, String)],
    ) -> Result<Self, ExportError> {
        let fields: String = columns.iter().map(|(name, kind)| field(name, *kind)).fold(String::new(), |a, b| a + &b);
        let schema = parse_message_type(&format!("message {table} {{ {fields} }}"))?;
        let metadata = metadata.iter().map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone())).collect();
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            // Bounds of whole groups are enough to skip them; those of pages cost more than they save here.
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by(concat!("annals ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_key_value_metadata(Some(metadata));
        for (name, kind) in columns {
            // Where nearly every cell is another, looking each up in a dictionary is lost time.
            if matches!(kind, Kind::Double | Kind::Bytes) || UNIQUE.contains(name) {
                properties = properties.set_column_dictionary_enabled(ColumnPath::from(*name), false);
            }
            // Points hardly shrink, and which is the least of them tells nothing.
            if *kind == Kind::Bytes {
                let column = ColumnPath::from(*name);
                properties = properties
                    .set_column_compression(column.clone(), Compression::UNCOMPRESSED)
                    .set_column_statistics_enabled(column, EnabledStatistics::None);
            }
        }
        let properties = properties.build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        let columns = columns.iter().map(|it| Column::new(it.1)).collect();
        Ok(Self { writer, columns, n_rows: 0 })
    }

    /// Adds a row: one cell a column, each of its column's kind.
    pub(crate) fn row(&mut self, cells: Vec<Cell>, loss: &mut Loss) -> Result<(), ExportError> {
        debug_assert_eq!(cells.len(), self.columns.len(), "one cell a column");
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.n_rows += 1;
        loss.n_rows += 1;
        if self.n_rows == GROUP_ROWS { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), ExportError> {
        if self.n_rows == 0 {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        let mut columns = self.columns.iter_mut();
        while let Some(mut writer) = group.next_column()? {
            let column = columns.next().expect("the schema has the same columns");
            column.write(&mut writer)?;
            writer.close()?;
        }
        group.close()?;
        self.n_rows = 0;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<(), ExportError> {
        self.write_group()?;
        self.writer.close()?;
        Ok(())
    }
}

fn field(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Text => format!("optional binary {name} (STRING); "),
        Kind::Texts => {
            format!("required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }} ")
        }
        Kind::Long => format!("optional int64 {name}; "),
        Kind::Double => format!("optional double {name}; "),
        Kind::Bool => format!("optional boolean {name}; "),
        Kind::Day => format!("optional int32 {name} (DATE); "),
        Kind::Time => format!("optional int64 {name} (TIMESTAMP(MICROS,true)); "),
        Kind::Bytes => format!("optional binary {name}; "),
    }
}

impl Column {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text | Kind::Texts | Kind::Bytes => Values::Bytes(Vec::new()),
            Kind::Long | Kind::Time => Values::Long(Vec::new()),
            Kind::Day => Values::Int(Vec::new()),
            Kind::Double => Values::Double(Vec::new()),
            Kind::Bool => Values::Bool(Vec::new()),
        };
        Self { kind, values, definition: Vec::new(), repetition: Vec::new() }
    }

    fn push(&mut self, cell: Cell) {
        if let (Values::Bytes(values), Cell::Texts(texts)) = (&mut self.values, &cell) {
            if texts.is_empty() {
                self.definition.push(0);
                self.repetition.push(0);
            }
            for (number, text) in texts.iter().enumerate() {
                values.push(ByteArray::from(text.as_bytes().to_vec()));
                self.definition.push(1);
                self.repetition.push(i16::from(number > 0));
            }
            return;
        }
        let is_told = match (&mut self.values, cell) {
            (Values::Bytes(values), Cell::Text(text)) => {
                values.push(ByteArray::from(text.into_bytes()));
                true
            }
            (Values::Bytes(values), Cell::Code(code)) => {
                values.push(ByteArray::from(Bytes::from_static(code.as_bytes())));
                true
            }
            (Values::Bytes(values), Cell::Bytes(bytes)) => {
                values.push(ByteArray::from(bytes));
                true
            }
            (Values::Long(values), Cell::Long(number)) => {
                values.push(i64::try_from(number).unwrap_or(i64::MAX));
                true
            }
            (Values::Long(values), Cell::Time(time)) => {
                values.push(time.as_microsecond());
                true
            }
            (Values::Int(values), Cell::Day(day)) => {
                values.push((day - jiff::civil::date(1970, 1, 1)).get_days());
                true
            }
            (Values::Double(values), Cell::Double(number)) => {
                values.push(number);
                true
            }
            (Values::Bool(values), Cell::Bool(truth)) => {
                values.push(truth);
                true
            }
            (_, other) => {
                debug_assert!(matches!(other, Cell::Null), "{other:?} is not of the column's kind");
                false
            }
        };
        self.definition.push(i16::from(is_told));
    }

    /// Writes and empties the column.
    fn write(&mut self, writer: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let definition = Some(self.definition.as_slice());
        let repetition = (self.kind == Kind::Texts).then_some(self.repetition.as_slice());
        match &mut self.values {
            Values::Bytes(values) => {
                writer.typed::<ByteArrayType>().write_batch(values, definition, repetition)?;
                values.clear();
            }
            Values::Long(values) => {
                writer.typed::<Int64Type>().write_batch(values, definition, repetition)?;
                values.clear();
            }
            Values::Int(values) => {
                writer.typed::<Int32Type>().write_batch(values, definition, repetition)?;
                values.clear();
            }
            Values::Double(values) => {
                writer.typed::<DoubleType>().write_batch(values, definition, repetition)?;
                values.clear();
            }
            Values::Bool(values) => {
                writer.typed::<BoolType>().write_batch(values, definition, repetition)?;
                values.clear();
            }
        }
        self.definition.clear();
        self.repetition.clear();
        Ok(())
    }
}
