//! `Body`: the closure of a generator, then its future, then its result; and the slot through which items pass.
//!
//! A poll of the generator polls the body, which puts an item into the slot when it emits one, and is pending then. The item
//! is taken out as soon as the body's poll has returned.
//!
//! Between two items, a poll should do as little as it can: what is rare is a call of its own, and what is needed after such a
//! call is read again and not saved for it. For the same reason nothing is called when a body unwinds: its future is dropped by
//! the next poll, or with the generator.
//!
//! Never to be broken: the body's future, which has a pointer to the slot, is dropped before the slot; and the slot is not
//! touched from here while the future is polled.
#![expect(unsafe_code, reason = "a slot that a future beside it writes to")]

use core::cell::UnsafeCell;
use core::hint::unreachable_unchecked;
use core::marker::PhantomPinned;
use core::mem;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll};

use super::emitter::Emitter;
use super::slot::Slot;

/// The parts of a generator. `R` is what its future gives.
pub(super) struct Body<T, F, Fut, R> {
    phase: Phase,
    // Before the slot: it points into that.
    state: UnsafeCell<State<F, Fut, R>>,
    slot: UnsafeCell<Slot<T>>,
    _pinned: PhantomPinned,
}

/// Whether the future may be polled as it is, which nearly always it may.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The closure has not been called, the future has ended, or the slot has to be looked after.
    Rests,
    /// The state is `Running`.
    Runs,
    /// The state is `Running`, and its poll has unwound.
    Panicked,
}

enum State<F, Fut, R> {
    Start(F),
    Running(Fut),
    Ended(Option<R>),
}

impl<T, F, Fut, R> Body<T, F, Fut, R> {
    pub(super) const fn new(f: F) -> Self {
        Self {
            phase: Phase::Rests,
            state: UnsafeCell::new(State::Start(f)),
            slot: UnsafeCell::new(Slot::new()),
            _pinned: PhantomPinned,
        }
    }

    /// The next item, as `item` makes it of what is emitted; after the last one, what `end` makes of the result, once.
    #[inline]
    pub(super) fn poll_next<'x, I>(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        item: impl Fn(T) -> I,
        end: impl Fn(R) -> Option<I>,
    ) -> Poll<Option<I>>
    where
        T: 'x,
        F: FnOnce(Emitter<'x, T>) -> Fut,
        Fut: Future<Output = R>,
    {
        // SAFETY: nothing below moves the future while it is there, nor the slot that it points to.
        let this = unsafe { self.get_unchecked_mut() };
        let mut cx = ptr::from_mut(cx);
        this.slot.get_mut().begin(cx);
        if this.phase != Phase::Runs {
            cx = this.start();
        }
        if !cx.is_null() {
            let panicked = EndOnUnwind(&mut this.phase);
            let State::Running(future) = this.state.get_mut() else {
                // SAFETY: `phase` says so, or `start` has.
                unsafe { unreachable_unchecked() }
            };
            // SAFETY: the whole is pinned, and the future is dropped where it stands.
            let future = unsafe { Pin::new_unchecked(future) };
            // SAFETY: it is the context that we were given.
            let polled = future.poll(unsafe { &mut *cx });
            mem::forget(panicked);
            if let Poll::Ready(output) = polled {
                this.end(output);
            }
        }
        if let Some(only) = this.slot.get_mut().take_only() {
            return Poll::Ready(Some(item(only)));
        }
        // SAFETY: the context is still there.
        match unsafe { this.otherwise(item, end) } {
            Turn::Item(first) => Poll::Ready(Some(first)),
            Turn::End => Poll::Ready(None),
            Turn::Waits => Poll::Pending,
        }
    }

    /// What there is to do before a poll, if the phase is another one than `Runs`. The context, if there will be a poll; else null.
    #[cold]
    #[inline(never)]
    fn start<'x, 'c>(&mut self) -> *mut Context<'c>
    where
        T: 'x,
        F: FnOnce(Emitter<'x, T>) -> Fut,
    {
        let state = self.state.get_mut();
        if self.phase == Phase::Panicked {
            self.phase = Phase::Rests;
            *state = State::Ended(None);
        } else if matches!(state, State::Running(_)) {
            self.phase = Phase::Runs;
        } else if matches!(state, State::Start(_))
            && let State::Start(f) = mem::replace(state, State::Ended(None))
        {
            *state = State::Running(f(Emitter::new(self.slot.get())));
            self.phase = Phase::Runs;
        }
        let slot = self.slot.get_mut();
        let own = slot.own();
        if slot.is_busy() {
            slot.look_after();
        }
        if self.phase == Phase::Runs { own } else { ptr::null_mut() }
    }

    /// The future has ended.
    #[cold]
    #[inline(never)]
    fn end(&mut self, output: R) {
        self.phase = Phase::Rests;
        *self.state.get_mut() = State::Ended(Some(output));
    }

    /// What there is after a poll, unless it is an item and nothing else.
    ///
    /// # Safety
    ///
    /// The context of that poll is still there.
    #[cold]
    #[inline(never)]
    unsafe fn otherwise<I>(&mut self, item: impl Fn(T) -> I, end: impl Fn(R) -> Option<I>) -> Turn<I> {
        if self.slot.get_mut().is_busy() {
            self.phase = Phase::Rests;
        }
        // SAFETY: as the caller says.
        let first = unsafe { self.slot.get_mut().take_first() };
        if let Some(first) = first {
            return Turn::Item(item(first));
        }
        match self.state.get_mut() {
            State::Ended(output) => output.take().and_then(end).map_or(Turn::End, Turn::Item),
            State::Start(_) | State::Running(_) => Turn::Waits,
        }
    }
}

/// What there may be after a poll of the body. (To a caller that is a `Poll<Option<I>>`; if it were one here, the compiler
/// would not see in a loop over the items that the usual ones do not come from here.)
enum Turn<I> {
    Waits,
    Item(I),
    End,
}

/// Ends a generator whose body panics: it is dropped when it would be polled again, so that no call is made from here.
struct EndOnUnwind<'a>(&'a mut Phase);

impl Drop for EndOnUnwind<'_> {
    #[inline]
    fn drop(&mut self) {
        *self.0 = Phase::Panicked;
    }
}
