//! `Body`: the closure of a generator, then its future, then its result; and the slot through which items pass.
//!
//! A poll of the generator polls the body, which puts an item into the slot when it emits one, and is pending then. The item
//! is taken out as soon as the body's poll has returned.
//!
//! Never to be broken: the body's future, which has a pointer to the slot, is dropped before the slot; and the slot is not
//! touched from here while the future is polled.
#![expect(unsafe_code, reason = "a slot that a future beside it writes to")]

use core::cell::UnsafeCell;
use core::marker::PhantomPinned;
use core::mem;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll};

use super::emitter::Emitter;
use super::slot::Slot;

/// What a generator gives next.
pub(super) enum Turn<T, R> {
    Item(T),
    /// The body has ended; with its result, the first time.
    End(Option<R>),
}

/// The parts of a generator. `R` is what its future gives.
pub(super) struct Body<T, F, Fut, R> {
    // First: it points into the slot.
    state: UnsafeCell<State<F, Fut, R>>,
    slot: UnsafeCell<Slot<T>>,
    _pinned: PhantomPinned,
}

enum State<F, Fut, R> {
    Start(F),
    Running(Fut),
    Ended(Option<R>),
}

impl<F, Fut, R> State<F, Fut, R> {
    /// Begins, unless it has ended.
    #[cold]
    #[inline(never)]
    fn start<'x, T>(&mut self, slot: *mut Slot<T>)
    where
        T: 'x,
        F: FnOnce(Emitter<'x, T>) -> Fut,
    {
        if matches!(self, Self::Start(_))
            && let Self::Start(f) = mem::replace(self, Self::Ended(None))
        {
            *self = Self::Running(f(Emitter::new(slot)));
        }
    }
}

impl<T, F, Fut, R> Body<T, F, Fut, R> {
    pub(super) const fn new(f: F) -> Self {
        Self { state: UnsafeCell::new(State::Start(f)), slot: UnsafeCell::new(Slot::new()), _pinned: PhantomPinned }
    }

    #[inline]
    pub(super) fn poll_turn<'x>(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Turn<T, R>>
    where
        T: 'x,
        F: FnOnce(Emitter<'x, T>) -> Fut,
        Fut: Future<Output = R>,
    {
        // SAFETY: nothing below moves the future while it is there, nor the slot that it points to.
        let this = unsafe { self.get_unchecked_mut() };
        let slot = this.slot.get();
        let state = EndOnUnwind(this.state.get_mut());
        if !matches!(state.0, State::Running(_)) {
            state.0.start(slot);
        }
        if let State::Running(future) = state.0 {
            // SAFETY: the slot is ours; the body does not run at this moment.
            unsafe { &mut *slot }.begin(cx);
            // SAFETY: the whole is pinned, and the future is dropped where it stands.
            let future = unsafe { Pin::new_unchecked(future) };
            if let Poll::Ready(output) = future.poll(cx) {
                *state.0 = State::Ended(Some(output));
            }
        }
        let ended = state.disarm();
        // SAFETY: as above.
        if let Some(item) = unsafe { &mut *slot }.take(cx) {
            return Poll::Ready(Turn::Item(item));
        }
        match ended {
            State::Ended(output) => Poll::Ready(Turn::End(output.take())),
            State::Start(_) | State::Running(_) => Poll::Pending,
        }
    }
}

/// Ends a generator whose body panics: the future is dropped, and no more items come.
struct EndOnUnwind<'a, F, Fut, R>(&'a mut State<F, Fut, R>);

impl<'a, F, Fut, R> EndOnUnwind<'a, F, Fut, R> {
    #[inline]
    fn disarm(self) -> &'a mut State<F, Fut, R> {
        let this = mem::ManuallyDrop::new(self);
        // SAFETY: the reference is read once, and `this` is never dropped.
        unsafe { ptr::read(&raw const this.0) }
    }
}

impl<F, Fut, R> Drop for EndOnUnwind<'_, F, Fut, R> {
    fn drop(&mut self) {
        *self.0 = State::Ended(None);
    }
}
