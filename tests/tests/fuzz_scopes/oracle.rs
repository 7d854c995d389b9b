//! [`World`]: what a program does is written down here, and what must hold of it.
//!
//! * Each guard that was opened is cleaned up once, and to the end: [`Counts`].
//! * When a scope, a timeout, a race or the wait for a child has ended, nothing of what ran in it is alive: [`Watch`].
//! * A child that was woken is polled in the next poll of its scope: the probes.
//!
//! That nobody waits for ever, the deterministic runtime sees.

use alloc::sync::{Arc, Weak};
use core::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use onpar_scope::Cancelled;
use onpar_test::{ProbeLog, Rt};

/// An error of a program.
#[derive(Debug)]
pub(crate) struct Error;

impl From<Cancelled> for Error {
    fn from(_: Cancelled) -> Self {
        Self
    }
}

/// Whatever is alive in some part of a program holds that part's region, and so those around it.
#[derive(Debug, Default)]
struct Region {
    _outer: Option<Arc<Self>>,
}

/// Looks whether anything of a region is alive.
#[must_use]
pub(crate) struct Watch(Weak<Region>);

impl Watch {
    pub(crate) fn assert_over(&self) {
        assert_eq!(self.0.strong_count(), 0, "something is alive after what it ran in has ended");
    }
}

/// How many guards there have been, and cleanups.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    opened: AtomicUsize,
    started: AtomicUsize,
    ended: AtomicUsize,
}

impl Counts {
    pub(crate) fn assert_even(&self) {
        let opened = self.opened.load(Ordering::Relaxed);
        assert_eq!(self.started.load(Ordering::Relaxed), opened, "each guard is cleaned up once");
        assert_eq!(self.ended.load(Ordering::Relaxed), opened, "each cleanup comes to its end");
    }

    pub(crate) fn open(&self) {
        self.opened.fetch_add(1, Ordering::Relaxed);
    }

    /// A cleanup begins. What this gives is to be [told](Cleaning::has_ended) of its end.
    pub(crate) fn start(self: &Arc<Self>) -> Cleaning {
        self.started.fetch_add(1, Ordering::Relaxed);
        Cleaning { counts: Arc::clone(self), ended: false }
    }
}

/// A cleanup under way: that it was cut short shows, unless it panicked.
pub(crate) struct Cleaning {
    counts: Arc<Counts>,
    ended: bool,
}

impl Cleaning {
    pub(crate) fn has_ended(mut self) {
        self.ended = true;
    }
}

impl Drop for Cleaning {
    fn drop(&mut self) {
        if self.ended || thread::panicking() {
            self.counts.ended.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Where some part of a program runs.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) rt: Rt,
    pub(crate) counts: Arc<Counts>,
    /// Of the children of the scope around.
    pub(crate) probes: ProbeLog,
    /// Of whatever waits for what is dropped here.
    frame: Arc<Region>,
    /// Of the scope around.
    scope: Arc<Region>,
}

impl World {
    pub(crate) fn new(rt: Rt) -> (Self, Watch) {
        let region = Arc::<Region>::default();
        let watch = Watch(Arc::downgrade(&region));
        let probes = ProbeLog::new();
        (Self { rt, counts: Arc::default(), probes, frame: Arc::clone(&region), scope: region }, watch)
    }

    /// That of a scope in this one.
    pub(crate) fn of_scope(&self) -> (Self, Watch) {
        let (world, watch) = self.of_frame(&self.frame);
        (Self { scope: Arc::clone(&world.frame), probes: ProbeLog::new(), ..world }, watch)
    }

    /// That of a timeout or a race in this one.
    pub(crate) fn of_part(&self) -> (Self, Watch) {
        self.of_frame(&self.frame)
    }

    /// That of a child of the scope around.
    pub(crate) fn of_child(&self) -> (Self, Watch) {
        self.of_frame(&self.scope)
    }

    /// That of a task, which is a scope of its own.
    pub(crate) fn of_task(&self) -> (Self, Watch) {
        let (world, watch) = self.of_frame(&self.scope);
        (Self { scope: Arc::clone(&world.frame), ..world }, watch)
    }

    fn of_frame(&self, outer: &Arc<Region>) -> (Self, Watch) {
        let frame = Arc::new(Region { _outer: Some(Arc::clone(outer)) });
        let watch = Watch(Arc::downgrade(&frame));
        (Self { frame, ..self.clone() }, watch)
    }

    /// What has this leaves its frame to the scope around.
    pub(crate) fn leave_frame(&mut self) {
        self.frame = Arc::clone(&self.scope);
    }
}
