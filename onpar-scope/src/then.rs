//! [`Then`]: a future, and a hook that its output passes through.

use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

pin_project! {
    /// What `spawn_then` spawns.
    pub(crate) struct Then<Fut, F> {
        #[pin]
        future: Fut,
        // There until it has been called.
        hook: Option<F>,
    }
}

impl<Fut, F> Then<Fut, F> {
    pub(crate) fn new(future: Fut, hook: F) -> Self {
        Self { future, hook: Some(hook) }
    }
}

impl<Fut, F, R> Future for Then<Fut, F>
where
    Fut: Future,
    F: FnOnce(Fut::Output) -> R,
{
    type Output = R;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        let this = self.project();
        let output = ready!(this.future.poll(cx));
        match this.hook.take() {
            Some(hook) => Poll::Ready(hook(output)),
            None => unreachable!("a child is not polled after its end"),
        }
    }
}
