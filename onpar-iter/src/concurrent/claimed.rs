//! [`Claimed`]: a stage that knows which of its items have not been worked on to their end.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::Stage;
use super::claims::{Claim, Claims};
use super::stage::Sealed;

pin_project! {
    /// A stage that keeps a copy of each item until it has been worked on to its end: that of
    /// [`on_unfinished`](super::Concurrent::on_unfinished).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::concurrent::{Claimed, Concurrent, Source};
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, Iter, limit};
    ///
    /// type Items = Source<Iter<std::ops::Range<u8>>>;
    ///
    /// let pipeline: Concurrent<Claimed<Items, u8, fn(u8)>> =
    ///     (0..3).into_async_iter().concurrent(limit!(2)).on_unfinished(|item| println!("{item} is left"));
    /// ```
    pub struct Claimed<P, T, F: FnMut(T)> {
        claims: Claims<T, F>,
        #[pin]
        before: P,
    }
}

impl<P, T, F: FnMut(T)> Claimed<P, T, F> {
    pub(super) const fn new(before: P, unfinished: F) -> Self {
        Self { claims: Claims::new(unfinished), before }
    }
}

impl<P, T, F: FnMut(T)> Sealed for Claimed<P, T, F> {}

impl<P: Stage<Item = T>, T: Clone, F: FnMut(T)> Stage for Claimed<P, T, F> {
    type Item = T;
    type Ticket = (P::Ticket, Claim);

    #[inline]
    fn drive(self: Pin<&mut Self>, cx: &mut Context<'_>) {
        self.project().before.drive(cx);
    }

    #[inline]
    fn pull(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<(Self::Ticket, T)>> {
        let this = self.project();
        this.before.pull(cx, room).map(|item| {
            let (ticket, item) = item?;
            Some(((ticket, this.claims.claim(item.clone())), item))
        })
    }

    #[inline]
    fn finish(self: Pin<&mut Self>, (ticket, claim): Self::Ticket) {
        let this = self.project();
        this.claims.finish(claim);
        this.before.finish(ticket);
    }
}

impl<P: fmt::Debug, T, F: FnMut(T)> fmt::Debug for Claimed<P, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claimed").field("before", &self.before).field("claims", &self.claims).finish()
    }
}
