/// Why bytes gave no report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// Reading or unpacking failed.
    #[error("cannot read {place}")]
    Io {
        /// File, and line where it has many reports.
        place: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// There is nothing in it.
    #[error("{place} is empty")]
    Empty {
        /// File, and line where it has many reports.
        place: String,
    },
    /// It is no text.
    #[error("{place} is {kind}, not text")]
    Binary {
        /// File.
        place: String,
        /// What it seems to be: "a PDF file".
        kind: &'static str,
    },
    /// One report is beyond the limit.
    #[error("{place} holds a report of more than {limit_mb} MB")]
    TooLarge {
        /// File, and line where it has many reports.
        place: String,
        /// The limit. **Units**: 10⁶ bytes.
        limit_mb: usize,
    },
    /// It looks like JSON and is none.
    #[error("{place} is not valid JSON: {message}")]
    Json {
        /// File and line.
        place: String,
        /// What the parser said.
        message: String,
    },
    /// A JSON field is of the wrong type.
    #[error("{place}: field \"{field}\" must be {expected}, not {found}")]
    Field {
        /// File and line.
        place: String,
        /// Its name.
        field: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A JSON object has neither text nor title.
    #[error("{place}: there is no \"text\"")]
    NoText {
        /// File and line.
        place: String,
    },
}

impl InputError {
    /// File, and line where it has many reports.
    pub fn place(&self) -> &str {
        match self {
            InputError::Io { place, .. }
            | InputError::Empty { place }
            | InputError::Binary { place, .. }
            | InputError::TooLarge { place, .. }
            | InputError::Json { place, .. }
            | InputError::Field { place, .. }
            | InputError::NoText { place } => place,
        }
    }

    /// What the user can do.
    pub fn hint(&self) -> &'static str {
        match self {
            InputError::Io { .. } => "check that the file can be read and, if packed, that it is whole",
            InputError::Empty { .. } => "nothing to read: leave it out, or fetch the report again",
            InputError::Binary { .. } => "turn it into plain text, HTML or JSON first",
            InputError::TooLarge { .. } => "split it: one report a file, or one JSON object a line",
            InputError::Json { .. } => "write one JSON object a line, or one array of objects",
            InputError::Field { .. } | InputError::NoText { .. } => {
                "an object needs \"text\" and may have \"doc\", \"title\", \"published\", \"url\", \"publisher\" and \"language\""
            }
        }
    }
}
