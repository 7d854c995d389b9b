//! [`Arms`]: the arms of a loop, a list of types: each [`Arm`](super::Arm) holds those before it, down to [`NoArms`].
//!
//! A loop knows its arms by number, and each call goes down the list to the arm that it is for; all of it is inlined into a
//! chain of comparisons.
//!
//! ```
//! use onpar_scope::events::{Events, NoArms, events};
//!
//! let mut state = 7;
//! let nothing_to_do: Events<'_, u32, NoArms> = events(&mut state);
//! # pollster::block_on(nothing_to_do.run());
//! ```

use core::pin::Pin;
use core::task::{Context, Poll};

use super::board::Board;

pub(crate) trait Arms<'x, S, O> {
    /// How many there are.
    const COUNT: u32;

    /// What stands for the last of them on the [`Board`].
    const BIT: u64;

    /// Asks the state what it says of each arm, and begins what rests. For a moment when no handler runs.
    fn settle(self: Pin<&mut Self>, state: &mut S, board: &mut Board);

    /// Polls the sources of these arms.
    fn feed(self: Pin<&mut Self>, which: u64, board: &mut Board, cx: &mut Context<'_>);

    /// Gives the parked item of an arm to its handler, with the state, and polls that. Ready when the handler has ended:
    /// with what the loop gives, if it ends too.
    fn handle(
        self: Pin<&mut Self>,
        arm: u32,
        state: &'x mut S,
        board: &mut Board,
        cx: &mut Context<'_>,
    ) -> Poll<Option<O>>;

    /// Polls the handler that is running.
    fn resume(self: Pin<&mut Self>, arm: u32, board: &mut Board, cx: &mut Context<'_>) -> Poll<Option<O>>;

    /// Drops the handlers that are running.
    fn stop_handlers(self: Pin<&mut Self>);

    /// Hands out what is parked. For a moment when no handler runs.
    fn unpark(self: Pin<&mut Self>, state: &mut S);
}

/// The end of the list of arms.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoArms;

impl<'x, S, O> Arms<'x, S, O> for NoArms {
    const COUNT: u32 = 0;
    const BIT: u64 = 0;

    #[inline]
    fn settle(self: Pin<&mut Self>, _: &mut S, _: &mut Board) {}

    #[inline]
    fn feed(self: Pin<&mut Self>, _: u64, _: &mut Board, _: &mut Context<'_>) {}

    #[inline]
    fn handle(self: Pin<&mut Self>, _: u32, _: &'x mut S, _: &mut Board, _: &mut Context<'_>) -> Poll<Option<O>> {
        Poll::Ready(None)
    }

    #[inline]
    fn resume(self: Pin<&mut Self>, _: u32, _: &mut Board, _: &mut Context<'_>) -> Poll<Option<O>> {
        Poll::Ready(None)
    }

    #[inline]
    fn stop_handlers(self: Pin<&mut Self>) {}

    #[inline]
    fn unpark(self: Pin<&mut Self>, _: &mut S) {}
}
