//! [`Measured`]: what one program did in this run, as figures.

use core::fmt;
use core::ops::AddAssign;
use core::time::Duration;

use serde_json::{Value, json};

use crate::executor::Executor;

/// What one program did: how often it ran, how often it went wrong, and how long it took.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Measured {
    /// How often it ran.
    pub runs: u64,
    /// How often it went wrong.
    pub failures: u64,
    /// What going wrong means here: `AlreadyOpen`, `left open`.
    pub wrong: &'static str,
    /// Further figures, each with what it counts: `(1000, "closed")`.
    pub counts: Vec<(u64, &'static str)>,
    /// Further words.
    pub notes: Vec<String>,
    /// How long it took, if that is of interest.
    pub time: Option<Time>,
}

/// How long it took, by which clock.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Time {
    /// Exact, by a clock that stands still while anything runs.
    Virtual(Duration),
    /// By the machine's clock.
    Real(Duration),
}

impl Measured {
    /// Nothing has run yet.
    pub fn new(wrong: &'static str) -> Self {
        Self { wrong, ..Self::default() }
    }

    /// Counts one run.
    pub fn count(&mut self, went_wrong: bool) {
        self.runs += 1;
        self.failures += u64::from(went_wrong);
    }

    /// Adds a figure.
    pub fn with(mut self, figure: u64, of_what: &'static str) -> Self {
        self.counts.push((figure, of_what));
        self
    }

    /// Adds a few words.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds how long it took on this executor.
    pub fn took(mut self, executor: Executor, time: Duration) -> Self {
        self.time = Some(if executor.is_virtual() { Time::Virtual(time) } else { Time::Real(time) });
        self
    }

    /// Whether anything went wrong, or nothing was measured.
    pub const fn has_failed(&self) -> bool {
        self.failures > 0 || self.runs == 0
    }

    /// What going wrong means, and the further figures and words.
    pub fn words(&self) -> String {
        let counts = self.counts.iter().map(|(figure, of_what)| format!("{figure} {of_what}"));
        let words: Vec<_> =
            core::iter::once(self.wrong.to_owned()).chain(counts).chain(self.notes.iter().cloned()).collect();
        words.join(", ")
    }

    /// As an object with its figures.
    pub fn json(&self) -> Value {
        let mut object = json!({
            "runs": self.runs,
            "failures": self.failures,
            "says": self.to_string(),
        });
        for (figure, of_what) in &self.counts {
            object[*of_what] = json!(figure);
        }
        match self.time {
            Some(Time::Virtual(time)) => object["virtual_ms"] = json!(time.as_secs_f64() * 1e3),
            Some(Time::Real(time)) => object["real_ms"] = json!(time.as_secs_f64() * 1e3),
            None => {}
        }
        object
    }
}

impl AddAssign<&Self> for Measured {
    /// Adds the runs, the failures and the figures; words and times are not to be added.
    fn add_assign(&mut self, other: &Self) {
        self.runs += other.runs;
        self.failures += other.failures;
        for &(figure, of_what) in &other.counts {
            match self.counts.iter_mut().find(|count| count.1 == of_what) {
                Some(count) => count.0 += figure,
                None => self.counts.push((figure, of_what)),
            }
        }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} {}", self.failures, self.runs, self.words())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (time, real) = match self {
            Self::Virtual(time) => (time, ""),
            Self::Real(time) => (time, " real"),
        };
        if time.as_millis() < 1000 {
            write!(f, "{} ms{real}", time.as_millis())
        } else {
            write!(f, "{:.3} s{real}", time.as_secs_f64())
        }
    }
}
