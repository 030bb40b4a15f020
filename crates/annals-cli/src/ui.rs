//! What goes to standard error: messages and the progress bar.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{IsTerminal, Read, Write};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use crate::problem::Problem;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// The user's ear.
pub(crate) struct Ui {
    quiet: bool,
    verbose: bool,
    bar: RefCell<ProgressBar>,
    /// Each hint is given once.
    hints_given: RefCell<BTreeSet<&'static str>>,
}

impl Ui {
    pub(crate) fn new(quiet: bool, verbose: bool) -> Self {
        Self { quiet, verbose, bar: RefCell::new(ProgressBar::hidden()), hints_given: RefCell::default() }
    }

    /// Tells of something that went wrong, even when quiet.
    pub(crate) fn problem(&self, problem: &Problem) {
        self.write(|out| {
            writeln!(out, "{ERROR}error:{ERROR:#} {}", problem.error)?;
            for cause in problem.error.chain().skip(1) {
                writeln!(out, "{ERROR}caused by:{ERROR:#} {cause}")?;
            }
            match problem.hint.filter(|it| self.hints_given.borrow_mut().insert(it)) {
                Some(hint) => writeln!(out, "{HINT}hint:{HINT:#} {hint}"),
                None => Ok(()),
            }
        });
    }

    /// Tells how the run went, unless quiet.
    pub(crate) fn summary(&self, message: &str) {
        if !self.quiet {
            self.write(|out| writeln!(out, "{message}"));
        }
    }

    /// Tells more, when asked to.
    pub(crate) fn detail(&self, message: impl FnOnce() -> String) {
        if self.verbose {
            self.write(|out| writeln!(out, "{}", message()));
        }
    }

    /// Shows a progress bar over so many bytes of input (`None`: unknown), where someone sees it and it is in nobody's way.
    pub(crate) fn start_progress(&self, n_bytes: Option<u64>) {
        if self.quiet || !std::io::stderr().is_terminal() || std::io::stdout().is_terminal() {
            return;
        }
        let (bar, template) = match n_bytes {
            Some(n_bytes) => (
                ProgressBar::new(n_bytes),
                "{bar:30} {percent:>3}% {decimal_bytes}/{decimal_total_bytes} eta {eta} {msg}",
            ),
            None => (ProgressBar::new_spinner(), "{spinner} {decimal_bytes} in {elapsed} {msg}"),
        };
        bar.set_style(ProgressStyle::with_template(template).expect("both templates are well formed"));
        *self.bar.borrow_mut() = bar;
    }

    /// Counts what is read from `input` as progress.
    pub(crate) fn count_progress<R: Read>(&self, input: R) -> impl Read + use<R> {
        self.bar.borrow().wrap_read(input)
    }

    pub(crate) fn progress_message(&self, message: impl FnOnce() -> String) {
        let bar = self.bar.borrow();
        if !bar.is_hidden() {
            bar.set_message(message());
        }
    }

    pub(crate) fn end_progress(&self) {
        self.bar.borrow().finish_and_clear();
    }

    fn write(&self, message: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) {
        // When standard error is closed there is nobody to tell.
        let _ = self.bar.borrow().suspend(|| message(&mut anstream::stderr().lock()));
    }
}
