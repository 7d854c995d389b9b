//! [`try_unfold`]: what a closure, which may fail, makes of a state, and the state that it leaves.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;

use crate::call::{self, Call, Owned};

/// What `f` makes of a state, which it is given and gives back beside each item, until it gives nothing or an error, which is
/// then the last item.
///
/// # Examples
///
/// ```
/// use onpar_iter::{AsyncIterator, try_unfold};
///
/// let pages = try_unfold(1, async |page| match page {
///     3 => Err("no such page"),
///     page => Ok(Some((format!("page {page}"), page + 1))),
/// });
/// let pages = pollster::block_on(pages.collect::<Vec<_>>());
/// assert_eq!(pages, [Ok("page 1".into()), Ok("page 2".into()), Err("no such page")]);
/// ```
pub const fn try_unfold<St, T, E, F, Fut>(start: St, f: F) -> TryUnfold<St, Owned<F, Fut>>
where
    F: AsyncFnMut(St) -> Result<Option<(T, St)>, E> + FnMut(St) -> Fut,
    Fut: Future<Output = Result<Option<(T, St)>, E>>,
{
    TryUnfold { call: call::owned(f), state: Some(start) }
}

pin_project! {
    /// The stream of [`try_unfold`].
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
    /// use onpar_iter::source::TryUnfold;
    ///
    /// fn numbers() -> TryUnfold<u8, impl Call<u8, Output = Result<Option<(u8, u8)>, &'static str>>> {
    ///     onpar_iter::try_unfold(0, async |n: u8| Ok(Some((n, n.checked_add(1).ok_or("too many")?))))
    /// }
    /// # let _ = numbers();
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct TryUnfold<St, C> {
        #[pin]
        call: C,
        // `None` while the call has it, and at the end.
        state: Option<St>,
    }
}

impl<St, T, E, C: Call<St, Output = Result<Option<(T, St)>, E>>> Stream for TryUnfold<St, C> {
    type Item = Result<T, E>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<T, E>>> {
        let mut this = self.project();
        let answer = match (ready!(this.call.as_mut().poll(cx)), this.state.take()) {
            (Some(answer), _) => answer,
            (None, Some(state)) => ready!(this.call.call(state, cx)),
            (None, None) => return Poll::Ready(None),
        };
        let answer = answer.map(|more| {
            more.map(|(item, state)| {
                *this.state = Some(state);
                item
            })
        });
        Poll::Ready(answer.transpose())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(0).filter(|_| self.is_terminated()))
    }
}

impl<St, T, E, C: Call<St, Output = Result<Option<(T, St)>, E>>> FusedStream for TryUnfold<St, C> {
    fn is_terminated(&self) -> bool {
        self.state.is_none() && !self.call.is_running()
    }
}
