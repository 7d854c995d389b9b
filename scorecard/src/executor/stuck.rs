//! [`unless_stuck`]: runs a program that may wait for ever.

use alloc::sync::Arc;
use alloc::task::Wake;
use core::future::poll_fn;
use core::pin::pin;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, Poll, Waker};
use core::time::Duration;

use futures::task::AtomicWaker;
use onpar_core::Clock as _;

use crate::executor::Rt;

/// Where time is virtual, it passes only when nothing else happens. In real time, whatever wakes a program of ours on
/// purpose does so within a tenth of this.
const PATIENCE: [Duration; 2] = [Duration::from_mins(1), Duration::from_millis(300)];
/// In so many steps: while the machine holds up the whole process, no more than one of them passes.
const STEPS: u32 = 100;

/// Runs `program` to its end. `None` if nothing has woken it for so long that nothing ever will.
///
/// It is polled when it has been woken, and never because something else has: that would hide a wake that it has lost. How
/// long it takes as a whole does not matter, so that on a slow machine none looks stuck that goes on.
pub async fn unless_stuck<F: Future>(rt: &Rt, program: F) -> Option<F::Output> {
    let step = PATIENCE[usize::from(!rt.executor().is_virtual())] / STEPS;
    let mut steps = 0;
    let woken = Arc::new(Woken { is: AtomicBool::new(true), owner: AtomicWaker::new() });
    let waker = Waker::from(Arc::clone(&woken));
    let (mut program, mut sleep) = (pin!(program), pin!(rt.sleep(step)));
    poll_fn(|cx| {
        woken.owner.register(cx.waker());
        if woken.is.swap(false, Ordering::SeqCst) {
            if let Poll::Ready(output) = program.as_mut().poll(&mut Context::from_waker(&waker)) {
                return Poll::Ready(Some(output));
            }
            steps = 0;
            rt.reset(sleep.as_mut(), rt.now() + step);
        }
        while sleep.as_mut().poll(cx).is_ready() {
            steps += 1;
            if steps == STEPS {
                return Poll::Ready(None);
            }
            rt.reset(sleep.as_mut(), rt.now() + step);
        }
        Poll::Pending
    })
    .await
}

struct Woken {
    is: AtomicBool,
    owner: AtomicWaker,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.is.store(true, Ordering::SeqCst);
        self.owner.wake();
    }
}
