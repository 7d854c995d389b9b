//! An event loop at work: the future of [`events()`](super::events()).
//!
//! Each poll first goes on with the handler that is running, if there is one, and then polls the sources of all arms that
//! have no item waiting. After that, handlers run one after another, as long as none of them has to wait; a source that is
//! pending is not polled again meanwhile, since it has promised to wake the loop.
//!
//! Never to be broken: while a handler's future exists, nobody but that handler touches the state. `Board::running` is
//! `None` only when no such future exists: it is set when one has been made, before it is polled, and cleared when it has
//! been dropped.
#![expect(unsafe_code, reason = "the state is lent to one handler after another")]

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::arms::Arms;
use super::board::Board;
use super::events::Events;
use super::handled::Ended;
use super::lent::Lent;

/// How many handlers a loop begins in one poll, if none of them waits, before the executor gets control back.
///
/// So many that giving it back costs nothing to speak of, and so few that handlers which compute for long do not keep it.
pub(crate) const TURNS: u32 = 32;

impl<'x, S, A, O> Future for Events<'x, S, A, O>
where
    A: Arms<'x, S, O>,
    O: Ended,
{
    type Output = O;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<O> {
        let mut this = self.project();
        let Some(mut arms) = this.arms.as_mut().as_pin_mut() else {
            panic!("an event loop was polled after it had ended: poll it by `.await`, or `fuse()` it")
        };
        let begins = this.ending.replace(end::<S, A, O>).is_none();
        let output = ready!(run(arms.as_mut(), *this.state, this.board, begins, cx));
        end(arms, *this.state);
        this.arms.set(None);
        Poll::Ready(output)
    }
}

#[inline]
fn run<'x, S, A, O>(
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

/// Drops the running handler, and then hands out what is parked, even if the handler panics as it is dropped.
fn end<'x, S, A: Arms<'x, S, O>, O>(arms: Pin<&mut A>, state: Lent<'x, S>) {
    struct Unpark<'a, 'x, S, A: Arms<'x, S, O>, O> {
        arms: Pin<&'a mut A>,
        state: Lent<'x, S>,
        gives: core::marker::PhantomData<O>,
    }

    impl<'x, S, A: Arms<'x, S, O>, O> Drop for Unpark<'_, 'x, S, A, O> {
        fn drop(&mut self) {
            // SAFETY: the only handler that was running has been dropped, also if that panicked. This loan lasts for the
            // call.
            self.arms.as_mut().unpark(unsafe { self.state.lend() });
        }
    }

    let mut unpark = Unpark { arms, state, gives: core::marker::PhantomData };
    unpark.arms.as_mut().stop_handlers();
}
