//! [`Source`]: where an arm's items come from.

use core::pin::Pin;
use core::task::{Context, Poll};

pub(crate) trait Source<'x, S> {
    type Item;

    /// Whether it rests after each item, until it is begun anew.
    const RESTS: bool = false;

    /// The next item, or `None` if there will be none.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;

    /// Begins the next work of a source that rests. False if there is nothing to do.
    fn begin(self: Pin<&mut Self>, _state: &mut S) -> bool {
        false
    }

    /// Drops what is under way.
    fn stop(self: Pin<&mut Self>);
}
