//! [`Remote`]: what the runtime runs.

use alloc::sync::Arc;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::link::{End, Link, Told};
use crate::engine::driver::Keeps;
use crate::engine::driver_ref::DriverRef;
use crate::engine::supervised::Supervised;
use crate::progress;

pin_project! {
    /// The task: its work, and the cleanups of what that drops.
    pub(super) struct Remote<Fut: Future> {
        #[pin]
        work: Supervised<Fut>,
        // Below the work: a task that is dropped hands over what it has left before it says that it is gone.
        side: Side<Fut::Output>,
    }
}

/// The task's side of the link.
struct Side<T>(Arc<Link<T>>);

impl<T> Drop for Side<T> {
    fn drop(&mut self) {
        self.0.dropped();
    }
}

impl<Fut: Future> Remote<Fut> {
    pub(super) fn new(driver: DriverRef, future: Fut, link: Arc<Link<Fut::Output>>) -> Self {
        let work = Supervised::new(driver, future);
        // Errors go to the scope, for its outcome.
        work.keep_errors(Keeps::All);
        Self { work, side: Side(link) }
    }
}

impl<Fut: Future> Future for Remote<Fut> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        let link = &this.side.0;
        let told = link.told(cx);
        if let Some(Told::Cancel(reason) | Told::GiveUp(reason)) = told
            && this.work.is_running()
        {
            this.work.as_mut().cancel(reason);
        }
        if let Some(Told::GiveUp(_)) = told {
            this.work.as_mut().expire();
        }
        let polled = this.work.as_mut().poll(cx);
        let is_over = polled.is_ready();
        let end = match polled {
            Poll::Ready(end) => Some(end),
            Poll::Pending => this.work.as_mut().take_end(),
        };
        match end {
            Some(progress::End::Value(value)) => link.end(End::Value(value)),
            Some(progress::End::Panic(payload)) => link.end(End::Panic(payload)),
            // Whoever has cancelled it waits for no more than that it is over.
            Some(progress::End::Cancelled) | None => {}
        }
        if !is_over {
            return Poll::Pending;
        }
        link.finish(this.work.take_errors());
        Poll::Ready(())
    }
}
