//! `Shared`: what both ends of a channel share, and what changes in it.

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::vec::{self, Vec};
use core::mem;
use core::num::NonZero;
use core::task::{Context, Poll, Waker};

use super::line::{Line, Ticket};
use crate::primitives::{Mutex, MutexGuard, PoisonError};

pub(super) struct Shared<T> {
    limit: NonZero<usize>,
    state: Mutex<State<T>>,
}

/// Places are free, granted or full: together as many as the limit. While one is free, nobody stands in line.
struct State<T> {
    queue: VecDeque<T>,
    /// How many places have been granted, and are not full yet.
    granted: usize,
    line: Line,
    receiver: Option<Waker>,
    senders: usize,
    /// Whether no further item is wanted.
    is_closed: bool,
}

/// There is no room, or no item is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoRoom {
    Full,
    Closed,
}

/// There is no item, or none will come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoItem {
    Empty,
    Ended,
}

impl<T> Shared<T> {
    pub(super) fn new(limit: NonZero<usize>) -> Arc<Self> {
        let state = State {
            queue: VecDeque::new(),
            granted: 0,
            line: Line::new(),
            receiver: None,
            senders: 0,
            is_closed: false,
        };
        Arc::new(Self { limit, state: Mutex::new(state) })
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing that is done under the lock can panic half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) const fn limit(&self) -> NonZero<usize> {
        self.limit
    }

    pub(super) fn len(&self) -> usize {
        self.lock().queue.len()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.lock().is_closed
    }

    pub(super) fn add_sender(&self) {
        self.lock().senders += 1;
    }

    /// The last one that goes tells the receiver.
    pub(super) fn remove_sender(&self) {
        let mut state = self.lock();
        state.senders -= 1;
        let receiver = if state.senders == 0 { state.receiver.take() } else { None };
        drop(state);
        wake(receiver);
    }

    /// Grants a place, if there is one. It is filled by [`fill`](Self::fill), or given back by [`give_back`](Self::give_back).
    pub(super) fn try_reserve(&self) -> Result<(), NoRoom> {
        let mut state = self.lock();
        if state.is_closed {
            return Err(NoRoom::Closed);
        }
        state.take_place(self.limit)
    }

    /// The same, in line; until no item is wanted any more.
    pub(super) fn poll_reserve(&self, ticket: &mut Option<Ticket>, cx: &mut Context<'_>) -> Poll<Result<(), NoRoom>> {
        let mut waker = None;
        loop {
            let mut state = self.lock();
            if state.is_closed {
                drop(state);
                self.leave(ticket);
                return Poll::Ready(Err(NoRoom::Closed));
            }
            match ticket.take() {
                None => {
                    if state.take_place(self.limit).is_ok() {
                        return Poll::Ready(Ok(()));
                    }
                    if let Some(waker) = waker.take() {
                        *ticket = Some(state.line.join(waker));
                        return Poll::Pending;
                    }
                }
                Some(mine) if state.line.is_granted(&mine) => {
                    state.line.leave(mine);
                    return Poll::Ready(Ok(()));
                }
                Some(mine) => {
                    let mine = ticket.insert(mine);
                    if state.line.would_wake(mine, cx.waker()) {
                        return Poll::Pending;
                    }
                    if let Some(waker) = waker.take() {
                        let old = state.line.replace(mine, waker);
                        drop(state);
                        drop(old);
                        return Poll::Pending;
                    }
                }
            }
            drop(state);
            waker = Some(cx.waker().clone());
        }
    }

    /// Leaves the line. Room that was granted goes to the next one.
    pub(super) fn leave(&self, ticket: &mut Option<Ticket>) {
        let Some(ticket) = ticket.take() else { return };
        let mut state = self.lock();
        let waker = state.line.leave(ticket);
        let next = if waker.is_none() { state.release() } else { None };
        drop(state);
        drop(waker);
        wake(next);
    }

    /// Gives back a place that was granted.
    pub(super) fn give_back(&self) {
        let next = self.lock().release();
        wake(next);
    }

    /// Puts an item into a place that was granted; gives it back if it is not wanted any more.
    pub(super) fn fill(&self, item: T) -> Result<(), T> {
        let mut state = self.lock();
        state.granted -= 1;
        if state.is_closed {
            drop(state);
            return Err(item);
        }
        state.queue.push_back(item);
        let receiver = state.receiver.take();
        drop(state);
        wake(receiver);
        Ok(())
    }

    /// The next item. Its place is granted to the first in line.
    pub(super) fn receive(&self) -> Result<T, NoItem> {
        let mut state = self.lock();
        let (item, next) = state.take_item()?;
        drop(state);
        wake(next);
        Ok(item)
    }

    /// The same; and if there is none, the task is woken when there is, or the end.
    pub(super) fn poll_receive(&self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut waker = None;
        loop {
            let mut state = self.lock();
            match state.take_item() {
                Ok((item, next)) => {
                    drop(state);
                    wake(next);
                    return Poll::Ready(Some(item));
                }
                Err(NoItem::Ended) => return Poll::Ready(None),
                Err(NoItem::Empty) => {}
            }
            if state.receiver.as_ref().is_some_and(|known| known.will_wake(cx.waker())) {
                return Poll::Pending;
            }
            if let Some(waker) = waker.take() {
                let old = state.receiver.replace(waker);
                drop(state);
                drop(old);
                return Poll::Pending;
            }
            drop(state);
            waker = Some(cx.waker().clone());
        }
    }

    /// No further item is wanted: all who wait for room are told.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.is_closed = true;
        let waiting: Vec<Waker> = core::iter::from_fn(|| state.line.grant()).collect();
        // Each gives it back as it leaves the line.
        state.granted += waiting.len();
        drop(state);
        let mut all = WakeAll(waiting.into_iter());
        for waker in all.0.by_ref() {
            waker.wake();
        }
    }

    /// The receiver is gone, and with it the items that it has not had.
    pub(super) fn abandon(&self) {
        self.close();
        let mut state = self.lock();
        let left = (mem::take(&mut state.queue), state.receiver.take());
        drop(state);
        drop(left);
    }
}

impl<T> State<T> {
    fn take_place(&mut self, limit: NonZero<usize>) -> Result<(), NoRoom> {
        if self.queue.len() + self.granted >= limit.get() {
            return Err(NoRoom::Full);
        }
        self.granted += 1;
        Ok(())
    }

    fn take_item(&mut self) -> Result<(T, Option<Waker>), NoItem> {
        match self.queue.pop_front() {
            Some(item) => Ok((item, self.grant())),
            None if self.is_closed || self.senders == 0 => Err(NoItem::Ended),
            None => Err(NoItem::Empty),
        }
    }

    /// A place is free: it is granted to the first in line, who is to be woken.
    fn grant(&mut self) -> Option<Waker> {
        let next = self.line.grant();
        self.granted += usize::from(next.is_some());
        next
    }

    /// A place that was granted is free.
    fn release(&mut self) -> Option<Waker> {
        self.granted -= 1;
        self.grant()
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// Wakes the rest, if a waker panics.
struct WakeAll(vec::IntoIter<Waker>);

impl Drop for WakeAll {
    fn drop(&mut self) {
        for waker in self.0.by_ref() {
            waker.wake();
        }
    }
}
