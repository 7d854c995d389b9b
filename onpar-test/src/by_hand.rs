//! [`ByHand`]: polls a future one poll at a time.

use core::fmt;
use core::pin::Pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll, Waker};
use std::sync::Arc;
use std::task::Wake;

/// A future (or a stream, or anything pinned) that a test polls by hand, and a waker that counts.
///
/// # Cancel safety
///
/// Dropping it drops the value where it stands, which is what many tests want.
///
/// # Examples
///
/// ```
/// use std::task::Poll;
/// use onpar_test::{ByHand, Trigger};
///
/// let trigger = Trigger::never();
/// let mut task = ByHand::new(async {
///     trigger.pending_once().await;
///     7
/// });
/// assert_eq!(task.poll(), Poll::Pending);
/// assert!(task.is_woken());
/// assert_eq!(task.poll(), Poll::Ready(7));
/// ```
#[must_use = "nothing happens until it is polled"]
pub struct ByHand<T> {
    value: Pin<Box<T>>,
    waker: Waker,
    wakes: Arc<Wakes>,
    /// How many wakes there had been when the last poll began.
    seen: usize,
    polls: usize,
}

#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl<T> ByHand<T> {
    /// Pins `value` on the heap.
    pub fn new(value: T) -> Self {
        let wakes = Arc::<Wakes>::default();
        Self { value: Box::pin(value), waker: Waker::from(Arc::clone(&wakes)), wakes, seen: 0, polls: 0 }
    }

    /// Polls with any function, for instance `|stream, cx| stream.poll_next(cx)`.
    pub fn poll_with<R>(&mut self, poll: impl FnOnce(Pin<&mut T>, &mut Context<'_>) -> R) -> R {
        self.seen = self.wakes();
        self.polls += 1;
        poll(self.value.as_mut(), &mut Context::from_waker(&self.waker))
    }

    /// Whether it has been woken since the last poll began.
    pub fn is_woken(&self) -> bool {
        self.wakes() > self.seen
    }

    /// How often it has been woken.
    pub fn wakes(&self) -> usize {
        self.wakes.0.load(Ordering::SeqCst)
    }

    /// How often it has been polled.
    pub const fn polls(&self) -> usize {
        self.polls
    }

    /// The value, pinned.
    pub fn as_mut(&mut self) -> Pin<&mut T> {
        self.value.as_mut()
    }

    /// The waker that every poll passes on.
    pub const fn waker(&self) -> &Waker {
        &self.waker
    }
}

impl<F: Future> ByHand<F> {
    /// Polls the future once.
    pub fn poll(&mut self) -> Poll<F::Output> {
        self.poll_with(Future::poll)
    }

    /// Polls the future, once for each wake, until it has ended.
    ///
    /// # Panics
    ///
    /// If the future is pending and nobody has woken it: on one thread, nobody ever will.
    pub fn finish(mut self) -> F::Output {
        loop {
            if let Poll::Ready(value) = self.poll() {
                return value;
            }
            assert!(
                self.is_woken(),
                "the future is pending after {} polls, and nobody has woken it: it would hang",
                self.polls
            );
        }
    }
}

impl<T> fmt::Debug for ByHand<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByHand").field("polls", &self.polls).field("wakes", &self.wakes()).finish_non_exhaustive()
    }
}
