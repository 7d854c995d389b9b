//! [`Report`]: what came out, as a table or as JSON.

use core::time::Duration;

use serde_json::{Value, json};

/// One line of the table.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) name: &'static str,
    /// Whether this one says that nothing is left open, and that every commit is known.
    pub(crate) promises: bool,
    /// Transactions whose `BEGIN` was sent.
    pub(crate) begun: u64,
    /// Of these, the program was told that they are committed.
    pub(crate) committed: u64,
    /// Of these, the program was told that they are rolled back.
    pub(crate) rolled_back: u64,
    /// The database had a transaction open when the task had returned.
    pub(crate) left_open: u64,
    /// From the task's return until the pool gave the connection again: on average, and at worst.
    pub(crate) unusable: Duration,
    pub(crate) longest: Duration,
    /// Payments in the database, at the end.
    pub(crate) rows: u64,
}

impl Report {
    /// Nothing left open, everything accounted for, and a row for each commit.
    fn holds(&self) -> bool {
        self.left_open == 0 && self.begun == self.committed + self.rolled_back && self.rows == self.committed
    }

    /// True also if nothing was promised.
    pub(crate) fn keeps_its_promises(&self) -> bool {
        !self.promises || self.holds()
    }
}

pub(crate) fn table(reports: &[Report]) -> String {
    let head =
        ["", "begun", "committed", "rolled back", "left open", "rows", "rows = commits", "pool back: mean", "worst"];
    let mut lines = vec![head.map(str::to_owned)];
    for it in reports {
        lines.push([
            it.name.to_owned(),
            it.begun.to_string(),
            it.committed.to_string(),
            it.rolled_back.to_string(),
            it.left_open.to_string(),
            it.rows.to_string(),
            if it.rows == it.committed { "yes" } else { "NO" }.to_owned(),
            format!("{} us", it.unusable.as_micros()),
            format!("{} us", it.longest.as_micros()),
        ]);
    }
    let widths: [usize; 9] =
        core::array::from_fn(|column| lines.iter().map(|line| line[column].len()).max().unwrap_or(0));
    let align = |line: &[String; 9]| -> String {
        let first = format!("{:<1$}", line[0], widths[0]);
        let rest = line.iter().zip(widths).skip(1).map(|(cell, width)| format!("  {cell:>width$}"));
        core::iter::once(first).chain(rest).collect()
    };
    lines.iter().map(align).collect::<Vec<_>>().join("\n")
}

pub(crate) fn json(reports: &[Report]) -> Value {
    let object = |it: &Report| {
        json!({
            "name": it.name,
            "begun": it.begun,
            "committed": it.committed,
            "rolled_back": it.rolled_back,
            "left_open": it.left_open,
            "rows": it.rows,
            "unusable_mean_us": it.unusable.as_secs_f64() * 1e6,
            "unusable_worst_us": it.longest.as_secs_f64() * 1e6,
            "verdict": if it.holds() { "pass" } else { "fail" },
        })
    };
    reports.iter().map(object).collect()
}
