//! What the tests of the family share: a log of cleanups, a clock for any executor, and how often properties are tried.

extern crate alloc;

mod cases;
mod ticking;

use alloc::sync::Arc;
use core::convert::Infallible;
use core::time::Duration;
use std::sync::{Mutex, PoisonError};

use onpar_core::{AsyncDrop, Clock, ExitReason};

pub use cases::cases;
pub use ticking::{Ticking, Ticks};

/// A log that cleanups write to, in order. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// Adds a line.
    pub fn add(&self, line: impl Into<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line.into());
    }

    /// Takes all lines.
    pub fn take(&self) -> Vec<String> {
        core::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many lines begin with `start`.
    pub fn count(&self, start: &str) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|line| line.starts_with(start)).count()
    }
}

/// A resource whose cleanup takes `millis` milliseconds of a clock and writes when it starts and ends.
#[derive(Debug)]
pub struct Resource<C> {
    /// What the log calls it.
    pub name: &'static str,
    /// How long its cleanup takes.
    pub millis: u64,
    /// Where the cleanup writes.
    pub log: Log,
    /// Whose milliseconds.
    pub clock: C,
}

impl<C: Clock<Sleep: Send> + Send + Sync> AsyncDrop for Resource<C> {
    type Error = Infallible;

    async fn async_drop(self, reason: ExitReason) -> Result<(), Self::Error> {
        self.log.add(format!("start {} ({reason:?})", self.name));
        self.clock.sleep(Duration::from_millis(self.millis)).await;
        self.log.add(format!("end {}", self.name));
        Ok(())
    }
}

/// Runs the examples of a chapter that need the crates it leads away from.
#[cfg(doctest)]
#[doc = include_str!("../../onpar/src/guide/from_async_trait.md")]
struct FromAsyncTrait;
