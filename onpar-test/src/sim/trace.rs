//! [`Trace`]: what the scheduler did, small enough to compare.

use core::fmt;
use std::collections::VecDeque;

use onpar_core::Instant;

/// How many events a trace keeps: enough to see a loop, little enough to print.
const KEPT: usize = 32;

/// What the scheduler did, in order: a digest of everything, and the last events in full.
///
/// Two runs with the same seed, order and code have equal traces.
///
/// # Examples
///
/// ```
/// use onpar_test::Sim;
///
/// let trace = || Sim::new(7).run(async |rt| rt.trace());
/// assert_eq!(trace(), trace());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    digest: u64,
    events: u64,
    recent: VecDeque<Event>,
}

/// One thing that the scheduler did. Tasks are numbered in the order in which they were spawned; the body is task 0.
///
/// # Examples
///
/// ```
/// use onpar_test::sim::Event;
/// use onpar_test::{Sim, Spawn};
///
/// let trace = Sim::new(1).run(async |rt| {
///     rt.spawn(async {}).await.unwrap();
///     rt.trace()
/// });
/// assert!(trace.recent().any(|event| event == Event::Ended(1)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A task was spawned.
    Spawned(u64),
    /// A task was woken, and stands in the queue.
    Woken(u64),
    /// A task is being polled.
    Polled(u64),
    /// A task has ended.
    Ended(u64),
    /// Nothing was ready, and the clock went on to this instant.
    Advanced(Instant),
}

impl Trace {
    pub(super) const fn new() -> Self {
        // The offset basis of FNV-1a, 64 bits: simple, fast enough, and the same everywhere.
        Self { digest: 0xcbf2_9ce4_8422_2325, events: 0, recent: VecDeque::new() }
    }

    pub(super) fn push(&mut self, event: Event) {
        let (kind, value) = match event {
            Event::Spawned(id) => (1, id),
            Event::Woken(id) => (2, id),
            Event::Polled(id) => (3, id),
            Event::Ended(id) => (4, id),
            Event::Advanced(now) => (5, now.as_nanos()),
        };
        for byte in core::iter::once(kind).chain(value.to_le_bytes()) {
            self.digest = (self.digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.events += 1;
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back(event);
    }

    /// A hash of all events so far (FNV-1a), the same on every machine.
    pub const fn digest(&self) -> u64 {
        self.digest
    }

    /// How many events there were.
    pub const fn events(&self) -> u64 {
        self.events
    }

    /// The last events, at most 32, the oldest first.
    pub fn recent(&self) -> impl ExactSizeIterator<Item = Event> + '_ {
        self.recent.iter().copied()
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} events, digest {:016x}; the last:", self.events, self.digest)?;
        for event in &self.recent {
            match event {
                Event::Spawned(id) => write!(f, " spawn#{id}")?,
                Event::Woken(id) => write!(f, " wake#{id}")?,
                Event::Polled(id) => write!(f, " poll#{id}")?,
                Event::Ended(id) => write!(f, " end#{id}")?,
                Event::Advanced(now) => write!(f, " clock={:?}", *now - Instant::ORIGIN)?,
            }
        }
        Ok(())
    }
}
