//! [`unfold`]: what a closure makes of a state, and the state that it leaves.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;

use crate::call::{self, Call, Owned};

/// What `f` makes of a state, which it is given and gives back beside each item, until it gives nothing.
///
/// A state that is only lent is shorter to write: [`from_fn_with`](super::from_fn_with). This one may be of an enum whose variants
/// hold different things.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, unfold};
///
/// let down = unfold(3, async |left: u8| Some((left, left.checked_sub(1)?)));
/// assert_eq!(pollster::block_on(down.collect::<Vec<_>>()), [3, 2, 1]);
/// ```
pub const fn unfold<St, T, F, Fut>(start: St, f: F) -> Unfold<St, Owned<F, Fut>>
where
    F: AsyncFnMut(St) -> Option<(T, St)> + FnMut(St) -> Fut,
    Fut: Future<Output = Option<(T, St)>>,
{
    Unfold { call: call::owned(f), state: Some(start) }
}

pin_project! {
    /// The stream of [`unfold`].
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, with the state. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on, and takes the state with it: polled again, the stream has ended.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::call::Call;
    /// use onpar_iter::source::Unfold;
    ///
    /// fn numbers() -> Unfold<u8, impl Call<u8, Output = Option<(u8, u8)>>> {
    ///     onpar_iter::unfold(0, async |n: u8| Some((n, n.checked_add(1)?)))
    /// }
    /// # let _ = numbers();
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct Unfold<St, C> {
        #[pin]
        call: C,
        // `None` while the call has it, and at the end.
        state: Option<St>,
    }
}

impl<St, T, C: Call<St, Output = Option<(T, St)>>> Stream for Unfold<St, C> {
    type Item = T;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        let mut this = self.project();
        let answer = match (ready!(this.call.as_mut().poll(cx)), this.state.take()) {
            (Some(answer), _) => answer,
            (None, Some(state)) => ready!(this.call.call(state, cx)),
            (None, None) => return Poll::Ready(None),
        };
        Poll::Ready(answer.map(|(item, state)| {
            *this.state = Some(state);
            item
        }))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(0).filter(|_| self.is_terminated()))
    }
}

impl<St, T, C: Call<St, Output = Option<(T, St)>>> FusedStream for Unfold<St, C> {
    fn is_terminated(&self) -> bool {
        self.state.is_none() && !self.call.is_running()
    }
}
