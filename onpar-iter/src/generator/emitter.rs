//! [`Emitter`]: the handle by which a generator's body emits its items, and the slot that it leads to.
//!
//! An item goes into the slot when the future of `emit` is polled, and that future ends when the slot is empty again. So a
//! future that is dropped before its first poll has emitted nothing, and one that is dropped later has lost nothing: its
//! item stands in the slot already.
//!
//! The body's own polls go on by themselves when the next item is asked for. A sub-executor within the body (a join, a
//! `FuturesUnordered`) polls what was woken and nothing else, and is known by its waker, which is not the generator's: it is
//! kept, and woken when the slot has been emptied.
//!
//! Never to be broken: an `Emitter` lives in the body's future, and is used while the generator polls that. Its lifetime is
//! any lifetime, to the closure, and invariant: it cannot be put anywhere else, nor change places with another one.
#![expect(unsafe_code, reason = "the pointer to the slot")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll, Waker};

/// The way of an item from the body to the generator.
pub(super) struct Slot<T> {
    item: Option<T>,
    /// The waker of the poll that runs.
    own: Own,
    /// That of a sub-executor whose emit waits.
    other: Option<Waker>,
}

impl<T> Slot<T> {
    pub(super) const fn new() -> Self {
        Self { item: None, own: Own(ptr::null()), other: None }
    }

    /// A poll of the body begins.
    #[inline]
    pub(super) const fn begin(&mut self, own: &Waker) {
        self.own = Own(own);
    }

    /// A poll of the body has ended. What it has emitted, if anything.
    #[inline]
    pub(super) fn take(&mut self) -> Option<T> {
        self.own = Own(ptr::null());
        let item = self.item.take();
        if item.is_some()
            && let Some(other) = self.other.take()
        {
            other.wake();
        }
        item
    }

    /// Makes sure that whoever polls with this waker is polled again when the slot is empty.
    #[inline]
    fn wait(&mut self, waker: &Waker) {
        // SAFETY: it is null, or was set by the poll of the generator that runs now, which holds the waker.
        let own = unsafe { self.own.0.as_ref() };
        if !own.is_some_and(|own| own.will_wake(waker)) {
            self.other = Some(waker.clone());
        }
    }
}

/// A waker that is lent for one poll.
struct Own(*const Waker);

// SAFETY: a `Waker` is `Sync`, so a reference to one may go anywhere.
unsafe impl Send for Own {}
// SAFETY: as above.
unsafe impl Sync for Own {}

/// The handle of a generator's body: [`emit`](Self::emit) gives an item to whoever reads the stream.
///
/// It cannot leave the body. See [`stream`](crate::stream()).
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, generator::Emitter, stream};
///
/// async fn countdown(y: &mut Emitter<'_, u32>, from: u32) {
///     for n in (1..=from).rev() {
///         y.emit(n).await;
///     }
/// }
///
/// let numbers = stream(async |mut y| {
///     countdown(&mut y, 2).await;
///     countdown(&mut y, 1).await;
/// });
/// assert_eq!(pollster::block_on(numbers.collect::<Vec<_>>()), [2, 1, 1]);
/// ```
pub struct Emitter<'g, T> {
    slot: *mut Slot<T>,
    generator: PhantomData<fn(&'g ()) -> &'g ()>,
}

impl<'g, T> Emitter<'g, T> {
    pub(super) const fn new(slot: *mut Slot<T>) -> Self {
        Self { slot, generator: PhantomData }
    }

    /// Emits an item: ends when the reader has it, and asks for the next one.
    ///
    /// # Cancel safety
    ///
    /// Dropped before its first poll, it emits nothing. Dropped later, it loses nothing: the reader gets the item.
    #[inline]
    pub const fn emit(&mut self, item: T) -> Emit<'_, 'g, T> {
        Emit { emitter: self, item: Some(item) }
    }
}

// SAFETY: what it points to holds an item, which is `Send`, and wakers, which are too. Whoever has the emitter is within a
// poll of the body, which waits for them; so nobody else is at the slot at that time.
unsafe impl<T: Send> Send for Emitter<'_, T> {}
// SAFETY: a shared emitter gives access to nothing.
unsafe impl<T: Send> Sync for Emitter<'_, T> {}

impl<T> fmt::Debug for Emitter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emitter").finish_non_exhaustive()
    }
}

/// The future of [`Emitter::emit`].
///
/// # Cancel safety
///
/// Dropped before its first poll, it emits nothing. Dropped later, it loses nothing: the reader gets the item.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Emit<'a, 'g, T> {
    emitter: &'a mut Emitter<'g, T>,
    /// `None` when it stands in the slot, or has passed it.
    item: Option<T>,
}

// The item is never pinned.
impl<T> Unpin for Emit<'_, '_, T> {}

impl<T> Future for Emit<'_, '_, T> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: an emitter is used within a poll of the body alone; the slot is there, and nobody else is at it.
        let slot = unsafe { &mut *self.emitter.slot };
        if slot.item.is_none() {
            let Some(item) = self.item.take() else { return Poll::Ready(()) };
            slot.item = Some(item);
        }
        slot.wait(cx.waker());
        Poll::Pending
    }
}

impl<T> fmt::Debug for Emit<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emit").field("waiting", &self.item.is_some()).finish_non_exhaustive()
    }
}
