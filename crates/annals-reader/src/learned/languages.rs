//! Which languages a model reads.

use annals_record::{Finding, Severity};

/// Languages by how much the model saw of them: ISO 639-1 codes.
pub(crate) struct Languages {
    pub(crate) trained: Vec<String>,
    pub(crate) little: Vec<String>,
}

impl Languages {
    /// Tells whether a text is read, and what a person should know of that. A text of unknown language is read.
    pub(crate) fn judge(&self, language: Option<&str>) -> (bool, Option<Finding>) {
        let Some(language) = language.filter(|it| !self.trained.iter().any(|known| known == it)) else {
            return (true, None);
        };
        let reads = self.little.iter().any(|it| it == language);
        let (code, severity, message) = if reads {
            (
                "R003",
                Severity::Warning,
                format!("the reader saw little text in language \"{language}\"; check every field"),
            )
        } else {
            (
                "R002",
                Severity::Warning,
                format!("the reader was not trained for language \"{language}\"; nothing was read"),
            )
        };
        (reads, Some(Finding { code: code.to_owned(), severity, span: None, message }))
    }
}
