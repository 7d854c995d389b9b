//! [`MapWindows`]: what a closure gives for each few neighbours.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::Stream;
use pin_project_lite::pin_project;

use super::window::Window;
use crate::call::Call;

pin_project! {
    /// The stream of [`map_windows`](crate::AsyncItertools::map_windows). The items are lent, and so need not be cloned.
    ///
    /// # Cancel safety
    ///
    /// Dropped, it drops the call that is under way, and the items of the window. Not being polled loses nothing.
    ///
    /// # Panics
    ///
    /// A panic of the closure passes on. The items of the window are lost; polled again, the stream fills the next one.
    ///
    /// # Examples
    ///
    /// ```
    /// use onpar_iter::{AsyncItertools, AsyncIterator, IntoAsyncIterator};
    ///
    /// let words = ["to", "be", "or"].map(String::from);
    /// let pairs = words.into_async_iter().map_windows(async |[a, b]| format!("{a} {b}"));
    /// assert_eq!(pollster::block_on(pairs.collect::<Vec<_>>()), ["to be", "be or"]);
    /// ```
    #[derive(Debug)]
    #[must_use = "streams do nothing unless polled"]
    pub struct MapWindows<S, C, W> {
        // The call first: its future may borrow what the stream lends.
        #[pin]
        call: C,
        #[pin]
        stream: S,
        // While the call is under way, it has all of them.
        window: W,
    }
}

impl<S, T, C, const N: usize> MapWindows<S, C, Window<T, N>> {
    pub(crate) const fn new(stream: S, call: C) -> Self {
        Self { call, stream, window: Window::new() }
    }
}

impl<T, R, S, C, const N: usize> Stream for MapWindows<S, C, Window<T, N>>
where
    S: Stream<Item = T>,
    C: Call<[T; N], Output = ([T; N], R)>,
{
    type Item = R;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<R>> {
        let mut this = self.project();
        // What the call that was under way has given, or the one that the next items make.
        let mut given = ready!(this.call.as_mut().poll(cx));
        loop {
            if let Some((window, output)) = given {
                for item in window.into_iter().skip(1) {
                    this.window.push(item);
                }
                return Poll::Ready(Some(output));
            }
            let Some(item) = ready!(this.stream.as_mut().poll_next(cx)) else { return Poll::Ready(None) };
            if let Some(window) = this.window.push(item) {
                given = Some(ready!(this.call.as_mut().call(window, cx)));
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let running = self.call.is_running();
        // How many more items make the next window, but for one that is the last of it.
        let before = if running { 0 } else { N - 1 - self.window.len() };
        let of = |items: usize| items.saturating_sub(before);
        let (lower, upper) = self.stream.size_hint();
        let running = usize::from(running);
        (of(lower).saturating_add(running), upper.and_then(|upper| of(upper).checked_add(running)))
    }
}
