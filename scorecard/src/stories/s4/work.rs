//! [`Work`]: rows are claimed from a queue, selected from a database, and processed; and what is seen of it.

use alloc::collections::VecDeque;
use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};

use onpar_core::{Clock as _, Instant};
use onpar_test::ProbeLog;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::executor::Rt;
use crate::stories::s4::level::Level;

/// At most so many rows are to be selected at once. One item is to be processed at a time: it takes much memory.
pub(super) const SELECTS: usize = 5;

/// How long each step takes, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub(super) connect: u64,
    pub(super) query: u64,
    pub(super) process: u64,
}

impl Pace {
    /// The same, so many times slower.
    pub(super) const fn times(self, scale: u64) -> Self {
        Self { connect: self.connect * scale, query: self.query * scale, process: self.process * scale }
    }
}

/// That of the story.
pub(super) const STORY: Pace = Pace { connect: 5, query: 10, process: 200 };
/// Where it is not time that matters.
pub(super) const BRISK: Pace = Pace { connect: 1, query: 1, process: 1 };

/// What ends it early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Refused;

/// The queue, the database, and whoever watches both.
pub(super) struct Work {
    rt: Rt,
    pace: Pace,
    rows: u64,
    queue: Mutex<VecDeque<u64>>,
    /// What both steps need, if they share anything.
    shared: Option<Semaphore>,
    /// The row whose processing fails.
    refused: Option<u64>,
    selecting: Level,
    processing: Level,
    claimed: Level,
    slowest: Mutex<Duration>,
    processed: Mutex<Vec<u64>>,
    log: ProbeLog,
}

impl Work {
    pub(super) fn new(rt: Rt, rows: u64, pace: Pace) -> Self {
        Self {
            rt,
            pace,
            rows,
            queue: Mutex::new((0..rows).collect()),
            shared: None,
            refused: None,
            selecting: Level::default(),
            processing: Level::default(),
            claimed: Level::default(),
            slowest: Mutex::default(),
            processed: Mutex::default(),
            log: ProbeLog::new(),
        }
    }

    /// The same, with one semaphore of one permit between the selects and the processing.
    pub(super) fn with_a_shared_lock(self) -> Self {
        Self { shared: Some(Semaphore::new(1)), ..self }
    }

    /// The same, with a row whose processing fails.
    pub(super) fn refusing(self, row: u64) -> Self {
        Self { refused: Some(row), ..self }
    }

    pub(super) fn rt(&self) -> &Rt {
        &self.rt
    }

    pub(super) fn log(&self) -> &ProbeLog {
        &self.log
    }

    /// Claims one row after another.
    pub(super) fn rows(&self) -> impl Iterator<Item = u64> {
        core::iter::from_fn(|| {
            let row = lock(&self.queue).pop_front()?;
            self.claimed.raise();
            Some(row)
        })
    }

    /// Puts a row back that was claimed, and that nobody will process.
    pub(super) fn put_back(&self, row: u64) {
        self.claimed.lower();
        lock(&self.queue).push_back(row);
    }

    /// Gets a connection, and queries the row. The database loses patience with who has a connection and does not come back.
    pub(super) async fn select(&self, row: u64) -> u64 {
        let select = async {
            let _one = self.selecting.up();
            self.rt.millis(self.pace.connect).await;
            let connected = self.rt.now();
            let _permit = self.permit().await;
            self.rt.millis(self.pace.query).await;
            self.note(connected);
            row
        };
        self.log.probe(select).await
    }

    pub(super) async fn process(&self, row: u64) -> Result<(), Refused> {
        let process = async {
            let _one = self.processing.up();
            let _permit = self.permit().await;
            self.rt.millis(self.pace.process).await;
            self.claimed.lower();
            lock(&self.processed).push(row);
            if self.refused == Some(row) { Err(Refused) } else { Ok(()) }
        };
        self.log.probe(process).await
    }

    async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        self.shared.as_ref()?.acquire().await.ok()
    }

    fn note(&self, connected: Instant) {
        let mut slowest = lock(&self.slowest);
        *slowest = (self.rt.now() - connected).max(*slowest);
    }

    /// The most rows that were being selected at once.
    pub(super) fn selecting(&self) -> u64 {
        self.selecting.most()
    }

    /// The most items that were being processed at once.
    pub(super) fn processing(&self) -> u64 {
        self.processing.most()
    }

    /// The most rows that were claimed and not processed.
    pub(super) fn claimed(&self) -> u64 {
        self.claimed.most()
    }

    /// The longest time from a connection to the end of its query.
    pub(super) fn slowest(&self) -> Duration {
        *lock(&self.slowest)
    }

    /// What has been processed, in that order.
    pub(super) fn processed(&self) -> Vec<u64> {
        lock(&self.processed).clone()
    }

    /// How many rows are neither processed nor in the queue, or are there twice.
    pub(super) fn lost(&self) -> u64 {
        let mut known = self.processed();
        known.extend(lock(&self.queue).iter());
        (0..self.rows).filter(|row| known.iter().filter(|it| *it == row).count() != 1).count() as u64
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
