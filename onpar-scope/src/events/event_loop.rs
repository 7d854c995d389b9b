//! [`EventLoop`]: an event loop at work.
//!
//! Each poll first goes on with the handler that is running, if there is one, and then polls the sources of all arms that
//! have no item waiting. After that, handlers run one after another, as long as none of them has to wait; a source that is
//! pending is not polled again meanwhile, since it has promised to wake the loop.
//!
//! What it does with its arms it calls through two function pointers. So it is a future whatever its arms are, and a
//! compiler that has lost sight of their lifetimes, as in a task that must be `Send` (rust#110338), need not prove that
//! they fit together: `events` has proved it.
//!
//! Never to be broken: while a handler's future exists, nobody but that handler touches the state. `Board::running` is
//! `None` only when no such future exists: it is set when one has been made, before it is polled, and cleared when it has
//! been dropped.
#![expect(unsafe_code, reason = "the state is lent to one handler after another")]

use core::fmt;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use super::arms::Arms;
use super::board::Board;
use super::handled::Ended;
use super::lent::Lent;

/// How many handlers a loop begins in one poll, if none of them waits, before the executor gets control back.
///
/// So many that giving it back costs nothing to speak of, and so few that handlers which compute for long do not keep it.
const TURNS: u32 = 32;

pin_project! {
    /// The future of [`events()`](crate::events()).
    ///
    /// # Cancel safety
    ///
    /// As [`events()`](crate::events()) says: what is parked is handed out.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use onpar_scope::{Elapsed, events, timeout};
    /// # use onpar_core::Clock;
    /// # use futures::Stream;
    ///
    /// /// Counts for a second at most, or until there is a zero.
    /// async fn count(clock: impl Clock, numbers: impl Stream<Item = u32>) -> Result<u32, Elapsed> {
    ///     let mut seen = 0;
    ///     let counting = events(&mut seen)
    ///         .on(numbers, async |seen, number| {
    ///             *seen += 1;
    ///             if number == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    ///         })
    ///         .run();
    ///     timeout(&clock, std::time::Duration::from_secs(1), counting).await.map(|_| seen)
    /// }
    /// ```
    #[must_use = "futures do nothing unless you `.await` or poll them"]
    pub struct EventLoop<'x, S, A, O> {
        // `None` when it has ended.
        #[pin]
        arms: Option<A>,
        state: Lent<'x, S>,
        board: Board,
        has_begun: bool,
        work: Work<'x, S, A, O>,
        end: End<'x, S, A>,
    }

    impl<S, A, O> PinnedDrop for EventLoop<'_, S, A, O> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            if let Some(arms) = this.arms.as_pin_mut() {
                (this.end)(arms, *this.state);
            }
        }
    }
}

/// One poll. The flag says that it is the first.
type Work<'x, S, A, O> = fn(Pin<&mut A>, Lent<'x, S>, &mut Board, bool, &mut Context<'_>) -> Poll<O>;

/// Drops the running handler, and hands out what is parked.
type End<'x, S, A> = fn(Pin<&mut A>, Lent<'x, S>);

impl<'x, S, A, O> EventLoop<'x, S, A, O> {
    pub(crate) fn new(arms: A, state: Lent<'x, S>, board: Board) -> Self
    where
        A: Arms<'x, S, O>,
        O: Ended,
    {
        Self { arms: Some(arms), state, board, has_begun: false, work: work::<S, A, O>, end: end::<S, A, O> }
    }
}

impl<S, A, O> Future for EventLoop<'_, S, A, O> {
    type Output = O;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<O> {
        let mut this = self.project();
        let Some(mut arms) = this.arms.as_mut().as_pin_mut() else {
            panic!("an event loop was polled after it had ended: poll it by `.await`, or `fuse()` it")
        };
        let begins = !core::mem::replace(this.has_begun, true);
        let output = ready!((this.work)(arms.as_mut(), *this.state, this.board, begins, cx));
        (this.end)(arms, *this.state);
        this.arms.set(None);
        Poll::Ready(output)
    }
}

impl<S, A, O> fmt::Debug for EventLoop<'_, S, A, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventLoop")
            .field("arms", &self.board.count())
            .field("running", &self.board.running)
            .finish_non_exhaustive()
    }
}

fn work<'x, S, A, O>(
    mut arms: Pin<&mut A>,
    state: Lent<'x, S>,
    board: &mut Board,
    begins: bool,
    cx: &mut Context<'_>,
) -> Poll<O>
where
    A: Arms<'x, S, O>,
    O: Ended,
{
    let mut settle = begins;
    if let Some(arm) = board.running
        && let Poll::Ready(given) = arms.as_mut().resume(arm, board, cx)
    {
        if let Some(output) = given {
            return Poll::Ready(output);
        }
        settle = true;
    }
    if settle {
        // SAFETY: no handler has begun, or the one that ran has just ended. This loan lasts for the call.
        arms.as_mut().settle(unsafe { state.lend() }, board);
    }
    arms.as_mut().feed(board.take_hungry(), board, cx);
    for _ in 0..TURNS {
        let Some(arm) = board.next() else { break };
        // SAFETY: `next` names an arm only when no handler is running. Each handler was checked for every lifetime of the
        // loan, so nothing but its future has it, and it ends with that.
        let lent: &'x mut S = unsafe { state.lend() };
        if let Poll::Ready(given) = arms.as_mut().handle(arm, lent, board, cx) {
            if let Some(output) = given {
                return Poll::Ready(output);
            }
            // SAFETY: the handler has just ended. This loan lasts for the call.
            arms.as_mut().settle(unsafe { state.lend() }, board);
        }
        let fresh = board.take_fresh();
        if fresh != 0 {
            arms.as_mut().feed(fresh, board, cx);
        }
    }
    if board.is_done() {
        return Poll::Ready(O::ENDED);
    }
    if board.waits() {
        cx.waker().wake_by_ref();
    }
    Poll::Pending
}

fn end<'x, S, A: Arms<'x, S, O>, O>(arms: Pin<&mut A>, state: Lent<'x, S>) {
    let mut unpark = Unpark { arms, state, gives: PhantomData };
    unpark.arms.as_mut().stop_handlers();
}

/// Hands out what is parked when it is dropped: also by a panic of the handler that is dropped before.
struct Unpark<'a, 'x, S, A: Arms<'x, S, O>, O> {
    arms: Pin<&'a mut A>,
    state: Lent<'x, S>,
    gives: PhantomData<O>,
}

impl<'x, S, A: Arms<'x, S, O>, O> Drop for Unpark<'_, 'x, S, A, O> {
    fn drop(&mut self) {
        // SAFETY: the only handler that was running has been dropped, though it may have panicked then. This loan lasts for
        // the call.
        self.arms.as_mut().unpark(unsafe { self.state.lend() });
    }
}
