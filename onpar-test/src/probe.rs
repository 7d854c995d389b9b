//! [`ProbeLog`]: measures how long a woken future waits for its poll.
//!
//! A combinator that owns a future and does not poll it although it was woken *snoozes* it: the connection inside times
//! out, the lock inside stays taken. A probe shows it. Wrap the combinator's future in [`ProbeLog::owner`], one of the
//! futures inside it in [`ProbeLog::probe`], and look at [`ProbeLog::longest`] afterwards: a gap with `owner_polls` above
//! zero is a snooze.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Wake;

use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

/// What probes have measured. Clones are the same log.
///
/// # Examples
///
/// ```
/// use onpar_test::{ProbeLog, Sim};
///
/// Sim::new(1).run(async |rt| {
///     let log = ProbeLog::with_clock(rt.clone());
///     log.owner(async { log.probe(rt.yield_now()).await }).await;
///     assert_eq!((log.polls(), log.wakes()), (2, 1));
///     assert_eq!(log.longest().owner_polls, 0);
/// });
/// ```
#[derive(Clone)]
pub struct ProbeLog {
    shared: Arc<Shared>,
}

struct Shared {
    now: Box<dyn Fn() -> Instant + Send + Sync>,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    polls: usize,
    wakes: usize,
    owner_polls: usize,
    gaps: Vec<Gap>,
}

/// How long a future waited between a wake and the poll that followed.
///
/// # Examples
///
/// ```
/// use std::future::poll_fn;
/// use std::pin::pin;
/// use std::task::Poll;
/// use std::time::Duration;
/// use onpar_test::probe::Gap;
/// use onpar_test::{Clock, ProbeLog, Sim};
///
/// let second = Duration::from_secs(1);
/// Sim::new(1).run(async |rt| {
///     let log = ProbeLog::with_clock(rt.clone());
///     let mut inner = pin!(log.probe(rt.sleep(second)));
///     poll_fn(|cx| Poll::Ready(inner.as_mut().poll(cx).is_pending())).await;
///     rt.sleep(3 * second).await; // it is woken after one second, and snoozed for two
///     inner.await;
///     let gap: Gap = log.longest();
///     assert_eq!(gap.time, 2 * second);
/// });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Gap {
    /// In how many of its polls the owner could have polled the future, and did not.
    pub owner_polls: usize,
    /// How long it took, by the log's clock.
    pub time: Duration,
}

impl ProbeLog {
    /// A log without a clock: every gap takes no time.
    pub fn new() -> Self {
        Self::with_now(|| Instant::ORIGIN)
    }

    /// A log that measures gaps by `clock`.
    pub fn with_clock<C>(clock: C) -> Self
    where
        C: Clock + Send + Sync + 'static,
    {
        Self::with_now(move || clock.now())
    }

    fn with_now(now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self { shared: Arc::new(Shared { now: Box::new(now), counts: Mutex::default() }) }
    }

    /// Wraps the future that owns the probed ones: its polls are what gaps are counted in.
    ///
    /// # Cancel safety
    ///
    /// That of `future`.
    pub fn owner<F: Future>(&self, future: F) -> Owner<F> {
        Owner { future, log: self.clone() }
    }

    /// Wraps a future whose wakes and polls are to be measured.
    ///
    /// # Cancel safety
    ///
    /// That of `future`.
    pub fn probe<F: Future>(&self, future: F) -> Probe<F> {
        Probe { future, log: self.clone(), waker: None }
    }

    /// How often the probed futures were polled.
    pub fn polls(&self) -> usize {
        self.counts().polls
    }

    /// How often the probed futures were woken.
    pub fn wakes(&self) -> usize {
        self.counts().wakes
    }

    /// How often the owner was polled.
    pub fn owner_polls(&self) -> usize {
        self.counts().owner_polls
    }

    /// All gaps, in the order in which they ended. A future that was dropped while woken ends its gap there.
    pub fn gaps(&self) -> Vec<Gap> {
        self.counts().gaps.clone()
    }

    /// The longest gap, first by the owner's polls, then by time; none at all is a gap of zero.
    pub fn longest(&self) -> Gap {
        self.counts().gaps.iter().copied().max().unwrap_or_default()
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.shared.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the gap that began at `woken`.
    fn end(&self, woken: Woken) {
        let time = (self.shared.now)() - woken.time;
        let mut counts = self.counts();
        // The owner's poll in which the future is polled, or dropped, is none that it missed.
        let owner_polls = (counts.owner_polls - woken.owner_polls).saturating_sub(1);
        counts.gaps.push(Gap { owner_polls, time });
    }
}

impl Default for ProbeLog {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ProbeLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts();
        f.debug_struct("ProbeLog")
            .field("polls", &counts.polls)
            .field("wakes", &counts.wakes)
            .field("owner_polls", &counts.owner_polls)
            .field("gaps", &counts.gaps)
            .finish_non_exhaustive()
    }
}

pin_project! {
    /// A future whose polls are counted. Made by [`ProbeLog::owner`].
    ///
    /// # Cancel safety
    ///
    /// That of the future inside.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Owner<F> {
        #[pin]
        future: F,
        log: ProbeLog,
    }
}

impl<F: Future> Future for Owner<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        this.log.counts().owner_polls += 1;
        this.future.poll(cx)
    }
}

impl<F> fmt::Debug for Owner<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Owner").field("log", &self.log).finish_non_exhaustive()
    }
}

/// When a wake came.
#[derive(Clone, Copy)]
struct Woken {
    owner_polls: usize,
    time: Instant,
}

/// Notes the first wake since the last poll, and passes each on.
struct ProbeWaker {
    log: ProbeLog,
    outer: Waker,
    woken: Mutex<Option<Woken>>,
}

impl ProbeWaker {
    fn take(&self) -> Option<Woken> {
        self.woken.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Wake for ProbeWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let time = (self.log.shared.now)();
        let mut counts = self.log.counts();
        counts.wakes += 1;
        let owner_polls = counts.owner_polls;
        drop(counts);
        self.woken.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(Woken { owner_polls, time });
        self.outer.wake_by_ref();
    }
}

pin_project! {
    /// A future whose wakes and polls are measured. Made by [`ProbeLog::probe`].
    ///
    /// # Cancel safety
    ///
    /// That of the future inside.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Probe<F> {
        #[pin]
        future: F,
        log: ProbeLog,
        waker: Option<Arc<ProbeWaker>>,
    }

    impl<F> PinnedDrop for Probe<F> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            if let Some(woken) = this.waker.take().and_then(|waker| waker.take()) {
                this.log.end(woken);
            }
        }
    }
}

impl<F: Future> Future for Probe<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        this.log.counts().polls += 1;
        if let Some(woken) = this.waker.as_ref().and_then(|waker| waker.take()) {
            this.log.end(woken);
        }
        let waker = match this.waker {
            Some(waker) if waker.outer.will_wake(cx.waker()) => Arc::clone(waker),
            _ => {
                let outer = cx.waker().clone();
                Arc::clone(this.waker.insert(Arc::new(ProbeWaker {
                    log: this.log.clone(),
                    outer,
                    woken: Mutex::new(None),
                })))
            }
        };
        this.future.poll(&mut Context::from_waker(&Waker::from(waker)))
    }
}

impl<F> fmt::Debug for Probe<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Probe").field("log", &self.log).finish_non_exhaustive()
    }
}
