//! `Slots`: the calls of a stage that are under way, and their answers that have not been given.
//!
//! A slot is on the heap, pinned, and is used again for one item after another; there are as many as have been busy at the
//! same time. `line` says in which order the answers are given: the slots in the order in which their calls began, or, where
//! order does not matter, in which they ended.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use pin_project_lite::pin_project;

use super::wakes::{SlotWaker, Wakes};
use crate::call::Answer;

pub(super) struct Slots<C, O, K> {
    all: Vec<Pin<Box<Slot<C, O, K>>>>,
    /// Those with nothing in them.
    free: Vec<usize>,
    /// Those whose answers are given next.
    line: VecDeque<usize>,
    ordered: bool,
    wakes: Arc<Wakes>,
    /// Those that have been woken; between two polls it is empty.
    woken: Vec<usize>,
}

pin_project! {
    struct Slot<C, O, K> {
        #[pin]
        call: C,
        ticket: Option<K>,
        answer: Option<O>,
        waker: Waker,
        // The same waker, to be reset.
        listing: Arc<SlotWaker>,
    }
}

impl<C, O, K> Slots<C, O, K> {
    pub(super) fn new(ordered: bool) -> Self {
        Self {
            all: Vec::new(),
            free: Vec::new(),
            line: VecDeque::new(),
            ordered,
            wakes: Arc::default(),
            woken: Vec::new(),
        }
    }

    /// How many are under way, or have an answer that has not been given.
    pub(super) const fn busy(&self) -> usize {
        self.all.len() - self.free.len()
    }

    /// Puts a call into a free slot: `start` begins it in the `call` of the slot, which `idle` makes if there is none. It is
    /// polled once.
    pub(super) fn begin(&mut self, ticket: K, idle: impl FnOnce() -> C, start: impl FnOnce(Pin<&mut C>))
    where
        C: Answer<Output = O>,
    {
        let number = self.free.pop().unwrap_or_else(|| {
            let (listing, waker) = self.wakes.waker(self.all.len());
            self.all.push(Box::pin(Slot { call: idle(), ticket: None, answer: None, waker, listing }));
            self.all.len() - 1
        });
        let mut slot = self.all[number].as_mut().project();
        *slot.ticket = Some(ticket);
        start(slot.call.as_mut());
        if self.ordered {
            self.line.push_back(number);
        }
        self.poll_slot(number);
    }

    /// Polls all calls that have been woken. Whether any of them has ended.
    pub(super) fn poll_woken(&mut self, cx: &Context<'_>) -> bool
    where
        C: Answer<Output = O>,
    {
        let mut woken = core::mem::take(&mut self.woken);
        self.wakes.take(&mut woken, cx.waker());
        let mut moved = false;
        for number in woken.drain(..) {
            moved |= self.poll_slot(number);
        }
        self.woken = woken;
        moved
    }

    /// Whether its call has ended now.
    fn poll_slot(&mut self, number: usize) -> bool
    where
        C: Answer<Output = O>,
    {
        let slot = self.all[number].as_mut().project();
        slot.listing.reset();
        let polled = slot.call.poll_answer(&mut Context::from_waker(slot.waker));
        // A slot that has been woken late, by a waker of the call before, has nothing to say.
        let Poll::Ready(Some(answer)) = polled else { return false };
        *slot.answer = Some(answer);
        if !self.ordered {
            self.line.push_back(number);
        }
        true
    }

    /// Takes the next answer, and frees its slot.
    pub(super) fn take(&mut self) -> Option<(K, O)> {
        let number = *self.line.front()?;
        let slot = self.all[number].as_mut().project();
        let answer = slot.answer.take()?;
        let ticket = slot.ticket.take()?;
        self.line.pop_front();
        self.free.push(number);
        Some((ticket, answer))
    }
}
