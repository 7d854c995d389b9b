//! [`Fed`]: a stream that is fed by hand, and tells what was done to it.

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::sync::{Mutex, MutexGuard, PoisonError};

use onpar_iter::Stream;
use onpar_test::ByHand;

/// The hand that feeds a stream. Clones feed the same one.
#[derive(Debug)]
pub(crate) struct Feed<T>(Arc<Mutex<State<T>>>);

impl<T> Clone for Feed<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

#[derive(Debug)]
struct State<T> {
    items: VecDeque<T>,
    ended: bool,
    panics: bool,
    waker: Option<Waker>,
    polls: usize,
    gone: bool,
}

impl<T> Feed<T> {
    pub(crate) fn new() -> Self {
        let (items, waker) = (VecDeque::new(), None);
        Self(Arc::new(Mutex::new(State { items, ended: false, panics: false, waker, polls: 0, gone: false })))
    }

    /// The stream. Fed before and after it is made.
    pub(crate) fn stream(&self) -> Fed<T> {
        Fed { feed: self.clone(), told_end: false }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut State<T>)) {
        let mut state = self.state();
        change(&mut state);
        let waker = state.waker.take();
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    pub(crate) fn give(&self, item: T) {
        self.change(|state| state.items.push_back(item));
    }

    pub(crate) fn give_all(&self, items: impl IntoIterator<Item = T>) {
        self.change(|state| state.items.extend(items));
    }

    /// It ends, after what has been given.
    pub(crate) fn end(&self) {
        self.change(|state| state.ended = true);
    }

    /// The next poll panics.
    pub(crate) fn panic(&self) {
        self.change(|state| state.panics = true);
    }

    /// Wakes whoever waits, for nothing.
    pub(crate) fn wake(&self) {
        self.change(|_| {});
    }

    pub(crate) fn polls(&self) -> usize {
        self.state().polls
    }

    /// How many items nobody has taken.
    pub(crate) fn left(&self) -> usize {
        self.state().items.len()
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.state().ended
    }

    /// Whether the stream has been dropped.
    pub(crate) fn is_gone(&self) -> bool {
        self.state().gone
    }
}

/// A stream that is fed by hand. It must not be polled after its end.
#[derive(Debug)]
pub(crate) struct Fed<T> {
    feed: Feed<T>,
    told_end: bool,
}

impl<T> Drop for Fed<T> {
    fn drop(&mut self) {
        let mut state = self.feed.state();
        state.gone = true;
        state.waker = None;
    }
}

impl<T> Unpin for Fed<T> {}

impl<T> Stream for Fed<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        assert!(!self.told_end, "it was polled after its end");
        let feed = self.feed.clone();
        let mut state = feed.state();
        state.polls += 1;
        if core::mem::take(&mut state.panics) {
            drop(state);
            panic!("told to");
        }
        match state.items.pop_front() {
            Some(item) => Poll::Ready(Some(item)),
            None if state.ended => {
                self.told_end = true;
                Poll::Ready(None)
            }
            None => {
                state.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let state = self.feed.state();
        let left = state.items.len();
        (left, state.ended.then_some(left))
    }
}

/// Several of them, and their feeds.
pub(crate) fn fed<T>(count: usize) -> (Vec<Feed<T>>, Vec<Fed<T>>) {
    let feeds: Vec<_> = (0..count).map(|_| Feed::new()).collect();
    let streams = feeds.iter().map(Feed::stream).collect();
    (feeds, streams)
}

/// Polls until it waits, and nobody has woken it.
#[track_caller]
pub(crate) fn settle<S: Stream>(stream: &mut ByHand<S>) {
    loop {
        assert!(stream.poll_with(Stream::poll_next).is_pending());
        if !stream.is_woken() {
            return;
        }
    }
}
