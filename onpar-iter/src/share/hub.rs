//! [`Hub`]: a stream, the items that somebody has not read, and who waits.
//!
//! A reader that finds nothing takes the stream out, polls it without the lock, and puts it back. Whoever comes meanwhile waits.
//!
//! What must never be broken: whoever waits is woken by whatever could end the waiting.
//!
//! * It has looked for an item, and left its waker, under one lock. What puts items in, takes them out or puts the stream back
//!   does so under that lock, and wakes all afterwards.
//! * The stream is polled by whoever comes while it is *woken*, and nobody else; that is taken back before the poll. If it has
//!   been woken again when it is put back, all are woken, since they may have come in between and found it gone.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use futures_core::Stream;

use super::Missed;
use super::backlog::{Backlog, Found};
use super::waiting::Waiting;
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
    Here(Pin<Box<S>>),
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
        let waiting = Arc::new(Waiting::new());
        let waker = Waker::from(Arc::clone(&waiting));
        let state = State { source: Source::Here(Box::pin(stream)), backlog: Backlog::new() };
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
        let mut polls = 0;
        loop {
            let mut state = self.lock();
            let found = state.backlog.read(next);
            let is_busy = matches!(found, Found::Busy);
            match found {
                Found::Last(item) => {
                    let made_room = self.wait && state.backlog.len() + 1 == self.capacity.get();
                    drop(state);
                    if made_room {
                        self.waiting.wake_all(false);
                    }
                    return Polled::Item(item);
                }
                Found::Lent(item) => {
                    drop(state);
                    let mut lent = Lent { hub: self, item: Some(item), number: *next, is_read: false };
                    let Some(clone) = lent.item.clone() else { continue };
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
            let may_poll = !is_busy && has_room && polls == 0 && matches!(state.source, Source::Here(_));
            if !(may_poll && self.waiting.take_woken()) {
                // Dropped when all is done: it may own a task, and panic.
                let _superseded = self.waiting.wait(place, cx.waker());
                drop(state);
                if polls > 0 && self.waiting.is_woken() {
                    // The stream has woken itself: whoever comes next polls it again.
                    self.waiting.wake_all(false);
                }
                return Polled::Pending;
            }
            polls += 1;
            let Source::Here(source) = core::mem::replace(&mut state.source, Source::Polled) else { continue };
            drop(state);
            self.poll_source(source);
        }
    }

    /// Polls the stream, and puts it back with what it gave.
    fn poll_source(&self, source: Pin<Box<S>>)
    where
        S: Stream<Item = T>,
    {
        let mut taken = Taken { hub: self, source: Some(source) };
        let Some(source) = &mut taken.source else { return };
        let polled = source.as_mut().poll_next(&mut Context::from_waker(&self.waker));
        let mut oldest = None;
        match polled {
            Poll::Pending => {
                let mut state = self.lock();
                taken.put_back(&mut state);
            }
            Poll::Ready(Some(item)) => {
                let mut state = self.lock();
                taken.put_back(&mut state);
                if state.backlog.len() == self.capacity.get() {
                    oldest = state.backlog.pop();
                }
                state.backlog.push(item);
                drop(state);
                self.waiting.wake_all(true);
            }
            Poll::Ready(None) => {
                self.lock().source = Source::Ended;
                self.waiting.wake_all(true);
                taken.source = None;
            }
        }
        drop(oldest);
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
}

impl<S, T> Drop for Lent<'_, S, T> {
    fn drop(&mut self) {
        let Some(item) = self.item.take() else { return };
        let mut state = self.hub.lock();
        let was_full = state.backlog.len() == self.hub.capacity.get();
        let (unwanted, wanted) = state.backlog.put_back(self.number, item, self.is_read);
        let made_room = self.hub.wait && was_full && unwanted.is_some();
        drop(state);
        if wanted || made_room {
            self.hub.waiting.wake_all(false);
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
            self.hub.waiting.wake_all(false);
        }
    }
}

/// The stream, while it is polled. Put back also when it panics.
struct Taken<'a, S, T> {
    hub: &'a Hub<S, T>,
    source: Option<Pin<Box<S>>>,
}

impl<S, T> Taken<'_, S, T> {
    fn put_back(&mut self, state: &mut State<S, T>) {
        if let Some(source) = self.source.take() {
            state.source = Source::Here(source);
        }
    }
}

impl<S, T> Drop for Taken<'_, S, T> {
    fn drop(&mut self) {
        if self.source.is_some() {
            let mut state = self.hub.lock();
            self.put_back(&mut state);
            drop(state);
            self.hub.waiting.wake_all(true);
        }
    }
}
