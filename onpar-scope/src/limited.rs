//! [`Limited`]: a supervised future with a deadline. Both kinds of timeouts are made of it.

use core::pin::Pin;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::panic::resume_unwind;

use onpar_core::{CancelReason, Clock};
use pin_project_lite::pin_project;

use crate::Elapsed;
use crate::engine::budget::ClockBudget;
use crate::engine::driver_ref::DriverRef;
use crate::engine::supervised::Supervised;
use crate::progress::End;

pin_project! {
    pub(crate) struct Limited<C: Clock, Fut: Future, R = <Fut as Future>::Output> {
        #[pin]
        pub(crate) work: Supervised<Fut, R>,
        #[pin]
        sleep: C::Sleep,
        clock: C,
    }
}

impl<C: Clock, Fut: Future> Limited<C, Fut> {
    /// With this sleep, which is one of the clock.
    pub(crate) fn new(driver: DriverRef, clock: C, sleep: C::Sleep, future: Fut) -> Self {
        Self { work: Supervised::new(driver, future), sleep, clock }
    }

    /// Bounds the cleanups. The driver must be one that may hold this clock.
    pub(crate) fn set_budget(&self, total: Duration)
    where
        C: 'static,
    {
        self.work.set_budget(Box::pin(ClockBudget::new(self.clock.clone(), total)));
    }

    pub(crate) fn work(self: Pin<&mut Self>) -> Pin<&mut Supervised<Fut>> {
        self.project().work
    }

    pub(crate) fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<Fut::Output, Elapsed>> {
        let mut this = self.project();
        let mut polled = this.work.as_mut().poll(cx);
        if polled.is_pending() && this.work.is_running() {
            ready!(this.sleep.poll(cx));
            this.work.as_mut().cancel(CancelReason::Deadline);
            polled = this.work.poll(cx);
        }
        match ready!(polled) {
            End::Value(value) => Poll::Ready(Ok(value)),
            End::Cancelled => Poll::Ready(Err(Elapsed)),
            End::Panic(payload) => resume_unwind(payload),
        }
    }
}
