//! [`Tee`]: one stream as two, with a bounded buffer between them.
//!
//! Both halves share the stream and a queue of what one of them has had and the other has not. Whoever needs an item takes
//! the stream out of the shared state to poll it, so that no lock is held meanwhile; a half that finds it out waits for its
//! return. The stream is polled with a waker that wakes both halves: which of them is still there, and asks again, is not
//! known when it is woken.

#[cfg(all(test, loom))]
mod loom_model;

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::task::Wake;
use core::fmt;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use futures_core::Stream;

use crate::primitives::{Mutex, MutexGuard, PoisonError};

/// One half of [`tee`](crate::AsyncItertools::tee): a stream of all items.
///
/// A half that is so many items ahead waits until the other one follows, or is dropped. So poll both at once, by `join` for
/// instance: to drain one of them first would wait for ever. It allocates for the shared state and for up to `limit` items,
/// and for no item by itself.
///
/// # Cancel safety
///
/// Not being polled loses nothing. The items that a half has not had are dropped with it; the other half has them all.
///
/// # Panics
///
/// A panic of the stream passes on to the half that polled it; polled again, either half goes on. A panic of an item's `clone`
/// loses that item for both.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator, limit};
///
/// # pollster::block_on(async {
/// let (mut numbers, mut again) = (1..=3).into_async_iter().tee(limit!(2));
/// assert_eq!((numbers.next().await, numbers.next().await), (Some(1), Some(2)));
/// assert_eq!(again.next().await, Some(1));
/// drop(again);
/// assert_eq!(numbers.next().await, Some(3));
/// # });
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Tee<S, T> {
    shared: Arc<Shared<S, T>>,
    half: Half,
}

pub(crate) fn new<S: Stream>(stream: S, limit: NonZero<usize>) -> (Tee<S, S::Item>, Tee<S, S::Item>) {
    let wakers = Arc::new(Wakers::default());
    let state = State {
        stream: Source::Here(Box::pin(stream)),
        is_awaited: false,
        queue: VecDeque::new(),
        ahead: Half::Left,
        is_gone: [false; 2],
    };
    let waker = Waker::from(Arc::clone(&wakers));
    let shared = Arc::new(Shared { state: Mutex::new(state), limit, wakers, waker });
    (Tee { shared: Arc::clone(&shared), half: Half::Left }, Tee { shared, half: Half::Right })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Left,
    Right,
}

impl Half {
    const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

struct Shared<S, T> {
    state: Mutex<State<S, T>>,
    limit: NonZero<usize>,
    wakers: Arc<Wakers>,
    /// What the stream is polled with: wakes both halves.
    waker: Waker,
}

struct State<S, T> {
    stream: Source<S>,
    /// Whether a half has found the stream out.
    is_awaited: bool,
    /// What the half that is ahead has had, and the other one has not.
    queue: VecDeque<T>,
    ahead: Half,
    is_gone: [bool; 2],
}

enum Source<S> {
    Here(Pin<Box<S>>),
    /// A half is polling it.
    Out,
    Ended,
}

impl<S, T> Shared<S, T> {
    fn lock(&self) -> MutexGuard<'_, State<S, T>> {
        // Nothing that is done under the lock can panic half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone, S: Stream<Item = T>> Tee<S, T> {
    fn poll_stream(&self, stream: Pin<Box<S>>) -> Poll<Option<T>> {
        let mut out = Returning { tee: self, stream: Some(stream), has_news: true };
        let Some(stream) = &mut out.stream else { unreachable!("it was put there in the line above") };
        let polled = stream.as_mut().poll_next(&mut Context::from_waker(&self.shared.waker));
        match &polled {
            Poll::Ready(Some(item)) => self.keep_for_the_other(item),
            Poll::Ready(None) => out.stream = None,
            Poll::Pending => out.has_news = false,
        }
        drop(out);
        polled
    }

    fn keep_for_the_other(&self, item: &T) {
        let is_gone = || self.shared.lock().is_gone[self.half.other() as usize];
        if is_gone() {
            return;
        }
        let copy = item.clone();
        let mut state = self.shared.lock();
        if !state.is_gone[self.half.other() as usize] {
            state.ahead = self.half;
            state.queue.push_back(copy);
        }
    }
}

/// Puts the stream back when it has been polled, or has panicked.
struct Returning<'a, S, T> {
    tee: &'a Tee<S, T>,
    // `None` if it has ended.
    stream: Option<Pin<Box<S>>>,
    has_news: bool,
}

impl<S, T> Drop for Returning<'_, S, T> {
    fn drop(&mut self) {
        let shared = &self.tee.shared;
        let mut state = shared.lock();
        state.stream = self.stream.take().map_or(Source::Ended, Source::Here);
        let is_awaited = core::mem::take(&mut state.is_awaited);
        drop(state);
        if self.has_news || is_awaited {
            shared.wakers.wake_half(self.tee.half.other());
        }
    }
}

impl<T: Clone, S: Stream<Item = T>> Stream for Tee<S, T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let shared = &*self.shared;
        // Before the state is looked at, so that no change is missed.
        shared.wakers.register(self.half, cx.waker());
        let mut state = shared.lock();
        if state.ahead != self.half
            && let Some(item) = state.queue.pop_front()
        {
            let had_no_room = state.queue.len() + 1 == shared.limit.get();
            drop(state);
            if had_no_room {
                shared.wakers.wake_half(self.half.other());
            }
            return Poll::Ready(Some(item));
        }
        if state.queue.len() >= shared.limit.get() && !state.is_gone[self.half.other() as usize] {
            return Poll::Pending;
        }
        match core::mem::replace(&mut state.stream, Source::Out) {
            Source::Here(stream) => {
                drop(state);
                self.poll_stream(stream)
            }
            Source::Out => {
                state.is_awaited = true;
                Poll::Pending
            }
            Source::Ended => {
                state.stream = Source::Ended;
                Poll::Ready(None)
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let state = self.shared.lock();
        let held = if state.ahead == self.half { 0 } else { state.queue.len() };
        let (lower, upper) = match &state.stream {
            Source::Here(stream) => stream.size_hint(),
            Source::Out => (0, None),
            Source::Ended => (0, Some(0)),
        };
        (lower.saturating_add(held), upper.and_then(|upper| upper.checked_add(held)))
    }
}

impl<S, T> Drop for Tee<S, T> {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        state.is_gone[self.half as usize] = true;
        // Nobody is there for what this half has not had.
        let rest = if state.ahead == self.half { VecDeque::new() } else { core::mem::take(&mut state.queue) };
        drop(state);
        drop(rest);
        self.shared.wakers.wake_half(self.half.other());
    }
}

impl<S, T> fmt::Debug for Tee<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tee").field("limit", &self.shared.limit).finish_non_exhaustive()
    }
}

/// Who waits, of each half.
#[derive(Default)]
struct Wakers([Mutex<Option<Waker>>; 2]);

impl Wakers {
    fn register(&self, half: Half, waker: &Waker) {
        let mut place = self.place(half);
        if place.as_ref().is_some_and(|known| known.will_wake(waker)) {
            return;
        }
        drop(place);
        // Cloned and dropped without the lock: both may be foreign code.
        let new = waker.clone();
        place = self.place(half);
        let old = place.replace(new);
        drop(place);
        drop(old);
    }

    fn wake_half(&self, half: Half) {
        let waker = self.place(half).take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn place(&self, half: Half) -> MutexGuard<'_, Option<Waker>> {
        self.0[half as usize].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Wakers {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wake_half(Half::Left);
        self.wake_half(Half::Right);
    }
}
