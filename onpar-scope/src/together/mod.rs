//! Futures that are polled together, as the members of one future: what `join`, `try_join`, `race` and `race_ok` are made of.
//!
//! * [`group`]: members that end together: as soon as it is settled how, the rest is dropped. It runs under a driver.
//! * [`all`], [`until_one_fails`], [`first`], [`first_ok`]: the referee of each operation, who settles that.
//! * [`many`]: the members of an array or a `Vec`. Those of a tuple stand in the tuple itself.
//! * [`member`]: one future, then what is kept of its output.
//! * [`wakers`]: which of many members have been woken.
//!
//! A poll polls each member at most once, in order of position. One that wakes itself is polled again when the executor
//! comes back, so none starves the others. Up to [`FEW`](many::FEW) members are simply all polled; of more, those that have
//! been woken.
#![expect(unnameable_types, missing_debug_implementations, reason = "users name the operations, and see none of this")]

pub(crate) mod all;

pub(crate) mod until_one_fails;

pub(crate) mod first;

pub(crate) mod first_ok;

pub(crate) mod group;

pub(crate) mod many;

pub(crate) mod member;

mod wakers;

#[cfg(all(test, loom))]
mod loom_model;

use core::pin::Pin;
use core::task::{Context, Poll};

use onpar_core::ExitReason;

use crate::engine::branch::Branches;

/// What holds members: a tuple, an array or a `Vec`, and nothing else.
#[doc(hidden)]
pub trait Container {}

/// Decides what is kept of the members' outputs.
#[doc(hidden)]
pub trait Referee {
    /// Whether it is settled how the whole ends, so that no further member need be polled.
    fn is_settled(&self) -> bool;
}

/// Decides what is kept of a member's output.
#[doc(hidden)]
pub trait Judges<O>: Referee {
    /// What is kept.
    type Kept;

    /// What becomes of this output.
    fn judge(&mut self, output: O) -> Judgement<Self::Kept>;
}

/// What becomes of a member's output.
#[doc(hidden)]
pub enum Judgement<K> {
    /// The member keeps it.
    Kept(K),
    /// The referee has it.
    Taken,
    /// The referee has it: an error that ends the whole.
    Failed,
}

/// Follows whose turn it is.
#[doc(hidden)]
pub trait Turns {
    /// The member at this position is about to be polled.
    fn begin(&mut self, position: usize);

    /// It has been polled, and has ended if there is a reason. Not called if it has panicked.
    fn end(&mut self, ended: Option<ExitReason>);
}

/// The members of a tuple, an array or a `Vec`, with what is kept of those that have ended.
#[doc(hidden)]
pub trait Members<R> {
    /// What is kept of all of them.
    type Kept;

    /// Polls each member that runs, or that has been woken, once, until the referee has settled the whole. Ready when none
    /// is left to run.
    fn poll(self: Pin<&mut Self>, referee: &mut R, turns: &mut impl Turns, cx: &mut Context<'_>) -> Poll<()>;

    /// Takes what is kept, when all have ended and something is kept of each.
    ///
    /// # Panics
    ///
    /// If it has been taken.
    fn take(self: Pin<&mut Self>) -> Self::Kept;

    /// Drops every member, and what is kept, one after another, each for its own reason.
    fn cut(self: Pin<&mut Self>, branches: &mut Branches, reason: impl Fn(usize) -> ExitReason);
}
