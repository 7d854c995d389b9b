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

/// So many members are all polled whenever one is woken. futures' `join_all` draws the line here too. At 30 members, knowing
/// who was woken takes half the instructions where they are woken one after another, and half as many again where all are
/// ready together (`cargo xtask callgrind join_1000 join_1000_woken`, with as many members and either strategy).
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

/// All members, by position.
#[inline]
fn each<T>(slots: Pin<&mut [T]>) -> impl ExactSizeIterator<Item = Pin<&mut T>> {
    // SAFETY: nothing is moved out of the slice, see below.
    let slots = unsafe { slots.get_unchecked_mut() };
    // SAFETY: as in `nth`.
    slots.iter_mut().map(|slot| unsafe { Pin::new_unchecked(slot) })
}

impl<S> Many<S> {
    pub(crate) fn new(slots: S, len: usize) -> Self {
        Self { slots, wakers: None, left: len }
    }

    /// Whether no member is left to run.
    pub(crate) fn is_over(&self) -> bool {
        self.left == 0
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
        let mut turn = |position: usize, member: Pin<&mut Member<F, K>>, cx: &mut Context<'_>| {
            if let Turn::Ended = member.poll(position, referee, turns, cx) {
                *left -= 1;
                if referee.is_settled() {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        };
        if len <= FEW {
            let _ = each(slots).enumerate().try_for_each(|(position, member)| turn(position, member, cx));
        } else {
            let wakers = this.wakers.get_or_insert_with(|| Wakers::new(len));
            wakers.sweep(cx.waker(), |position, cx| turn(position, nth(slots.as_mut(), position), cx));
        }
        if *left == 0 { Poll::Ready(()) } else { Poll::Pending }
    }

    fn cut_members(self: Pin<&mut Self>, branches: &mut Branches, reason: impl Fn(usize) -> ExitReason) {
        for (position, member) in each(self.project().slots.all()).enumerate() {
            member.cut(position, branches, reason(position));
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

    #[inline]
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

    #[inline]
    fn poll(self: Pin<&mut Self>, referee: &mut R, turns: &mut impl Turns, cx: &mut Context<'_>) -> Poll<()> {
        self.poll_members(referee, turns, cx)
    }

    #[inline]
    fn take(self: Pin<&mut Self>) -> Self::Kept {
        each(self.project().slots.all()).map(Member::take).collect()
    }

    fn cut(self: Pin<&mut Self>, branches: &mut Branches, reason: impl Fn(usize) -> ExitReason) {
        self.cut_members(branches, reason);
    }
}
