//! [`InTurn`]: the last stage of a pipeline whose closure changes something, and so is called for one item after another.
//!
//! The closure lends what it changes to its future, so there is one call at a time, which stands in place. The stages before
//! go on meanwhile, each up to its own limit. It comes last, where there is room for whatever it gives.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::Stage;
use super::stage::Sealed;
use crate::call::Call;

pin_project! {
    /// A stage of a pipeline that calls a closure for one item after another: that of
    /// [`for_each_mut`](super::Concurrent::for_each_mut) and its kin.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, limit};
    ///
    /// let mut sum = 0;
    /// let pipeline = (0..3).into_async_iter().concurrent(limit!(2)).for_each_mut(async |n| sum += n);
    /// assert!(format!("{pipeline:?}").contains("InTurn"));
    /// ```
    pub struct InTurn<P, C, K> {
        #[pin]
        call: C,
        // That of the item of the call, while one is under way.
        ticket: Option<K>,
        #[pin]
        before: P,
        ended: bool,
    }
}

impl<P, C, K> InTurn<P, C, K> {
    pub(super) const fn new(before: P, call: C) -> Self {
        Self { call, ticket: None, before, ended: false }
    }
}

impl<P, C, K> Sealed for InTurn<P, C, K> {}

impl<P, C, K> Stage for InTurn<P, C, K>
where
    P: Stage<Ticket = K>,
    C: Call<P::Item>,
{
    type Item = C::Output;
    type Ticket = K;

    fn drive(self: Pin<&mut Self>, cx: &mut Context<'_>) {
        self.project().before.drive(cx);
    }

    fn pull(self: Pin<&mut Self>, cx: &mut Context<'_>, _room: bool) -> Poll<Option<(K, C::Output)>> {
        let mut this = self.project();
        if let Poll::Ready(Some(answer)) = this.call.as_mut().poll(cx)
            && let Some(ticket) = this.ticket.take()
        {
            return Poll::Ready(Some((ticket, answer)));
        }
        while !*this.ended {
            // The stage before begins what it can also while a call is under way.
            match this.before.as_mut().pull(cx, this.ticket.is_none()) {
                Poll::Ready(Some((ticket, item))) => match this.call.as_mut().call(item, cx) {
                    Poll::Ready(answer) => return Poll::Ready(Some((ticket, answer))),
                    Poll::Pending => *this.ticket = Some(ticket),
                },
                Poll::Ready(None) => *this.ended = true,
                Poll::Pending => return Poll::Pending,
            }
        }
        if this.ticket.is_some() { Poll::Pending } else { Poll::Ready(None) }
    }

    fn finish(self: Pin<&mut Self>, ticket: K) {
        self.project().before.finish(ticket);
    }
}

impl<P: fmt::Debug, C, K> fmt::Debug for InTurn<P, C, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InTurn")
            .field("before", &self.before)
            .field("busy", &self.ticket.is_some())
            .finish_non_exhaustive()
    }
}
