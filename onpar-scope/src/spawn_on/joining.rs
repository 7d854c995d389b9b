//! [`Joining`] and [`Ending`]: the scope's side of a task, and of a call that blocks.

use alloc::sync::Arc;
use core::convert::Infallible;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::panic::resume_unwind;

use onpar_core::{CancelReason, ExitReason, JoinError};

use super::link::{End, Left, Link};
use crate::engine::frame::cancelled_here;
use crate::engine::handover::{Origin, hand_over, tell_here};
use crate::engine::node::{Job, Kind};
use crate::engine::observer::{Ticket, move_here};
use crate::engine::owned::Owned;
use crate::label::Label;
use crate::panics::Payload;

/// The child that waits for the work of a task, and leaves the wait for its cleanups behind. Dropped before that, it cancels
/// the task.
pub(super) struct Joining<T: Send + 'static> {
    /// Until the child has ended.
    link: Option<Arc<Link<T>>>,
    label: Label,
    /// What a panic of the work becomes here.
    on_panic: fn(Payload) -> JoinError,
    /// The task's place in an observer's table.
    ticket: Option<Ticket>,
}

/// Waits, as a cleanup of the scope, until a task has come to its end.
pub(super) struct Ending<T> {
    link: Arc<Link<T>>,
}

impl<T: Send + 'static> Joining<T> {
    pub(super) const fn new(
        link: Arc<Link<T>>,
        label: Label,
        on_panic: fn(Payload) -> JoinError,
        ticket: Option<Ticket>,
    ) -> Self {
        Self { link: Some(link), label, on_panic, ticket }
    }

    /// Leaves what comes after the end of the work to a cleanup of this child, unless there is nothing.
    fn leave(&self, link: Arc<Link<T>>) {
        if let Some(left) = link.take_left() {
            left.errors.into_iter().for_each(tell_here);
        } else {
            let Origin { driver, key, label } = Origin::here(Kind::Send, self.label.name, self.label.location);
            hand_over(Owned::new(Ending { link }, label, key), driver.as_ref());
        }
    }
}

impl<T: Send + 'static> Future for Joining<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(ticket) = self.ticket.take() {
            // The task is what this child waits in.
            move_here(ticket);
        }
        let Some(link) = &self.link else { return Poll::Pending };
        let end = ready!(link.poll_end(cx));
        if let Some(link) = self.link.take() {
            self.leave(link);
        }
        match end {
            End::Value(value) => Poll::Ready(Ok(value)),
            End::Dropped => Poll::Ready(Err(JoinError::dropped())),
            End::Panic(payload) => Poll::Ready(Err((self.on_panic)(payload))),
        }
    }
}

impl<T: Send + 'static> Drop for Joining<T> {
    fn drop(&mut self) {
        if let Some(link) = self.link.take() {
            link.cancel(cancelled_here().unwrap_or(CancelReason::Dropped));
            // Here, so that the scope cleans up after it. Of a panic, the panic hook has told.
            let end = link.take_end();
            self.leave(link);
            drop(end);
        }
    }
}

impl<T> Job for Ending<T> {
    type Error = Infallible;

    fn poll(self: Pin<&mut Self>, _: ExitReason, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        let Left { end, errors } = ready!(self.link.poll_left(cx));
        errors.into_iter().for_each(tell_here);
        match end {
            // Of the cancelled work, and reported as this cleanup's.
            Some(End::Panic(payload)) => resume_unwind(payload),
            // A value that came too late is dropped here, so that the scope cleans up after it.
            Some(End::Value(_) | End::Dropped) | None => Poll::Ready(Ok(())),
        }
    }
}

impl<T> Drop for Ending<T> {
    fn drop(&mut self) {
        // Dropped by the budget. Where nobody is left to wait, the task still cleans up.
        if cancelled_here() == Some(CancelReason::Deadline) {
            self.link.give_up();
        }
    }
}
