//! The loop that polls the body and the tasks until the body has ended.

use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::sync::Arc;

use super::local_tasks;
use super::scheduler::{Next, Shared};
use super::task_id::TaskId;

/// Why the body did not end.
pub(super) enum Stopped {
    Stuck,
    OutOfSteps,
}

/// Polls until the body has ended. The body's own task must have been entered already.
pub(super) fn run_loop<F: Future>(
    shared: &Shared,
    step_limit: u64,
    mut body: Pin<&mut F>,
) -> Result<F::Output, Stopped> {
    loop {
        if shared.lock().steps >= step_limit {
            return Err(Stopped::OutOfSteps);
        }
        let (id, waker) = match shared.next() {
            Next::Poll(id, waker) => (id, Waker::from(waker)),
            Next::Wake(wakers) => {
                wakers.into_iter().for_each(Waker::wake);
                continue;
            }
            Next::Stuck => return Err(Stopped::Stuck),
        };
        let cx = &mut Context::from_waker(&waker);
        if id == TaskId::BODY {
            let polled = body.as_mut().poll(cx);
            shared.polled(id, polled.is_ready());
            if let Poll::Ready(value) = polled {
                return Ok(value);
            }
        } else if let Some(mut future) = shared.take(id) {
            let pending = future.as_mut().poll(cx).is_pending();
            shared.polled(id, !pending);
            if pending {
                shared.put(id, future);
            }
        } else if let Some(mut future) = local_tasks::take(shared.sim, id) {
            let pending = future.as_mut().poll(cx).is_pending();
            shared.polled(id, !pending);
            if pending {
                let refused = local_tasks::put(shared.sim, id, future);
                drop(refused);
            }
        }
    }
}

/// Ends a simulation when it is dropped, also by a panic: drops what is left, and lets nothing more in.
pub(super) struct Running(Arc<Shared>);

impl Running {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        local_tasks::open(shared.sim);
        Self(shared)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.close();
        local_tasks::close(self.0.sim);
    }
}
