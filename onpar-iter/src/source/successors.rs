//! [`successors`]: an item, and what a closure makes of each for the next one.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;

use crate::call::{self, Call, Ref};

/// The first item, and then what `f` makes of each, until it makes nothing.
///
/// As in std, an item is given when the next one is known: `f` is lent it to make that.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, successors};
///
/// let powers = successors(Some(1_u8), async |n| n.checked_mul(4));
/// assert_eq!(pollster::block_on(powers.collect::<Vec<_>>()), [1, 4, 16, 64]);
/// ```
pub const fn successors<'x, T, F, Fut>(first: Option<T>, f: F) -> Successors<T, Ref<T, F, Fut>>
where
    T: 'x,
    F: AsyncFnMut(&T) -> Option<T> + FnMut(&'x T) -> Fut,
    Fut: Future<Output = Option<T>>,
{
    Successors { call: call::by_ref(f), next: first }
}

pin_project! {
    /// The stream of [`successors`].
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, with its item. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. Its item is lost, and so are all that would follow: polled again, the stream has ended.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::call::Call;
    /// use onpar_iter::source::Successors;
    ///
    /// fn ones() -> Successors<u8, impl Call<u8, Output = (u8, Option<u8>)>> {
    ///     onpar_iter::successors(Some(1), async |_| Some(1))
    /// }
    /// # let _ = ones();
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Successors<T, C> {
        #[pin]
        call: C,
        // `None` while the call has it, and at the end.
        next: Option<T>,
    }
}

impl<T, C: Call<T, Output = (T, Option<T>)>> Stream for Successors<T, C> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut this = self.project();
        let answer = match (ready!(this.call.as_mut().poll(cx)), this.next.take()) {
            (Some(answer), _) => answer,
            (None, Some(item)) => ready!(this.call.call(item, cx)),
            (None, None) => return Poll::Ready(None),
        };
        let (item, next) = answer;
        *this.next = next;
        Poll::Ready(Some(item))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.is_terminated() { (0, Some(0)) } else { (1, None) }
    }
}

impl<T, C: Call<T, Output = (T, Option<T>)>> FusedStream for Successors<T, C> {
    fn is_terminated(&self) -> bool {
        self.next.is_none() && !self.call.is_running()
    }
}
