//! [`Sleep`]: one timer of JavaScript's.

use core::cell::{Cell, RefCell};
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use std::rc::Rc;

use onpar_core::Instant;

use super::js::{self, Timeout};

/// One timer of JavaScript's. Made by [`Wasm`](super::Wasm).
///
/// # Cancel safety
///
/// Dropping it takes the timer away.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use onpar_core::Clock;
/// use onpar_rt::wasm_bindgen_0_2::{Sleep, Wasm};
///
/// async fn wait(rt: Wasm) {
///     let sleep: Sleep = rt.sleep(Duration::from_millis(500));
///     sleep.await;
/// }
/// ```
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    deadline: Instant,
    timeout: Option<Timeout>,
    called: Rc<Called>,
}

/// What the callback and the future share.
#[derive(Default)]
struct Called {
    waker: RefCell<Option<Waker>>,
    back: Cell<bool>,
}

impl Sleep {
    pub(super) fn new(deadline: Instant) -> Self {
        Self { deadline, timeout: None, called: Rc::default() }
    }

    /// When it ends.
    pub const fn deadline(&self) -> Instant {
        self.deadline
    }

    pub(super) fn reset(&mut self, deadline: Instant) {
        self.deadline = deadline;
        // If nobody waits, the next poll sets the timer.
        if self.timeout.is_some() {
            self.arm();
        }
    }

    fn arm(&mut self) {
        self.called.back.set(false);
        let called = Rc::clone(&self.called);
        self.timeout = Some(Timeout::new(self.deadline - js::now(), move || {
            called.back.set(true);
            let waker = called.waker.borrow().clone();
            if let Some(waker) = waker {
                waker.wake();
            }
        }));
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if js::now() >= self.deadline {
            self.timeout = None;
            return Poll::Ready(());
        }
        let known = self.called.waker.borrow().as_ref().is_some_and(|known| known.will_wake(cx.waker()));
        if !known {
            let before = self.called.waker.replace(Some(cx.waker().clone()));
            drop(before);
        }
        // Browsers may call back a little early, or long before a deadline that they cannot tell.
        if self.timeout.is_none() || self.called.back.get() {
            self.arm();
        }
        Poll::Pending
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}
