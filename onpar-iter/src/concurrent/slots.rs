//! `Slots`: the calls of a stage that are under way, and their answers that have not been given.
//!
//! A slot is on the heap, pinned, and is used again for one item after another; there are as many as have been busy at the
//! same time. `line` says in which order the answers are given: the slots in the order in which their calls began, or, where
//! order does not matter, in which they ended. A call that is ready at once, and next in line, does not even stand in it.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use pin_project_lite::pin_project;

use crate::call::{Answer, Shared};
use crate::together::ready::BITS;
use crate::together::wakers::Rows;

/// After so many calls that yield, the task yields.
const YIELDS_A_POLL: usize = 128;

pub(super) struct Slots<C, O, K> {
    all: Vec<Pin<Box<Slot<C, O, K>>>>,
    /// Those with nothing in them.
    free: Vec<usize>,
    /// Those whose answers are given next.
    line: VecDeque<usize>,
    ordered: bool,
    rows: Rows,
    /// Those that have been woken and not been polled: rows, and their bits.
    woken: Vec<(usize, usize)>,
}

pin_project! {
    struct Slot<C, O, K> {
        #[pin]
        call: C,
        ticket: Option<K>,
        answer: Option<O>,
    }
}

impl<C, O, K> Slots<C, O, K> {
    pub(super) fn new(ordered: bool) -> Self {
        Self { all: Vec::new(), free: Vec::new(), line: VecDeque::new(), ordered, rows: Rows::new(), woken: Vec::new() }
    }

    /// How many are under way, or have an answer that has not been given.
    pub(super) const fn busy(&self) -> usize {
        self.all.len() - self.free.len()
    }
}

impl<C: Answer<Output = O>, O, K> Slots<C, O, K> {
    /// Begins a call of `f`, in a free slot, and polls it. Its answer, if it is there at once, and may `pass` those that are
    /// not.
    #[inline]
    pub(super) fn begin<F, T>(&mut self, f: &mut F, ticket: K, item: T, pass: bool) -> Option<(K, O)>
    where
        C: Shared<F, T>,
    {
        let number = match self.free.last() {
            Some(number) => *number,
            None => self.grow(),
        };
        let slot = self.all[number].as_mut().project();
        let waker = self.rows.waker(number);
        let answer = match slot.call.call_by(f, item, &mut Context::from_waker(&waker)) {
            Poll::Ready(answer) if pass && (!self.ordered || self.line.is_empty()) => return Some((ticket, answer)),
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        };
        *slot.ticket = Some(ticket);
        self.free.pop();
        if self.ordered || answer.is_some() {
            self.line.push_back(number);
        }
        *slot.answer = answer;
        None
    }

    /// Makes one slot more, which is free.
    #[cold]
    fn grow<F, T>(&mut self) -> usize
    where
        C: Shared<F, T>,
    {
        let number = self.all.len();
        if self.rows.capacity() <= number {
            self.rows.grow();
        }
        self.all.push(Box::pin(Slot { call: C::idle(), ticket: None, answer: None }));
        self.free.push(number);
        number
    }

    /// Polls all calls that have been woken; `task` is woken for those that will be.
    ///
    /// Calls that are pending and woken again at once let others run. When too many have, so does this: those that have not
    /// been polled come first in the next poll. (Where a runtime has told its resources to be pending for a while, as tokio
    /// does it, polling all of them would take quadratic time.)
    pub(super) fn sweep(&mut self, task: &Waker) {
        let Self { all, line, ordered, rows, woken, .. } = self;
        // Those that are left from the last time stand at the end, and so come first.
        let left = woken.len();
        rows.take_woken(|row, slots| woken.push((row, slots)));
        woken.rotate_left(left);
        rows.sleep(task);
        let mut yields = 0;
        while let Some((row, slots)) = woken.last_mut() {
            let number = *row * BITS + slots.trailing_zeros() as usize;
            *slots &= *slots - 1;
            if *slots == 0 {
                woken.pop();
            }
            let slot = all[number].as_mut().project();
            match slot.call.poll_answer(&mut Context::from_waker(&rows.waker(number))) {
                Poll::Ready(Some(answer)) => {
                    *slot.answer = Some(answer);
                    if !*ordered {
                        line.push_back(number);
                    }
                }
                // It has been woken late, by a waker of the call before.
                Poll::Ready(None) => {}
                Poll::Pending => {
                    yields += usize::from(rows.is_woken(number));
                    if yields == YIELDS_A_POLL {
                        task.wake_by_ref();
                        break;
                    }
                }
            }
        }
    }

    /// Takes the next answer, and frees its slot.
    #[inline]
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
