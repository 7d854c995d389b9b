//! [`Emitter`]: the handle by which a generator's body emits its items.
//!
//! The future of `emit` ends when its item has left the slot. One that is dropped before its first poll has emitted nothing,
//! and one that is dropped later has lost nothing: its item counts. The slot has room for one: if a future is dropped
//! half-way, and within the same poll of the body the next one emits, that waits with its item until the first one has been
//! read.
//!
//! Never to be broken: an `Emitter` lives in the body's future, and is used while the generator polls or drops that. Its
//! lifetime is any lifetime, to the closure, and invariant: it cannot be put anywhere else, nor change places with another
//! one.
#![expect(unsafe_code, reason = "the pointer to the slot")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::slot::Slot;

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
    /// Dropped before its first poll, it emits nothing. Dropped later, it loses nothing: the reader gets the item. (If more is
    /// emitted within the same poll of the body, the item is put on the heap until then. Without `alloc`, of several that are
    /// dropped so within one poll the reader gets the first alone.)
    #[inline]
    pub fn emit(&mut self, item: T) -> Emit<'_, 'g, T> {
        // SAFETY: an emitter is used within a poll of the body alone; the slot is there, and nobody else is at it.
        let slot = unsafe { &mut *self.slot };
        slot.offer(item);
        Emit { slot: self.slot, emitter: PhantomData }
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
/// Dropped before its first poll, it emits nothing. Dropped later, it loses nothing: the reader gets the item. See
/// [`Emitter::emit`].
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Emit<'a, 'g, T> {
    slot: *mut Slot<T>,
    /// While it is there, nobody else emits.
    emitter: PhantomData<&'a mut Emitter<'g, T>>,
}

// SAFETY: as for the emitter, which is lent to it.
unsafe impl<T: Send> Send for Emit<'_, '_, T> {}
// SAFETY: a shared one gives access to nothing.
unsafe impl<T: Send> Sync for Emit<'_, '_, T> {}

impl<T> Future for Emit<'_, '_, T> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: as in `Emitter::emit`.
        let slot = unsafe { &mut *self.slot };
        if slot.has_gone(cx) { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl<T> Drop for Emit<'_, '_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: as in `Emitter::emit`; or it is dropped with the body, which is dropped before the slot.
        let slot = unsafe { &mut *self.slot };
        slot.leave();
    }
}

impl<T> fmt::Debug for Emit<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emit").finish_non_exhaustive()
    }
}
