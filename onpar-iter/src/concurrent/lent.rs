//! [`Lent`]: a stage that lends its items, and knows which of them have not been worked on to their end.

use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::Stage;
use super::claims::{Claim, Claims};
use super::stage::Sealed;
use crate::call::Loan;

pin_project! {
    /// A stage that keeps each item until it has been worked on to its end, and lends it: that of
    /// [`on_unfinished_lent`](super::Concurrent::on_unfinished_lent).
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::concurrent::{Lending, Lent, Source};
    /// use onpar_iter::{AsyncIterator, IntoAsyncIterator, Iter, limit};
    ///
    /// type Items = Source<Iter<std::ops::Range<u8>>>;
    ///
    /// let pipeline: Lending<Lent<Items, u8, fn(u8)>> =
    ///     (0..3).into_async_iter().concurrent(limit!(2)).on_unfinished_lent(|item| println!("{item} is left"));
    /// ```
    pub struct Lent<P, T, F: FnMut(T)> {
        claims: Claims<T, F>,
        #[pin]
        before: P,
    }
}

impl<P, T, F: FnMut(T)> Lent<P, T, F> {
    pub(super) const fn new(before: P, unfinished: F) -> Self {
        Self { claims: Claims::new(unfinished), before }
    }
}

impl<P, T, F: FnMut(T)> Sealed for Lent<P, T, F> {}

impl<P: Stage<Item = T>, T, F: FnMut(T)> Stage for Lent<P, T, F> {
    type Item = Loan<T>;
    type Ticket = (P::Ticket, Claim);

    #[inline]
    fn drive(self: Pin<&mut Self>, cx: &mut Context<'_>) {
        self.project().before.drive(cx);
    }

    #[inline]
    fn pull(self: Pin<&mut Self>, cx: &mut Context<'_>, room: bool) -> Poll<Option<(Self::Ticket, Loan<T>)>> {
        let this = self.project();
        this.before.pull(cx, room).map(|item| {
            let (ticket, item) = item?;
            let (claim, loan) = this.claims.claim_and_lend(item);
            Some(((ticket, claim), loan))
        })
    }

    #[inline]
    fn finish(self: Pin<&mut Self>, (ticket, claim): Self::Ticket) {
        let this = self.project();
        this.claims.finish(claim);
        this.before.finish(ticket);
    }
}

impl<P: fmt::Debug, T, F: FnMut(T)> fmt::Debug for Lent<P, T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lent").field("before", &self.before).field("claims", &self.claims).finish()
    }
}
