//! [`Progress`]: a bar on standard error while the rows run, if that is a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use scorecard::row::{Result, Row};

/// Draws nothing where standard error is no terminal.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn over(rows: usize) -> Self {
        let bar = ProgressBar::new(rows as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len}  {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Runs one row.
    pub(crate) fn of(&self, row: Row) -> Result {
        self.0.set_message(format!("{} {}: {}", row.point.name, row.executor.name(), row.case.what));
        let result = row.run();
        self.0.inc(1);
        result
    }

    pub(crate) fn end(&self) {
        self.0.finish_and_clear();
    }
}
