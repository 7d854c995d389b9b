//! [`Watched`]: a stage that reports how far the pipeline is.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;

use onpar_core::{Clock, Instant};
use pin_project_lite::pin_project;

use super::Stage;
use super::progress::{Progress, per_second};
use super::stage::Sealed;

pin_project! {
    /// A stage that counts its items: that of [`progress`](super::Concurrent::progress).
    ///
    /// An item costs the increment of a counter; a poll costs one of the timer.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    /// use onpar_core::Clock;
    /// use onpar_iter::concurrent::{Concurrent, Progress, Source, Watched};
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, Iter, limit};
    ///
    /// type Items = Source<Iter<std::ops::Range<u8>>>;
    ///
    /// fn watched<C: Clock>(clock: C) -> Concurrent<Watched<Items, C, fn(Progress)>> {
    ///     let items = (0..3).into_async_iter().concurrent(limit!(2));
    ///     items.progress(clock, Duration::from_secs(1), |progress| println!("{} done", progress.done))
    /// }
    /// ```
    pub struct Watched<P, C: Clock, F: FnMut(Progress)> {
        #[pin]
        before: P,
        counts: Counts<F>,
        every: Duration,
        clock: C,
        #[pin]
        sleep: C::Sleep,
    }

    impl<P, C: Clock, F: FnMut(Progress)> PinnedDrop for Watched<P, C, F> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            #[cfg(feature = "std")]
            if std::thread::panicking() {
                return;
            }
            if this.counts.begun.is_some() {
                this.counts.report(this.clock.now());
            }
        }
    }
}

struct Counts<F> {
    taken: u64,
    done: u64,
    begun: Option<Instant>,
    /// When the last report was made, and how many were done then.
    last: (Instant, u64),
    report: F,
}

impl<F: FnMut(Progress)> Counts<F> {
    fn begin(&mut self, now: Instant) {
        self.begun = Some(now);
        self.last = (now, 0);
    }

    fn report(&mut self, now: Instant) {
        let (time, done) = self.last;
        self.last = (now, self.done);
        (self.report)(Progress {
            done: self.done,
            in_flight: self.taken - self.done,
            per_second: per_second(self.done - done, now - time),
            elapsed: now - self.begun.unwrap_or(now),
        });
    }
}

impl<P, C: Clock, F: FnMut(Progress)> Watched<P, C, F> {
    pub(super) fn new(before: P, clock: C, every: Duration, report: F) -> Self {
        let counts = Counts { taken: 0, done: 0, begun: None, last: (Instant::ORIGIN, 0), report };
        let sleep = clock.sleep(every);
        Self { before, counts, every, clock, sleep }
    }
}

impl<P, C: Clock, F: FnMut(Progress)> Sealed for Watched<P, C, F> {}

impl<P: Stage, C: Clock, F: FnMut(Progress)> Stage for Watched<P, C, F> {
    type Item = P::Item;
    type Ticket = P::Ticket;

    fn drive(self: Pin<&mut Self>, cx: &mut Context<'_>) {
        let mut this = self.project();
        if this.counts.begun.is_none() {
            let now = this.clock.now();
            this.counts.begin(now);
            this.clock.reset(this.sleep.as_mut(), now + *this.every);
        }
        if this.sleep.as_mut().poll(cx).is_ready() {
            let now = this.clock.now();
            this.clock.reset(this.sleep.as_mut(), now + *this.every);
            // So that it wakes the task. With an interval of zero it is ready again, and the next poll will see to it.
            let _ = this.sleep.poll(cx);
            this.counts.report(now);
        }
        this.before.drive(cx);
    }

    #[inline]
    fn pull(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<(P::Ticket, P::Item)>> {
        let this = self.project();
        let pulled = this.before.pull(cx, room);
        if let Poll::Ready(Some(_)) = pulled {
            this.counts.taken += 1;
        }
        pulled
    }

    #[inline]
    fn finish(self: Pin<&mut Self>, ticket: P::Ticket) {
        let this = self.project();
        this.counts.done += 1;
        this.before.finish(ticket);
    }
}

impl<P: fmt::Debug, C: Clock, F: FnMut(Progress)> fmt::Debug for Watched<P, C, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Watched");
        debug.field("before", &self.before).field("taken", &self.counts.taken).field("done", &self.counts.done);
        debug.finish_non_exhaustive()
    }
}
