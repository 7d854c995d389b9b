//! [`Running`]: a stage that calls a closure for each item, up to a limit of them at once.

use core::fmt;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::slots::Slots;
use super::{Stage, Ticket};
use crate::adapt::{Step, Verdict};
use crate::call::{Answer, Shared};

/// The rule of a stage that gives what its closure gives.
///
/// # Examples
///
/// ```
/// use onpar_iter::adapt::{Step, Verdict};
/// use onpar_iter::concurrent::Every;
///
/// assert_eq!(Every.step(1), Verdict::Give(1));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Every;

impl<T> Step<T> for Every {
    type Output = T;

    #[inline]
    fn step(&mut self, item: T) -> Verdict<T> {
        Verdict::Give(item)
    }

    fn size_hint(&self, items: (usize, Option<usize>)) -> (usize, Option<usize>) {
        items
    }
}

pin_project! {
    /// A stage of a pipeline: calls of a closure, a limited number of them at once.
    ///
    /// An item counts from when it was taken from the stage before until it is given to the stage behind, so no more than the
    /// limit of them are begun and not passed on.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// let pipeline = (0..3).into_async_iter().concurrent(limit!(2)).map(async |n| n * 2);
    /// assert!(format!("{pipeline:?}").contains("Running"));
    /// ```
    pub struct Running<P, F, C, O, K, R> {
        // The calls first: their futures may borrow what the stage before lends.
        slots: Slots<C, O, K>,
        #[pin]
        before: P,
        ended: bool,
        f: F,
        rule: R,
        limit: NonZero<usize>,
    }
}

impl<P, F, C, O, K, R> Running<P, F, C, O, K, R> {
    pub(super) fn new(before: P, f: F, rule: R, limit: NonZero<usize>, ordered: bool) -> Self {
        Self { slots: Slots::new(ordered), before, ended: false, f, rule, limit }
    }
}

impl<P, F, C, O, K, R> Stage for Running<P, F, C, O, K, R>
where
    P: Stage<Ticket = K>,
    C: Shared<F, P::Item> + Answer<Output = O>,
    K: Ticket,
    R: Step<O>,
{
    type Item = R::Output;
    type Ticket = K;

    fn poll_stage(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<(K, R::Output)>> {
        let mut this = self.project();
        loop {
            let mut moved = this.slots.poll_woken(cx);
            // The stage before is driven also when there is no room for what it gives.
            while !*this.ended {
                let free = this.slots.busy() < this.limit.get();
                match this.before.as_mut().poll_stage(cx, free) {
                    Poll::Ready(Some((ticket, item))) => {
                        moved = true;
                        this.slots.begin(ticket, C::idle, |call| call.start_by(this.f, item));
                    }
                    Poll::Ready(None) => *this.ended = true,
                    Poll::Pending => break,
                }
            }
            while room && let Some((ticket, answer)) = this.slots.take() {
                moved = true;
                match this.rule.step(answer) {
                    Verdict::Give(item) => return Poll::Ready(Some((ticket, item))),
                    Verdict::Skip | Verdict::End => ticket.finish(),
                }
            }
            if *this.ended && this.slots.busy() == 0 {
                return Poll::Ready(None);
            }
            if !moved {
                return Poll::Pending;
            }
        }
    }
}

impl<P: fmt::Debug, F, C, O, K, R> fmt::Debug for Running<P, F, C, O, K, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Running");
        debug.field("before", &self.before).field("busy", &self.slots.busy()).field("limit", &self.limit);
        debug.finish_non_exhaustive()
    }
}
