//! [`Hub`]: a stream, the items that somebody has not read, and who waits.
//!
//! A reader that finds nothing takes the stream out, polls it without the lock, and puts it back. Whoever comes meanwhile waits.
//!
//! What must never be broken: whoever waits is woken by whatever could end the waiting.
//!
//! * It has looked for an item, and left its waker, under one lock. What puts items in, takes them out or puts the stream back
//!   does so under that lock, and wakes all afterwards.
//! * The stream is polled by whoever comes while it is *ready*, or has been *woken*, and nobody else. To see that it has not
//!   been woken and to leave a waker is one step (see `waiting`): else a wake in between would be nobody's. If it has been woken
//!   again when it is put back, all are woken, since they may have come meanwhile and found it gone.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use futures_core::Stream;

use super::Missed;
use super::backlog::{Backlog, Found};
use super::waiting::{Wait, Waiting};
use crate::primitives::{Mutex, MutexGuard, PoisonError};

pub(super) struct Hub<S, T> {
    state: Mutex<State<S, T>>,
    waiting: Arc<Waiting>,
    /// Wakes all who wait.
    waker: Waker,
    /// How many items may wait to be read.
    capacity: NonZero<usize>,
    /// Whether the stream waits for the slowest reader.
    wait: bool,
}

struct State<S, T> {
    source: Source<S>,
    backlog: Backlog<T>,
}

/// Where the stream is.
enum Source<S> {
    /// It may have an item: it has not been polled, or gave one, or panicked.
    Ready(Pin<Box<S>>),
    /// It has to be woken.
    Waits(Pin<Box<S>>),
    /// A reader polls it.
    Polled,
    Ended,
}

/// What became of a poll.
pub(super) enum Polled<T> {
    Item(T),
    Missed(Missed),
    Ended,
    Pending,
}

impl<S, T> Hub<S, T> {
    pub(super) fn new(stream: S, capacity: NonZero<usize>, wait: bool) -> Self {
        let waiting = Arc::<Waiting>::default();
        let waker = Waker::from(Arc::clone(&waiting));
        let state = State { source: Source::Ready(Box::pin(stream)), backlog: Backlog::new() };
        Self { state: Mutex::new(state), waiting, waker, capacity, wait }
    }

    /// A reader comes, for what comes from now on: its next item, and its place among those who wait.
    pub(super) fn subscribe(&self) -> (u64, usize) {
        (self.lock().backlog.subscribe(), self.waiting.join())
    }

    /// A reader comes, with the same next item as another one.
    pub(super) fn subscribe_at(&self, next: u64) -> usize {
        self.lock().backlog.subscribe_at(next);
        self.waiting.join()
    }

    /// A reader goes.
    pub(super) fn unsubscribe(&self, next: u64, place: usize) {
        self.lock().backlog.unsubscribe(next);
        // A waker may own a task, and that a reader. It is dropped last, whatever happens before.
        let _waker = self.waiting.leave(place);
        let mut read = AllRead { hub: self, made_room: false };
        while read.drop_next() {}
    }

    /// How many items a reader has not read, whether it has missed any, and whether more may come.
    pub(super) fn unread(&self, next: u64) -> (usize, bool, bool) {
        let state = self.lock();
        let (unread, missed) = state.backlog.unread(next);
        (unread, missed, !matches!(state.source, Source::Ended))
    }

    /// Polls for the next item of a reader.
    pub(super) fn poll(&self, next: &mut u64, place: usize, cx: &Context<'_>) -> Polled<T>
    where
        S: Stream<Item = T>,
        T: Clone,
    {
        let mut state = self.lock();
        // Whether the stream has been polled; and whether it gave an item of which nobody has been told.
        let (mut has_polled, mut has_given) = (false, false);
        loop {
            let found = state.backlog.read(next);
            let is_busy = matches!(found, Found::Busy);
            match found {
                Found::Last(item) => {
                    let made_room = self.wait && state.backlog.len() + 1 == self.capacity.get();
                    drop(state);
                    if made_room || has_given {
                        self.waiting.wake_all();
                    }
                    return Polled::Item(item);
                }
                Found::Lent(item) => {
                    drop(state);
                    let mut lent =
                        Lent { hub: self, item: Some(item), number: *next, is_read: false, is_new: has_given };
                    let Some(clone) = lent.item.clone() else { unreachable!("it is lent") };
                    lent.is_read = true;
                    *next += 1;
                    // It may panic, and what is being returned by then would not be dropped.
                    drop(lent);
                    return Polled::Item(clone);
                }
                Found::Missed(missed) => return Polled::Missed(missed),
                Found::Busy | Found::Nothing => {}
            }
            if matches!(state.source, Source::Ended) && !is_busy {
                return Polled::Ended;
            }
            let has_room = !self.wait || state.backlog.len() < self.capacity.get();
            let may_poll = !is_busy && has_room && !has_polled;
            let polls = match state.source {
                Source::Ready(_) => may_poll,
                Source::Waits(_) => may_poll && self.waiting.take_woken(),
                Source::Polled | Source::Ended => false,
            };
            if !polls {
                let may_poll = may_poll && matches!(state.source, Source::Waits(_));
                match self.waiting.wait(place, cx.waker(), may_poll) {
                    Wait::IsToPoll => {}
                    Wait::Waits { is_woken, superseded } => {
                        drop(state);
                        if has_polled && is_woken {
                            // The stream has woken itself: whoever comes next polls it again.
                            self.waiting.wake_all();
                        }
                        // When all is done: it may own a task, and panic.
                        drop(superseded);
                        return Polled::Pending;
                    }
                }
            }
            has_polled = true;
            if let Source::Ready(source) | Source::Waits(source) = core::mem::replace(&mut state.source, Source::Polled)
            {
                drop(state);
                (state, has_given) = self.poll_source(source);
            }
        }
    }

    /// Polls the stream, and puts it back with what it gave. Gives whether it gave an item that is for others too, who have not
    /// been woken: whoever polled it looks for the item first, under the same lock.
    #[inline]
    fn poll_source(&self, source: Pin<Box<S>>) -> (MutexGuard<'_, State<S, T>>, bool)
    where
        S: Stream<Item = T>,
    {
        let mut taken = Taken { hub: self, source: Some(source) };
        let Some(source) = &mut taken.source else { unreachable!("it has been put there") };
        let polled = source.as_mut().poll_next(&mut Context::from_waker(&self.waker));
        let mut state = self.lock();
        match polled {
            Poll::Pending => {
                taken.put_back(&mut state, Source::Waits);
                (state, false)
            }
            Poll::Ready(Some(item)) => {
                taken.put_back(&mut state, Source::Ready);
                let is_full = state.backlog.len() == self.capacity.get();
                let oldest = if is_full { state.backlog.pop() } else { None };
                state.backlog.push(item);
                if oldest.is_none() {
                    return (state, true);
                }
                drop(state);
                self.waiting.wake_all();
                drop(oldest);
                (self.lock(), false)
            }
            Poll::Ready(None) => {
                state.source = Source::Ended;
                drop(state);
                self.waiting.wake_all();
                taken.source = None;
                (self.lock(), false)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<S, T>> {
        // Nothing that is done under the lock leaves it half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An item, while it is cloned. Put back also when that panics.
struct Lent<'a, S, T> {
    hub: &'a Hub<S, T>,
    item: Option<T>,
    number: u64,
    is_read: bool,
    /// Nobody who waits has been woken for it: they would have found that it is not there.
    is_new: bool,
}

impl<S, T> Drop for Lent<'_, S, T> {
    fn drop(&mut self) {
        let Some(item) = self.item.take() else { return };
        let mut state = self.hub.lock();
        let was_full = state.backlog.len() == self.hub.capacity.get();
        let (unwanted, wanted) = state.backlog.put_back(self.number, item, self.is_read);
        let made_room = self.hub.wait && was_full && unwanted.is_some();
        drop(state);
        if self.is_new || wanted || made_room {
            self.hub.waiting.wake_all();
        }
        // Last: it may panic.
        drop(unwanted);
    }
}

/// The items that all have read, dropped one by one and without the lock, and whoever waits for room woken; also when one of
/// them panics.
struct AllRead<'a, S, T> {
    hub: &'a Hub<S, T>,
    made_room: bool,
}

impl<S, T> AllRead<'_, S, T> {
    fn drop_next(&mut self) -> bool {
        let oldest = self.hub.lock().backlog.pop_read();
        self.made_room |= oldest.is_some();
        oldest.is_some()
    }
}

impl<S, T> Drop for AllRead<'_, S, T> {
    fn drop(&mut self) {
        while self.drop_next() {}
        if self.made_room && self.hub.wait {
            self.hub.waiting.wake_all();
        }
    }
}

/// The stream, while it is polled. Put back also when it panics.
struct Taken<'a, S, T> {
    hub: &'a Hub<S, T>,
    source: Option<Pin<Box<S>>>,
}

impl<S, T> Taken<'_, S, T> {
    #[inline]
    fn put_back(&mut self, state: &mut State<S, T>, as_what: fn(Pin<Box<S>>) -> Source<S>) {
        if let Some(source) = self.source.take() {
            state.source = as_what(source);
        }
    }
}

impl<S, T> Drop for Taken<'_, S, T> {
    #[inline]
    fn drop(&mut self) {
        if self.source.is_some() {
            let mut state = self.hub.lock();
            self.put_back(&mut state, Source::Ready);
            drop(state);
            self.hub.waiting.wake_all();
        }
    }
}
