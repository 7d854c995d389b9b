//! onpar's `timeout` on tokio's clock beside tokio's own. The deadline never comes: the future is ready at once, or at its
//! second poll, which is when the timer is set.

use core::hint::black_box;
use core::time::Duration;

use onpar_rt::tokio_1::Tokio;
use onpar_scope::timeout;
use tokio::runtime::{Builder, Runtime};

use crate::Case;
use crate::yield_once::YieldOnce;

pub(crate) const CASES: &[Case] = &[
    Case::new("timeout_ready", |n| with_onpar(n, async || {}), |n| with_tokio(n, async || {})).beside("tokio"),
    Case::new("timeout_pending", |n| with_onpar(n, YieldOnce::default), |n| with_tokio(n, YieldOnce::default))
        .beside("tokio"),
];

/// Far away, so that it does not come.
const LIMIT: Duration = Duration::from_mins(1);

fn with_onpar<F: Future<Output = ()>>(iterations: u64, work: impl Fn() -> F) {
    runtime().block_on(async {
        let Ok(clock) = Tokio::current() else { unreachable!("this runtime has a timer") };
        for _ in 0..iterations {
            let _ = black_box(timeout(&clock, LIMIT, work()).await);
        }
    });
}

fn with_tokio<F: Future<Output = ()>>(iterations: u64, work: impl Fn() -> F) {
    runtime().block_on(async {
        for _ in 0..iterations {
            let _ = black_box(tokio::time::timeout(LIMIT, work()).await);
        }
    });
}

fn runtime() -> Runtime {
    match Builder::new_current_thread().enable_time().build() {
        Ok(runtime) => runtime,
        Err(error) => panic!("tokio cannot start: {error}"),
    }
}
