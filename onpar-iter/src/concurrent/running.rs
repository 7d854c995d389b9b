//! [`Running`]: a stage that calls a closure for each item, up to a limit of them at once.

use core::fmt;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::Stage;
use super::slots::Slots;
use super::stage::Sealed;
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

impl<P, F, C, O, K, R> Sealed for Running<P, F, C, O, K, R> {}

impl<P, F, C, O, K, R> Stage for Running<P, F, C, O, K, R>
where
    P: Stage<Ticket = K>,
    C: Shared<F, P::Item> + Answer<Output = O>,
    R: Step<O>,
{
    type Item = R::Output;
    type Ticket = K;

    fn drive(self: Pin<&mut Self>, cx: &mut Context<'_>) {
        let this = self.project();
        this.before.drive(cx);
        this.slots.sweep(cx.waker());
    }

    fn pull(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<(K, R::Output)>> {
        let mut this = self.project();
        loop {
            let mut answer = if room { this.slots.take() } else { None };
            if answer.is_none() {
                if *this.ended {
                    return if this.slots.busy() == 0 { Poll::Ready(None) } else { Poll::Pending };
                }
                // The stage before begins what it can also when there is no room for what it gives.
                let free = this.slots.busy() < this.limit.get();
                match this.before.as_mut().pull(cx, free) {
                    Poll::Ready(Some((ticket, item))) => answer = this.slots.begin(this.f, ticket, item, room),
                    Poll::Ready(None) => *this.ended = true,
                    Poll::Pending => return Poll::Pending,
                }
            }
            if let Some((ticket, answer)) = answer {
                match this.rule.step(answer) {
                    Verdict::Give(item) => return Poll::Ready(Some((ticket, item))),
                    Verdict::Skip | Verdict::End => this.before.as_mut().finish(ticket),
                }
            }
        }
    }

    #[inline]
    fn finish(self: Pin<&mut Self>, ticket: K) {
        self.project().before.finish(ticket);
    }

    fn finish_rest(self: Pin<&mut Self>) {
        let mut this = self.project();
        while let Some((ticket, _)) = this.slots.take() {
            this.before.as_mut().finish(ticket);
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
