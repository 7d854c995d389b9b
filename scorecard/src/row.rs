//! [`Row`]: one line of the scorecard, and how it comes to its verdict.

use core::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use crate::executor::Executor;
use crate::measured::Measured;
use crate::reports;
use crate::stories;
use crate::story::{Case, Point, Stock, Story};

/// A case of a point of a story, on one executor.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The story.
    pub story: &'static Story,
    /// The acceptance point.
    pub point: &'static Point,
    /// The program.
    pub case: &'static Case,
    /// Where it is run.
    pub executor: Executor,
}

/// A row that has been run.
#[derive(Clone, Debug)]
pub struct Result {
    /// Which.
    pub row: Row,
    /// What the stock tools did, if there are any.
    pub stock: core::result::Result<Measured, String>,
    /// What onpar did.
    pub onpar: core::result::Result<Measured, String>,
}

/// Hook, panic hook and reaper belong to the whole process: one row at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

impl Row {
    /// Every row there is.
    pub fn all() -> Vec<Self> {
        let mut rows = Vec::new();
        for &story in stories::ALL {
            for point in story.points {
                for case in point.cases {
                    rows.extend(case.executors.iter().map(|&executor| Self { story, point, case, executor }));
                }
            }
        }
        rows
    }

    /// Runs both sides.
    pub fn run(self) -> Result {
        Result { row: self, stock: self.stock(), onpar: self.onpar() }
    }

    /// Runs the program with stock tools.
    ///
    /// # Errors
    ///
    /// Why there is nothing to show.
    pub fn stock(self) -> core::result::Result<Measured, String> {
        match self.case.stock {
            Stock::GoesWrong(program) | Stock::GoesRight(program) => measure(program, self.executor),
            Stock::Nothing(reason) => Err(reason.to_owned()),
        }
    }

    /// Runs the program with onpar. What it leaves to the hook, and does not expect there, is a failure.
    ///
    /// # Errors
    ///
    /// What it panicked with.
    pub fn onpar(self) -> core::result::Result<Measured, String> {
        measure(self.case.onpar, self.executor)
    }
}

fn measure(program: fn(Executor) -> Measured, executor: Executor) -> core::result::Result<Measured, String> {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    reports::collect();
    let measured = catch_unwind(AssertUnwindSafe(|| program(executor))).map_err(|payload| {
        let words = payload.downcast_ref::<String>().map(String::as_str);
        format!("panicked: {}", words.or_else(|| payload.downcast_ref().copied()).unwrap_or("no words"))
    })?;
    let unexpected = reports::take();
    let Some(first) = unexpected.first() else { return Ok(measured) };
    let note = format!("{} unexpected reports: {} {}", unexpected.len(), first.name, first.says);
    Ok(Measured { failures: measured.failures.max(1), ..measured }.note(note))
}

impl Result {
    /// True if onpar did what it says, and the stock tools what is said of them: went wrong, mostly.
    pub fn passes(&self) -> bool {
        !self.is_onpar_wrong() && !self.is_stock_unexpected()
    }

    /// True if onpar did not do what it says.
    pub fn is_onpar_wrong(&self) -> bool {
        self.onpar.as_ref().map_or(true, Measured::has_failed)
    }

    /// True if the stock tools did not do what is said of them, so that the row shows nothing.
    pub fn is_stock_unexpected(&self) -> bool {
        let ran = |measured: &&Measured| measured.runs > 0;
        let went_wrong = self.stock.as_ref().ok().filter(ran).map(Measured::has_failed);
        match self.row.case.stock {
            Stock::Nothing(_) => false,
            Stock::GoesWrong(_) => went_wrong != Some(true),
            Stock::GoesRight(_) => went_wrong != Some(false),
        }
    }

    /// The exit status of a run that gave these results.
    pub fn exit_status(results: &[Self]) -> u8 {
        u8::from(!results.iter().all(Self::passes))
    }

    /// `pass` or `fail`.
    pub fn verdict(&self) -> &'static str {
        if self.passes() { "pass" } else { "fail" }
    }

    /// As an object.
    pub fn json(&self) -> Value {
        let side = |side: &core::result::Result<Measured, String>| match side {
            Ok(measured) => measured.json(),
            Err(words) => json!({ "says": words }),
        };
        json!({
            "story": self.row.story.name,
            "point": self.row.point.name,
            "executor": self.row.executor.name(),
            "what": self.row.case.what,
            "stock": side(&self.stock),
            "onpar": side(&self.onpar),
            "verdict": self.verdict(),
        })
    }
}
