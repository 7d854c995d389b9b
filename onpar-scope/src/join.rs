//! [`join`]: waits for all of several futures.

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::together::all::{All, Untold};
use crate::together::{Container, Members};

/// Polls several futures together, in one task, and gives their outputs when all have ended: a tuple for a tuple of up to
/// twelve, an array for an array, a `Vec` for a `Vec`. [`join_all`](crate::join_all) takes any iterator.
///
/// It owns the futures: all of them are polled on, whatever each of them waits for, until it ends or is dropped. A member is
/// dropped when it ends, and its output is kept.
///
/// A poll polls each member at most once, in order of position; a member that wakes itself lets the executor go on. Of more
/// than 30 members, only those that have been woken are polled. A tuple, or an array of up to 30, allocates nothing; a larger
/// array once, for all wakers; a `Vec` once more for the members, and once for the outputs.
///
/// It is no scope: guards that its members drop belong to the scope around it, and are not waited for here.
///
/// # Cancel safety
///
/// Dropping it drops its members where they stand, and the outputs of those that have ended.
///
/// # Panics
///
/// A panic of a member passes on at once, and the others are dropped with the join; the scope around it cleans them up.
///
/// # Examples
///
/// ```
/// use onpar_scope::join;
///
/// # pollster::block_on(async {
/// async fn length(word: &str) -> usize { word.len() }
///
/// assert_eq!(join((length("one"), async { 'x' })).await, (3, 'x'));
/// assert_eq!(join(["one", "three"].map(length)).await, [3, 5]);
/// # });
/// ```
pub fn join<M>(members: M) -> Join<M>
where
    M: IntoJoin, // an event loop becomes a future by `.run()`
{
    Join::new(members.into_members())
}

/// What can be [joined](join()): a tuple, an array or a `Vec` of futures.
///
/// # Examples
///
/// ```
/// use onpar_scope::{IntoJoin, Join, join};
///
/// fn both<A: Future, B: Future>(a: A, b: B) -> Join<(A, B)> {
///     join((a, b))
/// }
/// fn named<M: IntoJoin>(name: &str, members: M) -> Join<M> {
///     println!("{name}");
///     join(members)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be joined",
    label = "this is no tuple, array or `Vec` of futures",
    note = "write `join((a, b))` for two futures, and `join_all(iterator)` for those of an iterator"
)]
pub trait IntoJoin: Container + Sized {
    /// The outputs.
    type Output;
    #[doc(hidden)]
    type Members: Members<All, Kept = Self::Output>;
    #[doc(hidden)]
    fn into_members(self) -> Self::Members;
}

pin_project! {
    /// The future of [`join`] and [`join_all`](crate::join_all). What its members are says `M`; `G` follows from that.
    ///
    /// # Cancel safety
    ///
    /// As [`join`] says: dropping it drops its members and the outputs that it holds.
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct Join<M: IntoJoin, G = <M as IntoJoin>::Members> {
        #[pin]
        members: G,
        _of: PhantomData<fn() -> M>,
    }
}

impl<M: IntoJoin> Join<M> {
    pub(crate) fn new(members: M::Members) -> Self {
        Self { members, _of: PhantomData }
    }
}

impl<M: IntoJoin> Future for Join<M> {
    type Output = M::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<M::Output> {
        let mut members = self.project().members;
        ready!(members.as_mut().poll(&mut All, &mut Untold, cx));
        Poll::Ready(members.take())
    }
}

impl<M: IntoJoin> fmt::Debug for Join<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Join").finish_non_exhaustive()
    }
}
