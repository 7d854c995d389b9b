//! [`World`]: streams and closures that write down what happens to them, and take their time.

use core::num::NonZero;
use core::pin::Pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Poll};
use std::sync::{Mutex, PoisonError};

use onpar_iter::{Stream, limit};

/// What a case is about: the items of two streams, and how many times each answer is pending first.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) left: Vec<i32>,
    pub(crate) right: Vec<i32>,
    pub(crate) waits: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    /// An item was taken from a stream, or its end was.
    Taken(&'static str, Option<i32>),
    /// A closure was called.
    Called(Vec<i32>),
}

/// At least so many items, and at most so many if that is known.
pub(crate) type Hint = (usize, Option<usize>);

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) input: Input,
    log: Mutex<Vec<Event>>,
    /// How many answers there have been.
    answers: AtomicUsize,
    /// How many calls of closures there have been.
    calls: AtomicUsize,
    /// The call that panics.
    panics_at: Option<usize>,
    /// How many items the streams say are left, of so many.
    claims: fn(usize) -> Hint,
    /// How many items a pipeline works on at once.
    pub(crate) limit: NonZero<usize>,
}

impl World {
    /// What a panic says that is meant.
    pub(crate) const PANIC: &str = "the closure panics as it should";

    pub(crate) fn new(input: &Input) -> Self {
        Self {
            input: input.clone(),
            log: Mutex::default(),
            answers: AtomicUsize::new(0),
            calls: AtomicUsize::new(0),
            panics_at: None,
            claims: |left| (left, Some(left)),
            limit: limit!(1),
        }
    }

    /// One whose streams say this of how many items are left.
    pub(crate) fn claiming(input: &Input, claims: fn(usize) -> Hint) -> Self {
        Self { claims, ..Self::new(input) }
    }

    /// One in which the call with this number panics, in its future.
    pub(crate) fn panicking_at(input: &Input, call: usize) -> Self {
        Self { panics_at: Some(call), ..Self::new(input) }
    }

    /// One whose pipelines work on three items at once.
    pub(crate) fn of_three(input: &Input) -> Self {
        Self { limit: limit!(3), ..Self::new(input) }
    }

    pub(crate) fn log(&self) -> Vec<Event> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, event: Event) {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    /// What every closure does.
    pub(crate) fn saw<const N: usize>(&self, items: [i32; N]) {
        self.add(Event::Called(items.to_vec()));
    }

    /// The same, and waits a while.
    pub(crate) async fn saw_later<const N: usize>(&self, items: [i32; N]) {
        self.saw(items);
        self.pause().await;
    }

    /// Waits a while, or panics.
    pub(crate) async fn pause(&self) {
        let mut wait = self.next_wait();
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        core::future::poll_fn(|cx| wait.poll(cx)).await;
        assert_ne!(self.panics_at, Some(call), "{}", Self::PANIC);
    }

    /// How many calls of closures there have been.
    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// The same, and counts its calls: what a closure changes.
    pub(crate) async fn counted<const N: usize>(&self, calls: &mut u32, items: [i32; N]) {
        *calls += 1;
        self.saw_later(items).await;
    }

    fn next_wait(&self) -> Wait {
        let answer = self.answers.fetch_add(1, Ordering::Relaxed);
        Wait(self.input.waits.get(answer).copied().unwrap_or(0))
    }

    pub(crate) fn left(&self) -> Items<'_> {
        Items { name: "left", all: &self.input.left, world: self, given: 0, wait: None }
    }

    pub(crate) fn right(&self) -> Items<'_> {
        Items { name: "right", all: &self.input.right, world: self, given: 0, wait: None }
    }
}

/// Is pending so many times.
#[derive(Clone, Copy, Debug)]
struct Wait(u8);

impl Wait {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Some items, as an iterator and as a stream, of copies or (by [`refs`](Self::refs)) of references.
#[derive(Clone, Debug)]
pub(crate) struct Items<'a> {
    name: &'static str,
    all: &'a [i32],
    world: &'a World,
    given: usize,
    wait: Option<Wait>,
}

impl<'a> Items<'a> {
    fn take_one(&mut self) -> Option<&'a i32> {
        let item = self.all.get(self.given);
        self.given += usize::from(item.is_some());
        self.world.add(Event::Taken(self.name, item.copied()));
        item
    }

    fn left_over(&self) -> Hint {
        (self.world.claims)(self.all.len() - self.given)
    }

    pub(crate) fn poll_take(&mut self, cx: &mut Context<'_>) -> Poll<Option<&'a i32>> {
        let mut wait = self.wait.unwrap_or_else(|| self.world.next_wait());
        if wait.poll(cx).is_pending() {
            self.wait = Some(wait);
            return Poll::Pending;
        }
        self.wait = None;
        Poll::Ready(self.take_one())
    }

    pub(crate) fn refs(self) -> Refs<'a> {
        Refs(self)
    }
}

impl Iterator for Items<'_> {
    type Item = i32;

    fn next(&mut self) -> Option<i32> {
        self.take_one().copied()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left_over()
    }
}

/// References to items.
#[derive(Clone, Debug)]
pub(crate) struct Refs<'a>(Items<'a>);

impl<'a> Iterator for Refs<'a> {
    type Item = &'a i32;

    fn next(&mut self) -> Option<&'a i32> {
        self.0.take_one()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.left_over()
    }
}

/// The same items, as a stream that takes its time.
#[derive(Clone, Debug)]
pub(crate) struct Later<I>(pub(crate) I);

impl Stream for Later<Items<'_>> {
    type Item = i32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i32>> {
        self.0.poll_take(cx).map(Option::<&i32>::copied)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.left_over()
    }
}

impl<'a> Stream for Later<Refs<'a>> {
    type Item = &'a i32;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<&'a i32>> {
        self.0.0.poll_take(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.0.left_over()
    }
}
