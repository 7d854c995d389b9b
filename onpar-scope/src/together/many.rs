//! [`Many`]: the members of an array or a `Vec`.
//!
//! To poll a member that has nothing to do costs a few instructions, and to know that it has nothing to do costs an
//! allocation and a waker of its own. So few members are all polled, and of more than [`FEW`] only those that were woken.
#![expect(unsafe_code, reason = "the pinned elements of a pinned slice")]

use core::array;
use core::ops::ControlFlow;
use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::ExitReason;
use pin_project_lite::pin_project;

use super::member::{Member, Turn};
use super::wakers::Wakers;
use super::{Judges, Members, Turns};
use crate::engine::branch::Branches;

/// So many members are all polled whenever one is woken. From about here on, knowing who was woken is worth its waker.
pub(crate) const FEW: usize = 30;

pin_project! {
    /// The members of an array or a `Vec`.
    #[doc(hidden)]
    pub struct Many<S> {
        #[pin]
        slots: S,
        // Made at the first poll.
        wakers: Option<Wakers>,
        // How many have not ended.
        left: usize,
    }
}

/// Where the members are.
#[doc(hidden)]
pub trait Slots {
    /// One of them.
    type Slot;

    /// All of them.
    fn all(self: Pin<&mut Self>) -> Pin<&mut [Self::Slot]>;
}

impl<T, const N: usize> Slots for [T; N] {
    type Slot = T;

    #[inline]
    fn all(self: Pin<&mut Self>) -> Pin<&mut [T]> {
        // SAFETY: a pinned array's elements are pinned: nothing moves them out of this slice, and an array has no `Drop`.
        unsafe { self.map_unchecked_mut(|array| array.as_mut_slice()) }
    }
}

impl<T> Slots for Pin<Box<[T]>> {
    type Slot = T;

    #[inline]
    fn all(self: Pin<&mut Self>) -> Pin<&mut [T]> {
        self.get_mut().as_mut()
    }
}

/// The member of this position.
#[inline]
fn nth<T>(slots: Pin<&mut [T]>, position: usize) -> Pin<&mut T> {
    // SAFETY: a pinned slice's elements are pinned: nobody moves one, and a slice has no `Drop`.
    unsafe { slots.map_unchecked_mut(|slots| &mut slots[position]) }
}

impl<S> Many<S> {
    pub(crate) fn new(slots: S, len: usize) -> Self {
        Self { slots, wakers: None, left: len }
    }
}

impl<S, F, K> Many<S>
where
    S: Slots<Slot = Member<F, K>>,
    F: Future,
{
    #[inline]
    fn poll_members<R>(self: Pin<&mut Self>, referee: &mut R, turns: &mut impl Turns, cx: &mut Context<'_>) -> Poll<()>
    where
        R: Judges<F::Output, Kept = K>,
    {
        let this = self.project();
        let (mut slots, left) = (this.slots.all(), this.left);
        let len = slots.len();
        let mut poll = |position: usize, cx: &mut Context<'_>| {
            if let Turn::Ended = nth(slots.as_mut(), position).poll(position, referee, turns, cx) {
                *left -= 1;
                if referee.is_settled() {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        };
        if len <= FEW {
            let _ = (0..len).try_for_each(|position| poll(position, cx));
        } else {
            this.wakers.get_or_insert_with(|| Wakers::new(len)).sweep(cx.waker(), poll);
        }
        if *left == 0 { Poll::Ready(()) } else { Poll::Pending }
    }

    fn cut_members(self: Pin<&mut Self>, branches: &mut Branches, reason: impl Fn(usize) -> ExitReason) {
        let mut slots = self.project().slots.all();
        for position in 0..slots.len() {
            nth(slots.as_mut(), position).cut(position, branches, reason(position));
        }
    }
}

impl<R, F, const N: usize> Members<R> for Many<[Member<F, R::Kept>; N]>
where
    R: Judges<F::Output>,
    F: Future,
{
    type Kept = [R::Kept; N];

    #[inline]
    fn poll(self: Pin<&mut Self>, referee: &mut R, turns: &mut impl Turns, cx: &mut Context<'_>) -> Poll<()> {
        self.poll_members(referee, turns, cx)
    }

    fn take(self: Pin<&mut Self>) -> Self::Kept {
        let mut slots = self.project().slots.all();
        array::from_fn(|position| nth(slots.as_mut(), position).take())
    }

    fn cut(self: Pin<&mut Self>, branches: &mut Branches, reason: impl Fn(usize) -> ExitReason) {
        self.cut_members(branches, reason);
    }
}

impl<R, F> Members<R> for Many<Pin<Box<[Member<F, R::Kept>]>>>
where
    R: Judges<F::Output>,
    F: Future,
{
    type Kept = Vec<R::Kept>;

    fn poll(self: Pin<&mut Self>, referee: &mut R, turns: &mut impl Turns, cx: &mut Context<'_>) -> Poll<()> {
        self.poll_members(referee, turns, cx)
    }

    fn take(self: Pin<&mut Self>) -> Self::Kept {
        let mut slots = self.project().slots.all();
        (0..slots.len()).map(|position| nth(slots.as_mut(), position).take()).collect()
    }

    fn cut(self: Pin<&mut Self>, branches: &mut Branches, reason: impl Fn(usize) -> ExitReason) {
        self.cut_members(branches, reason);
    }
}
