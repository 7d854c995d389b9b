//! A thousand children of one scope: spawned, polled once or twice, and ended.

use core::hint::black_box;

use onpar_scope::scope;

use crate::Case;
use crate::drive::drive;
use crate::yield_once::YieldOnce;

pub(crate) const CASES: &[Case] = &[
    Case::new("children_1000", |n| children(n, async || {}), |n| plain(n, async || {})).units(COUNT),
    Case::new("children_1000_pending", |n| children(n, YieldOnce::default), |n| plain(n, YieldOnce::default))
        .units(COUNT),
];

const COUNT: u32 = 1000;

fn children<F: Future<Output = ()> + Send>(iterations: u64, work: impl Fn() -> F + Sync) {
    for _ in 0..iterations {
        drive(scope(async |s| {
            for _ in 0..COUNT {
                drop(s.spawn(work()));
            }
        }));
    }
}

/// One after another, since there is no plain code that runs them at once.
fn plain<F: Future<Output = ()>>(iterations: u64, work: impl Fn() -> F) {
    for _ in 0..iterations {
        drive(async {
            for _ in 0..COUNT {
                black_box(work()).await;
            }
        });
    }
}
