//! [`Members`]: streams that take turns; and what a turn can be.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;

/// What became of a member in its turn.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn<T> {
    /// It gave this, and may have more.
    Gave(T),
    /// It brought this member along, and wants another turn at once.
    Brought(usize),
    /// It waits to be woken.
    Pending,
    /// It has ended, now or before, and has been dropped.
    Over,
}

/// The members of a tuple, an array or a `Vec`. One that has ended has been dropped.
#[doc(hidden)]
pub trait Members {
    /// What they give.
    type Item;

    /// Polls members in rotation, each at most once, until one gives an item: that item, and the member's position. `None`
    /// when all have ended.
    fn poll_in_turn(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<(usize, Self::Item)>>;

    /// The rotation begins with the first position again.
    fn restart(self: Pin<&mut Self>);

    /// Polls this member alone.
    fn poll_member(self: Pin<&mut Self>, position: usize, cx: &mut Context<'_>) -> Turn<Self::Item>;

    /// Drops all members but this one.
    fn keep(self: Pin<&mut Self>, position: usize);

    /// The size hints of all members that have not ended.
    fn hints(&self, each: impl FnMut((usize, Option<usize>)));
}

/// A place of a member, which is empty when the member has ended.
pub(super) type Place<S> = Option<S>;

/// The turn of the member at a place.
#[inline]
pub(super) fn turn<S: Stream>(place: Pin<&mut Place<S>>, cx: &mut Context<'_>) -> Turn<S::Item> {
    turn_or_end(place, cx, || {})
}

/// The turn of the member at a place. If it ends in this turn, `end` is called before it is dropped, which may panic. It is
/// called once for each member, though turns may come after that: a waker may outlive its member.
#[inline]
pub(super) fn turn_or_end<S: Stream>(
    mut place: Pin<&mut Place<S>>,
    cx: &mut Context<'_>,
    end: impl FnOnce(),
) -> Turn<S::Item> {
    let Some(member) = place.as_mut().as_pin_mut() else { return Turn::Over };
    match member.poll_next(cx) {
        Poll::Ready(Some(item)) => Turn::Gave(item),
        Poll::Ready(None) => {
            end();
            place.set(None);
            Turn::Over
        }
        Poll::Pending => Turn::Pending,
    }
}

/// Gives every member a turn, beginning with `next`, until one gives an item. `next` is then the one after it.
#[inline]
pub(super) fn poll_all<T>(
    members: usize,
    next: &mut usize,
    mut poll: impl FnMut(usize) -> Turn<T>,
) -> Poll<Option<(usize, T)>> {
    let mut all_over = true;
    for _ in 0..members {
        let position = *next;
        // Before the poll: a member that panics is not the first again.
        *next = if position + 1 < members { position + 1 } else { 0 };
        match poll(position) {
            Turn::Gave(item) => return Poll::Ready(Some((position, item))),
            Turn::Over => {}
            Turn::Brought(_) | Turn::Pending => all_over = false,
        }
    }
    if all_over { Poll::Ready(None) } else { Poll::Pending }
}

/// The hint of a place.
pub(super) fn hint<S: Stream>(place: Option<&S>, mut each: impl FnMut((usize, Option<usize>))) {
    if let Some(member) = place {
        each(member.size_hint());
    }
}
